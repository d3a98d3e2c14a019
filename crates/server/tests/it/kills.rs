//! Killed or stopped at the worst moment: after the restart all is there, once, and goes on.

use std::path::Path;

use serde_json::{Value, json};
use warmline_testkit::{Agent, Frame, Shopper, TestShop};

const QUESTION: &str = "How long does a refund take?";

async fn child() -> TestShop {
    TestShop::start_child_of(Path::new(env!("CARGO_BIN_EXE_warmline"))).await
}

fn texts(snapshot: &Value) -> Vec<String> {
    let messages = snapshot["messages"].as_array().unwrap();
    messages.iter().map(|message| message["text"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_the_middle_of_an_answer() {
    let mut shop = child().await;
    let shopper = Shopper::open(&shop).await;
    let mut events = shopper.events().await;
    let seq = shopper.say(QUESTION).await;
    let started = events.wait("assistant.started").await;
    events.wait("assistant.delta").await;
    shop.kill().await;
    events.until_the_end().await;
    assert!(!events.seen.iter().any(|frame| frame.is_message_by("assistant")), "it was killed before the answer was stored");
    let last = events.stored().last().and_then(|frame| frame.id).unwrap();
    assert_eq!(last, seq, "the question was acknowledged, and is the last that was seen");

    shop.start_child_again().await;
    let shopper = shopper.at(&shop);
    let mut events = shopper.events_after(last).await;
    let answer = events.wait_for("the answer", |frame| frame.is_message_by("assistant")).await;
    assert_eq!(
        (&answer.data["answers"], &answer.data["message_id"]),
        (&json!(seq), &started.data["message_id"]),
        "the same answer, finished"
    );
    events.wait("resolution.asked").await;
    assert_eq!(texts(&shopper.snapshot().await), [QUESTION, answer.data["text"].as_str().unwrap()], "each once");

    let seq = shopper.say("How much is delivery?").await;
    let next = |frame: &Frame| frame.is_message_by("assistant") && frame.data["answers"] == seq;
    events.wait_for("the next answer", next).await;
    let answers = events.stored().iter().filter(|frame| frame.is_message_by("assistant")).count();
    assert_eq!(answers, 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stopped_in_good_order_in_the_middle_of_an_answer() {
    let mut shop = TestShop::start().await;
    let shopper = Shopper::open(&shop).await;
    let mut events = shopper.events().await;
    let seq = shopper.say(QUESTION).await;
    events.wait("assistant.delta").await;
    shop.restart().await;
    events.until_the_end().await;
    let mut events = shopper.at(&shop).events_after(seq).await;
    let answer = events.wait_for("the answer", |frame| frame.is_message_by("assistant")).await;
    assert_eq!(answer.data["answers"], seq);
    assert_eq!(texts(&shopper.at(&shop).snapshot().await), [QUESTION, answer.data["text"].as_str().unwrap()], "each once");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_the_middle_of_a_queue() {
    let mut shop = child().await;
    let ada = Agent::log_in(&shop, "ada").await;
    let (first, second) = (Shopper::open(&shop).await, Shopper::open(&shop).await);
    first.say("can i talk to a real person please").await;
    second.ask_for_person().await;
    let mut events = second.events().await;
    events.wait("summary.written").await;
    first.events().await.wait("summary.written").await;
    let before = [first.snapshot().await, second.snapshot().await];
    assert_eq!(before[1]["state"]["queue"]["position"], 2);
    shop.kill().await;

    shop.start_child_again().await;
    let (first, second, ada) = (first.at(&shop), second.at(&shop), ada.at(&shop));
    let after = [first.snapshot().await, second.snapshot().await];
    assert_eq!(after, before, "place, clock, promise and words are what they were");
    let tapped_again = second.post("/handoff", json!({})).await.expect(200);
    assert_eq!(tapped_again["case_code"], before[1]["state"]["case"]["code"], "still the same case");

    // It goes on: whoever asked first is offered first, and answered within the first promise.
    let mut console = ada.events().await;
    console.wait("inbox").await;
    ada.post("/v1/agent/shift", json!({ "online": true, "capacity": 1 })).await.expect(202);
    let offer = console.wait("offer").await;
    assert_eq!(offer.data["conversation_id"], first.conversation.as_str());
    ada.accept(&offer.data).await.expect(202);
    ada.act(&first.conversation, "messages", json!({ "text": "Hello, sorry for the wait." })).await.expect(202);
    let mut events = first.events().await;
    let kept = events.wait("handoff.promise_kept").await;
    assert_eq!(kept.data["promise_id"], before[0]["state"]["promise"]["promise_id"]);
    let count = |kind: &str| events.stored().iter().filter(|frame| frame.kind == kind).count();
    assert_eq!((count("handoff.requested"), count("handoff.promised"), count("agent.joined")), (1, 1, 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn with_a_person_in_the_conversation() {
    let mut shop = child().await;
    let ada = Agent::log_in(&shop, "ada").await;
    let shopper = Shopper::open(&shop).await;
    shopper.ask_for_person().await;
    ada.act(&shopper.conversation, "take", json!({})).await.expect(202);
    ada.act(&shopper.conversation, "messages", json!({ "text": "Hello." })).await.expect(202);
    let mut sent = vec!["Hello.".to_owned()];
    for round in 0..3 {
        for number in 0..5 {
            let text = format!("round {round}, message {number}");
            shopper.at(&shop).say(&text).await;
            sent.push(text);
        }
        shop.kill().await;
        shop.start_child_again().await;
        assert_eq!(texts(&shopper.at(&shop).snapshot().await), sent, "each that was acknowledged, once and in order");
    }
    let ada = ada.at(&shop);
    ada.act(&shopper.conversation, "messages", json!({ "text": "I am still here." })).await.expect(202);
    ada.act(&shopper.conversation, "resolve", json!({ "reason": "Sent again." })).await.expect(202);
    let state = &shopper.at(&shop).snapshot().await["state"];
    assert_eq!((&state["phase"], &state["agent"]["name"]), (&json!("resolved"), &json!("Ada Okafor")));
}
