//! A shopper, as the widget calls.

use reqwest::Method;
use serde_json::{Value, json};

use crate::{Events, Http, Reply, TestShop, fresh_id};

/// A shopper with a conversation.
#[derive(Debug, Clone)]
pub struct Shopper {
    http: Http,
    /// The conversation.
    pub conversation: String,
    /// What opens it.
    pub token: String,
}

impl Shopper {
    /// Opens a conversation in English, not signed in.
    pub async fn open(shop: &TestShop) -> Self {
        Shopper::open_with(shop, json!({ "locale": "en" })).await
    }

    /// Opens one, as a shopper of the demo shop who is signed in.
    pub async fn signed_in(shop: &TestShop, sub: &str) -> Self {
        let signed = Http::new(shop.base()).post("/demo/identity", &json!({ "sub": sub })).await.expect(200);
        Shopper::open_with(shop, json!({ "locale": "en", "identity": signed["identity"] })).await
    }

    /// Opens one with these fields beside key and client id.
    pub async fn open_with(shop: &TestShop, fields: Value) -> Self {
        let mut body = json!({ "key": "pk_demo", "client_id": fresh_id() });
        body.as_object_mut().unwrap().extend(fields.as_object().cloned().unwrap_or_default());
        let http = Http::new(shop.base());
        let opened = http.post("/v1/conversations", &body).await.expect(201);
        let text = |name: &str| opened[name].as_str().unwrap_or_else(|| panic!("{name} is missing in {opened}")).to_owned();
        let token = text("token");
        Shopper { http: http.with("authorization", &format!("Bearer {token}")), conversation: text("conversation_id"), token }
    }

    /// The same shopper at a server that was started again.
    pub fn at(&self, shop: &TestShop) -> Self {
        Shopper { http: self.http.at(shop.base()), ..self.clone() }
    }

    /// A path below the conversation.
    pub fn path(&self, rest: &str) -> String {
        format!("/v1/conversations/{}{rest}", self.conversation)
    }

    /// A command with a fresh id: `post("/handoff", json!({}))`.
    pub async fn post(&self, rest: &str, fields: Value) -> Reply {
        let mut body = json!({ "client_id": fresh_id() });
        body.as_object_mut().unwrap().extend(fields.as_object().cloned().unwrap_or_default());
        self.post_exactly(rest, &body).await
    }

    /// A command as it is given.
    pub async fn post_exactly(&self, rest: &str, body: &Value) -> Reply {
        self.http.post(&self.path(rest), body).await
    }

    /// A read below the conversation.
    pub async fn get(&self, rest: &str) -> Reply {
        self.http.get(&self.path(rest)).await
    }

    /// Any call below the conversation.
    pub async fn call(&self, method: Method, rest: &str, body: Option<String>) -> Reply {
        self.http.call(method, &self.path(rest), body).await
    }

    /// Writes; gives the seq.
    pub async fn say(&self, text: &str) -> u64 {
        let taken = self.post("/messages", json!({ "text": text })).await.expect(202);
        taken["seq"].as_u64().expect("a seq")
    }

    /// Asks for a person, by tap; gives the case's code.
    pub async fn ask_for_person(&self) -> String {
        let asked = self.post("/handoff", json!({})).await.expect(202);
        asked["case_code"].as_str().expect("a case code").to_owned()
    }

    /// The state, the last messages, the cursor.
    pub async fn snapshot(&self) -> Value {
        self.get("").await.expect(200)
    }

    /// Follows the conversation from its beginning.
    pub async fn events(&self) -> Events {
        self.http.events(&self.path("/events"), None).await
    }

    /// Follows it after an event.
    pub async fn events_after(&self, seq: u64) -> Events {
        self.http.events(&self.path("/events"), Some(seq)).await
    }
}
