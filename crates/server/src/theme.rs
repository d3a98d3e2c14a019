//! The demo's theme page: a designer changes the widget's properties and sees the real widget change.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use http::header;
use warmline_protocol::Code;

use crate::app::App;
use crate::assets::{self, Assets};
use crate::problem::{Answer, Refusal};

/// The page and its files, in the demo only.
pub fn routes() -> Router<Arc<App>> {
    Router::new().route("/theme", get(page)).route("/theme/{file}", get(file))
}

async fn page(State(app): State<Arc<App>>) -> Answer<Response> {
    let demo = app.demo.as_ref().ok_or(Code::NotFound)?;
    let html = tokio::fs::read_to_string(demo.root.join("demo/theme/index.html")).await.map_err(Refusal::internal)?;
    Ok(assets::page(html))
}

/// The page's own files, and the list of properties as the widget is built from it.
async fn file(State(app): State<Arc<App>>, Path(name): Path<String>) -> Answer<Response> {
    let demo = app.demo.as_ref().ok_or(Code::NotFound)?;
    let (folder, kind) = match name.as_str() {
        "tokens.css" => ("style", "text/css; charset=utf-8"),
        "theme.css" => ("demo/theme", "text/css; charset=utf-8"),
        "theme.js" => ("demo/theme", "text/javascript; charset=utf-8"),
        _ => return Err(Code::NotFound.into()),
    };
    let body = Assets::Folder(demo.root.join(folder)).read(&name).await.ok_or(Code::NotFound)?;
    let headers = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-cache"), (header::X_CONTENT_TYPE_OPTIONS, "nosniff")];
    Ok((headers, body).into_response())
}
