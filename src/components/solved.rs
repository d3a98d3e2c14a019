//! "Did that solve it?" Neither answer is a dead end: "Not yet" leads to another way, or to a person.

use warmline_ui::template;
use warmline_protocol::Phase;
use warmline_ui::dom::{El, el};

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
    widget
        .build(
            template!("section .solved role=group aria-label=$ ( \
                p .solved-question $ \
                button .solved-yes $ !yes \
                button .solved-not-yet $ !no \
            )", words::SOLVED_QUESTION, words::SOLVED_QUESTION, words::SOLVED_YES, words::SOLVED_NOT_YET),
            &[],
        )
        .part()
}
