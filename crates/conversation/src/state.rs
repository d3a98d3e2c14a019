//! The whole state of a conversation: what its readers see, and what only the rules need.

use warmline_protocol::event::PromiseKind;
use warmline_protocol::{AgentId, OfferId, Phase, PromiseId, Timestamp, View};

/// Who the shopper is, from a signed identity. The token itself is never stored.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Identified {
    /// The merchant's name of the shopper.
    pub sub: String,
    /// Their name.
    pub name: Option<String>,
    /// Their address.
    pub email: Option<String>,
    /// Whether the merchant calls them a VIP.
    pub vip: bool,
}

/// A promise whose clock runs.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct OpenPromise {
    /// Its id.
    pub id: PromiseId,
    /// live or reply.
    pub kind: PromiseKind,
    /// Until when.
    pub by: Timestamp,
    /// When it was made.
    pub made_at: Timestamp,
}

/// An offer to one agent.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct OpenOffer {
    /// Its id.
    pub id: OfferId,
    /// To whom.
    pub agent: AgentId,
    /// Until when.
    pub expires_at: Timestamp,
}

/// A turn that the assistant owes.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct OwedTurn {
    /// The shopper's message (or "not yet") that it answers.
    pub seq: u64,
    /// Since when.
    pub since: Timestamp,
    /// The shopper said "not yet": another way is wanted.
    pub another_way: bool,
}

/// The whole state.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct State {
    /// What readers see of it.
    pub view: View,
    /// The last event.
    pub seq: u64,
    /// The last event that the shopper sees.
    pub shopper_seq: u64,
    /// The shopper's language.
    pub locale: String,
    /// The page that it began on.
    pub page: Option<String>,
    /// What the merchant's page said.
    pub attributes: Vec<warmline_protocol::event::Attribute>,
    /// Who the shopper is, when signed in.
    pub shopper: Option<Identified>,
    /// The agent who owns it. An append by any other is refused.
    pub owner: Option<AgentId>,
    /// The agent who had it last.
    pub last_agent: Option<AgentId>,
    /// When the owner joined.
    pub joined_at: Option<Timestamp>,
    /// The seq of the last `agent.joined`.
    pub joined_seq: u64,
    /// Whether the owner has written since joining.
    pub agent_spoke: bool,
    /// 0 is usual; a VIP, a raised and a broken case are served first.
    pub priority: u32,
    /// Whether a promise of it was broken and no person has answered since.
    pub promise_broken: bool,
    /// Since when a person is waited for, in this handoff.
    pub waiting_since: Option<Timestamp>,
    /// The seq of the last `handoff.requested`, and of the last `assistant.resumed`.
    pub requested_seq: u64,
    /// Why a person was asked for.
    pub request_reason: String,
    /// Promises whose clocks run: the first, and one for each reopening.
    pub promises: Vec<OpenPromise>,
    /// The offer to one agent.
    pub offer: Option<OpenOffer>,
    /// Agents who let it pass, and when.
    pub passed: Vec<(AgentId, Timestamp)>,
    /// The agent to whom it is offered first, until then.
    pub reserved_for: Option<(AgentId, Timestamp)>,
    /// The skill that a transfer asked for.
    pub skill: Option<String>,
    /// The turn that the assistant owes.
    pub owed: Option<OwedTurn>,
    /// Up to which seq the assistant has answered, or was stopped: no turn is stored twice.
    #[cfg_attr(feature = "serde", serde(default))]
    pub answered: u64,
    /// Reasons for which a person was offered, each once.
    pub offered: Vec<String>,
    /// Reasons for which the shopper declined a person.
    pub declined: Vec<String>,
    /// How often the shopper said "not yet" since the last resolution.
    pub not_solved: u32,
    /// Whether a summary must be written (again): a person was asked for, or joined, since the last.
    pub summary_owed: Option<Timestamp>,
    /// When anybody last wrote or acted.
    pub active_at: Timestamp,
    /// Whether the shopper wrote last, and not the agent.
    pub shopper_spoke_last: bool,
    /// Where it was before it was left open.
    pub left_from: Option<Phase>,
    /// The signals that the assistant noticed, in order, each once.
    pub signals: Vec<String>,
}

impl State {
    /// The state before the first event.
    pub fn new() -> Self {
        State {
            view: View {
                phase: Phase::Assisted,
                epoch: 1,
                meanwhile: false,
                resolution_asked: false,
                agent: None,
                case: None,
                queue: None,
                promise: None,
                offer: None,
                summary: None,
                correction: None,
                resolved: None,
                rating: None,
            },
            seq: 0,
            shopper_seq: 0,
            locale: String::new(),
            page: None,
            attributes: Vec::new(),
            shopper: None,
            owner: None,
            last_agent: None,
            joined_at: None,
            joined_seq: 0,
            agent_spoke: false,
            priority: 0,
            promise_broken: false,
            waiting_since: None,
            requested_seq: 0,
            request_reason: String::new(),
            promises: Vec::new(),
            offer: None,
            passed: Vec::new(),
            reserved_for: None,
            skill: None,
            owed: None,
            answered: 0,
            offered: Vec::new(),
            declined: Vec::new(),
            not_solved: 0,
            summary_owed: None,
            active_at: Timestamp(0),
            shopper_spoke_last: false,
            left_from: None,
            signals: Vec::new(),
        }
    }

    /// Whether the assistant may speak: the lease is its own.
    pub fn assistant_may_speak(&self) -> bool {
        match self.view.phase {
            Phase::Assisted => true,
            Phase::Queued => self.view.meanwhile,
            Phase::WithPerson | Phase::WaitingOnShopper | Phase::LeftOpen | Phase::Resolved => false,
        }
    }

    /// Whether a handoff is open: waited for, or with a person.
    pub fn handoff_is_open(&self) -> bool {
        self.view.phase == Phase::Queued || self.view.phase.has_person()
    }
}

impl Default for State {
    fn default() -> Self {
        State::new()
    }
}
