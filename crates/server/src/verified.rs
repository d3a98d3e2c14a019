//! Who a shopper has proved to be, as long as the proof is fresh. It is never stored: after a restart the page signs in again.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use warmline_protocol::{ConversationId, Timestamp};

use crate::auth::identity::Identity;

/// Fresh identities of conversations.
#[derive(Debug, Default)]
pub struct Verified(Mutex<HashMap<ConversationId, Identity>>);

impl Verified {
    /// Keeps an identity until it expires.
    pub fn keep(&self, conversation: &ConversationId, identity: Identity, now: Timestamp) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() == known.capacity() {
            known.retain(|_, identity| identity.expires_at > now);
        }
        known.insert(conversation.clone(), identity);
    }

    /// The identity, while it is fresh.
    pub fn of(&self, conversation: &ConversationId, now: Timestamp) -> Option<Identity> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(conversation).filter(|identity| identity.expires_at > now).cloned()
    }
}
