//! A person is offered, with the reason. Taking it and declining it are one tap each.

use warmline_protocol::Phase;
use warmline_ui::dom::{El, button, el};
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
    let locale = widget.locale;
    let (taking, declining) = (*widget, widget.chat);
    el("section")
        .class("offer")
        .t_attr("aria-label", locale, words::OFFER_TITLE)
        .child(el("h3").class("offer-title").t(locale, words::OFFER_TITLE))
        .child(el("p").class("offer-reason").t(locale, reason(offered)))
        .child(
            el("div")
                .class("offer-actions")
                .child(button("offer-take").t(locale, words::TALK_TO_PERSON).on_click(move || taking.ask_for_a_person()))
                .child(button("offer-decline").t(locale, words::OFFER_DECLINE).on_click(move || declining.decline_offer())),
        )
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
