//! One caller's HTTP: JSON in, JSON out, and its own headers with each call.

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, Method};
use serde_json::Value;

use crate::Events;

/// A fresh id for a command.
pub fn fresh_id() -> String {
    uuid::Uuid::new_v4().to_string()
}

/// A caller.
#[derive(Debug, Clone)]
pub struct Http {
    client: Client,
    base: String,
    headers: HeaderMap,
}

impl Http {
    /// One who has no headers yet. `base` is `http://127.0.0.1:PORT`.
    pub fn new(base: &str) -> Self {
        // A test may sit behind a proxy; loopback never is.
        let client = Client::builder().no_proxy().build().expect("a client needs nothing from outside");
        Http { client, base: base.to_owned(), headers: HeaderMap::new() }
    }

    /// The same caller with a header.
    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut headers = self.headers.clone();
        headers.insert(HeaderName::try_from(name).unwrap(), HeaderValue::try_from(value).unwrap());
        Http { headers, ..self.clone() }
    }

    /// The same caller at a server that was started again.
    pub fn at(&self, base: &str) -> Self {
        Http { base: base.to_owned(), ..self.clone() }
    }

    /// Any call; a body is sent as it is.
    pub async fn call(&self, method: Method, path: &str, body: Option<String>) -> Reply {
        let mut request = self.client.request(method, format!("{}{path}", self.base)).headers(self.headers.clone());
        if let Some(body) = body {
            request = request.header("content-type", "application/json").body(body);
        }
        let response = request.send().await.unwrap_or_else(|error| panic!("{path}: {error}"));
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = response.text().await.unwrap_or_else(|error| panic!("{path}: {error}"));
        let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
        Reply { path: path.to_owned(), status, headers, body }
    }

    /// A read.
    pub async fn get(&self, path: &str) -> Reply {
        self.call(Method::GET, path, None).await
    }

    /// A write.
    pub async fn post(&self, path: &str, body: &Value) -> Reply {
        self.call(Method::POST, path, Some(body.to_string())).await
    }

    /// A stream; `after` is the last event seen.
    pub async fn events(&self, path: &str, after: Option<u64>) -> Events {
        let mut request = self.client.get(format!("{}{path}", self.base)).headers(self.headers.clone());
        if let Some(after) = after {
            request = request.header("last-event-id", after.to_string());
        }
        let response = request.send().await.unwrap_or_else(|error| panic!("{path}: {error}"));
        assert_eq!(response.status().as_u16(), 200, "{path} streams");
        Events::follow(response)
    }

    /// A stream that begins with a post.
    pub async fn post_events(&self, path: &str, body: &Value) -> Events {
        let request = self.client.post(format!("{}{path}", self.base)).headers(self.headers.clone()).json(body);
        let response = request.send().await.unwrap_or_else(|error| panic!("{path}: {error}"));
        assert_eq!(response.status().as_u16(), 200, "{path} streams");
        Events::follow(response)
    }
}

/// An answer.
#[derive(Debug, Clone)]
pub struct Reply {
    path: String,
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body: JSON, or a text.
    pub body: Value,
}

impl Reply {
    /// The body of an answer with this status.
    #[track_caller]
    pub fn expect(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{} answered {}", self.path, self.body);
        self.body
    }

    /// A problem with this status, code and pointer.
    #[track_caller]
    pub fn refused(self, status: u16, code: &str, pointer: Option<&str>) {
        let found = (self.status, self.body["code"].as_str(), self.body["pointer"].as_str());
        assert_eq!(found, (status, Some(code), pointer), "{} answered {}", self.path, self.body);
        let kind = self.headers.get("content-type").map(HeaderValue::as_bytes);
        assert_eq!(kind, Some(&b"application/problem+json"[..]), "{}: a problem has its media type", self.path);
    }
}
