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

/// When a stream must show life: so long after its last frame, whatever happened that its reader does not see.
#[derive(Debug)]
pub struct Pulse(tokio::time::Instant);

impl Pulse {
    fn new() -> Self {
        Pulse(tokio::time::Instant::now())
    }

    fn beat(&mut self) {
        *self = Pulse::new();
    }

    async fn due(&self) {
        tokio::time::sleep_until(self.0 + std::time::Duration::from_secs(HEARTBEAT_S)).await;
    }
}

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
