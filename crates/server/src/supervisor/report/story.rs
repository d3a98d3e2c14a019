//! What became of one conversation, folded from its events: a few numbers, however long it was.

use warmline_protocol::event::{AuthorKind, ClosedBy, MessagePosted};
use warmline_protocol::{Body, Event, PromiseId, Timestamp};

/// A contact within so many seconds after the end of another is a repeat.
pub(super) const REPEAT_S: i64 = 7 * 24 * 3600;
/// A person who was cancelled within so many seconds was perhaps not needed.
const SOON_S: i64 = 60;

/// One conversation.
#[derive(Debug, Default)]
pub(super) struct Story {
    /// The shopper, when they are recognisable.
    pub(super) sub: Option<String>,
    /// When they came: at the start, and with each reopening.
    pub(super) contacts: Vec<Timestamp>,
    /// When a person was first asked for.
    pub(super) asked_at: Option<Timestamp>,
    /// When a person first wrote after that.
    pub(super) reached_at: Option<Timestamp>,
    /// Promises made, kept and broken.
    pub(super) promises: (u64, u64, u64),
    /// Closed: by whom, and since when.
    pub(super) closed: Option<(ClosedBy, Timestamp)>,
    /// It was opened again after it had been closed.
    pub(super) reopened: bool,
    /// When it had been closed, if the shopper reopened it within seven days.
    pub(super) came_back_after: Option<Timestamp>,
    /// A day of silence, and nothing since.
    pub(super) left_open: bool,
    /// How often a rating was asked for, and those that were given: sum and number.
    pub(super) ratings_asked: u64,
    ratings: (u64, u64),
    /// The rating of the last closing, which may still be replaced.
    rating: Option<u8>,
    /// Millionths of the currency that the assistant cost.
    pub(super) micros: u64,
    /// Milliseconds that agents spent with it.
    agent_ms: i64,
    /// Since when an agent has been with it.
    agent_since: Option<Timestamp>,
    /// The agent stays its owner while the shopper is silent.
    agent_waits: bool,
    /// When the assistant last answered, with something that rests on a source.
    answered_at: Option<Timestamp>,
    /// The shopper has said nothing since the assistant's last word.
    silent: bool,
    assistant_spoke: bool,
    person_spoke: bool,
    last_asked_at: Option<Timestamp>,
    /// The shopper took back the ask for a person; within a minute.
    withdrawn: bool,
    withdrawn_soon: bool,
    person_offered: bool,
    /// The assistant noticed that a person was needed.
    needs_person: bool,
    returned: bool,
    /// Promises whose clocks run, each with whether it was broken.
    open: Vec<(PromiseId, bool)>,
}

/// Who served a shopper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ServedBy {
    /// The assistant alone.
    Assistant,
    /// The assistant, then a person (or a person was wanted and did not come).
    Both,
    /// A person, the assistant having said nothing of its own.
    Person,
}

impl Story {
    /// Goes on by one event.
    pub(super) fn take(&mut self, event: &Event) {
        let at = event.at;
        match &event.body {
            Body::ConversationStarted(_) => self.contacts.push(at),
            // An erased conversation's shopper is nobody's name.
            Body::ShopperIdentified(shopper) => self.sub = Some(shopper.sub.clone()).filter(|sub| !sub.is_empty()),
            Body::MessagePosted(posted) => self.message(event, posted),
            Body::ResolutionAsked(_) => self.answered_at = Some(at),
            Body::ResolutionAnswered(answered) => self.silent &= answered.solved,
            Body::HandoffOffered(_) => self.person_offered = true,
            Body::HandoffRequested(_) => self.requested(event),
            Body::HandoffPromised(promised) => {
                self.promises.0 += 1;
                self.open.push((promised.promise_id.clone(), false));
            }
            Body::PromiseKept(kept) => {
                let broken = self.open.iter().any(|(id, broken)| *id == kept.promise_id && *broken);
                // Late is not kept, though a person came.
                self.promises.1 += u64::from(!broken);
                self.open.retain(|(id, _)| *id != kept.promise_id);
            }
            Body::PromiseBroken(news) => {
                for (_, broken) in self.open.iter_mut().filter(|(id, broken)| *id == news.promise_id && !broken) {
                    *broken = true;
                    self.promises.2 += 1;
                }
            }
            Body::HandoffCancelled(_) => {
                self.withdrawn = true;
                self.withdrawn_soon = self.last_asked_at.is_some_and(|asked| at.0 - asked.0 <= SOON_S * 1000);
                self.open.clear();
            }
            Body::AgentJoined(_) => self.agent_is_here(at),
            Body::AgentLeft(_) => self.agent_is_gone(at),
            Body::HandoffReturned(_) => {
                self.returned = true;
                self.open.clear();
                self.agent_is_gone(at);
            }
            Body::WaitingOnShopper(_) => {
                self.agent_is_gone(at);
                self.agent_waits = true;
            }
            Body::ConversationLeftOpen(_) => {
                self.left_open = true;
                self.agent_is_gone(at);
            }
            Body::ConversationResolved(resolved) => {
                self.agent_is_gone(at);
                self.open.clear();
                self.left_open = false;
                if let Some((by, _)) = &mut self.closed {
                    // The shopper confirms what an agent closed: the same end, asked about once.
                    *by = resolved.by;
                } else {
                    self.closed = Some((resolved.by, at));
                    self.keep_rating();
                    self.ratings_asked += 1;
                }
            }
            Body::ConversationReopened(reopened) => self.opened_again(at, reopened.to.has_person()),
            Body::RatingGiven(rating) => {
                self.ratings_asked = self.ratings_asked.max(1);
                self.rating = Some(rating.score);
            }
            Body::SignalNoted(noted) => self.needs_person |= matches!(noted.signal.as_str(), "upset" | "unhelpful"),
            Body::CostRecorded(cost) => self.micros += cost.micros,
            Body::ContextChanged(_)
            | Body::AssistantDeclined(_)
            | Body::TurnEnded(_)
            | Body::HandoffOfferDeclined(_)
            | Body::HandoffQueued(_)
            | Body::AssistantResumed(_)
            | Body::SummaryWritten(_)
            | Body::SummaryCorrected(_)
            | Body::NotePosted(_)
            | Body::OfferMade(_)
            | Body::OfferEnded(_)
            | Body::Unknown => {}
        }
    }

    fn message(&mut self, event: &Event, posted: &MessagePosted) {
        match event.author.kind {
            AuthorKind::Shopper => {
                self.silent = false;
                self.back_to_work(event.at);
            }
            // The one sentence that says that a person comes answers nothing.
            AuthorKind::Assistant if posted.answers.is_some() => {
                self.assistant_spoke = true;
                self.silent = true;
                if !posted.citations.is_empty() {
                    self.answered_at = Some(event.at);
                }
            }
            AuthorKind::Agent => {
                self.person_spoke = true;
                self.left_open = false;
                if self.asked_at.is_some() {
                    self.reached_at.get_or_insert(event.at);
                }
                self.back_to_work(event.at);
            }
            AuthorKind::Assistant | AuthorKind::System => {}
        }
    }

    fn requested(&mut self, event: &Event) {
        // An agent who steps in was asked for by nobody.
        if event.author.kind != AuthorKind::Agent {
            self.asked_at.get_or_insert(event.at);
            self.last_asked_at = Some(event.at);
            self.withdrawn = false;
            self.withdrawn_soon = false;
        }
    }

    fn opened_again(&mut self, at: Timestamp, with_person: bool) {
        self.contacts.push(at);
        self.left_open = false;
        self.silent = false;
        if let Some((_, closed_at)) = self.closed.take() {
            self.reopened = true;
            if at.0 - closed_at.0 <= REPEAT_S * 1000 {
                self.came_back_after = Some(closed_at);
            }
        }
        if with_person {
            self.agent_is_here(at);
        }
    }

    fn agent_is_here(&mut self, at: Timestamp) {
        self.agent_since.get_or_insert(at);
        self.agent_waits = false;
    }

    fn agent_is_gone(&mut self, at: Timestamp) {
        if let Some(since) = self.agent_since.take() {
            self.agent_ms += (at.0 - since.0).max(0);
        }
        self.agent_waits = false;
    }

    /// Somebody wrote while the agent waited for the shopper.
    fn back_to_work(&mut self, at: Timestamp) {
        if self.agent_waits {
            self.agent_is_here(at);
        }
    }

    fn keep_rating(&mut self) {
        if let Some(score) = self.rating.take() {
            self.ratings = (self.ratings.0 + u64::from(score), self.ratings.1 + 1);
        }
    }

    /// The sum of the ratings, and their number.
    pub(super) fn ratings(&self) -> (u64, u64) {
        let last = self.rating.map_or((0, 0), |score| (u64::from(score), 1));
        (self.ratings.0 + last.0, self.ratings.1 + last.1)
    }

    /// Milliseconds that agents spent with it, by `until` at the latest.
    pub(super) fn agent_ms(&self, until: Timestamp) -> i64 {
        self.agent_ms + self.agent_since.map_or(0, |since| (until.0 - since.0).max(0))
    }

    /// What a flattering count would call resolved: answered by the assistant, nobody asked for, and then silence.
    pub(super) fn assumed(&self) -> bool {
        let alone = self.asked_at.is_none() && !self.person_spoke;
        alone && self.closed.is_none() && self.answered_at.is_some() && (self.silent || self.left_open)
    }

    /// When it ended, as far as anybody can say.
    pub(super) fn ended_at(&self) -> Option<Timestamp> {
        self.closed.map(|(_, at)| at).or(self.answered_at.filter(|_| self.assumed()))
    }

    /// Given to a person who was not needed.
    pub(super) fn needless(&self) -> bool {
        let solved = self.closed.is_some_and(|(by, _)| by == ClosedBy::Shopper);
        self.returned || (self.withdrawn_soon && solved && !self.person_spoke)
    }

    /// A person was needed and none came. Who still waits within what was promised has not been missed yet.
    pub(super) fn missed(&self) -> bool {
        if self.asked_at.is_some() {
            let over = self.withdrawn || self.closed.is_some() || self.left_open || self.promises.2 > 0;
            return self.reached_at.is_none() && over && !self.needless();
        }
        self.needs_person && !self.person_offered && !self.person_spoke
    }

    /// Who served the shopper; nobody yet when nobody has spoken.
    pub(super) fn served_by(&self) -> Option<ServedBy> {
        let person = self.person_spoke || (self.asked_at.is_some() && !self.withdrawn);
        match (self.assistant_spoke, person) {
            (true, false) => Some(ServedBy::Assistant),
            (true, true) => Some(ServedBy::Both),
            (false, true) => Some(ServedBy::Person),
            (false, false) => None,
        }
    }
}
