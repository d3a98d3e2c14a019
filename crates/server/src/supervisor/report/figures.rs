//! From what became of each conversation to the figures of the report.

use std::collections::HashMap;

use warmline_protocol::{Body, ConversationId, Event, Timestamp};

use super::story::{REPEAT_S, ServedBy, Story};
use super::{Cost, Promises, Report, Resolution, Satisfaction, Satisfied, TimeToPerson};
use crate::config::Costs;

/// The conversations of one merchant that began in the span, and who came again after it or from before it.
#[derive(Debug)]
pub(super) struct Fold {
    to: Timestamp,
    stories: HashMap<ConversationId, Story>,
    /// Conversations that began outside of the span: only who came, and when.
    others: HashMap<ConversationId, Contacts>,
}

#[derive(Debug, Default)]
struct Contacts {
    sub: Option<String>,
    at: Vec<Timestamp>,
}

impl Fold {
    pub(super) fn new(to: Timestamp) -> Self {
        Fold { to, stories: HashMap::new(), others: HashMap::new() }
    }

    /// Goes on by one event. Within a conversation they come in order.
    pub(super) fn take(&mut self, conversation: &ConversationId, event: &Event) {
        let began = matches!(event.body, Body::ConversationStarted(_));
        if began && event.at < self.to {
            self.stories.insert(conversation.clone(), Story::default());
        }
        if let Some(story) = self.stories.get_mut(conversation) {
            story.take(event);
            return;
        }
        let contact = began || matches!(event.body, Body::ConversationReopened(_));
        if let Body::ShopperIdentified(shopper) = &event.body {
            self.others.entry(conversation.clone()).or_default().sub = Some(shopper.sub.clone());
        } else if contact {
            self.others.entry(conversation.clone()).or_default().at.push(event.at);
        }
    }

    /// Conversations from before the span that were opened again, and whose shopper stands further back in the log.
    pub(super) fn nameless(&self) -> Vec<ConversationId> {
        self.others.iter().filter(|(_, contacts)| contacts.sub.is_none()).map(|(conversation, _)| conversation.clone()).collect()
    }

    /// Says whose such a conversation is.
    pub(super) fn name(&mut self, conversation: &ConversationId, sub: String) {
        if let Some(contacts) = self.others.get_mut(conversation) {
            contacts.sub = Some(sub);
        }
    }

    /// When each recognisable shopper came, and to which conversation.
    fn contacts(&self) -> HashMap<&str, Vec<(Timestamp, &ConversationId)>> {
        let mut all: HashMap<&str, Vec<_>> = HashMap::new();
        let own = self.stories.iter().map(|(id, story)| (id, &story.sub, &story.contacts));
        let others = self.others.iter().map(|(id, contacts)| (id, &contacts.sub, &contacts.at));
        for (id, sub, contacts) in own.chain(others) {
            if let Some(sub) = sub {
                all.entry(sub).or_default().extend(contacts.iter().map(|at| (*at, id)));
            }
        }
        all
    }
}

/// What the figures are made of, added up over merchants.
#[derive(Debug, Default)]
pub(super) struct Sums {
    conversations: u64,
    asked: u64,
    reached: u64,
    /// Milliseconds from the first ask to a person's first message, one for each who was reached.
    waits: Vec<i64>,
    promises: (u64, u64, u64),
    assumed: u64,
    confirmed: u64,
    verified: u64,
    verifiable: u64,
    unverifiable: u64,
    left_open: u64,
    reopened: u64,
    /// Recognisable shoppers' conversations that ended seven days ago or more, and those of them after which the shopper came again.
    repeatable: u64,
    repeats: u64,
    missed: u64,
    needless: u64,
    satisfaction: [Rated; 3],
    /// In the currency's own units; none once two currencies met.
    cost: Option<(f64, String)>,
    currencies_differ: bool,
}

#[derive(Debug, Default, Clone, Copy)]
struct Rated {
    sum: u64,
    rated: u64,
    asked: u64,
}

impl Sums {
    /// Adds a merchant's conversations.
    pub(super) fn add(&mut self, fold: &Fold, costs: &Costs, now: Timestamp) {
        let contacts = fold.contacts();
        let until = now.min(fold.to.plus_seconds(REPEAT_S));
        let mut cost = 0.0;
        for (id, story) in &fold.stories {
            self.add_story(story);
            self.add_repeats(id, story, &contacts, now);
            cost +=
                story.micros as f64 / 1e6 + in_units(story.agent_ms(until) as f64 / 3.6e6 * costs.agent_per_hour as f64, &costs.currency);
        }
        match &mut self.cost {
            Some((sum, currency)) if *currency == costs.currency => *sum += cost,
            Some(_) => self.currencies_differ = true,
            None => self.cost = Some((cost, costs.currency.clone())),
        }
    }

    fn add_story(&mut self, story: &Story) {
        self.conversations += 1;
        self.asked += u64::from(story.asked_at.is_some());
        if let (Some(asked), Some(reached)) = (story.asked_at, story.reached_at) {
            self.reached += 1;
            self.waits.push((reached.0 - asked.0).max(0));
        }
        let (made, kept, broken) = story.promises;
        self.promises = (self.promises.0 + made, self.promises.1 + kept, self.promises.2 + broken);
        self.assumed += u64::from(story.assumed());
        self.confirmed += u64::from(story.closed.is_some());
        self.unverifiable += u64::from(story.closed.is_some() && story.sub.is_none());
        self.left_open += u64::from(story.left_open);
        self.reopened += u64::from(story.reopened);
        self.missed += u64::from(story.missed());
        self.needless += u64::from(story.needless());
        if let Some(served_by) = story.served_by() {
            let rated = &mut self.satisfaction[match served_by {
                ServedBy::Assistant => 0,
                ServedBy::Both => 1,
                ServedBy::Person => 2,
            }];
            let (sum, number) = story.ratings();
            *rated = Rated { sum: rated.sum + sum, rated: rated.rated + number, asked: rated.asked + story.ratings_asked };
        }
    }

    /// Whether the shopper came again within seven days: known of those whom the shop recognises, and only when the days are over.
    fn add_repeats(
        &mut self,
        id: &ConversationId,
        story: &Story,
        contacts: &HashMap<&str, Vec<(Timestamp, &ConversationId)>>,
        now: Timestamp,
    ) {
        let Some(sub) = &story.sub else { return };
        let over = |end: Timestamp| end.plus_seconds(REPEAT_S) <= now;
        let again_after = |end: Timestamp| {
            let came = contacts.get(sub.as_str()).into_iter().flatten();
            let mut others = came.filter(|(_, conversation)| *conversation != id);
            others.any(|(at, _)| *at > end && at.0 - end.0 <= REPEAT_S * 1000)
        };
        let came_back = story.came_back_after.is_some_and(over);
        let known_end = story.ended_at().filter(|end| over(*end));
        let again = known_end.is_some_and(again_after);
        if came_back || known_end.is_some() {
            self.repeatable += 1;
            self.repeats += u64::from(came_back || again);
        }
        if let Some((_, closed_at)) = story.closed.filter(|(_, at)| over(*at)) {
            self.verifiable += 1;
            self.verified += u64::from(!again_after(closed_at));
        }
    }

    /// The report of the span.
    pub(super) fn report(mut self, from: Timestamp, to: Timestamp, now: Timestamp) -> Report {
        let all_known = to.plus_seconds(REPEAT_S) <= now;
        // Of nobody, nothing is known; of nothing, all is known once the days are over.
        let known = |of: u64, among: u64, figure: u64| (of > 0 || (among == 0 && all_known)).then_some(figure);
        let verified = known(self.verifiable, self.confirmed, self.verified);
        let (_, made) = (self.waits.sort_unstable(), self.waits.len());
        let at = |share: usize| {
            made.checked_sub(1).map(|last| self.waits[(made * share).div_ceil(100).saturating_sub(1).min(last)] as f64 / 1000.0)
        };
        let cost = self.cost.take().filter(|_| !self.currencies_differ);
        let per = |number: u64| cost.as_ref().filter(|_| number > 0).map(|(sum, _)| rounded(sum / number as f64));
        let satisfied = |rated: Rated| Satisfied {
            mean: (rated.rated > 0).then(|| rounded(rated.sum as f64 / rated.rated as f64)),
            rated: rated.rated,
            asked: rated.asked,
        };
        let [ai_only, handed_off, person_only] = self.satisfaction.map(satisfied);
        Report {
            from,
            to,
            conversations: self.conversations,
            asked_for_person: self.asked,
            reached_person: self.reached,
            time_to_person_s: TimeToPerson { p50: at(50), p95: at(95) },
            promises: Promises { made: self.promises.0, kept: self.promises.1, broken: self.promises.2 },
            resolution: Resolution {
                assumed: self.assumed,
                confirmed: self.confirmed,
                verified,
                verifiable: self.verifiable,
                unverifiable: self.unverifiable,
                left_open: self.left_open,
                reopened: self.reopened,
            },
            repeat_contacts_7d: known(self.repeatable, self.conversations, self.repeats),
            missed_handovers: self.missed,
            needless_handovers: self.needless,
            satisfaction: Satisfaction { ai_only, handed_off, person_only },
            cost: Cost {
                per_conversation: per(self.conversations),
                per_verified_resolution: verified.filter(|_| all_known).and_then(per),
                currency: cost.as_ref().map(|(_, currency)| currency.clone()),
            },
        }
    }
}

/// Minor units of a currency in its own: pence in pounds. Most have a hundred; these, by ISO 4217, have none or a thousand.
fn in_units(minor: f64, currency: &str) -> f64 {
    match currency {
        "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF" | "UGX" | "VND" | "VUV" | "XAF" | "XOF" | "XPF" => {
            minor
        }
        "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => minor / 1000.0,
        _ => minor / 100.0,
    }
}

fn rounded(number: f64) -> f64 {
    (number * 10_000.0).round() / 10_000.0
}
