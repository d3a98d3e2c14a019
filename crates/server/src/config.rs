//! What an operator and a merchant set. Unknown fields are refused, so that a typing error does not pass for a setting.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use serde::Deserialize;

/// `warmline.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where to listen: `127.0.0.1:8787`.
    pub listen: std::net::SocketAddr,
    /// The address by which browsers reach this server: `https://chat.example.com`. Console and hosted page are of this origin.
    pub public_url: String,
    /// The folder of the log.
    pub data: PathBuf,
    /// The merchants, each with its key.
    pub merchants: Vec<MerchantConfig>,
    /// An OpenAI-compatible model; without one the assistant works by itself.
    #[serde(default)]
    pub model: Option<ModelConfig>,
}

/// An OpenAI-compatible model.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelConfig {
    /// The address before `/v1/chat/completions`.
    pub url: String,
    /// Its name.
    pub name: String,
    /// The bearer key, if it wants one.
    #[serde(default)]
    pub key: Option<Secret>,
    /// What it costs.
    #[serde(default)]
    pub price: Price,
}

/// What a model costs, in the merchant's currency for a million tokens.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Price {
    /// Tokens that it reads.
    #[serde(default)]
    pub million_in: f64,
    /// Tokens that it writes.
    #[serde(default)]
    pub million_out: f64,
}

impl Price {
    /// Millionths of the currency: a token costs as many of them as a million tokens cost units.
    pub fn micros(self, tokens_in: u64, tokens_out: u64) -> u64 {
        (tokens_in as f64 * self.million_in + tokens_out as f64 * self.million_out).round() as u64
    }
}

impl std::fmt::Debug for ModelConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ModelConfig").field("url", &self.url).field("name", &self.name).finish_non_exhaustive()
    }
}

/// A shop.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MerchantConfig {
    /// Its public key: `pk_…`.
    pub key: String,
    /// Its name, as shoppers read it.
    pub name: String,
    /// The language when a shopper's is not served.
    pub default_locale: String,
    /// The languages that it serves.
    pub locales: Vec<String>,
    /// Minutes that a person usually needs for one conversation, until 50 real ones are known.
    pub service_minutes: u32,
    /// Language → the market whose facts come first.
    #[serde(default)]
    pub markets: BTreeMap<String, String>,
    /// When people plan to be there.
    pub hours: Hours,
    /// What a shopper who asks for a person is promised.
    pub guarantee: Guarantee,
    /// Currency → the total, in minor units, above which an order is worth a person's eyes.
    #[serde(default)]
    pub high_value: BTreeMap<String, i64>,
    /// Reason → what happens.
    #[serde(default)]
    pub give_way: BTreeMap<Reason, GiveWay>,
    /// What a person's time costs.
    pub costs: Costs,
    /// Language → the first words.
    #[serde(default)]
    pub greeting: BTreeMap<String, String>,
    /// Language → what people really ask.
    #[serde(default)]
    pub opening_questions: BTreeMap<String, Vec<OpeningQuestion>>,
    /// The origins of its pages: `https://shop.example`.
    #[serde(default)]
    pub origins: Vec<String>,
    /// HS256 secrets that sign its shoppers' identities; the first signs, the others are still accepted.
    #[serde(default)]
    pub identity_secrets: Vec<Secret>,
    /// The folder or JSON Lines file of its articles.
    #[serde(default)]
    pub articles: Option<PathBuf>,
    /// Its order API.
    #[serde(default)]
    pub orders: Option<OrdersConfig>,
}

/// The order API of a merchant.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrdersConfig {
    /// Its address.
    pub url: String,
    /// The bearer key.
    #[serde(default)]
    pub key: Option<Secret>,
}

/// A secret: read from the file, never shown.
#[derive(Clone, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// Wraps a text.
    pub fn new(text: impl Into<String>) -> Self {
        Secret(text.into())
    }

    /// The secret itself.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Opening hours. A day that is not named is closed.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// An IANA name: `Europe/London`.
    pub time_zone: String,
    /// `["08:00-20:00"]`.
    #[serde(default)]
    pub monday: Vec<String>,
    /// As Monday.
    #[serde(default)]
    pub tuesday: Vec<String>,
    /// As Monday.
    #[serde(default)]
    pub wednesday: Vec<String>,
    /// As Monday.
    #[serde(default)]
    pub thursday: Vec<String>,
    /// As Monday.
    #[serde(default)]
    pub friday: Vec<String>,
    /// As Monday.
    #[serde(default)]
    pub saturday: Vec<String>,
    /// As Monday.
    #[serde(default)]
    pub sunday: Vec<String>,
    /// Month and day, each year: `12-25`.
    #[serde(default)]
    pub closed_on: Vec<String>,
}

/// What a shopper who asks for a person is promised.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guarantee {
    /// While somebody is there: minutes to a person's first word.
    pub live_within_minutes: u32,
    /// Else: minutes of opening hours to a reply.
    pub reply_within_minutes: u32,
}

/// A reason to give way. Asking for a person is none: that is always done at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The shopper is upset.
    Upset,
    /// The same question comes again.
    Repeated,
    /// Two answers did not help.
    Unhelpful,
    /// A matter for people.
    Sensitive,
    /// No source supports an answer.
    NoSource,
    /// The shopper is a VIP.
    Vip,
    /// The order is worth more than the limit.
    HighValue,
}

/// What happens for a reason to give way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GiveWay {
    /// A person is offered.
    Offer,
    /// A person is asked for at once.
    HandOver,
}

/// What a person's time costs, for the report.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Costs {
    /// ISO 4217.
    pub currency: String,
    /// In minor units.
    pub agent_per_hour: u64,
}

/// A question that people really ask.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpeningQuestion {
    /// In the shopper's words.
    pub text: String,
    /// The article that answers it.
    pub article: String,
}

impl Config {
    /// Reads `warmline.toml`; an error names the line.
    pub fn read(path: &Path) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
        let config: Config = toml::from_str(&text).with_context(|| format!("{} has an error", path.display()))?;
        anyhow::ensure!(!config.merchants.is_empty(), "{}: add at least one [[merchants]] with its key", path.display());
        Ok(config)
    }
}

impl MerchantConfig {
    /// Reads one merchant's file.
    pub fn read(path: &Path) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
        toml::from_str(&text).with_context(|| format!("{} has an error", path.display()))
    }

    /// The served language nearest to a wanted one: `de-AT` → `de`; else the default.
    pub fn locale_for(&self, wanted: Option<&str>) -> String {
        let wanted = wanted.unwrap_or(&self.default_locale).replace('_', "-");
        let language = wanted.split('-').next().unwrap_or_default().to_lowercase();
        let same = |served: &&String| served.eq_ignore_ascii_case(&wanted);
        let near = |served: &&String| served.split('-').next().unwrap_or_default().eq_ignore_ascii_case(&language);
        self.locales.iter().find(same).or_else(|| self.locales.iter().find(near)).unwrap_or(&self.default_locale).clone()
    }
}
