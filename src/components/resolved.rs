//! Closed, by whom and why; or left open. "Not solved" opens the same case again.

use warmline_protocol::Phase;
use warmline_protocol::event::ClosedBy;
use warmline_protocol::view::ResolvedView;
use warmline_ui::dom::{El, button, el};

use crate::widget::Widget;
use crate::words;

/// The card of a conversation that is closed or left open.
pub(crate) fn resolved(widget: &Widget) -> El {
    let (view, closed, left) = (widget.view(), *widget, widget.locale);
    let phase = move || view.with(|view| view.phase);
    el("div")
        .class("resolved-place")
        .swap(
            move || view.with(|view| view.resolved.clone().filter(|_| view.phase == Phase::Resolved)),
            move |resolved| card(&closed, resolved),
        )
        .when(
            move || phase() == Phase::LeftOpen,
            move || el("section").class("left-open").child(el("p").t(left, words::LEFT_OPEN)),
        )
}

fn card(widget: &Widget, resolved: ResolvedView) -> El {
    let locale = widget.locale;
    let (named, yes, reopening) = (*widget, widget.chat, widget.chat);
    let by_agent = resolved.by == ClosedBy::Agent;
    let mut card = el("section").class("resolved").attr("data-by", resolved.by.word()).child(el("h3").class("resolved-title").dyn_text(
        move || {
            if by_agent {
                locale.tf(words::RESOLVED_BY_PERSON, &[("name", &named.agent_name())])
            } else {
                locale.t(words::RESOLVED_BY_YOU)
            }
        },
    ));
    if let Some(reason) = resolved.reason {
        card = card.child(
            el("p").class("resolved-reason").attr("dir", "auto").dyn_text(move || locale.tf(words::RESOLVED_REASON, &[("reason", &reason)])),
        );
    }
    if by_agent {
        card = card.child(el("p").class("resolved-question").t(locale, words::RESOLVED_IS_IT)).child(
            button("solved-yes").t(locale, words::SOLVED_YES).on_click(move || yes.solved(true)),
        );
    } else {
        card = card.child(el("p").class("resolved-thanks").t(locale, words::SOLVED_THANKS));
    }
    card.child(button("not-solved").t(locale, words::NOT_SOLVED).on_click(move || reopening.solved(false)))
        .child(el("p").class("resolved-hint").t(locale, words::REOPEN_HINT))
}
