//! An agent's stream: the inbox first, then offers, the line, and every event of the agent's own conversations.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use bytes::Bytes;
use http::HeaderMap;
use tokio::sync::broadcast::{self, error::RecvError};
use warmline_protocol::agent::{ConversationEvent, Inbox, Offer, OfferWithdrawn, Queue};
use warmline_protocol::event::OfferEnd;
use warmline_protocol::{Body, ConversationId, Phase, Problem};
use warmline_store::{Agent, Filter, Row, Stored};

use super::{Pulse, frame};
use crate::agent::conversations::inbox_row;
use crate::app::{App, now};
use crate::auth::session::Caller;
use crate::body::Query;
use crate::bus::{AgentNotice, StoredNotice};
use crate::presence::Here;
use crate::problem::Answer;
use crate::stream::shopper::From;

/// Who waits, at most so many in a list.
const WAITING: u32 = 50;
/// Events of a resume that are read at once, and in all; past that the inbox and a fresh look at each conversation do.
const PAGE: u32 = 500;
const PAGES: u32 = 4;
/// By so many positions an append may be overtaken on its way to the bus; read again after a gap, since a reader knows what it has by its seq.
const OVERTAKEN: u64 = 1_000;

/// Follows one's work: the inbox, then all that comes. Ids are positions of the whole log.
#[utoipa::path(get, path = "/v1/agent/events", tag = "agent",
    params(("after" = Option<u64>, Query, description = "the id of the last event seen"),
        ("Last-Event-ID" = Option<u64>, Header, description = "the same, as `EventSource` sends it")),
    responses((status = 200, description = "server-sent events, see docs/protocol.md", content_type = "text/event-stream"),
        (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn events(State(app): State<Arc<App>>, caller: Caller, Query(from): Query<From>, headers: HeaderMap) -> Answer<Response> {
    let after = super::cursor(from.after(), &headers)?;
    let here = app.presence.enter(&caller.agent.id);
    let notices = app.bus.follow_agents();
    let mut follower =
        Follower { notices, agent: caller.agent, app, ready: VecDeque::new(), from: 0, cursor: 0, pulse: Pulse::new(), _here: here };
    follower.begin(after).await?;
    Ok(super::answer(futures::stream::unfold(follower, |mut follower| async move {
        let chunk = follower.next().await?;
        Some((Ok::<_, Infallible>(chunk), follower))
    })))
}

struct Follower {
    app: Arc<App>,
    agent: Agent,
    notices: broadcast::Receiver<AgentNotice>,
    ready: VecDeque<Bytes>,
    /// Notices up to this position are in the inbox that was sent.
    from: u64,
    /// The highest position that was sent. Appends of two conversations may overtake each other on the bus: a lower one is not known yet.
    cursor: u64,
    pulse: Pulse,
    _here: Here,
}

impl Follower {
    /// The inbox, and what happened in one's conversations since the cursor of a reader that comes back.
    async fn begin(&mut self, after: u64) -> Answer<()> {
        let position = self.app.store.position().await?;
        let inbox = self.app.inbox(&self.agent, position).await?;
        self.ready.push_back(frame::write(Some(position), "inbox", &inbox));
        for offer in &inbox.offers {
            self.ready.push_back(frame::write(None, "offer", offer));
        }
        self.from = position;
        self.cursor = position;
        if after > 0 && after < position {
            self.resume(after, position, &inbox).await?;
        }
        Ok(())
    }

    async fn resume(&mut self, mut after: u64, until: u64, inbox: &Inbox) -> Answer<()> {
        for _ in 0..PAGES {
            let entries = self.app.store.log(after, PAGE).await?;
            let Some(last) = entries.last() else { return Ok(()) };
            after = last.position;
            let full = entries.len() == PAGE as usize;
            for entry in entries {
                let own = inbox.conversations.iter().any(|row| row.conversation_id == entry.conversation);
                if own && entry.position <= until {
                    let event = ConversationEvent { conversation_id: entry.conversation, event: frame::dressed_for_agent(entry.event) };
                    self.ready.push_back(frame::write(Some(entry.position), "conversation.event", &event));
                }
            }
            if !full || after >= until {
                return Ok(());
            }
        }
        Ok(())
    }

    async fn next(&mut self) -> Option<Bytes> {
        loop {
            if let Some(chunk) = self.ready.pop_front() {
                self.pulse.beat();
                return Some(chunk);
            }
            let closing = self.app.closing.clone();
            let notice = tokio::select! {
                notice = self.notices.recv() => notice,
                () = self.pulse.due() => {
                    self.pulse.beat();
                    return Some(frame::HEARTBEAT);
                }
                () = closing.cancelled() => return None,
            };
            match notice {
                Ok(AgentNotice::Stored(stored)) => self.take(&stored).await,
                Ok(AgentNotice::Passing(conversation, owner, passing)) => {
                    if owner.as_ref() == Some(&self.agent.id) {
                        let data = serde_json::json!({ "conversation_id": conversation, "type": passing.type_name(), "data": &*passing });
                        self.ready.push_back(frame::write(None, "conversation.passing", &data));
                    }
                }
                Ok(AgentNotice::Queue(merchant, queue)) => {
                    if self.agent.merchants.contains(&merchant) {
                        self.ready.push_back(frame::write(None, "queue", &*queue));
                    }
                }
                // Too slow for the bus: the inbox and the log have it all.
                Err(RecvError::Lagged(_)) => {
                    let after = self.cursor.saturating_sub(OVERTAKEN).max(self.from);
                    self.begin(after).await.ok()?;
                }
                Err(RecvError::Closed) => return None,
            }
        }
    }

    async fn take(&mut self, stored: &StoredNotice) {
        if stored.position <= self.from || !self.agent.merchants.contains(&stored.merchant) {
            return;
        }
        // Never back: who comes back with it asks for nothing that was sent.
        let behind = self.cursor;
        self.cursor = behind.max(stored.position);
        let mine = |owner: &Option<warmline_protocol::AgentId>| owner.as_ref() == Some(&self.agent.id);
        if mine(&stored.owner) || mine(&stored.owner_before) {
            let count = stored.events.len() as u64;
            for (place, event) in stored.events.iter().enumerate() {
                let event =
                    ConversationEvent { conversation_id: stored.conversation.clone(), event: frame::dressed_for_agent(event.clone()) };
                // The events of one append follow each other in the log.
                let position = (stored.position - (count - 1 - place as u64)).max(behind);
                self.ready.push_back(frame::write(Some(position), "conversation.event", &event));
            }
        }
        for event in &stored.events {
            match &event.body {
                Body::OfferMade(made) if made.agent_id == self.agent.id => {
                    if let Ok(Some(found)) = self.app.store.load(&stored.conversation).await
                        && let Some(offer) = offer_of(&stored.conversation, &found, &self.agent)
                    {
                        self.ready.push_back(frame::write(None, "offer", &offer));
                    }
                }
                Body::OfferEnded(ended) if ended.agent_id == self.agent.id && ended.cause != OfferEnd::Accepted => {
                    let over = OfferWithdrawn { offer_id: ended.offer_id.clone(), conversation_id: stored.conversation.clone() };
                    self.ready.push_back(frame::write(None, "offer.withdrawn", &over));
                }
                _ => {}
            }
        }
    }
}

impl App {
    /// An agent's inbox.
    pub async fn inbox(&self, agent: &Agent, cursor: u64) -> Answer<Inbox> {
        let own = Filter { merchants: agent.merchants.clone(), owner: Some(agent.id.clone()), limit: 200, ..Filter::default() };
        let conversations = self.store.list(own).await?.into_iter().map(inbox_row).collect();
        let mut waiting = Vec::new();
        let mut waiting_count = 0;
        let mut offers = Vec::new();
        for merchant in &agent.merchants {
            let rows = self.waiting_rows(merchant).await?;
            for row in &rows {
                let stored = Stored { merchant: row.merchant.clone(), state: row.state.clone() };
                offers.extend(offer_of(&row.conversation, &stored, agent));
            }
            waiting_count += self.store.line(merchant, None).await?.0;
            waiting.extend(rows.into_iter().map(inbox_row));
        }
        Ok(Inbox { conversations, waiting, waiting_count, offers, cursor })
    }

    /// The line of a merchant, first in line first.
    pub async fn waiting_rows(&self, merchant: &str) -> Answer<Vec<Row>> {
        let filter = Filter { merchants: vec![merchant.to_owned()], phase: Some(Phase::Queued), limit: WAITING, ..Filter::default() };
        Ok(self.store.list(filter).await?)
    }

    /// The line, for those who watch it.
    pub async fn queue(&self, merchant: &str) -> Answer<Queue> {
        let waiting = self.waiting_rows(merchant).await?.into_iter().map(inbox_row).collect();
        Ok(Queue { waiting, waiting_count: self.store.line(merchant, None).await?.0 })
    }
}

/// The offer of a conversation to an agent, when there is one.
fn offer_of(conversation: &ConversationId, stored: &Stored, agent: &Agent) -> Option<Offer> {
    let state = &stored.state;
    let open = state.offer.as_ref().filter(|open| open.agent == agent.id)?;
    let summary = state.view.summary.as_ref();
    Some(Offer {
        offer_id: open.id.clone(),
        conversation_id: conversation.clone(),
        expires_at: open.expires_at,
        waited_s: state.waiting_since.map_or(0, |since| now().seconds_since(since)).unsigned_abs(),
        language: state.locale.clone(),
        reason: state.request_reason.clone(),
        case_code: state.view.case.as_ref().map(|case| case.code.0.clone()),
        problem: summary.map(|summary| summary.problem.clone()),
        wants: summary.map(|summary| summary.wants.clone()),
        order: summary.and_then(|summary| summary.order.clone()),
        quote: summary.and_then(|summary| summary.quote.clone()),
        shopper_name: state.shopper.as_ref().and_then(|shopper| shopper.name.clone()),
        promise_by: state.promises.iter().map(|promise| promise.by).min(),
        promise_broken: state.promise_broken,
    })
}
