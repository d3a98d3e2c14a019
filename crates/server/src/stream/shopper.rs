//! A shopper's stream: what the log has after the cursor, then what comes. A reader that is too slow for the bus is fed from the log,
//! so that no buffer grows.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use bytes::Bytes;
use http::HeaderMap;
use serde::Deserialize;
use tokio::sync::broadcast::{self, error::RecvError};
use warmline_protocol::passing::{AssistantDelta, AssistantStarted};
use warmline_protocol::{ConversationId, Event, MessageId, Passing};

use super::{Pulse, frame};
use crate::app::App;
use crate::auth::shopper::Shopper;
use crate::body::Query;
use crate::bus::Notice;
use crate::limits::StreamPlace;
use crate::problem::Answer;

/// Events read from the log at once.
const PAGE: u32 = 200;

/// Where to follow from.
#[derive(Debug, Deserialize)]
pub struct From {
    after: Option<String>,
}

impl From {
    /// The cursor as it was given.
    pub fn after(&self) -> Option<&str> {
        self.after.as_deref()
    }
}

/// Follows a conversation: stored events after the cursor, then all that comes.
#[utoipa::path(get, path = "/v1/conversations/{id}/events", tag = "shopper",
    params(("id" = String, Path), ("after" = Option<u64>, Query, description = "the seq of the last event seen"),
        ("Last-Event-ID" = Option<u64>, Header, description = "the same, as `EventSource` sends it")),
    responses((status = 200, description = "server-sent events, see docs/protocol.md", content_type = "text/event-stream"),
        (status = "4XX", description = "a problem", body = warmline_protocol::Problem, content_type = "application/problem+json")))]
pub async fn events(State(app): State<Arc<App>>, shopper: Shopper, Query(from): Query<From>, headers: HeaderMap) -> Answer<Response> {
    let cursor = super::cursor(from.after(), &headers)?;
    let place = app.limits.stream(&shopper.conversation)?;
    let follower = Follower {
        notices: app.bus.follow(&shopper.conversation),
        app,
        conversation: shopper.conversation,
        cursor,
        behind: true,
        attached: false,
        shown: None,
        ready: VecDeque::new(),
        pulse: Pulse::new(),
        _place: place,
    };
    metrics::gauge!("warmline_streams").increment(1.0);
    Ok(super::answer(futures::stream::unfold(follower, |mut follower| async move {
        let chunk = follower.next().await?;
        Some((Ok::<_, Infallible>(chunk), follower))
    })))
}

struct Follower {
    app: Arc<App>,
    conversation: ConversationId,
    notices: broadcast::Receiver<Notice>,
    /// The last event looked at, shown or not.
    cursor: u64,
    /// The log has more than was looked at.
    behind: bool,
    /// The answer that was under way when this reader came is shown.
    attached: bool,
    /// How many characters of which answer were shown.
    shown: Option<(MessageId, u64)>,
    ready: VecDeque<Bytes>,
    pulse: Pulse,
    _place: StreamPlace,
}

impl Drop for Follower {
    fn drop(&mut self) {
        metrics::gauge!("warmline_streams").decrement(1.0);
    }
}

impl Follower {
    async fn next(&mut self) -> Option<Bytes> {
        loop {
            if let Some(chunk) = self.ready.pop_front() {
                self.pulse.beat();
                return Some(chunk);
            }
            if self.behind {
                self.catch_up().await?;
                continue;
            }
            if !self.attached {
                self.attached = true;
                self.attach();
                continue;
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
                Ok(Notice::Stored(stored)) => stored.events.iter().for_each(|event| self.take(event)),
                Ok(Notice::Passing(passing)) => self.pass(&passing),
                Err(RecvError::Lagged(_)) => {
                    self.behind = true;
                    self.attached = false;
                }
                Err(RecvError::Closed) => return None,
            }
        }
    }

    /// Reads from the log what is after the cursor, a page at a time. A log that fails ends the stream: the reader comes back.
    async fn catch_up(&mut self) -> Option<()> {
        let events = self.app.store.events(&self.conversation, self.cursor, PAGE).await.ok()?;
        self.behind = events.len() == PAGE as usize;
        events.iter().for_each(|event| self.take(event));
        Some(())
    }

    fn take(&mut self, event: &Event) {
        if event.seq <= self.cursor {
            return;
        }
        if event.seq != self.cursor + 1 && !self.behind {
            // A notice that came before one that is still on its way: the log has both, in order.
            self.behind = true;
            return;
        }
        if self.behind && event.seq != self.cursor + 1 {
            return;
        }
        self.cursor = event.seq;
        if event.body.shopper_sees() {
            self.ready.push_back(frame::stored(&frame::dressed(event.clone())));
        }
    }

    /// An answer under way: what it says so far.
    fn attach(&mut self) {
        if let Some(turn) = self.app.turns.of(&self.conversation) {
            let text = turn.text();
            self.shown = Some((turn.message_id.clone(), text.chars().count() as u64));
            let started = AssistantStarted { message_id: turn.message_id.clone(), text_so_far: text };
            self.ready.push_back(frame::passing(&Passing::AssistantStarted(started)));
        }
    }

    /// Deltas are shown once and without a gap, though some may have come before this reader attached.
    fn pass(&mut self, passing: &Passing) {
        match passing {
            Passing::AssistantStarted(started) => {
                if self.shown.as_ref().is_some_and(|(message, _)| *message == started.message_id) {
                    return;
                }
                self.shown = Some((started.message_id.clone(), started.text_so_far.chars().count() as u64));
            }
            Passing::AssistantDelta(delta) => {
                let Some((message, have)) = &mut self.shown else { return };
                if *message != delta.message_id || delta.offset > *have {
                    return;
                }
                let skip = usize::try_from(*have - delta.offset).unwrap_or(usize::MAX);
                let fresh: String = delta.text.chars().skip(skip).collect();
                if fresh.is_empty() {
                    return;
                }
                let offset = *have;
                *have += fresh.chars().count() as u64;
                let delta = AssistantDelta { message_id: delta.message_id.clone(), offset, text: fresh };
                self.ready.push_back(frame::passing(&Passing::AssistantDelta(delta)));
                return;
            }
            Passing::AssistantStopped(_) | Passing::SummaryDelta(_) | Passing::Typing(_) | Passing::QueuePosition(_) | Passing::Read(_) => {
            }
        }
        self.ready.push_back(frame::passing(passing));
    }
}
