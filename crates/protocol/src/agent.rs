//! What only agents see: the inbox and offers.

use crate::view::Phase;
use crate::wire::wire;
use crate::{AgentId, ConversationId, Event, OfferId, Timestamp, View};

wire! {
    /// One conversation in the inbox.
    pub struct InboxRow {
        /// Which.
        conversation_id: ConversationId,
        /// Its last event.
        last_seq: u64,
        /// Where it stands.
        phase: Phase,
        /// The shopper's language.
        language: String,
        /// The last words of it, shortened.
        snippet: String,
        /// 0 is usual; higher is served first.
        priority: u32,
        /// When anything last happened.
        updated_at: Timestamp,
        /// Whether a promise of it was broken.
        promise_broken: bool,
    }
    maybe {
        /// The shopper's name, when they are signed in.
        shopper_name: String,
        /// The case's code.
        case_code: String,
        /// Since when a person is waited for.
        waiting_since: Timestamp,
        /// Until when a person was promised.
        promise_by: Timestamp,
        /// Who owns it, or did last.
        agent_id: AgentId,
        /// Their name.
        agent_name: String,
        /// The signals that the assistant noticed last.
        mood: String,
    }
}

wire! {
    /// The first event of an agent's stream.
    pub struct Inbox {
        /// One's own open conversations.
        conversations: Vec<InboxRow>,
        /// Who waits, first in line first; at most 50.
        waiting: Vec<InboxRow>,
        /// How many wait in all.
        waiting_count: u64,
        /// The offers that are open to this agent.
        offers: Vec<Offer>,
        /// The cursor of the stream.
        cursor: u64,
    }
}

wire! {
    /// The queue changed.
    pub struct Queue {
        /// Who waits, first in line first; at most 50.
        waiting: Vec<InboxRow>,
        /// How many wait in all.
        waiting_count: u64,
    }
}

wire! {
    /// A waiting conversation, offered to this agent.
    pub struct Offer {
        /// Its id.
        offer_id: OfferId,
        /// Which conversation.
        conversation_id: ConversationId,
        /// Until when it can be accepted.
        expires_at: Timestamp,
        /// How long the shopper has waited, in seconds.
        waited_s: u64,
        /// The shopper's language.
        language: String,
        /// Why a person was asked for.
        reason: String,
        /// Whether a promise was broken.
        promise_broken: bool,
    }
    maybe {
        /// The case's code.
        case_code: String,
        /// The problem, from the summary.
        problem: String,
        /// What the shopper wants.
        wants: String,
        /// The order.
        order: String,
        /// How the shopper feels, in their words.
        quote: String,
        /// The shopper's name.
        shopper_name: String,
        /// Until when a person was promised.
        promise_by: Timestamp,
    }
}

wire! {
    /// An offer that is over.
    pub struct OfferWithdrawn {
        /// Which.
        offer_id: OfferId,
        /// Of which conversation.
        conversation_id: ConversationId,
    }
}

wire! {
    /// An event of one of the agent's conversations.
    pub struct ConversationEvent {
        /// Which conversation.
        conversation_id: ConversationId,
        /// The event, with the notes and the other facts that shoppers don't see.
        event: Event,
    }
}

wire! {
    /// A conversation as an agent sees it.
    pub struct CaseFile {
        /// Which.
        conversation_id: ConversationId,
        /// Its state.
        state: View,
        /// All that happened, the last 500 events.
        events: Vec<Event>,
        /// The shopper's language.
        language: String,
        /// The last event.
        cursor: u64,
        /// Read marks.
        reads: crate::view::Reads,
        /// 0 is usual; higher is served first.
        priority: u32,
        /// A VIP of the merchant's.
        vip: bool,
        /// What the assistant noticed, in order.
        signals: Vec<String>,
    }
    maybe {
        /// The shopper's name.
        shopper_name: String,
        /// The shopper's address.
        shopper_email: String,
        /// The page that it is on.
        page: String,
    }
    lists {
        /// What the merchant's page said.
        attributes: crate::event::Attribute,
    }
}

wire! {
    /// An agent, to themselves.
    pub struct Me {
        /// The id.
        agent_id: AgentId,
        /// The name.
        name: String,
        /// The address.
        email: String,
        /// agent or supervisor.
        role: String,
        /// On shift.
        online: bool,
        /// How many conversations at once.
        capacity: u32,
        /// For the header `X-CSRF-Token`.
        csrf_token: String,
    }
    lists {
        /// Languages.
        languages: String,
        /// Skills.
        skills: String,
    }
}
