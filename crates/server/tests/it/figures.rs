//! The seventh promise: what was done is read back in the supervisor's figures, the flattering beside the honest.

use serde_json::{Value, json};
use warmline_server::app::now;
use warmline_testkit::{Agent, Events, Frame, Shopper, TestShop};

async fn answered(shop: &TestShop, shopper: Shopper) -> (Shopper, Events) {
    let shopper = shopper.at(shop);
    let mut events = shopper.events().await;
    shopper.say("How long does a refund take?").await;
    events.wait("resolution.asked").await;
    (shopper, events)
}

async fn solved(shopper: &Shopper, score: u8) {
    shopper.post("/resolution", json!({ "solved": true })).await.expect(202);
    shopper.post("/rating", json!({ "score": score })).await.expect(202);
}

async fn report(sam: &Agent) -> Value {
    let now = now();
    let path = format!("/v1/supervisor/report?from={}&to={}", now.plus_seconds(-3600), now.plus_seconds(3600));
    sam.get(&path).await.expect(200)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_done_is_read_back() {
    let shop = TestShop::start().await;
    let sam = Agent::log_in(&shop, "sam").await;
    let nothing = report(&sam).await;
    assert_eq!((&nothing["conversations"], &nothing["time_to_person_s"]["p50"]), (&json!(0), &Value::Null));

    // One whom the assistant helped, and who says so. One who says nothing. One known by name.
    let (told, _events) = answered(&shop, Shopper::open(&shop).await).await;
    solved(&told, 5).await;
    let (_silent, _silent_events) = answered(&shop, Shopper::open(&shop).await).await;
    let (known, _known_events) = answered(&shop, Shopper::signed_in(&shop, "shopper-1").await).await;
    solved(&known, 4).await;

    // One who asks and changes their mind, and one whom a person helps.
    let fickle = Shopper::open(&shop).await;
    fickle.ask_for_person().await;
    fickle.post("/handoff/cancel", json!({})).await.expect(202);
    let (ada, mut console) = Agent::on_shift(&shop, "ada").await;
    let helped = Shopper::open(&shop).await;
    helped.ask_for_person().await;
    let is_theirs = |frame: &Frame| frame.kind == "offer" && frame.data["conversation_id"] == helped.conversation.as_str();
    let offer = console.wait_for("the offer", is_theirs).await;
    ada.accept(&offer.data).await.expect(202);
    ada.act(&helped.conversation, "messages", json!({ "text": "Hello, I send you a new one." })).await.expect(202);
    ada.act(&helped.conversation, "resolve", json!({ "reason": "A new one is on its way." })).await.expect(202);
    helped.post("/resolution", json!({ "solved": false })).await.expect(202);
    ada.act(&helped.conversation, "messages", json!({ "text": "It leaves today." })).await.expect(202);
    ada.act(&helped.conversation, "resolve", json!({ "reason": "It left today." })).await.expect(202);
    helped.post("/rating", json!({ "score": 3 })).await.expect(202);

    let mut report = report(&sam).await;
    let waited = report["time_to_person_s"].take();
    assert!(waited["p50"].is_f64() && waited["p50"] == waited["p95"], "one wait is all percentiles: {waited}");
    let cost = report["cost"].take();
    assert!(cost["per_conversation"].as_f64().unwrap() >= 0.0, "{cost}");
    assert_eq!((&cost["per_verified_resolution"], &cost["currency"]), (&Value::Null, &json!("GBP")));
    let resolution = json!({
        "assumed": 1, "confirmed": 3, "verified": null, "verifiable": 0, "unverifiable": 2, "left_open": 0, "reopened": 1,
    });
    assert_eq!(report["resolution"], resolution);
    assert_eq!(report["promises"], json!({ "made": 3, "kept": 2, "broken": 0 }), "the reopening began a second clock");
    let satisfaction = json!({
        "ai_only": { "mean": 4.5, "rated": 2, "asked": 2 },
        "handed_off": { "mean": null, "rated": 0, "asked": 0 },
        "person_only": { "mean": 3.0, "rated": 1, "asked": 2 },
    });
    assert_eq!(report["satisfaction"], satisfaction);
    for (figure, value) in [
        ("conversations", json!(5)),
        ("asked_for_person", json!(2)),
        ("reached_person", json!(1)),
        ("repeat_contacts_7d", Value::Null),
        ("missed_handovers", json!(1)),
        ("needless_handovers", json!(0)),
    ] {
        assert_eq!(report[figure], value, "{figure}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_supervisor_sees_who_waits_as_it_happens() {
    let shop = TestShop::start().await;
    let sam = Agent::log_in(&shop, "sam").await;
    let mut events = sam.http().events("/v1/supervisor/events", None).await;
    let first = events.wait("overview").await;
    assert_eq!((&first.data["waiting_count"], &first.data["people"][0]["online"]), (&json!(0), &json!(false)));

    let shopper = Shopper::open(&shop).await;
    let code = shopper.ask_for_person().await;
    let queue = events.wait("queue").await;
    assert_eq!(queue.data["waiting"][0]["case_code"], code);
    events.wait_for("an overview with who waits", |frame| frame.kind == "overview" && frame.data["waiting_count"] == 1).await;
    let (ada, _console) = Agent::on_shift(&shop, "ada").await;
    let shift = events.wait("shift").await;
    assert_eq!((&shift.data["agent_id"], &shift.data["online"]), (&ada.me["agent_id"], &json!(true)));
    ada.act(&shopper.conversation, "take", json!({})).await.expect(202);
    let with_person = |frame: &Frame| frame.kind == "overview" && frame.data["today"]["with_person"] == 1;
    events.wait_for("an overview with who is served", with_person).await;

    let overview = sam.get("/v1/supervisor/overview").await.expect(200);
    let people = overview["people"].as_array().unwrap();
    let row = people.iter().find(|person| person["agent_id"] == ada.me["agent_id"]).unwrap();
    assert_eq!((&row["load"], &row["capacity"], &row["console_open"]), (&json!(1), &json!(3), &json!(true)));
    drop(shop);
    events.until_the_end().await;
}
