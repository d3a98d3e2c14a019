//! What a reader knows of one conversation, as signals: the data is `conversation::client::Transcript`, here it can be watched.

use std::cell::{Ref, RefCell};
use std::rc::Rc;

use warmline_conversation::State;
use warmline_conversation::client::{Followed, Transcript};
use warmline_protocol::js::{FromJs, parse};
use warmline_protocol::view::{Page, Reads, Snapshot};
use warmline_protocol::{Author, AuthorKind, Body, Event, Passing, Timestamp, View};

use crate::dom::at_end;
use crate::net::Body as JsonBody;
use crate::sse::Frame;
use crate::watched::Watched;

/// What streams, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answering {
    /// The message that it will be.
    pub id: String,
    /// What it says so far.
    pub text: String,
}

type Hearer = Rc<dyn Fn(&Event)>;

/// A conversation as its reader sees it: a handle that is copied, like Leptos's own. What it points to is emptied when its owner ends;
/// the few bytes that are left of it stay until the page goes.
#[derive(Clone, Copy)]
pub struct Talk(&'static Inner);

struct Inner {
    transcript: RefCell<Transcript>,
    hearers: RefCell<Vec<Hearer>>,
    /// Changes with the transcript's view.
    view: Watched<()>,
    entries: Watched<u32>,
    answering: Watched<Option<Answering>>,
    typing: Watched<Option<Author>>,
    reads: Watched<Reads>,
    more: Watched<bool>,
}

/// The state of a conversation, to be read and watched where it stands: a copy for each change would be code to download.
#[derive(Clone, Copy)]
pub struct Seen(&'static Inner);

impl Seen {
    /// Reads it and watches it.
    pub fn with<T>(self, read: impl FnOnce(&View) -> T) -> T {
        read(&self.get())
    }

    /// Reads it without watching it.
    pub fn with_untracked<T>(self, read: impl FnOnce(&View) -> T) -> T {
        read(&self.get_untracked())
    }

    /// The state, watched; to be let go of before anything changes it.
    pub fn get(self) -> Ref<'static, View> {
        self.0.view.track();
        self.get_untracked()
    }

    /// The state, not watched; to be let go of before anything changes it.
    pub fn get_untracked(self) -> Ref<'static, View> {
        Ref::map(self.0.transcript.borrow(), |transcript| &transcript.view)
    }
}

impl Talk {
    /// One that has not begun.
    pub fn new() -> Self {
        let transcript = empty();
        let talk = Talk(Box::leak(Box::new(Inner {
            view: Watched::new(()),
            entries: Watched::new(0),
            answering: Watched::new(None),
            typing: Watched::new(None),
            reads: Watched::new(transcript.reads.clone()),
            more: Watched::new(false),
            hearers: RefCell::default(),
            transcript: RefCell::new(transcript),
        })));
        at_end(move || {
            talk.0.hearers.take();
            talk.0.transcript.replace(empty());
        });
        talk
    }

    /// The state.
    pub fn view(&self) -> Seen {
        Seen(self.0)
    }

    /// What streams.
    pub fn answering(&self) -> Watched<Option<Answering>> {
        self.0.answering
    }

    /// Who is typing.
    pub fn typing(&self) -> Watched<Option<Author>> {
        self.0.typing
    }

    /// Read marks.
    pub fn reads(&self) -> Watched<Reads> {
        self.0.reads
    }

    /// Whether there are older messages.
    pub fn more(&self) -> Watched<bool> {
        self.0.more
    }

    /// The transcript's entries, watched: reads them whenever one comes or goes.
    pub fn with_entries<T>(&self, read: impl FnOnce(&[Event]) -> T) -> T {
        self.0.entries.get();
        read(&self.0.transcript.borrow().entries)
    }

    /// Reads an entry by its number; it is not watched, since an entry never changes.
    pub fn with_entry<T>(&self, seq: u64, read: impl FnOnce(&Event) -> T) -> Option<T> {
        let transcript = self.0.transcript.borrow();
        let place = transcript.entries.binary_search_by_key(&seq, |entry| entry.seq).ok()?;
        transcript.entries.get(place).map(read)
    }

    /// The last event followed.
    pub fn cursor(&self) -> u64 {
        self.0.transcript.borrow().cursor
    }

    /// Calls with each event that is new, not with those of a load, until the current owner is cleaned up.
    pub fn on_event(&self, heard: impl Fn(&Event) + 'static) {
        let heard: Hearer = Rc::new(heard);
        let (talk, mine) = (*self, Rc::as_ptr(&heard).cast::<()>());
        self.0.hearers.borrow_mut().push(heard);
        // The console shows many talks one after the other: a transcript that is gone must not be held by them.
        at_end(move || {
            let mut hearers = talk.0.hearers.borrow_mut();
            if let Some(place) = hearers.iter().position(|heard| Rc::as_ptr(heard).cast::<()>() == mine) {
                hearers.remove(place);
            }
        });
    }

    /// A load: the start, and the way back after a gap.
    pub fn load(&self, snapshot: Snapshot) {
        self.change(|transcript| *transcript = Transcript::load(snapshot));
        self.tell_view();
        self.0.entries.update(|version| *version += 1);
    }

    /// Forgets everything.
    pub fn clear(&self) {
        self.change(|transcript| *transcript = empty());
        self.tell_view();
        self.0.entries.update(|version| *version += 1);
    }

    /// A page of older messages.
    pub fn older(&self, page: Page) {
        self.change(|transcript| transcript.older(page));
        self.0.entries.update(|version| *version += 1);
    }

    /// The seq before which an older page begins.
    pub fn first_seq(&self) -> Option<u64> {
        self.0.transcript.borrow().entries.first().map(|entry| entry.seq)
    }

    /// Follows a stored event. On a gap the caller loads again.
    pub fn follow(&self, event: Event) -> Followed {
        let followed = self.change(|transcript| transcript.take_in(&event));
        if followed == Followed::New {
            self.tell_view();
            let hearers = self.0.hearers.borrow().clone();
            for heard in hearers {
                heard(&event);
            }
            if self.0.transcript.borrow_mut().add(event) {
                self.0.entries.update(|version| *version += 1);
            }
        }
        followed
    }

    /// Takes a passing event.
    pub fn pass(&self, passing: &Passing) {
        self.change(|transcript| transcript.pass(passing));
        if matches!(passing, Passing::QueuePosition(_)) {
            self.tell_view();
        }
    }

    /// Takes a frame of a stream: stored events have an id, passing ones have none.
    pub fn take(&self, frame: &Frame) -> Followed {
        let Ok(value) = js_sys::JSON::parse(&frame.data) else { return Followed::Known };
        if frame.id.is_some() {
            return Event::from_js(&value).map_or(Followed::Gap, |event| self.follow(event));
        }
        if let Some(passing) = Passing::read(&frame.event, &value) {
            self.pass(&passing);
        }
        Followed::Known
    }

    /// Who typed has stopped, or was not heard of for a while.
    pub fn stopped_typing(&self) {
        self.change(|transcript| transcript.typing = None);
    }

    /// What brings a tab up to date that has just joined: the answer that streams.
    pub fn catch_up(&self) -> Vec<Frame> {
        let streaming = self.0.answering.get_untracked();
        let frame = streaming.map(|answer| {
            let body = JsonBody::new().set("message_id", answer.id.as_str()).set("text_so_far", answer.text.as_str());
            let data = js_sys::JSON::stringify(body.object()).map(String::from).unwrap_or_default();
            Frame { id: None, event: "assistant.started".to_owned(), data }
        });
        frame.into_iter().collect()
    }

    /// How many messages of others came after a seq.
    pub fn unread_after(&self, seq: u64) -> u32 {
        let transcript = self.0.transcript.borrow();
        let unread = transcript.entries.iter().rev().take_while(|entry| entry.seq > seq).filter(|entry| is_from_others(entry)).count();
        u32::try_from(unread).unwrap_or(u32::MAX)
    }

    /// The seq of the last message of others.
    pub fn last_from_others(&self) -> Option<u64> {
        self.0.transcript.borrow().entries.iter().rev().find(|entry| is_from_others(entry)).map(|entry| entry.seq)
    }

    /// The seq of the shopper's last message before a moment.
    pub fn last_of_shopper_before(&self, at: Timestamp) -> Option<u64> {
        let transcript = self.0.transcript.borrow();
        let found = transcript.entries.iter().rev().find(|entry| {
            matches!(entry.body, Body::MessagePosted(_)) && entry.author.kind == AuthorKind::Shopper && entry.at < at
        });
        found.map(|entry| entry.seq)
    }

    fn tell_view(&self) {
        self.0.view.set(());
    }

    /// Changes the data, then tells those signals whose part of it changed.
    fn change<T>(&self, change: impl FnOnce(&mut Transcript) -> T) -> T {
        let result = change(&mut self.0.transcript.borrow_mut());
        let transcript = self.0.transcript.borrow();
        tell(self.0.typing, &transcript.typing);
        tell(self.0.reads, &transcript.reads);
        tell(self.0.more, &transcript.more);
        let answering =
            transcript.streaming.as_ref().map(|streaming| Answering { id: streaming.message_id.0.clone(), text: streaming.text.clone() });
        drop(transcript);
        tell(self.0.answering, &answering);
        result
    }
}

impl Default for Talk {
    fn default() -> Self {
        Talk::new()
    }
}

/// Reads a load out of JSON text.
pub fn read_snapshot(text: &str) -> Option<Snapshot> {
    parse(text)
}

fn tell<T: PartialEq + Clone + 'static>(signal: Watched<T>, now: &T) {
    if signal.with_untracked(|before| before != now) {
        signal.set(now.clone());
    }
}

fn is_from_others(entry: &Event) -> bool {
    matches!(entry.body, Body::MessagePosted(_)) && entry.author.kind != AuthorKind::Shopper
}

fn empty() -> Transcript {
    Transcript {
        view: State::new().view,
        entries: Vec::new(),
        cursor: 0,
        reads: Reads { shopper: 0, agent: 0 },
        more: false,
        streaming: None,
        typing: None,
    }
}
