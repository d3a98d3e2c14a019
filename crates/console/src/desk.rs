//! The desk: all that an agent has before them. The signals that the page is made of, and what can be done with them.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use leptos::prelude::Owner;
use warmline_protocol::agent::{InboxRow, Offer};
use warmline_protocol::{AgentId, Timestamp};
use warmline_ui::composer::Composer;
use warmline_ui::dom::{self, Timer, after, document, effect, listen, next_frame, window};
use warmline_ui::live_region::LiveRegion;
use warmline_ui::locale::Locale;
use warmline_ui::sse::Frame;
use warmline_ui::storage::Shelf;
use warmline_ui::stream::Stream;
use warmline_ui::transcript::Scroll;
use warmline_ui::watched::Watched;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::api::Api;
use crate::ask::Ask;
use crate::case::Case;
use crate::line;
use crate::search::Search;
use crate::sound::Sound;
use crate::start::{Languages, SHELF};

/// What a screen without room for all shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pane {
    /// Who needs somebody.
    List,
    /// The conversation.
    Talk,
    /// The case.
    Case,
}

impl Pane {
    /// The word by which the style tells them apart.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Pane::List => "list",
            Pane::Talk => "talk",
            Pane::Case => "case",
        }
    }
}

/// The desk; a handle.
#[derive(Clone)]
pub(crate) struct Desk(Rc<Inner>);

pub(crate) struct Inner {
    pub(crate) api: Api,
    pub(crate) languages: Languages,
    pub(crate) agent: AgentId,
    pub(crate) live: LiveRegion,
    pub(crate) sound: Sound,
    pub(crate) search: Search,
    /// Ticks each second, by the server's clock.
    pub(crate) now: Watched<Timestamp>,
    /// Who waits, first in line first.
    pub(crate) waiting: Watched<Vec<InboxRow>>,
    pub(crate) waiting_count: Watched<u64>,
    pub(crate) offers: Watched<Vec<Offer>>,
    /// Since when the shopper of an offer waits, and that it was announced.
    pub(crate) offered: RefCell<BTreeMap<String, Timestamp>>,
    /// The inbox has come.
    pub(crate) ready: Watched<bool>,
    /// The open conversation.
    pub(crate) opened: Watched<Option<String>>,
    pub(crate) pane: Watched<Pane>,
    /// What is asked in a dialog.
    pub(crate) ask: Watched<Option<Ask>>,
    /// What failed last, in words.
    pub(crate) trouble: Watched<Option<String>>,
    /// Single keys are heard.
    pub(crate) keys: Watched<bool>,
    pub(crate) shelf: Shelf,
    pub(crate) cursor: Cell<u64>,
    /// Frames since the inbox: what a tab needs that joins.
    pub(crate) journal: RefCell<Vec<Frame>>,
    pub(crate) stream: RefCell<Option<Stream>>,
    /// The composer that stands on the page.
    pub(crate) composer: RefCell<Option<Composer>>,
    /// The transcript that stands on the page, and whose it is.
    pub(crate) scroll: RefCell<Option<(String, Scroll)>>,
    owner: Owner,
    cases: RefCell<BTreeMap<String, Case>>,
    known: Watched<u32>,
    tick: RefCell<Option<Timer>>,
}

impl std::ops::Deref for Desk {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

/// Under which entry of the shelf it lies that single keys are not wanted.
const NO_KEYS: &str = "no-keys";

impl Desk {
    /// The desk of whoever is logged in.
    pub(crate) fn new(api: &Api, languages: &Languages, agent: AgentId, live: LiveRegion) -> Self {
        let shelf = Shelf::new(SHELF);
        let desk = Desk(Rc::new(Inner {
            api: api.clone(),
            languages: languages.clone(),
            agent,
            live,
            sound: Sound::new(shelf.clone()),
            search: Search::new(),
            now: Watched::new(api.now()),
            waiting: Watched::new(Vec::new()),
            waiting_count: Watched::new(0),
            offers: Watched::new(Vec::new()),
            offered: RefCell::default(),
            ready: Watched::new(false),
            opened: Watched::new(None),
            pane: Watched::new(Pane::List),
            ask: Watched::new(None),
            trouble: Watched::new(None),
            keys: Watched::new(shelf.get(NO_KEYS).is_none()),
            shelf,
            cursor: Cell::new(0),
            journal: RefCell::default(),
            stream: RefCell::default(),
            composer: RefCell::default(),
            scroll: RefCell::default(),
            owner: Owner::current().unwrap_or_default(),
            cases: RefCell::default(),
            known: Watched::new(0),
            tick: RefCell::default(),
        }));
        desk.begin();
        desk.follow_the_address();
        desk.read_what_is_seen();
        desk.tick(0);
        desk
    }

    pub(crate) fn locale(&self) -> Locale {
        self.languages.locale
    }

    /// The conversation of an id, which is on the desk from now on.
    pub(crate) fn case(&self, id: &str) -> Case {
        if let Some(case) = self.cases.borrow().get(id) {
            return case.clone();
        }
        let case = Case::new(&self.owner, &self.api, &self.agent, id);
        self.cases.borrow_mut().insert(id.to_owned(), case.clone());
        self.known.update(|known| *known += 1);
        case
    }

    /// All that are on the desk; watched.
    pub(crate) fn cases(&self) -> Vec<Case> {
        self.known.get();
        self.cases.borrow().values().cloned().collect()
    }

    /// One's own, those who wait for an answer first; watched.
    pub(crate) fn own(&self) -> Vec<Case> {
        let mine = self.cases().into_iter().filter(|case| self.is_mine(case));
        line::own(mine.map(|case| { let turn = case.turn(); (case, turn) }).collect())
    }

    /// Whether a conversation is one's own; watched.
    pub(crate) fn is_mine(&self, case: &Case) -> bool {
        case.talk().view().with(|view| Case::is_of(view, &self.agent))
    }

    /// The open conversation; watched.
    pub(crate) fn opened_case(&self) -> Option<Case> {
        self.opened.get().map(|id| self.case(&id))
    }

    /// The conversations of the list, in its order; watched.
    pub(crate) fn listed(&self) -> Vec<String> {
        match self.search.found() {
            Some(rows) => rows.into_iter().map(|row| row.conversation_id.0).collect(),
            None => {
                let own = self.own();
                let own = own.iter().map(|case| case.id().to_owned());
                own.chain(self.waiting.get().into_iter().map(|row| row.conversation_id.0)).collect()
            }
        }
    }

    /// Opens a conversation.
    pub(crate) fn open(&self, id: &str) {
        let case = self.case(id);
        if !self.owns_now(&case) || !case.loaded().get_untracked() {
            case.load();
        }
        self.pane.set(Pane::Talk);
        if self.opened.get_untracked().as_deref() != Some(id) {
            self.opened.set(Some(id.to_owned()));
            let _ = window().location().set_hash(id);
        }
        focus_soon("talk-title");
    }

    /// Closes the open conversation, back to the list.
    pub(crate) fn close(&self) {
        let before = self.opened.get_untracked();
        self.opened.set(None);
        self.pane.set(Pane::List);
        let _ = window().location().set_hash("");
        if let Some(id) = before {
            focus_soon(&["row-", &id].concat());
        }
    }

    /// Shows a part of a screen without room for all, and takes the focus there.
    pub(crate) fn show(&self, pane: Pane) {
        self.pane.set(pane);
        focus_soon(match pane {
            Pane::List => "list-title",
            Pane::Talk => "talk-title",
            Pane::Case => "case-title",
        });
    }

    /// Hears single keys, or not.
    pub(crate) fn switch_keys(&self) {
        let on = !self.keys.get_untracked();
        self.keys.set(on);
        if on { self.shelf.remove(NO_KEYS) } else { self.shelf.set(NO_KEYS, "off") }
    }

    /// Whether it is one's own, without watching it.
    pub(crate) fn owns_now(&self, case: &Case) -> bool {
        Case::is_of(&case.talk().view().get_untracked(), &self.agent)
    }

    /// The address says which conversation is open: it survives a reload, and the browser's way back leads to the list.
    fn follow_the_address(&self) {
        let desk = self.clone();
        let look = move || {
            let hash = window().location().hash().unwrap_or_default();
            let id = hash.trim_start_matches('#');
            if desk.opened.get_untracked().as_deref().unwrap_or_default() == id {
                return;
            }
            if id.is_empty() { desk.close() } else { desk.open(id) }
        };
        look();
        listen(&window(), "hashchange", move |_| look());
    }

    /// What is open, one's own and in sight is read.
    fn read_what_is_seen(&self) {
        let desk = self.clone();
        let visible = Watched::new(!document().hidden());
        listen(&document(), "visibilitychange", move |_| visible.set(!document().hidden()));
        effect(move || {
            let shown = visible.get() && desk.pane.get() != Pane::List;
            if let Some(case) = desk.opened_case()
                && desk.is_mine(&case)
                && case.turn().unread > 0
                && (shown || visible.get() && !is_narrow())
            {
                case.read_all();
            }
        });
    }

    /// Each second: the clocks. Every few: another's open conversation, of which the stream does not tell.
    fn tick(&self, count: u32) {
        self.now.set(self.api.now());
        if count % 5 == 4
            && !document().hidden()
            && self.api.me_now().is_some()
            && let Some(id) = self.opened.get_untracked()
        {
            let case = self.case(&id);
            if !self.owns_now(&case) {
                case.load();
            }
        }
        // A summary is often written just after the offer was made.
        for offer in line::open(self.offers.with_untracked(Clone::clone), self.now.get_untracked()) {
            let case = self.case(offer.conversation_id.as_str());
            if offer.problem.is_none() && case.talk().view().with_untracked(|view| view.summary.is_none()) {
                case.load();
            }
        }
        let desk = self.clone();
        let next = after(1_000, move || desk.tick(count.wrapping_add(1)));
        self.tick.replace(Some(next));
    }
}

/// A screen without room for more than one column.
pub(crate) fn is_narrow() -> bool {
    window().match_media("(width < 45em)").ok().flatten().is_some_and(|query| query.matches())
}

/// Gives an element the focus once it stands.
pub(crate) fn focus_soon(id: &str) {
    let id = id.to_owned();
    next_frame(move || {
        if let Some(element) = document().get_element_by_id(&id) {
            dom::focus(element.unchecked_ref::<HtmlElement>());
        }
    });
}
