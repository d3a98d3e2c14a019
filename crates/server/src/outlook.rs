//! Looks at the line and at who is on shift, for the rules to say how long it takes.

use warmline_conversation::wait::Outlook;
use warmline_protocol::{AgentId, ConversationId, Timestamp};
use warmline_store::Result;

use crate::app::{App, Merchant};

/// The last handoffs that a wait is estimated from.
const HISTORY: u32 = 50;

impl App {
    /// The line as a conversation finds it that joins it now.
    pub async fn outlook(&self, merchant: &Merchant, conversation: &ConversationId, now: Timestamp) -> Result<Outlook> {
        let key = &merchant.config.key;
        let (_, ahead) = self.store.line(key, Some(conversation)).await?;
        let history = self.store.waits(key, HISTORY).await?;
        let agents = self.store.agents(key).await?;
        let loads = self.store.loads().await?;
        let on_shift: Vec<_> = agents.iter().filter(|agent| agent.online).collect();
        let free = on_shift.iter().map(|agent| agent.capacity.saturating_sub(load_of(&loads, &agent.id))).sum();
        let next_staffed_at = if on_shift.is_empty() { self.next_staffed_at(merchant, now).await? } else { None };
        Ok(Outlook {
            ahead: u32::try_from(ahead).unwrap_or(u32::MAX),
            on_shift: u32::try_from(on_shift.len()).unwrap_or(u32::MAX),
            free,
            history,
            next_staffed_at,
            reply_within_s: merchant.config.guarantee.reply_within_minutes.saturating_mul(60),
        })
    }

    /// When somebody is there: the next planned shift, else the merchant's hours. While the shop is open and yet nobody is on shift,
    /// that is not known, and is said as not known.
    pub async fn next_staffed_at(&self, merchant: &Merchant, now: Timestamp) -> Result<Option<Timestamp>> {
        let planned = self.store.shifts(&merchant.config.key, now).await?.into_iter().map(|shift| shift.from).find(|from| *from > now);
        Ok(planned.or_else(|| merchant.hours.next_opening(now).filter(|opens| *opens > now)))
    }

    /// Whether an agent is on shift with room for one more.
    pub async fn is_free(&self, agent: &AgentId) -> Result<bool> {
        let Some(found) = self.store.agent(agent).await?.filter(|agent| agent.online) else { return Ok(false) };
        Ok(self.store.load_of(agent).await? < u64::from(found.capacity))
    }
}

/// An agent's load among all.
pub fn load_of(loads: &[(AgentId, u64)], agent: &AgentId) -> u32 {
    loads.iter().find(|(who, _)| who == agent).map_or(0, |(_, load)| u32::try_from(*load).unwrap_or(u32::MAX))
}
