//! Where a transcript stands: at its end as long as its reader is there, unmoved when older messages come in front.

use crate::{digits, joined};
use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use warmline_protocol::{AuthorKind, Body};
use web_sys::{Element, ResizeObserver};

use crate::dom::{Callback, El, at_end, effect, keep, listen};
use crate::sender::Sender;
use crate::talk::Talk;
use crate::watched::Watched;

/// So near the end counts as there, in pixels.
const AT_END: i32 = 48;
/// So near the start older messages are loaded.
const NEAR_START: i32 = 240;

/// The scroll position of a transcript; a handle.
#[derive(Clone)]
pub struct Scroll(Rc<Inner>);

struct Inner {
    frame: Element,
    content: Element,
    at_end: Cell<bool>,
    /// Where it stood when it was last looked at.
    top: Cell<i32>,
    /// How far the end was away when older messages came.
    unseen: Watched<u32>,
}

impl Scroll {
    pub(super) fn follow(frame: &El, content: &El, talk: &Talk, sender: &Sender, me: AuthorKind, older: Rc<dyn Fn()>) -> Self {
        let scroll = Scroll(Rc::new(Inner {
            frame: frame.element().clone(),
            content: content.element().clone(),
            at_end: Cell::new(true),
            top: Cell::new(0),
            unseen: Watched::new(0),
        }));
        scroll.stay_at_end_while_it_grows();

        let scrolled = scroll.clone();
        let more = talk.more();
        listen(frame.element(), "scroll", move |_| {
            scrolled.look();
            if more.get_untracked() && scrolled.0.frame.scroll_top() < NEAR_START {
                older();
            }
        });

        let posted = scroll.clone();
        talk.on_event(move |event| {
            if matches!(event.body, Body::MessagePosted(_)) && event.author.kind != me && !posted.0.at_end.get() {
                posted.0.unseen.update(|unseen| *unseen += 1);
            }
        });

        // Who writes wants to see what they wrote.
        let (written, outbox) = (scroll.clone(), sender.outbox());
        let mut before = 0;
        effect(move || {
            let now = outbox.get().waiting().len();
            if now > before {
                written.to_end();
            }
            before = now;
        });

        // Older messages come in front: what was read stays where it was.
        let (prepended, listed) = (scroll.clone(), *talk);
        let (mut first, mut height) = (None, 0);
        effect(move || {
            let now = listed.with_entries(|entries| entries.first().map(|entry| entry.seq));
            let grown = prepended.0.content.scroll_height() - height;
            if now < first && !prepended.0.at_end.get() && height > 0 {
                prepended.0.frame.set_scroll_top(prepended.0.frame.scroll_top() + grown);
            }
            first = now;
            height = prepended.0.content.scroll_height();
        });
        scroll
    }

    /// How many messages came that the reader has not scrolled to.
    pub fn unseen(&self) -> Watched<u32> {
        self.0.unseen
    }

    /// Whether the reader is at the end.
    pub fn is_at_end(&self) -> bool {
        self.0.at_end.get()
    }

    /// Goes to the end and stays there.
    pub fn to_end(&self) {
        self.0.at_end.set(true);
        self.0.frame.set_scroll_top(self.0.frame.scroll_height());
        if self.0.unseen.get_untracked() > 0 {
            self.0.unseen.set(0);
        }
    }

    /// Shows an entry, and gives it the focus.
    pub fn to_entry(&self, seq: u64) {
        let found = self.0.frame.query_selector(&joined(&["[data-seq=\"", &digits(seq), "\"]"])).ok().flatten();
        if let Some(entry) = found {
            self.0.at_end.set(false);
            let _ = entry.set_attribute("tabindex", "-1");
            entry.scroll_into_view();
            let _ = entry.unchecked_ref::<web_sys::HtmlElement>().focus();
        }
    }

    fn look(&self) {
        let frame = &self.0.frame;
        let top = frame.scroll_top();
        let away = frame.scroll_height() - top - frame.client_height();
        // Only who goes up leaves the end. Where the content grew since the scroll that is told of here, the end is away as well.
        let up = top < self.0.top.replace(top);
        if away < AT_END {
            self.0.at_end.set(true);
        } else if up {
            self.0.at_end.set(false);
        }
        if away < AT_END && self.0.unseen.get_untracked() > 0 {
            self.0.unseen.set(0);
        }
    }

    fn stay_at_end_while_it_grows(&self) {
        let scroll = self.clone();
        let grew = Callback::new(move |_| {
            if scroll.0.at_end.get() {
                scroll.0.frame.set_scroll_top(scroll.0.frame.scroll_height());
            }
        });
        if let Ok(observer) = ResizeObserver::new(grew.function()) {
            observer.observe(&self.0.content);
            observer.observe(&self.0.frame);
            at_end(move || observer.disconnect());
        }
        keep(grew);
    }
}
