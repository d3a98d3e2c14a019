//! An order as a card: its state, its dates, what was ordered, where it can be followed.

use warmline_protocol::OrderCard;

use crate::dom::{El, el, icon};
use crate::links::is_safe;
use crate::locale::Locale;
use crate::message::link;
use crate::words::{self, Key};

/// The parcel that stands for an order. A picture of a foreign host is never loaded.
const PARCEL: &str = "M4 8l8-4 8 4v9l-8 4-8-4zM4 8l8 4 8-4M12 12v9";

/// The card.
pub fn order_card(locale: Locale, order: &OrderCard) -> El {
    let number = order.number.clone();
    let dated = if order.state == "delivered" { words::ORDER_DELIVERED } else { words::ORDER_EXPECTED };
    let mut card = el("section")
        .class("order-card")
        .attr("data-state", order.state.as_str())
        .dyn_attr("aria-label", {
            let number = number.clone();
            move || locale.tf(words::ORDER_TITLE, &[("number", &number)])
        })
        .child(
            el("header")
                .class("order-head")
                .child(icon(PARCEL))
                .child(el("p").class("order-title").dyn_text(move || locale.tf(words::ORDER_TITLE, &[("number", &number)])))
                .child(el("p").class("order-state").attr("dir", "auto").text(&order.state_text)),
        );
    let mut facts = el("ul").class("order-facts").attr("role", "list");
    for (key, at) in [(words::ORDER_PLACED, order.placed_at), (dated, order.expected_at)] {
        if let Some(at) = at {
            facts = facts.child(el("li").dyn_text(move || locale.tf(key, &[("date", &locale.date(at))])));
        }
    }
    facts = fact(facts, locale, words::ORDER_CARRIER, "name", order.carrier.as_deref());
    facts = fact(facts, locale, words::ORDER_TOTAL, "amount", order.total.as_deref());
    if !order.items.is_empty() {
        let mut list = el("ul").class("order-items").attr("role", "list").t_attr("aria-label", locale, words::ORDER_ITEMS);
        for item in &order.items {
            let (name, quantity) = (item.name.clone(), item.quantity);
            let line = el("li")
                .dyn_text(move || locale.tf(words::ORDER_ITEM, &[("quantity", &locale.number(quantity)), ("name", &name)]));
            list = list.child(match &item.price {
                Some(price) => line.child(el("span").class("order-price").text(price)),
                None => line,
            });
        }
        card = card.child(list);
    }
    card = card.child(facts);
    if let Some(url) = order.tracking_url.as_deref().filter(|url| is_safe(url)) {
        let opens = el("span").class("vh").text(" ").t(locale, words::OPENS_NEW_TAB);
        card = card.child(link(url).class("order-track").t(locale, words::ORDER_TRACK).child(opens));
    }
    card
}

fn fact(facts: El, locale: Locale, key: Key, name: &'static str, value: Option<&str>) -> El {
    let Some(value) = value.map(str::to_owned) else { return facts };
    facts.child(el("li").dyn_text(move || locale.tf(key, &[(name, &value)])))
}
