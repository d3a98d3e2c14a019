//! Who the shopper is, where they are, and which conversations are theirs.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use http::HeaderMap;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use warmline_conversation::command::ShopperCommand;
use warmline_conversation::state::Identified;
use warmline_conversation::{Command, State as Rules};
use warmline_protocol::event::{Attribute, ContextChanged};
use warmline_protocol::{Code, ConversationId, Phase, Problem, Timestamp};
use warmline_store::Filter;

use super::open::LONGEST_PAGE;
use crate::app::{App, now};
use crate::auth::identity::{self, Identity};
use crate::auth::shopper::{Shopper, bearer};
use crate::auth::token;
use crate::body::Body;
use crate::conversations::{Request, seq_answer};
use crate::problem::Answer;

/// A signed identity.
#[derive(Deserialize, ToSchema)]
pub struct Identify {
    /// A JWT that the merchant signed.
    pub identity: String,
}

/// What the page says.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Describe {
    /// The shopper's language.
    pub locale: Option<String>,
    /// The page.
    pub page: Option<String>,
    /// Up to 20 of the merchant's own, each up to 200 characters.
    pub attributes: Option<BTreeMap<String, String>>,
}

/// The conversation.
#[derive(Debug, Serialize, ToSchema)]
pub struct Attached {
    /// Which.
    pub conversation_id: ConversationId,
}

/// One of a shopper's conversations.
#[derive(Debug, Serialize, ToSchema)]
pub struct Own {
    /// Which.
    pub conversation_id: ConversationId,
    /// A fresh token that opens it.
    pub token: String,
    /// Where it stands.
    pub phase: Phase,
    /// When anything last happened.
    pub updated_at: Timestamp,
    /// The last words.
    pub snippet: String,
}

/// A shopper's conversations.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnConversations {
    /// Newest first.
    pub conversations: Vec<Own>,
}

/// Says who the shopper is. A conversation of another shopper is refused, never merged: open a new one.
#[utoipa::path(post, path = "/v1/conversations/{id}/identify", tag = "shopper", params(("id" = String, Path)), request_body = Identify,
    responses((status = 200, body = Attached), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn identify(State(app): State<Arc<App>>, shopper: Shopper, Body(body): Body<Identify>) -> Answer<Json<Attached>> {
    let stored = app.store.load(&shopper.conversation).await?.ok_or(Code::NotFound)?;
    let merchant = app.merchant(&stored.merchant).ok_or(Code::NotFound)?;
    let identity = identity::check(&body.identity, &merchant.config, now())?;
    let Identity { sub, name, email, vip, .. } = identity.clone();
    let command = ShopperCommand::Identify(Identified { sub, name, email, vip });
    let make = move |_: &Rules| Command::Shopper(command.clone());
    app.execute(&shopper.conversation, Request { make: &make, key: None, answer: &seq_answer, limited: true }).await?;
    app.verified.keep(&shopper.conversation, identity, now());
    Ok(Json(Attached { conversation_id: shopper.conversation }))
}

/// Says where the shopper is, and in which language.
#[utoipa::path(patch, path = "/v1/conversations/{id}", tag = "shopper", params(("id" = String, Path)), request_body = Describe,
    responses((status = 200, body = Attached), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn describe(State(app): State<Arc<App>>, shopper: Shopper, Body(body): Body<Describe>) -> Answer<Json<Attached>> {
    let stored = app.store.load(&shopper.conversation).await?.ok_or(Code::NotFound)?;
    let merchant = app.merchant(&stored.merchant).ok_or(Code::NotFound)?;
    let attributes = body.attributes.unwrap_or_default();
    let fits = |text: &str| text.chars().count() <= 200;
    if attributes.len() > 20 || !attributes.iter().all(|(name, value)| fits(name) && fits(value)) {
        return Err(Problem::field("attributes", "up to 20, each of up to 200 characters").into());
    }
    if body.page.as_ref().is_some_and(|page| page.chars().count() > LONGEST_PAGE) {
        return Err(Problem::field("page", "at most 2000 characters").into());
    }
    let context = ContextChanged {
        locale: body.locale.as_deref().map(|locale| merchant.config.locale_for(Some(locale))),
        page: body.page,
        attributes: attributes.into_iter().map(|(name, value)| Attribute { name, value }).collect(),
    };
    let make = move |_: &Rules| Command::Shopper(ShopperCommand::Describe(context.clone()));
    app.execute(&shopper.conversation, Request { make: &make, key: None, answer: &seq_answer, limited: true }).await?;
    Ok(Json(Attached { conversation_id: shopper.conversation }))
}

/// One's own conversations, each with a fresh token. The bearer is a signed identity.
#[utoipa::path(get, path = "/v1/shopper/conversations", tag = "shopper",
    responses((status = 200, body = OwnConversations), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn own(State(app): State<Arc<App>>, headers: HeaderMap) -> Answer<Json<OwnConversations>> {
    let jwt = bearer(&headers).ok_or(Code::Unauthorized)?;
    let now = now();
    let (merchant, identity) = app
        .merchants
        .values()
        .find_map(|merchant| identity::check(jwt, &merchant.config, now).ok().map(|identity| (merchant, identity)))
        .ok_or(Code::IdentityRefused)?;
    app.check_origin(&headers, merchant)?;
    let filter = Filter { merchants: vec![merchant.config.key.clone()], sub: Some(identity.sub.clone()), limit: 20, ..Filter::default() };
    let mut conversations = Vec::new();
    for row in app.store.list(filter).await? {
        let token = token::fresh();
        app.store.add_token(&row.conversation, token::hash(&token), now).await?;
        app.verified.keep(&row.conversation, identity.clone(), now);
        conversations.push(Own {
            conversation_id: row.conversation,
            token,
            phase: row.state.view.phase,
            updated_at: row.updated_at,
            snippet: row.snippet,
        });
    }
    Ok(Json(OwnConversations { conversations }))
}
