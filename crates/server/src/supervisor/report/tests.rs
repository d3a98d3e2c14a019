//! Hand-made logs whose truth is known.

use warmline_protocol::event::{
    AgentJoined, AuthorKind, ClosedBy, ConversationLeftOpen, ConversationReopened, ConversationResolved, ConversationStarted, CostRecorded,
    HandoffCancelled, HandoffOffered, HandoffPromised, HandoffRequested, HandoffReturned, MessagePosted, PromiseBroken, PromiseKept,
    PromiseKind, RatingGiven, ResolutionAnswered, ResolutionAsked, ShopperIdentified, SignalNoted, WaitingOnShopper,
};
use warmline_protocol::{AgentId, Author, Body, CaseCode, ConversationId, Event, MessageId, Phase, PromiseId, Timestamp};

use super::figures::{Fold, Sums};
use super::{Report, Satisfied};
use crate::config::Costs;

const DAY: i64 = 24 * 3600;
/// Noon of the day that is reported.
const NOON: i64 = 12 * 3600;

fn moment(seconds: i64) -> Timestamp {
    Timestamp(1_700_000_000_000).plus_seconds(seconds)
}

/// A log of one merchant. Moments are seconds since the span began; it lasts one day.
struct Log {
    fold: Fold,
    seq: u64,
}

impl Log {
    fn new() -> Self {
        Log { fold: Fold::new(moment(DAY)), seq: 0 }
    }

    fn tell(&mut self, conversation: &str, at: i64, by: AuthorKind, body: impl Into<Body>) {
        self.seq += 1;
        let event = Event { seq: self.seq, prev: 0, at: moment(at), author: Author::of(by), body: body.into() };
        self.fold.take(&ConversationId(conversation.to_owned()), &event);
    }

    fn begin(&mut self, conversation: &str, at: i64, sub: Option<&str>) {
        self.tell(conversation, at, AuthorKind::Shopper, ConversationStarted { locale: "en".into(), page: None });
        if let Some(sub) = sub {
            self.tell(conversation, at, AuthorKind::Shopper, ShopperIdentified { sub: sub.into(), vip: false, name: None, email: None });
        }
    }

    fn say(&mut self, conversation: &str, at: i64, by: AuthorKind) {
        let answers = (by == AuthorKind::Assistant).then_some(1);
        self.tell(conversation, at, by, message(answers));
    }

    /// The shopper asks, the assistant answers and asks whether that solved it.
    fn answer(&mut self, conversation: &str, at: i64) {
        self.say(conversation, at, AuthorKind::Shopper);
        self.say(conversation, at + 2, AuthorKind::Assistant);
        self.tell(conversation, at + 2, AuthorKind::Assistant, ResolutionAsked {});
    }

    fn solved(&mut self, conversation: &str, at: i64) {
        self.tell(conversation, at, AuthorKind::Shopper, ResolutionAnswered { solved: true });
        self.tell(conversation, at, AuthorKind::Shopper, ConversationResolved { by: ClosedBy::Shopper, reason: None });
    }

    fn ask(&mut self, conversation: &str, at: i64, promise: &str) {
        self.tell(conversation, at, AuthorKind::Shopper, requested());
        let promised = HandoffPromised { promise_id: PromiseId(promise.into()), kind: PromiseKind::Live, promise_by: moment(at + 180) };
        self.tell(conversation, at, AuthorKind::System, promised);
    }

    fn join(&mut self, conversation: &str, at: i64) {
        self.tell(conversation, at, AuthorKind::Agent, AgentJoined { agent_id: AgentId("ada".into()), name: "Ada".into() });
    }

    /// The agent's first message, and the promise that it keeps.
    fn reach(&mut self, conversation: &str, at: i64, promise: &str) {
        self.say(conversation, at, AuthorKind::Agent);
        self.tell(conversation, at, AuthorKind::System, PromiseKept { promise_id: PromiseId(promise.into()) });
    }

    fn closed_by_agent(&mut self, conversation: &str, at: i64) {
        self.tell(conversation, at, AuthorKind::Agent, ConversationResolved { by: ClosedBy::Agent, reason: Some("sent again".into()) });
    }

    fn rate(&mut self, conversation: &str, at: i64, score: u8) {
        self.tell(conversation, at, AuthorKind::Shopper, RatingGiven { score, comment: None });
    }

    fn report(&self, now: i64) -> Report {
        let mut sums = Sums::default();
        sums.add(&self.fold, &Costs { currency: "GBP".into(), agent_per_hour: 2400 }, moment(now));
        sums.report(moment(0), moment(DAY), moment(now))
    }
}

fn message(answers: Option<u64>) -> MessagePosted {
    MessagePosted {
        message_id: MessageId("m".into()),
        text: "words".into(),
        client_id: None,
        partial: None,
        via: None,
        answers,
        order: None,
        citations: Vec::new(),
        quick_replies: Vec::new(),
        blocks: Vec::new(),
    }
}

fn requested() -> HandoffRequested {
    HandoffRequested { reason: "tap".into(), case_code: CaseCode("WL-2345-678".into()) }
}

#[test]
fn silence_after_an_answer_is_assumed_and_never_confirmed() {
    let mut log = Log::new();
    log.begin("silent", NOON, None);
    log.answer("silent", NOON);
    log.begin("left", NOON, None);
    log.answer("left", NOON);
    log.say("left", NOON + 60, AuthorKind::Shopper);
    log.tell("left", NOON + 60 + DAY, AuthorKind::System, ConversationLeftOpen {});
    log.begin("asks_on", NOON, None);
    log.answer("asks_on", NOON);
    log.say("asks_on", NOON + 60, AuthorKind::Shopper);
    log.begin("not_yet", NOON, None);
    log.answer("not_yet", NOON);
    log.tell("not_yet", NOON + 9, AuthorKind::Shopper, ResolutionAnswered { solved: false });
    log.begin("nothing_said", NOON, None);
    let report = log.report(2 * DAY);
    assert_eq!(report.conversations, 5);
    assert_eq!((report.resolution.assumed, report.resolution.confirmed, report.resolution.left_open), (2, 0, 1));
    assert_eq!(report.resolution.verified, None, "not a matter of 0: the days are not over");
}

#[test]
fn solved_and_back_on_day_five_is_not_verified_but_a_repeat_contact() {
    let mut log = Log::new();
    log.begin("first", NOON, Some("anna"));
    log.answer("first", NOON);
    log.solved("first", NOON + 60);
    log.begin("again", NOON + 5 * DAY, Some("anna"));
    let young = log.report(6 * DAY);
    assert_eq!(
        (young.resolution.confirmed, young.resolution.verified, young.repeat_contacts_7d),
        (1, None, None),
        "seven days are not over"
    );
    let report = log.report(9 * DAY);
    assert_eq!(report.conversations, 1, "the second began after the span");
    assert_eq!((report.resolution.verified, report.resolution.verifiable, report.repeat_contacts_7d), (Some(0), 1, Some(1)));
    assert_eq!(report.cost.per_verified_resolution, None);
}

#[test]
fn solved_and_not_seen_again_is_verified_once_seven_days_are_over() {
    let mut log = Log::new();
    log.begin("anna", NOON, Some("anna"));
    log.answer("anna", NOON);
    log.tell("anna", NOON + 3, AuthorKind::System, CostRecorded { tokens_in: 9, tokens_out: 9, micros: 20_000 });
    log.solved("anna", NOON + 60);
    log.begin("late", NOON + 60 + 7 * DAY + 1, Some("anna"));
    log.begin("other", NOON + 2 * DAY, Some("ben"));
    log.begin("anonymous", NOON, None);
    log.answer("anonymous", NOON);
    log.solved("anonymous", NOON + 60);
    let report = log.report(9 * DAY);
    let resolution = &report.resolution;
    assert_eq!((resolution.confirmed, resolution.verified, resolution.unverifiable), (2, Some(1), 1));
    assert_eq!(report.repeat_contacts_7d, Some(0));
    assert_eq!((report.cost.per_conversation, report.cost.per_verified_resolution), (Some(0.01), Some(0.02)));
}

#[test]
fn of_the_anonymous_alone_nothing_is_known_and_of_nobody_all_is() {
    let mut log = Log::new();
    log.begin("anonymous", NOON, None);
    log.answer("anonymous", NOON);
    log.solved("anonymous", NOON + 60);
    let report = log.report(30 * DAY);
    assert_eq!((report.resolution.verified, report.repeat_contacts_7d), (None, None));
    let empty = Log::new().report(30 * DAY);
    assert_eq!((empty.conversations, empty.resolution.verified, empty.repeat_contacts_7d), (0, Some(0), Some(0)));
    assert_eq!(empty.cost.per_conversation, None);
}

#[test]
fn a_reopened_case_is_confirmed_only_when_it_is_closed_again() {
    let mut log = Log::new();
    for conversation in ["stays_open", "closed_again"] {
        log.begin(conversation, NOON, Some(conversation));
        log.answer(conversation, NOON);
        log.solved(conversation, NOON + 60);
        log.tell(conversation, NOON + DAY, AuthorKind::System, ConversationReopened { to: Phase::Assisted });
    }
    log.answer("closed_again", NOON + DAY);
    log.solved("closed_again", NOON + DAY + 60);
    let report = log.report(20 * DAY);
    let resolution = &report.resolution;
    assert_eq!((resolution.reopened, resolution.confirmed, resolution.verified), (2, 1, Some(1)));
    assert_eq!(report.repeat_contacts_7d, Some(2), "to come back to the same case is to come back");
}

#[test]
fn an_older_conversation_that_is_reopened_is_a_repeat_contact_too() {
    let mut log = Log::new();
    log.tell("older", NOON + 2 * DAY, AuthorKind::System, ConversationReopened { to: Phase::Assisted });
    log.begin("anna", NOON, Some("anna"));
    log.answer("anna", NOON);
    log.solved("anna", NOON + 60);
    assert_eq!(log.fold.nameless(), [ConversationId("older".into())]);
    log.fold.name(&ConversationId("older".into()), "anna".into());
    assert_eq!(log.report(20 * DAY).repeat_contacts_7d, Some(1));
}

#[test]
fn promises_are_kept_in_time_or_broken_or_neither() {
    let mut log = Log::new();
    for (conversation, wait) in [("kept", 30), ("late", 400)] {
        log.begin(conversation, NOON, None);
        log.ask(conversation, NOON, conversation);
        if wait > 180 {
            let broken = |at: i64| PromiseBroken { promise_id: PromiseId(conversation.into()), next_promise_by: moment(at) };
            log.tell(conversation, NOON + 180, AuthorKind::System, broken(NOON + 300));
            log.tell(conversation, NOON + 300, AuthorKind::System, broken(NOON + 500));
        }
        log.join(conversation, NOON + wait - 10);
        log.reach(conversation, NOON + wait, conversation);
    }
    log.begin("cancelled", NOON, None);
    log.ask("cancelled", NOON, "cancelled");
    log.tell("cancelled", NOON + 90, AuthorKind::Shopper, HandoffCancelled {});
    let report = log.report(2 * DAY);
    assert_eq!((report.promises.made, report.promises.kept, report.promises.broken), (3, 1, 1), "twice broken is one promise broken");
    assert_eq!((report.asked_for_person, report.reached_person), (3, 2));
    assert_eq!((report.time_to_person_s.p50, report.time_to_person_s.p95), (Some(30.0), Some(400.0)));
    assert_eq!(report.missed_handovers, 1, "who gave up waiting was missed");
}

#[test]
fn the_clock_runs_from_the_first_ask_to_the_first_words_of_a_person() {
    let mut log = Log::new();
    log.begin("moved", NOON, None);
    log.ask("moved", NOON, "p");
    log.join("moved", NOON + 5);
    log.tell("moved", NOON + 8, AuthorKind::Shopper, requested());
    log.reach("moved", NOON + 12, "p");
    log.say("moved", NOON + 50, AuthorKind::Agent);
    log.begin("stepped_in", NOON, None);
    log.tell("stepped_in", NOON + 1, AuthorKind::Agent, requested());
    log.join("stepped_in", NOON + 1);
    log.say("stepped_in", NOON + 2, AuthorKind::Agent);
    let report = log.report(2 * DAY);
    assert_eq!((report.asked_for_person, report.reached_person), (1, 1), "an agent who steps in was not asked for");
    assert_eq!((report.time_to_person_s.p50, report.time_to_person_s.p95), (Some(12.0), Some(12.0)));
    assert_eq!(Log::new().report(DAY).time_to_person_s.p50, None);
}

#[test]
fn missed_and_needless_handovers() {
    let mut log = Log::new();
    log.begin("waits", NOON, None);
    log.ask("waits", NOON, "p1");
    log.begin("upset", NOON, None);
    log.tell("upset", NOON, AuthorKind::System, SignalNoted { signal: "upset".into() });
    log.begin("offered", NOON, None);
    log.tell("offered", NOON, AuthorKind::System, SignalNoted { signal: "unhelpful".into() });
    log.tell("offered", NOON, AuthorKind::System, HandoffOffered { reason: "unhelpful".into() });
    log.begin("returned", NOON, None);
    log.ask("returned", NOON, "p2");
    log.join("returned", NOON + 20);
    log.reach("returned", NOON + 30, "p2");
    log.tell("returned", NOON + 40, AuthorKind::Agent, HandoffReturned { reason: "the articles say it".into() });
    log.begin("quickly_cancelled", NOON, None);
    log.ask("quickly_cancelled", NOON, "p3");
    log.tell("quickly_cancelled", NOON + 60, AuthorKind::Shopper, HandoffCancelled {});
    log.answer("quickly_cancelled", NOON + 70);
    log.solved("quickly_cancelled", NOON + 90);
    log.begin("slowly_cancelled", NOON, None);
    log.ask("slowly_cancelled", NOON, "p4");
    log.tell("slowly_cancelled", NOON + 61, AuthorKind::Shopper, HandoffCancelled {});
    log.answer("slowly_cancelled", NOON + 70);
    log.solved("slowly_cancelled", NOON + 90);
    let report = log.report(2 * DAY);
    assert_eq!(report.needless_handovers, 2, "returned, and cancelled within a minute");
    assert_eq!(report.missed_handovers, 2, "upset and not offered, and gave up; who waits as promised is not missed yet");
}

#[test]
fn satisfaction_is_told_apart_by_who_served() {
    let mut log = Log::new();
    for (conversation, score) in [("ai_1", Some(5)), ("ai_2", Some(2)), ("ai_3", None)] {
        log.begin(conversation, NOON, None);
        log.answer(conversation, NOON);
        log.solved(conversation, NOON + 60);
        if let Some(score) = score {
            log.rate(conversation, NOON + 70, score);
        }
    }
    log.rate("ai_2", NOON + 80, 3);
    for conversation in ["both", "person"] {
        log.begin(conversation, NOON, None);
        if conversation == "both" {
            log.answer(conversation, NOON);
        }
        log.ask(conversation, NOON + 10, conversation);
        // The sentence that says that a person comes is no service of the assistant's.
        log.tell(conversation, NOON + 10, AuthorKind::Assistant, message(None));
        log.join(conversation, NOON + 20);
        log.reach(conversation, NOON + 30, conversation);
        log.closed_by_agent(conversation, NOON + 90);
        log.rate(conversation, NOON + 95, 1);
    }
    // Closed, confirmed by the shopper: asked once. Reopened and closed again: a second rating beside the first.
    log.tell("person", NOON + 100, AuthorKind::Shopper, ConversationResolved { by: ClosedBy::Shopper, reason: None });
    log.tell("person", NOON + 200, AuthorKind::System, ConversationReopened { to: Phase::WithPerson });
    log.say("person", NOON + 210, AuthorKind::Agent);
    log.closed_by_agent("person", NOON + 220);
    log.rate("person", NOON + 230, 4);
    let satisfaction = log.report(2 * DAY).satisfaction;
    assert_eq!(satisfaction.ai_only, Satisfied { mean: Some(4.0), rated: 2, asked: 3 });
    assert_eq!(satisfaction.handed_off, Satisfied { mean: Some(1.0), rated: 1, asked: 1 });
    assert_eq!(satisfaction.person_only, Satisfied { mean: Some(2.5), rated: 2, asked: 2 });
}

#[test]
fn the_cost_is_the_assistants_and_the_minutes_of_people() {
    let mut log = Log::new();
    log.begin("one", NOON, None);
    log.tell("one", NOON + 1, AuthorKind::System, CostRecorded { tokens_in: 1, tokens_out: 1, micros: 500_000 });
    log.ask("one", NOON, "p");
    log.join("one", NOON + 100);
    log.reach("one", NOON + 110, "p");
    // Ten minutes, a pause that costs nothing, five minutes.
    log.tell("one", NOON + 700, AuthorKind::System, WaitingOnShopper {});
    log.say("one", NOON + 5000, AuthorKind::Shopper);
    log.closed_by_agent("one", NOON + 5300);
    log.begin("still_with_a_person", NOON, None);
    log.ask("still_with_a_person", NOON, "q");
    log.join("still_with_a_person", NOON);
    let report = log.report(NOON + 300);
    let pounds = |minutes: f64| minutes / 60.0 * 24.0;
    // Of the open one, the five minutes so far count.
    assert_eq!(report.cost.per_conversation, Some((0.5 + pounds(15.0) + pounds(5.0)) / 2.0));
    assert_eq!(report.cost.currency.as_deref(), Some("GBP"));
}

#[test]
fn currencies_are_not_added_up() {
    let log = Log::new();
    let mut sums = Sums::default();
    for currency in ["GBP", "EUR"] {
        sums.add(&log.fold, &Costs { currency: currency.into(), agent_per_hour: 1 }, moment(0));
    }
    let cost = sums.report(moment(0), moment(DAY), moment(0)).cost;
    assert_eq!((cost.currency, cost.per_conversation), (None, None));
}
