//! A person comes: offered, accepted, talked to, closed with a reason, reopened, solved, rated.

use serde_json::{Value, json};
use warmline_testkit::{Agent, Events, Frame, Shopper, TestShop};

/// The offer of this shopper's conversation.
async fn offer_of(console: &mut Events, shopper: &Shopper) -> Value {
    let is_it = |frame: &Frame| frame.kind == "offer" && frame.data["conversation_id"] == shopper.conversation.as_str();
    console.wait_for("the offer", is_it).await.data
}

/// An event of a conversation in a console.
async fn in_console(console: &mut Events, kind: &str) -> Frame {
    console.wait_for(kind, |frame| frame.kind == "conversation.event" && frame.data["event"]["type"] == kind).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn from_the_offer_to_solved_and_rated() {
    let shop = TestShop::start().await;
    let (ada, mut console) = Agent::on_shift(&shop, "ada").await;
    let shopper = Shopper::open(&shop).await;
    let mut events = shopper.events().await;
    shopper.say("My lamp arrived broken and I am flying on Friday").await;
    let code = shopper.ask_for_person().await;
    let promised = events.wait("handoff.promised").await;
    let offer = offer_of(&mut console, &shopper).await;
    assert_eq!(offer["case_code"], code);

    ada.accept(&offer).await.expect(202);
    let joined = events.wait("agent.joined").await;
    assert_eq!(joined.data["name"], "Ada Okafor");
    let summary = events.wait("summary.written").await;
    assert!(summary.data["problem"].as_str().unwrap().contains("lamp"), "in the shopper's words: {summary:?}");

    ada.act(&shopper.conversation, "messages", json!({ "text": "Hello, I have read it. A new lamp leaves today." })).await.expect(202);
    events.wait_for("her message", |frame| frame.is_message_by("agent")).await;
    let kept = events.wait("handoff.promise_kept").await;
    assert_eq!(kept.data["promise_id"], promised.data["promise_id"]);
    ada.act(&shopper.conversation, "notes", json!({ "text": "seems in a hurry" })).await.expect(202);
    shopper.say("Will it come before Friday?").await;
    console.wait_for("the shopper's message", |frame| frame.data["event"]["text"] == "Will it come before Friday?").await;
    in_console(&mut console, "note.posted").await;

    ada.act(&shopper.conversation, "resolve", json!({ "reason": "A new lamp is on its way." })).await.expect(202);
    let resolved = events.wait("conversation.resolved").await;
    assert_eq!((&resolved.data["by"], &resolved.data["reason"]), (&json!("agent"), &json!("A new lamp is on its way.")));

    shopper.post("/resolution", json!({ "solved": false })).await.expect(202);
    let reopened = events.wait("conversation.reopened").await;
    assert_eq!(reopened.data["to"], "with_person", "the same agent has it again");
    let case = &shopper.snapshot().await["state"]["case"];
    assert_eq!(case["code"], code, "the same case");
    ada.act(&shopper.conversation, "messages", json!({ "text": "It comes on Thursday." })).await.expect(202);

    shopper.post("/resolution", json!({ "solved": true })).await.expect(202);
    let is_solved = |frame: &Frame| frame.kind == "conversation.resolved" && frame.data["by"] == "shopper";
    events.wait_for("solved by the shopper", is_solved).await;
    shopper.post("/rating", json!({ "score": 5, "comment": "kind" })).await.expect(202);
    let rating = events.wait("rating.given").await;
    assert_eq!(rating.data["score"], 5);

    let inside = ["note.posted", "offer.made", "offer.ended", "signal.noted", "cost.recorded"];
    assert!(events.seen.iter().all(|frame| !inside.contains(&frame.kind.as_str())), "what is among agents stays there");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_who_take_it_one_has_it() {
    let shop = TestShop::start().await;
    let (ada, ben) = (Agent::log_in(&shop, "ada").await, Agent::log_in(&shop, "ben").await);
    for round in 0..5 {
        let shopper = Shopper::open(&shop).await;
        shopper.ask_for_person().await;
        let id = shopper.conversation.as_str();
        let (one, other) = tokio::join!(ada.act(id, "take", json!({})), ben.act(id, "take", json!({})));
        let (winner, loser, refusal) = if one.status == 202 { (&ada, &ben, other) } else { (&ben, &ada, one) };
        refusal.refused(409, "taken", None);
        loser.act(id, "messages", json!({ "text": "hello" })).await.refused(403, "not_owner", None);
        winner.act(id, "messages", json!({ "text": format!("hello {round}") })).await.expect(202);
        winner.act(id, "take", json!({})).await.expect(200);
        winner.act(id, "resolve", json!({ "reason": "done" })).await.expect(202);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_offer_that_is_let_pass_goes_to_the_other() {
    let shop = TestShop::start().await;
    let (ada, mut ada_console) = Agent::on_shift(&shop, "ada").await;
    let shopper = Shopper::open(&shop).await;
    shopper.ask_for_person().await;
    let offer = offer_of(&mut ada_console, &shopper).await;
    let (ben, mut ben_console) = Agent::on_shift(&shop, "ben").await;
    ben.accept(&offer).await.refused(409, "taken", None);
    ada.decline(&offer).await.expect(202);
    let onward = offer_of(&mut ben_console, &shopper).await;
    assert_ne!(onward["offer_id"], offer["offer_id"]);
    ada.accept(&offer).await.refused(409, "taken", None);
    ben.accept(&onward).await.expect(202);
    ada.accept(&offer).await.refused(409, "taken", None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_leaves_with_open_chats_says_what_becomes_of_them() {
    let shop = TestShop::start().await;
    let (ada, mut console) = Agent::on_shift(&shop, "ada").await;
    let shopper = Shopper::open(&shop).await;
    let mut events = shopper.events().await;
    shopper.ask_for_person().await;
    let promised = events.wait("handoff.promised").await;
    let offer = offer_of(&mut console, &shopper).await;
    ada.accept(&offer).await.expect(202);

    ada.post("/v1/agent/shift", json!({ "online": false })).await.refused(409, "open_conversations", None);
    ada.post("/v1/agent/shift", json!({ "online": false, "open": "hand_on" })).await.expect(202);
    let left = events.wait("agent.left").await;
    assert_eq!(left.data["cause"], "shift_ended");
    let state = &shopper.snapshot().await["state"];
    assert_eq!((&state["phase"], &state["queue"]["position"]), (&json!("queued"), &json!(1)), "back in front");
    assert_eq!(state["promise"]["promise_id"], promised.data["promise_id"], "and the first clock runs on");

    let (ben, mut console) = Agent::on_shift(&shop, "ben").await;
    let offer = offer_of(&mut console, &shopper).await;
    ben.accept(&offer).await.expect(202);
    ben.post("/v1/agent/shift", json!({ "online": false, "open": "keep" })).await.expect(202);
    ben.act(&shopper.conversation, "messages", json!({ "text": "I finish this one." })).await.expect(202);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_transfer_hands_on_the_case_and_not_the_clock() {
    let shop = TestShop::start().await;
    let (ada, mut console) = Agent::on_shift(&shop, "ada").await;
    let shopper = Shopper::open(&shop).await;
    let mut events = shopper.events().await;
    shopper.ask_for_person().await;
    let promised = events.wait("handoff.promised").await;
    let offer = offer_of(&mut console, &shopper).await;
    ada.accept(&offer).await.expect(202);
    let (ben, mut console) = Agent::on_shift(&shop, "ben").await;
    ada.act(&shopper.conversation, "transfer", json!({ "agent": "ben@demo.shop", "note": "knows carriers" })).await.expect(202);
    let offer = offer_of(&mut console, &shopper).await;
    ben.accept(&offer).await.expect(202);
    ben.act(&shopper.conversation, "messages", json!({ "text": "Hello, Ben here." })).await.expect(202);
    let kept = events.wait("handoff.promise_kept").await;
    assert_eq!(kept.data["promise_id"], promised.data["promise_id"], "the promise of the first ask");
    ada.act(&shopper.conversation, "messages", json!({ "text": "and me" })).await.refused(403, "not_owner", None);
    let promises = events.stored().iter().filter(|frame| frame.kind == "handoff.promised").count();
    assert_eq!(promises, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn given_back_to_the_assistant_it_answers_again() {
    let shop = TestShop::start().await;
    let ada = Agent::log_in(&shop, "ada").await;
    let shopper = Shopper::open(&shop).await;
    let mut events = shopper.events().await;
    shopper.ask_for_person().await;
    ada.act(&shopper.conversation, "take", json!({})).await.expect(202);
    shopper.say("How much is delivery?").await;
    ada.act(&shopper.conversation, "return", json!({ "reason": "The assistant knows our prices." })).await.expect(202);
    let returned = events.wait("handoff.returned").await;
    assert_eq!(returned.data["reason"], "The assistant knows our prices.");
    let seq = shopper.say("How much is delivery?").await;
    let answer = events.wait_for("an answer", |frame| frame.is_message_by("assistant")).await;
    assert_eq!(answer.data["answers"], seq, "it was silent while a person had it");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_draft_is_streamed_to_the_agent_and_to_nobody_else() {
    let shop = TestShop::start().await;
    let ada = Agent::log_in(&shop, "ada").await;
    let shopper = Shopper::open(&shop).await;
    shopper.ask_for_person().await;
    ada.act(&shopper.conversation, "take", json!({})).await.expect(202);
    shopper.say("How much is delivery?").await;
    let path = format!("/v1/agent/conversations/{}/suggestion", shopper.conversation);
    let mut draft = ada.http().post_events(&path, &json!({ "client_id": warmline_testkit::fresh_id() })).await;
    let done = draft.wait("suggestion.done").await;
    let streamed: String =
        draft.seen.iter().filter(|frame| frame.kind == "suggestion.delta").map(|frame| frame.data["text"].as_str().unwrap()).collect();
    assert_eq!(done.data["text"], streamed);
    assert!(!done.data["citations"].as_array().unwrap().is_empty(), "a draft shows its sources, too: {done:?}");
    let messages = shopper.snapshot().await["messages"].as_array().unwrap().len();
    assert_eq!(messages, 1, "a draft is not a message");
}
