//! A resend is harmless: every command four times at once, and once more at the end.

use futures::future::join_all;
use serde_json::{Value, json};
use warmline_testkit::{Agent, Http, Reply, Shopper, TestShop, fresh_id};

/// A command as it was sent first, and what it was answered with.
struct Sent {
    caller: Http,
    path: String,
    body: Value,
    answer: Value,
}

/// Those who send.
struct Road {
    shopper: Http,
    agent: Http,
    conversation: String,
    sent: Vec<Sent>,
}

async fn four_times(caller: &Http, path: &str, body: &Value) -> Vec<Reply> {
    join_all((0..4).map(|_| caller.post(path, body))).await
}

impl Road {
    async fn step(&mut self, caller: &Http, path: String, fields: Value) {
        let mut body = json!({ "client_id": fresh_id() });
        body.as_object_mut().unwrap().extend(fields.as_object().cloned().unwrap());
        let replies = four_times(caller, &path, &body).await;
        let mut statuses: Vec<u16> = replies.iter().map(|reply| reply.status).collect();
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 200, 200, 202], "{path}: {:?}", replies[0].body);
        let answer = replies[0].body.clone();
        assert!(replies.iter().all(|reply| reply.body == answer), "{path}: each resend has the first answer");
        self.sent.push(Sent { caller: caller.clone(), path, body, answer });
    }

    async fn shopper(&mut self, command: &str, fields: Value) {
        let (caller, path) = (self.shopper.clone(), format!("/v1/conversations/{}/{command}", self.conversation));
        self.step(&caller, path, fields).await;
    }

    async fn agent(&mut self, command: &str, fields: Value) {
        let (caller, path) = (self.agent.clone(), format!("/v1/agent/conversations/{}/{command}", self.conversation));
        self.step(&caller, path, fields).await;
    }

    /// How many events of each type are stored, those among agents included.
    async fn stored(&self) -> Vec<String> {
        let case = self.agent.get(&format!("/v1/agent/conversations/{}", self.conversation)).await.expect(200);
        case["events"].as_array().unwrap().iter().map(|event| event["type"].as_str().unwrap().to_owned()).collect()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_command_four_times_at_once_is_done_once() {
    let shop = TestShop::start().await;
    let ada = Agent::log_in(&shop, "ada").await;
    let shopper = Shopper::open(&shop).await;
    let bearer = Http::new(shop.base()).with("authorization", &format!("Bearer {}", shopper.token));
    let mut road = Road { shopper: bearer, agent: ada.http().clone(), conversation: shopper.conversation.clone(), sent: Vec::new() };

    road.shopper("handoff", json!({ "reason": "my lamp is broken" })).await;
    road.shopper("handoff/cancel", json!({})).await;
    road.shopper("handoff", json!({})).await;
    road.shopper("assistant/resume", json!({})).await;
    road.agent("take", json!({})).await;
    road.agent("messages", json!({ "text": "Hello, I am reading your case." })).await;
    road.agent("notes", json!({ "text": "seems upset" })).await;
    road.shopper("messages", json!({ "text": "thank you" })).await;
    road.shopper("summary", json!({ "text": "It is the blue lamp." })).await;
    road.agent("return", json!({ "reason": "The assistant can do the rest." })).await;
    road.shopper("stop", json!({})).await;
    road.shopper("handoff", json!({})).await;
    road.agent("take", json!({})).await;
    road.agent("transfer", json!({ "skill": "returns" })).await;
    road.agent("take", json!({})).await;
    road.agent("resolve", json!({ "reason": "A new lamp is on its way." })).await;
    road.shopper("resolution", json!({ "solved": false })).await;
    road.shopper("resolution", json!({ "solved": true })).await;
    road.shopper("rating", json!({ "score": 4 })).await;

    let count = |stored: &[String], kind: &str| stored.iter().filter(|found| *found == kind).count();
    let before = road.stored().await;
    for (kind, times) in [
        ("handoff.requested", 3),
        ("handoff.cancelled", 2),
        ("assistant.resumed", 1),
        ("agent.joined", 3),
        ("agent.left", 1),
        ("note.posted", 1),
        ("summary.corrected", 1),
        ("handoff.returned", 1),
        ("conversation.resolved", 2),
        ("conversation.reopened", 1),
        ("rating.given", 1),
    ] {
        assert_eq!(count(&before, kind), times, "{kind} in {before:?}");
    }
    for sent in &road.sent {
        let again = sent.caller.post(&sent.path, &sent.body).await;
        assert_eq!((again.status, &again.body), (200, &sent.answer), "{}: an outbox that wakes up when all is over", sent.path);
    }
    let own = |stored: &[String]| stored.iter().filter(|kind| *kind != "summary.written").cloned().collect::<Vec<_>>();
    assert_eq!(own(&before), own(&road.stored().await), "nothing happened again");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_opening_and_a_shift_are_commands_too() {
    let shop = TestShop::start().await;
    let http = Http::new(shop.base());
    let body = json!({ "key": "pk_demo", "client_id": fresh_id(), "locale": "de" });
    let replies = four_times(&http, "/v1/conversations", &body).await;
    let mut statuses: Vec<u16> = replies.iter().map(|reply| reply.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 200, 200, 201]);
    let id = replies[0].body["conversation_id"].as_str().unwrap();
    for reply in &replies {
        assert_eq!(reply.body["conversation_id"], id, "one conversation");
        let token = reply.body["token"].as_str().unwrap();
        http.with("authorization", &format!("Bearer {token}")).get(&format!("/v1/conversations/{id}")).await.expect(200);
    }
    let ada = Agent::log_in(&shop, "ada").await;
    let body = json!({ "client_id": fresh_id(), "online": true });
    let first = ada.http().post("/v1/agent/shift", &body).await.expect(202);
    assert_eq!(ada.http().post("/v1/agent/shift", &body).await.expect(200), first);
    let other = json!({ "client_id": body["client_id"], "online": false });
    ada.http().post("/v1/agent/shift", &other).await.refused(409, "client_id_reused", None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn messages_sent_up_to_five_times_are_stored_once_and_in_order() {
    let shop = TestShop::start().await;
    let shopper = Shopper::open(&shop).await;
    // With a person asked for, the assistant is silent.
    shopper.ask_for_person().await;
    let mut seqs = Vec::new();
    for number in 0..90 {
        let body = json!({ "client_id": fresh_id(), "text": format!("message {number}") });
        let times = 1 + number % 5;
        let replies = join_all((0..times).map(|_| shopper.post_exactly("/messages", &body))).await;
        let seq = replies[0].body["seq"].as_u64().unwrap();
        assert!(replies.iter().all(|reply| reply.body["seq"] == seq), "{replies:?}");
        assert_eq!(replies.iter().filter(|reply| reply.status == 202).count(), 1);
        seqs.push(seq);
    }
    let page = shopper.get("/messages?limit=100").await.expect(200);
    let stored: Vec<(u64, &str)> = page["messages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|message| (message["seq"].as_u64().unwrap(), message["text"].as_str().unwrap()))
        .collect();
    let sent: Vec<(u64, String)> = seqs.iter().enumerate().map(|(number, seq)| (*seq, format!("message {number}"))).collect();
    assert_eq!(stored, sent.iter().map(|(seq, text)| (*seq, text.as_str())).collect::<Vec<_>>());
}
