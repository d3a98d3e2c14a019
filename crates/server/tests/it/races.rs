//! What happens at once: commands in the middle of an answer, appends that overtake each other, callers who are gone.

use std::time::{Duration, Instant};

use serde_json::json;
use tokio::io::AsyncWriteExt as _;
use warmline_protocol::event::{AuthorKind, NotePosted};
use warmline_protocol::{AgentId, Author, ConversationId, Event};
use warmline_server::bus::StoredNotice;
use warmline_testkit::{Agent, Frame, Shopper, TestShop, fresh_id};

/// The bus tells of a note in a conversation of this agent's.
fn tell(shop: &TestShop, owner: Option<&str>, conversation: &str, position: u64) {
    let owner = owner.map(|agent| AgentId(agent.to_owned()));
    let event = Event {
        seq: position,
        prev: 1,
        at: warmline_server::app::now(),
        author: Author::of(AuthorKind::Agent),
        body: NotePosted { text: format!("at {position}") }.into(),
    };
    shop.app().bus.stored(StoredNotice {
        conversation: ConversationId(conversation.to_owned()),
        merchant: "pk_demo".into(),
        events: vec![event],
        owner_before: owner.clone(),
        owner,
        position,
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn appends_of_two_conversations_that_overtake_each_other_both_reach_the_console() {
    let shop = TestShop::start().await;
    let (ada, mut console) = Agent::on_shift(&shop, "ada").await;
    let me = ada.me["agent_id"].as_str().unwrap();
    for position in [1_002, 1_001, 1_003] {
        tell(&shop, Some(me), &format!("c{position}"), position);
    }
    for position in [1_001, 1_002, 1_003] {
        let text = format!("at {position}");
        console.wait_for(&text, |frame| frame.kind == "conversation.event" && frame.data["event"]["text"] == text.as_str()).await;
    }
    let ids: Vec<u64> = console.seen.iter().filter(|frame| frame.kind == "conversation.event").filter_map(|frame| frame.id).collect();
    assert!(ids.is_sorted(), "a cursor never goes back: {ids:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_shows_life_though_what_happens_is_none_of_its_readers_business() {
    let shop = TestShop::start().await;
    let (_ada, mut console) = Agent::on_shift(&shop, "ada").await;
    let shopper = Shopper::open(&shop).await;
    let mut events = shopper.events().await;
    events.wait("conversation.started").await;
    let began = Instant::now();
    let life = async {
        console.wait("comment").await;
        events.wait("comment").await;
    };
    let noise = async {
        for position in 2.. {
            tokio::time::sleep(Duration::from_secs(1)).await;
            tell(&shop, None, &shopper.conversation, position);
        }
    };
    tokio::select! { () = life => {}, () = noise => {} }
    assert!(began.elapsed() < Duration::from_secs(20));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_messages_in_a_breath_the_second_is_answered_too() {
    let shop = TestShop::start().await;
    for _ in 0..25 {
        let shopper = Shopper::open(&shop).await;
        let mut events = shopper.events().await;
        shopper.say("How long does a refund take?").await;
        let second = shopper.say("How much is delivery?").await;
        let answer = |frame: &Frame| frame.is_message_by("assistant") && frame.data["answers"] == second;
        let answered = events.wait_for("the second answer", answer);
        tokio::time::timeout(warmline_testkit::SOON, answered).await.expect("signs of life are no answer");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_no_longer_waits_is_answered_at_once_though_the_answer_had_begun() {
    let shop = TestShop::start().await;
    for round in 0..8 {
        let shopper = Shopper::open(&shop).await;
        let mut events = shopper.events().await;
        shopper.ask_for_person().await;
        shopper.post("/assistant/resume", json!({})).await.expect(202);
        let began = Instant::now();
        let asked = shopper.say("How long does a refund take?").await;
        tokio::time::sleep(Duration::from_millis(round * 2)).await;
        shopper.post("/handoff/cancel", json!({})).await.expect(202);
        events.wait_for("an answer", |frame| frame.is_message_by("assistant") && frame.data["answers"] == asked).await;
        assert!(began.elapsed() < Duration::from_secs(10), "after {:?} in round {round}", began.elapsed());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_whose_sender_is_gone_before_the_answer_is_told_all_the_same() {
    let shop = TestShop::start().await;
    let ada = Agent::log_in(&shop, "ada").await;
    let shopper = Shopper::open(&shop).await;
    shopper.ask_for_person().await;
    ada.act(&shopper.conversation, "take", json!({})).await.expect(202);
    shopper.events().await.wait("summary.written").await;
    let mut events = shopper.events().await;
    for round in 0..40 {
        let body = json!({ "client_id": fresh_id(), "text": format!("message {round}") }).to_string();
        let address = shop.base().trim_start_matches("http://");
        let request = format!(
            "POST {} HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            shopper.path("/messages"),
            shopper.token,
            body.len(),
        );
        let mut line = tokio::net::TcpStream::connect(address).await.unwrap();
        line.write_all(request.as_bytes()).await.unwrap();
        tokio::time::sleep(Duration::from_micros(round * 250)).await;
        drop(line);
        tokio::time::sleep(Duration::from_millis(60)).await;
        let cursor = shopper.snapshot().await["cursor"].as_u64();
        events.wait_for("what is stored", |frame| frame.id >= cursor).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_agent_who_is_off_shift_and_gone_keeps_nobody_waiting() {
    let shop = TestShop::start().await;
    let ada = Agent::log_in(&shop, "ada").await;
    let shopper = Shopper::open(&shop).await;
    let mut events = shopper.events().await;
    ada.act(&shopper.conversation, "take", json!({})).await.expect(202);
    ada.act(&shopper.conversation, "messages", json!({ "text": "Hello." })).await.expect(202);
    shopper.say("Are you there?").await;
    let an_hour_ago = warmline_server::app::now().plus_seconds(-3600);
    shop.app().presence.touch(&AgentId(ada.me["agent_id"].as_str().unwrap().to_owned()), an_hour_ago);
    let left = events.wait("agent.left").await;
    assert_eq!(left.data["cause"], "gone");
    events.wait("handoff.promised").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn guesses_at_a_password_count_though_they_come_at_once() {
    let shop = TestShop::start().await;
    let body = json!({ "email": "sam@demo.shop", "password": "a guess" });
    let http = warmline_testkit::Http::new(shop.base());
    let replies = futures::future::join_all((0..30).map(|_| http.post("/v1/agent/login", &body))).await;
    let answered = replies.iter().filter(|reply| reply.status == 401).count();
    assert!((10..=11).contains(&answered), "{answered} guesses were answered");
    let long = json!({ "email": "a".repeat(50_000), "password": "a guess" });
    http.post("/v1/agent/login", &long).await.refused(401, "bad_credentials", None);
}
