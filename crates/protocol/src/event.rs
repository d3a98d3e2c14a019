//! Events: the facts of a conversation, appended, numbered from 1. What readers see of them is decided here, too.

use crate::view::Phase;
use crate::wire::{wire, words};
use crate::{AgentId, CaseCode, Citation, ClientId, MessageId, OfferId, OrderCard, PromiseId, Timestamp};

words! {
    /// Who did it.
    pub enum AuthorKind {
        /// The person who shops.
        Shopper = "shopper",
        /// The AI.
        Assistant = "assistant",
        /// A person who answers.
        Agent = "agent",
        /// Warmline itself: places, clocks, summaries.
        System = "system",
    }
}

wire! {
    /// Who did it, as readers see them.
    pub struct Author {
        /// What they are.
        kind: AuthorKind,
    }
    maybe {
        /// An agent's name.
        name: String,
    }
}

impl Author {
    /// An author without a name.
    pub const fn of(kind: AuthorKind) -> Self {
        Author { kind, name: None }
    }

    /// An agent by name.
    pub fn agent(name: &str) -> Self {
        Author { kind: AuthorKind::Agent, name: Some(name.to_owned()) }
    }
}

words! {
    /// What a promise promises.
    pub enum PromiseKind {
        /// A person answers in the chat.
        Live = "live",
        /// A person replies, later.
        Reply = "reply",
    }
}

words! {
    /// Why an agent left.
    pub enum LeftCause {
        /// Handed to another person or team.
        Transfer = "transfer",
        /// The agent's shift ended.
        ShiftEnded = "shift_ended",
        /// The agent's console has been gone for a minute.
        Gone = "gone",
        /// The agent accepted and wrote nothing for two minutes.
        Silent = "silent",
    }
}

words! {
    /// Who closed a conversation. The assistant is not among them.
    pub enum ClosedBy {
        /// The shopper confirmed.
        Shopper = "shopper",
        /// An agent, with a reason.
        Agent = "agent",
    }
}

words! {
    /// How an offer to an agent ended.
    pub enum OfferEnd {
        /// Taken.
        Accepted = "accepted",
        /// Let pass.
        Declined = "declined",
        /// Not answered in time.
        Expired = "expired",
        /// Called back: taken by another, cancelled, solved.
        Withdrawn = "withdrawn",
    }
}

words! {
    /// How an assistant's turn ended when no message of it was stored.
    pub enum TurnEnd {
        /// The shopper stopped it before anything was shown.
        Stopped = "stopped",
        /// There was nothing to say.
        Silent = "silent",
        /// It failed; a person was offered.
        Failed = "failed",
    }
}

wire! {
    /// Something that the merchant's page says of the shopper or of itself; for agents, never believed by the rules.
    pub struct Attribute {
        /// Its name.
        name: String,
        /// Its value.
        value: String,
    }
}

wire! {
    /// The summary of a case: each field in the shopper's own words, with the lines it comes from.
    pub struct Summary {
        /// The problem.
        problem: String,
        /// What the shopper wants.
        wants: String,
        /// What was tried.
        tried: Vec<String>,
        /// Field → the seqs it rests on.
        lines: Lines,
    }
    maybe {
        /// The order it is about.
        order: String,
        /// How the shopper feels, as a quote instead of a label.
        quote: String,
    }
}

/// Field of a summary → the seqs of the lines it comes from, as pairs in the order of the fields.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Lines(pub Vec<(String, Vec<u64>)>);

#[cfg(feature = "serde")]
impl serde::Serialize for Lines {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(field, seqs)| (field, seqs)))
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Lines {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        std::collections::BTreeMap::deserialize(deserializer).map(|map| Lines(map.into_iter().collect()))
    }
}

#[cfg(feature = "schema")]
impl utoipa::PartialSchema for Lines {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new().additional_properties(Some(<Vec<u64> as utoipa::PartialSchema>::schema())).into()
    }
}

#[cfg(feature = "schema")]
impl utoipa::ToSchema for Lines {}

#[cfg(feature = "js")]
impl crate::js::Wire for Lines {
    fn read(value: &wasm_bindgen::JsValue, ok: &mut bool) -> Self {
        let mut lines = Vec::new();
        let Some(object) = js_sys::Object::try_from(value) else {
            *ok = false;
            return Lines(lines);
        };
        for key in js_sys::Object::keys(object).iter() {
            let name: String = crate::js::Wire::read(&key, ok);
            let seqs = crate::js::read_field(value, &name, ok);
            let place = lines.partition_point(|(known, _): &(String, Vec<u64>)| *known < name);
            lines.insert(place, (name, seqs));
        }
        Lines(lines)
    }
}

/// Makes a struct of each event, and [`Body`] of all of them.
macro_rules! events {
    ($(
        $(#[$meta:meta])*
        $name:ident = $type:literal, $seen:ident
        { $( $(#[$rmeta:meta])* $req:ident : $rty:ty ),* $(,)? }
        $( maybe { $( $(#[$ometa:meta])* $opt:ident : $oty:ty ),* $(,)? } )?
        $( lists { $( $(#[$lmeta:meta])* $list:ident : $lty:ty ),* $(,)? } )?
        ;
    )*) => {
        $( wire! {
            $(#[$meta])*
            pub struct $name { $( $(#[$rmeta])* $req : $rty ),* }
            $( maybe { $( $(#[$ometa])* $opt : $oty ),* } )?
            $( lists { $( $(#[$lmeta])* $list : $lty ),* } )?
        } )*

        /// What happened. Its `type` on the wire is [`Body::type_name`].
        #[derive(Debug, Clone, PartialEq)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(tag = "type"))]
        #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
        pub enum Body {
            $( $(#[$meta])* #[cfg_attr(feature = "serde", serde(rename = $type))] $name($name), )*
            /// An event of a newer server: kept in the log, shown to nobody, never an error.
            #[cfg_attr(feature = "serde", serde(other))]
            Unknown,
        }

        impl Body {
            /// The type on the wire.
            pub const fn type_name(&self) -> &'static str {
                match self { $( Body::$name(_) => $type, )* Body::Unknown => "unknown" }
            }

            /// Whether the shopper's stream holds it.
            pub const fn shopper_sees(&self) -> bool {
                match self { $( Body::$name(_) => events!(@ $seen), )* Body::Unknown => false }
            }

            /// All types, each with whether the shopper's stream holds it.
            pub const TYPES: &'static [(&'static str, bool)] = &[$( ($type, events!(@ $seen)) ),*];

            #[cfg(feature = "js")]
            fn read(kind: &str, value: &wasm_bindgen::JsValue, ok: &mut bool) -> Self {
                match kind {
                    $( $type if cfg!(feature = "agents") || events!(@ $seen) => Body::$name(crate::js::Wire::read(value, ok)), )*
                    _ => Body::Unknown,
                }
            }
        }

        $( impl From<$name> for Body {
            fn from(body: $name) -> Self { Body::$name(body) }
        } )*
    };
    (@ shown) => { true };
    (@ inside) => { false };
}

events! {
    /// The first event of each conversation.
    ConversationStarted = "conversation.started", shown { /// The shopper's language.
        locale: String }
        maybe { /// The page that it began on.
            page: String };

    /// A signed identity was accepted: whose conversation it is. The token itself is never stored.
    ShopperIdentified = "shopper.identified", inside { /// The merchant's name of the shopper.
        sub: String, /// Whether the merchant calls them a VIP.
        vip: bool }
        maybe { /// Their name.
            name: String, /// Their address.
            email: String };

    /// The page told more of where the shopper is, or another language was chosen.
    ContextChanged = "context.changed", inside {}
        maybe { /// The shopper's language now.
            locale: String, /// The page now.
            page: String }
        lists { /// What the merchant says of the shopper or the page.
            attributes: Attribute };

    /// A message by shopper, assistant or agent.
    MessagePosted = "message.posted", shown {
            /// Its id; the same that the deltas of a streamed answer had.
            message_id: MessageId,
            /// 1 to 4,000 characters, Markdown from agents and the assistant, plain from shoppers.
            text: String,
        }
        maybe {
            /// The client's id of the command that posted it.
            client_id: ClientId,
            /// Cut short: what had been shown of it.
            partial: bool,
            /// The way it came when not through the chat.
            via: String,
            /// The seq of the shopper's message that the assistant answers with it.
            answers: u64,
            /// An order, shown as a card.
            order: OrderCard,
        }
        lists {
            /// What it rests on.
            citations: Citation,
            /// Replies to tap.
            quick_replies: String,
            /// Its Markdown as typed blocks; made by the server when it is sent, never stored.
            blocks: crate::Block,
        };

    /// The assistant doesn't know, or may not say.
    AssistantDeclined = "assistant.declined", shown { /// no_source, off_topic, not_verified, ...
        reason: String };

    /// The assistant's turn ended without a message.
    TurnEnded = "turn.ended", inside { /// How.
        cause: TurnEnd, /// The seq that the turn was owed to.
        answers: u64 };

    /// A person is offered.
    HandoffOffered = "handoff.offered", shown { /// upset, repeated, unhelpful, sensitive, no_source, vip, high_value, unsure, not_solved.
        reason: String };

    /// The shopper declined; the same reason is not offered again.
    HandoffOfferDeclined = "handoff.offer_declined", shown { /// The reason that was offered.
        reason: String };

    /// A person was asked for. The clock of the case runs from the first of these.
    HandoffRequested = "handoff.requested", shown { /// In the shopper's words, or a word such as `tap`, `asked`, `not_solved`.
        reason: String, /// The code of the case, the same for its whole life.
        case_code: CaseCode };

    /// In line.
    HandoffQueued = "handoff.queued", shown { /// 1 is next.
        position: u32 }
        maybe { /// Seconds until a person answers, as far as can be said.
            expected_wait_s: u32, /// When somebody is on shift again.
            next_staffed_at: Timestamp };

    /// A promise to the shopper.
    HandoffPromised = "handoff.promised", shown { /// Its id.
        promise_id: PromiseId, /// live or reply.
        kind: PromiseKind, /// Until when.
        promise_by: Timestamp };

    /// A person's first message came in time, or late but came.
    PromiseKept = "handoff.promise_kept", shown { /// Which.
        promise_id: PromiseId };

    /// The promise was not kept; the case moves up.
    PromiseBroken = "handoff.promise_broken", shown { /// Which.
        promise_id: PromiseId, /// Until when now.
        next_promise_by: Timestamp };

    /// The shopper no longer wants a person.
    HandoffCancelled = "handoff.cancelled", shown {};

    /// The shopper wants the assistant while waiting; place and clock stay.
    AssistantResumed = "assistant.resumed", shown {};

    /// An agent owns the conversation now.
    AgentJoined = "agent.joined", shown { /// The agent.
        agent_id: AgentId, /// The agent's name.
        name: String };

    /// The agent no longer owns it.
    AgentLeft = "agent.left", shown { /// Why.
        cause: LeftCause }
        maybe { /// To which agent it was handed.
            to_agent: AgentId, /// To whoever has this skill.
            to_skill: String };

    /// The agent gave it back to the assistant.
    HandoffReturned = "handoff.returned", shown { /// Why, for the shopper to read.
        reason: String };

    /// The summary for the agent, which the shopper sees too.
    SummaryWritten = "summary.written", shown {
            /// The problem.
            problem: String,
            /// What the shopper wants.
            wants: String,
            /// What was tried.
            tried: Vec<String>,
            /// Field → the seqs it rests on.
            lines: Lines,
        }
        maybe {
            /// The order it is about.
            order: String,
            /// How the shopper feels, in their words.
            quote: String,
        };

    /// The shopper's correction of it.
    SummaryCorrected = "summary.corrected", shown { /// In their words.
        text: String };

    /// "Did that solve it?"
    ResolutionAsked = "resolution.asked", shown {};

    /// The shopper's answer to it.
    ResolutionAnswered = "resolution.answered", shown { /// Yes or not yet.
        solved: bool };

    /// Closed, by the shopper or by an agent with a reason.
    ConversationResolved = "conversation.resolved", shown { /// Who.
        by: ClosedBy }
        maybe { /// Why, when an agent closed it.
            reason: String };

    /// The agent has answered and the shopper has been silent for a quarter of an hour.
    WaitingOnShopper = "conversation.waiting_on_shopper", shown {};

    /// A day of silence: counted apart, never called solved.
    ConversationLeftOpen = "conversation.left_open", shown {};

    /// Open again, the same case.
    ConversationReopened = "conversation.reopened", shown { /// Where it goes on.
        to: Phase };

    /// How the shopper found it.
    RatingGiven = "rating.given", shown { /// 1 to 5.
        score: u8 }
        maybe { /// In their words.
            comment: String };

    /// A note among agents.
    NotePosted = "note.posted", inside { /// 1 to 4,000 characters.
        text: String };

    /// The waiting conversation was offered to one agent.
    OfferMade = "offer.made", inside { /// Its id.
        offer_id: OfferId, /// To whom.
        agent_id: AgentId, /// Until when.
        expires_at: Timestamp };

    /// That offer is over.
    OfferEnded = "offer.ended", inside { /// Which.
        offer_id: OfferId, /// Whose.
        agent_id: AgentId, /// How.
        cause: OfferEnd };

    /// What the assistant noticed: upset, repeated, sensitive, ... For reports and the agent, not for the shopper.
    SignalNoted = "signal.noted", inside { /// Which.
        signal: String };

    /// What a turn of the assistant cost.
    CostRecorded = "cost.recorded", inside { /// Tokens read.
        tokens_in: u64, /// Tokens written.
        tokens_out: u64, /// Millionths of the merchant's currency.
        micros: u64 };
}

/// A stored event as readers get it.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Event {
    /// Its number in the conversation.
    pub seq: u64,
    /// The number of the event before it that this reader may see, 0 for none: with it a jump of the numbers is told from a loss.
    pub prev: u64,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub author: Author,
    /// What.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub body: Body,
}

#[cfg(feature = "js")]
impl crate::js::Wire for Event {
    fn read(value: &wasm_bindgen::JsValue, ok: &mut bool) -> Self {
        let kind: String = crate::js::read_field(value, "type", ok);
        Event {
            seq: crate::js::read_field(value, "seq", ok),
            prev: crate::js::read_field(value, "prev", ok),
            at: crate::js::read_field(value, "at", ok),
            author: crate::js::read_field(value, "author", ok),
            body: Body::read(&kind, value, ok),
        }
    }
}
