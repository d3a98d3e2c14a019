//! The bus carries wake-ups, and passing payloads that nothing relies on. The log is the truth: a reader that missed a notice asks it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::broadcast;
use warmline_protocol::agent::Queue;
use warmline_protocol::{AgentId, ConversationId, Event, Passing};

/// Notices that wait for one slow reader of a conversation; past that it asks the log.
const WAITING_FOR_A_READER: usize = 128;
/// The same for an agent's stream, which hears of all conversations.
const WAITING_FOR_AN_AGENT: usize = 2048;

/// Something happened in a conversation.
#[derive(Debug, Clone)]
pub enum Notice {
    /// These events are stored.
    Stored(Arc<StoredNotice>),
    /// Something passing.
    Passing(Arc<Passing>),
}

/// Stored events, and whose conversation it was and is.
#[derive(Debug)]
pub struct StoredNotice {
    /// Which conversation.
    pub conversation: ConversationId,
    /// Its merchant's key.
    pub merchant: String,
    /// In order.
    pub events: Vec<Event>,
    /// The agent who owned it before.
    pub owner_before: Option<AgentId>,
    /// The agent who owns it now.
    pub owner: Option<AgentId>,
    /// The position of the last event in the whole log.
    pub position: u64,
}

/// Something that agents hear of.
#[derive(Debug, Clone)]
pub enum AgentNotice {
    /// Events of a conversation.
    Stored(Arc<StoredNotice>),
    /// Something passing in a conversation, and its owner.
    Passing(ConversationId, Option<AgentId>, Arc<Passing>),
    /// The line of a merchant changed.
    Queue(String, Arc<Queue>),
}

/// The bus of one process.
#[derive(Debug)]
pub struct Bus {
    conversations: Mutex<HashMap<ConversationId, broadcast::Sender<Notice>>>,
    agents: broadcast::Sender<AgentNotice>,
}

impl Default for Bus {
    fn default() -> Self {
        Bus { conversations: Mutex::default(), agents: broadcast::channel(WAITING_FOR_AN_AGENT).0 }
    }
}

impl Bus {
    /// Follows a conversation from now on.
    pub fn follow(&self, conversation: &ConversationId) -> broadcast::Receiver<Notice> {
        let mut conversations = self.conversations.lock().unwrap_or_else(PoisonError::into_inner);
        // Channels that nobody listens to any more are let go of when another is made.
        if conversations.len() == conversations.capacity() {
            conversations.retain(|_, sender| sender.receiver_count() > 0);
        }
        conversations.entry(conversation.clone()).or_insert_with(|| broadcast::channel(WAITING_FOR_A_READER).0).subscribe()
    }

    /// Follows what agents hear of.
    pub fn follow_agents(&self) -> broadcast::Receiver<AgentNotice> {
        self.agents.subscribe()
    }

    /// Tells that events are stored.
    pub fn stored(&self, notice: StoredNotice) {
        let notice = Arc::new(notice);
        self.tell(&notice.conversation, Notice::Stored(notice.clone()));
        let _ = self.agents.send(AgentNotice::Stored(notice));
    }

    /// Tells something passing. Shoppers and, when there is an owner, their agent hear it.
    pub fn passing(&self, conversation: &ConversationId, owner: Option<AgentId>, passing: Passing) {
        let passing = Arc::new(passing);
        self.tell(conversation, Notice::Passing(passing.clone()));
        let _ = self.agents.send(AgentNotice::Passing(conversation.clone(), owner, passing));
    }

    /// Tells agents that a merchant's line changed.
    pub fn queue(&self, merchant: &str, queue: Queue) {
        let _ = self.agents.send(AgentNotice::Queue(merchant.to_owned(), Arc::new(queue)));
    }

    fn tell(&self, conversation: &ConversationId, notice: Notice) {
        let conversations = self.conversations.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(sender) = conversations.get(conversation) {
            let _ = sender.send(notice);
        }
    }
}
