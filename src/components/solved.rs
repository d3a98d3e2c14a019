//! "Did that solve it?" Neither answer is a dead end: "Not yet" leads to another way, or to a person.

use warmline_protocol::Phase;
use warmline_ui::dom::{El, el};

use crate::widget::Widget;

/// The question, while it is open.
pub(crate) fn solved(widget: &Widget) -> El {
    let (view, widget) = (widget.view(), *widget);
    el("div")
        .class("solved-place")
        .when(move || view.with(|view| view.resolution_asked && view.phase != Phase::Resolved), move || card(&widget))
}

fn card(widget: &Widget) -> El {
    widget
        .build(
            "section .solved role=group aria-label=$solved_question ( \
                p .solved-question $solved_question \
                button .solved-yes $solved_yes !yes \
                button .solved-not-yet $solved_not_yet !no \
            )",
            &[],
        )
        .part()
}
