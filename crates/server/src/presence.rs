//! Which agents have a console open. An agent on shift whose console has been gone for a minute is gone.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use warmline_protocol::{AgentId, Timestamp};

/// Streams of each agent, and since when there is none.
#[derive(Debug)]
pub struct Presence {
    agents: Mutex<HashMap<AgentId, Seen>>,
    started_at: Timestamp,
}

#[derive(Debug)]
struct Seen {
    streams: u32,
    gone_since: Timestamp,
}

impl Presence {
    /// Since this process started nobody has been seen.
    pub fn new(started_at: Timestamp) -> Self {
        Presence { agents: Mutex::default(), started_at }
    }

    /// A console is here until the place is dropped.
    pub fn enter(self: &Arc<Self>, agent: &AgentId) -> Here {
        let mut agents = self.agents.lock().unwrap_or_else(PoisonError::into_inner);
        agents.entry(agent.clone()).or_insert_with(|| Seen { streams: 0, gone_since: self.started_at }).streams += 1;
        Here { presence: self.clone(), agent: agent.clone() }
    }

    /// Since when an agent has no console; none while there is one.
    pub fn gone_since(&self, agent: &AgentId) -> Option<Timestamp> {
        let agents = self.agents.lock().unwrap_or_else(PoisonError::into_inner);
        match agents.get(agent) {
            Some(seen) if seen.streams > 0 => None,
            Some(seen) => Some(seen.gone_since),
            None => Some(self.started_at),
        }
    }

    /// Begins to count anew: an agent who goes on shift has a minute to open a console.
    pub fn touch(&self, agent: &AgentId, now: Timestamp) {
        let mut agents = self.agents.lock().unwrap_or_else(PoisonError::into_inner);
        agents.entry(agent.clone()).or_insert_with(|| Seen { streams: 0, gone_since: now }).gone_since = now;
    }
}

/// A console is here.
#[derive(Debug)]
pub struct Here {
    presence: Arc<Presence>,
    agent: AgentId,
}

impl Drop for Here {
    fn drop(&mut self) {
        let mut agents = self.presence.agents.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(seen) = agents.get_mut(&self.agent) {
            seen.streams -= 1;
            seen.gone_since = crate::app::now();
        }
    }
}
