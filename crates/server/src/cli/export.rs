//! `warmline export`: the whole log as JSON Lines, to keep or to take elsewhere.

use std::io::Write as _;
use std::path::PathBuf;

use clap::Args;
use warmline_store::ConversationStore as _;

use super::start::open;

const PAGE: u32 = 1_000;

/// Writes the whole log as JSON Lines.
#[derive(Debug, Args)]
pub struct Export {
    /// The folder of the log.
    #[arg(long)]
    data: PathBuf,
}

impl Export {
    /// Writes to standard output.
    pub async fn run(self) -> anyhow::Result<()> {
        let store = open(&self.data).await?;
        let mut out = std::io::BufWriter::new(std::io::stdout().lock());
        let mut after = 0;
        loop {
            let entries = store.log(after, PAGE).await?;
            let Some(last) = entries.last() else { break };
            after = last.position;
            for entry in &entries {
                let line = serde_json::json!({ "position": entry.position, "conversation_id": entry.conversation, "event": entry.event });
                writeln!(out, "{line}")?;
            }
        }
        out.flush()?;
        store.close().await;
        Ok(())
    }
}
