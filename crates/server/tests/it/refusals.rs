//! What is refused, and how: contract.md's table, from outside.

use reqwest::Method;
use serde_json::{Value, json};
use warmline_testkit::{Agent, Http, Shopper, TestShop, fresh_id};

fn opening() -> Value {
    json!({ "key": "pk_demo", "client_id": fresh_id() })
}

fn with(mut body: Value, name: &str, value: Value) -> Value {
    body[name] = value;
    body
}

fn without(mut body: Value, name: &str) -> Value {
    body.as_object_mut().unwrap().remove(name);
    body
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_conversation_is_opened_by_a_known_page_with_a_known_key() {
    let shop = TestShop::start().await;
    let http = Http::new(shop.base());
    let open = |http: Http, body: Value| async move { http.post("/v1/conversations", &body).await };
    open(http.with("origin", shop.base()), opening()).await.expect(201);
    for origin in ["https://elsewhere.example", "null", &format!("{}.elsewhere.example", shop.base()), "https://127.0.0.1"] {
        open(http.with("origin", origin), opening()).await.refused(403, "origin_not_allowed", None);
        http.with("origin", origin).get("/v1/widget?key=pk_demo").await.refused(403, "origin_not_allowed", None);
    }
    open(http.clone(), with(opening(), "key", json!("pk_nobody"))).await.refused(403, "unknown_key", None);
    open(http.clone(), without(opening(), "key")).await.refused(422, "invalid_field", Some("/key"));
    open(http.clone(), without(opening(), "client_id")).await.refused(422, "invalid_field", Some("/client_id"));
    for forged in ["not a token", "e30.e30.e30"] {
        open(http.clone(), with(opening(), "identity", json!(forged))).await.refused(401, "identity_refused", None);
    }
    let good = http.post("/demo/identity", &json!({ "sub": "shopper-1" })).await.expect(200)["identity"].clone();
    open(http.clone(), with(opening(), "identity", good.clone())).await.expect(201);
    let (signed, _) = good.as_str().unwrap().rsplit_once('.').unwrap();
    open(http.clone(), with(opening(), "identity", json!(format!("{signed}.")))).await.refused(401, "identity_refused", None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_opens_its_own_conversation_and_no_other() {
    let shop = TestShop::start().await;
    let (mine, other) = (Shopper::open(&shop).await, Shopper::open(&shop).await);
    let nobody = Http::new(shop.base());
    for rest in ["", "/messages", "/events", "/transcript", "/unread"] {
        nobody.get(&mine.path(rest)).await.refused(401, "unauthorized", None);
        nobody.with("authorization", "Bearer wrong").get(&mine.path(rest)).await.refused(401, "unauthorized", None);
        let strange = nobody.with("authorization", &format!("Bearer {}", other.token));
        strange.get(&mine.path(rest)).await.refused(404, "not_found", None);
    }
    let strange = nobody.with("authorization", &format!("Bearer {}", other.token));
    let message = json!({ "client_id": fresh_id(), "text": "not mine" });
    strange.post(&mine.path("/messages"), &message).await.refused(404, "not_found", None);
    assert_eq!(mine.snapshot().await["messages"], json!([]));
    nobody.get("/v1/nothing").await.refused(404, "not_found", None);
    mine.call(Method::PUT, "/messages", Some("{}".into())).await.refused(405, "method_not_allowed", None);

    mine.call(Method::DELETE, "", None).await.expect(204);
    mine.get("").await.refused(401, "unauthorized", None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_body_names_its_field() {
    let shop = TestShop::start().await;
    let shopper = Shopper::open(&shop).await;
    for body in ["", "hello", "[1]", "{\"client_id\": \""] {
        for rest in ["/messages", "/handoff", "/rating", "/resolution", "/stop"] {
            shopper.call(Method::POST, rest, Some(body.into())).await.refused(400, "malformed", None);
        }
    }
    for rest in ["/messages", "/handoff", "/handoff/cancel", "/handoff/decline", "/assistant/resume", "/stop", "/summary"] {
        shopper.post_exactly(rest, &json!({ "text": "x" })).await.refused(422, "invalid_field", Some("/client_id"));
        shopper.post_exactly(rest, &json!({ "client_id": "17", "text": "x" })).await.refused(422, "invalid_field", Some("/client_id"));
    }
    for (rest, fields, pointer) in [
        ("/messages", json!({}), "/text"),
        ("/messages", json!({ "text": 7 }), "/text"),
        ("/rating", json!({ "score": 0 }), "/score"),
        ("/rating", json!({ "score": 6 }), "/score"),
        ("/rating", json!({ "score": "five" }), "/score"),
        ("/resolution", json!({ "solved": "maybe" }), "/solved"),
        ("/read", json!({ "seq": "last" }), "/seq"),
        ("/handoff", json!({ "reason": "x".repeat(201) }), "/reason"),
    ] {
        shopper.post(rest, fields).await.refused(422, "invalid_field", Some(pointer));
    }
    for (path, pointer) in [("/messages?limit=many", "/limit"), ("/messages?before=x", "/before"), ("/events?after=abc", "/after")] {
        shopper.get(path).await.refused(422, "invalid_field", Some(pointer));
    }
    for text in ["", " \n\t", "\u{a0}\u{3000}\u{200b}"] {
        shopper.post("/messages", json!({ "text": text })).await.refused(422, "text_empty", None);
    }
    shopper.post("/messages", json!({ "text": "é".repeat(4001) })).await.refused(413, "text_too_long", None);
    shopper.ask_for_person().await;
    shopper.post("/messages", json!({ "text": "🙂".repeat(4000) })).await.expect(202);
    let client_id = fresh_id();
    shopper.post("/messages", json!({ "client_id": client_id, "text": "one" })).await.expect(202);
    shopper.post("/messages", json!({ "client_id": client_id, "text": "two" })).await.refused(409, "client_id_reused", None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_state_does_not_allow_has_its_code() {
    let shop = TestShop::start().await;
    let shopper = Shopper::open(&shop).await;
    let refuse = async |rest: &str, code: &str| shopper.post(rest, json!({ "text": "x" })).await.refused(409, code, None);
    refuse("/handoff/cancel", "no_handoff").await;
    refuse("/handoff/decline", "no_offer").await;
    refuse("/assistant/resume", "not_waiting").await;
    refuse("/summary", "no_handoff").await;

    let code = shopper.ask_for_person().await;
    let again = shopper.post("/handoff", json!({})).await.expect(200);
    assert_eq!(again["case_code"], code, "a second tap is the same case");
    refuse("/handoff/decline", "not_now").await;

    let ada = Agent::log_in(&shop, "ada").await;
    ada.act(&shopper.conversation, "return", json!({ "reason": "x" })).await.refused(409, "not_now", None);
    ada.act(&shopper.conversation, "transfer", json!({ "skill": "returns" })).await.refused(409, "not_now", None);
    ada.act(&shopper.conversation, "resolve", json!({ "reason": "x" })).await.refused(403, "not_owner", None);
    ada.act(&shopper.conversation, "take", json!({})).await.expect(202);
    refuse("/handoff/cancel", "person_present").await;
    refuse("/assistant/resume", "person_present").await;
    refuse("/stop", "not_now").await;
    ada.act(&shopper.conversation, "resolve", json!({ "reason": "Sent again." })).await.expect(202);
    ada.act(&shopper.conversation, "messages", json!({ "text": "x" })).await.refused(409, "resolved", None);
    ada.act(&shopper.conversation, "take", json!({})).await.refused(409, "resolved", None);
    refuse("/handoff/cancel", "no_handoff").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn agents_log_in_and_write_with_the_token_of_their_session() {
    let shop = TestShop::start().await;
    let http = Http::new(shop.base());
    let wrong = json!({ "email": "ada@demo.shop", "password": "wrong" });
    http.post("/v1/agent/login", &wrong).await.refused(401, "bad_credentials", None);
    let nobody = json!({ "email": "eve@demo.shop", "password": "wrong" });
    http.post("/v1/agent/login", &nobody).await.refused(401, "bad_credentials", None);
    http.post("/v1/agent/login", &json!({ "email": "ada@demo.shop" })).await.refused(422, "invalid_field", Some("/password"));
    http.with("origin", "https://elsewhere.example").post("/v1/agent/login", &wrong).await.refused(403, "origin_not_allowed", None);
    for path in ["/v1/agent/me", "/v1/agent/conversations", "/v1/agent/events", "/v1/supervisor/overview", "/v1/supervisor/report"] {
        http.get(path).await.refused(401, "unauthorized", None);
    }

    let (ada, ben) = (Agent::log_in(&shop, "ada").await, Agent::log_in(&shop, "ben").await);
    let shopper = Shopper::open(&shop).await;
    shopper.ask_for_person().await;
    let path = format!("/v1/agent/conversations/{}/take", shopper.conversation);
    let other = ben.me["csrf_token"].as_str().unwrap();
    for token in ["", "wrong", other] {
        let body = json!({ "client_id": fresh_id() });
        ada.http().with("x-csrf-token", token).post(&path, &body).await.refused(403, "csrf_missing", None);
    }
    ada.act(&shopper.conversation, "take", json!({})).await.expect(202);
    for what in ["resolve", "return"] {
        ada.act(&shopper.conversation, what, json!({})).await.refused(422, "invalid_field", Some("/reason"));
        ada.act(&shopper.conversation, what, json!({ "reason": "" })).await.refused(422, "invalid_field", Some("/reason"));
        ada.act(&shopper.conversation, what, json!({ "reason": "x".repeat(501) })).await.refused(422, "invalid_field", Some("/reason"));
    }
    ada.act(&shopper.conversation, "messages", json!({ "text": " " })).await.refused(422, "text_empty", None);
    ada.act(&shopper.conversation, "transfer", json!({ "agent": "eve@demo.shop" })).await.refused(422, "invalid_field", Some("/agent"));
    ada.post("/v1/agent/shift", json!({ "online": true, "capacity": 0 })).await.refused(422, "invalid_field", Some("/capacity"));
    ben.act(&shopper.conversation, "messages", json!({ "text": "x" })).await.refused(403, "not_owner", None);
    ada.act(&fresh_id(), "messages", json!({ "text": "x" })).await.refused(404, "not_found", None);
    ada.get("/v1/agent/conversations?state=odd").await.refused(422, "invalid_field", Some("/state"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_supervisors_routes_are_a_supervisors() {
    let shop = TestShop::start().await;
    let (ada, sam) = (Agent::log_in(&shop, "ada").await, Agent::log_in(&shop, "sam").await);
    for path in ["/v1/supervisor/overview", "/v1/supervisor/events", "/v1/supervisor/report"] {
        ada.get(path).await.refused(403, "forbidden", None);
    }
    for (span, pointer) in [
        ("", "/from"),
        ("?to=2026-01-31T00:00:00Z", "/from"),
        ("?from=yesterday&to=2026-01-31T00:00:00Z", "/from"),
        ("?from=2026-01-01T00:00:00Z", "/to"),
        ("?from=2026-01-01T00:00:00Z&to=2026-01-31", "/to"),
        ("?from=2026-01-31T00:00:00Z&to=2026-01-01T00:00:00Z", "/to"),
    ] {
        sam.get(&format!("/v1/supervisor/report{span}")).await.refused(422, "invalid_field", Some(pointer));
    }
    sam.get("/v1/supervisor/report?from=2026-01-01T00:00:00Z&to=2026-01-31T00:00:00%2B01:00").await.expect(200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn too_fast_is_told_when_again() {
    let shop = TestShop::start().await;
    let shopper = Shopper::open(&shop).await;
    shopper.ask_for_person().await;
    let sent = futures::future::join_all((0..160).map(|_| shopper.post("/messages", json!({ "text": "x" })))).await;
    let refused: Vec<_> = sent.iter().filter(|reply| reply.status == 429).collect();
    assert!(!refused.is_empty() && sent.len() - refused.len() >= 99, "{} of {} refused", refused.len(), sent.len());
    let first = refused[0];
    assert_eq!(first.body["code"], "too_many_requests");
    let seconds: u64 = first.headers["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((1..=60).contains(&seconds));
    let known = json!({ "client_id": fresh_id(), "text": "once" });
    let http = Http::new(shop.base());
    for _ in 0..10 {
        let wrong = json!({ "email": "ben@demo.shop", "password": "wrong" });
        http.post("/v1/agent/login", &wrong).await.refused(401, "bad_credentials", None);
    }
    let right = json!({ "email": "ben@demo.shop", "password": warmline_server::demo::PASSWORD });
    http.post("/v1/agent/login", &right).await.refused(429, "too_many_requests", None);
    // A resend that is answered from the log does not count, and a new one is taken again as soon as there is room.
    let taken = loop {
        let reply = shopper.post_exactly("/messages", &known).await;
        if reply.status != 429 {
            break reply;
        }
    };
    let first = taken.expect(202);
    for again in futures::future::join_all((0..40).map(|_| shopper.post_exactly("/messages", &known))).await {
        assert_eq!(again.expect(200), first);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_description_says_who_may_call() {
    let shop = TestShop::start().await;
    let description = Http::new(shop.base()).get("/openapi.json").await.expect(200);
    let mut routes = 0;
    for (path, methods) in description["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            routes += 1;
            let expected = match (path.as_str(), method.as_str()) {
                ("/v1/conversations" | "/v1/widget" | "/v1/agent/login" | "/health" | "/ready" | "/metrics", _) => Value::Null,
                ("/v1/shopper/conversations", _) => json!([{ "identity": [] }]),
                (path, _) if path.starts_with("/v1/conversations/") => json!([{ "shopper": [] }]),
                (_, "get") => json!([{ "session": [] }]),
                (_, _) => json!([{ "session": [], "csrf": [] }]),
            };
            assert_eq!(operation["security"], expected, "{method} {path}");
            let parts = path.matches('{').count();
            let named = operation["parameters"].as_array().map_or(0, |all| all.iter().filter(|one| one["in"] == "path").count());
            assert_eq!(named, parts, "{method} {path} names its parts");
        }
    }
    assert!(routes > 40);
}
