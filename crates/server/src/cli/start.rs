//! What demo and production start alike.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::Context as _;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tokio_util::sync::CancellationToken;
use tracing_subscriber::EnvFilter;
use warmline_assistant::provider::{Embedded, OpenAiCompatible, OpenAiConfig, Provider};
use warmline_assistant::{Articles, Assistant, NoRecords, OrderApi, Reason, Records, Rules, Way};
use warmline_store::sqlite::SqliteStore;

use crate::app::{App, Lanes, Merchant, Wakes, now};
use crate::assets::Assets;
use crate::bus::Bus;
use crate::config::{self, GiveWay, MerchantConfig, ModelConfig};
use crate::demo::Demo;
use crate::hours::OpeningHours;
use crate::limits::Limits;
use crate::presence::Presence;
use crate::turns::Turns;
use crate::verified::Verified;

/// What is started.
pub struct Start {
    /// The folder of the log.
    pub data: std::path::PathBuf,
    /// The merchants.
    pub merchants: Vec<MerchantConfig>,
    /// The model, if there is one.
    pub model: Option<ModelConfig>,
    /// The origins of our own pages.
    pub own_origins: Vec<String>,
    /// The files of widget and console.
    pub assets: Assets,
    /// The demo, if it is one.
    pub demo: Option<Demo>,
}

/// The log of this process: `RUST_LOG` chooses, warnings and above by itself.
pub fn log() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn,warmline_server=info"));
    // A second call (in a test) keeps the first.
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init();
}

/// Opens the log of a folder.
pub async fn open(data: &Path) -> anyhow::Result<SqliteStore> {
    SqliteStore::open(&data.join("warmline.db"))
        .await
        .with_context(|| format!("the log in {} can't be opened; is the folder writable and the disk not full?", data.display()))
}

impl Start {
    /// Puts the server together.
    pub async fn app(self, store: SqliteStore) -> anyhow::Result<Arc<App>> {
        let process = "warmline".to_owned();
        // One process a file: whatever an earlier one claimed, it does no more.
        store_release(&store, &process).await?;
        let mut merchants = HashMap::new();
        for config in self.merchants {
            let merchant = merchant(config, self.model.as_ref())?;
            merchants.insert(merchant.config.key.clone(), Arc::new(merchant));
        }
        let metrics = metrics()?;
        Ok(Arc::new(App {
            store: Arc::new(store),
            bus: Bus::default(),
            merchants,
            own_origins: self.own_origins,
            turns: Turns::default(),
            limits: Arc::new(Limits::default()),
            presence: Arc::new(Presence::new(now())),
            verified: Verified::default(),
            wakes: Wakes::default(),
            lanes: Lanes::default(),
            assets: self.assets,
            demo: self.demo,
            process,
            closing: CancellationToken::new(),
            metrics,
        }))
    }
}

/// One recorder a process: a second server in it (a test's) adds to the same counts.
fn metrics() -> anyhow::Result<PrometheusHandle> {
    static INSTALLED: Mutex<Option<PrometheusHandle>> = Mutex::new(None);
    let mut installed = INSTALLED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(handle) = installed.as_ref() {
        return Ok(handle.clone());
    }
    let handle = PrometheusBuilder::new().install_recorder().context("metrics can't be started")?;
    Ok(installed.insert(handle).clone())
}

async fn store_release(store: &SqliteStore, process: &str) -> anyhow::Result<()> {
    use warmline_store::ConversationStore as _;
    Ok(store.release_all(process).await?)
}

fn merchant(config: MerchantConfig, model: Option<&ModelConfig>) -> anyhow::Result<Merchant> {
    let hours = OpeningHours::read(&config.hours).with_context(|| format!("merchant {}", config.key))?;
    let assistant = match assistant(&config, model) {
        Ok(assistant) => Some(assistant),
        Err(error) => {
            // Promise 1: the way to a person does not wait for the assistant.
            tracing::error!(merchant = config.key, "the assistant does not start: {error:#}");
            None
        }
    };
    let price = model.map(|model| model.price).unwrap_or_default();
    Ok(Merchant { rules: rules(&config), price, config, hours, assistant })
}

fn assistant(config: &MerchantConfig, model: Option<&ModelConfig>) -> anyhow::Result<Assistant> {
    let articles = match &config.articles {
        Some(path) => Articles::read(path).with_context(|| format!("the articles in {}", path.display()))?,
        None => Articles::new([]),
    };
    let records: Arc<dyn Records> = match &config.orders {
        Some(orders) => Arc::new(OrderApi::new(&orders.url, orders.key.as_ref().map(config::Secret::reveal))?),
        None => Arc::new(NoRecords),
    };
    let provider: Arc<dyn Provider> = match model {
        Some(model) => Arc::new(OpenAiCompatible::new(OpenAiConfig {
            base_url: model.url.clone(),
            model: model.name.clone(),
            api_key: model.key.as_ref().map(|key| key.reveal().to_owned()),
            max_tokens: 800,
            idle: Duration::from_secs(20),
        })?),
        None => Arc::new(Embedded),
    };
    Ok(Assistant::new(warmline_assistant::Config::default(), articles, records, provider))
}

fn rules(config: &MerchantConfig) -> Rules {
    let ways = config.give_way.iter().map(|(reason, way)| {
        let reason = match reason {
            config::Reason::Upset => Reason::Upset,
            config::Reason::Repeated => Reason::Repeated,
            config::Reason::Unhelpful => Reason::Unhelpful,
            config::Reason::Sensitive => Reason::Sensitive,
            config::Reason::NoSource => Reason::NoSource,
            config::Reason::Vip => Reason::Vip,
            config::Reason::HighValue => Reason::HighValue,
        };
        let way = match way {
            GiveWay::Offer => Way::Offer,
            GiveWay::HandOver => Way::HandOver,
        };
        (reason, way)
    });
    Rules { ways: ways.collect(), high_value_minor: config.high_value.clone() }
}

/// The origins by which a local browser names a port.
pub fn loopback_origins(address: SocketAddr) -> Vec<String> {
    let port = address.port();
    vec![format!("http://127.0.0.1:{port}"), format!("http://localhost:{port}")]
}
