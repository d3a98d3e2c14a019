//! A shopper by HTTP: for what a page does not show, and for a line that is already long.

use reqwest::Client;
use serde_json::{Value, json};

use crate::shop::Shop;
use crate::{SOON, fresh_id};

/// A shopper with a conversation.
#[derive(Debug, Clone)]
pub struct Shopper {
    client: Client,
    base: String,
    /// The conversation.
    pub conversation: String,
    token: String,
}

impl Shopper {
    /// Opens a conversation.
    pub async fn open(shop: &Shop) -> Self {
        let mut shopper = Shopper::known(shop.base(), String::new(), String::new());
        let opened = shopper.send("/v1/conversations", json!({ "key": "pk_demo", "client_id": fresh_id(), "locale": "en" })).await;
        let word = |name: &str| opened[name].as_str().unwrap_or_else(|| panic!("no {name} in {opened}")).to_owned();
        (shopper.conversation, shopper.token) = (word("conversation_id"), word("token"));
        shopper
    }

    /// One whose conversation is known.
    pub(crate) fn known(base: &str, conversation: String, token: String) -> Self {
        let client = Client::builder().no_proxy().timeout(SOON).build().expect("a client");
        Shopper { client, base: base.to_owned(), conversation, token }
    }

    /// The state, the last messages, the cursor.
    pub async fn snapshot(&self) -> Value {
        let path = format!("{}/v1/conversations/{}", self.base, self.conversation);
        let answer = self.client.get(path).bearer_auth(&self.token).send().await.expect("the server answers");
        assert_eq!(answer.status().as_u16(), 200, "the shopper's conversation");
        answer.json().await.expect("JSON")
    }

    /// The stored messages of an author: shopper, assistant, agent.
    pub async fn messages_of(&self, author: &str) -> Vec<String> {
        let snapshot = self.snapshot().await;
        let messages = snapshot["messages"].as_array().cloned().unwrap_or_default();
        let by = |message: &&Value| message["author"]["kind"] == author && message["type"] == "message.posted";
        messages.iter().filter(by).filter_map(|message| message["text"].as_str().map(str::to_owned)).collect()
    }

    /// Writes.
    pub async fn say(&self, text: &str) {
        self.post("/messages", json!({ "text": text })).await;
    }

    /// Asks for a person; gives the case's code.
    pub async fn ask_for_a_person(&self) -> String {
        let asked = self.post("/handoff", json!({})).await;
        asked["case_code"].as_str().expect("a case code").to_owned()
    }

    /// A command below the conversation, with a fresh id.
    pub async fn post(&self, rest: &str, fields: Value) -> Value {
        let mut body = json!({ "client_id": fresh_id() });
        body.as_object_mut().expect("an object").extend(fields.as_object().cloned().unwrap_or_default());
        self.send(&format!("/v1/conversations/{}{rest}", self.conversation), body).await
    }

    async fn send(&self, path: &str, body: Value) -> Value {
        let request = self.client.post(format!("{}{path}", self.base)).bearer_auth(&self.token).json(&body);
        let answer = request.send().await.expect("the server answers");
        let status = answer.status();
        let text = answer.text().await.expect("a body");
        assert!(status.is_success(), "{path}: {status} {text}");
        serde_json::from_str(&text).unwrap_or_default()
    }
}
