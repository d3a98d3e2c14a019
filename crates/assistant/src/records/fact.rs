//! What an order says, as sentences, as a card, and as a source that can be quoted.

use super::{Order, OrderState};
use crate::sentences::Voice;
use warmline_protocol::message::OrderItem;
use warmline_protocol::{Citation, CitationKind, OrderCard};

/// Sentences that say how the order stands, each of them straight from its fields.
pub(crate) fn facts(order: &Order, voice: &Voice<'_>) -> Vec<String> {
    let date = |day: super::Date| day.written(voice.language);
    let key = |part: &str| format!("assistant.order.{part}");
    let placed = date(order.placed);
    let mut said = vec![voice.say(&key(order.state.word()), &[("number", &order.number), ("placed", &placed)])];
    let travels = match order.state {
        OrderState::Shipped | OrderState::OutForDelivery | OrderState::Delayed => true,
        OrderState::Placed
        | OrderState::Paid
        | OrderState::Packed
        | OrderState::Delivered
        | OrderState::Lost
        | OrderState::Returned
        | OrderState::Refunded
        | OrderState::PartRefunded
        | OrderState::Cancelled
        | OrderState::PaymentFailed => false,
    };
    if travels && let Some(carrier) = &order.delivery.carrier {
        said.push(voice.say(&key("carrier"), &[("carrier", carrier)]));
    }
    let pending = travels || matches!(order.state, OrderState::Paid | OrderState::Packed);
    if pending && let Some(day) = order.expected {
        said.push(voice.say(&key("expected"), &[("date", &date(day))]));
    }
    if order.state == OrderState::Delayed
        && let Some(day) = order.first_expected
    {
        said.push(voice.say(&key("first_expected"), &[("date", &date(day))]));
    }
    if order.state == OrderState::Delivered
        && let Some(day) = order.delivered
    {
        said.push(voice.say(&key("delivered_on"), &[("date", &date(day))]));
    }
    if order.state == OrderState::Returned
        && let Some(day) = order.returned
    {
        said.push(voice.say(&key("delivered_on"), &[("date", &date(day))]));
    }
    for refund in &order.refunds {
        let amount = money(refund.amount_minor, &order.currency);
        said.push(voice.say(&key("refund.issued"), &[("amount", &amount), ("date", &date(refund.issued))]));
    }
    said
}

/// An amount for people: `£128.00`.
pub(crate) fn money(minor: i64, currency: &str) -> String {
    let (whole, rest) = (minor / 100, (minor % 100).abs());
    match currency {
        "GBP" => format!("£{whole}.{rest:02}"),
        "EUR" => format!("€{whole}.{rest:02}"),
        "USD" => format!("${whole}.{rest:02}"),
        "JPY" => format!("¥{minor}"),
        other => format!("{whole}.{rest:02} {other}"),
    }
}

/// The card in the transcript.
pub(crate) fn card(order: &Order, voice: &Voice<'_>) -> OrderCard {
    let named = |item: &super::Item| {
        let parts = [Some(item.name.clone()), item.colour.clone(), item.size.clone()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    };
    let item = |item: &super::Item| OrderItem {
        name: named(item),
        quantity: item.quantity,
        price: Some(money(item.unit_price_minor, &order.currency)),
    };
    let web = |url: &&String| url.starts_with("https://") || url.starts_with("http://");
    OrderCard {
        number: order.number.clone(),
        state: order.state.word().to_owned(),
        state_text: voice.say(&format!("assistant.order.state.{}", order.state.word()), &[]),
        placed_at: Some(order.placed.start()),
        expected_at: order.delivered.or(order.expected).map(super::Date::start),
        total: Some(money(order.total_minor, &order.currency)),
        carrier: order.delivery.carrier.clone(),
        tracking_url: order.delivery.tracking_url.as_ref().filter(web).cloned(),
        items: order.items.iter().map(item).collect(),
    }
}

/// The record as a source: its fields, as the shop told them.
pub(crate) fn record_citation(order: &Order, voice: &Voice<'_>) -> Citation {
    let mut fields = vec![format!("state: {}", order.state.word()), format!("placed: {}", order.placed)];
    let days = [
        ("shipped", order.shipped),
        ("expected", order.expected),
        ("first expected", order.first_expected),
        ("delivered", order.delivered),
        ("returned", order.returned),
        ("cancelled", order.cancelled),
    ];
    fields.extend(days.into_iter().filter_map(|(name, day)| day.map(|day| format!("{name}: {day}"))));
    fields.extend(order.refunds.iter().map(|refund| format!("refund: {}, {}", money(refund.amount_minor, &order.currency), refund.issued)));
    Citation {
        kind: CitationKind::Record,
        id: order.number.clone(),
        title: voice.say("assistant.order.title", &[("number", &order.number)]),
        quote: fields.join(" · "),
        url: None,
    }
}
