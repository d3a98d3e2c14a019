//! The hosted page: the whole chat as a page that the server makes. It needs no script and no WebAssembly: each action is a form, each
//! answer a page. Where the widget cannot run, a person is reached here.
//!
//! Reading order: [`visit`](self) says who comes; `show` gathers a `scene` and answers with the `page`; `act` takes a form. The parts of
//! the page follow the page from above: `transcript` and its `message`s, `outcome`, `receipt`, `summary`, and the `bar` that never leaves.
//! Nothing is stored before the first message or the first ask for a person.

mod act;
mod bar;
mod clock;
mod forms;
mod markup;
mod message;
mod outcome;
mod page;
mod receipt;
mod scene;
mod show;
mod summary;
#[cfg(test)]
mod tests;
mod transcript;
mod visit;
mod words;

use std::sync::Arc;

use axum::Router;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use http::header;

use crate::app::App;

/// The page's style: the widget's colours, and how the page uses them.
const STYLE: &str = concat!(include_str!("../../../style/tokens.css"), include_str!("hosted/talk.css"));

/// The page, its forms, its style.
pub fn routes() -> Router<Arc<App>> {
    Router::new().route("/talk/style.css", get(style)).route("/talk/{key}", get(show::get)).route("/talk/{key}/{command}", post(act::post))
}

async fn style() -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/css; charset=utf-8"),
        (header::CACHE_CONTROL, "no-cache"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, STYLE).into_response()
}
