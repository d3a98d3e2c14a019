//! A shopper's messages: write one, read older ones.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use warmline_assistant::understand::{Ask, understand};
use warmline_conversation::command::{AskedInWords, Heard, ShopperCommand};
use warmline_conversation::{Command, State as Rules};
use warmline_protocol::view::Page;
use warmline_protocol::{ConversationId, Problem};

use super::command::{Taken, answer, key};
use crate::app::App;
use crate::auth::shopper::Shopper;
use crate::body::{self, Body, CommandId, Query};
use crate::conversations::{Done, Key, Request, seq_answer};
use crate::problem::Answer;
use crate::stream::frame;

/// The most messages of a page.
const LARGEST_PAGE: u32 = 100;

/// A message.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Post {
    /// The client's id.
    pub client_id: CommandId,
    /// 1 to 4,000 characters.
    pub text: String,
}

/// Writes a message. The assistant answers it in the stream, or a person does.
#[utoipa::path(post, path = "/v1/conversations/{id}/messages", tag = "shopper", params(("id" = String, Path)), request_body = Post,
    responses((status = 202, body = Taken), (status = 200, body = Taken, description = "a resend"),
        (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn post(State(app): State<Arc<App>>, shopper: Shopper, Body(post): Body<Post>) -> Answer<Response> {
    let text = body::text(&post.text)?;
    let key = key("messages", &post.client_id, &post)?;
    app.shopper_says(&shopper.conversation, key, text).await.map(answer)
}

impl App {
    /// Takes a shopper's message: what it asks for is heard before it is decided, without the model.
    pub async fn shopper_says(&self, conversation: &ConversationId, key: Key, text: String) -> Answer<Done> {
        let client_id = key.client_id.clone();
        let make = move |state: &Rules| {
            let heard = understand(&text, &state.locale);
            Command::Shopper(ShopperCommand::Message {
                client_id: client_id.clone(),
                text: text.clone(),
                heard: Heard {
                    person: match heard.ask {
                        Ask::Sure => AskedInWords::Sure,
                        Ask::Unsure | Ask::No => AskedInWords::NotSure,
                    },
                    thanks: heard.thanks,
                    sentence: warmline_assistant::handover_sentence(&state.locale),
                },
            })
        };
        self.execute(conversation, Request { make: &make, key: Some(key), answer: &seq_answer, limited: true }).await
    }
}

/// Which page.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub struct Older {
    /// Messages before this seq.
    before: Option<u64>,
    /// At most so many, 50 by itself, 100 at most.
    limit: Option<u32>,
}

/// Older messages, and what happened between them.
#[utoipa::path(get, path = "/v1/conversations/{id}/messages", tag = "shopper", params(("id" = String, Path), Older),
    responses((status = 200, body = Page), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn older(State(app): State<Arc<App>>, shopper: Shopper, Query(older): Query<Older>) -> Answer<Json<Page>> {
    let limit = older.limit.unwrap_or(50).clamp(1, LARGEST_PAGE);
    let before = older.before.unwrap_or(i64::MAX as u64);
    let entries = app.store.entries(&shopper.conversation, before, limit, false).await?;
    Ok(Json(Page { messages: frame::dressed_all(entries.messages), notices: frame::dressed_all(entries.notices), more: entries.more }))
}
