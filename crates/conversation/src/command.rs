//! What may be asked of a conversation, and the facts that a decision needs from outside.

use warmline_protocol::event::{Summary, TurnEnd};
use warmline_protocol::{AgentId, Citation, ClientId, MessageId, OfferId, OrderCard, Timestamp};

use crate::wait::Outlook;

/// How sure it is that a text asks for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AskedInWords {
    /// At once.
    Sure,
    /// Not at once: the assistant's turn offers one.
    NotSure,
}

/// What was heard in a shopper's message before it is decided.
#[derive(Debug, Clone, PartialEq)]
pub struct Heard {
    /// Whether it asks for a person.
    pub person: AskedInWords,
    /// Nothing but thanks.
    pub thanks: bool,
    /// The one sentence with which the assistant says that it gets a person.
    pub sentence: String,
}

/// What had been shown of an answer when it is cut short.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// The message that it would have been.
    pub message_id: MessageId,
    /// Its text so far.
    pub text: String,
    /// The seq that it answers.
    pub answers: u64,
}

/// What the assistant says in a turn.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// The id that its deltas had.
    pub message_id: MessageId,
    /// All of it.
    pub text: String,
    /// Its sources.
    pub citations: Vec<Citation>,
    /// Replies to tap.
    pub quick_replies: Vec<String>,
    /// An order.
    pub order: Option<OrderCard>,
}

/// How the assistant's turn ends.
#[derive(Debug, Clone, PartialEq)]
pub enum Turn {
    /// It answers, with sources; the shopper is asked whether that solved it.
    Answer {
        /// What it says.
        said: Said,
        /// For which reason a person is offered beside it.
        offer: Option<String>,
    },
    /// It says something that claims nothing: a greeting, a question back.
    Say {
        /// What it says.
        said: Said,
        /// For which reason a person is offered beside it.
        offer: Option<String>,
    },
    /// It doesn't know, or may not say; `offer` offers a person.
    Decline {
        /// What it says.
        said: Said,
        /// Why.
        reason: String,
        /// Whether a person is offered.
        offer: bool,
    },
    /// It offers a person.
    Offer {
        /// What it says, if anything.
        said: Option<Said>,
        /// Why.
        reason: String,
    },
    /// It hands over, by the merchant's rules.
    HandOver {
        /// The sentence that says so.
        said: Said,
        /// Why.
        reason: String,
    },
    /// It ends without a message.
    End(TurnEnd),
}

/// A command: a request that may be refused.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// A shopper's.
    Shopper(ShopperCommand),
    /// An agent's.
    Agent {
        /// Whose.
        agent: AgentId,
        /// The agent's name.
        name: String,
        /// What.
        command: AgentCommand,
    },
    /// The assistant's.
    Assistant {
        /// The epoch in which its turn began.
        epoch: u64,
        /// The seq that it answers.
        answers: u64,
        /// What it noticed.
        signals: Vec<String>,
        /// Tokens read and written, and millionths of the merchant's currency.
        cost: (u64, u64, u64),
        /// How the turn ends.
        turn: Turn,
    },
    /// A summary for the agent.
    Summarise(Summary),
    /// The router offers a waiting conversation to an agent.
    OfferTo(AgentId),
    /// Time has passed: whatever is due, happens.
    Tick,
    /// The owner's console has been gone for a minute.
    OwnerGone,
    /// The owner's shift ended, and the conversation is handed on.
    OwnerLeaves,
}

/// What a shopper may ask for.
#[derive(Debug, Clone, PartialEq)]
pub enum ShopperCommand {
    /// A message.
    Message {
        /// The client's id.
        client_id: ClientId,
        /// 1 to 4,000 characters.
        text: String,
        /// What was heard in it.
        heard: Heard,
    },
    /// A person, by tap.
    AskForPerson {
        /// In their words, or `tap`.
        reason: String,
    },
    /// No person, for now.
    DeclineOffer,
    /// No longer a person.
    CancelHandoff,
    /// The assistant, while waiting.
    AskMeanwhile,
    /// No more of this answer.
    Stop,
    /// Solved, or not yet.
    Solved(bool),
    /// A rating.
    Rate {
        /// 1 to 5.
        score: u8,
        /// In their words.
        comment: Option<String>,
    },
    /// What is wrong in the summary.
    CorrectSummary(String),
    /// Who they are, by a signed identity that was checked.
    Identify(crate::state::Identified),
    /// Where they are, and which language they want.
    Describe(warmline_protocol::event::ContextChanged),
}

/// What an agent may ask for.
#[derive(Debug, Clone, PartialEq)]
pub enum AgentCommand {
    /// Accepts an offer.
    Accept(OfferId),
    /// Lets an offer pass.
    Pass(OfferId),
    /// Takes it unasked.
    Take,
    /// A message to the shopper.
    Message {
        /// The client's id.
        client_id: ClientId,
        /// 1 to 4,000 characters.
        text: String,
    },
    /// A note among agents.
    Note(String),
    /// Whether the shopper may be shown that the agent is typing.
    Typing,
    /// Gives it back to the assistant.
    Return(String),
    /// Hands it to another agent, or to whoever has a skill.
    Transfer {
        /// To whom.
        to: TransferTo,
        /// For them.
        note: Option<String>,
    },
    /// Closes it, with a reason that the shopper reads.
    Resolve(String),
}

/// To whom a conversation is transferred.
#[derive(Debug, Clone, PartialEq)]
pub enum TransferTo {
    /// An agent.
    Agent(AgentId),
    /// Whoever has this skill.
    Skill(String),
}

/// What a decision needs from outside.
#[derive(Debug, Clone)]
pub struct Facts {
    /// Now.
    pub now: Timestamp,
    /// A fresh random number, of which ids and codes are made.
    pub fresh: u128,
    /// The line, and who is on shift.
    pub outlook: Outlook,
    /// Whether the agent who had it last is on shift with free capacity.
    pub last_agent_is_free: bool,
    /// What had been shown of an answer that is under way.
    pub shown: Option<Shown>,
}
