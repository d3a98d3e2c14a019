//! No model at all: the passage that the search picked, sentence by sentence, word for word.

use super::{Provider, ProviderError, Task, Usage};
use tokio::sync::mpsc;

/// The answer is the passage itself.
#[derive(Debug, Clone, Copy, Default)]
pub struct Embedded;

#[async_trait::async_trait]
impl Provider for Embedded {
    fn name(&self) -> &str {
        "embedded"
    }

    fn writes(&self) -> bool {
        false
    }

    async fn write(&self, task: &Task, out: mpsc::Sender<String>) -> Result<Usage, ProviderError> {
        for span in task.spans.iter().filter(|span| span.chosen) {
            if out.send(format!("[{}#{}] {}\n", span.id, span.number, span.text)).await.is_err() {
                break;
            }
        }
        Ok(Usage::default())
    }
}
