//! The contract of the log: conversations, their events, receipts, tokens, owed work, and what lists read.

use async_trait::async_trait;
use warmline_conversation::State;
use warmline_conversation::clock::Work;
use warmline_conversation::queue::Waiting;
use warmline_protocol::event::AuthorKind;
use warmline_protocol::view::Reads;
use warmline_protocol::{AgentId, ClientId, ConversationId, Event, OfferId, Phase, Timestamp};

use crate::{Result, StoreError};

/// SHA-256 of a token: the token itself is never stored.
pub type TokenHash = [u8; 32];

/// The first result of a command, with which each resend is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The client's id of the command, unique in its conversation (an opening's: unique among its merchant's openings).
    pub client_id: ClientId,
    /// What the command was: route and body, hashed. The same id with another is refused.
    pub fingerprint: TokenHash,
    /// The answer's body, JSON.
    pub answer: String,
}

/// Events to append, decided on the state at `expected_seq`.
#[derive(Debug, Clone)]
pub struct Append {
    /// Which conversation.
    pub conversation: ConversationId,
    /// The merchant's key.
    pub merchant: String,
    /// The last seq of the state that the decision was made on; 0 begins the conversation.
    pub expected_seq: u64,
    /// The events, numbered from `expected_seq + 1`; may be empty when only a receipt is kept.
    pub events: Vec<Event>,
    /// The state after them.
    pub state: State,
    /// What is owed from now on, in place of all that was owed before.
    pub owed: Vec<(Work, Timestamp)>,
    /// The command's receipt.
    pub receipt: Option<Receipt>,
    /// A token that opens the conversation (an opening's).
    pub token: Option<TokenHash>,
    /// The moment of the append.
    pub now: Timestamp,
}

/// It is stored, and synced to disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appended {
    /// The position of the last event in the whole log: the agents' cursor.
    pub position: u64,
}

/// Why nothing was appended.
#[derive(Debug, thiserror::Error)]
pub enum AppendError {
    /// Somebody else appended first: load, decide again.
    #[error("the conversation went on meanwhile")]
    Conflict,
    /// The client id is known: this was its first result.
    #[error("the command is known")]
    Known(Receipt),
    /// The case code is another conversation's: decide again with a fresh number.
    #[error("the case code is in use")]
    CodeTaken,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A conversation as it is stored.
#[derive(Debug, Clone)]
pub struct Stored {
    /// The merchant's key.
    pub merchant: String,
    /// The state after its last event.
    pub state: State,
}

/// One entry of the whole log.
#[derive(Debug, Clone)]
pub struct LogEntry {
    /// Its position in the whole log: rises, may have holes.
    pub position: u64,
    /// Whose event.
    pub conversation: ConversationId,
    /// The event.
    pub event: Event,
}

/// Messages of a transcript and what it shows between them, each oldest first.
#[derive(Debug, Clone, Default)]
pub struct Entries {
    /// `message.posted` events.
    pub messages: Vec<Event>,
    /// The other events for which `warmline_conversation::client::transcript::is_entry` holds, from the first of these messages on, or from the
    /// beginning when there are no older ones.
    pub notices: Vec<Event>,
    /// Whether there are older messages.
    pub more: bool,
}

/// A conversation in a list.
#[derive(Debug, Clone)]
pub struct Row {
    /// Which.
    pub conversation: ConversationId,
    /// The merchant's key.
    pub merchant: String,
    /// Its state.
    pub state: State,
    /// The last message's text, at most 160 characters.
    pub snippet: String,
    /// When anything last happened.
    pub updated_at: Timestamp,
}

/// Which conversations a list shows.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// The merchants whose conversations may be seen.
    pub merchants: Vec<String>,
    /// Only in this phase.
    pub phase: Option<Phase>,
    /// Only those that this agent owns.
    pub owner: Option<AgentId>,
    /// Only those of the shopper with this `sub`.
    pub sub: Option<String>,
    /// Words: a case code, a name, an e-mail address, or words of a message.
    pub words: Option<String>,
    /// At most so many: those in phase queued as they are served, others newest first.
    pub limit: u32,
}

/// What the launcher's badge shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unread {
    /// Messages of others after the shopper's read mark.
    pub count: u64,
}

/// The log.
///
/// - `append` writes events, the conversation's row, its receipt, its token, its owed work and its read models in ONE transaction, and
///   returns only when that is synced to disk. One writer commits many callers' appends together (group commit); a failed one in a
///   group does not fail the others.
/// - Sequence numbers have no holes within a conversation; a reader that has seen seq n will never see a smaller one appear later.
/// - Positions rise in commit order.
/// - Every read sees all that was acknowledged before it began.
#[async_trait]
pub trait ConversationStore: Send + Sync + 'static {
    /// Appends, or says why not.
    async fn append(&self, append: Append) -> Result<Appended, AppendError>;

    /// The conversation, if there is one.
    async fn load(&self, conversation: &ConversationId) -> Result<Option<Stored>>;

    /// The first result of a command in a conversation.
    async fn receipt(&self, conversation: &ConversationId, client_id: &ClientId) -> Result<Option<Receipt>>;

    /// The conversation that this opening made, by its client id, with its receipt.
    async fn opening(&self, merchant: &str, client_id: &ClientId) -> Result<Option<(ConversationId, Receipt)>>;

    /// Events after a seq, oldest first, at most so many.
    async fn events(&self, conversation: &ConversationId, after: u64, limit: u32) -> Result<Vec<Event>>;

    /// The newest page of the transcript before a seq: `limit` messages, and the notices among them. `inside` adds what only agents
    /// see (notes).
    async fn entries(&self, conversation: &ConversationId, before: u64, limit: u32, inside: bool) -> Result<Entries>;

    /// Another token for a conversation.
    async fn add_token(&self, conversation: &ConversationId, token: TokenHash, now: Timestamp) -> Result<()>;

    /// The conversation that a token opens.
    async fn conversation_of(&self, token: TokenHash) -> Result<Option<ConversationId>>;

    /// No token opens it any more.
    async fn revoke_tokens(&self, conversation: &ConversationId) -> Result<()>;

    /// Moves a read mark forward; never back. Only shopper and agent have one. Tells whether it moved.
    async fn mark_read(&self, conversation: &ConversationId, reader: AuthorKind, seq: u64) -> Result<bool>;

    /// Both read marks.
    async fn reads(&self, conversation: &ConversationId) -> Result<Reads>;

    /// Unread messages of the shopper.
    async fn unread(&self, conversation: &ConversationId) -> Result<Unread>;

    /// Claims work that is due, oldest first, for `lease_s` seconds: two processes never get the same at once.
    async fn claim(&self, work: Work, now: Timestamp, process: &str, lease_s: i64, limit: u32) -> Result<Vec<ConversationId>>;

    /// Lengthens a claim; false when it is no longer this process's.
    async fn renew(&self, work: Work, conversation: &ConversationId, process: &str, until: Timestamp) -> Result<bool>;

    /// Gives a claim of this process's back, to be claimed again not before `at`. Another's is left alone.
    async fn release(&self, work: Work, conversation: &ConversationId, process: &str, at: Timestamp) -> Result<()>;

    /// Gives back what a process of this name claimed before it was killed.
    async fn release_all(&self, process: &str) -> Result<()>;

    /// The next moment at which work of any kind can be claimed: when it is due, or when a claim ends.
    async fn next_due(&self) -> Result<Option<Timestamp>>;

    /// Who waits without an open offer or with one, in the order of the line, at most so many. `Waiting` and whether an offer is open.
    async fn waiting(&self, merchant: &str, limit: u32) -> Result<Vec<(Waiting, bool)>>;

    /// How many wait, and how many of them are in front of this one (all, when it does not wait).
    async fn line(&self, merchant: &str, conversation: Option<&ConversationId>) -> Result<(u64, u64)>;

    /// The last handoffs' seconds from the ask to the person's first message, newest first, at most so many.
    async fn waits(&self, merchant: &str, limit: u32) -> Result<Vec<u32>>;

    /// How many conversations an agent owns in phase `with_person`.
    async fn load_of(&self, agent: &AgentId) -> Result<u64>;

    /// The same for all agents at once, with each one's open offers counted.
    async fn loads(&self) -> Result<Vec<(AgentId, u64)>>;

    /// The conversation that an offer was made of, the offer being open or long over.
    async fn conversation_of_offer(&self, offer: &OfferId) -> Result<Option<ConversationId>>;

    /// A list.
    async fn list(&self, filter: Filter) -> Result<Vec<Row>>;

    /// How many of a merchant's conversations stand where, of those in which anything happened from a moment on.
    async fn phases(&self, merchant: &str, since: Timestamp) -> Result<Vec<(Phase, u64)>>;

    /// The whole log after a position, oldest first, at most so many: an agent's resume, an export, a report.
    async fn log(&self, after: u64, limit: u32) -> Result<Vec<LogEntry>>;

    /// Events of a merchant from a moment on and before another, by position after `after`, at most so many.
    async fn log_between(&self, merchant: &str, from: Timestamp, to: Timestamp, after: u64, limit: u32) -> Result<Vec<LogEntry>>;

    /// The last position.
    async fn position(&self) -> Result<u64>;

    /// Erases what was said: payloads become tombstones, numbers stay, tokens are revoked, nothing is owed, lists and search find nothing
    /// any more. One event is added that readers know as `Body::Unknown`, so that an append decided before conflicts and cannot bring
    /// back what is gone; the state is what the tombstones lead to. A message whose text is empty was erased.
    async fn erase(&self, conversation: &ConversationId, now: Timestamp) -> Result<()>;

    /// Whether the store answers and can write: for `/health`.
    async fn healthy(&self) -> Result<()>;
}
