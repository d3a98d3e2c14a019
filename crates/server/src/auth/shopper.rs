//! A shopper's call: the token of one conversation, in the header and nowhere else.

use std::sync::Arc;

use axum::extract::{FromRequestParts, Path};
use http::request::Parts;
use http::{HeaderMap, header};
use warmline_protocol::{Code, ConversationId};

use super::token;
use crate::app::App;
use crate::problem::Refusal;

/// The conversation that the caller's token opens, and that the address names.
#[derive(Debug, Clone)]
pub struct Shopper {
    /// Which.
    pub conversation: ConversationId,
}

/// The bearer token of a call.
pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}

impl FromRequestParts<Arc<App>> for Shopper {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Refusal> {
        let token = bearer(&parts.headers).ok_or(Code::Unauthorized)?;
        let conversation = app.store.conversation_of(token::hash(token)).await?.ok_or(Code::Unauthorized)?;
        let Path(named) = Path::<String>::from_request_parts(parts, app).await.map_err(|_| Code::NotFound)?;
        if named != conversation.as_str() {
            return Err(Code::NotFound.into());
        }
        // With one merchant the guard of all routes has said what there is to say of the origin.
        if app.merchants.len() > 1 && super::origin::of(&parts.headers).is_some() {
            let stored = app.store.load(&conversation).await?.ok_or(Code::NotFound)?;
            let merchant = app.merchant(&stored.merchant).ok_or(Code::NotFound)?;
            app.check_origin(&parts.headers, merchant)?;
        }
        Ok(Shopper { conversation })
    }
}
