//! Search: by case code, name, e-mail or words, and by state.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::encode_uri_component;
use warmline_protocol::agent::InboxRow;
use warmline_protocol::js::list;
use warmline_protocol::{AgentId, Phase};
use warmline_ui::dom::{Timer, after};
use warmline_ui::net::Failure;
use warmline_ui::watched::Watched;
use wasm_bindgen_futures::spawn_local;

use crate::api::Api;

/// A key is often followed by another.
const PAUSE_MS: u32 = 250;

/// What was searched for, and found; a handle.
#[derive(Clone)]
pub(crate) struct Search(Rc<Inner>);

struct Inner {
    words: Watched<String>,
    phase: Watched<Option<Phase>>,
    found: Watched<Option<Vec<InboxRow>>>,
    failed: Watched<Option<Failure>>,
    busy: Watched<bool>,
    number: Cell<u32>,
    pause: RefCell<Option<Timer>>,
}

impl Search {
    pub(crate) fn new() -> Self {
        Search(Rc::new(Inner {
            words: Watched::new(String::new()),
            phase: Watched::new(None),
            found: Watched::new(None),
            failed: Watched::new(None),
            busy: Watched::new(false),
            number: Cell::new(0),
            pause: RefCell::default(),
        }))
    }

    /// Whether anything is searched for; watched.
    pub(crate) fn is_on(&self) -> bool {
        !self.0.words.get().trim().is_empty() || self.0.phase.get().is_some()
    }

    /// What was found; none while nothing is searched for; watched.
    pub(crate) fn found(&self) -> Option<Vec<InboxRow>> {
        self.0.found.get().filter(|_| self.is_on())
    }

    /// Why it could not be searched; watched.
    pub(crate) fn failed(&self) -> Option<Failure> {
        self.0.failed.get()
    }

    /// Whether an answer is on its way; watched.
    pub(crate) fn is_busy(&self) -> bool {
        self.0.busy.get()
    }

    /// What is searched for; watched.
    pub(crate) fn words(&self) -> String {
        self.0.words.get()
    }

    /// The state that is searched for; watched.
    pub(crate) fn phase(&self) -> Option<Phase> {
        self.0.phase.get()
    }

    /// Searches for words.
    pub(crate) fn look_for(&self, api: &Api, words: String) {
        self.0.words.set(words);
        self.soon(api, PAUSE_MS);
    }

    /// Searches for a state.
    pub(crate) fn only(&self, api: &Api, phase: Option<Phase>) {
        self.0.phase.set(phase);
        self.soon(api, 0);
    }

    /// Back to one's own and the line.
    pub(crate) fn clear(&self) {
        self.0.words.set(String::new());
        self.0.phase.set(None);
        self.0.found.set(None);
        self.0.failed.set(None);
        self.0.pause.take();
    }

    fn soon(&self, api: &Api, ms: u32) {
        if self.0.words.get_untracked().trim().is_empty() && self.0.phase.get_untracked().is_none() {
            return self.clear();
        }
        let (this, api) = (self.clone(), api.clone());
        self.0.busy.set(true);
        self.0.pause.replace(Some(after(ms, move || this.ask(&api))));
    }

    fn ask(&self, api: &Api) {
        let number = self.0.number.get() + 1;
        self.0.number.set(number);
        let phase = self.0.phase.get_untracked().map_or("", Phase::word);
        let words = String::from(encode_uri_component(self.0.words.get_untracked().trim()));
        let path = ["/v1/agent/conversations?state=", phase, "&q=", &words].concat();
        let (this, api) = (self.clone(), api.clone());
        spawn_local(async move {
            let answer = api.get(&path).await;
            // A later question has overtaken this one.
            if this.0.number.get() != number {
                return;
            }
            this.0.busy.set(false);
            match answer {
                Ok(value) => {
                    this.0.failed.set(None);
                    this.0.found.set(Some(list(&value, "conversations").unwrap_or_default()));
                }
                Err(failure) => this.0.failed.set(Some(failure)),
            }
        });
    }

    /// Who is known to own a conversation that was found, when it is somebody else.
    pub(crate) fn other_owner<'a>(row: &'a InboxRow, me: &AgentId) -> Option<&'a str> {
        row.agent_name.as_deref().filter(|_| row.agent_id.as_ref() != Some(me))
    }

    /// A conversation was changed by the agent: what was found is asked for again.
    pub(crate) fn refresh(&self, api: &Api) {
        let on = !self.0.words.get_untracked().trim().is_empty() || self.0.phase.get_untracked().is_some();
        if on {
            self.soon(api, PAUSE_MS);
        }
    }
}
