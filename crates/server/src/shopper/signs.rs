//! Passing signs: typing, and read marks (which are kept).

use std::sync::Arc;

use axum::extract::State;
use http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use warmline_protocol::event::AuthorKind;
use warmline_protocol::passing::{Read as ReadSign, Typing};
use warmline_protocol::{Author, Passing, Problem};

use crate::app::App;
use crate::auth::shopper::Shopper;
use crate::body::Body;
use crate::problem::Answer;

/// A read mark.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Read {
    /// Up to which seq.
    pub seq: u64,
}

/// The shopper is typing. What they type is never sent.
#[utoipa::path(post, path = "/v1/conversations/{id}/typing", tag = "shopper", params(("id" = String, Path)),
    responses((status = 204), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn typing(State(app): State<Arc<App>>, shopper: Shopper) -> Answer<StatusCode> {
    if app.limits.sign(&shopper.conversation) {
        let owner = app.store.load(&shopper.conversation).await?.and_then(|stored| stored.state.owner);
        // Only a person who is there is told.
        if owner.is_some() {
            let sign = Passing::Typing(Typing { author: Author::of(AuthorKind::Shopper) });
            app.bus.passing(&shopper.conversation, owner, sign);
        }
    }
    Ok(StatusCode::NO_CONTENT)
}

/// The shopper has read up to a seq.
#[utoipa::path(post, path = "/v1/conversations/{id}/read", tag = "shopper", params(("id" = String, Path)), request_body = Read,
    responses((status = 204), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn read(State(app): State<Arc<App>>, shopper: Shopper, Body(read): Body<Read>) -> Answer<StatusCode> {
    if !app.limits.sign(&shopper.conversation) {
        return Ok(StatusCode::NO_CONTENT);
    }
    let Some(stored) = app.store.load(&shopper.conversation).await? else { return Ok(StatusCode::NO_CONTENT) };
    // A mark beyond the log would hide what comes.
    let seq = read.seq.min(stored.state.seq);
    if app.store.mark_read(&shopper.conversation, AuthorKind::Shopper, seq).await? {
        let sign = Passing::Read(ReadSign { author: Author::of(AuthorKind::Shopper), seq });
        app.bus.passing(&shopper.conversation, stored.state.owner, sign);
    }
    Ok(StatusCode::NO_CONTENT)
}
