//! Log in, log out, who am I.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use http::{HeaderMap, StatusCode, header};
use serde::Deserialize;
use utoipa::ToSchema;
use warmline_protocol::agent::Me;
use warmline_protocol::{Code, Problem};
use warmline_store::{Agent, NewSession};

use crate::app::{App, now};
use crate::auth::session::{COOKIE, Caller, LASTS_S, cookie};
use crate::auth::{password, token};
use crate::body::Body;
use crate::problem::Answer;

/// The longest address that there is.
const LONGEST_EMAIL: usize = 254;

/// E-mail and password.
#[derive(Deserialize, ToSchema)]
pub struct Login {
    /// The address.
    pub email: String,
    /// The password.
    pub password: String,
}

/// Logs in: a session cookie, and the token for `X-CSRF-Token`.
#[utoipa::path(post, path = "/v1/agent/login", tag = "agent", request_body = Login,
    responses((status = 200, body = Me), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn login(State(app): State<Arc<App>>, headers: HeaderMap, Body(login): Body<Login>) -> Answer<Response> {
    app.check_own_origin(&headers)?;
    let email = login.email.trim().to_lowercase();
    if email.len() > LONGEST_EMAIL {
        // Nobody has it. It is not counted either, since what is counted is kept.
        return Err(Code::BadCredentials.into());
    }
    app.limits.may_log_in(&email)?;
    let agent = app.store.agent_by_email(&email).await?;
    let known = agent.as_ref().map(|agent| agent.password_hash.clone());
    // Argon2 is meant to be slow; a password longer than any real one would make it slower.
    let fits = login.password.len() <= 1_000;
    let right = fits && password::check(login.password, known).await?;
    // Asked again: of guesses that came at once no more are answered than of those that came one by one.
    app.limits.may_log_in(&email)?;
    let Some(agent) = agent.filter(|_| right) else {
        app.limits.wrong_login(&email);
        return Err(Code::BadCredentials.into());
    };
    let (secret, csrf) = (token::fresh(), token::fresh());
    let expires_at = now().plus_seconds(LASTS_S);
    let session = NewSession { token: token::hash(&secret), agent: agent.id.clone(), csrf: csrf.clone(), expires_at };
    app.store.begin_session(session).await?;
    let secure = if app.own_origins.iter().any(|origin| origin.starts_with("https:")) { "; Secure" } else { "" };
    let cookie = format!("{COOKIE}={secret}; Path=/; HttpOnly; SameSite=Strict; Max-Age={LASTS_S}{secure}");
    Ok(([(header::SET_COOKIE, cookie)], Json(me_of(&agent, csrf))).into_response())
}

/// Ends the session.
#[utoipa::path(post, path = "/v1/agent/logout", tag = "agent",
    responses((status = 204), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn logout(State(app): State<Arc<App>>, _: Caller, headers: HeaderMap) -> Answer<Response> {
    if let Some(secret) = cookie(&headers, COOKIE) {
        app.store.end_session(token::hash(secret)).await?;
    }
    let gone = format!("{COOKIE}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, gone)]).into_response())
}

/// Who am I.
#[utoipa::path(get, path = "/v1/agent/me", tag = "agent",
    responses((status = 200, body = Me), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn me(caller: Caller) -> Json<Me> {
    Json(me_of(&caller.agent, caller.csrf))
}

fn me_of(agent: &Agent, csrf_token: String) -> Me {
    Me {
        agent_id: agent.id.clone(),
        name: agent.name.clone(),
        email: agent.email.clone(),
        role: agent.role.name().to_owned(),
        online: agent.online,
        capacity: agent.capacity,
        csrf_token,
        languages: agent.languages.clone(),
        skills: agent.skills.clone(),
    }
}
