//! What became of the conversations of a span, read from the log. docs/report.md says what each figure means.
//!
//! Reading order: `story` folds one conversation, `figures` adds them up, this file reads the log and answers.

mod figures;
mod story;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use warmline_protocol::{Problem, Timestamp};

use crate::app::{App, now};
use crate::auth::session::Supervisor;
use crate::body::Query;
use crate::problem::Answer;
use figures::{Fold, Sums};
use story::REPEAT_S;

/// Events read at once.
const PAGE: u32 = 2_000;

/// Of which span.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Span {
    /// From this moment on, RFC 3339.
    #[param(required = true, format = DateTime)]
    from: Option<String>,
    /// And before this one, RFC 3339.
    #[param(required = true, format = DateTime)]
    to: Option<String>,
}

/// What became of the conversations that began in a span. What cannot be known yet is null, never 0.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Report {
    /// From.
    pub from: Timestamp,
    /// To.
    pub to: Timestamp,
    /// Conversations that began.
    pub conversations: u64,
    /// Those in which a person was asked for.
    pub asked_for_person: u64,
    /// Those of them in which a person wrote.
    pub reached_person: u64,
    /// Seconds from the first ask to a person's first message.
    pub time_to_person_s: TimeToPerson,
    /// Promises.
    pub promises: Promises,
    /// How they ended.
    pub resolution: Resolution,
    /// Those after which a recognisable shopper came again within seven days.
    #[schema(required)]
    pub repeat_contacts_7d: Option<u64>,
    /// A person was needed and none came.
    pub missed_handovers: u64,
    /// A person was called and not needed.
    pub needless_handovers: u64,
    /// What shoppers said.
    pub satisfaction: Satisfaction,
    /// What it cost.
    pub cost: Cost,
}

/// Seconds to a person.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct TimeToPerson {
    /// Half were faster.
    #[schema(required)]
    pub p50: Option<f64>,
    /// Nineteen of twenty were faster.
    #[schema(required)]
    pub p95: Option<f64>,
}

/// Promises.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Promises {
    /// Made.
    pub made: u64,
    /// Kept in time.
    pub kept: u64,
    /// Broken, whether or not a person came later.
    pub broken: u64,
}

/// How conversations ended.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Resolution {
    /// Answered by the assistant, then silence: what a flattering count would call resolved.
    pub assumed: u64,
    /// The shopper said so, or an agent closed it with a reason.
    pub confirmed: u64,
    /// Confirmed, and the shopper did not come again within seven days.
    #[schema(required)]
    pub verified: Option<u64>,
    /// Confirmed, of a recognisable shopper, seven days ago or more: what `verified` is a part of.
    pub verifiable: u64,
    /// Confirmed, of a shopper whom nobody can recognise.
    pub unverifiable: u64,
    /// A day of silence.
    pub left_open: u64,
    /// Opened again after they were closed.
    pub reopened: u64,
}

/// What shoppers said, by who served them.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Satisfaction {
    /// The assistant alone.
    pub ai_only: Satisfied,
    /// The assistant, then a person.
    pub handed_off: Satisfied,
    /// A person alone.
    pub person_only: Satisfied,
}

/// Ratings.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Satisfied {
    /// Their mean, 1 to 5.
    #[schema(required)]
    pub mean: Option<f64>,
    /// How many rated.
    pub rated: u64,
    /// How many were asked to.
    pub asked: u64,
}

/// What it cost: the assistant, and the agents' time.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Cost {
    /// For each conversation.
    #[schema(required)]
    pub per_conversation: Option<f64>,
    /// All that was spent, for each verified resolution.
    #[schema(required)]
    pub per_verified_resolution: Option<f64>,
    /// ISO 4217; null when the shops' differ.
    #[schema(required)]
    pub currency: Option<String>,
}

/// The report of a span, over all shops of the supervisor.
#[utoipa::path(get, path = "/v1/supervisor/report", tag = "supervisor", params(Span),
    responses((status = 200, body = Report), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn get(State(app): State<Arc<App>>, Supervisor(caller): Supervisor, Query(span): Query<Span>) -> Answer<Json<Report>> {
    let from = moment("from", span.from.as_deref())?;
    let to = moment("to", span.to.as_deref())?;
    if to <= from {
        return Err(Problem::field("to", "later than `from`").into());
    }
    let now = now();
    let mut sums = Sums::default();
    for key in &caller.agent.merchants {
        // A merchant that is no longer served has no costs to count with.
        let Some(merchant) = app.merchant(key) else { continue };
        let fold = app.fold(key, from, to).await?;
        sums.add(&fold, &merchant.config.costs, now);
    }
    Ok(Json(sums.report(from, to, now)))
}

fn moment(field: &str, text: Option<&str>) -> Answer<Timestamp> {
    text.and_then(Timestamp::from_rfc3339).ok_or_else(|| Problem::field(field, "a moment as in RFC 3339: 2026-11-24T09:00:00Z").into())
}

impl App {
    /// Reads a merchant's log of a span, and of the seven days after it in which shoppers may come again.
    async fn fold(&self, key: &str, from: Timestamp, to: Timestamp) -> Answer<Fold> {
        let mut fold = Fold::new(to);
        let mut after = 0;
        loop {
            let entries = self.store.log_between(key, from, to.plus_seconds(REPEAT_S), after, PAGE).await?;
            let Some(last) = entries.last() else { break };
            after = last.position;
            entries.iter().for_each(|entry| fold.take(&entry.conversation, &entry.event));
        }
        for conversation in fold.nameless() {
            let shopper = self.store.load(&conversation).await?.and_then(|stored| stored.state.shopper);
            if let Some(shopper) = shopper {
                fold.name(&conversation, shopper.sub);
            }
        }
        Ok(fold)
    }
}
