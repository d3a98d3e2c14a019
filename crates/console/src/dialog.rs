//! A dialog: the browser's own, which holds the focus, closes by Escape and gives the focus back.

use warmline_ui::dom::{El, button, el, next_frame};
use warmline_ui::locale::Locale;
use warmline_ui::watched::Watched;
use warmline_ui::words::Key;
use web_sys::HtmlDialogElement;

use crate::ask::Ask;
use crate::words;

/// A handle by which what is in a dialog closes it.
#[derive(Clone)]
pub(crate) struct Dialog {
    element: HtmlDialogElement,
}

impl Dialog {
    /// Closes it; its place is cleared when it says that it is closed.
    pub(crate) fn close(&self) {
        self.element.close();
    }
}

/// Builds a dialog, open from the next frame on.
pub(crate) fn dialog(locale: Locale, title: Key, asked: Watched<Option<Ask>>, content: impl FnOnce(&Dialog) -> Vec<El>) -> El {
    let root = el("dialog").class("dialog").attr("aria-labelledby", "dialog-title");
    let handle = Dialog { element: root.as_kind() };
    let opened = handle.clone();
    next_frame(move || {
        let _ = opened.element.show_modal();
    });
    root.on("close", move |_| asked.set(None))
        .child(el("h2").attr("id", "dialog-title").t(locale, title))
        .children(content(&handle))
}

/// The row of buttons at the end: what is done, and the way out.
pub(crate) fn actions(locale: Locale, dialog: &Dialog, done: El) -> El {
    let closing = dialog.clone();
    el("div")
        .class("dialog-actions")
        .child(done)
        .child(button("action").t(locale, words::CANCEL).on_click(move || closing.close()))
}
