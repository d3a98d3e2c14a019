//! Opens a conversation.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::Json;
use axum::extract::{ConnectInfo, State};
use axum::response::{IntoResponse as _, Response};
use http::{Extensions, HeaderMap, StatusCode};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use warmline_conversation::State as Rules;
use warmline_conversation::decide::NewEvent;
use warmline_protocol::event::{AuthorKind, ConversationStarted, ShopperIdentified};
use warmline_protocol::{Author, Body as Event, Code, ConversationId, Problem};
use warmline_store::{Append, AppendError, Receipt};

use crate::app::{App, Merchant, now};
use crate::auth::identity::{self, Identity};
use crate::auth::token;
use crate::body::{Body, CommandId, fingerprint};
use crate::bus::StoredNotice;
use crate::problem::{Answer, Refusal};

/// The longest address of a page.
pub const LONGEST_PAGE: usize = 2_000;

/// What opens a conversation.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Open {
    /// The merchant's public key.
    #[schema(example = "pk_demo")]
    pub key: String,
    /// The client's id.
    pub client_id: CommandId,
    /// The shopper's language.
    pub locale: Option<String>,
    /// The page.
    pub page: Option<String>,
    /// A JWT that the merchant signed.
    pub identity: Option<String>,
}

/// What opens the conversation from now on.
#[derive(Debug, Serialize, ToSchema)]
pub struct Opened {
    /// Its id.
    pub conversation_id: String,
    /// For `Authorization: Bearer`.
    pub token: String,
    /// The last event.
    pub cursor: u64,
}

/// Opens a conversation. The same `client_id` again opens the same one, with another token.
#[utoipa::path(post, path = "/v1/conversations", tag = "shopper", request_body = Open,
    responses((status = 201, body = Opened), (status = 200, body = Opened, description = "a resend"),
        (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn open(State(app): State<Arc<App>>, extensions: Extensions, headers: HeaderMap, Body(body): Body<Open>) -> Answer<Response> {
    let merchant = app.merchant(&body.key).ok_or(Code::UnknownKey)?.clone();
    app.check_origin(&headers, &merchant)?;
    let client = extensions.get::<ConnectInfo<SocketAddr>>().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |info| info.0.ip());
    let (status, opened) = app.open_conversation(&merchant, body, client).await?;
    Ok((status, Json(opened)).into_response())
}

impl App {
    /// Opens a conversation, or opens it again for a resend.
    pub async fn open_conversation(&self, merchant: &Arc<Merchant>, body: Open, client: IpAddr) -> Answer<(StatusCode, Opened)> {
        let now = now();
        for (field, value, longest) in [("page", &body.page, LONGEST_PAGE), ("locale", &body.locale, 35)] {
            if value.as_ref().is_some_and(|value| value.chars().count() > longest) {
                return Err(Problem::field(field, format!("at most {longest} characters")).into());
            }
        }
        let identity = body.identity.as_deref().map(|jwt| identity::check(jwt, &merchant.config, now)).transpose()?;
        let key = &merchant.config.key;
        // A fresh identity in a resend is no other command.
        let print = fingerprint("open", &json!([key, body.locale, body.page]))?;
        if let Some(opened) = self.opened_before(key, &body.client_id, print).await? {
            return Ok((StatusCode::OK, opened));
        }
        self.limits.opening(client)?;
        let conversation = ConversationId::from_random(rand::random());
        let token = token::fresh();
        let locale = merchant.config.locale_for(body.locale.as_deref());
        let (state, events) = Rules::new().advance(&first_events(locale, body.page, identity.as_ref()), now);
        let answer = json!({ "conversation_id": conversation, "cursor": state.shopper_seq }).to_string();
        let append = Append {
            conversation: conversation.clone(),
            merchant: key.clone(),
            expected_seq: 0,
            events: events.clone(),
            owed: state.due(),
            state: state.clone(),
            receipt: Some(Receipt { client_id: body.client_id.id(), fingerprint: print, answer }),
            token: Some(token::hash(&token)),
            now,
        };
        match self.store.append(append).await {
            Ok(appended) => {
                if let Some(identity) = identity {
                    self.verified.keep(&conversation, identity, now);
                }
                metrics::counter!("warmline_conversations_opened_total").increment(1);
                self.bus.stored(StoredNotice {
                    conversation: conversation.clone(),
                    merchant: key.clone(),
                    events,
                    owner_before: None,
                    owner: None,
                    position: appended.position,
                });
                Ok((StatusCode::CREATED, Opened { conversation_id: conversation.0, token, cursor: state.shopper_seq }))
            }
            Err(AppendError::Known(_)) => {
                let opened = self.opened_before(key, &body.client_id, print).await?;
                opened.map(|opened| (StatusCode::OK, opened)).ok_or_else(|| Refusal::internal("an opening is known and not found"))
            }
            Err(AppendError::Store(error)) => Err(error.into()),
            Err(AppendError::Conflict | AppendError::CodeTaken) => Err(Refusal::internal("a new conversation conflicts")),
        }
    }

    async fn opened_before(&self, key: &str, client_id: &CommandId, print: [u8; 32]) -> Answer<Option<Opened>> {
        let Some((conversation, receipt)) = self.store.opening(key, &client_id.id()).await? else { return Ok(None) };
        if receipt.fingerprint != print {
            return Err(Code::ClientIdReused.into());
        }
        // The first token is not known any more: only its hash is. Another one opens the same conversation.
        let token = token::fresh();
        self.store.add_token(&conversation, token::hash(&token), now()).await?;
        Ok(Some(Opened { conversation_id: conversation.0, token, cursor: 1 }))
    }
}

fn first_events(locale: String, page: Option<String>, identity: Option<&Identity>) -> Vec<NewEvent> {
    let by = |body: Event| NewEvent { author: Author::of(AuthorKind::Shopper), body };
    let mut events = vec![by(ConversationStarted { locale, page }.into())];
    events.extend(identity.map(|identity| {
        by(ShopperIdentified { sub: identity.sub.clone(), vip: identity.vip, name: identity.name.clone(), email: identity.email.clone() }
            .into())
    }));
    events
}
