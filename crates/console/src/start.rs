//! The start: the language, then who is logged in, then the log-in or the desk.

use js_sys::{JSON, Object};
use warmline_protocol::js::member;
use warmline_ui::dom::{document, mount, window};
use warmline_ui::locale::Locale;
use warmline_ui::net::{Failure, Net};
use warmline_ui::storage::Shelf;
use warmline_ui::watched::Watched;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use crate::api::Api;
use crate::page;

/// What of the console outlives a reload.
pub(crate) const SHELF: &str = "warmline-console";
/// Under which entry the chosen language lies.
const LANGUAGE: &str = "language";

/// The languages that there are, and the files of their strings.
#[derive(Clone)]
pub(crate) struct Languages {
    net: Net,
    files: JsValue,
    shelf: Shelf,
    /// The language in use.
    pub(crate) locale: Locale,
}

/// Starts the console in `<div id="console">`.
#[wasm_bindgen(start)]
pub(crate) fn start() {
    console_error_panic_hook::set_once();
    spawn_local(async {
        // Without a list of files there is no word to say what is wrong in: the page stays as the server made it.
        let Some(languages) = Languages::load().await else { return };
        let Some(container) = document().get_element_by_id("console") else { return };
        let api = Api::new();
        let asked = Watched::new(false);
        let (asking, built) = (api.clone(), languages.clone());
        // The page's own: it goes when the page goes.
        std::mem::forget(mount(container.unchecked_ref(), move || page::page(&api, &built, asked)));
        // Who is not logged in is told so by the log-in; a lost network shows when they try.
        let _ = asking.ask_who().await;
        asked.set(true);
    });
}

impl Languages {
    async fn load() -> Option<Self> {
        let net = Net::new("", false, std::rc::Rc::new(|_| {}));
        let files = member(&json(&net, "/assets/console-manifest.json").await.ok()?, "locales");
        let shelf = Shelf::new(SHELF);
        let wanted = shelf.get(LANGUAGE).into_iter().chain(browser_languages());
        let tag = wanted
            .map(|tag| primary(&tag))
            .find(|tag| member(&files, tag).is_string())
            .unwrap_or_else(|| "en".to_owned());
        let strings = strings(&net, &files, &tag).await?;
        Some(Languages { net, files, shelf, locale: Locale::new(&as_spoken_here(&tag), strings) })
    }

    /// The tags that there are.
    pub(crate) fn tags(&self) -> Vec<String> {
        let Some(files) = Object::try_from(&self.files) else { return Vec::new() };
        Object::keys(files).iter().filter_map(|tag| tag.as_string()).collect()
    }

    /// Another language from now on.
    pub(crate) fn change(&self, tag: String) {
        let this = self.clone();
        spawn_local(async move {
            if let Some(strings) = strings(&this.net, &this.files, &tag).await {
                this.locale.change(&as_spoken_here(&tag), strings);
                this.shelf.set(LANGUAGE, &tag);
            }
        });
    }
}

/// The language of a tag: `en` of `en-GB`.
pub(crate) fn primary(tag: &str) -> String {
    tag.split('-').next().unwrap_or_default().to_lowercase()
}

/// The tag with the browser's region, by which clocks and dates are written: `en-GB` of `en`.
fn as_spoken_here(tag: &str) -> String {
    browser_languages().into_iter().find(|spoken| primary(spoken) == tag).unwrap_or_else(|| tag.to_owned())
}

async fn strings(net: &Net, files: &JsValue, tag: &str) -> Option<JsValue> {
    let file = member(files, tag).as_string()?;
    json(net, &["/assets/", &file].concat()).await.ok()
}

async fn json(net: &Net, path: &str) -> Result<JsValue, Failure> {
    let response = net.fetch("GET", path, None, None, &[]).await?;
    let text = JsFuture::from(response.text().map_err(|_| Failure::Network)?).await.map_err(|_| Failure::Network)?;
    JSON::parse(&text.as_string().unwrap_or_default()).map_err(|_| Failure::Network)
}

fn browser_languages() -> Vec<String> {
    window().navigator().languages().iter().filter_map(|tag| tag.as_string()).collect()
}
