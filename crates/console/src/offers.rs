//! What needs the agent now: offers, each with what it is about before it is accepted, and the seconds that are left.

use warmline_protocol::Timestamp;
use warmline_protocol::agent::Offer;
use warmline_protocol::event::Summary;
use warmline_ui::dom::{El, button, el};
use warmline_ui::locale::Locale;
use warmline_ui::watched::Watched;

use crate::desk::{Desk, Pane, focus_soon};
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
            |offer| offer.offer_id.0.clone(),
            move |offer| el("li").child(card(&built, offer)),
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
            .child(button("action").t(locale, words::LET_PASS).on_click(move || {
                passing.let_pass(passed.clone());
                // The button is gone with its offer.
                focus_soon(if passing.pane.get_untracked() == Pane::List { "list-title" } else { "talk-title" });
            }))
            .child(countdown(locale, now, until)),
    )
}

/// The time that is left, as a bar and as a number.
fn countdown(locale: Locale, now: Watched<Timestamp>, until: Timestamp) -> El {
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

/// The need and how it feels, in the shopper's own words. The summary may come a moment after the offer.
fn need(desk: &Desk, offer: &Offer) -> El {
    let (locale, told) = (desk.locale(), Need::of(offer));
    let view = desk.case(offer.conversation_id.as_str()).talk().view();
    el("div").class("offer-need").swap(
        move || Some(told.clone().or_else(|| view.with(|view| view.summary.as_ref().map(Need::of_summary)))),
        move |need| {
            let Some(Need { problem, wants, quote, order }) = need else {
                return el("p").class("soft").t(locale, words::SUMMARY_COMING);
            };
            let mut need = el("div").class("offer-need").child(el("p").class("offer-problem").attr("dir", "auto").text(&problem));
            if !wants.is_empty() && wants != problem {
                let label = el("span").class("soft").t(locale, words::SUMMARY_WANTS);
                need = need.child(el("p").child(label).text(" ").child(el("bdi").text(&wants)));
            }
            if let Some(quote) = quote {
                need = need.child(el("blockquote").class("quote").attr("dir", "auto").text(&quote));
            }
            if let Some(order) = order {
                let order = el("li").class("chip").dyn_text(move || locale.tf(words::ORDER, &[("order", &order)]));
                need = need.child(el("ul").class("chips").attr("role", "list").child(order));
            }
            need
        },
    )
}

/// What an offer is about.
#[derive(Debug, Clone, PartialEq)]
struct Need {
    problem: String,
    wants: String,
    quote: Option<String>,
    order: Option<String>,
}

impl Need {
    fn of(offer: &Offer) -> Option<Self> {
        Some(Need {
            problem: offer.problem.clone()?,
            wants: offer.wants.clone().unwrap_or_default(),
            quote: offer.quote.clone(),
            order: offer.order.clone(),
        })
    }

    fn of_summary(summary: &Summary) -> Self {
        Need { problem: summary.problem.clone(), wants: summary.wants.clone(), quote: summary.quote.clone(), order: summary.order.clone() }
    }
}

fn facts(desk: &Desk, offer: &Offer) -> El {
    let locale = desk.locale();
    let (reason, language) = (offer.reason.clone(), offer.language.clone());
    let mut facts = el("ul").class("chips").attr("role", "list");
    if offer.promise_broken {
        facts = facts.child(el("li").class("chip").attr("data-kind", "broken").t(locale, words::PROMISE_WAS_BROKEN));
    }
    facts = facts.child(el("li").class("chip").dyn_text(move || names::language(locale, &language)));
    facts = facts.child(el("li").class("chip").dyn_text(move || names::reason(locale, &reason)));
    if let Some(by) = offer.promise_by {
        facts = facts.child(el("li").class("chip").dyn_text(move || locale.tf(words::PROMISED_BY, &[("time", &locale.moment(by))])));
    }
    facts
}
