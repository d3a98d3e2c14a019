//! What the loader imports.

use wasm_bindgen::prelude::*;
use warmline_ui::dom::{Mounted, mount};
use web_sys::HtmlElement;

use crate::components::panel;
use crate::host::Host;
use crate::widget::Widget;

/// A mounted chat.
#[wasm_bindgen]
pub struct Chat {
    mounted: Option<Mounted>,
    widget: Widget,
}

#[wasm_bindgen]
impl Chat {
    /// Builds the chat into a container.
    pub fn mount(container: &HtmlElement, options: &JsValue) -> Chat {
        console_error_panic_hook::set_once();
        let host = Host::read(options);
        let mut made = None;
        let mounted = mount(container, || {
            let (widget, root) = panel::panel(host);
            made = Some(widget);
            root
        });
        let Some(widget) = made else { wasm_bindgen::throw_str("the chat was not built") };
        Chat { mounted: Some(mounted), widget }
    }

    /// Another language, with its strings.
    #[wasm_bindgen(js_name = setLocale)]
    pub fn set_locale(&self, locale: &str, strings: JsValue) {
        self.widget.locale.change(locale, strings);
        self.widget.chat.change_locale(locale);
        self.widget.ask_for_the_shop();
    }

    /// Who the shopper is, by a token that the shop has signed.
    pub fn identify(&self, identity: String) {
        self.widget.chat.identify(identity);
    }

    /// What the shop knows of its shopper.
    #[wasm_bindgen(js_name = setAttributes)]
    pub fn set_attributes(&self, attributes: JsValue) {
        self.widget.chat.set_attributes(attributes);
    }

    /// Asks for a person.
    #[wasm_bindgen(js_name = talkToPerson)]
    pub fn talk_to_person(&self) {
        self.widget.ask_for_a_person();
    }

    /// The panel was opened.
    pub fn opened(&self) {
        self.widget.open.set(true);
        self.widget.mark_as_read();
    }

    /// The panel was closed.
    pub fn closed(&self) {
        self.widget.open.set(false);
    }

    /// Gives the input the focus.
    pub fn focus(&self) {
        self.widget.focus();
    }

    /// Forgets the conversation on this device.
    pub fn reset(&self) {
        self.widget.chat.reset();
    }

    /// Ends everything and empties the container.
    pub fn unmount(&mut self) {
        if let Some(mounted) = self.mounted.take() {
            mounted.unmount();
        }
    }
}
