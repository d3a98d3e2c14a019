//! An agent's call: a session cookie that scripts cannot read, and for writes a token that other sites cannot know.

use std::sync::Arc;

use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use http::request::Parts;
use http::{HeaderMap, Method, header};
use warmline_protocol::Code;
use warmline_store::{Agent, Role};

use super::token;
use crate::app::{App, now};
use crate::problem::Refusal;

/// The cookie's name.
pub const COOKIE: &str = "warmline_session";
/// Seconds for which a session lasts.
pub const LASTS_S: i64 = 12 * 3600;

/// The agent who calls.
#[derive(Debug, Clone)]
pub struct Caller {
    /// Who.
    pub agent: Agent,
    /// For the header `X-CSRF-Token`.
    pub csrf: String,
}

/// The supervisor who calls.
#[derive(Debug, Clone)]
pub struct Supervisor(pub Caller);

/// The session's token in the cookies of a call.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(found, _)| *found == name)
        .map(|(_, value)| value)
}

impl FromRequestParts<Arc<App>> for Caller {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Refusal> {
        app.check_own_origin(&parts.headers)?;
        let token = cookie(&parts.headers, COOKIE).ok_or(Code::Unauthorized)?;
        let session = app.store.session(token::hash(token), now()).await?.ok_or(Code::Unauthorized)?;
        if parts.method != Method::GET && parts.method != Method::HEAD {
            let given = parts.headers.get("x-csrf-token").map(http::HeaderValue::as_bytes).unwrap_or_default();
            // Both hashed: the time of the comparison tells nothing of the token.
            if token::hash(&String::from_utf8_lossy(given)) != token::hash(&session.csrf) {
                return Err(Code::CsrfMissing.into());
            }
        }
        // Who calls is there, with or without a stream.
        app.presence.touch(&session.agent.id, now());
        Ok(Caller { agent: session.agent, csrf: session.csrf })
    }
}

impl OptionalFromRequestParts<Arc<App>> for Caller {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Option<Self>, Refusal> {
        Ok(<Self as FromRequestParts<Arc<App>>>::from_request_parts(parts, app).await.ok())
    }
}

impl FromRequestParts<Arc<App>> for Supervisor {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Refusal> {
        let caller = <Caller as FromRequestParts<Arc<App>>>::from_request_parts(parts, app).await?;
        match caller.agent.role {
            Role::Supervisor => Ok(Supervisor(caller)),
            Role::Agent => Err(Code::Forbidden.into()),
        }
    }
}
