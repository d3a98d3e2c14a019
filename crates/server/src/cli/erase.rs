//! `warmline erase`: a shopper asked to be forgotten.

use std::path::PathBuf;

use clap::Args;
use warmline_protocol::ConversationId;
use warmline_store::ConversationStore as _;

use super::start::open;
use crate::app::now;

/// Erases what was said in a conversation.
#[derive(Debug, Args)]
pub struct Erase {
    /// The folder of the log.
    #[arg(long)]
    data: PathBuf,
    /// The conversation's id.
    conversation: String,
}

impl Erase {
    /// Erases.
    #[allow(clippy::print_stdout, reason = "the result of the command")]
    pub async fn run(self) -> anyhow::Result<()> {
        let store = open(&self.data).await?;
        let conversation = ConversationId(self.conversation);
        anyhow::ensure!(store.load(&conversation).await?.is_some(), "there is no conversation {conversation}");
        store.erase(&conversation, now()).await?;
        store.close().await;
        println!("erased; the numbers of the log stay, the words are gone");
        Ok(())
    }
}
