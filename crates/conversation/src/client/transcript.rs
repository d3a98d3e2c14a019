//! What a reader knows of a conversation: the state, the entries of the transcript, the answer that streams, the cursor.

use warmline_protocol::event::AuthorKind;
use warmline_protocol::view::{Page, Reads, Snapshot};
use warmline_protocol::{Author, Body, Event, MessageId, Passing, Phase, View};

use crate::apply::apply_to_view;

/// An answer while it streams.
#[derive(Debug, Clone, PartialEq)]
pub struct Streaming {
    /// The message that it will be.
    pub message_id: MessageId,
    /// What it says so far.
    pub text: String,
    /// The epoch in which it began: a later one ends it.
    pub epoch: u64,
}

/// What following an event led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Followed {
    /// It is known now.
    New,
    /// It was known already.
    Known,
    /// Something before it is missing: load again.
    Gap,
}

/// What a reader knows.
#[derive(Debug, Clone, PartialEq)]
pub struct Transcript {
    /// The state.
    pub view: View,
    /// The entries that a transcript shows, by seq: messages, and what happened between them.
    pub entries: Vec<Event>,
    /// The last event followed.
    pub cursor: u64,
    /// Read marks.
    pub reads: Reads,
    /// Whether there are older messages to load.
    pub more: bool,
    /// The answer that streams.
    pub streaming: Option<Streaming>,
    /// Who is typing.
    pub typing: Option<Author>,
}

/// Whether a transcript shows an event as an entry of its own.
pub fn is_entry(body: &Body) -> bool {
    match body {
        Body::MessagePosted(_)
        | Body::HandoffRequested(_)
        | Body::PromiseBroken(_)
        | Body::HandoffCancelled(_)
        | Body::AgentJoined(_)
        | Body::AgentLeft(_)
        | Body::HandoffReturned(_)
        | Body::ConversationResolved(_)
        | Body::ConversationReopened(_)
        | Body::NotePosted(_) => true,
        Body::ConversationStarted(_)
        | Body::ShopperIdentified(_)
        | Body::ContextChanged(_)
        | Body::AssistantDeclined(_)
        | Body::TurnEnded(_)
        | Body::HandoffOffered(_)
        | Body::HandoffOfferDeclined(_)
        | Body::HandoffQueued(_)
        | Body::HandoffPromised(_)
        | Body::PromiseKept(_)
        | Body::AssistantResumed(_)
        | Body::SummaryWritten(_)
        | Body::SummaryCorrected(_)
        | Body::ResolutionAsked(_)
        | Body::ResolutionAnswered(_)
        | Body::WaitingOnShopper(_)
        | Body::ConversationLeftOpen(_)
        | Body::RatingGiven(_)
        | Body::OfferMade(_)
        | Body::OfferEnded(_)
        | Body::SignalNoted(_)
        | Body::CostRecorded(_)
        | Body::Unknown => false,
    }
}

impl Transcript {
    /// A load: the start, and the way back after a gap.
    pub fn load(snapshot: Snapshot) -> Self {
        Transcript {
            view: snapshot.state,
            entries: in_order(snapshot.messages, snapshot.notices),
            cursor: snapshot.cursor,
            reads: snapshot.reads,
            more: snapshot.more,
            streaming: None,
            typing: None,
        }
    }

    /// A page of older messages goes in front.
    pub fn older(&mut self, page: Page) {
        let first = self.entries.first().map_or(u64::MAX, |entry| entry.seq);
        let mut older = in_order(page.messages, page.notices);
        while older.last().is_some_and(|entry| entry.seq >= first) {
            older.pop();
        }
        older.append(&mut self.entries);
        self.entries = older;
        self.more = page.more;
    }

    /// Follows a stored event.
    pub fn follow(&mut self, event: &Event) -> Followed {
        let followed = self.take_in(event);
        if followed == Followed::New && is_entry(&event.body) {
            self.entries.push(event.clone());
        }
        followed
    }

    /// Adds the stored event that was taken in last, when it is one to show; by its value, since a browser need not know how to copy one.
    /// Where another load came in between, it has the event or does not want it.
    pub fn add(&mut self, event: Event) -> bool {
        let shown = self.cursor == event.seq && is_entry(&event.body);
        if shown {
            self.entries.push(event);
        }
        shown
    }

    /// Follows a stored event, all but for the entry that it may be.
    pub fn take_in(&mut self, event: &Event) -> Followed {
        if event.seq <= self.cursor {
            return Followed::Known;
        }
        if event.prev != self.cursor {
            return Followed::Gap;
        }
        apply_to_view(&mut self.view, event);
        self.cursor = event.seq;
        self.end_streaming_at(event);
        if matches!(&event.body, Body::MessagePosted(_)) {
            self.typing = self.typing.take().filter(|typing| typing.kind != event.author.kind);
        }
        Followed::New
    }

    /// What streamed ends with its stored message, or with the assistant's right to speak.
    fn end_streaming_at(&mut self, event: &Event) {
        let epoch = self.view.epoch;
        let ended = self.streaming.as_ref().is_some_and(|streaming| match &event.body {
            Body::MessagePosted(posted) => posted.message_id == streaming.message_id,
            _ => streaming.epoch != epoch,
        });
        if ended {
            self.streaming = None;
        }
    }

    /// Takes a passing event. Deltas that do not fit are dropped: the stored message brings the whole.
    pub fn pass(&mut self, passing: &Passing) {
        match passing {
            Passing::AssistantStarted(started) => {
                if self.assistant_may_speak() && !self.is_stored(&started.message_id) {
                    self.streaming = Some(Streaming {
                        message_id: started.message_id.clone(),
                        text: started.text_so_far.clone(),
                        epoch: self.view.epoch,
                    });
                }
            }
            Passing::AssistantDelta(delta) => {
                if let Some(streaming) = self.streaming.as_mut().filter(|streaming| streaming.message_id == delta.message_id) {
                    let mut here = streaming.text.chars();
                    let mut have = 0;
                    while here.next().is_some() {
                        have += 1;
                    }
                    if delta.offset <= have {
                        let mut new = delta.text.chars();
                        for _ in delta.offset..have {
                            new.next();
                        }
                        streaming.text.push_str(new.as_str());
                    }
                }
            }
            Passing::AssistantStopped(stopped) => {
                if self.streaming.as_ref().is_some_and(|streaming| streaming.message_id == stopped.message_id) {
                    self.streaming = None;
                }
            }
            Passing::Typing(typing) => self.typing = Some(typing.author.clone()),
            Passing::QueuePosition(place) => {
                if let Some(queue) = &mut self.view.queue {
                    queue.position = place.position;
                    queue.expected_wait_s = place.expected_wait_s;
                }
            }
            Passing::Read(read) => match read.author.kind {
                AuthorKind::Shopper => self.reads.shopper = self.reads.shopper.max(read.seq),
                AuthorKind::Agent => self.reads.agent = self.reads.agent.max(read.seq),
                AuthorKind::Assistant | AuthorKind::System => {}
            },
            Passing::SummaryDelta(_) => {}
        }
    }

    fn assistant_may_speak(&self) -> bool {
        match self.view.phase {
            Phase::Assisted => true,
            Phase::Queued => self.view.meanwhile,
            Phase::WithPerson | Phase::WaitingOnShopper | Phase::LeftOpen | Phase::Resolved => false,
        }
    }

    fn is_stored(&self, id: &MessageId) -> bool {
        self.entries.iter().rev().any(|entry| matches!(&entry.body, Body::MessagePosted(posted) if posted.message_id == *id))
    }
}

/// Merges two lists that are each in order; a sort would be more to download.
fn in_order(messages: Vec<Event>, notices: Vec<Event>) -> Vec<Event> {
    let mut entries = Vec::with_capacity(messages.len() + notices.len());
    let (mut messages, mut notices) = (messages.into_iter(), notices.into_iter());
    let (mut message, mut notice) = (messages.next(), notices.next());
    loop {
        let notice_is_next = match (&message, &notice) {
            (Some(message), Some(notice)) => notice.seq < message.seq,
            (message, _) => message.is_none(),
        };
        let (next, rest) = if notice_is_next { (&mut notice, &mut notices) } else { (&mut message, &mut messages) };
        match std::mem::replace(next, rest.next()) {
            Some(entry) => entries.push(entry),
            None => return entries,
        }
    }
}
