//! What a turn came to.

use warmline_protocol::{Citation, OrderCard};

/// What is streamed while a turn runs. Everything streamed has passed the checks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// The next words.
    Text(String),
}

/// What a turn cost.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cost {
    /// Tokens that the model read.
    pub tokens_in: u64,
    /// Tokens that it wrote.
    pub tokens_out: u64,
    /// From the question to the end, in microseconds.
    pub micros: u64,
    /// From the question to the first word shown, in microseconds.
    pub decided_micros: u64,
}

/// What a turn came to. `text` is the whole of what was streamed; `signals` is what was noticed on the way, for the log.
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "there is one a turn, and it is taken apart at once")]
pub enum Outcome {
    /// An answer, or small talk (then without citations).
    Answer {
        /// All of it.
        text: String,
        /// What it rests on.
        citations: Vec<Citation>,
        /// What the shopper may tap next.
        quick_replies: Vec<String>,
        /// The order it is about.
        order: Option<OrderCard>,
        /// A person is offered beside it, for this reason.
        offer: Option<&'static str>,
        /// What was noticed.
        signals: Vec<&'static str>,
        /// What it cost.
        cost: Cost,
    },
    /// A question back.
    AskBack {
        /// All of it.
        text: String,
        /// At most three.
        quick_replies: Vec<String>,
        /// What was noticed.
        signals: Vec<&'static str>,
        /// What it cost.
        cost: Cost,
    },
    /// "I don't know that."
    Decline {
        /// Why: `no_source`, `off_topic`, `sign_in`, `order_not_found`, `records_unavailable`.
        reason: &'static str,
        /// All of it.
        text: String,
        /// Whether a person is offered with it (as `no_source`).
        offer: bool,
        /// What was noticed.
        signals: Vec<&'static str>,
        /// What it cost.
        cost: Cost,
    },
    /// A person is offered, and no answer given.
    Offer {
        /// Why.
        reason: &'static str,
        /// The words of the offer; none when every phrasing has been said before.
        text: Option<String>,
        /// What was noticed.
        signals: Vec<&'static str>,
        /// What it cost.
        cost: Cost,
    },
    /// A person is to be asked for at once.
    HandOver {
        /// Why.
        reason: &'static str,
        /// The one sentence that says so.
        text: String,
        /// What was noticed.
        signals: Vec<&'static str>,
        /// What it cost.
        cost: Cost,
    },
}

impl Outcome {
    /// All that was streamed.
    pub fn text(&self) -> &str {
        match self {
            Self::Answer { text, .. } | Self::AskBack { text, .. } | Self::Decline { text, .. } | Self::HandOver { text, .. } => text,
            Self::Offer { text, .. } => text.as_deref().unwrap_or_default(),
        }
    }

    /// What it cost.
    pub fn cost(&self) -> Cost {
        match self {
            Self::Answer { cost, .. }
            | Self::AskBack { cost, .. }
            | Self::Decline { cost, .. }
            | Self::Offer { cost, .. }
            | Self::HandOver { cost, .. } => *cost,
        }
    }

    /// What was noticed on the way.
    pub fn signals(&self) -> &[&'static str] {
        match self {
            Self::Answer { signals, .. }
            | Self::AskBack { signals, .. }
            | Self::Decline { signals, .. }
            | Self::Offer { signals, .. }
            | Self::HandOver { signals, .. } => signals,
        }
    }
}

/// An outcome before its text, signals and cost are known.
#[derive(Debug)]
#[allow(clippy::large_enum_variant, reason = "there is one a turn, and it is taken apart at once")]
pub(crate) enum Ending {
    Answer { citations: Vec<Citation>, quick_replies: Vec<String>, order: Option<OrderCard> },
    AskBack { quick_replies: Vec<String> },
    Decline { reason: &'static str, offer: bool },
    Offer { reason: &'static str },
    HandOver { reason: &'static str },
}

impl Ending {
    pub(crate) fn said() -> Self {
        Self::Answer { citations: Vec::new(), quick_replies: Vec::new(), order: None }
    }

    pub(crate) fn into_outcome(self, text: String, offer: Option<&'static str>, signals: Vec<&'static str>, cost: Cost) -> Outcome {
        match self {
            Self::Answer { citations, quick_replies, order } => {
                Outcome::Answer { text, citations, quick_replies, order, offer, signals, cost }
            }
            Self::AskBack { quick_replies } => Outcome::AskBack { text, quick_replies, signals, cost },
            Self::Decline { reason, offer } => Outcome::Decline { reason, text, offer, signals, cost },
            Self::Offer { reason } => Outcome::Offer { reason, text: Some(text).filter(|text| !text.is_empty()), signals, cost },
            Self::HandOver { reason } => Outcome::HandOver { reason, text, signals, cost },
        }
    }
}
