//! Solved or not yet, a rating, and what is wrong in the summary.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use warmline_conversation::command::ShopperCommand;
use warmline_protocol::Problem;

use super::command::{Taken, key};
use crate::app::App;
use crate::auth::shopper::Shopper;
use crate::body::{self, Body, CommandId};
use crate::problem::Answer;

/// Solved, or not yet.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Solved {
    /// The client's id.
    pub client_id: CommandId,
    /// Whether it is solved.
    pub solved: bool,
}

/// A rating.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Rating {
    /// The client's id.
    pub client_id: CommandId,
    /// 1 to 5.
    #[schema(minimum = 1, maximum = 5)]
    pub score: u8,
    /// Up to 2,000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
}

/// What is wrong in the summary.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Correction {
    /// The client's id.
    pub client_id: CommandId,
    /// 1 to 4,000 characters.
    pub text: String,
}

/// Says whether it is solved. Only this, or a person with a reason, closes a conversation.
#[utoipa::path(post, path = "/v1/conversations/{id}/resolution", tag = "shopper", params(("id" = String, Path)), request_body = Solved,
    responses((status = 202, body = Taken), (status = 200, body = Taken),
        (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn solved(State(app): State<Arc<App>>, shopper: Shopper, Body(solved): Body<Solved>) -> Answer<Response> {
    let key = key("resolution", &solved.client_id, &solved)?;
    app.shopper_command(&shopper.conversation, key, ShopperCommand::Solved(solved.solved)).await
}

/// Rates it; again replaces it.
#[utoipa::path(post, path = "/v1/conversations/{id}/rating", tag = "shopper", params(("id" = String, Path)), request_body = Rating,
    responses((status = 202, body = Taken), (status = 200, body = Taken),
        (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn rate(State(app): State<Arc<App>>, shopper: Shopper, Body(rating): Body<Rating>) -> Answer<Response> {
    if !(1..=5).contains(&rating.score) {
        return Err(Problem::field("score", "1 to 5").into());
    }
    if rating.comment.as_ref().is_some_and(|comment| comment.chars().count() > 2_000) {
        return Err(Problem::field("comment", "at most 2000 characters").into());
    }
    let key = key("rating", &rating.client_id, &rating)?;
    let command = ShopperCommand::Rate { score: rating.score, comment: rating.comment };
    app.shopper_command(&shopper.conversation, key, command).await
}

/// Corrects the summary that the agent sees.
#[utoipa::path(post, path = "/v1/conversations/{id}/summary", tag = "shopper", params(("id" = String, Path)), request_body = Correction,
    responses((status = 202, body = Taken), (status = 200, body = Taken),
        (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn correct(State(app): State<Arc<App>>, shopper: Shopper, Body(correction): Body<Correction>) -> Answer<Response> {
    let text = body::text(&correction.text)?;
    let key = key("summary", &correction.client_id, &correction)?;
    app.shopper_command(&shopper.conversation, key, ShopperCommand::CorrectSummary(text)).await
}
