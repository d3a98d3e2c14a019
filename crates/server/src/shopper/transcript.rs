//! The shopper's own copy of a conversation, as plain text to keep.

use std::fmt::Write as _;
use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use http::header;
use warmline_protocol::event::AuthorKind;
use warmline_protocol::{Body, Problem};

use crate::app::App;
use crate::auth::shopper::Shopper;
use crate::problem::Answer;

const PAGE: u32 = 500;

/// All messages, in order, with their times and sources.
#[utoipa::path(get, path = "/v1/conversations/{id}/transcript", tag = "shopper", params(("id" = String, Path)),
    responses((status = 200, description = "the messages in order", body = String, content_type = "text/plain"),
        (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn get(State(app): State<Arc<App>>, shopper: Shopper) -> Answer<Response> {
    let mut copy = String::new();
    let mut after = 0;
    loop {
        let events = app.store.events(&shopper.conversation, after, PAGE).await?;
        let Some(last) = events.last() else { break };
        after = last.seq;
        for event in &events {
            let Body::MessagePosted(posted) = &event.body else { continue };
            let who = match event.author.kind {
                AuthorKind::Shopper => "You",
                AuthorKind::Assistant => "AI assistant",
                AuthorKind::Agent => event.author.name.as_deref().unwrap_or("A person"),
                AuthorKind::System => "Warmline",
            };
            // Writing to a string does not fail.
            let _ = writeln!(copy, "{} {who}:\n{}\n", event.at, posted.text);
            for citation in &posted.citations {
                let _ = writeln!(copy, "    {}: \u{201c}{}\u{201d}\n", citation.title, citation.quote);
            }
        }
    }
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"conversation.txt\""),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, copy).into_response())
}
