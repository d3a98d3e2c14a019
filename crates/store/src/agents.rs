//! The contract of people: agents, their sessions and shifts.

use async_trait::async_trait;
use warmline_protocol::{AgentId, Timestamp};

use crate::{Result, TokenHash};

/// What an agent may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Answers.
    Agent,
    /// Answers, and sees and moves everything.
    Supervisor,
}

impl Role {
    /// Its name in the store and on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Role::Agent => "agent",
            Role::Supervisor => "supervisor",
        }
    }

    /// Reads its name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Role::Agent, Role::Supervisor].into_iter().find(|role| role.name() == name)
    }
}

/// A person who answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Agent {
    /// Their id.
    pub id: AgentId,
    /// Their address, lower case; unique.
    pub email: String,
    /// The name that shoppers see.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Argon2id, in its own text form.
    pub password_hash: String,
    /// The merchants whose shoppers they answer.
    pub merchants: Vec<String>,
    /// Languages, as `en`.
    pub languages: Vec<String>,
    /// Skills.
    pub skills: Vec<String>,
    /// Conversations at once.
    pub capacity: u32,
    /// On shift.
    pub online: bool,
    /// Since when on or off shift.
    pub shift_since: Timestamp,
    /// When they were last given a conversation.
    pub last_given_at: Timestamp,
}

/// A session to begin.
#[derive(Debug, Clone)]
pub struct NewSession {
    /// Of the cookie's token.
    pub token: TokenHash,
    /// Whose.
    pub agent: AgentId,
    /// For the header `X-CSRF-Token`.
    pub csrf: String,
    /// Until when.
    pub expires_at: Timestamp,
}

/// A session that is open.
#[derive(Debug, Clone)]
pub struct Session {
    /// Whose.
    pub agent: Agent,
    /// For the header `X-CSRF-Token`.
    pub csrf: String,
}

/// A planned shift.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedShift {
    /// Whose.
    pub agent: AgentId,
    /// From.
    pub from: Timestamp,
    /// To.
    pub to: Timestamp,
}

/// Agents, sessions, shifts.
#[async_trait]
pub trait AgentStore: Send + Sync + 'static {
    /// Adds an agent, or replaces all but shift and last conversation of the one with this e-mail; keeps that one's id. Gives the id.
    async fn put_agent(&self, agent: Agent) -> Result<AgentId>;

    /// By address, in any case of letters.
    async fn agent_by_email(&self, email: &str) -> Result<Option<Agent>>;

    /// By id.
    async fn agent(&self, id: &AgentId) -> Result<Option<Agent>>;

    /// All of a merchant's.
    async fn agents(&self, merchant: &str) -> Result<Vec<Agent>>;

    /// On or off shift.
    async fn set_shift(&self, agent: &AgentId, online: bool, capacity: Option<u32>, now: Timestamp) -> Result<()>;

    /// They were given a conversation, or an offer of one, now.
    async fn given(&self, agent: &AgentId, now: Timestamp) -> Result<()>;

    /// Begins a session.
    async fn begin_session(&self, session: NewSession) -> Result<()>;

    /// The session of a token that is not over.
    async fn session(&self, token: TokenHash, now: Timestamp) -> Result<Option<Session>>;

    /// Ends one.
    async fn end_session(&self, token: TokenHash) -> Result<()>;

    /// Ends all of an agent's: a password changed.
    async fn end_sessions(&self, agent: &AgentId) -> Result<()>;

    /// Adds a planned shift.
    async fn plan_shift(&self, shift: PlannedShift) -> Result<()>;

    /// A merchant's planned shifts that end after a moment, in order.
    async fn shifts(&self, merchant: &str, after: Timestamp) -> Result<Vec<PlannedShift>>;

    /// The first result of an agent's command that belongs to no conversation (a shift), by agent and client id.
    async fn agent_receipt(&self, agent: &AgentId, client_id: &str) -> Result<Option<(TokenHash, String)>>;

    /// Keeps it.
    async fn keep_agent_receipt(&self, agent: &AgentId, client_id: &str, fingerprint: TokenHash, answer: &str) -> Result<()>;
}
