//! What an agent does in a conversation: take, write, note, transfer, return, resolve.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use warmline_conversation::command::{AgentCommand, TransferTo};
use warmline_protocol::{AgentId, ConversationId, Problem};

use crate::app::App;
use crate::auth::session::Caller;
use crate::body::{self, Body, CommandId};
use crate::problem::Answer;
use crate::shopper::command::{Bare, Taken, key};
use crate::shopper::messages::Post;

/// A reason that the shopper reads.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Reason {
    /// The client's id.
    pub client_id: CommandId,
    /// 1 to 500 characters.
    pub reason: String,
}

/// To another person, or to whoever has a skill.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Transfer {
    /// The client's id.
    pub client_id: CommandId,
    /// An agent's id or e-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "ben@demo.shop")]
    pub agent: Option<String>,
    /// A skill.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skill: Option<String>,
    /// For whoever gets it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

fn id(path: String) -> ConversationId {
    ConversationId(path)
}

/// Takes a conversation unasked: the assistant falls silent, and of two agents one wins.
#[utoipa::path(post, path = "/v1/agent/conversations/{id}/take", tag = "agent", params(("id" = String, Path)), request_body = Bare,
    responses((status = 202, body = Taken), (status = 200, body = Taken, description = "already one's own"),
        (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn take(State(app): State<Arc<App>>, caller: Caller, Path(path): Path<String>, Body(bare): Body<Bare>) -> Answer<Response> {
    let key = key("take", &bare.client_id, &(&bare, &caller.agent.id))?;
    app.agent_command(&caller.agent, &id(path), key, AgentCommand::Take).await
}

/// Writes to the shopper.
#[utoipa::path(post, path = "/v1/agent/conversations/{id}/messages", tag = "agent", params(("id" = String, Path)), request_body = Post,
    responses((status = 202, body = Taken), (status = 200, body = Taken, description = "a resend"),
        (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn message(State(app): State<Arc<App>>, caller: Caller, Path(path): Path<String>, Body(post): Body<Post>) -> Answer<Response> {
    let text = body::text(&post.text)?;
    let key = key("agent/messages", &post.client_id, &(&post, &caller.agent.id))?;
    let command = AgentCommand::Message { client_id: post.client_id.id(), text };
    app.agent_command(&caller.agent, &id(path), key, command).await
}

/// Writes a note that only agents see.
#[utoipa::path(post, path = "/v1/agent/conversations/{id}/notes", tag = "agent", params(("id" = String, Path)), request_body = Post,
    responses((status = 202, body = Taken), (status = 200, body = Taken, description = "a resend"),
        (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn note(State(app): State<Arc<App>>, caller: Caller, Path(path): Path<String>, Body(post): Body<Post>) -> Answer<Response> {
    let text = body::text(&post.text)?;
    let key = key("agent/notes", &post.client_id, &(&post, &caller.agent.id))?;
    app.agent_command(&caller.agent, &id(path), key, AgentCommand::Note(text)).await
}

/// Hands a conversation to another agent or skill. The shopper's clock is not reset.
#[utoipa::path(post, path = "/v1/agent/conversations/{id}/transfer", tag = "agent", params(("id" = String, Path)), request_body = Transfer,
    responses((status = 202, body = Taken), (status = 200, body = Taken, description = "a resend"),
        (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn transfer(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(path): Path<String>,
    Body(transfer): Body<Transfer>,
) -> Answer<Response> {
    let to = match (&transfer.agent, &transfer.skill) {
        (Some(wanted), None) => TransferTo::Agent(app.colleague(&caller, wanted).await?),
        (None, Some(skill)) => TransferTo::Skill(body::short("skill", skill, 100)?),
        (Some(_), Some(_)) | (None, None) => return Err(Problem::field("agent", "either an agent or a skill").into()),
    };
    let note = transfer.note.as_deref().map(body::text).transpose()?;
    let key = key("transfer", &transfer.client_id, &(&transfer, &caller.agent.id))?;
    app.agent_command(&caller.agent, &id(path), key, AgentCommand::Transfer { to, note }).await
}

impl App {
    /// Another agent of the same shop, by id or address.
    async fn colleague(&self, caller: &Caller, wanted: &str) -> Answer<AgentId> {
        let found = match self.store.agent_by_email(wanted).await? {
            Some(agent) => Some(agent),
            None => self.store.agent(&AgentId(wanted.to_owned())).await?,
        };
        found
            .filter(|agent| agent.id != caller.agent.id && agent.merchants.iter().any(|shop| caller.agent.merchants.contains(shop)))
            .map(|agent| agent.id)
            .ok_or_else(|| Problem::field("agent", "another agent of this shop, by id or e-mail address").into())
    }
}

/// Gives a conversation back to the assistant.
#[utoipa::path(post, path = "/v1/agent/conversations/{id}/return", tag = "agent", params(("id" = String, Path)), request_body = Reason,
    responses((status = 202, body = Taken), (status = 200, body = Taken, description = "a resend"),
        (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn give_back(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(path): Path<String>,
    Body(reason): Body<Reason>,
) -> Answer<Response> {
    let text = body::short("reason", &reason.reason, 500)?;
    let key = key("return", &reason.client_id, &(&reason, &caller.agent.id))?;
    app.agent_command(&caller.agent, &id(path), key, AgentCommand::Return(text)).await
}

/// Closes a conversation, with a reason that the shopper reads.
#[utoipa::path(post, path = "/v1/agent/conversations/{id}/resolve", tag = "agent", params(("id" = String, Path)), request_body = Reason,
    responses((status = 202, body = Taken), (status = 200, body = Taken, description = "closed already"),
        (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn resolve(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(path): Path<String>,
    Body(reason): Body<Reason>,
) -> Answer<Response> {
    let text = body::short("reason", &reason.reason, 500)?;
    let key = key("resolve", &reason.client_id, &(&reason, &caller.agent.id))?;
    app.agent_command(&caller.agent, &id(path), key, AgentCommand::Resolve(text)).await
}
