//! Who writes the answer: the passage itself ([`Embedded`]), a model behind an OpenAI-compatible server, or a script for tests.
//!
//! A provider writes lines `[id#number] sentence`: first the sentences of the sources that it rests on, then what it says. It is never
//! believed: [`crate::check`] decides line by line what is shown.

mod embedded;
mod openai_compatible;
mod prompt;
mod scripted;

pub use embedded::Embedded;
pub use openai_compatible::{OpenAiCompatible, OpenAiConfig};
pub use prompt::mask;
pub use scripted::Scripted;

use crate::text::Language;
use crate::turn::Speaker;
use tokio::sync::mpsc;

/// A sentence of a source that a provider may rest on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The article.
    pub id: String,
    /// The sentence's number in it.
    pub number: usize,
    /// The sentence.
    pub text: String,
    /// Picked by the search as the answer itself.
    pub chosen: bool,
}

/// What a provider is asked to write.
#[derive(Debug, Clone)]
pub struct Task {
    /// The question, card numbers masked.
    pub question: String,
    /// The last lines before it, masked.
    pub history: Vec<(Speaker, String)>,
    /// The shopper's language.
    pub language: Language,
    /// What it may rest on.
    pub spans: Vec<Span>,
}

/// What it used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Usage {
    /// Tokens read.
    pub tokens_in: u64,
    /// Tokens written.
    pub tokens_out: u64,
}

/// Why a provider did not finish.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProviderError {
    /// It cannot be reached, or broke off.
    #[error("the model is not available: {0}")]
    Unavailable(String),
    /// It does not speak the protocol.
    #[error("the model's answer cannot be read: {0}")]
    Unreadable(String),
}

/// Writes an answer as text in pieces of any size. Dropping the future stops it.
#[async_trait::async_trait]
pub trait Provider: Send + Sync {
    /// Its name, for logs and settings.
    fn name(&self) -> &str;

    /// Whether it can put an answer into the shopper's words. One that cannot shows the passage.
    fn writes(&self) -> bool {
        true
    }

    /// Writes.
    async fn write(&self, task: &Task, out: mpsc::Sender<String>) -> Result<Usage, ProviderError>;
}
