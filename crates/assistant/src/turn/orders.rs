//! Answers how an order of the shopper's stands, from the records.

use super::Turn;
use super::outcome::Ending;
use super::question::{Reason, Way};
use super::stage::Stage;
use crate::records::{Order, OrderState, RecordsError, Verified, card, facts, record_citation};
use crate::text::fold;

/// Orders that an ask-back names.
const NAMED: usize = 3;

impl Turn<'_> {
    pub(super) async fn order(&mut self, stage: &mut Stage) -> Ending {
        let Some(shopper) = self.question.identity.clone() else { return self.order_of_a_stranger(stage).await };
        let found = match &self.heard.order_number {
            Some(number) => self.inner.records.order(&shopper, number).await.map(|order| vec![order]),
            None => self.candidates(&shopper).await,
        };
        match found {
            Ok(orders) => match orders.as_slice() {
                [] => self.no_order("assistant.order.none", "order_not_found", stage).await,
                [order] => self.tell(order, stage).await,
                [_, _, ..] => self.which(&orders, stage).await,
            },
            Err(RecordsError::NotFound) => self.no_order("assistant.order.not_found", "order_not_found", stage).await,
            Err(RecordsError::Unavailable(why)) => {
                tracing::warn!(%why, "the order records are not available");
                self.no_order("assistant.order.unavailable", "records_unavailable", stage).await
            }
        }
    }

    /// The orders that the question may mean: those with a refund or a return for a question about one, else those under way.
    async fn candidates(&self, shopper: &Verified) -> Result<Vec<Order>, RecordsError> {
        let mut orders = self.inner.records.orders(shopper).await?;
        let query = self.query(self.question.text());
        let about_money = query.about("#refund") || query.about("#return");
        let mut fitting: Vec<Order> =
            orders.iter().filter(|order| if about_money { has_return(order) } else { under_way(order) }).cloned().collect();
        // "The blue jacket" picks one of several.
        let folded = fold(self.question.text());
        let named = |order: &Order| {
            order.items.iter().any(|item| fold(&item.name).split(' ').any(|word| word.chars().count() > 3 && folded.contains(word)))
        };
        if fitting.len() > 1 && fitting.iter().filter(|order| named(order)).count() == 1 {
            fitting.retain(named);
        }
        if fitting.is_empty() {
            orders.truncate(1);
            return Ok(orders);
        }
        Ok(fitting)
    }

    async fn tell(&mut self, order: &Order, stage: &mut Stage) -> Ending {
        let lines = facts(order, &self.voice);
        let space = if self.voice.language == crate::text::Language::Ja { "" } else { " " };
        stage.show(&lines.join(space), "\n\n").await;
        self.note("order");
        let limit = self.question.rules.high_value_minor.get(&order.currency);
        if limit.is_some_and(|limit| order.total_minor > *limit) {
            self.note("high_value");
            if self.offer.is_none() && self.question.may_offer(Reason::HighValue) {
                if self.question.rules.way(Reason::HighValue) == Way::HandOver && !self.drafting {
                    return self.give_way(Reason::HighValue, "", stage).await;
                }
                self.offer = Some(Reason::HighValue);
            }
        }
        Ending::Answer {
            citations: vec![record_citation(order, &self.voice)],
            quick_replies: Vec::new(),
            order: Some(card(order, &self.voice)),
        }
    }

    async fn which(&mut self, orders: &[Order], stage: &mut Stage) -> Ending {
        if !self.drafting {
            let text = self.voice.say("assistant.order.which", &[]);
            stage.show(&text, "\n\n").await;
        }
        let quick_replies = orders
            .iter()
            .take(NAMED)
            .map(|order| format!("{} · {}", order.number, order.items.first().map_or("", |item| &item.name)))
            .collect();
        Ending::AskBack { quick_replies }
    }

    async fn no_order(&mut self, key: &str, reason: &'static str, stage: &mut Stage) -> Ending {
        let number = self.heard.order_number.clone().unwrap_or_default();
        if !self.drafting
            && let Some(text) = self.voice.fresh(key, &[("number", &number)])
        {
            stage.show(&text, "\n\n").await;
        }
        Ending::Decline { reason, offer: self.question.may_offer(Reason::NoSource) }
    }

    /// Nobody's order is told to a stranger: what is needed for it, and what an article says.
    async fn order_of_a_stranger(&mut self, stage: &mut Stage) -> Ending {
        self.note("sign_in");
        if !self.drafting {
            let named = stage.text.is_empty().then(|| self.problem()).flatten();
            let about = named.and_then(|problem| self.voice.fresh("assistant.order.sign_in_for", &[("problem", &problem)]));
            let Some(text) = about.or_else(|| self.voice.fresh("assistant.order.sign_in", &[])) else {
                return self.give_way(Reason::Repeated, "assistant.offer.repeated", stage).await;
            };
            stage.show(&text, " ").await;
        }
        let subject = self.subject();
        let (_, choice) = self.search(&subject, &self.given());
        let answer = match choice {
            crate::retrieve::Choice::One(found) if !self.told_before(&found) => Some(self.look_up(stage).await),
            crate::retrieve::Choice::One(_) | crate::retrieve::Choice::Close(_) | crate::retrieve::Choice::None => None,
        };
        match answer {
            Some(Ending::Answer { citations, quick_replies, order }) => {
                // The person is named in words above, so the offer needs no words of its own.
                if self.offer.is_none()
                    && !self.drafting
                    && self.question.may_offer(Reason::NoSource)
                    && self.question.rules.way(Reason::NoSource) == Way::Offer
                {
                    self.offer = Some(Reason::NoSource);
                }
                Ending::Answer { citations, quick_replies, order }
            }
            Some(other) => other,
            None => Ending::Decline { reason: "sign_in", offer: self.question.may_offer(Reason::NoSource) },
        }
    }
}

fn has_return(order: &Order) -> bool {
    order.returned.is_some() || !order.refunds.is_empty()
}

fn under_way(order: &Order) -> bool {
    match order.state {
        OrderState::Placed
        | OrderState::Paid
        | OrderState::Packed
        | OrderState::Shipped
        | OrderState::OutForDelivery
        | OrderState::Delayed
        | OrderState::Lost
        | OrderState::PaymentFailed => true,
        OrderState::Delivered | OrderState::Returned | OrderState::Refunded | OrderState::PartRefunded | OrderState::Cancelled => false,
    }
}
