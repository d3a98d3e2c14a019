//! What needs the agent now: offers, each with what it is about before it is accepted, and the seconds that are left.

use leptos::prelude::{Get, With};
use warmline_protocol::Timestamp;
use warmline_protocol::agent::Offer;
use warmline_ui::dom::{El, button, el};

use crate::desk::Desk;
use crate::{clock, line, names, words};

/// For how long an offer stands.
const LASTS_S: i64 = 30;

/// Builds it.
pub(crate) fn offers(desk: &Desk) -> El {
    let locale = desk.locale();
    let (listed, built) = (desk.clone(), desk.clone());
    let open = move || line::open(listed.offers.with(Clone::clone), listed.now.get());
    let (shown, counted) = (open.clone(), open.clone());
    el("section")
        .class("offers")
        .attr("aria-labelledby", "offers-title")
        .show(move || !shown().is_empty())
        .child(el("h2").attr("id", "offers-title").dyn_text(move || {
            let count = u32::try_from(counted().len()).unwrap_or(u32::MAX);
            if count == 0 { String::new() } else { locale.tn(words::OFFERS_TITLE, count) }
        }))
        .child(el("ul").class("plain-list").attr("role", "list").each(
            open,
            |offer| [offer.offer_id.as_str(), offer.problem.as_deref().unwrap_or_default()].concat(),
            move |offer| card(&built, offer),
        ))
}

fn card(desk: &Desk, offer: Offer) -> El {
    let (locale, now) = (desk.locale(), desk.now);
    let name = offer.shopper_name.clone();
    let since = desk.offered.borrow().get(offer.offer_id.as_str()).copied().unwrap_or_else(|| desk.api.now());
    let title = ["offer-", offer.offer_id.as_str()].concat();
    let card = el("article")
        .class("offer")
        .attr("aria-labelledby", title.as_str())
        .child(
            el("header")
                .class("offer-head")
                .child(el("h3").attr("id", title).dyn_text(move || names::shopper(locale, name.as_deref())))
                .child(waited(desk, since)),
        )
        .child(need(desk, &offer))
        .child(facts(desk, &offer));
    let until = offer.expires_at;
    let (accepting, passing) = (desk.clone(), desk.clone());
    let (accepted, passed) = (offer.clone(), offer);
    card.child(
        el("div")
            .class("offer-actions")
            .child(button("main-action").t(locale, words::ACCEPT).on_click(move || accepting.accept(accepted.clone())))
            .child(button("action").t(locale, words::LET_PASS).on_click(move || passing.let_pass(passed.clone())))
            .child(countdown(locale, now, until)),
    )
}

/// The time that is left, as a bar and as a number.
fn countdown(locale: warmline_ui::locale::Locale, now: leptos::prelude::RwSignal<Timestamp>, until: Timestamp) -> El {
    let left = move || clock::left(now.get(), until);
    el("p")
        .class("countdown")
        .child(
            el("progress")
                .attr("max", LASTS_S.to_string())
                .dyn_attr("value", move || left().to_string())
                .attr("aria-hidden", "true"),
        )
        .child(el("span").dyn_text(move || locale.tn(words::SECONDS_LEFT, left())))
}

fn waited(desk: &Desk, since: Timestamp) -> El {
    let (locale, now) = (desk.locale(), desk.now);
    el("p").class("waited").dyn_text(move || locale.tf(words::WAITED, &[("time", &clock::since(now.get(), since))]))
}

/// The need and how it feels, in the shopper's own words.
fn need(desk: &Desk, offer: &Offer) -> El {
    let locale = desk.locale();
    let mut need = el("div").class("offer-need");
    need = match &offer.problem {
        Some(problem) => need.child(el("p").class("offer-problem").attr("dir", "auto").text(problem)),
        None => need.child(el("p").class("soft").t(locale, words::SUMMARY_COMING)),
    };
    if let Some(wants) = offer.wants.as_deref().filter(|wants| !wants.is_empty()) {
        need = need.child(
            el("p").child(el("span").class("soft").t(locale, words::SUMMARY_WANTS)).text(" ").child(el("span").attr("dir", "auto").text(wants)),
        );
    }
    if let Some(quote) = &offer.quote {
        need = need.child(el("blockquote").class("quote").attr("dir", "auto").text(quote));
    }
    need
}

fn facts(desk: &Desk, offer: &Offer) -> El {
    let locale = desk.locale();
    let (reason, language) = (offer.reason.clone(), offer.language.clone());
    let mut facts = el("ul").class("chips").attr("role", "list");
    if offer.promise_broken {
        facts = facts.child(el("li").class("chip").attr("data-kind", "broken").t(locale, words::PROMISE_WAS_BROKEN));
    }
    if let Some(order) = offer.order.clone() {
        facts = facts.child(el("li").class("chip").dyn_text(move || locale.tf(words::ORDER, &[("order", &order)])));
    }
    facts = facts.child(el("li").class("chip").dyn_text(move || names::language(locale, &language)));
    facts = facts.child(el("li").class("chip").dyn_text(move || names::reason(locale, &reason)));
    if let Some(by) = offer.promise_by {
        facts = facts.child(el("li").class("chip").dyn_text(move || locale.tf(words::PROMISED_BY, &[("time", &locale.moment(by))])));
    }
    facts
}
