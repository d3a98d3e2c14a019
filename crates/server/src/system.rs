//! What operators ask: is it well, is it ready, how much does it do, what can be called.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use http::{StatusCode, header};
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::App;

/// How it is.
#[derive(Debug, Serialize, ToSchema)]
pub struct Health {
    /// `ok`, or `failing`.
    pub status: &'static str,
    /// The log answers and can be written.
    pub store: bool,
    /// Merchants whose assistant works; the way to a person works without.
    pub assistants: usize,
    /// All merchants.
    pub merchants: usize,
    /// How the assistant finds articles: by words, or with an embedder.
    pub retrieval: &'static str,
}

/// 200 when it can serve.
#[utoipa::path(get, path = "/health", tag = "system", responses((status = 200, body = Health), (status = 503, body = Health)))]
pub async fn health(State(app): State<Arc<App>>) -> Response {
    let store = app.store.healthy().await.is_ok();
    let health = Health {
        status: if store { "ok" } else { "failing" },
        store,
        assistants: app.merchants.values().filter(|merchant| merchant.assistant.is_some()).count(),
        merchants: app.merchants.len(),
        retrieval: "words",
    };
    let status = if store { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(health)).into_response()
}

/// 200 while new calls are welcome; 503 as soon as the server stops.
#[utoipa::path(get, path = "/ready", tag = "system", responses((status = 200), (status = 503)))]
pub async fn ready(State(app): State<Arc<App>>) -> StatusCode {
    if app.closing.is_cancelled() { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::OK }
}

/// Prometheus text.
#[utoipa::path(get, path = "/metrics", tag = "system", responses((status = 200, body = String, content_type = "text/plain")))]
pub async fn metrics(State(app): State<Arc<App>>) -> Response {
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], app.metrics.render()).into_response()
}
