//! Notices of trouble: what happened, what becomes of the message, what to do next.

use crate::dom::{El, button, el};
use crate::locale::Locale;
use crate::words::Key;

/// A notice that a closure words; `kind` is what a theme tells them apart by: `info`, `warning` or `error`.
pub fn notice(kind: &'static str, text: impl Fn() -> String + 'static) -> El {
    el("div").class("notice").part("notice").attr("data-kind", kind).child(el("p").class("notice-text").dyn_text(text))
}

/// A button in a notice: what to do next.
pub fn notice_action(locale: Locale, key: Key, act: impl FnMut() + 'static) -> El {
    button("notice-action").t(locale, key).on_click(act)
}
