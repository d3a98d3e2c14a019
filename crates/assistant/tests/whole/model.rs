//! An OpenAI-compatible server on loopback that streams, drips, lies, never stops and fails; nothing unchecked is shown.
use crate::support::{ask, shop, with};
use axum::body::{Body, Bytes};
use futures::StreamExt;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use warmline_assistant::provider::{OpenAiCompatible, OpenAiConfig, Scripted};
use warmline_assistant::{Assistant, Budget, Config, NoRecords, Outcome, Question};

#[derive(Clone, Copy)]
enum Manner {
    /// Whole pieces.
    Plain,
    /// One byte at a time, so that letters and lines are cut anywhere.
    Drip,
    /// For ever.
    Endless,
    /// Breaks off in the middle of a line.
    Breaks,
    /// Status 500.
    Fails,
    /// HTML in place of events.
    Garbage,
}

type Seen = Arc<Mutex<Vec<serde_json::Value>>>;

async fn model(manner: Manner, pieces: &[&str]) -> (OpenAiCompatible, Seen) {
    let seen: Seen = Arc::default();
    let log = Arc::clone(&seen);
    let pieces: Vec<String> = pieces.iter().map(|piece| (*piece).to_owned()).collect();
    let chat = move |axum::Json(body): axum::Json<serde_json::Value>| {
        log.lock().unwrap().push(body);
        let pieces = pieces.clone();
        async move {
            let event = |piece: &String| format!("data: {}\n\n", serde_json::json!({ "choices": [{ "delta": { "content": piece } }] }));
            let events: Vec<String> = pieces.iter().map(event).collect();
            let usage = "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":7}}\n\ndata: [DONE]\n\n".to_owned();
            let whole = events.concat();
            let chunks: Vec<Result<Bytes, std::io::Error>> = match manner {
                Manner::Plain => events.into_iter().chain([usage]).map(|event| Ok(Bytes::from(event))).collect(),
                Manner::Drip => (whole + &usage).bytes().map(|byte| Ok(Bytes::from(vec![byte]))).collect(),
                Manner::Endless => (0..1_000).map(|_| Ok(Bytes::from(whole.clone()))).collect(),
                Manner::Breaks => vec![Ok(Bytes::from(whole)), Err(std::io::Error::other("gone"))],
                Manner::Garbage => vec![Ok(Bytes::from("data: <html>\n\n"))],
                Manner::Fails => Vec::new(),
            };
            let status = if matches!(manner, Manner::Fails) { 500 } else { 200 };
            axum::http::Response::builder()
                .status(status)
                .header("content-type", "text/event-stream")
                .body(Body::from_stream(futures::stream::iter(chunks).boxed()))
                .unwrap()
        }
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base_url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, axum::Router::new().route("/v1/chat/completions", axum::routing::post(chat))).await });
    let config = OpenAiConfig {
        base_url,
        model: "test".into(),
        api_key: Some("key-of-the-model".into()),
        max_tokens: 300,
        idle: Duration::from_secs(2),
    };
    (OpenAiCompatible::new(config).unwrap(), seen)
}

async fn answered(manner: Manner, pieces: &[&str]) -> (Outcome, String, Seen) {
    let (provider, seen) = model(manner, pieces).await;
    let (outcome, text) =
        ask(&with(shop(), Arc::new(NoRecords), Arc::new(provider)), Question::new("How long does a refund take?", "en")).await;
    (outcome, text, seen)
}

const TRUE: [&str; 3] = ["[refunds#2] A refund to a card", " takes 3 to 5 working days.\n[refunds#3] With PayPal: ", "up to 24 hours."];

#[tokio::test]
async fn what_is_supported_is_streamed_with_its_sources() {
    for manner in [Manner::Plain, Manner::Drip] {
        let (outcome, text, seen) = answered(manner, &TRUE).await;
        assert_eq!(text.trim(), "A refund to a card takes 3 to 5 working days. With PayPal: up to 24 hours.");
        let Outcome::Answer { citations, cost, .. } = outcome else { panic!() };
        assert_eq!(
            citations.iter().map(|citation| citation.quote.as_str()).collect::<Vec<_>>(),
            ["Cards: a refund to a card takes 3 to 5 working days.", "PayPal: up to 24 hours."]
        );
        assert_eq!((cost.tokens_in, cost.tokens_out), (11, 7));
        let body = seen.lock().unwrap()[0].to_string();
        assert!(body.contains("[refunds#1]") && !body.contains("key-of-the-model"));
    }
}

#[tokio::test]
async fn lies_are_dropped_and_the_rest_is_shown() {
    let lies = [
        "My instructions say that I am warm.\n",
        "[refunds#2] A refund to a card takes 1 to 2 working days.\n",
        "[made-up#1] You get £50 for the wait.\n",
        "[refunds#2] We guarantee that a refund to a card takes 3 to 5 working days.\n",
        "[refunds#3] PayPal never takes up to 24 hours.\n",
        "[refunds#2] A refund to a card takes 3 to 5 working days, see https://evil.example/pay.\n",
        "[refunds#2] Order JL-99999 of Jane Doe was refunded to a card in 3 to 5 working days.\n",
        "[refunds#3] PayPal: up to 24 hours.\n",
    ];
    let (outcome, text, _) = answered(Manner::Plain, &lies).await;
    assert_eq!(text.trim(), "PayPal: up to 24 hours.");
    assert!(outcome.signals().contains(&"dropped_sentence"));
}

#[tokio::test]
async fn nothing_left_is_a_decline() {
    for pieces in [["[refunds#2] It takes 99 days.\n", "Trust me.\n"], ["NO_SO", "URCE\n"]] {
        let (outcome, text, _) = answered(Manner::Plain, &pieces).await;
        assert!(matches!(outcome, Outcome::Decline { reason: "no_source", offer: true, .. }), "{text}");
    }
}

#[tokio::test]
async fn a_model_that_fails_gives_way_to_the_passage() {
    for (manner, pieces) in
        [(Manner::Fails, &TRUE[..]), (Manner::Garbage, &TRUE[..]), (Manner::Breaks, &["[refunds#2] A refund to a card takes"][..])]
    {
        let (outcome, text, _) = answered(manner, pieces).await;
        assert!(matches!(outcome, Outcome::Answer { .. }) && text.contains("3 to 5 working days"), "{text}");
        assert!(outcome.signals().contains(&"model_failed"));
    }
}

#[tokio::test]
async fn a_model_that_never_stops_is_stopped() {
    let (outcome, text, _) = answered(Manner::Endless, &["[refunds#9] blah blah blah\n"]).await;
    assert!(outcome.signals().contains(&"budget_spent") && !text.contains("blah"), "{text}");
}

#[tokio::test]
async fn a_model_that_is_too_slow_is_left() {
    let provider = Scripted { pieces: vec!["[refunds#2] A refund".into()], pause: Duration::from_secs(60), endless: true, fails: None };
    let config =
        Config { pause: Duration::ZERO, budget: Budget { time: Duration::from_millis(50), ..Budget::default() }, ..Config::default() };
    let assistant = Assistant::new(config, shop(), Arc::new(NoRecords), Arc::new(provider));
    let (outcome, text) = ask(&assistant, Question::new("How long does a refund take?", "en")).await;
    assert!(matches!(outcome, Outcome::Answer { .. }) && text.contains("3 to 5 working days"), "{text}");
}

#[tokio::test]
async fn cards_are_masked_before_the_model() {
    let (provider, seen) = model(Manner::Plain, &TRUE).await;
    let assistant = with(shop(), Arc::new(NoRecords), Arc::new(provider));
    let (_, _) = ask(&assistant, Question::new("how long does a refund to my card 4242 4242 4242 4242 take", "en")).await;
    let body = seen.lock().unwrap()[0].to_string();
    assert!(!body.contains("4242 4242") && body.contains("•••• 4242"));
}
