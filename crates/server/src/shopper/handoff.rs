//! The way to a person, by tap. It asks no model, and works when the assistant does not.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;
use warmline_conversation::command::ShopperCommand;
use warmline_conversation::{Command, State as Rules};
use warmline_protocol::{ConversationId, Problem};

use super::command::{Bare, Taken, answer, key};
use crate::app::App;
use crate::auth::shopper::Shopper;
use crate::body::{self, Body, CommandId};
use crate::conversations::{Done, Key, Request};
use crate::problem::Answer;

/// Asks for a person.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Ask {
    /// The client's id.
    pub client_id: CommandId,
    /// Why, in the shopper's words: up to 200 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// The case.
#[derive(Debug, Serialize, ToSchema)]
pub struct Asked {
    /// The seq of the request.
    pub seq: u64,
    /// The code of the case.
    pub case_code: String,
}

fn case_answer(seq: u64, state: &Rules) -> Value {
    json!({ "seq": seq, "case_code": state.view.case.as_ref().map(|case| &case.code) })
}

impl App {
    /// Asks for a person.
    pub async fn ask_for_person(&self, conversation: &ConversationId, key: Key, reason: Option<String>) -> Answer<Done> {
        let command = ShopperCommand::AskForPerson { reason: reason.unwrap_or_else(|| "tap".to_owned()) };
        let make = move |_: &Rules| Command::Shopper(command.clone());
        self.execute(conversation, Request { make: &make, key: Some(key), answer: &case_answer, limited: true }).await
    }
}

/// Asks for a person: a code, a place, a promise. Again while it is open: 200 and the same.
#[utoipa::path(post, path = "/v1/conversations/{id}/handoff", tag = "shopper", params(("id" = String, Path)), request_body = Ask,
    responses((status = 202, body = Asked), (status = 200, body = Asked, description = "already asked for"),
        (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn ask(State(app): State<Arc<App>>, shopper: Shopper, Body(ask): Body<Ask>) -> Answer<Response> {
    let reason = ask.reason.as_deref().map(|reason| body::short("reason", reason, 200)).transpose()?;
    let key = key("handoff", &ask.client_id, &ask)?;
    app.ask_for_person(&shopper.conversation, key, reason).await.map(answer)
}

/// No longer a person.
#[utoipa::path(post, path = "/v1/conversations/{id}/handoff/cancel", tag = "shopper", params(("id" = String, Path)), request_body = Bare,
    responses((status = 202, body = Taken), (status = 200, body = Taken),
        (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn cancel(State(app): State<Arc<App>>, shopper: Shopper, Body(bare): Body<Bare>) -> Answer<Response> {
    let key = key("handoff/cancel", &bare.client_id, &bare)?;
    app.shopper_command(&shopper.conversation, key, ShopperCommand::CancelHandoff).await
}

/// Declines a person that was offered; the same reason is not offered again.
#[utoipa::path(post, path = "/v1/conversations/{id}/handoff/decline", tag = "shopper", params(("id" = String, Path)), request_body = Bare,
    responses((status = 202, body = Taken), (status = 200, body = Taken),
        (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn decline(State(app): State<Arc<App>>, shopper: Shopper, Body(bare): Body<Bare>) -> Answer<Response> {
    let key = key("handoff/decline", &bare.client_id, &bare)?;
    app.shopper_command(&shopper.conversation, key, ShopperCommand::DeclineOffer).await
}

/// Asks the assistant while waiting; place and clock stay.
#[utoipa::path(post, path = "/v1/conversations/{id}/assistant/resume", tag = "shopper", params(("id" = String, Path)), request_body = Bare,
    responses((status = 202, body = Taken), (status = 200, body = Taken),
        (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn resume(State(app): State<Arc<App>>, shopper: Shopper, Body(bare): Body<Bare>) -> Answer<Response> {
    let key = key("assistant/resume", &bare.client_id, &bare)?;
    app.shopper_command(&shopper.conversation, key, ShopperCommand::AskMeanwhile).await
}

/// Stops the answer that is under way; what was shown of it stays.
#[utoipa::path(post, path = "/v1/conversations/{id}/stop", tag = "shopper", params(("id" = String, Path)), request_body = Bare,
    responses((status = 202, body = Taken), (status = 200, body = Taken),
        (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn stop(State(app): State<Arc<App>>, shopper: Shopper, Body(bare): Body<Bare>) -> Answer<Response> {
    let key = key("stop", &bare.client_id, &bare)?;
    app.shopper_command(&shopper.conversation, key, ShopperCommand::Stop).await
}
