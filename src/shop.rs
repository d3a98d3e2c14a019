//! The merchant's settings of the first screen.

use warmline_ui::joined;
use warmline_protocol::Timestamp;
use warmline_protocol::js::{FromJs, field, list};
use warmline_ui::net::Net;
use wasm_bindgen::JsValue;

/// What `GET /v1/widget` answers.
#[derive(Clone, PartialEq)]
pub(crate) struct Shop {
    /// The merchant's greeting.
    pub(crate) greeting: Option<String>,
    /// Questions that people really ask.
    pub(crate) questions: Vec<String>,
    /// Whether somebody is on shift.
    pub(crate) staffed: bool,
    /// When somebody is next.
    pub(crate) next_staffed_at: Option<Timestamp>,
}

impl FromJs for Shop {
    fn from_js(value: &JsValue) -> Option<Self> {
        if !value.is_object() {
            return None;
        }
        Some(Shop {
            greeting: field(value, "greeting")?,
            questions: list(value, "questions")?,
            staffed: field(value, "staffed")?,
            next_staffed_at: field(value, "next_staffed_at")?,
        })
    }
}

impl Shop {
    /// Asks for it. Without an answer the widget does with its own words.
    pub(crate) async fn ask(net: &Net, key: &str, locale: &str) -> Option<Self> {
        let encoded = |text: &str| String::from(js_sys::encode_uri_component(text));
        let path = joined(&["/v1/widget?key=", &encoded(key), "&locale=", &encoded(locale)]);
        Shop::from_js(&net.call("GET", &path, None).await.ok()?)
    }
}
