//! An agent or supervisor by HTTP, as any console may call.

use reqwest::{Client, RequestBuilder};
use serde_json::{Value, json};

use crate::feed::Feed;
use crate::shop::Shop;
use crate::{SOON, fresh_id};

/// One of the demo's people: `ada`, `ben` or `sam`.
#[derive(Debug)]
pub struct Person {
    client: Client,
    base: String,
    cookie: String,
    csrf: String,
    feed: Option<Feed>,
}

impl Person {
    /// Logs in.
    pub async fn log_in(shop: &Shop, name: &str) -> Self {
        let client = Client::builder().no_proxy().build().expect("a client");
        let login = json!({ "email": format!("{name}@demo.shop"), "password": "demo-only-password" });
        let answer = client.post(format!("{}/v1/agent/login", shop.base())).json(&login).send().await.expect("the server answers");
        let cookie = answer.headers().get("set-cookie").and_then(|cookie| cookie.to_str().ok()).unwrap_or_default();
        let cookie = cookie.split(';').next().unwrap_or_default().to_owned();
        let me: Value = answer.json().await.expect("JSON");
        let csrf = me["csrf_token"].as_str().unwrap_or_else(|| panic!("{name} cannot log in: {me}")).to_owned();
        Person { client, base: shop.base().to_owned(), cookie, csrf, feed: None }
    }

    /// Logs in, opens the stream and goes on shift.
    pub async fn on_shift(shop: &Shop, name: &str) -> Self {
        let mut person = Person::log_in(shop, name).await;
        person.follow().await;
        person.shift(true).await;
        person
    }

    /// Opens the stream, again after the server was killed.
    pub async fn follow(&mut self) {
        let answer = self.signed(self.client.get(format!("{}/v1/agent/events", self.base))).send().await.expect("the server answers");
        assert_eq!(answer.status().as_u16(), 200, "the agent's stream");
        let mut feed = Feed::follow(answer);
        feed.wait("inbox").await;
        self.feed = Some(feed);
    }

    /// What comes in the stream.
    pub fn feed(&mut self) -> &mut Feed {
        self.feed.as_mut().expect("the stream is open")
    }

    /// Here, or not here. Open conversations are kept.
    pub async fn shift(&self, online: bool) {
        self.post("/v1/agent/shift", json!({ "online": online, "open": "keep" })).await;
    }

    /// Waits for the next offer.
    pub async fn offer(&mut self) -> Value {
        self.feed().wait("offer").await.data
    }

    /// Accepts an offer; gives its conversation.
    pub async fn accept(&self, offer: &Value) -> String {
        let id = offer["offer_id"].as_str().expect("an offer has an id");
        self.post(&format!("/v1/agent/offers/{id}/accept"), json!({})).await;
        offer["conversation_id"].as_str().expect("an offer has a conversation").to_owned()
    }

    /// Waits for the next offer and accepts it; gives its conversation.
    pub async fn accept_next(&mut self) -> String {
        let offer = self.offer().await;
        self.accept(&offer).await
    }

    /// Lets an offer pass.
    pub async fn let_pass(&self, offer: &Value) {
        let id = offer["offer_id"].as_str().expect("an offer has an id");
        self.post(&format!("/v1/agent/offers/{id}/decline"), json!({})).await;
    }

    /// Writes to the shopper.
    pub async fn message(&self, conversation: &str, text: &str) {
        self.act(conversation, "messages", json!({ "text": text })).await;
    }

    /// Is typing.
    pub async fn typing(&self, conversation: &str) {
        self.act(conversation, "typing", json!({})).await;
    }

    /// Has read up to here.
    pub async fn read(&self, conversation: &str, seq: u64) {
        self.act(conversation, "read", json!({ "seq": seq })).await;
    }

    /// Closes it, with a reason.
    pub async fn resolve(&self, conversation: &str, reason: &str) {
        self.act(conversation, "resolve", json!({ "reason": reason })).await;
    }

    /// Gives it back to the AI, with a reason.
    pub async fn give_back(&self, conversation: &str, reason: &str) {
        self.act(conversation, "return", json!({ "reason": reason })).await;
    }

    /// Takes it, unasked.
    pub async fn take(&self, conversation: &str) {
        self.act(conversation, "take", json!({})).await;
    }

    /// A command in a conversation.
    pub async fn act(&self, conversation: &str, what: &str, fields: Value) -> Value {
        self.post(&format!("/v1/agent/conversations/{conversation}/{what}"), fields).await
    }

    /// The conversation with all its events.
    pub async fn case_file(&self, conversation: &str) -> Value {
        self.get(&format!("/v1/agent/conversations/{conversation}")).await
    }

    /// A read.
    pub async fn get(&self, path: &str) -> Value {
        let answer = self.signed(self.client.get(format!("{}{path}", self.base))).timeout(SOON).send().await.expect("the server answers");
        let status = answer.status();
        let body = answer.json().await.expect("JSON");
        assert!(status.is_success(), "{path}: {status} {body}");
        body
    }

    /// A write with a fresh id.
    pub async fn post(&self, path: &str, fields: Value) -> Value {
        let mut body = json!({ "client_id": fresh_id() });
        body.as_object_mut().expect("an object").extend(fields.as_object().cloned().unwrap_or_default());
        let request = self.signed(self.client.post(format!("{}{path}", self.base))).json(&body).timeout(SOON);
        let answer = request.send().await.expect("the server answers");
        let status = answer.status();
        let text = answer.text().await.expect("a body");
        assert!(status.is_success(), "{path}: {status} {text}");
        serde_json::from_str(&text).unwrap_or_default()
    }

    fn signed(&self, request: RequestBuilder) -> RequestBuilder {
        request.header("cookie", &self.cookie).header("x-csrf-token", &self.csrf)
    }
}
