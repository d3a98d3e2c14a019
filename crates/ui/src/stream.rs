//! A stream that does not go blind: it resumes from its cursor, notices silence, lets go when the page is put aside and comes back with
//! it, and is shared by all tabs of a browser ([`tabs`](crate::tabs)).

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Object, Reflect, Uint8Array};
use warmline_conversation::client::Backoff;
use warmline_protocol::js::{field, member};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, ReadableStreamDefaultReader};

use crate::dom::{self, Timer, after, at_end, document, listen, spawn, window};
use crate::net::{Failure, Net, Problem, spread};
use crate::sse::{Frame, Parser};
use crate::tabs::{Listener, Tabs};
use crate::watched::Watched;

/// A server speaks at least every 20 s; after this long a silence is a dead line.
const SILENCE_MS: f64 = 45_000.0;
/// How often silence is looked for.
const WATCH_MS: u32 = 5_000;
/// A tab that stands alone lets go after so long out of sight.
const HIDDEN_MS: f64 = 20_000.0;
/// A leader answers within this, or is asleep.
const ANSWER_MS: u32 = 2_000;

/// How the line stands, as a reader can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Connection {
    /// Not wanted.
    Off,
    /// On its way, the first time.
    Connecting,
    /// Up.
    Live,
    /// Down; tried again by itself.
    Lost,
    /// The device says that it has no network.
    Offline,
}

/// What is streamed, and who wants it.
pub struct Source {
    /// From which server.
    pub net: Net,
    /// The name by which the tabs of a browser share it.
    pub name: String,
    /// The path; `None` while there is nothing to stream.
    pub path: Box<dyn Fn() -> Option<String>>,
    /// The last event id, to resume from.
    pub cursor: Box<dyn Fn() -> Option<String>>,
    /// Takes a frame.
    pub heard: Box<dyn Fn(&Frame)>,
    /// Frames that bring a tab up to date which has just joined: what streams, so far.
    pub catch_up: Box<dyn Fn() -> Vec<Frame>>,
    /// The server will not have it: wrong token, gone.
    pub refused: Box<dyn Fn(Problem)>,
}

/// A stream. It ends with the owner in which it was made. A handle that is copied, as [`Talk`](crate::talk::Talk) is.
#[derive(Clone, Copy)]
pub struct Stream(&'static Line);

struct Line {
    source: Source,
    connection: Watched<Connection>,
    wanted: Cell<bool>,
    tabs: RefCell<Option<Rc<Tabs>>>,
    leads: Cell<bool>,
    /// Counts connections: what belongs to an older one is not heard.
    number: Cell<u32>,
    abort: RefCell<Option<AbortController>>,
    retry: RefCell<Option<Timer>>,
    watch: RefCell<Option<Timer>>,
    question: RefCell<Option<Timer>>,
    backoff: Cell<Backoff>,
    heard_at: Cell<f64>,
    seen_at: Cell<f64>,
}

impl Stream {
    /// A stream that is not wanted yet.
    pub fn new(source: Source) -> Self {
        let line: &'static Line = Box::leak(Box::new(Line {
            source,
            connection: Watched::new(Connection::Off),
            wanted: Cell::new(false),
            tabs: RefCell::default(),
            leads: Cell::new(false),
            number: Cell::new(0),
            abort: RefCell::default(),
            retry: RefCell::default(),
            watch: RefCell::default(),
            question: RefCell::default(),
            backoff: Cell::default(),
            heard_at: Cell::new(0.0),
            seen_at: Cell::new(now()),
        }));
        line.follow_the_page();
        at_end(move || {
            line.wanted.set(false);
            line.let_go();
        });
        Stream(line)
    }

    /// Wants it from now on.
    pub fn start(&self) {
        if !self.0.wanted.replace(true) {
            self.0.take_up();
        }
    }

    /// Wants it no longer.
    pub fn stop(&self) {
        self.0.wanted.set(false);
        self.0.let_go();
        self.0.say(Connection::Off);
    }

    /// Begins anew, with another path or another cursor.
    pub fn restart(&self) {
        self.0.wanted.set(true);
        self.0.let_go();
        self.0.take_up();
    }

    /// How the line stands.
    pub fn connection(&self) -> Watched<Connection> {
        self.0.connection
    }
}

impl Listener for Line {
    fn leads(&'static self, leads: bool) {
        self.leads.set(leads);
        if leads {
            self.connect();
        } else {
            self.hang_up();
        }
    }

    fn told(&'static self, message: &JsValue) {
        let said = field::<String>(message, "say").unwrap_or_default();
        // Who asks is not who leads: a question is no sign of life.
        if said != "ask" {
            self.heard_at.set(now());
            self.question.take();
        }
        if let Some(data) = field(message, "data") {
            let frame = Frame { id: field(message, "id").flatten(), event: field(message, "event").unwrap_or_default(), data };
            (self.source.heard)(&frame);
        }
        match (self.leads.get(), said.as_str()) {
            (true, "ask") => {
                self.tell("live", None);
                for frame in (self.source.catch_up)() {
                    self.tell("frame", Some(&frame));
                }
            }
            (false, "lost") => self.say(Connection::Lost),
            (false, "live" | "frame") => self.say(Connection::Live),
            (true | false, _) => {}
        }
    }
}

impl Line {
    fn say(&self, connection: Connection) {
        if self.connection.get_untracked() != connection {
            self.connection.set(connection);
        }
    }

    fn tell(&self, say: &str, frame: Option<&Frame>) {
        let tabs = self.tabs.borrow();
        let Some(tabs) = tabs.as_ref() else { return };
        let message = Object::new();
        let set = |name: &str, value: &JsValue| Reflect::set(&message, &JsValue::from_str(name), value).is_ok();
        set("say", &say.into());
        if let Some(frame) = frame {
            set("event", &frame.event.as_str().into());
            set("data", &frame.data.as_str().into());
            set("id", &frame.id.as_deref().into());
        }
        tabs.tell(&message);
    }

    /// Takes its place: among the tabs, or alone.
    fn take_up(&'static self) {
        if !self.wanted.get() || self.watch.borrow().is_some() {
            return;
        }
        self.say(Connection::Connecting);
        self.watch_out();
        let tabs = Tabs::join(&self.source.name, self);
        let alone = tabs.is_none();
        self.tabs.replace(tabs);
        if alone {
            self.connect();
        } else {
            self.ask();
        }
    }

    /// Lets go of everything; [`Line::take_up`] is the way back.
    fn let_go(&self) {
        self.hang_up();
        self.watch.take();
        self.question.take();
        self.leads.set(false);
        let tabs = self.tabs.take();
        if let Some(tabs) = tabs {
            tabs.leave();
        }
    }

    fn hang_up(&self) {
        self.number.set(self.number.get() + 1);
        self.retry.take();
        if let Some(abort) = self.abort.take() {
            abort.abort();
        }
    }

    fn connect(&'static self) {
        self.hang_up();
        let Some(path) = (self.source.path)() else { return };
        let Ok(abort) = AbortController::new() else { return };
        let number = self.number.get();
        self.abort.replace(Some(abort.clone()));
        self.heard_at.set(now());
        spawn(async move {
            let ended = self.read(number, &path, &abort).await;
            if self.number.get() != number {
                return;
            }
            match ended {
                Err(Failure::Refused(problem)) if (400..500).contains(&problem.status) && problem.status != 429 => {
                    self.let_go();
                    self.wanted.set(false);
                    (self.source.refused)(problem);
                }
                Err(failure) => self.again(failure.retry_after_ms()),
                Ok(()) => self.again(None),
            }
        });
    }

    async fn read(&self, number: u32, path: &str, abort: &AbortController) -> Result<(), Failure> {
        let cursor = (self.source.cursor)();
        let mut headers = vec![("accept", "text/event-stream")];
        if let Some(cursor) = &cursor {
            headers.push(("last-event-id", cursor));
        }
        let response = self.source.net.fetch("GET", path, None, Some(&abort.signal()), &headers).await?;
        let body = response.body().ok_or(Failure::Network)?;
        let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
        let mut parser = Parser::default();
        loop {
            let part = JsFuture::from(reader.read()).await.map_err(|_| Failure::Network)?;
            if self.number.get() != number || member(&part, "done").is_truthy() {
                return Ok(());
            }
            let mut backoff = self.backoff.get();
            backoff.worked();
            self.backoff.set(backoff);
            self.heard_at.set(now());
            self.say(Connection::Live);
            let bytes = Uint8Array::from(member(&part, "value")).to_vec();
            let mut told = false;
            parser.push(&bytes, &mut |frame| {
                if self.number.get() == number {
                    (self.source.heard)(&frame);
                    self.tell("frame", Some(&frame));
                    told = true;
                }
            });
            if !told {
                self.tell("live", None);
            }
        }
    }

    /// Tries again after a while.
    fn again(&'static self, wait: Option<u32>) {
        let mut backoff = self.backoff.get();
        let pause = backoff.failed(spread());
        self.backoff.set(backoff);
        // One drop is healed before anybody needs to hear of it.
        if backoff.failures() > 1 {
            self.say(if window().navigator().on_line() { Connection::Lost } else { Connection::Offline });
            self.tell("lost", None);
        }
        self.retry.replace(Some(after(wait.unwrap_or(0).max(pause), move || self.connect())));
    }

    /// Looks every few seconds whether anything was heard.
    fn watch_out(&'static self) {
        self.watch.replace(Some(after(WATCH_MS, move || self.look())));
    }

    fn look(&'static self) {
        self.watch_out();
        let silent = now() - self.heard_at.get() > SILENCE_MS;
        let hidden = document().hidden();
        if !hidden {
            self.seen_at.set(now());
        }
        let tabs = self.tabs.borrow().clone();
        match tabs {
            None if hidden && now() - self.seen_at.get() > HIDDEN_MS => self.let_go(),
            Some(tabs) if !self.leads.get() => {
                if silent && !hidden {
                    self.heard_at.set(now());
                    tabs.take_over();
                }
            }
            // While a retry is due, silence is known.
            None | Some(_) if silent && self.retry.borrow().is_none() => self.connect(),
            None | Some(_) => {}
        }
    }

    /// Asks who leads whether it is awake, and takes over when it is not.
    fn ask(&'static self) {
        self.tell("ask", None);
        self.question.replace(Some(after(ANSWER_MS, move || {
            let tabs = self.tabs.borrow().clone();
            if let Some(tabs) = tabs
                && !self.leads.get()
                && !document().hidden()
            {
                tabs.take_over();
            }
        })));
    }

    /// The page was looked at again, or the network is back: no time is lost.
    fn wake(&'static self) {
        if !self.wanted.get() {
            return;
        }
        self.seen_at.set(now());
        if self.watch.borrow().is_none() {
            self.take_up();
        } else if self.retry.borrow().is_some() || (self.leads.get() && now() - self.heard_at.get() > SILENCE_MS) {
            self.connect();
        } else if self.tabs.borrow().is_some() && !self.leads.get() {
            self.ask();
        }
    }

    fn follow_the_page(&'static self) {
        for (target, name) in [
            (dom::window().into(), "online"),
            (dom::window().into(), "pageshow"),
            (web_sys::EventTarget::from(document()), "visibilitychange"),
        ] {
            listen(&target, name, move |_| {
                if !document().hidden() {
                    self.wake();
                }
            });
        }
        listen(&dom::window(), "offline", move |_| {
            if self.wanted.get() {
                self.say(Connection::Offline);
            }
        });
        // A page that is put aside (back/forward cache) must hold nothing.
        listen(&dom::window(), "pagehide", move |_| self.let_go());
    }
}

fn now() -> f64 {
    js_sys::Date::now()
}
