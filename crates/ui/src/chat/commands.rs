//! What the shopper can ask for, each with an id that makes a resend harmless.

use std::rc::Rc;

use warmline_conversation::client::Backoff;
use wasm_bindgen::JsValue;

use super::{ASK, Chat, Trouble};
use crate::dom::{sleep, spawn};
use crate::net::{Body, Failure, new_id, spread};

/// How often a command is tried before the shopper is told; the way to a person is tried for ever.
const TRIES: u32 = 5;
/// Typing is told at most so often.
const TYPING_MS: f64 = 3_000.0;

impl Chat {
    /// Sends a message.
    pub fn say(&self, text: String) {
        self.sender().write(text);
    }

    /// Asks for a person. It waits behind nothing, goes through no model, survives a reload, and is tried until the server has it.
    pub fn ask_for_a_person(&self, reason: Option<String>) {
        if self.0.asking.get_untracked() {
            return;
        }
        self.0.asking.set(true);
        let id = self.0.shelf.get(ASK).unwrap_or_else(new_id);
        self.0.shelf.set(ASK, &id);
        let chat = *self;
        spawn(async move {
            let body = Body::with_client_id(&id).maybe("reason", reason);
            let mut backoff = Backoff::default();
            loop {
                match chat.post("/handoff", &body).await {
                    Err(failure) if failure.passes() => {
                        if backoff.failures() == 2 {
                            chat.0.trouble.set(Some(Trouble::Server));
                        }
                        sleep(backoff.failed(spread()).max(failure.retry_after_ms().unwrap_or(0))).await;
                    }
                    answer => {
                        chat.0.shelf.remove(ASK);
                        chat.0.asking.set(false);
                        chat.told(answer);
                        break;
                    }
                }
            }
        });
    }

    /// No longer wants a person.
    pub fn cancel_waiting(&self) {
        self.command("/handoff/cancel", Body::with_client_id(&new_id()));
    }

    /// Declines the person that is offered.
    pub fn decline_offer(&self) {
        self.command("/handoff/decline", Body::with_client_id(&new_id()));
    }

    /// Wants the assistant while waiting.
    pub fn ask_the_assistant_meanwhile(&self) {
        self.command("/assistant/resume", Body::with_client_id(&new_id()));
    }

    /// Stops the answer.
    pub fn stop_the_answer(&self) {
        self.command("/stop", Body::with_client_id(&new_id()));
    }

    /// Answers "Did that solve it?".
    pub fn solved(&self, solved: bool) {
        self.command("/resolution", Body::with_client_id(&new_id()).set("solved", solved));
    }

    /// Rates, from 1 to 5.
    pub fn rate(&self, score: u8, comment: &str) {
        let comment = Some(comment.trim()).filter(|comment| !comment.is_empty());
        self.command("/rating", Body::with_client_id(&new_id()).set("score", score).maybe("comment", comment));
    }

    /// Corrects the summary.
    pub fn correct_the_summary(&self, text: &str) {
        self.command("/summary", Body::with_client_id(&new_id()).set("text", text));
    }

    /// Is typing; only a person is told, and not at each key.
    pub fn typing(&self) {
        let now = js_sys::Date::now();
        if !self.0.talk.view().get_untracked().phase.has_person() || now - self.0.typed_at.get() < TYPING_MS {
            return;
        }
        self.0.typed_at.set(now);
        let Some(path) = self.path("/typing") else { return };
        let net = self.0.net.clone();
        spawn(async move {
            // Passing, and not relied on.
            let _ = net.call("POST", &path, Some(Body::new().object())).await;
        });
    }

    /// Another language.
    pub fn change_locale(&self, locale: &str) {
        locale.clone_into(&mut self.0.visit.borrow_mut().locale);
        self.patch(Body::new().set("locale", locale));
    }

    /// Says who the shopper is, by a token that the shop has signed. It is kept in memory only.
    pub fn identify(&self, identity: String) {
        let body = Body::new().set("identity", identity.as_str());
        self.0.visit.borrow_mut().identity = Some(identity);
        if self.0.session.borrow().is_some() {
            self.command("/identify", body);
        }
    }

    /// What the shop knows of its shopper, for the agent to see.
    pub fn set_attributes(&self, attributes: JsValue) {
        self.0.visit.borrow_mut().attributes = Some(attributes.clone());
        self.tell_attributes(attributes);
    }

    pub(super) fn tell_attributes(&self, attributes: JsValue) {
        self.patch(Body::new().set("attributes", attributes));
    }

    /// Forgets the conversation on this device, in all tabs, and has the server revoke its token.
    pub fn reset(&self) {
        if let (Some(path), Some(session)) = (self.path("/reset"), self.0.session.take()) {
            let net = self.0.net.with_proof(Rc::new(move |headers| {
                let _ = headers.set("authorization", &["Bearer ", &session.token].concat());
            }));
            spawn(async move {
                // Where it does not get through, the token is at least forgotten here.
                let _ = net.call("POST", &path, Some(Body::new().object())).await;
            });
        }
        self.0.shelf.remove("");
        self.0.shelf.remove(ASK);
        self.sender().clear();
        self.leave();
        self.0.visit.borrow_mut().identity = None;
    }

    fn patch(&self, body: Body) {
        let Some(path) = self.path("") else { return };
        let net = self.0.net.clone();
        spawn(async move {
            // It says how to serve better; the chat goes on without it.
            let _ = net.call("PATCH", &path, Some(body.object())).await;
        });
    }

    fn command(&self, rest: &'static str, body: Body) {
        let chat = *self;
        spawn(async move {
            let mut backoff = Backoff::default();
            let answer = loop {
                match chat.post(rest, &body).await {
                    Err(failure) if failure.passes() && backoff.failures() < TRIES => {
                        sleep(backoff.failed(spread()).max(failure.retry_after_ms().unwrap_or(0))).await;
                    }
                    answer => break answer,
                }
            };
            chat.told(answer);
        });
    }

    /// What a command came to. What the state does not allow (409) was decided on an old state: it is loaded again.
    fn told(&self, answer: Result<JsValue, Failure>) {
        match answer {
            Ok(_) => {}
            Err(Failure::Refused(problem)) if problem.status == 409 => self.load(),
            Err(Failure::Refused(problem)) if matches!(problem.status, 401 | 403 | 404 | 410) => self.refused(&problem),
            Err(_) => self.0.trouble.set(Some(Trouble::Server)),
        }
    }
}
