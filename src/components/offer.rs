//! A person is offered, with the reason. Taking it and declining it are one tap each.

use warmline_ui::template;
use warmline_protocol::Phase;
use warmline_ui::dom::{El, el};
use warmline_ui::words::Key;

use crate::widget::Widget;
use crate::words;

/// The offer that is open.
pub(crate) fn offer(widget: &Widget) -> El {
    let (view, widget) = (widget.view(), *widget);
    el("div").class("offer-place").swap(
        move || view.with(|view| view.offer.clone().filter(|_| view.phase == Phase::Assisted)),
        move |offered| card(&widget, &offered),
    )
}

fn card(widget: &Widget, offered: &str) -> El {
    let mut parts = widget.build(
        template!("section .offer aria-label=$ ( \
            h3 .offer-title $ \
            p .offer-reason # \
            div .offer-actions ( \
                button .offer-take $ !talk \
                button .offer-decline $ !decline \
            ) \
        )", words::OFFER_TITLE, words::OFFER_TITLE, words::TALK_TO_PERSON, words::OFFER_DECLINE),
        &[],
    );
    let card = parts.part();
    parts.part().t(widget.locale, reason(offered));
    card
}

/// The words of a reason; of one that this version does not know, general ones.
pub(crate) fn reason(offered: &str) -> Key {
    match offered {
        "upset" => words::OFFER_UPSET,
        "repeated" => words::OFFER_REPEATED,
        "unhelpful" => words::OFFER_UNHELPFUL,
        "sensitive" => words::OFFER_SENSITIVE,
        "no_source" => words::OFFER_NO_SOURCE,
        "vip" => words::OFFER_VIP,
        "high_value" => words::OFFER_HIGH_VALUE,
        "unsure" => words::OFFER_UNSURE,
        "not_solved" => words::OFFER_NOT_SOLVED,
        _ => words::OFFER_OTHER,
    }
}
