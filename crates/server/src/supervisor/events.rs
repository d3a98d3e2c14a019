//! A supervisor's stream: the overview first, then what needs somebody's eyes as it happens, and the overview again when it changed.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::response::Response;
use bytes::Bytes;
use serde::Serialize;
use tokio::sync::broadcast::{self, error::RecvError};
use tokio::time::{Instant, Interval, MissedTickBehavior, interval};
use utoipa::ToSchema;
use warmline_protocol::event::PromiseBroken;
use warmline_protocol::{AgentId, Body, ConversationId, Problem, PromiseId, Timestamp};
use warmline_store::Agent;

use super::overview::{Overview, Person};
use crate::app::{App, now};
use crate::auth::session::Supervisor;
use crate::bus::{AgentNotice, StoredNotice};
use crate::problem::Answer;
use crate::stream::{self, HEARTBEAT_S, frame};

/// An overview follows another no sooner, however much happens.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// A promise to a shopper was broken.
#[derive(Debug, Serialize, ToSchema)]
pub struct Broken {
    /// In which conversation.
    pub conversation_id: ConversationId,
    /// Which.
    pub promise_id: PromiseId,
    /// Until when now.
    pub next_promise_by: Timestamp,
    /// The case's code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case_code: Option<String>,
}

/// Somebody went on or off shift, or takes more or fewer at once.
#[derive(Debug, Serialize, ToSchema)]
pub struct ShiftChanged {
    /// Who.
    pub agent_id: AgentId,
    /// The name.
    pub name: String,
    /// On shift.
    pub online: bool,
    /// How many at once.
    pub capacity: u32,
}

/// Follows the shops: `overview`, then `queue`, `promise.broken` and `shift` as they come, and `overview` again when it changed.
#[utoipa::path(get, path = "/v1/supervisor/events", tag = "supervisor",
    responses((status = 200, description = "server-sent events, see docs/protocol.md", content_type = "text/event-stream"),
        (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn get(State(app): State<Arc<App>>, Supervisor(caller): Supervisor) -> Answer<Response> {
    let notices = app.bus.follow_agents();
    let overview = app.overview(&caller.agent).await?;
    let mut looks = interval(LOOK_EVERY);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    // The first tick is at once, and the first look is taken already.
    looks.tick().await;
    let mut follower = Follower {
        app,
        supervisor: caller.agent,
        notices,
        looks,
        people: Vec::new(),
        next_soon: None,
        changed: false,
        spoke_at: Instant::now(),
        ready: VecDeque::new(),
    };
    follower.show(overview);
    Ok(stream::answer(futures::stream::unfold(follower, |mut follower| async move {
        let chunk = follower.next().await?;
        Some((Ok::<_, Infallible>(chunk), follower))
    })))
}

struct Follower {
    app: Arc<App>,
    supervisor: Agent,
    notices: broadcast::Receiver<AgentNotice>,
    looks: Interval,
    /// As they were shown last.
    people: Vec<Person>,
    /// When the next promise comes within two minutes of its time: the overview changes without an event.
    next_soon: Option<Timestamp>,
    /// Something happened since the last overview.
    changed: bool,
    spoke_at: Instant,
    ready: VecDeque<Bytes>,
}

impl Follower {
    async fn next(&mut self) -> Option<Bytes> {
        loop {
            if let Some(chunk) = self.ready.pop_front() {
                self.spoke_at = Instant::now();
                return Some(chunk);
            }
            let closing = self.app.closing.clone();
            tokio::select! {
                notice = self.notices.recv() => match notice {
                    Ok(AgentNotice::Stored(stored)) => self.take(&stored).await,
                    Ok(AgentNotice::Queue(merchant, queue)) if self.supervisor.merchants.contains(&merchant) => {
                        self.changed = true;
                        self.ready.push_back(frame::write(None, "queue", &*queue));
                    }
                    Ok(AgentNotice::Queue(..) | AgentNotice::Passing(..)) => {}
                    // Too slow for the bus: the next overview has it all.
                    Err(RecvError::Lagged(_)) => self.changed = true,
                    Err(RecvError::Closed) => return None,
                },
                _ = self.looks.tick() => self.look().await.ok()?,
                () = closing.cancelled() => return None,
            }
        }
    }

    async fn take(&mut self, stored: &StoredNotice) {
        if !self.supervisor.merchants.contains(&stored.merchant) {
            return;
        }
        self.changed = true;
        for event in &stored.events {
            let Body::PromiseBroken(PromiseBroken { promise_id, next_promise_by }) = &event.body else { continue };
            // A code that cannot be read now is left out: the alert must not wait for it.
            let case = self.app.store.load(&stored.conversation).await.ok().flatten().and_then(|found| found.state.view.case);
            let broken = Broken {
                conversation_id: stored.conversation.clone(),
                promise_id: promise_id.clone(),
                next_promise_by: *next_promise_by,
                case_code: case.map(|case| case.code.0),
            };
            self.ready.push_back(frame::write(None, "promise.broken", &broken));
        }
    }

    /// Who came and went, the overview when it changed, and a sign of life when nothing else was one.
    async fn look(&mut self) -> Answer<()> {
        let people = self.app.people(&self.supervisor).await?;
        for person in &people {
            let before = self.people.iter().find(|known| known.agent_id == person.agent_id);
            if before.is_none_or(|before| (before.online, before.capacity) != (person.online, person.capacity)) {
                let Person { agent_id, name, online, capacity, .. } = person.clone();
                self.ready.push_back(frame::write(None, "shift", &ShiftChanged { agent_id, name, online, capacity }));
            }
        }
        let soon = self.next_soon.is_some_and(|at| at <= now());
        if self.changed || soon || people != self.people {
            let overview = self.app.overview(&self.supervisor).await?;
            self.show(overview);
        } else if self.spoke_at.elapsed() >= Duration::from_secs(HEARTBEAT_S) {
            self.ready.push_back(frame::HEARTBEAT);
        }
        Ok(())
    }

    fn show(&mut self, overview: Overview) {
        self.changed = false;
        self.next_soon = overview.next_soon;
        self.ready.push_back(frame::write(None, "overview", &overview));
        self.people = overview.people;
    }
}
