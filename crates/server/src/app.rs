//! What every part of the server shares.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use warmline_assistant::Assistant;
use warmline_protocol::{ConversationId, Timestamp};
use warmline_store::Store;

use crate::assets::Assets;
use crate::bus::Bus;
use crate::config::MerchantConfig;
use crate::demo::Demo;
use crate::hours::OpeningHours;
use crate::limits::Limits;
use crate::presence::Presence;
use crate::turns::Turns;
use crate::verified::Verified;

/// A merchant, ready to serve.
pub struct Merchant {
    /// Its settings.
    pub config: MerchantConfig,
    /// Its hours.
    pub hours: OpeningHours,
    /// What the assistant follows: when to offer a person, and when to hand over.
    pub rules: warmline_assistant::Rules,
    /// What its model costs.
    pub price: crate::config::Price,
    /// Its assistant: its articles, its records. None when it did not start: the way to a person works without.
    pub assistant: Option<Assistant>,
}

/// Wake-ups for the workers; a lost one costs a second at most, since each also looks by itself.
#[derive(Debug, Default)]
pub struct Wakes {
    /// Something is owed by a conversation.
    pub owed: Notify,
    /// The line or the shift changed.
    pub route: Notify,
}

/// The server.
pub struct App {
    /// The log.
    pub store: Arc<dyn Store>,
    /// The bus.
    pub bus: Bus,
    /// Merchants by key.
    pub merchants: HashMap<String, Arc<Merchant>>,
    /// The origins of our own pages.
    pub own_origins: Vec<String>,
    /// Answers under way.
    pub turns: Turns,
    /// Limits.
    pub limits: Arc<Limits>,
    /// Consoles that are open.
    pub presence: Arc<Presence>,
    /// Fresh identities.
    pub verified: Verified,
    /// Wake-ups.
    pub wakes: Wakes,
    /// Commands of one conversation wait for each other here instead of conflicting in the log.
    pub lanes: Lanes,
    /// The widget's and the console's files.
    pub assets: Assets,
    /// What only the demo has.
    pub demo: Option<Demo>,
    /// The name under which this process claims work.
    pub process: String,
    /// Set when the server stops: streams end, workers finish.
    pub closing: CancellationToken,
    /// Renders `/metrics`.
    pub metrics: metrics_exporter_prometheus::PrometheusHandle,
}

impl App {
    /// The merchant of a key.
    pub fn merchant(&self, key: &str) -> Option<&Arc<Merchant>> {
        self.merchants.get(key)
    }
}

/// Now, by the machine's clock. The rules get it as an argument; only this edge reads it.
pub fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// Lanes of commands.
#[derive(Debug)]
pub struct Lanes(Vec<tokio::sync::Mutex<()>>);

impl Default for Lanes {
    fn default() -> Self {
        Lanes((0..256).map(|_| tokio::sync::Mutex::default()).collect())
    }
}

impl Lanes {
    /// The lane of a conversation; held while a command of it goes through.
    pub async fn enter(&self, conversation: &ConversationId) -> tokio::sync::MutexGuard<'_, ()> {
        let sum = conversation.as_str().bytes().fold(0_usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(usize::from(byte)));
        self.0[sum % self.0.len()].lock().await
    }
}
