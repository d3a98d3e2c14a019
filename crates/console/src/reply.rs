//! Where the agent writes: to the shopper, or a note among agents. What is sent is theirs; nothing is sent by itself.

use std::rc::Rc;

use warmline_ui::composer::{Composer, Composing};
use warmline_ui::dom::{El, at_end, button, effect, el, said};
use warmline_ui::locale::Locale;
use warmline_ui::watched::Watched;
use wasm_bindgen_futures::spawn_local;

use crate::api::why;
use crate::case::Case;
use crate::desk::Desk;
use crate::{names, words};

/// Builds it.
pub(crate) fn reply(desk: &Desk, case: &Case) -> El {
    let locale = desk.locale();
    let (noting, facts) = (case.noting(), case.facts());
    let note_state: Watched<Option<String>> = Watched::new(None);
    let (sending, typing) = (case.clone(), case.clone());
    // The composer's own handle, for a note that was refused and must not be lost.
    let own: Rc<std::cell::RefCell<Option<Composer>>> = Rc::default();
    let (for_note, for_typing) = (Rc::clone(&own), Rc::clone(&own));
    let placeholder = move || {
        if noting.get() { locale.t(words::NOTE_HINT) } else { locale.tf(words::REPLY_HINT, &[("name", &names::shopper(locale, facts.get().name.as_deref()))]) }
    };
    let (composer, element) = Composer::new(Composing {
        locale,
        placeholder: Box::new(placeholder),
        answering: Rc::new(|| false),
        send: Box::new(move |text| {
            sending.unsent().replace(String::new());
            if noting.get_untracked() {
                post_note(&sending, locale, note_state, Rc::clone(&for_note), text);
            } else {
                // What was drafted is answered now, with it or without.
                sending.draft().dismiss();
                sending.sender().write(text);
            }
        }),
        stop: Box::new(|| {}),
        typed: Box::new(move || {
            if let Some(composer) = &*for_typing.borrow() {
                typing.unsent().replace(composer.text());
            }
            typing.typing();
        }),
    });
    own.replace(Some(composer.clone()));
    let input = composer.html().clone();
    input.set_id("composer-input");
    effect(move || {
        let label = locale.t(if noting.get() { words::NOTE_LABEL } else { words::REPLY_LABEL });
        let _ = input.set_attribute("aria-label", &label);
    });
    composer.set_text(&case.unsent().borrow().clone());
    desk.composer.replace(Some(composer));
    let desk_end = desk.clone();
    at_end(move || {
        desk_end.composer.take();
    });

    let (drafting, to_reply, to_note) = (case.clone(), desk.clone(), desk.clone());
    let mode = |note: bool, key, act: Box<dyn FnMut()>| {
        button("mode").dyn_attr("aria-pressed", move || said(noting.get() == note)).t(locale, key).on_click(act)
    };
    el("div")
        .class("reply")
        .dyn_attr("data-note", move || noting.get())
        .child(
            el("div")
                .class("reply-bar")
                .attr("role", "group")
                .t_attr("aria-label", locale, words::WRITE_LABEL)
                .child(mode(false, words::REPLY, Box::new(move || {
                    noting.set(false);
                    to_reply.focus_composer();
                })))
                .child(mode(true, words::NOTE, Box::new(move || {
                    noting.set(true);
                    to_note.focus_composer();
                })))
                .child(button("quiet draft-open").t(locale, words::DRAFT_ASK).on_click(move || drafting.ask_for_a_draft())),
        )
        .child(
            el("p")
                .class("form-error")
                .attr("role", "alert")
                .show(move || note_state.get().is_some())
                .dyn_text(move || note_state.get().unwrap_or_default()),
        )
        .child(element)
}

/// Posts a note. A note that was refused goes back to where it was written.
fn post_note(
    case: &Case,
    locale: Locale,
    state: Watched<Option<String>>,
    composer: Rc<std::cell::RefCell<Option<Composer>>>,
    text: String,
) {
    let case = case.clone();
    state.set(None);
    spawn_local(async move {
        let answer = case.api().write(&case.path("/notes"), |body| body.set("text", text.as_str())).await;
        if let Err(failure) = answer {
            state.set(Some(locale.tf(words::NOTE_FAILED, &[("reason", &why(locale, &failure))])));
            let composer = composer.borrow().clone();
            match composer.filter(|composer| composer.text().is_empty()) {
                Some(composer) => composer.set_text(&text),
                None => {
                    case.unsent().replace(text);
                }
            }
        }
    });
}

impl Desk {
    /// Takes the focus to where the agent writes.
    pub(crate) fn focus_composer(&self) {
        if let Some(composer) = &*self.composer.borrow() {
            composer.focus();
        }
    }

    /// Puts a text into the composer, after what stands there.
    pub(crate) fn put_into_composer(&self, case: &Case, text: &str) {
        case.noting().set(false);
        let Some(composer) = self.composer.borrow().clone() else { return };
        let before = composer.text();
        let whole = if before.trim().is_empty() { text.to_owned() } else { [before.trim_end(), "\n\n", text].concat() };
        composer.set_text(&whole);
        case.unsent().replace(whole);
        composer.focus();
    }
}
