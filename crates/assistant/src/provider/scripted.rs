//! Says what a test tells it to, at the pace that the test wants.

use super::{Provider, ProviderError, Task, Usage};
use std::time::Duration;
use tokio::sync::mpsc;

/// A provider that plays a script.
#[derive(Debug, Clone, Default)]
pub struct Scripted {
    /// What it writes, piece by piece.
    pub pieces: Vec<String>,
    /// How long it waits before each.
    pub pause: Duration,
    /// Whether it goes on with the last piece for ever.
    pub endless: bool,
    /// What it ends with.
    pub fails: Option<ProviderError>,
}

impl Scripted {
    /// Writes these pieces and ends well.
    pub fn new(pieces: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { pieces: pieces.into_iter().map(Into::into).collect(), ..Self::default() }
    }
}

#[async_trait::async_trait]
impl Provider for Scripted {
    fn name(&self) -> &str {
        "scripted"
    }

    async fn write(&self, _task: &Task, out: mpsc::Sender<String>) -> Result<Usage, ProviderError> {
        let mut usage = Usage::default();
        let more = self.pieces.last().filter(|_| self.endless);
        for piece in self.pieces.iter().chain(std::iter::from_fn(|| more)) {
            tokio::time::sleep(self.pause).await;
            usage.tokens_out += 1;
            if out.send(piece.clone()).await.is_err() {
                break;
            }
        }
        self.fails.clone().map_or(Ok(usage), Err)
    }
}
