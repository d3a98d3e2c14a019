//! The agent's calls: a session in a cookie, and for each write the header against forged calls.

use std::rc::Rc;

use js_sys::Date;
use warmline_conversation::client::Backoff;
use warmline_protocol::agent::Me;
use warmline_protocol::js::{FromJs, parse};
use warmline_protocol::{Code, Timestamp};
use warmline_ui::dom::sleep;
use warmline_ui::intl;
use warmline_ui::locale::Locale;
use warmline_ui::net::{Body, Failure, Net, new_id, spread};
use warmline_ui::watched::Watched;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, Response};

use crate::{clock, words};

/// How often a write is tried before the agent is told.
const TRIES: u32 = 5;

/// The server, and who calls it; a handle.
#[derive(Clone)]
pub(crate) struct Api {
    net: Net,
    /// Who is logged in.
    me: Watched<Option<Me>>,
    /// The session ended by itself.
    over: Watched<bool>,
    /// How far the server's clock is ahead, in milliseconds.
    ahead: Watched<i64>,
}

impl Api {
    /// Nobody is logged in yet.
    pub(crate) fn new() -> Self {
        let me: Watched<Option<Me>> = Watched::new(None);
        let proof = move |headers: &Headers| {
            me.with_untracked(|me| {
                if let Some(me) = me {
                    let _ = headers.set("x-csrf-token", &me.csrf_token);
                }
            });
        };
        Api { net: Net::new("", true, Rc::new(proof)), me, over: Watched::new(false), ahead: Watched::new(0) }
    }

    /// The server, for the stream.
    pub(crate) fn net(&self) -> &Net {
        &self.net
    }

    /// Who is logged in.
    pub(crate) fn me(&self) -> Option<Me> {
        self.me.get()
    }

    /// Who is logged in, without watching it.
    pub(crate) fn me_now(&self) -> Option<Me> {
        self.me.get_untracked()
    }

    /// Whether the session ended by itself.
    pub(crate) fn over(&self) -> bool {
        self.over.get()
    }

    /// Now, by the server's clock.
    pub(crate) fn now(&self) -> Timestamp {
        Timestamp(intl::now().0 + self.ahead.get_untracked())
    }

    /// Asks who is logged in: the start, and the way back after a lost line.
    pub(crate) async fn ask_who(&self) -> Result<(), Failure> {
        let response = self.net.fetch("GET", "/v1/agent/me", None, None, &[]).await;
        self.note_end(&response);
        let response = response?;
        self.set_clock(&response);
        self.know(&response).await
    }

    /// Logs in.
    pub(crate) async fn log_in(&self, email: &str, password: &str) -> Result<(), Failure> {
        let body = Body::new().set("email", email).set("password", password);
        let response = self.net.fetch("POST", "/v1/agent/login", Some(body.object()), None, &[]).await?;
        self.set_clock(&response);
        self.know(&response).await
    }

    /// Logs out. Who is out already is out.
    pub(crate) async fn log_out(&self) -> Result<(), Failure> {
        match self.net.call("POST", "/v1/agent/logout", Some(Body::new().object())).await {
            Ok(_) => Ok(()),
            Err(Failure::Refused(problem)) if problem.status == 401 => Ok(()),
            Err(failure) => Err(failure),
        }
    }

    /// Remembers what was switched.
    pub(crate) fn on_shift(&self, online: bool, capacity: u32) {
        self.me.update(|me| {
            if let Some(me) = me {
                me.online = online;
                me.capacity = capacity;
            }
        });
    }

    /// The session is over: the log-in comes back, what was written stays.
    pub(crate) fn end(&self) {
        if self.me.get_untracked().is_some() {
            self.over.set(true);
            self.me.set(None);
        }
    }

    /// Reads.
    pub(crate) async fn get(&self, path: &str) -> Result<JsValue, Failure> {
        let answer = self.net.call("GET", path, None).await;
        self.note_end(&answer);
        answer
    }

    /// Writes, with an id that makes a resend harmless; what passes is tried again.
    pub(crate) async fn write(&self, path: &str, add: impl FnOnce(Body) -> Body) -> Result<JsValue, Failure> {
        let body = add(Body::with_client_id(&new_id()));
        let mut backoff = Backoff::default();
        loop {
            match self.post(path, &body).await {
                Err(failure) if failure.passes() && backoff.failures() < TRIES => {
                    sleep(backoff.failed(spread()).max(failure.retry_after_ms().unwrap_or(0))).await;
                }
                answer => return answer,
            }
        }
    }

    /// Posts once. A tab that logged in anew made the session its own, and so the token: then it is asked for and the call repeated.
    pub(crate) async fn post(&self, path: &str, body: &Body) -> Result<JsValue, Failure> {
        let mut answer = self.net.call("POST", path, Some(body.object())).await;
        if answer.as_ref().is_err_and(|failure| failure.code() == Code::CsrfMissing.word()) {
            self.ask_who().await?;
            answer = self.net.call("POST", path, Some(body.object())).await;
        }
        self.note_end(&answer);
        answer
    }

    /// A sign that nothing relies on.
    pub(crate) async fn sign(&self, path: &str, body: &Body) {
        let _ = self.net.call("POST", path, Some(body.object())).await;
    }

    async fn know(&self, response: &Response) -> Result<(), Failure> {
        let text = response.text().map_err(|_| Failure::Network)?;
        let text = JsFuture::from(text).await.map_err(|_| Failure::Network)?.as_string().unwrap_or_default();
        let me = parse::<Me>(&text).ok_or(Failure::Network)?;
        self.over.set(false);
        if self.me.with_untracked(|known| known.as_ref() != Some(&me)) {
            self.me.set(Some(me));
        }
        Ok(())
    }

    fn note_end<T>(&self, answer: &Result<T, Failure>) {
        if let Err(Failure::Refused(problem)) = answer
            && problem.status == 401
        {
            self.end();
        }
    }

    fn set_clock(&self, response: &Response) {
        let told = response.headers().get("date").ok().flatten().map(|date| Date::parse(&date));
        if let Some(told) = told.filter(|told| told.is_finite()) {
            self.ahead.set(clock::ahead(Timestamp(told as i64), intl::now()));
        }
    }
}

/// Why something came to nothing, in words.
pub(crate) fn why(locale: Locale, failure: &Failure) -> String {
    let problem = match failure {
        Failure::Network => return locale.t(words::WHY_NETWORK),
        Failure::Refused(problem) => problem,
    };
    if problem.code == Code::TooManyRequests.word() {
        return locale.tn(words::WHY_TOO_FAST, problem.retry_after.unwrap_or(1));
    }
    why_of(locale, &problem.code)
}

/// The same for a code alone.
pub(crate) fn why_of(locale: Locale, code: &str) -> String {
    let key = match Code::from_word(code) {
        Some(Code::BadCredentials) => words::WHY_CREDENTIALS,
        Some(Code::Unauthorized | Code::CsrfMissing | Code::IdentityRefused) => words::WHY_SESSION,
        Some(Code::Taken) => words::WHY_TAKEN,
        Some(Code::NotOwner) => words::WHY_NOT_OWNER,
        Some(Code::Forbidden | Code::OriginNotAllowed | Code::UnknownKey) => words::WHY_FORBIDDEN,
        Some(Code::Resolved) => words::WHY_RESOLVED,
        Some(Code::NotNow | Code::NoHandoff | Code::NoOffer | Code::NotWaiting | Code::PersonPresent | Code::OtherShopper) => {
            words::WHY_NOT_NOW
        }
        Some(Code::NotFound | Code::MethodNotAllowed) => words::WHY_NOT_FOUND,
        Some(Code::TextTooLong | Code::BodyTooLarge) => words::WHY_TOO_LONG,
        Some(Code::TextEmpty) => words::WHY_EMPTY,
        Some(Code::InvalidField | Code::Malformed | Code::ClientIdReused) => words::WHY_FIELD,
        Some(Code::OpenConversations) => words::WHY_OPEN,
        Some(Code::Unavailable) => words::WHY_UNAVAILABLE,
        Some(Code::TooManyRequests) => words::WHY_LATER,
        Some(Code::Internal) | None => words::WHY_SERVER,
    };
    locale.t(key)
}

/// Reads a wire type out of an answer; what has not the form is a server that speaks another protocol.
pub(crate) fn read<T: FromJs>(value: &JsValue) -> Result<T, Failure> {
    if value.is_object() { T::from_js(value).ok_or(Failure::Network) } else { Err(Failure::Network) }
}
