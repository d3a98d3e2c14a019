//! On and off shift, in one switch; and planned shifts.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use warmline_conversation::{Command, State as Rules};
use warmline_protocol::{AgentId, Code, Phase, Problem, Timestamp};
use warmline_store::{Agent, Filter, PlannedShift, Role};

use crate::app::{App, now};
use crate::auth::session::Caller;
use crate::body::{Body, CommandId, fingerprint};
use crate::conversations::{Done, Request, seq_answer};
use crate::problem::{Answer, Refusal};
use crate::shopper::command::answer;

/// The most conversations that one agent can have at once.
const MOST: u32 = 50;

/// What becomes of open conversations when a shift ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OpenOnes {
    /// They stay the agent's.
    Keep,
    /// They go back to the front of the line.
    HandOn,
}

/// The switch.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Shift {
    /// The client's id.
    pub client_id: CommandId,
    /// Here, or not here.
    pub online: bool,
    /// How many conversations at once: 1 to 50.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity: Option<u32>,
    /// What becomes of open conversations; asked for when there are some.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open: Option<OpenOnes>,
}

/// The answer to a switch of the shift.
#[derive(Debug, Serialize, ToSchema)]
pub struct Switched {
    /// The position in the log at which it was switched.
    pub seq: u64,
}

/// Goes on or off shift. Leaving with open conversations asks what becomes of them.
#[utoipa::path(post, path = "/v1/agent/shift", tag = "agent", request_body = Shift,
    responses((status = 202, body = Switched), (status = 200, body = Switched, description = "a resend"),
        (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn switch(State(app): State<Arc<App>>, caller: Caller, Body(shift): Body<Shift>) -> Answer<Response> {
    if shift.capacity.is_some_and(|capacity| !(1..=MOST).contains(&capacity)) {
        return Err(Problem::field("capacity", format!("1 to {MOST}")).into());
    }
    let print = fingerprint("shift", &shift)?;
    let client_id = shift.client_id.id();
    if let Some((known, first)) = app.store.agent_receipt(&caller.agent.id, client_id.as_str()).await? {
        if known != print {
            return Err(Code::ClientIdReused.into());
        }
        return Ok(answer(Done { again: true, answer: serde_json::from_str(&first).map_err(Refusal::internal)? }));
    }
    let agent = &caller.agent;
    if !shift.online {
        app.leave_open_ones(agent, shift.open).await?;
    }
    app.store.set_shift(&agent.id, shift.online, shift.capacity, now()).await?;
    app.presence.touch(&agent.id, now());
    app.wakes.route.notify_one();
    let taken = json!({ "seq": app.store.position().await? });
    app.store.keep_agent_receipt(&agent.id, client_id.as_str(), print, &taken.to_string()).await?;
    Ok(answer(Done { again: false, answer: taken }))
}

impl App {
    async fn leave_open_ones(&self, agent: &Agent, open: Option<OpenOnes>) -> Answer<()> {
        let filter = Filter { merchants: agent.merchants.clone(), owner: Some(agent.id.clone()), limit: MOST * 4, ..Filter::default() };
        let rows = self.store.list(filter).await?;
        let mine: Vec<_> = rows.into_iter().filter(|row| row.state.view.phase == Phase::WithPerson).collect();
        match open {
            None if mine.is_empty() => Ok(()),
            None => Err(Code::OpenConversations.into()),
            Some(OpenOnes::Keep) => Ok(()),
            Some(OpenOnes::HandOn) => {
                for row in mine {
                    let make = |_: &Rules| Command::OwnerLeaves;
                    let request = Request { make: &make, key: None, answer: &seq_answer, limited: false };
                    match self.execute(&row.conversation, request).await {
                        Ok(_) => {}
                        // It was closed or handed on meanwhile, which is what leaving wants.
                        Err(refusal) if refusal.code() == Code::NotNow => {}
                        Err(refusal) => return Err(refusal),
                    }
                }
                Ok(())
            }
        }
    }
}

/// A planned shift.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Plan {
    /// The client's id.
    pub client_id: CommandId,
    /// From.
    pub from: Timestamp,
    /// To; at most 24 hours later.
    pub to: Timestamp,
}

/// A planned shift, in the list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Planned {
    /// Whose.
    pub agent_id: AgentId,
    /// From.
    pub from: Timestamp,
    /// To.
    pub to: Timestamp,
}

/// Planned shifts.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlannedShifts {
    /// In order.
    pub shifts: Vec<Planned>,
}

/// Planned shifts from now on: one's own, a supervisor's all.
#[utoipa::path(get, path = "/v1/agent/shifts", tag = "agent",
    responses((status = 200, body = PlannedShifts), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn planned(State(app): State<Arc<App>>, caller: Caller) -> Answer<Json<PlannedShifts>> {
    let mut shifts = Vec::new();
    for merchant in &caller.agent.merchants {
        let planned = app.store.shifts(merchant, now()).await?;
        shifts.extend(
            planned
                .into_iter()
                .filter(|shift| caller.agent.role == Role::Supervisor || shift.agent == caller.agent.id)
                .map(|shift| Planned { agent_id: shift.agent, from: shift.from, to: shift.to }),
        );
    }
    shifts.sort_by_key(|shift| (shift.from, shift.to));
    shifts.dedup_by(|one, other| one.agent_id == other.agent_id && one.from == other.from && one.to == other.to);
    Ok(Json(PlannedShifts { shifts }))
}

/// Plans a shift: shoppers who ask while nobody is there are told when somebody is.
#[utoipa::path(post, path = "/v1/agent/shifts", tag = "agent", request_body = Plan,
    responses((status = 202, body = Switched), (status = 200, body = Switched, description = "a resend"),
        (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn plan(State(app): State<Arc<App>>, caller: Caller, Body(plan): Body<Plan>) -> Answer<Response> {
    if plan.to <= plan.from || plan.to.seconds_since(plan.from) > 24 * 3600 || plan.to <= now() {
        return Err(Problem::field("to", "after `from`, at most 24 hours later, and to come").into());
    }
    let print = fingerprint("shifts", &plan)?;
    let client_id = plan.client_id.id();
    if let Some((known, first)) = app.store.agent_receipt(&caller.agent.id, client_id.as_str()).await? {
        if known != print {
            return Err(Code::ClientIdReused.into());
        }
        return Ok(answer(Done { again: true, answer: serde_json::from_str(&first).map_err(Refusal::internal)? }));
    }
    app.store.plan_shift(PlannedShift { agent: caller.agent.id.clone(), from: plan.from, to: plan.to }).await?;
    let taken = json!({ "seq": app.store.position().await? });
    app.store.keep_agent_receipt(&caller.agent.id, client_id.as_str(), print, &taken.to_string()).await?;
    Ok(answer(Done { again: false, answer: taken }))
}
