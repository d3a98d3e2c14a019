//! Single keys, for who answers all day.

use std::cell::Cell;

use leptos::prelude::untrack;
use warmline_protocol::Phase;
use warmline_ui::dom::{document, focus, listen};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

use crate::ask::Ask;
use crate::case::Case;
use crate::desk::Desk;
use crate::shortcut::{Pressed, Shortcut, shortcut};
use crate::{line, words};

/// After a try to write that came to nothing, letters that follow each other so closely are no keys.
const DEAF_MS: f64 = 1_000.0;

/// Hears them as long as the desk stands.
pub(crate) fn listen_for_keys(desk: &Desk) {
    let desk = desk.clone();
    // Who began to write where they cannot must not accept an offer with the next letters.
    let deaf_until = Cell::new(0.0);
    listen(&document(), "keydown", move |event| {
        let event: KeyboardEvent = event.unchecked_into();
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let typing = target.as_ref().is_some_and(|target| target.matches("input, textarea, select, [contenteditable]").unwrap_or(false));
        let busy = desk.ask.get_untracked().is_some() || desk.api.me_now().is_none() || event.is_composing();
        if event.key() == "Escape" && !busy && typing {
            // Out of the field, and the keys are heard again.
            document().get_element_by_id("talk-title").iter().for_each(|title| focus(title.unchecked_ref()));
            return;
        }
        if busy || !desk.keys.get_untracked() {
            return;
        }
        let pressed = Pressed {
            key: &event.key(),
            with_modifier: event.ctrl_key() || event.alt_key() || event.meta_key(),
            typing,
        };
        let Some(wanted) = shortcut(pressed) else { return };
        let now = js_sys::Date::now();
        let writes = matches!(wanted, Shortcut::Reply | Shortcut::Note);
        if now < deaf_until.get() && !writes {
            deaf_until.set(now + DEAF_MS);
        } else if untrack(|| desk.does(wanted)) {
            event.prevent_default();
        } else if writes {
            deaf_until.set(now + DEAF_MS);
            desk.say_why_not();
        }
    });
}

impl Desk {
    /// Does what a key asks for; says whether there was anything to do.
    fn does(&self, wanted: Shortcut) -> bool {
        match wanted {
            Shortcut::Accept => self.first_offer().map(|offer| self.accept(offer)).is_some(),
            Shortcut::Pass => self.first_offer().map(|offer| self.let_pass(offer)).is_some(),
            Shortcut::Next => self.step(true),
            Shortcut::Previous => self.step(false),
            Shortcut::Search => to("search"),
            Shortcut::Shift => {
                self.switch_shift();
                true
            }
            Shortcut::Help => {
                self.ask.set(Some(Ask::Help));
                true
            }
            Shortcut::Reply | Shortcut::Note => self.with_writable(|case| {
                case.noting().set(wanted == Shortcut::Note);
                to("composer-input");
            }),
            Shortcut::Draft => self.with_mine(|case| case.ask_for_a_draft()),
            Shortcut::Take => self.with_opened(|case| {
                if case.talk().view().get_untracked().phase.has_person() || !case.loaded().get_untracked() {
                    return false;
                }
                self.take(case);
                true
            }),
            Shortcut::Transfer => self.with_mine(|case| self.ask.set(Some(Ask::Transfer(case.id().to_owned())))),
            Shortcut::Return => self.with_mine(|case| self.ask.set(Some(Ask::Return(case.id().to_owned())))),
            Shortcut::Resolve => self.with_writable(|case| self.ask.set(Some(Ask::Resolve(case.id().to_owned())))),
        }
    }

    /// Says why nothing can be written here.
    fn say_why_not(&self) {
        if let Some(case) = untrack(|| self.opened_case()).filter(|case| case.loaded().get_untracked()) {
            let closed = case.talk().view().get_untracked().phase == Phase::Resolved;
            self.trouble.set(Some(self.locale().t(if closed { words::WHY_RESOLVED } else { words::WHY_NOT_OWNER })));
        }
    }

    fn step(&self, forward: bool) -> bool {
        let listed = self.listed();
        let opened = self.opened.get_untracked();
        line::step(&listed, opened.as_deref(), forward).map(|id| self.open(id)).is_some()
    }

    fn with_opened(&self, run: impl FnOnce(&Case) -> bool) -> bool {
        self.opened_case().is_some_and(|case| run(&case))
    }

    fn with_mine(&self, run: impl FnOnce(&Case)) -> bool {
        self.with_opened(|case| {
            let mine = self.owns_now(case);
            if mine {
                run(case);
            }
            mine
        })
    }

    fn with_writable(&self, run: impl FnOnce(&Case)) -> bool {
        self.with_opened(|case| {
            let may = Case::may_write(&case.talk().view().get_untracked(), &self.agent);
            if may {
                run(case);
            }
            may
        })
    }
}

fn to(id: &str) -> bool {
    let found = document().get_element_by_id(id);
    found.iter().for_each(|element| focus(element.unchecked_ref::<HtmlElement>()));
    found.is_some()
}
