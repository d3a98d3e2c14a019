//! What is asked before something is done: a reason, a colleague, what becomes of open conversations; and the list of keys.

use std::rc::Rc;

use warmline_ui::dom::{El, button, el, said};
use warmline_ui::locale::Locale;
use warmline_ui::net::{Body, Failure};
use warmline_ui::watched::Watched;
use warmline_ui::words::Key;
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};

use crate::api::why;
use crate::commands::Open;
use crate::desk::{Desk, focus_soon};
use crate::dialog::{Dialog, actions, dialog};
use crate::{shortcut, words};

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Ask {
    /// Why it is resolved.
    Resolve(String),
    /// Why it goes back to the AI.
    Return(String),
    /// To whom it is handed.
    Transfer(String),
    /// What becomes of open conversations.
    Leave {
        /// The agent logs out, too.
        log_out: bool,
    },
    /// Which keys there are.
    Help,
}

/// How long a reason may be.
const REASON: &str = "500";

/// Where dialogs stand.
pub(crate) fn dialogs(desk: &Desk) -> El {
    let (asked, desk) = (desk.ask, desk.clone());
    el("div").class("dialogs").swap(
        move || asked.get(),
        move |ask| match ask {
            Ask::Resolve(id) => reason(&desk, id, "/resolve", words::RESOLVE_TITLE, words::RESOLVE_INTRO, words::RESOLVE),
            Ask::Return(id) => reason(&desk, id, "/return", words::RETURN_TITLE, words::RETURN_INTRO, words::RETURN),
            Ask::Transfer(id) => transfer(&desk, id),
            Ask::Leave { log_out } => leave(&desk, log_out),
            Ask::Help => help(&desk),
        },
    )
}

/// What happens in a dialog: whether it is being done, and why it could not be.
#[derive(Clone, Copy)]
struct Doing {
    busy: Watched<bool>,
    error: Watched<Option<String>>,
}

impl Doing {
    fn new() -> Self {
        Doing { busy: Watched::new(false), error: Watched::new(None) }
    }

    fn error(self) -> El {
        let error = self.error;
        el("p").class("form-error").attr("id", "dialog-error").attr("role", "alert").dyn_text(move || error.get().unwrap_or_default())
    }

    fn submit(self, locale: Locale, key: Key) -> El {
        let busy = self.busy;
        el("button")
            .class("main-action")
            .attr("type", "submit")
            .dyn_attr("aria-disabled", move || busy.get().then(|| said(true).to_owned()))
            .dyn_text(move || locale.t(if busy.get() { words::BUSY } else { key }))
    }
}

/// Posts a command of a conversation, and closes the dialog when it is done.
fn post(desk: &Desk, id: &str, rest: &'static str, doing: Doing, dialog: &Dialog, add: impl FnOnce(Body) -> Body + 'static) {
    if doing.busy.get_untracked() {
        return;
    }
    doing.busy.set(true);
    doing.error.set(None);
    let (desk, case, dialog) = (desk.clone(), desk.case(id), dialog.clone());
    spawn_local(async move {
        let answer = desk.api.write(&case.path(rest), add).await;
        // What the state does not allow was decided on an old state.
        case.load();
        doing.busy.set(false);
        match answer {
            Ok(_) => {
                desk.search.refresh(&desk.api);
                dialog.close();
                // The button that opened it is gone with what it did.
                focus_soon("talk-title");
            }
            Err(failure) => doing.error.set(Some(refusal(desk.locale(), &failure))),
        }
    });
}

/// Why a command was refused, named by the field where that says more.
fn refusal(locale: Locale, failure: &Failure) -> String {
    match failure {
        Failure::Refused(problem) if problem.pointer.as_deref() == Some("/agent") => locale.t(words::TRANSFER_NOBODY),
        Failure::Refused(_) | Failure::Network => why(locale, failure),
    }
}

fn reason(desk: &Desk, id: String, rest: &'static str, title: Key, intro: Key, done: Key) -> El {
    let locale = desk.locale();
    let desk = desk.clone();
    dialog(locale, title, desk.ask, move |dialog| {
        let doing = Doing::new();
        let error = doing.error;
        let input = el("textarea")
            .class("field")
            .attr("id", "reason")
            .attr("rows", "3")
            .attr("maxlength", REASON)
            .attr("dir", "auto")
            .attr("autofocus", true)
            .attr("aria-describedby", "reason-intro dialog-error")
            .dyn_attr("aria-invalid", move || error.get().is_some().then(|| said(true).to_owned()));
        let element: HtmlTextAreaElement = input.as_kind();
        let handle = dialog.clone();
        let form = el("form")
            .on("submit", move |event| {
                event.prevent_default();
                let text = element.value();
                if text.trim().is_empty() {
                    doing.error.set(Some(locale.t(words::REASON_EMPTY)));
                    let _ = element.focus();
                    return;
                }
                post(&desk, &id, rest, doing, &handle, move |body| body.set("reason", text.trim()));
            })
            .child(el("p").attr("id", "reason-intro").t(locale, intro))
            .child(el("label").attr("for", "reason").t(locale, words::REASON_LABEL))
            .child(input)
            .child(doing.error())
            .child(actions(locale, dialog, doing.submit(locale, done)));
        vec![form]
    })
}

fn transfer(desk: &Desk, id: String) -> El {
    let locale = desk.locale();
    let desk = desk.clone();
    dialog(locale, words::TRANSFER_TITLE, desk.ask, move |dialog| {
        let doing = Doing::new();
        let to_skill = Watched::new(false);
        let choice = |skill: bool, key: Key| {
            let id = if skill { "to-skill" } else { "to-agent" };
            el("label")
                .class("choice")
                .child(
                    el("input")
                        .attr("type", "radio")
                        .attr("name", "to")
                        .attr("id", id)
                        .attr("checked", !skill)
                        .on("change", move |_| to_skill.set(skill)),
                )
                .child(el("span").t(locale, key))
        };
        let to = el("input")
            .class("field")
            .attr("id", "to")
            .attr("autocomplete", "off")
            .attr("autocapitalize", "none")
            .attr("dir", "ltr")
            .attr("autofocus", true)
            .attr("aria-describedby", "dialog-error");
        let note = el("textarea").class("field").attr("id", "note").attr("rows", "3").attr("maxlength", "4000").attr("dir", "auto");
        let (to_element, note_element): (HtmlInputElement, HtmlTextAreaElement) = (to.as_kind(), note.as_kind());
        let handle = dialog.clone();
        let form = el("form")
            .on("submit", move |event| {
                event.prevent_default();
                let (wanted, note, skill) = (to_element.value(), note_element.value(), to_skill.get_untracked());
                if wanted.trim().is_empty() {
                    doing.error.set(Some(locale.t(words::TRANSFER_EMPTY)));
                    let _ = to_element.focus();
                    return;
                }
                post(&desk, &id, "/transfer", doing, &handle, move |body| {
                    let note = Some(note.trim()).filter(|note| !note.is_empty());
                    body.set(if skill { "skill" } else { "agent" }, wanted.trim()).maybe("note", note)
                });
            })
            .child(el("p").t(locale, words::TRANSFER_INTRO))
            .child(
                el("fieldset")
                    .class("choices")
                    .child(el("legend").t(locale, words::TRANSFER_TO))
                    .child(choice(false, words::TRANSFER_AGENT))
                    .child(choice(true, words::TRANSFER_SKILL)),
            )
            .child(el("label").attr("for", "to").dyn_text(move || {
                locale.t(if to_skill.get() { words::TRANSFER_SKILL_NAME } else { words::TRANSFER_EMAIL })
            }))
            .child(to)
            .child(el("label").attr("for", "note").t(locale, words::TRANSFER_NOTE))
            .child(note)
            .child(doing.error())
            .child(actions(locale, dialog, doing.submit(locale, words::TRANSFER)));
        vec![form]
    })
}

fn leave(desk: &Desk, log_out: bool) -> El {
    let locale = desk.locale();
    let desk = desk.clone();
    dialog(locale, words::LEAVE_TITLE, desk.ask, move |dialog| {
        let doing = Doing::new();
        let handle = dialog.clone();
        let go = Rc::new(move |open: Open| {
            if doing.busy.get_untracked() {
                return;
            }
            doing.busy.set(true);
            let (desk, dialog) = (desk.clone(), handle.clone());
            spawn_local(async move {
                let answer: Result<(), Failure> = desk.switch(false, None, Some(open)).await;
                doing.busy.set(false);
                match answer {
                    Ok(()) => {
                        dialog.close();
                        if log_out {
                            desk.end_session().await;
                        }
                    }
                    Err(failure) => doing.error.set(Some(why(desk.locale(), &failure))),
                }
            });
        });
        let keep = Rc::clone(&go);
        let closing = dialog.clone();
        vec![
            el("p").t(locale, words::LEAVE_INTRO),
            el("div")
                .class("leave-choices")
                .child(button("main-action").attr("autofocus", true).t(locale, words::LEAVE_HAND_ON).on_click(move || go(Open::HandOn)))
                .child(el("p").class("soft").t(locale, words::LEAVE_HAND_ON_HINT))
                .child(button("action").t(locale, words::LEAVE_KEEP).on_click(move || keep(Open::Keep)))
                .child(el("p").class("soft").t(locale, words::LEAVE_KEEP_HINT)),
            doing.error(),
            el("div").class("dialog-actions").child(button("action").t(locale, words::LEAVE_STAY).on_click(move || closing.close())),
        ]
    })
}

fn help(desk: &Desk) -> El {
    let locale = desk.locale();
    let (keys, desk) = (desk.keys, desk.clone());
    dialog(locale, words::HELP_TITLE, desk.ask, move |dialog| {
        let closing = dialog.clone();
        let rows = shortcut::TABLE.iter().map(|(_, key, text)| {
            el("div").child(el("dt").child(el("kbd").text(&key.to_string()))).child(el("dd").t(locale, *text))
        });
        let switched = desk.clone();
        vec![
            el("p").t(locale, words::HELP_INTRO),
            el("dl").class("keys").children(rows),
            button("setting")
                .attr("role", "switch")
                .dyn_attr("aria-checked", move || said(keys.get()))
                .child(el("span").t(locale, words::KEYS_LABEL))
                .child(el("span").class("knob").attr("aria-hidden", "true"))
                .on_click(move || switched.switch_keys()),
            el("div")
                .class("dialog-actions")
                .child(button("main-action").attr("autofocus", true).t(locale, words::CLOSE).on_click(move || closing.close())),
        ]
    })
}
