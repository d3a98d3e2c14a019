//! "Did that solve it?" Neither answer is a dead end: "Not yet" leads to another way, or to a person.

use warmline_protocol::Phase;
use warmline_ui::dom::{El, button, el};

use crate::widget::Widget;
use crate::words;

/// The question, while it is open.
pub(crate) fn solved(widget: &Widget) -> El {
    let (view, widget) = (widget.view(), *widget);
    el("div")
        .class("solved-place")
        .when(move || view.with(|view| view.resolution_asked && view.phase != Phase::Resolved), move || card(&widget))
}

fn card(widget: &Widget) -> El {
    let locale = widget.locale;
    let (yes, not_yet) = (widget.chat, widget.chat);
    el("section")
        .class("solved")
        .attr("role", "group")
        .t_attr("aria-label", locale, words::SOLVED_QUESTION)
        .child(el("p").class("solved-question").t(locale, words::SOLVED_QUESTION))
        .child(button("solved-yes").t(locale, words::SOLVED_YES).on_click(move || yes.solved(true)))
        .child(button("solved-not-yet").t(locale, words::SOLVED_NOT_YET).on_click(move || not_yet.solved(false)))
}
