//! Accept an offer, or let it pass. The offer's id leads to its conversation.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;
use warmline_conversation::command::AgentCommand;
use warmline_protocol::{Code, OfferId, Problem};

use crate::app::App;
use crate::auth::session::Caller;
use crate::body::Body;
use crate::problem::Answer;
use crate::shopper::command::{Bare, Taken, key};

/// Accepts an offer: the conversation is the agent's, unless somebody was faster.
#[utoipa::path(post, path = "/v1/agent/offers/{id}/accept", tag = "agent", params(("id" = String, Path)), request_body = Bare,
    responses((status = 202, body = Taken), (status = 200, body = Taken, description = "a resend"),
        (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn accept(State(app): State<Arc<App>>, caller: Caller, Path(id): Path<String>, Body(bare): Body<Bare>) -> Answer<Response> {
    let offer = OfferId(id);
    let conversation = app.store.conversation_of_offer(&offer).await?.ok_or(Code::NotFound)?;
    let key = key("accept", &bare.client_id, &(&bare, &offer, &caller.agent.id))?;
    app.agent_command(&caller.agent, &conversation, key, AgentCommand::Accept(offer)).await
}

/// Lets an offer pass: it goes on to the next who can.
#[utoipa::path(post, path = "/v1/agent/offers/{id}/decline", tag = "agent", params(("id" = String, Path)), request_body = Bare,
    responses((status = 202, body = Taken), (status = 200, body = Taken, description = "over already"),
        (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn decline(State(app): State<Arc<App>>, caller: Caller, Path(id): Path<String>, Body(bare): Body<Bare>) -> Answer<Response> {
    let offer = OfferId(id);
    let conversation = app.store.conversation_of_offer(&offer).await?.ok_or(Code::NotFound)?;
    let key = key("pass", &bare.client_id, &(&bare, &offer, &caller.agent.id))?;
    app.agent_command(&caller.agent, &conversation, key, AgentCommand::Pass(offer)).await
}
