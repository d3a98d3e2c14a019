//! What all of a shopper's commands have in common: their key, and their answer.

use axum::Json;
use axum::response::{IntoResponse as _, Response};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use warmline_conversation::command::ShopperCommand;
use warmline_conversation::{Command, State};
use warmline_protocol::ConversationId;

use crate::app::App;
use crate::body::{CommandId, fingerprint};
use crate::conversations::{Done, Key, Request, seq_answer};
use crate::problem::Answer;

/// A command without more to say.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Bare {
    /// The client's id of the command.
    pub client_id: CommandId,
}

/// The answer to a command: the seq of what it was about.
#[derive(Debug, Serialize, ToSchema)]
pub struct Taken {
    /// The seq.
    pub seq: u64,
}

/// 202 when it is new, 200 when it is known or already so.
pub fn answer(done: Done) -> Response {
    let status = if done.again { StatusCode::OK } else { StatusCode::ACCEPTED };
    (status, Json(done.answer)).into_response()
}

/// The key of a command.
pub fn key(route: &str, client_id: &CommandId, body: &impl Serialize) -> Answer<Key> {
    Ok(Key { client_id: client_id.id(), fingerprint: fingerprint(route, body)? })
}

impl App {
    /// Takes a shopper's command whose answer is its seq.
    pub async fn shopper_command(&self, conversation: &ConversationId, key: Key, command: ShopperCommand) -> Answer<Response> {
        let make = move |_: &State| Command::Shopper(command.clone());
        let request = Request { make: &make, key: Some(key), answer: &seq_answer, limited: true };
        self.execute(conversation, request).await.map(answer)
    }
}
