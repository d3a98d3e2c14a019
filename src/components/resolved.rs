//! Closed, by whom and why; or left open. "Not solved" opens the same case again.

use warmline_ui::template;
use warmline_protocol::Phase;
use warmline_protocol::event::ClosedBy;
use warmline_protocol::view::ResolvedView;
use warmline_ui::dom::{El, el};
use warmline_ui::layout::still;

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
            move || still(left, template!("section .left-open ( p $ )", words::LEFT_OPEN)),
        )
}

fn card(widget: &Widget, resolved: ResolvedView) -> El {
    let (locale, named) = (widget.locale, *widget);
    let reason = resolved.reason.map(|reason| {
        still(locale, "p .resolved-reason dir=auto").dyn_text(move || locale.tf(words::RESOLVED_REASON, &[("reason", &reason)]))
    });
    let given = reason.as_ref();
    let mut parts = widget.build(
        match resolved.by {
            ClosedBy::Agent => {
                template!("section .resolved ( \
                    h3 .resolved-title # \
                    * \
                    p .resolved-question $ \
                    button .solved-yes $ !yes \
                    button .not-solved $ !no \
                    p .resolved-hint $ \
                )", words::RESOLVED_IS_IT, words::SOLVED_YES, words::NOT_SOLVED, words::REOPEN_HINT)
            }
            ClosedBy::Shopper => {
                template!("section .resolved ( \
                    h3 .resolved-title # \
                    * \
                    p .resolved-thanks $ \
                    button .not-solved $ !no \
                    p .resolved-hint $ \
                )", words::SOLVED_THANKS, words::NOT_SOLVED, words::REOPEN_HINT)
            }
        },
        given.as_slice(),
    );
    let card = parts.part().attr("data-by", resolved.by.word());
    parts.part().dyn_text(move || match resolved.by {
        ClosedBy::Agent => locale.tf(words::RESOLVED_BY_PERSON, &[("name", &named.agent_name())]),
        ClosedBy::Shopper => locale.t(words::RESOLVED_BY_YOU),
    });
    card
}
