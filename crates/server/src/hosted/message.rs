//! One message: who wrote it, its text, its sources, an order, replies to choose.

use maud::{Markup, html};
use warmline_protocol::event::MessagePosted;
use warmline_protocol::{AuthorKind, Citation, CitationKind, Event, OrderCard, Phase};

use super::forms;
use super::markup;
use super::scene::{Scene, Talk};
use crate::markdown::safe;

/// A message. `last` is the last of all messages; `newest` has nothing after it at all.
pub(super) fn message(scene: &Scene, talk: &Talk, entry: &Event, posted: &MessagePosted, first: bool, last: bool, newest: bool) -> Markup {
    let words = scene.words();
    // Whoever cannot see on which side a message stands is told its author each time.
    let author_class = if first { "author" } else { "author vh" };
    html! {
        p class=(author_class) { bdi { (author(scene, entry)) } }
        div .bubble { (markup::text(&posted.text, &posted.blocks)) }
        @if posted.partial == Some(true) { p .meta { (words.answer_stopped) } }
        @if let Some(card) = &posted.order { (order(scene, card)) }
        @if !posted.citations.is_empty() { (sources(scene, entry.seq, &posted.citations)) }
        p .meta {
            (scene.clock.element(entry.at))
            @if last && entry.author.kind == AuthorKind::Shopper {
                " · " (if talk.snapshot.reads.agent >= entry.seq { &words.send_seen } else { &words.send_sent })
            }
        }
        @if newest && !posted.quick_replies.is_empty() && talk.view().phase == Phase::Assisted {
            div .choices role="group" aria-label=(words.quick_replies) {
                @for reply in &posted.quick_replies { (forms::say(scene, reply)) }
            }
        }
    }
}

fn author(scene: &Scene, entry: &Event) -> String {
    let words = scene.words();
    match entry.author.kind {
        AuthorKind::Shopper => words.author_you.clone(),
        AuthorKind::Assistant => words.author_assistant.clone(),
        AuthorKind::Agent => match &entry.author.name {
            Some(name) => scene.fill(&words.author_person, &[("name", name)]),
            None => words.author_a_person.clone(),
        },
        AuthorKind::System => scene.shop.clone(),
    }
}

fn sources(scene: &Scene, seq: u64, citations: &[Citation]) -> Markup {
    let words = scene.words();
    let count = u32::try_from(citations.len()).unwrap_or(u32::MAX);
    html! {
        div .sources role="group" aria-labelledby=(format!("sources-{seq}")) {
            p .label id=(format!("sources-{seq}")) { (scene.language.count(&words.sources, count)) }
            @for citation in citations {
                details .source {
                    summary {
                        bdi { (citation.title) }
                        @if citation.kind == CitationKind::Record { " · " (words.source_record) }
                    }
                    p .label { (words.source_quote) }
                    blockquote dir="auto" { (citation.quote) }
                    @if citation.url.is_some() { p { (markup::link(&words.source_read_all, citation.url.as_deref())) } }
                }
            }
        }
    }
}

fn order(scene: &Scene, card: &OrderCard) -> Markup {
    let words = scene.words();
    let title = scene.fill(&words.order_title, &[("number", &card.number)]);
    let on = |text: &str, at| scene.fill(text, &[("date", &scene.clock.day(at))]);
    let expected = if card.state == "delivered" { &words.order_delivered } else { &words.order_expected };
    html! {
        div .order role="group" aria-label=(title) {
            p .order-title { strong { (title) } span .order-state dir="auto" { (card.state_text) } }
            @if !card.items.is_empty() {
                ul .order-items aria-label=(words.order_items) {
                    @for item in &card.items {
                        li {
                            span dir="auto" { (scene.fill(&words.order_item, &[("quantity", &item.quantity.to_string()), ("name", &item.name)])) }
                            @if let Some(price) = &item.price { span .price { bdi { (price) } } }
                        }
                    }
                }
            }
            ul .order-facts {
                @if let Some(at) = card.placed_at { li { (on(&words.order_placed, at)) } }
                @if let Some(at) = card.expected_at { li { (on(expected, at)) } }
                @if let Some(carrier) = &card.carrier { li { (scene.fill(&words.order_carrier, &[("name", carrier)])) } }
                @if let Some(total) = &card.total { li { (scene.fill(&words.order_total, &[("amount", total)])) } }
            }
            @if let Some(url) = card.tracking_url.as_deref().and_then(safe) {
                p { (markup::link(&words.order_track, Some(&url))) }
            }
        }
    }
}
