//! The event log, and what is read from it.
//!
//! [`Store`] is the contract; its doc comments say what any backend must hold, and `story` is the test of it that each backend runs.
//! The store knows no rules: it appends what was decided, or says conflict. [`sqlite`] is the backend of one machine.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod agents;
pub mod conversations;
pub mod sqlite;
#[cfg(any(test, feature = "story"))]
pub mod story;

pub use agents::{Agent, AgentStore, NewSession, PlannedShift, Role, Session};
pub use conversations::{
    Append, AppendError, Appended, ConversationStore, Entries, Filter, LogEntry, Receipt, Row, Stored, TokenHash, Unread,
};

/// What a backend holds.
pub trait Store: ConversationStore + AgentStore {}
impl<T: ConversationStore + AgentStore> Store for T {}

/// A fault of the store itself: the disk, the file, the database. Never a matter of rules.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused or failed.
    #[error("the store failed: {0}")]
    Database(String),
    /// What is stored cannot be read.
    #[error("a stored {what} cannot be read: {why}")]
    Unreadable {
        /// What it is.
        what: &'static str,
        /// Why not.
        why: String,
    },
    /// The store is shutting down.
    #[error("the store is closed")]
    Closed,
}

/// Result of a call to the store.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;
