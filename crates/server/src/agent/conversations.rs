//! The inbox, and a conversation as an agent sees it.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use warmline_protocol::agent::{CaseFile, InboxRow};
use warmline_protocol::{ConversationId, Phase, Problem};
use warmline_store::{Filter, Row};

use crate::app::App;
use crate::auth::session::Caller;
use crate::body::Query;
use crate::problem::Answer;
use crate::stream::frame;

/// Events of a case file.
const EVENTS: u32 = 500;
/// Rows of a list.
const ROWS: u32 = 100;

/// Which conversations.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub struct Which {
    /// assisted, queued, with_person, waiting_on_shopper, left_open, resolved.
    state: Option<String>,
    /// A case code, a name, an e-mail address, or words.
    q: Option<String>,
}

/// A list of conversations.
#[derive(Debug, Serialize, ToSchema)]
pub struct Rows {
    /// Newest first.
    pub conversations: Vec<InboxRow>,
}

/// A row as agents see it.
pub fn inbox_row(row: Row) -> InboxRow {
    let Row { conversation, state, snippet, updated_at, .. } = row;
    InboxRow {
        conversation_id: conversation,
        last_seq: state.seq,
        phase: state.view.phase,
        language: state.locale,
        snippet,
        priority: state.priority,
        updated_at,
        promise_broken: state.promise_broken,
        shopper_name: state.shopper.as_ref().and_then(|shopper| shopper.name.clone()),
        case_code: state.view.case.as_ref().map(|case| case.code.0.clone()),
        waiting_since: state.waiting_since,
        promise_by: state.promises.iter().map(|promise| promise.by).min(),
        agent_id: state.owner.clone(),
        agent_name: state.owner.as_ref().and(state.view.agent.as_ref()).map(|agent| agent.name.clone()),
        mood: state.signals.last().cloned(),
    }
}

/// Conversations of one's shops, by state and words.
#[utoipa::path(get, path = "/v1/agent/conversations", tag = "agent", params(Which),
    responses((status = 200, body = Rows), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn list(State(app): State<Arc<App>>, caller: Caller, Query(which): Query<Which>) -> Answer<Json<Rows>> {
    let phase = match which.state.as_deref().filter(|word| !word.is_empty()) {
        Some(word) => Some(Phase::from_word(word).ok_or_else(|| Problem::field("state", "a state of a conversation"))?),
        None => None,
    };
    let words = which.q.filter(|words| !words.trim().is_empty());
    let filter = Filter { merchants: caller.agent.merchants, phase, words, limit: ROWS, ..Filter::default() };
    let conversations = app.store.list(filter).await?.into_iter().map(inbox_row).collect();
    Ok(Json(Rows { conversations }))
}

/// The whole conversation, notes included: the last 500 events.
#[utoipa::path(get, path = "/v1/agent/conversations/{id}", tag = "agent", params(("id" = String, Path)),
    responses((status = 200, body = CaseFile), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn get(State(app): State<Arc<App>>, caller: Caller, Path(id): Path<String>) -> Answer<Json<CaseFile>> {
    let conversation = ConversationId(id);
    let state = app.conversation_for(&caller.agent, &conversation).await?.state;
    let after = state.seq.saturating_sub(u64::from(EVENTS));
    let events = app.store.events(&conversation, after, EVENTS).await?;
    let events = events.into_iter().filter(|event| event.seq <= state.seq).map(frame::dressed_for_agent).collect();
    let reads = app.store.reads(&conversation).await?;
    let (shopper_name, shopper_email) =
        state.shopper.as_ref().map_or((None, None), |shopper| (shopper.name.clone(), shopper.email.clone()));
    Ok(Json(CaseFile {
        conversation_id: conversation,
        events,
        language: state.locale,
        cursor: state.seq,
        reads,
        priority: state.priority,
        vip: state.shopper.as_ref().is_some_and(|shopper| shopper.vip),
        signals: state.signals,
        shopper_name,
        shopper_email,
        page: state.page,
        attributes: state.attributes,
        state: state.view,
    }))
}
