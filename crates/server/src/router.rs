//! Every route on one page.

use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::Response;
use axum::routing::{get, post};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::trace::TraceLayer;
use tracing::Instrument as _;
use utoipa::OpenApi as _;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use warmline_protocol::Code;

use crate::app::App;
use crate::problem::Refusal;
use crate::{agent, assets, auth, demo, hosted, openapi, shopper, stream, supervisor, system, theme};

#[derive(utoipa::OpenApi)]
#[openapi(info(
    title = "Warmline",
    description = "Support chat for online shops. Errors are RFC 9457 problems with a stable `code`; see docs/protocol.md."
))]
struct Description;

/// All routes.
pub fn router(app: Arc<App>) -> Router {
    let (api, mut description) = OpenApiRouter::with_openapi(Description::openapi())
        // The shopper's.
        .routes(routes!(shopper::widget::get))
        .routes(routes!(shopper::open::open))
        .routes(routes!(shopper::snapshot::get, shopper::snapshot::erase, shopper::identify::describe))
        .routes(routes!(shopper::snapshot::unread))
        .routes(routes!(stream::shopper::events))
        .routes(routes!(shopper::messages::post, shopper::messages::older))
        .routes(routes!(shopper::handoff::ask))
        .routes(routes!(shopper::handoff::cancel))
        .routes(routes!(shopper::handoff::decline))
        .routes(routes!(shopper::handoff::resume))
        .routes(routes!(shopper::handoff::stop))
        .routes(routes!(shopper::resolution::solved))
        .routes(routes!(shopper::resolution::rate))
        .routes(routes!(shopper::resolution::correct))
        .routes(routes!(shopper::signs::typing))
        .routes(routes!(shopper::signs::read))
        .routes(routes!(shopper::identify::identify))
        .routes(routes!(shopper::reset::reset))
        .routes(routes!(shopper::identify::own))
        .routes(routes!(shopper::transcript::get))
        // The agent's.
        .routes(routes!(agent::login::login))
        .routes(routes!(agent::login::logout))
        .routes(routes!(agent::login::me))
        .routes(routes!(agent::shift::switch))
        .routes(routes!(agent::shift::planned, agent::shift::plan))
        .routes(routes!(stream::agent::events))
        .routes(routes!(agent::conversations::list))
        .routes(routes!(agent::conversations::get))
        .routes(routes!(agent::offers::accept))
        .routes(routes!(agent::offers::decline))
        .routes(routes!(agent::write::take))
        .routes(routes!(agent::write::message))
        .routes(routes!(agent::write::note))
        .routes(routes!(agent::write::transfer))
        .routes(routes!(agent::write::give_back))
        .routes(routes!(agent::write::resolve))
        .routes(routes!(agent::signs::typing))
        .routes(routes!(agent::signs::read))
        .routes(routes!(agent::suggestion::suggest))
        // The supervisor's.
        .routes(routes!(supervisor::overview::get))
        .routes(routes!(supervisor::events::get))
        .routes(routes!(supervisor::report::get))
        .split_for_parts();
    // The guard stands in front of what a route does with a method that it does not know, since it answers the preflights.
    let api = api
        .method_not_allowed_fallback(|| async { Refusal::from(Code::MethodNotAllowed) })
        .layer(from_fn_with_state(app.clone(), auth::origin::guard));
    let (operators, more) = OpenApiRouter::new()
        // The operator's.
        .routes(routes!(system::health))
        .routes(routes!(system::ready))
        .routes(routes!(system::metrics))
        .split_for_parts();
    description.merge(more);
    let description = Arc::new(openapi::with_security(description));
    api.merge(operators)
        .route("/openapi.json", get(move || async move { axum::Json(description.as_ref().clone()) }))
        // The widget, the console, the hosted page.
        .route("/widget.js", get(assets::loader))
        .route("/assets/{name}", get(assets::file))
        .route("/console", get(assets::console))
        .route("/console/boot.js", get(assets::console_boot))
        .route("/console/style.css", get(assets::console_style))
        .merge(hosted::routes())
        // The demo.
        .route("/", get(demo::shop))
        .route("/shop/{name}", get(demo::shop_file))
        .route("/demo/identity", post(demo::identity))
        .route("/demo/orders-api/{*path}", get(demo::orders))
        .route("/dev/events", get(demo::rebuilt))
        .route("/dev/reload.js", get(demo::reload))
        .merge(theme::routes())
        .fallback(|| async { Refusal::from(Code::NotFound) })
        .method_not_allowed_fallback(|| async { Refusal::from(Code::MethodNotAllowed) })
        .layer(CatchPanicLayer::custom(|_: Box<dyn std::any::Any + Send>| {
            axum::response::IntoResponse::into_response(Refusal::from(Code::Internal))
        }))
        .layer(from_fn(to_the_end))
        .layer(TraceLayer::new_for_http())
        .with_state(app)
}

/// A write goes on to its end though the caller is gone: what is stored must be told, and an answer that it froze must go on.
async fn to_the_end(request: Request, next: Next) -> Response {
    if request.method().is_safe() {
        return next.run(request).await;
    }
    let written = tokio::spawn(next.run(request).in_current_span()).await;
    written.unwrap_or_else(|error| axum::response::IntoResponse::into_response(Refusal::internal(error)))
}
