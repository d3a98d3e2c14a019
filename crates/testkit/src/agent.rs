//! An agent or supervisor, as the console calls.

use serde_json::{Value, json};

use crate::{Events, Http, Reply, TestShop, fresh_id};

/// One of the demo's people, logged in.
#[derive(Debug, Clone)]
pub struct Agent {
    http: Http,
    /// What `login` said.
    pub me: Value,
}

impl Agent {
    /// Logs in: `ada`, `ben` or `sam`.
    pub async fn log_in(shop: &TestShop, name: &str) -> Self {
        let http = Http::new(shop.base());
        let body = json!({ "email": format!("{name}@demo.shop"), "password": warmline_server::demo::PASSWORD });
        let reply = http.post("/v1/agent/login", &body).await;
        let cookie = reply.headers.get("set-cookie").and_then(|cookie| cookie.to_str().ok()).unwrap_or_default();
        let cookie = cookie.split(';').next().unwrap_or_default().to_owned();
        let me = reply.expect(200);
        let csrf = me["csrf_token"].as_str().expect("a CSRF token").to_owned();
        Agent { http: http.with("cookie", &cookie).with("x-csrf-token", &csrf), me }
    }

    /// Logs in, opens a console and goes on shift.
    pub async fn on_shift(shop: &TestShop, name: &str) -> (Self, Events) {
        let agent = Agent::log_in(shop, name).await;
        let mut console = agent.events().await;
        console.wait("inbox").await;
        agent.post("/v1/agent/shift", json!({ "online": true })).await.expect(202);
        (agent, console)
    }

    /// The same person at a server that was started again: sessions outlive it.
    pub fn at(&self, shop: &TestShop) -> Self {
        Agent { http: self.http.at(shop.base()), me: self.me.clone() }
    }

    /// The HTTP under it, for calls that are not made right.
    pub fn http(&self) -> &Http {
        &self.http
    }

    /// A command with a fresh id.
    pub async fn post(&self, path: &str, fields: Value) -> Reply {
        let mut body = json!({ "client_id": fresh_id() });
        body.as_object_mut().unwrap().extend(fields.as_object().cloned().unwrap_or_default());
        self.http.post(path, &body).await
    }

    /// A command in a conversation: `act(&shopper.conversation, "messages", json!({ "text": … }))`.
    pub async fn act(&self, conversation: &str, what: &str, fields: Value) -> Reply {
        self.post(&format!("/v1/agent/conversations/{conversation}/{what}"), fields).await
    }

    /// Accepts an offer.
    pub async fn accept(&self, offer: &Value) -> Reply {
        let id = offer["offer_id"].as_str().expect("an offer has an id");
        self.post(&format!("/v1/agent/offers/{id}/accept"), json!({})).await
    }

    /// Lets an offer pass.
    pub async fn decline(&self, offer: &Value) -> Reply {
        let id = offer["offer_id"].as_str().expect("an offer has an id");
        self.post(&format!("/v1/agent/offers/{id}/decline"), json!({})).await
    }

    /// A read.
    pub async fn get(&self, path: &str) -> Reply {
        self.http.get(path).await
    }

    /// The console's stream.
    pub async fn events(&self) -> Events {
        self.http.events("/v1/agent/events", None).await
    }
}
