//! Which page calls. Every route of `/v1` refuses an origin that no merchant allows and that is not ours; a program sends none.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use warmline_protocol::Code;

use crate::app::{App, Merchant};
use crate::problem::{Answer, Refusal};

/// The origin that a browser names; none from a program.
pub fn of(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::ORIGIN).map(|origin| origin.to_str().unwrap_or("null"))
}

impl App {
    /// Whether a page of this merchant's, or of ours, calls.
    pub fn check_origin(&self, headers: &HeaderMap, merchant: &Merchant) -> Answer<()> {
        match of(headers) {
            None => Ok(()),
            Some(origin) if allowed(&merchant.config.origins, origin) || allowed(&self.own_origins, origin) => Ok(()),
            Some(_) => Err(Code::OriginNotAllowed.into()),
        }
    }

    /// Whether a page of ours calls: agents work on no other.
    pub fn check_own_origin(&self, headers: &HeaderMap) -> Answer<()> {
        match of(headers) {
            None => Ok(()),
            Some(origin) if allowed(&self.own_origins, origin) => Ok(()),
            Some(_) => Err(Code::OriginNotAllowed.into()),
        }
    }
}

fn allowed(origins: &[String], origin: &str) -> bool {
    origins.iter().any(|allowed| allowed == origin)
}

/// Refuses foreign origins, answers preflights, and lets allowed pages read answers. Which merchant's page it is, a route checks.
pub async fn guard(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let Some(origin) = request.headers().get(header::ORIGIN).cloned() else { return next.run(request).await };
    let text = origin.to_str().unwrap_or("null");
    let known = allowed(&app.own_origins, text) || app.merchants.values().any(|merchant| allowed(&merchant.config.origins, text));
    if !known {
        return Refusal::from(Code::OriginNotAllowed).into_response();
    }
    let mut response = if request.method() == Method::OPTIONS {
        let mut preflight = StatusCode::NO_CONTENT.into_response();
        let headers = preflight.headers_mut();
        headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, POST, PATCH, DELETE"));
        headers.insert(
            header::ACCESS_CONTROL_ALLOW_HEADERS,
            HeaderValue::from_static("authorization, content-type, last-event-id, cache-control"),
        );
        headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("7200"));
        preflight
    } else {
        next.run(request).await
    };
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("retry-after"));
    headers.append(header::VARY, HeaderValue::from_static("origin"));
    response
}
