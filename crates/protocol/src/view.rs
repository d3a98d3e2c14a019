//! The state of a conversation as its readers see it. `conversation::apply` moves it forward, the same code in server and browser.

use crate::event::{ClosedBy, PromiseKind, Summary};
use crate::wire::{wire, words};
use crate::{AgentId, CaseCode, Event, PromiseId, Timestamp};

words! {
    /// Where a conversation stands.
    pub enum Phase {
        /// The assistant may speak.
        Assisted = "assisted",
        /// A person was asked for.
        Queued = "queued",
        /// An agent owns it.
        WithPerson = "with_person",
        /// The agent answered, the shopper has been silent for a while; the agent keeps it.
        WaitingOnShopper = "waiting_on_shopper",
        /// A day of silence; never called solved.
        LeftOpen = "left_open",
        /// Closed by the shopper, or by an agent with a reason.
        Resolved = "resolved",
    }
}

impl Phase {
    /// Whether an agent owns a conversation in this phase and may write.
    pub const fn has_person(self) -> bool {
        match self {
            Phase::WithPerson | Phase::WaitingOnShopper => true,
            Phase::Assisted | Phase::Queued | Phase::LeftOpen | Phase::Resolved => false,
        }
    }
}

wire! {
    /// The agent who owns it, or did last.
    pub struct AgentView {
        /// Who.
        agent_id: AgentId,
        /// The name.
        name: String,
        /// When they joined.
        joined_at: Timestamp,
    }
    maybe {
        /// When they first wrote after joining.
        answered_at: Timestamp,
    }
}

wire! {
    /// The case: made by the first ask for a person.
    pub struct CaseView {
        /// Its code.
        code: CaseCode,
        /// When a person was first asked for.
        first_asked_at: Timestamp,
    }
    maybe {
        /// When it was opened again.
        reopened_at: Timestamp,
    }
}

wire! {
    /// The place in line.
    pub struct QueueView {
        /// 1 is next.
        position: u32,
    }
    maybe {
        /// Seconds until a person answers.
        expected_wait_s: u32,
        /// When somebody is on shift again.
        next_staffed_at: Timestamp,
    }
}

wire! {
    /// The promise that is open, or was kept last.
    pub struct PromiseView {
        /// Its id.
        promise_id: PromiseId,
        /// live or reply.
        kind: PromiseKind,
        /// Until when; after a break, the next moment.
        promise_by: Timestamp,
        /// Whether it was broken once.
        broken: bool,
        /// Whether it was kept.
        kept: bool,
    }
}

wire! {
    /// How it was closed.
    pub struct ResolvedView {
        /// By whom.
        by: ClosedBy,
        /// When.
        at: Timestamp,
    }
    maybe {
        /// Why.
        reason: String,
    }
}

wire! {
    /// The state of a conversation.
    pub struct View {
        /// Where it stands.
        phase: Phase,
        /// Rises with each change of who may speak; deltas of an older epoch are dropped by every reader.
        epoch: u64,
        /// The shopper wants the assistant while waiting.
        meanwhile: bool,
        /// "Did that solve it?" is open.
        resolution_asked: bool,
    }
    maybe {
        /// The agent who owns it, or did last.
        agent: AgentView,
        /// The case.
        case: CaseView,
        /// The place in line.
        queue: QueueView,
        /// The promise.
        promise: PromiseView,
        /// A person is offered, for this reason.
        offer: String,
        /// The summary.
        summary: Summary,
        /// The shopper's correction of it.
        correction: String,
        /// How it was closed.
        resolved: ResolvedView,
        /// The score that the shopper gave.
        rating: u8,
    }
}

wire! {
    /// Up to which seq each side has read.
    pub struct Reads {
        /// The shopper.
        shopper: u64,
        /// The agents.
        agent: u64,
    }
}

wire! {
    /// The answer to a load: the state, the last messages, and the cursor to follow from.
    pub struct Snapshot {
        /// The conversation.
        conversation_id: crate::ConversationId,
        /// Its state at the cursor.
        state: View,
        /// The last messages, oldest first.
        messages: Vec<Event>,
        /// What else a transcript shows between them: joined, queued, closed, ...
        notices: Vec<Event>,
        /// The last event that this reader has with it.
        cursor: u64,
        /// Read marks.
        reads: Reads,
        /// Whether there are older messages.
        more: bool,
    }
}

wire! {
    /// A page of older messages.
    pub struct Page {
        /// Oldest first.
        messages: Vec<Event>,
        /// What else a transcript shows between them.
        notices: Vec<Event>,
        /// Whether there are older ones still.
        more: bool,
    }
}
