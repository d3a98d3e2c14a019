//! What readers follow: [`frame`] writes one event, [`shopper`] and [`agent`] decide what each sees.

pub mod agent;
pub mod frame;
pub mod shopper;

use std::convert::Infallible;

use axum::body::Body;
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use futures::Stream;
use http::{HeaderMap, HeaderValue, header};
use warmline_protocol::Problem;

use crate::problem::Answer;

/// Seconds of silence after which a stream shows life.
pub const HEARTBEAT_S: u64 = 15;

/// The cursor of a call: `?after=N`, else the header `Last-Event-ID`, else the beginning.
fn cursor(after: Option<&str>, headers: &HeaderMap) -> Answer<u64> {
    let given = after.or_else(|| headers.get("last-event-id").and_then(|id| id.to_str().ok()));
    match given {
        None | Some("") => Ok(0),
        Some(text) => text.parse().map_err(|_| Problem::field("after", "the seq of the last event seen").into()),
    }
}

/// A stream as an answer: never cached, never buffered by a proxy that asks.
pub fn answer(stream: impl Stream<Item = Result<Bytes, Infallible>> + Send + 'static) -> Response {
    let mut response = Body::from_stream(stream).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    response
}
