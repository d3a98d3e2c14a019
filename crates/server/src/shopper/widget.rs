//! What the widget shows before a conversation: greeting, questions, whether somebody is there.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use http::HeaderMap;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use warmline_protocol::{Code, Problem, Timestamp};

use crate::app::{App, Merchant, now};
use crate::body::Query;
use crate::problem::Answer;

/// Whose, and in which language.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub struct Which {
    /// The merchant's key.
    key: String,
    /// The shopper's language.
    locale: Option<String>,
}

/// The first screen.
#[derive(Debug, Serialize, ToSchema)]
pub struct FirstScreen {
    /// The merchant's name.
    pub name: String,
    /// The first words.
    pub greeting: String,
    /// What people really ask.
    pub questions: Vec<String>,
    /// The languages that the merchant serves.
    pub locales: Vec<String>,
    /// Whether somebody is on shift.
    pub staffed: bool,
    /// When somebody is, when not and known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_staffed_at: Option<Timestamp>,
}

/// The first screen of a merchant's widget.
#[utoipa::path(get, path = "/v1/widget", tag = "shopper", params(Which),
    responses((status = 200, body = FirstScreen), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn get(State(app): State<Arc<App>>, Query(which): Query<Which>, headers: HeaderMap) -> Answer<Json<FirstScreen>> {
    let merchant = app.merchant(&which.key).ok_or(Code::UnknownKey)?;
    app.check_origin(&headers, merchant)?;
    app.first_screen(merchant, which.locale.as_deref()).await.map(Json)
}

impl App {
    /// The first screen, in the served language nearest to the wanted one.
    pub async fn first_screen(&self, merchant: &Merchant, locale: Option<&str>) -> Answer<FirstScreen> {
        let locale = merchant.config.locale_for(locale);
        let staffed = self.store.agents(&merchant.config.key).await?.iter().any(|agent| agent.online);
        let questions = merchant.config.opening_questions.get(&locale);
        Ok(FirstScreen {
            name: merchant.config.name.clone(),
            greeting: merchant.config.greeting.get(&locale).cloned().unwrap_or_default(),
            questions: questions.map(|list| list.iter().map(|question| question.text.clone()).collect()).unwrap_or_default(),
            locales: merchant.config.locales.clone(),
            staffed,
            next_staffed_at: if staffed { None } else { self.next_staffed_at(merchant, now()).await? },
        })
    }
}
