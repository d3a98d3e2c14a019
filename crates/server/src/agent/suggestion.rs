//! A draft of the assistant's for the agent: it follows the same check as an answer, and is never sent by itself.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;
use serde_json::json;
use tokio::sync::mpsc;
use warmline_assistant::Piece;
use warmline_protocol::{Code, ConversationId, Problem};

use crate::app::App;
use crate::auth::session::Caller;
use crate::body::Body;
use crate::problem::Answer;
use crate::shopper::command::Bare;
use crate::stream::frame;
use crate::worker::turn::question;

/// Streams a draft: `suggestion.delta` `{text}`, then `suggestion.done` `{text, citations}`.
#[utoipa::path(post, path = "/v1/agent/conversations/{id}/suggestion", tag = "agent", params(("id" = String, Path)), request_body = Bare,
    responses((status = 200, description = "server-sent events", content_type = "text/event-stream"),
        (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn suggest(State(app): State<Arc<App>>, caller: Caller, Path(id): Path<String>, Body(_bare): Body<Bare>) -> Answer<Response> {
    let conversation = ConversationId(id);
    let stored = app.conversation_for(&caller.agent, &conversation).await?;
    if stored.state.owner.as_ref() != Some(&caller.agent.id) {
        return Err(Code::NotOwner.into());
    }
    let merchant = app.merchant(&stored.merchant).ok_or(Code::NotFound)?;
    let assistant = merchant.assistant.clone().ok_or(Code::Unavailable)?;
    let question = question(&app, &conversation, &stored).await?;
    let (frames, outgoing) = mpsc::channel(16);
    tokio::spawn(async move {
        let (out, mut pieces) = mpsc::channel(16);
        let mut work = std::pin::pin!(assistant.suggestion(question, out));
        let suggestion = loop {
            tokio::select! {
                Some(Piece::Text(text)) = pieces.recv() => {
                    let _ = frames.send(frame::write(None, "suggestion.delta", &json!({ "text": text }))).await;
                }
                done = &mut work => break done,
                () = frames.closed() => return,
            }
        };
        while let Ok(Piece::Text(text)) = pieces.try_recv() {
            let _ = frames.send(frame::write(None, "suggestion.delta", &json!({ "text": text }))).await;
        }
        let done = json!({ "text": suggestion.text, "citations": suggestion.citations });
        let _ = frames.send(frame::write(None, "suggestion.done", &done)).await;
    });
    Ok(crate::stream::answer(futures::stream::unfold(outgoing, |mut outgoing| async move {
        let frame = outgoing.recv().await?;
        Some((Ok::<_, Infallible>(frame), outgoing))
    })))
}
