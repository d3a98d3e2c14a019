//! The order API over HTTP with the reference behind it: a verified shopper's orders, and nobody else's.
use crate::support::{ask, shop, with};
use std::path::Path;
use std::sync::Arc;
use warmline_assistant::provider::Embedded;
use warmline_assistant::records::reference::Reference;
use warmline_assistant::records::{Date, RecordsError};
use warmline_assistant::{OrderApi, Outcome, Question, Records, Rules, Verified};

async fn serve() -> String {
    let file = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo/orders.json")).unwrap();
    let reference = Arc::new(Reference::read(&file, Some("secret")).unwrap());
    let answer = move |request: axum::extract::Request| {
        let reference = Arc::clone(&reference);
        async move {
            let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
            let answer = reference.get(request.uri().path(), header, Date::read("2026-11-24").unwrap());
            (axum::http::StatusCode::from_u16(answer.status).unwrap(), axum::Json(answer.body))
        }
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, axum::Router::new().fallback(answer)).await });
    format!("http://{address}")
}

fn shopper(sub: &str) -> Verified {
    Verified { sub: sub.into(), email: None, name: None }
}

#[tokio::test]
async fn a_verified_shopper_reads_how_an_order_stands() {
    let api = OrderApi::new(&serve().await, Some("secret")).unwrap();
    let assistant = with(shop(), Arc::new(api), Arc::new(Embedded));
    for (text, lang, expected) in [
        ("Where is my order JL-104233?", "en", "26 November"),
        ("Wo ist meine Bestellung JL-104233?", "de", "26. November"),
        ("¿Dónde está mi pedido JL-104233?", "es", "26 de noviembre"),
        ("أين طلبي JL-104233؟", "ar", "26 نوفمبر"),
        ("注文JL-104233はどこですか", "ja", "11月26日"),
    ] {
        let question = Question { identity: Some(shopper("shopper-1")), ..Question::new(text, lang) };
        let (outcome, said) = ask(&assistant, question).await;
        let Outcome::Answer { citations, order, .. } = outcome else { panic!("{text}: {outcome:?}") };
        assert!(said.contains(expected) && said.contains("JL-104233"), "{said}");
        assert_eq!((order.unwrap().state.as_str(), citations[0].id.as_str()), ("delayed", "JL-104233"));
        assert!(citations[0].quote.contains("expected: 2026-11-26"), "{}", citations[0].quote);
    }
}

#[tokio::test]
async fn a_refund_of_ones_own_is_told_and_another_shoppers_is_not() {
    let api = OrderApi::new(&serve().await, Some("secret")).unwrap();
    let assistant = with(shop(), Arc::new(api), Arc::new(Embedded));
    let question = Question { identity: Some(shopper("shopper-1")), ..Question::new("where is my refund", "en") };
    let (outcome, said) = ask(&assistant, question).await;
    assert!(said.contains("£68.00"), "{said} {outcome:?}");
    let question = Question { identity: Some(shopper("shopper-2")), ..Question::new("Where is my order JL-104233?", "en") };
    let (outcome, said) = ask(&assistant, question).await;
    assert!(matches!(outcome, Outcome::Decline { reason: "order_not_found", .. }), "{said}");
    assert!(!said.contains("jacket"));
}

#[tokio::test]
async fn a_dear_order_offers_a_person() {
    let api = OrderApi::new(&serve().await, Some("secret")).unwrap();
    let owner = demo_owner("JL-104249");
    let rules = Rules {
        high_value_minor: [("GBP", 40000), ("EUR", 45000), ("USD", 50000)].map(|(currency, limit)| (currency.to_owned(), limit)).into(),
        ..Rules::default()
    };
    let question = Question { identity: Some(shopper(&owner)), rules, ..Question::new("where is my order JL-104249", "en") };
    let (outcome, _) = ask(&with(shop(), Arc::new(api), Arc::new(Embedded)), question).await;
    assert!(matches!(outcome, Outcome::Answer { offer: Some("high_value"), .. }), "{outcome:?}");
}

fn demo_owner(number: &str) -> String {
    let file = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo/orders.json")).unwrap();
    let file: serde_json::Value = serde_json::from_str(&file).unwrap();
    let found = file["orders"].as_array().unwrap().iter().find(|order| order["number"] == number);
    found.unwrap()["customer"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_shop_that_does_not_answer_is_said() {
    let api = OrderApi::new("http://127.0.0.1:9", None).unwrap();
    assert!(matches!(api.orders(&shopper("shopper-1")).await, Err(RecordsError::Unavailable(_))));
    let question = Question { identity: Some(shopper("shopper-1")), ..Question::new("Where is my order?", "en") };
    let (outcome, _) = ask(&with(shop(), Arc::new(api), Arc::new(Embedded)), question).await;
    assert!(matches!(outcome, Outcome::Decline { reason: "records_unavailable", offer: true, .. }), "{outcome:?}");
}

#[tokio::test]
async fn a_number_cannot_leave_its_path() {
    let api = OrderApi::new(&serve().await, Some("secret")).unwrap();
    assert_eq!(api.order(&shopper("shopper-1"), "../orders?x").await.unwrap_err(), RecordsError::NotFound);
}
