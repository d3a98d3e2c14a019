//! What a turn is asked: the conversation so far, who the shopper is, and the merchant's rules.

use crate::records::Verified;
use std::collections::BTreeMap;

/// Who wrote a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Speaker {
    /// The shopper.
    Shopper,
    /// The assistant.
    Assistant,
    /// A person of the shop.
    Agent,
}

/// One message of the conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its number in the conversation.
    pub seq: u64,
    /// Who wrote it.
    pub author: Speaker,
    /// The text.
    pub text: String,
}

/// Why a person is offered, or asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
    /// The order is worth more than the merchant's limit.
    HighValue,
    /// The words may ask for a person.
    Unsure,
    /// The words ask for a person.
    Asked,
}

impl Reason {
    /// The name that events carry.
    pub fn name(self) -> &'static str {
        match self {
            Self::Upset => "upset",
            Self::Repeated => "repeated",
            Self::Unhelpful => "unhelpful",
            Self::Sensitive => "sensitive",
            Self::NoSource => "no_source",
            Self::Vip => "vip",
            Self::HighValue => "high_value",
            Self::Unsure => "unsure",
            Self::Asked => "asked",
        }
    }

    /// Offered once in a conversation; the others whenever it happens again.
    pub(crate) fn once(self) -> bool {
        match self {
            Self::Upset | Self::Vip | Self::HighValue | Self::Sensitive => true,
            Self::Repeated | Self::Unhelpful | Self::NoSource | Self::Unsure | Self::Asked => false,
        }
    }
}

/// What a merchant wants to happen for a reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Way {
    /// Ask the shopper.
    #[default]
    Offer,
    /// Get a person at once.
    HandOver,
}

/// The merchant's rules.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rules {
    /// By reason; what is not named is offered.
    pub ways: BTreeMap<Reason, Way>,
    /// By currency (ISO 4217): above so many of its smallest unit an order is worth a person's eyes.
    pub high_value_minor: BTreeMap<String, i64>,
}

impl Rules {
    /// What happens for a reason. An ask in words is no rule: it is always followed.
    pub fn way(&self, reason: Reason) -> Way {
        if reason == Reason::Asked { Way::HandOver } else { self.ways.get(&reason).copied().unwrap_or_default() }
    }
}

/// One turn's question.
#[derive(Debug, Clone, Default)]
pub struct Question {
    /// The shopper's locale, as the page says.
    pub locale: String,
    /// The shopper's market: a locale (`de-AT`) or a region (`AT`).
    pub market: Option<String>,
    /// The conversation so far; the last line is the shopper's.
    pub lines: Vec<Line>,
    /// The shopper said "not yet": the same passage is not given again.
    pub another_way: bool,
    /// Reasons for which a person was offered already.
    pub already_offered: Vec<String>,
    /// Reasons whose offer the shopper declined.
    pub declined: Vec<String>,
    /// A VIP.
    pub vip: bool,
    /// The order that the conversation is known to be about is worth more than the merchant's limit.
    pub high_value: bool,
    /// The signed identity, if it is fresh.
    pub identity: Option<Verified>,
    /// Article ids and quotes that were cited already.
    pub cited_before: Vec<(String, String)>,
    /// The merchant's rules.
    pub rules: Rules,
}

impl Question {
    /// A conversation of one message.
    pub fn new(text: &str, locale: &str) -> Self {
        let line = Line { seq: 1, author: Speaker::Shopper, text: text.to_owned() };
        Self { locale: locale.to_owned(), lines: vec![line], ..Self::default() }
    }

    /// What the shopper said last.
    pub fn text(&self) -> &str {
        self.lines.iter().rev().find(|line| line.author == Speaker::Shopper).map_or("", |line| line.text.as_str())
    }

    /// The conversation as it stood at each of the shopper's messages, the last first.
    pub(crate) fn earlier(&self) -> impl Iterator<Item = Self> + '_ {
        let asked = self.lines.iter().enumerate().rev().filter(|(_, line)| line.author == Speaker::Shopper);
        asked.map(|(place, _)| Self { lines: self.lines[..=place].to_vec(), ..self.clone() })
    }

    /// Whether a person may be offered for this reason now.
    pub(crate) fn may_offer(&self, reason: Reason) -> bool {
        let has = |list: &[String]| list.iter().any(|name| name == reason.name());
        !(has(&self.declined) || (reason.once() && has(&self.already_offered)))
    }
}
