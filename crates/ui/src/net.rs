//! Calls: JSON out, JSON in, refusals read as problems.

use crate::joined;
use std::pin::Pin;
use std::rc::Rc;

use js_sys::{JSON, Object, Reflect};
use warmline_protocol::js::{field, member};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Headers, Response};

use crate::dom::window;

/// A refusal, as the server told it (RFC 9457).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// For programs; empty when something in between answered.
    pub code: String,
    /// The HTTP status.
    pub status: u32,
    /// For people.
    pub title: String,
    /// Which field.
    pub pointer: Option<String>,
    /// After how many seconds to try again.
    pub retry_after: Option<u32>,
}

/// Why a call came to nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// No answer: the network, or it was aborted.
    Network,
    /// An answer that says no.
    Refused(Problem),
}

impl Failure {
    /// Whether the same call may work later, without anybody changing it.
    pub fn passes(&self) -> bool {
        match self {
            Failure::Network => true,
            Failure::Refused(problem) => problem.status == 429 || problem.status >= 500,
        }
    }

    /// The problem's code, or nothing.
    pub fn code(&self) -> &str {
        match self {
            Failure::Network => "",
            Failure::Refused(problem) => &problem.code,
        }
    }

    /// After how many milliseconds the server wants to be asked again.
    pub fn retry_after_ms(&self) -> Option<u32> {
        match self {
            Failure::Network => None,
            Failure::Refused(problem) => problem.retry_after.map(|seconds| seconds.saturating_mul(1000)),
        }
    }
}

/// An answer that is awaited.
pub type Answer = Pin<Box<dyn Future<Output = Result<JsValue, Failure>>>>;

/// Adds what proves who calls: a bearer token, or the header against forged calls.
pub type Proof = Rc<dyn Fn(&Headers)>;

/// A server.
#[derive(Clone)]
pub struct Net {
    base: Rc<str>,
    proof: Proof,
    cookies: bool,
}

impl Net {
    /// The server at an address (`""`: the page's own). With `cookies` the browser's session goes along, as the console needs it; a
    /// shop's page never sends any.
    pub fn new(base: &str, cookies: bool, proof: Proof) -> Self {
        let mut base = base;
        while let Some(shorter) = base.strip_suffix('/') {
            base = shorter;
        }
        Net { base: base.into(), proof, cookies }
    }

    /// The same server, by another proof of who calls.
    #[must_use]
    pub fn with_proof(&self, proof: Proof) -> Self {
        Net { proof, ..self.clone() }
    }

    /// Calls, and answers the JSON of a 2xx (`undefined` when it has none).
    pub fn call(&self, method: &'static str, path: &str, body: Option<&Object>) -> Answer {
        let (net, path, body) = (self.clone(), path.to_owned(), body.cloned());
        // Boxed, or each place that waits for a call would hold a copy of the whole of it.
        Box::pin(async move {
            let response = net.fetch(method, &path, body.as_ref(), None, &[]).await?;
            let text = text_of(&response).await.unwrap_or_default();
            Ok(JSON::parse(&text).unwrap_or(JsValue::UNDEFINED))
        })
    }

    /// Calls, and answers the response itself, for who reads a stream out of it.
    pub async fn fetch(
        &self,
        method: &str,
        path: &str,
        body: Option<&Object>,
        abort: Option<&AbortSignal>,
        headers: &[(&str, &str)],
    ) -> Result<Response, Failure> {
        let init = Body::new()
            .set("method", method)
            .set("cache", "no-store")
            .set("credentials", if self.cookies { "same-origin" } else { "omit" })
            .maybe("signal", abort.cloned());
        let all = Headers::new().map_err(|_| Failure::Network)?;
        (self.proof)(&all);
        for (name, value) in headers {
            let _ = all.set(name, value);
        }
        if let Some(body) = body {
            let _ = all.set("content-type", "application/json");
            let text = JSON::stringify(body).map_err(|_| Failure::Network)?;
            init.put("body", &text);
        }
        init.put("headers", &all);
        let answered = window().fetch_with_str_and_init(&joined(&[&*self.base, path]), init.object().unchecked_ref());
        let response: Response = JsFuture::from(answered).await.map_err(|_| Failure::Network)?.unchecked_into();
        if response.ok() { Ok(response) } else { Err(Failure::Refused(problem_of(&response).await)) }
    }
}

async fn text_of(response: &Response) -> Option<String> {
    JsFuture::from(response.text().ok()?).await.ok()?.as_string()
}

async fn problem_of(response: &Response) -> Problem {
    let text = text_of(response).await.unwrap_or_default();
    let body = JSON::parse(&text).unwrap_or(JsValue::UNDEFINED);
    let text = |name| -> Option<String> { member_text(&body, name) };
    Problem {
        code: text("code").unwrap_or_default(),
        status: u32::from(response.status()),
        title: text("title").unwrap_or_default(),
        pointer: text("pointer"),
        retry_after: response.headers().get("retry-after").ok().flatten().and_then(|seconds| seconds.trim().parse().ok()),
    }
}

/// A text field of a value that need not be an object.
pub fn member_text(value: &JsValue, name: &str) -> Option<String> {
    if value.is_object() { member(value, name).as_string() } else { None }
}

/// A field of a value that need not be an object.
pub fn member_of<T: warmline_protocol::js::FromJs>(value: &JsValue, name: &str) -> Option<T> {
    if value.is_object() { field(value, name) } else { None }
}

/// A JSON object in the making.
#[must_use]
pub struct Body(Object);

impl Body {
    /// An empty one.
    pub fn new() -> Self {
        Body(Object::new())
    }

    /// With a client-made id, as every write has one.
    pub fn with_client_id(id: &str) -> Self {
        Body::new().set("client_id", id)
    }

    /// Sets a member.
    pub fn set(self, name: &str, value: impl Into<JsValue>) -> Self {
        self.put(name, &value.into());
        self
    }

    fn put(&self, name: &str, value: &JsValue) {
        // An object of ours takes whatever it is given.
        let _ = Reflect::set(&self.0, &JsValue::from_str(name), value);
    }

    /// Sets a member when there is a value.
    pub fn maybe(self, name: &str, value: Option<impl Into<JsValue>>) -> Self {
        match value {
            Some(value) => self.set(name, value),
            None => self,
        }
    }

    /// The object.
    pub fn object(&self) -> &Object {
        &self.0
    }
}

impl Default for Body {
    fn default() -> Self {
        Body::new()
    }
}

/// A random UUID of version 4. `crypto.randomUUID` is missing on plain http, `getRandomValues` is not.
pub fn new_id() -> String {
    let mut bytes = [0_u8; 16];
    match window().crypto() {
        Ok(crypto) if crypto.get_random_values_with_u8_array(&mut bytes).is_ok() => {}
        // A page without it still gets ids that differ: they need to be unique, not secret.
        _ => bytes.iter_mut().for_each(|byte| *byte = (js_sys::Math::random() * 256.0) as u8),
    }
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let mut id = String::with_capacity(36);
    for (place, byte) in bytes.into_iter().enumerate() {
        if matches!(place, 4 | 6 | 8 | 10) {
            id.push('-');
        }
        for nibble in [byte >> 4, byte & 15] {
            id.push(char::from(b"0123456789abcdef"[usize::from(nibble)]));
        }
    }
    id
}

/// A random number, to spread retries.
pub fn spread() -> u32 {
    (js_sys::Math::random() * 1_000_000.0) as u32
}
