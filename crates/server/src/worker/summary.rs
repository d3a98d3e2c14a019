//! The summary for the agent: streamed as it is made, then stored. It needs no model, so it is there before the agent is.

use std::sync::Arc;

use warmline_assistant::Line;
use warmline_conversation::{Command, State};
use warmline_protocol::event::Summary;
use warmline_protocol::passing::SummaryDelta;
use warmline_protocol::{Code, ConversationId, Passing};

use super::turn::lines;
use crate::app::App;
use crate::conversations::{Request, seq_answer};
use crate::problem::Answer;

/// Messages that a summary is made of.
const MESSAGES: u32 = 200;

/// Writes it.
pub async fn perform(app: &Arc<App>, conversation: &ConversationId) -> Answer<()> {
    let stored = app.store.load(conversation).await?.ok_or(Code::NotFound)?;
    let entries = app.store.entries(conversation, stored.state.seq + 1, MESSAGES, false).await?;
    let order = entries.messages.iter().rev().find_map(|event| match &event.body {
        warmline_protocol::Body::MessagePosted(posted) => posted.order.clone(),
        _ => None,
    });
    let lines: Vec<Line> = lines(&entries.messages);
    let order = order.map(|order| order.number);
    let summary = warmline_assistant::summary(&lines, order.as_deref(), &stored.state.locale);
    let told = [("problem", Some(&summary.problem)), ("wants", Some(&summary.wants)), ("order", summary.order.as_ref())];
    for (field, text) in told {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            let delta = SummaryDelta { field: field.to_owned(), text: text.clone() };
            app.bus.passing(conversation, stored.state.owner.clone(), Passing::SummaryDelta(delta));
        }
    }
    let written = Summary {
        problem: summary.problem,
        wants: summary.wants,
        tried: summary.tried,
        lines: warmline_protocol::event::Lines(summary.lines.into_iter().collect()),
        order: summary.order,
        quote: summary.quote,
    };
    let make = move |_: &State| Command::Summarise(written.clone());
    app.execute(conversation, Request { make: &make, key: None, answer: &seq_answer, limited: false }).await.map(drop)
}
