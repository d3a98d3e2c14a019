//! The shop's page, as far as the widget knows it: what it asked for, and how it is told of what happens.

use js_sys::Function;
use warmline_protocol::js::{field, list, member};
use warmline_ui::chat::Visit;
use warmline_ui::net::Body;
use wasm_bindgen::prelude::*;

/// The page's options, read once.
#[derive(Clone)]
pub(crate) struct Host {
    pub(crate) base: String,
    pub(crate) visit: Visit,
    pub(crate) strings: JsValue,
    /// The page's own greeting and questions, which go before the merchant's settings.
    pub(crate) greeting: Option<String>,
    pub(crate) questions: Vec<String>,
    on: JsValue,
}

impl Host {
    pub(crate) fn read(options: &JsValue) -> Self {
        let text = |name| field::<String>(options, name);
        Host {
            base: text("base").unwrap_or_default(),
            visit: Visit {
                key: text("key").unwrap_or_default(),
                locale: text("locale").unwrap_or_default(),
                page: text("page").unwrap_or_default(),
                identity: text("identity"),
                attributes: Some(member(options, "attributes")).filter(JsValue::is_object),
            },
            strings: member(options, "strings"),
            greeting: text("greeting"),
            questions: list(options, "questions").unwrap_or_default(),
            on: member(options, "on"),
        }
    }

    /// Tells the page. What its listener throws is its own affair.
    pub(crate) fn tell(&self, name: &str, detail: &Body) {
        if let Some(on) = self.on.dyn_ref::<Function>() {
            let _ = on.call2(&JsValue::UNDEFINED, &JsValue::from_str(name), detail.object());
        }
    }
}
