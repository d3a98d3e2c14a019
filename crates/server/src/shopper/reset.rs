//! The device forgets its conversation: whoever found its token in the meantime finds it shut.

use std::sync::Arc;

use axum::extract::State;
use http::StatusCode;
use warmline_protocol::Problem;

use crate::app::App;
use crate::auth::shopper::Shopper;
use crate::problem::Answer;

/// Revokes the conversation's tokens. What was said stays, and a signed identity finds it again.
#[utoipa::path(post, path = "/v1/conversations/{id}/reset", tag = "shopper", params(("id" = String, Path)),
    responses((status = 204), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn reset(State(app): State<Arc<App>>, shopper: Shopper) -> Answer<StatusCode> {
    app.store.revoke_tokens(&shopper.conversation).await?;
    Ok(StatusCode::NO_CONTENT)
}
