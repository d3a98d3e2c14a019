//! Who waits, which promises are about to break, who is there: one look at the shops of a supervisor.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;
use warmline_protocol::agent::InboxRow;
use warmline_protocol::event::PromiseKind;
use warmline_protocol::{AgentId, ConversationId, Phase, Problem, PromiseId, Timestamp};
use warmline_store::{Agent, Filter, Row};

use crate::agent::conversations::inbox_row;
use crate::app::{App, now};
use crate::auth::session::Supervisor;
use crate::outlook::load_of;
use crate::problem::Answer;

/// A promise that is due within so many seconds is about to break.
pub const SOON_S: i64 = 120;
/// Conversations of a phase that are looked through for promises.
const LOOKED_THROUGH: u32 = 500;

/// One look.
#[derive(Debug, Serialize, ToSchema)]
pub struct Overview {
    /// When it was taken.
    pub at: Timestamp,
    /// Who waits, first in line first; at most 50 of each shop.
    pub waiting: Vec<InboxRow>,
    /// How many wait in all.
    pub waiting_count: u64,
    /// Promises that are due within two minutes, the most urgent first.
    pub about_to_break: Vec<PromiseRow>,
    /// Promises that were broken and that no person has kept since.
    pub broken: Vec<PromiseRow>,
    /// Everybody who answers for these shops.
    pub people: Vec<Person>,
    /// What today's conversations have come to.
    pub today: Today,
    /// When the next promise comes within two minutes of its time.
    #[serde(skip)]
    pub next_soon: Option<Timestamp>,
}

/// A promise whose clock runs.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PromiseRow {
    /// Of which conversation.
    pub conversation_id: ConversationId,
    /// The case's code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case_code: Option<String>,
    /// Its id.
    pub promise_id: PromiseId,
    /// live or reply.
    pub kind: PromiseKind,
    /// Until when; after a break, the next moment.
    pub promise_by: Timestamp,
    /// Who has it, when somebody has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent_name: Option<String>,
}

/// Somebody who answers.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Person {
    /// Who.
    pub agent_id: AgentId,
    /// The name.
    pub name: String,
    /// agent or supervisor.
    pub role: String,
    /// On shift.
    pub online: bool,
    /// Open conversations, and offers not answered yet.
    pub load: u32,
    /// How many at once.
    pub capacity: u32,
    /// Whether a console of theirs is open.
    pub console_open: bool,
}

/// Today's conversations: those in which anything happened since midnight, by where they stand now.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct Today {
    /// The assistant may speak.
    pub assisted: u64,
    /// A person was asked for.
    pub queued: u64,
    /// An agent owns it.
    pub with_person: u64,
    /// The agent answered, the shopper has been silent.
    pub waiting_on_shopper: u64,
    /// A day of silence.
    pub left_open: u64,
    /// Closed.
    pub resolved: u64,
}

impl Today {
    fn add(&mut self, phase: Phase, count: u64) {
        *match phase {
            Phase::Assisted => &mut self.assisted,
            Phase::Queued => &mut self.queued,
            Phase::WithPerson => &mut self.with_person,
            Phase::WaitingOnShopper => &mut self.waiting_on_shopper,
            Phase::LeftOpen => &mut self.left_open,
            Phase::Resolved => &mut self.resolved,
        } += count;
    }
}

/// Who waits, which promises are about to break, who is there, what today has come to.
#[utoipa::path(get, path = "/v1/supervisor/overview", tag = "supervisor",
    responses((status = 200, body = Overview), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn get(State(app): State<Arc<App>>, Supervisor(caller): Supervisor) -> Answer<Json<Overview>> {
    app.overview(&caller.agent).await.map(Json)
}

impl App {
    /// One look at the shops of a supervisor.
    pub async fn overview(&self, supervisor: &Agent) -> Answer<Overview> {
        let now = now();
        let (mut waiting, mut waiting_count, mut today) = (Vec::new(), 0, Today::default());
        for key in &supervisor.merchants {
            waiting.extend(self.waiting_rows(key).await?.into_iter().map(inbox_row));
            waiting_count += self.store.line(key, None).await?.0;
            let midnight = self.merchant(key).map_or(now, |merchant| merchant.hours.midnight(now));
            for (phase, count) in self.store.phases(key, midnight).await? {
                today.add(phase, count);
            }
        }
        let mut promises = Vec::new();
        for phase in [Phase::Queued, Phase::WithPerson] {
            let merchants = supervisor.merchants.clone();
            let filter = Filter { merchants, phase: Some(phase), limit: LOOKED_THROUGH, ..Filter::default() };
            promises.extend(self.store.list(filter).await?.iter().flat_map(promises_of));
        }
        promises.sort_by_key(|(_, promise)| promise.promise_by);
        let (broken, whole): (Vec<_>, Vec<_>) = promises.into_iter().partition(|(broken, _)| *broken);
        let soon = now.plus_seconds(SOON_S);
        let next_soon = whole.iter().map(|(_, promise)| promise.promise_by.plus_seconds(-SOON_S)).find(|at| *at > now);
        Ok(Overview {
            at: now,
            waiting,
            waiting_count,
            about_to_break: whole.into_iter().map(|(_, promise)| promise).filter(|promise| promise.promise_by <= soon).collect(),
            broken: broken.into_iter().map(|(_, promise)| promise).collect(),
            people: self.people(supervisor).await?,
            today,
            next_soon,
        })
    }

    /// Everybody who answers for the shops of a supervisor, by name.
    pub async fn people(&self, supervisor: &Agent) -> Answer<Vec<Person>> {
        let loads = self.store.loads().await?;
        let mut people: Vec<Person> = Vec::new();
        for key in &supervisor.merchants {
            for agent in self.store.agents(key).await? {
                if people.iter().all(|known| known.agent_id != agent.id) {
                    people.push(Person {
                        load: load_of(&loads, &agent.id),
                        console_open: self.presence.gone_since(&agent.id).is_none(),
                        agent_id: agent.id,
                        name: agent.name,
                        role: agent.role.name().to_owned(),
                        online: agent.online,
                        capacity: agent.capacity,
                    });
                }
            }
        }
        people.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(people)
    }
}

/// The promises of a conversation whose clocks run, each with whether it was broken.
fn promises_of(row: &Row) -> Vec<(bool, PromiseRow)> {
    let state = &row.state;
    let promises = state.promises.iter().map(|promise| {
        let row = PromiseRow {
            conversation_id: row.conversation.clone(),
            case_code: state.view.case.as_ref().map(|case| case.code.0.clone()),
            promise_id: promise.id.clone(),
            kind: promise.kind,
            promise_by: promise.by,
            agent_name: state.owner.as_ref().and(state.view.agent.as_ref()).map(|agent| agent.name.clone()),
        };
        (state.promise_broken, row)
    });
    promises.collect()
}
