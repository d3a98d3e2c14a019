//! A shopper asks: the assistant answers with its sources, and gives way at once.

use serde_json::{Value, json};
use warmline_testkit::{Events, Frame, Shopper, TestShop};

const QUESTION: &str = "How long does a refund take?";

/// The words of all deltas so far, each at the offset that it names.
fn streamed(events: &Events) -> String {
    let mut text = String::new();
    for delta in events.seen.iter().filter(|frame| frame.kind == "assistant.delta") {
        assert_eq!(delta.data["offset"], text.chars().count(), "no gap and no overlap");
        text.push_str(delta.data["text"].as_str().unwrap());
    }
    text
}

fn text(frame: &Frame) -> &str {
    frame.data["text"].as_str().unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_streams_and_shows_what_it_rests_on() {
    let shop = TestShop::start().await;
    let shopper = Shopper::open(&shop).await;
    let mut events = shopper.events().await;
    let seq = shopper.say(QUESTION).await;
    let started = events.wait("assistant.started").await;
    let answer = events.wait_for("the answer", |frame| frame.is_message_by("assistant")).await;
    events.wait("resolution.asked").await;

    assert_eq!((started.id, answer.id.is_some()), (None, true), "what passes has no id, what is stored has");
    assert!(events.seen.iter().filter(|frame| frame.kind == "assistant.delta").all(|frame| frame.id.is_none()));
    assert_eq!(streamed(&events), text(&answer), "what was shown is what is stored");
    assert_eq!((&answer.data["message_id"], &answer.data["answers"]), (&started.data["message_id"], &json!(seq)));
    let citations = answer.data["citations"].as_array().expect("an answer cites");
    assert_eq!(citations[0]["id"], "refund-times");
    assert!(citations.iter().all(|citation| !citation["quote"].as_str().unwrap().is_empty()), "word for word: {citations:?}");

    let numbers: Vec<u64> = events.stored().iter().filter_map(|frame| frame.id).collect();
    assert!(numbers.is_sorted() && numbers.windows(2).all(|pair| pair[0] < pair[1]), "each once and in order: {numbers:?}");
    let previous: Vec<u64> = events.stored().iter().filter_map(|frame| frame.data["prev"].as_u64()).collect();
    assert_eq!(previous[1..], numbers[..numbers.len() - 1], "each names the one before it");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_that_is_taken_up_again_has_what_came_meanwhile_and_nothing_twice() {
    let shop = TestShop::start().await;
    let shopper = Shopper::open(&shop).await;
    let mut whole = shopper.events().await;
    shopper.say(QUESTION).await;
    whole.wait("resolution.asked").await;
    let all: Vec<Frame> = whole.stored().into_iter().cloned().collect();
    for seen in 0..all.len() {
        let after = seen.checked_sub(1).map_or(0, |last| all[last].id.unwrap());
        let mut rest = shopper.events_after(after).await;
        rest.wait("resolution.asked").await;
        assert_eq!(rest.stored(), all[seen..].iter().collect::<Vec<_>>(), "after event {after}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_asked_for_in_words_is_asked_for_at_once() {
    let shop = TestShop::start().await;
    let shopper = Shopper::open(&shop).await;
    let mut events = shopper.events().await;
    shopper.say("can i talk to a real person please").await;
    events.wait("handoff.promised").await;
    let kinds: Vec<_> = events.stored().iter().map(|frame| (frame.kind.as_str(), frame.data["author"]["kind"].as_str().unwrap())).collect();
    assert_eq!(
        kinds[1..],
        [
            ("message.posted", "shopper"),
            ("message.posted", "assistant"),
            ("handoff.requested", "shopper"),
            ("handoff.queued", "system"),
            ("handoff.promised", "system"),
        ],
        "one sentence that says so, in the same append"
    );

    // From here on the assistant is silent until the shopper asks it again; then it answers that one and no other.
    shopper.say(QUESTION).await;
    shopper.post("/assistant/resume", json!({})).await.expect(202);
    let asked_again = shopper.say(QUESTION).await;
    let answer = events.wait_for("an answer", |frame| frame.is_message_by("assistant") && frame.data["answers"].is_u64()).await;
    assert_eq!(answer.data["answers"], asked_again);
    let state = &shopper.snapshot().await["state"];
    assert_eq!((&state["phase"], &state["meanwhile"]), (&json!("queued"), &json!(true)), "the place is kept");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tap_in_mid_answer_keeps_what_was_shown_and_silences_the_assistant() {
    let shop = TestShop::start().await;
    let shopper = Shopper::open(&shop).await;
    let mut events = shopper.events().await;
    shopper.say(QUESTION).await;
    events.wait("assistant.delta").await;
    let code = shopper.ask_for_person().await;
    events.wait("handoff.queued").await;
    events.wait("assistant.stopped").await;

    let shown = streamed(&events);
    let stored = events.stored();
    let requested = stored.iter().position(|frame| frame.kind == "handoff.requested").unwrap();
    let kept = stored[requested - 1];
    assert_eq!((&kept.data["partial"], text(kept)), (&json!(true), shown.as_str()), "what was shown is stored with the request");
    assert_eq!(stored[requested].data["case_code"], code);
    let tap = events.seen.iter().position(|frame| frame.kind == "handoff.requested").unwrap();
    assert!(events.seen[tap..].iter().all(|frame| frame.kind != "assistant.delta"), "not a word after it");
    let reloaded = shopper.snapshot().await;
    let texts: Vec<&Value> = reloaded["messages"].as_array().unwrap().iter().map(|message| &message["text"]).collect();
    assert_eq!(texts, [&json!(QUESTION), &json!(shown)], "a reload shows the same");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reader_who_comes_in_mid_answer_sees_all_of_it() {
    let shop = TestShop::start().await;
    let shopper = Shopper::open(&shop).await;
    let mut first = shopper.events().await;
    shopper.say(QUESTION).await;
    first.wait("assistant.delta").await;
    let mut second = shopper.events().await;
    let answer = second.wait_for("the answer", |frame| frame.is_message_by("assistant")).await;
    let begun = second.wait("assistant.started").await;
    let mut words = begun.data["text_so_far"].as_str().unwrap().to_owned();
    for delta in second.seen.iter().filter(|frame| frame.kind == "assistant.delta") {
        assert_eq!(delta.data["offset"], words.chars().count(), "it goes on where the text so far ends");
        words.push_str(delta.data["text"].as_str().unwrap());
    }
    assert_eq!(words, text(&answer));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_no_source_says_is_not_said_and_a_person_is_offered() {
    let shop = TestShop::start().await;
    let shopper = Shopper::open(&shop).await;
    let mut events = shopper.events().await;
    shopper.say("Do you sell helicopter rotor blades for alpine rescue?").await;
    events.wait("handoff.offered").await;
    let said = events.wait_for("what it says", |frame| frame.is_message_by("assistant")).await;
    assert_eq!(said.data.get("citations"), None, "nothing is claimed: {said:?}");
    let declined = shopper.post("/handoff/decline", json!({})).await;
    declined.expect(202);
    events.wait("handoff.offer_declined").await;
    shopper.post("/handoff/decline", json!({})).await.refused(409, "no_offer", None);
}
