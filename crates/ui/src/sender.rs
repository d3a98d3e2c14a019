//! The outbox's driver: sends in order, one at a time, until each message is acknowledged; keeps what is unsent over a reload. The data
//! is `conversation::client::Outbox`.

use std::cell::{Cell, RefCell};
use std::pin::Pin;

use js_sys::{Array, JSON};
use warmline_conversation::client::{Backoff, Outbox, Outgoing, SendState, take_out};
use warmline_protocol::js::{FromJs, field, items};
use warmline_protocol::{Body, ClientId};
use wasm_bindgen::JsValue;

use crate::dom::{Timer, after, at_end, listen, window, spawn};
use crate::net::{Body as JsonBody, Failure, new_id, spread};
use crate::storage::Shelf;
use crate::talk::Talk;
use crate::watched::Watched;

/// What a send comes to.
pub type Sent = Pin<Box<dyn Future<Output = Result<(), Failure>>>>;

/// Under which entry of a shelf unsent messages lie.
const UNSENT: &str = "unsent";

/// Sends messages: a handle that is copied, as [`Talk`] is.
#[derive(Clone, Copy)]
pub struct Sender(&'static Inner);

struct Inner {
    post: Box<dyn Fn(Outgoing) -> Sent>,
    shelf: Shelf,
    outbox: Watched<Outbox>,
    /// Acknowledged, and not seen in the stream yet.
    sent: Watched<Vec<Outgoing>>,
    /// Whether the last try came to nothing; with the seconds that the server asked for.
    held_up: Watched<Option<u32>>,
    sending: Cell<bool>,
    backoff: Cell<Backoff>,
    retry: RefCell<Option<Timer>>,
}

impl Sender {
    /// Sends by `post`, and forgets a message once `talk` has it.
    pub fn new(talk: &Talk, shelf: Shelf, post: impl Fn(Outgoing) -> Sent + 'static) -> Self {
        let sender = Sender(Box::leak(Box::new(Inner {
            post: Box::new(post),
            outbox: Watched::new(Outbox::restored(read(&shelf))),
            shelf,
            sent: Watched::new(Vec::new()),
            held_up: Watched::new(None),
            sending: Cell::new(false),
            backoff: Cell::default(),
            retry: RefCell::default(),
        })));
        at_end(move || drop(sender.0.retry.take()));
        talk.on_event(move |event| {
            if let Body::MessagePosted(posted) = &event.body
                && let Some(id) = &posted.client_id
            {
                sender.seen(id);
            }
        });
        listen(&window(), "online", move |_| sender.pump());
        sender
    }

    /// Messages that are on their way, or were refused.
    pub fn outbox(&self) -> Watched<Outbox> {
        self.0.outbox
    }

    /// Messages that were acknowledged, until the transcript shows them.
    pub fn sent(&self) -> Watched<Vec<Outgoing>> {
        self.0.sent
    }

    /// `Some` while the last try came to nothing: the seconds that the server asked for, or 0.
    pub fn held_up(&self) -> Watched<Option<u32>> {
        self.0.held_up
    }

    /// Whether anything waits to be sent.
    pub fn is_waiting(&self) -> bool {
        self.0.outbox.with_untracked(|outbox| outbox.next().is_some())
    }

    /// Sends a text.
    pub fn write(&self, text: String) {
        let id = ClientId(new_id());
        self.0.outbox.update(|outbox| outbox.write(id, text));
        self.store();
        self.pump();
    }

    /// Tries a refused message again.
    pub fn again(&self, id: &ClientId) {
        self.0.outbox.update(|outbox| outbox.again(id));
        self.pump();
    }

    /// Gives a message up.
    pub fn discard(&self, id: &ClientId) {
        self.gone(id);
    }

    /// Forgets all of it: another conversation begins.
    pub fn clear(&self) {
        self.0.retry.take();
        self.0.outbox.set(Outbox::default());
        self.0.sent.set(Vec::new());
        self.0.held_up.set(None);
        self.0.shelf.remove(UNSENT);
    }

    /// The transcript has a message.
    fn seen(&self, id: &ClientId) {
        if self.0.sent.with_untracked(|sent| sent.iter().any(|message| message.client_id == *id)) {
            self.0.sent.update(|sent| {
                take_out(sent, id);
            });
        }
        if self.0.outbox.with_untracked(|outbox| outbox.waiting().iter().any(|message| message.client_id == *id)) {
            self.gone(id);
        }
    }

    /// After a load: what it shows is not shown twice.
    pub fn loaded(&self, talk: &Talk) {
        let known: Vec<ClientId> = talk.with_entries(|entries| {
            let mut ids = Vec::new();
            for entry in entries {
                if let Body::MessagePosted(posted) = &entry.body
                    && let Some(id) = &posted.client_id
                {
                    ids.push(id.clone());
                }
            }
            ids
        });
        for id in &known {
            self.seen(id);
        }
    }

    /// Sends what waits, unless it does so already.
    pub fn pump(&self) {
        self.0.retry.take();
        if self.0.sending.replace(true) {
            return;
        }
        let this = *self;
        spawn(async move {
            while let Some(next) = this.0.outbox.with_untracked(|outbox| outbox.next().cloned()) {
                let answer = (this.0.post)(next.clone()).await;
                if let Err(failure) = &answer
                    && failure.passes()
                {
                    this.try_later(failure);
                    break;
                }
                this.done(&next, answer);
            }
            this.0.sending.set(false);
        });
    }

    fn done(&self, message: &Outgoing, answer: Result<(), Failure>) {
        self.0.backoff.set(Backoff::default());
        if self.0.held_up.get_untracked().is_some() {
            self.0.held_up.set(None);
        }
        match answer {
            Ok(()) => {
                // The stream may have been faster than the answer.
                let waits = self.0.outbox.with_untracked(|outbox| outbox.waiting().contains(message));
                if waits {
                    self.0.sent.update(|sent| sent.push(message.clone()));
                    self.gone(&message.client_id);
                }
            }
            Err(failure) => {
                self.0.outbox.update(|outbox| outbox.refused(&message.client_id, failure.code()));
                self.forget(&message.client_id);
                self.store();
            }
        }
    }

    fn try_later(&self, failure: &Failure) {
        let mut backoff = self.0.backoff.get();
        let asked_for = failure.retry_after_ms();
        let pause = backoff.failed(spread()).max(asked_for.unwrap_or(0));
        self.0.backoff.set(backoff);
        self.0.held_up.set(Some(asked_for.unwrap_or(0) / 1000));
        let this = *self;
        self.0.retry.replace(Some(after(pause, move || this.pump())));
    }

    fn gone(&self, id: &ClientId) {
        self.0.outbox.update(|outbox| {
            outbox.acknowledged(id);
        });
        self.forget(id);
    }

    fn forget(&self, id: &ClientId) {
        let mut left = read(&self.0.shelf);
        take_out(&mut left, id);
        write(&self.0.shelf, &left);
    }

    /// Adds what waits here to what is kept; another tab's messages stay.
    fn store(&self) {
        let mut kept = read(&self.0.shelf);
        self.0.outbox.with_untracked(|outbox| {
            for message in outbox.waiting() {
                if !kept.iter().any(|known| known.client_id == message.client_id) {
                    kept.push(message.clone());
                }
            }
        });
        write(&self.0.shelf, &kept);
    }
}

fn read(shelf: &Shelf) -> Vec<Outgoing> {
    let kept = shelf.get(UNSENT).and_then(|text| JSON::parse(&text).ok());
    let mut messages = Vec::new();
    for Kept(message) in kept.and_then(|kept| items::<Kept>(&kept)).unwrap_or_default() {
        messages.push(message);
    }
    messages
}

fn write(shelf: &Shelf, messages: &[Outgoing]) {
    if messages.is_empty() {
        shelf.remove(UNSENT);
        return;
    }
    let list = Array::new();
    for message in messages {
        let kept = JsonBody::with_client_id(message.client_id.as_str()).set("text", message.text.as_str());
        let kept = match &message.state {
            SendState::Sending => kept,
            SendState::Refused(code) => kept.set("refused", code.as_str()),
        };
        list.push(kept.object());
    }
    if let Ok(text) = JSON::stringify(&list) {
        shelf.set(UNSENT, &String::from(text));
    }
}

/// An unsent message as it is kept.
struct Kept(Outgoing);

impl FromJs for Kept {
    fn from_js(value: &JsValue) -> Option<Self> {
        let state = field::<String>(value, "refused").map_or(SendState::Sending, SendState::Refused);
        Some(Kept(Outgoing { client_id: field(value, "client_id")?, text: field(value, "text")?, state }))
    }
}
