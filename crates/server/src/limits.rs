//! Limits, each a process's own (docs/operating.md says so).

use std::collections::HashMap;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use warmline_protocol::ConversationId;

use crate::problem::{Answer, Refusal};

/// Wrong logins of an account before it must wait.
const WRONG_LOGINS: u32 = 10;
/// For so long they count.
const WRONG_LOGIN_WINDOW: Duration = Duration::from_secs(15 * 60);
/// Streams of one conversation at once: eight tabs, and as many on their way out.
const STREAMS: u32 = 16;

/// All limits.
#[derive(Debug)]
pub struct Limits {
    conversation: DefaultKeyedRateLimiter<ConversationId>,
    signs: DefaultKeyedRateLimiter<ConversationId>,
    openings: DefaultKeyedRateLimiter<IpAddr>,
    wrong_logins: Mutex<HashMap<String, (u32, Instant)>>,
    streams: Mutex<HashMap<ConversationId, u32>>,
}

const fn at_least_one(number: u32) -> NonZeroU32 {
    match NonZeroU32::new(number) {
        Some(number) => number,
        None => NonZeroU32::MIN,
    }
}

impl Default for Limits {
    fn default() -> Self {
        let quota = |burst, a_second| Quota::per_second(at_least_one(a_second)).allow_burst(at_least_one(burst));
        Limits {
            conversation: RateLimiter::keyed(quota(100, 10)),
            signs: RateLimiter::keyed(quota(60, 10)),
            openings: RateLimiter::keyed(quota(200, 20)),
            wrong_logins: Mutex::default(),
            streams: Mutex::default(),
        }
    }
}

impl Limits {
    /// A shopper's command: 100 at once, then 10 a second.
    pub fn command(&self, conversation: &ConversationId) -> Answer<()> {
        check(&self.conversation, conversation)
    }

    /// A passing sign (typing, read): dropped beyond 60 at once and 10 a second, which nobody misses.
    pub fn sign(&self, conversation: &ConversationId) -> bool {
        self.signs.check_key(conversation).is_ok()
    }

    /// A new conversation of a client: 200 at once, then 20 a second.
    pub fn opening(&self, client: IpAddr) -> Answer<()> {
        check(&self.openings, &client)
    }

    /// Whether an account may try to log in.
    pub fn may_log_in(&self, email: &str) -> Answer<()> {
        let mut wrong = self.wrong_logins.lock().unwrap_or_else(PoisonError::into_inner);
        match wrong.get(email) {
            Some((count, since)) if since.elapsed() < WRONG_LOGIN_WINDOW && *count >= WRONG_LOGINS => {
                return Err(Refusal::too_fast((WRONG_LOGIN_WINDOW - since.elapsed()).as_secs()));
            }
            Some((_, since)) if since.elapsed() >= WRONG_LOGIN_WINDOW => {
                wrong.remove(email);
            }
            Some(_) | None => {}
        }
        Ok(())
    }

    /// Counts a wrong login.
    pub fn wrong_login(&self, email: &str) {
        let mut wrong = self.wrong_logins.lock().unwrap_or_else(PoisonError::into_inner);
        wrong.retain(|_, (_, since)| since.elapsed() < WRONG_LOGIN_WINDOW);
        wrong.entry(email.to_owned()).or_insert_with(|| (0, Instant::now())).0 += 1;
    }

    /// Forgets those who have been quiet, so that nothing grows for ever.
    pub fn forget_quiet(&self) {
        self.conversation.retain_recent();
        self.signs.retain_recent();
        self.openings.retain_recent();
    }

    /// A place for a stream of a conversation, given back when it is dropped.
    pub fn stream(self: &std::sync::Arc<Self>, conversation: &ConversationId) -> Answer<StreamPlace> {
        let mut streams = self.streams.lock().unwrap_or_else(PoisonError::into_inner);
        let count = streams.entry(conversation.clone()).or_default();
        if *count >= STREAMS {
            return Err(Refusal::too_fast(2));
        }
        *count += 1;
        Ok(StreamPlace { limits: self.clone(), conversation: conversation.clone() })
    }
}

/// A place for a stream.
#[derive(Debug)]
pub struct StreamPlace {
    limits: std::sync::Arc<Limits>,
    conversation: ConversationId,
}

impl Drop for StreamPlace {
    fn drop(&mut self) {
        let mut streams = self.limits.streams.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = streams.get_mut(&self.conversation) {
            *count -= 1;
            if *count == 0 {
                streams.remove(&self.conversation);
            }
        }
    }
}

fn check<K: std::hash::Hash + Eq + Clone>(limiter: &DefaultKeyedRateLimiter<K>, key: &K) -> Answer<()> {
    limiter.check_key(key).map_err(|until| {
        let wait = until.wait_time_from(DefaultClock::default().now());
        Refusal::too_fast(wait.as_secs_f32().ceil() as u64)
    })
}
