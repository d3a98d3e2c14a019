//! The clocks of the rules.

use std::sync::Arc;

use warmline_conversation::{Command, State};
use warmline_protocol::ConversationId;

use crate::app::App;
use crate::conversations::{Request, seq_answer};
use crate::problem::Answer;

/// Whatever is due by now, happens.
pub async fn perform(app: &Arc<App>, conversation: &ConversationId) -> Answer<()> {
    let make = |_: &State| Command::Tick;
    app.execute(conversation, Request { make: &make, key: None, answer: &seq_answer, limited: false }).await.map(drop)
}
