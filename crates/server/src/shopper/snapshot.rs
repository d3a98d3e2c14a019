//! The state of a conversation: the start of each reader, and the way back after a gap.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;
use warmline_protocol::view::Snapshot;
use warmline_protocol::{Code, Problem};

use crate::app::{App, now};
use crate::auth::shopper::Shopper;
use crate::problem::Answer;
use crate::stream::frame;

/// Messages of a snapshot.
const MESSAGES: u32 = 50;

/// Unread messages.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnreadCount {
    /// How many.
    pub count: u64,
}

/// The state, the last 50 messages, the cursor.
#[utoipa::path(get, path = "/v1/conversations/{id}", tag = "shopper", params(("id" = String, Path)),
    responses((status = 200, body = Snapshot), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn get(State(app): State<Arc<App>>, shopper: Shopper) -> Answer<Json<Snapshot>> {
    app.snapshot(&shopper).await.map(Json)
}

impl App {
    /// What a shopper sees of their conversation now.
    pub async fn snapshot(&self, shopper: &Shopper) -> Answer<Snapshot> {
        let stored = self.store.load(&shopper.conversation).await?.ok_or(Code::NotFound)?;
        // What came after the state was read belongs to the stream.
        let entries = self.store.entries(&shopper.conversation, stored.state.seq + 1, MESSAGES, false).await?;
        let reads = self.store.reads(&shopper.conversation).await?;
        Ok(Snapshot {
            conversation_id: shopper.conversation.clone(),
            cursor: stored.state.shopper_seq,
            state: stored.state.view,
            messages: frame::dressed_all(entries.messages),
            notices: frame::dressed_all(entries.notices),
            reads,
            more: entries.more,
        })
    }
}

/// How many messages the shopper has not read: the launcher's badge.
#[utoipa::path(get, path = "/v1/conversations/{id}/unread", tag = "shopper", params(("id" = String, Path)),
    responses((status = 200, body = UnreadCount), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn unread(State(app): State<Arc<App>>, shopper: Shopper) -> Answer<Json<UnreadCount>> {
    let unread = app.store.unread(&shopper.conversation).await?;
    Ok(Json(UnreadCount { count: unread.count }))
}

/// Erases what was said. The numbers stay, the words go, and the token opens nothing any more.
#[utoipa::path(delete, path = "/v1/conversations/{id}", tag = "shopper", params(("id" = String, Path)),
    responses((status = 204), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn erase(State(app): State<Arc<App>>, shopper: Shopper) -> Answer<StatusCode> {
    let _lane = app.lanes.enter(&shopper.conversation).await;
    if let Some(turn) = app.turns.of(&shopper.conversation) {
        turn.cancel.cancel();
    }
    app.store.erase(&shopper.conversation, now()).await?;
    Ok(StatusCode::NO_CONTENT)
}
