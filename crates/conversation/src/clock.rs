//! What is due when. A timer is no state of its own: it follows from the conversation's state, so that it cannot be lost or forgotten.

use warmline_protocol::{Phase, Timestamp};

use crate::state::State;

/// Seconds for which an offer stands.
pub const OFFER_S: i64 = 30;
/// Seconds within which who accepted must write.
pub const FIRST_WORD_S: i64 = 120;
/// Seconds without a console after which an agent counts as gone.
pub const GONE_S: i64 = 60;
/// Seconds for which the agent who had a case is asked first.
pub const RESERVED_S: i64 = 120;
/// Seconds for which who let a case pass is not asked again.
pub const PASSED_S: i64 = 60;
/// Seconds of a shopper's silence after which an agent is free for others.
pub const QUIET_S: i64 = 15 * 60;
/// Seconds of silence after which a conversation is left open.
pub const LEFT_OPEN_S: i64 = 24 * 3600;

/// Work that a conversation is owed at a moment; one process claims it, and does it once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Work {
    /// A clock of the rules: `Command::Tick`.
    Tick,
    /// The assistant's turn.
    Turn,
    /// The summary for the agent.
    Summary,
}

impl Work {
    /// All kinds.
    pub const ALL: [Work; 3] = [Work::Tick, Work::Turn, Work::Summary];

    /// Its name in the store.
    pub const fn name(self) -> &'static str {
        match self {
            Work::Tick => "tick",
            Work::Turn => "turn",
            Work::Summary => "summary",
        }
    }
}

impl State {
    /// All that is due, each kind at its earliest moment.
    pub fn due(&self) -> Vec<(Work, Timestamp)> {
        let tick = self.tick_at().map(|at| (Work::Tick, at));
        let turn = self.owed.as_ref().map(|owed| (Work::Turn, owed.since));
        let summary = self.summary_owed.map(|at| (Work::Summary, at));
        tick.into_iter().chain(turn).chain(summary).collect()
    }

    fn tick_at(&self) -> Option<Timestamp> {
        let promise = self.promises.iter().map(|promise| promise.by).min();
        let offer = self.offer.as_ref().map(|offer| offer.expires_at);
        let first_word = self.first_word_by();
        let silence = self.silence_by();
        [promise, offer, first_word, silence].into_iter().flatten().min()
    }

    /// Until when the agent who joined must write.
    pub(crate) fn first_word_by(&self) -> Option<Timestamp> {
        let waited_for = self.view.phase == Phase::WithPerson && !self.agent_spoke;
        self.joined_at.filter(|_| waited_for).map(|at| at.plus_seconds(FIRST_WORD_S))
    }

    /// Until when somebody must write, or it counts as quiet or left open.
    pub(crate) fn silence_by(&self) -> Option<Timestamp> {
        match self.view.phase {
            Phase::WithPerson => (self.agent_spoke && !self.shopper_spoke_last).then(|| self.active_at.plus_seconds(QUIET_S)),
            Phase::WaitingOnShopper => Some(self.active_at.plus_seconds(LEFT_OPEN_S)),
            // A conversation in which nobody wrote or asked is nobody's to leave open.
            Phase::Assisted => (self.shopper_spoke_last || self.requested_seq > 0).then(|| self.active_at.plus_seconds(LEFT_OPEN_S)),
            Phase::Queued | Phase::LeftOpen | Phase::Resolved => None,
        }
    }
}
