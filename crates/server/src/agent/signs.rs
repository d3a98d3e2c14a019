//! The agent's passing signs: typing, and read marks.

use std::sync::Arc;

use axum::extract::{Path, State};
use http::StatusCode;
use warmline_conversation::command::AgentCommand;
use warmline_conversation::{Command, State as Rules};
use warmline_protocol::event::AuthorKind;
use warmline_protocol::passing::{Read as ReadSign, Typing};
use warmline_protocol::{Author, ConversationId, Passing, Problem};

use crate::app::App;
use crate::auth::session::Caller;
use crate::body::Body;
use crate::conversations::{Request, seq_answer};
use crate::problem::Answer;
use crate::shopper::signs::Read;

/// The agent is typing.
#[utoipa::path(post, path = "/v1/agent/conversations/{id}/typing", tag = "agent", params(("id" = String, Path)),
    responses((status = 204), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn typing(State(app): State<Arc<App>>, caller: Caller, Path(id): Path<String>) -> Answer<StatusCode> {
    let conversation = ConversationId(id);
    let agent = &caller.agent;
    app.conversation_for(agent, &conversation).await?;
    let make = |_: &Rules| Command::Agent { agent: agent.id.clone(), name: agent.name.clone(), command: AgentCommand::Typing };
    app.execute(&conversation, Request { make: &make, key: None, answer: &seq_answer, limited: false }).await?;
    if app.limits.sign(&conversation) {
        let sign = Passing::Typing(Typing { author: Author::agent(&agent.name) });
        app.bus.passing(&conversation, Some(agent.id.clone()), sign);
    }
    Ok(StatusCode::NO_CONTENT)
}

/// The agent has read up to a seq: the shopper sees that somebody has.
#[utoipa::path(post, path = "/v1/agent/conversations/{id}/read", tag = "agent", params(("id" = String, Path)), request_body = Read,
    responses((status = 204), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn read(State(app): State<Arc<App>>, caller: Caller, Path(id): Path<String>, Body(read): Body<Read>) -> Answer<StatusCode> {
    let conversation = ConversationId(id);
    let stored = app.conversation_for(&caller.agent, &conversation).await?;
    let seq = read.seq.min(stored.state.seq);
    let owns = stored.state.owner.as_ref() == Some(&caller.agent.id);
    if owns && app.store.mark_read(&conversation, AuthorKind::Agent, seq).await? {
        let sign = Passing::Read(ReadSign { author: Author::agent(&caller.agent.name), seq });
        app.bus.passing(&conversation, Some(caller.agent.id.clone()), sign);
    }
    Ok(StatusCode::NO_CONTENT)
}
