//! One conversation on the desk: the transcript, what is known of the shopper, the messages on their way, the draft.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::{Owner, untrack};
use warmline_conversation::client::transcript::is_entry;
use warmline_conversation::client::{Backoff, Followed};
use warmline_protocol::agent::{CaseFile, InboxRow};
use warmline_protocol::event::Attribute;
use warmline_protocol::passing::Read;
use warmline_protocol::view::Snapshot;
use warmline_protocol::{AgentId, Author, AuthorKind, Body, ConversationId, Event, Passing, Phase, View};
use warmline_ui::dom::{Timer, after, sleep};
use warmline_ui::net::{Body as JsonBody, Failure, spread};
use warmline_ui::sender::Sender;
use warmline_ui::storage::Shelf;
use warmline_ui::talk::Talk;
use warmline_ui::watched::Watched;
use wasm_bindgen_futures::spawn_local;

use crate::api::{self, Api};
use crate::draft::Draft;
use crate::start::SHELF;
use crate::turn::Turn;

/// Typing is told at most so often.
const TYPING_MS: f64 = 3_000.0;
/// Who was not heard typing for so long types no more.
const TYPED_MS: u32 = 6_000;

/// What is known of the shopper.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Facts {
    pub(crate) language: String,
    pub(crate) name: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) page: Option<String>,
    pub(crate) vip: bool,
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) signals: Vec<String>,
}

/// A conversation; a handle.
#[derive(Clone)]
pub(crate) struct Case(Rc<Inner>);

struct Inner {
    id: String,
    api: Api,
    talk: Talk,
    sender: Sender,
    facts: Watched<Facts>,
    loaded: Watched<bool>,
    failed: Watched<Option<Failure>>,
    /// Whether its beginning is among what was loaded.
    whole: Watched<bool>,
    loading: Cell<bool>,
    again: Cell<bool>,
    typed_at: Cell<f64>,
    typing_ends: RefCell<Option<Timer>>,
    draft: Draft,
    /// What stands in the composer while another conversation is open.
    unsent: RefCell<String>,
    /// The composer writes a note.
    noting: Watched<bool>,
}

impl Case {
    /// A conversation that is not loaded yet. What it listens to ends with `owner`, not with the view that opened it.
    pub(crate) fn new(owner: &Owner, api: &Api, agent: &AgentId, id: &str) -> Self {
        owner.with(|| {
            let talk = Talk::new();
            let (posting, path) = (api.clone(), path(id, "/messages"));
            let shelf = Shelf::new(&[SHELF, ":", agent.as_str(), ":", id].concat());
            let sender = Sender::new(&talk, shelf, move |message| {
                let (api, path) = (posting.clone(), path.clone());
                Box::pin(async move {
                    let body = JsonBody::with_client_id(message.client_id.as_str()).set("text", message.text.as_str());
                    match api.post(&path, &body).await {
                        Ok(_) => Ok(()),
                        // Logged out is not refused: it is sent once the agent is back.
                        Err(Failure::Refused(problem)) if problem.status == 401 => Err(Failure::Network),
                        Err(failure) => Err(failure),
                    }
                })
            });
            Case(Rc::new(Inner {
                id: id.to_owned(),
                api: api.clone(),
                sender,
                talk,
                facts: Watched::new(Facts::default()),
                loaded: Watched::new(false),
                failed: Watched::new(None),
                whole: Watched::new(true),
                loading: Cell::new(false),
                again: Cell::new(false),
                typed_at: Cell::new(0.0),
                typing_ends: RefCell::default(),
                draft: Draft::new(),
                unsent: RefCell::default(),
                noting: Watched::new(false),
            }))
        })
    }

    pub(crate) fn id(&self) -> &str {
        &self.0.id
    }

    pub(crate) fn talk(&self) -> &Talk {
        &self.0.talk
    }

    pub(crate) fn sender(&self) -> &Sender {
        &self.0.sender
    }

    pub(crate) fn facts(&self) -> Watched<Facts> {
        self.0.facts
    }

    pub(crate) fn loaded(&self) -> Watched<bool> {
        self.0.loaded
    }

    /// Why it could not be loaded.
    pub(crate) fn failed(&self) -> Watched<Option<Failure>> {
        self.0.failed
    }

    pub(crate) fn whole(&self) -> Watched<bool> {
        self.0.whole
    }

    pub(crate) fn draft(&self) -> &Draft {
        &self.0.draft
    }

    pub(crate) fn noting(&self) -> Watched<bool> {
        self.0.noting
    }

    pub(crate) fn unsent(&self) -> &RefCell<String> {
        &self.0.unsent
    }

    /// The path of a call about it.
    pub(crate) fn path(&self, rest: &str) -> String {
        path(&self.0.id, rest)
    }

    /// Whether it is an agent's own.
    pub(crate) fn is_of(view: &View, agent: &AgentId) -> bool {
        view.phase.has_person() && view.agent.as_ref().is_some_and(|owner| owner.agent_id == *agent)
    }

    /// Whether an agent may write in it and resolve it: their own, and one left open that was theirs.
    pub(crate) fn may_write(view: &View, agent: &AgentId) -> bool {
        (view.phase.has_person() || view.phase == Phase::LeftOpen) && view.agent.as_ref().is_some_and(|owner| owner.agent_id == *agent)
    }

    /// Whose turn it is; watched.
    pub(crate) fn turn(&self) -> Turn {
        let read = self.0.talk.reads().with(|reads| reads.agent);
        self.0.talk.with_entries(|entries| Turn::of(entries, read))
    }

    /// What a list says of it, until it is loaded.
    pub(crate) fn hint(&self, row: &InboxRow) {
        if !self.0.loaded.get_untracked() {
            self.0.facts.update(|facts| {
                facts.language.clone_from(&row.language);
                facts.name.clone_from(&row.shopper_name);
            });
        }
    }

    /// Loads it, unless what is here is the newest.
    pub(crate) fn catch_up(&self, last_seq: u64) {
        if !self.0.loaded.get_untracked() || self.0.talk.cursor() < last_seq {
            self.load();
        }
    }

    /// Loads it. The start, and the way back from a gap.
    pub(crate) fn load(&self) {
        if self.0.loading.replace(true) {
            self.0.again.set(true);
            return;
        }
        let case = self.clone();
        spawn_local(async move {
            let mut backoff = Backoff::default();
            loop {
                let answer = case.0.api.get(&case.path("")).await;
                match answer.and_then(|value| api::read::<CaseFile>(&value)) {
                    Ok(file) => {
                        case.take(file);
                        if !case.0.again.replace(false) {
                            break;
                        }
                    }
                    Err(failure) => {
                        let passes = failure.passes();
                        if !passes || backoff.failures() == 2 {
                            case.0.failed.set(Some(failure));
                        }
                        if !passes {
                            break;
                        }
                        sleep(backoff.failed(spread())).await;
                    }
                }
            }
            case.0.loading.set(false);
        });
    }

    fn take(&self, file: CaseFile) {
        let facts = Facts {
            language: file.language,
            name: file.shopper_name,
            email: file.shopper_email,
            page: file.page,
            vip: file.vip,
            attributes: file.attributes,
            signals: file.signals,
        };
        let whole = file.events.first().is_none_or(|event| event.seq <= 1);
        if self.0.whole.get_untracked() != whole {
            self.0.whole.set(whole);
        }
        if self.0.facts.with_untracked(|known| *known != facts) {
            self.0.facts.set(facts);
        }
        // A look at what is already here must not move the reader.
        if !self.0.loaded.get_untracked() || self.0.talk.cursor() != file.cursor {
            self.0.talk.load(Snapshot {
                conversation_id: ConversationId(self.0.id.clone()),
                state: file.state,
                messages: file.events.into_iter().filter(|event| is_entry(&event.body)).collect(),
                notices: Vec::new(),
                cursor: file.cursor,
                reads: file.reads,
                more: false,
            });
            self.0.sender.loaded(&self.0.talk);
        }
        if self.0.failed.get_untracked().is_some() {
            self.0.failed.set(None);
        }
        if !self.0.loaded.get_untracked() {
            self.0.loaded.set(true);
            if self.0.sender.is_waiting() {
                self.0.sender.pump();
            }
        }
    }

    /// Follows an event; after a gap it is loaded again.
    pub(crate) fn follow(&self, event: &Event) -> Followed {
        let followed = self.0.talk.follow(event.clone());
        match followed {
            Followed::New => self.learn(event),
            Followed::Gap => self.load(),
            Followed::Known => {}
        }
        followed
    }

    fn learn(&self, event: &Event) {
        match &event.body {
            Body::ShopperIdentified(shopper) => self.0.facts.update(|facts| {
                facts.name.clone_from(&shopper.name);
                facts.email.clone_from(&shopper.email);
                facts.vip = shopper.vip;
            }),
            Body::ContextChanged(changed) => self.0.facts.update(|facts| {
                if let Some(locale) = &changed.locale {
                    facts.language.clone_from(locale);
                }
                if changed.page.is_some() {
                    facts.page.clone_from(&changed.page);
                }
                for attribute in &changed.attributes {
                    facts.attributes.retain(|known| known.name != attribute.name);
                    facts.attributes.push(attribute.clone());
                }
            }),
            Body::SignalNoted(noted) => self.0.facts.update(|facts| {
                if !facts.signals.contains(&noted.signal) {
                    facts.signals.push(noted.signal.clone());
                }
            }),
            _ => {}
        }
    }

    /// Takes a passing event.
    pub(crate) fn pass(&self, passing: &Passing) {
        self.0.talk.pass(passing);
        if matches!(passing, Passing::Typing(_)) {
            let talk = self.0.talk;
            self.0.typing_ends.replace(Some(after(TYPED_MS, move || talk.stopped_typing())));
        }
    }

    /// The agent types; not told at each key.
    pub(crate) fn typing(&self) {
        let now = js_sys::Date::now();
        if self.0.noting.get_untracked() || now - self.0.typed_at.get() < TYPING_MS {
            return;
        }
        self.0.typed_at.set(now);
        let case = self.clone();
        spawn_local(async move { case.0.api.sign(&case.path("/typing"), &JsonBody::new()).await });
    }

    /// The agent has read all that is here.
    pub(crate) fn read_all(&self) {
        let seq = self.0.talk.cursor();
        if seq == 0 || self.0.talk.reads().get_untracked().agent >= seq || !self.is_unread() {
            return;
        }
        self.0.talk.pass(&Passing::Read(Read { author: Author::of(AuthorKind::Agent), seq }));
        let case = self.clone();
        // Not marked is marked with the next.
        spawn_local(async move { case.0.api.sign(&case.path("/read"), &JsonBody::new().set("seq", seq as f64)).await });
    }

    fn is_unread(&self) -> bool {
        untrack(|| self.turn().unread > 0)
    }

    /// The server.
    pub(crate) fn api(&self) -> &Api {
        &self.0.api
    }
}

fn path(id: &str, rest: &str) -> String {
    ["/v1/agent/conversations/", id, rest].concat()
}
