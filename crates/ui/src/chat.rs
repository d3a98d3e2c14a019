//! The shopper's side of a conversation: opened with the first message or ask, kept over reloads and tabs, followed by its stream.

use crate::{digits, joined};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use warmline_conversation::client::{Backoff, Followed};
use warmline_protocol::event::AuthorKind;
use warmline_protocol::js::{FromJs, field, parse};
use warmline_protocol::passing::Read;
use warmline_protocol::view::{Page, Snapshot};
use warmline_protocol::{Author, Passing};
use wasm_bindgen::prelude::*;
use web_sys::{Headers, StorageEvent};

use crate::dom::{at_end, listen, sleep, window, spawn};
use crate::net::{Answer, Body, Failure, Net, Problem, member_of, new_id, spread};
use crate::sender::Sender;
use crate::storage::Shelf;
use crate::stream::{Source, Stream};
use crate::talk::Talk;
use crate::watched::Watched;

mod commands;

/// Under which entry of the shelf the wish for a person lies until the server has it.
const ASK: &str = "ask";
/// … and the id with which a conversation is being opened.
const OPENING: &str = "opening";

/// What the shop's page says about itself and its shopper.
#[derive(Debug, Clone, Default)]
pub struct Visit {
    /// The merchant's public key.
    pub key: String,
    /// The language.
    pub locale: String,
    /// The page's address.
    pub page: String,
    /// A signed identity, which is never stored.
    pub identity: Option<String>,
    /// What the shop knows and wants the agent to see.
    pub attributes: Option<JsValue>,
}

/// What went wrong, as a shopper can be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// The chat could not be opened or loaded.
    Start,
    /// This page may not use it.
    Page,
    /// The conversation is no longer this device's.
    Ended,
    /// The server failed.
    Server,
}

struct Session {
    id: String,
    token: String,
}

/// A shopper's chat: a handle that is copied, as [`Talk`] is.
#[derive(Clone, Copy)]
pub struct Chat(&'static Inner);

struct Inner {
    net: Net,
    talk: Talk,
    stream: Cell<Option<Stream>>,
    sender: Cell<Option<Sender>>,
    shelf: Shelf,
    visit: RefCell<Visit>,
    session: Rc<RefCell<Option<Session>>>,
    opening: Cell<bool>,
    loading: Cell<bool>,
    /// Something came while a load was under way that did not fit what was known: the load may be older than it.
    behind: Cell<bool>,
    typed_at: Cell<f64>,
    begun: Watched<bool>,
    loaded: Watched<bool>,
    asking: Watched<bool>,
    older_loading: Watched<bool>,
    trouble: Watched<Option<Trouble>>,
}

impl Chat {
    /// The chat of a visit to a server. A conversation that is kept from before is taken up.
    pub fn new(base: &str, visit: Visit) -> Self {
        let session: Rc<RefCell<Option<Session>>> = Rc::default();
        let proof = Rc::clone(&session);
        let net = Net::new(base, false, Rc::new(move |headers: &Headers| {
            if let Some(session) = &*proof.borrow() {
                let _ = headers.set("authorization", &joined(&["Bearer ", &session.token]));
            }
        }));
        let shelf = Shelf::new(&joined(&["warmline:", &visit.key]));
        let chat = Chat(Box::leak(Box::new(Inner {
            net,
            talk: Talk::new(),
            stream: Cell::default(),
            sender: Cell::default(),
            shelf,
            visit: RefCell::new(visit),
            session,
            opening: Cell::new(false),
            loading: Cell::new(false),
            behind: Cell::new(false),
            typed_at: Cell::new(0.0),
            begun: Watched::new(false),
            loaded: Watched::new(false),
            asking: Watched::new(false),
            older_loading: Watched::new(false),
            trouble: Watched::new(None),
        })));
        at_end(move || drop(chat.0.session.take()));
        chat.0.stream.replace(Some(chat.make_stream()));
        chat.0.sender.replace(Some(chat.make_sender()));
        chat.follow_other_tabs();
        chat.take_up();
        chat
    }

    /// What is known of the conversation.
    pub fn talk(&self) -> &Talk {
        &self.0.talk
    }

    /// The server.
    pub fn net(&self) -> &Net {
        &self.0.net
    }

    /// The outbox's driver.
    pub fn sender(&self) -> Sender {
        self.0.sender.get().unwrap_or_else(|| self.make_sender())
    }

    /// The stream.
    pub fn stream(&self) -> Stream {
        self.0.stream.get().unwrap_or_else(|| self.make_stream())
    }

    /// Whether there is a conversation.
    pub fn begun(&self) -> Watched<bool> {
        self.0.begun
    }

    /// Whether it was loaded, or there is none to load.
    pub fn loaded(&self) -> Watched<bool> {
        self.0.loaded
    }

    /// Whether the wish for a person is on its way.
    pub fn asking(&self) -> Watched<bool> {
        self.0.asking
    }

    /// Whether older messages are on their way.
    pub fn older_loading(&self) -> Watched<bool> {
        self.0.older_loading
    }

    /// What went wrong.
    pub fn trouble(&self) -> Watched<Option<Trouble>> {
        self.0.trouble
    }

    fn path(&self, rest: &str) -> Option<String> {
        let session = self.0.session.borrow();
        session.as_ref().map(|session| joined(&["/v1/conversations/", &session.id, rest]))
    }

    fn make_stream(&self) -> Stream {
        let chat = *self;
        Stream::new(Source {
            net: self.0.net.clone(),
            name: self.0.shelf.name(""),
            path: Box::new(move || chat.path("/events")),
            cursor: Box::new(move || Some(digits(chat.0.talk.cursor()))),
            heard: Box::new(move |frame| {
                if chat.0.talk.take(frame) == Followed::Gap {
                    chat.load();
                }
            }),
            catch_up: Box::new(move || chat.0.talk.catch_up()),
            refused: Box::new(move |problem| chat.refused(&problem)),
        })
    }

    fn make_sender(&self) -> Sender {
        let chat = *self;
        Sender::new(&self.0.talk, self.0.shelf.clone(), move |message| {
            Box::pin(async move {
                let body = Body::with_client_id(message.client_id.as_str()).set("text", message.text.as_str());
                chat.post("/messages", &body).await.map(drop)
            })
        })
    }

    /// Takes up the conversation that is kept, if there is one.
    fn take_up(&self) {
        let kept = self.0.shelf.get("").and_then(|text| parse::<Session>(&text));
        let none = kept.is_none();
        self.0.session.replace(kept);
        self.0.begun.set(!none);
        if none {
            self.0.loaded.set(true);
        } else {
            self.load();
        }
        if self.0.shelf.get(ASK).is_some() {
            self.ask_for_a_person(None);
        }
        if self.sender().is_waiting() {
            self.sender().pump();
        }
    }

    /// Another tab opened a conversation, or forgot it: so does this one.
    fn follow_other_tabs(&self) {
        let chat = *self;
        listen(&window(), "storage", move |event| {
            let event: StorageEvent = event.unchecked_into();
            if event.key() != Some(chat.0.shelf.name("")) {
                return;
            }
            let told = event.new_value().and_then(|text| parse::<Session>(&text));
            let same = match (&*chat.0.session.borrow(), &told) {
                (Some(mine), Some(told)) => mine.id == told.id,
                (None, None) => true,
                (Some(_), None) | (None, Some(_)) => false,
            };
            if !same {
                chat.leave();
                chat.take_up();
            }
        });
    }

    /// Loads the state, then follows from its cursor. The start, and the way back from a gap.
    pub fn load(&self) {
        if self.0.loading.replace(true) {
            self.0.behind.set(true);
            return;
        }
        self.0.behind.set(false);
        let chat = *self;
        spawn(async move {
            let mut backoff = Backoff::default();
            while let Some(path) = chat.path("") {
                match chat.0.net.call("GET", &path, None).await {
                    Ok(value) => {
                        if let Some(snapshot) = Snapshot::from_js(&value) {
                            chat.0.talk.load(snapshot);
                            chat.sender().loaded(&chat.0.talk);
                            chat.0.trouble.set(None);
                            chat.0.loading.set(false);
                            chat.0.loaded.set(true);
                            chat.stream().start();
                        } else {
                            chat.0.trouble.set(Some(Trouble::Start));
                        }
                        break;
                    }
                    Err(failure) if failure.passes() => {
                        if backoff.failures() == 2 {
                            chat.0.trouble.set(Some(Trouble::Start));
                        }
                        sleep(backoff.failed(spread()).max(failure.retry_after_ms().unwrap_or(0))).await;
                    }
                    Err(Failure::Refused(problem)) => {
                        chat.refused(&problem);
                        break;
                    }
                    Err(Failure::Network) => break,
                }
            }
            chat.0.loading.set(false);
            chat.0.loaded.set(true);
            if chat.0.behind.take() && chat.0.session.borrow().is_some() {
                chat.load();
            }
        });
    }

    /// Loads the page of messages before those that are shown.
    pub fn load_older(&self) {
        let (Some(first), false) = (self.0.talk.first_seq(), self.0.older_loading.get_untracked()) else { return };
        let Some(path) = self.path(&joined(&["/messages?before=", &digits(first), "&limit=50"])) else { return };
        self.0.older_loading.set(true);
        let chat = *self;
        spawn(async move {
            if let Ok(value) = chat.0.net.call("GET", &path, None).await
                && let Some(page) = Page::from_js(&value)
            {
                chat.0.talk.older(page);
            }
            chat.0.older_loading.set(false);
        });
    }

    /// The server will not know us any more, or not here.
    fn refused(&self, problem: &Problem) {
        let trouble = match problem.status {
            401 | 404 | 410 => Trouble::Ended,
            403 => Trouble::Page,
            _ => Trouble::Server,
        };
        if trouble == Trouble::Ended {
            self.0.shelf.remove("");
            self.leave();
        }
        self.0.trouble.set(Some(trouble));
    }

    /// Forgets the conversation in memory.
    fn leave(&self) {
        self.stream().stop();
        self.0.session.replace(None);
        self.0.talk.clear();
        self.0.begun.set(false);
        self.0.trouble.set(None);
    }

    /// Opens the conversation unless there is one. Whoever comes second waits for the first.
    async fn open(&self) -> Result<(), Failure> {
        while self.0.opening.get() {
            sleep(50).await;
        }
        if self.0.session.borrow().is_some() {
            return Ok(());
        }
        self.0.opening.set(true);
        let opened = self.open_now().await;
        self.0.opening.set(false);
        opened
    }

    async fn open_now(&self) -> Result<(), Failure> {
        let id = self.0.shelf.get(OPENING).unwrap_or_else(new_id);
        self.0.shelf.set(OPENING, &id);
        let visit = self.0.visit.borrow().clone();
        let body = Body::with_client_id(&id)
            .set("key", visit.key.as_str())
            .set("locale", visit.locale.as_str())
            .set("page", visit.page.as_str())
            .maybe("identity", visit.identity.as_deref());
        let answer = self.0.net.call("POST", "/v1/conversations", Some(body.object())).await;
        if let Err(Failure::Refused(problem)) = &answer
            && problem.status == 403
        {
            self.0.trouble.set(Some(Trouble::Page));
        }
        let answer = answer.inspect_err(|failure| {
            if !failure.passes() {
                self.0.shelf.remove(OPENING);
            }
        })?;
        let (Some(id), Some(token)) = (member_of::<String>(&answer, "conversation_id"), member_of::<String>(&answer, "token")) else {
            return Err(Failure::Network);
        };
        let kept = Body::new().set("id", id.as_str()).set("token", token.as_str());
        if let Ok(text) = js_sys::JSON::stringify(kept.object()) {
            self.0.shelf.set("", &String::from(text));
        }
        self.0.shelf.remove(OPENING);
        self.0.session.replace(Some(Session { id, token }));
        self.0.begun.set(true);
        self.0.trouble.set(None);
        self.load();
        if let Some(attributes) = visit.attributes {
            self.tell_attributes(attributes);
        }
        Ok(())
    }

    /// Posts to the conversation, which is opened for it if need be, and opened anew when it is gone.
    fn post(&self, rest: &'static str, body: &Body) -> Answer {
        let (chat, body) = (*self, body.object().clone());
        Box::pin(async move {
            let mut again = true;
            loop {
                chat.open().await?;
                let path = chat.path(rest).ok_or(Failure::Network)?;
                let answer = chat.0.net.call("POST", &path, Some(&body)).await;
                match &answer {
                    Err(Failure::Refused(problem)) if again && matches!(problem.status, 401 | 404 | 410) => {
                        again = false;
                        chat.0.shelf.remove("");
                        chat.leave();
                    }
                    Ok(_) | Err(_) => return answer,
                }
            }
        })
    }

    /// Marks as read up to a seq.
    pub fn read_up_to(&self, seq: u64) {
        if self.0.talk.reads().get_untracked().shopper >= seq {
            return;
        }
        self.0.talk.pass(&Passing::Read(Read { author: Author::of(AuthorKind::Shopper), seq }));
        if let Some(path) = self.path("/read") {
            let net = self.0.net.clone();
            spawn(async move {
                // Not marked is marked with the next.
                let _ = net.call("POST", &path, Some(Body::new().set("seq", seq as f64).object())).await;
            });
        }
    }
}

impl FromJs for Session {
    fn from_js(value: &JsValue) -> Option<Self> {
        if !value.is_object() {
            return None;
        }
        Some(Session { id: field(value, "id")?, token: field(value, "token")? })
    }
}
