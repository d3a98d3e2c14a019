//! What is said about languages, reasons, signals and shoppers: words of the protocol in the agent's language.

use js_sys::{Object, Reflect};
use warmline_protocol::Phase;
use warmline_ui::locale::Locale;
use warmline_ui::words::Key;
use wasm_bindgen::prelude::*;

use crate::words;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Intl)]
    type DisplayNames;
    #[wasm_bindgen(constructor, catch, js_namespace = Intl)]
    fn new(locale: &str, options: &Object) -> Result<DisplayNames, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn of(this: &DisplayNames, tag: &str) -> Result<JsValue, JsValue>;
}

/// A language by its name in the agent's: `de` is German.
pub(crate) fn language(locale: Locale, tag: &str) -> String {
    let options = Object::new();
    let _ = Reflect::set(&options, &"type".into(), &"language".into());
    let named = DisplayNames::new(&locale.tag(), &options).and_then(|names| names.of(tag)).ok();
    // A browser that does not know the tag shows the tag.
    named.and_then(|name| name.as_string()).unwrap_or_else(|| tag.to_owned())
}

/// Why a person was asked for: a word of the protocol in words, anything else as the shopper's own.
pub(crate) fn reason(locale: Locale, reason: &str) -> String {
    match reason_key(reason) {
        Some(key) => locale.t(key),
        None => locale.tf(words::REASON_THEIR_WORDS, &[("words", reason)]),
    }
}

fn reason_key(reason: &str) -> Option<Key> {
    Some(match reason {
        "tap" | "" => words::REASON_TAP,
        "asked" => words::REASON_ASKED,
        "not_solved" => words::REASON_NOT_SOLVED,
        "agent_stepped_in" => words::REASON_STEPPED_IN,
        "upset" => words::REASON_UPSET,
        "repeated" => words::REASON_REPEATED,
        "unhelpful" => words::REASON_UNHELPFUL,
        "sensitive" => words::REASON_SENSITIVE,
        "no_source" => words::REASON_NO_SOURCE,
        "vip" => words::REASON_VIP,
        "high_value" => words::REASON_HIGH_VALUE,
        "unsure" => words::REASON_UNSURE,
        _ => return None,
    })
}

/// What the assistant noticed.
pub(crate) fn signal(locale: Locale, signal: &str) -> String {
    let key = match signal {
        "upset" => words::SIGNAL_UPSET,
        "repeated" => words::SIGNAL_REPEATED,
        "unhelpful" => words::SIGNAL_UNHELPFUL,
        "sensitive" => words::SIGNAL_SENSITIVE,
        "no_source" => words::SIGNAL_NO_SOURCE,
        "vip" => words::VIP,
        "high_value" => words::SIGNAL_HIGH_VALUE,
        _ => return signal.replace(['_', '.'], " "),
    };
    locale.t(key)
}

/// Where a conversation stands.
pub(crate) const fn phase(phase: Phase) -> Key {
    match phase {
        Phase::Assisted => words::PHASE_ASSISTED,
        Phase::Queued => words::PHASE_QUEUED,
        Phase::WithPerson => words::PHASE_WITH_PERSON,
        Phase::WaitingOnShopper => words::PHASE_WAITING_ON_SHOPPER,
        Phase::LeftOpen => words::PHASE_LEFT_OPEN,
        Phase::Resolved => words::PHASE_RESOLVED,
    }
}

/// How a shopper is called: by name, or by what they are.
pub(crate) fn shopper(locale: Locale, name: Option<&str>) -> String {
    name.filter(|name| !name.trim().is_empty()).map_or_else(|| locale.t(words::SHOPPER), str::to_owned)
}

/// A language by its own name: `de` is Deutsch.
pub(crate) fn own_name(tag: &str) -> String {
    let options = Object::new();
    let _ = Reflect::set(&options, &"type".into(), &"language".into());
    let named = DisplayNames::new(tag, &options).and_then(|names| names.of(tag)).ok();
    named.and_then(|name| name.as_string()).unwrap_or_else(|| tag.to_owned())
}
