//! Quality beside cost: what flatters stands beside what keeps it honest.

use serde_json::{Value, json};
use warmline_tests::{Person, Shop, button, css, part};

#[tokio::test]
async fn the_report_counts_what_happened() {
    let shop = Shop::open().await;
    let mut ada = Person::on_shift(&shop, "ada").await;

    // The first is helped by the assistant, and says so.
    let first = shop.browse().await;
    first.open_chat().await;
    first.ask("How long does a refund take?").await;
    first.tap(button("Yes")).await;
    first.tap(css(".rating-score[data-score='3']")).await;
    first.tap(css(".rating-send")).await;
    first.says(part("rating"), "You rated this: All right").await;
    drop(first);

    // The second reaches a person, who closes it; it is rated as well.
    let second = shop.browse().await;
    second.open_chat().await;
    second.ask("How long does a refund take?").await;
    second.ask_for_a_person().await;
    let conversation = ada.accept_next().await;
    ada.message(&conversation, "It is on its way.").await;
    second.hears("agent", "It is on its way.").await;
    ada.resolve(&conversation, "Refund sent").await;
    second.tap(css(".rating-score[data-score='5']")).await;
    second.tap(css(".rating-send")).await;
    second.says(part("rating"), "You rated this: Very good").await;

    let sam = Person::log_in(&shop, "sam").await;
    let report = sam.get("/v1/supervisor/report?from=2020-01-01T00:00:00Z&to=2100-01-01T00:00:00Z").await;
    let figure = |path: &str| report.pointer(path).cloned().unwrap_or(Value::Null);
    let expected = [
        ("/conversations", json!(2)),
        ("/asked_for_person", json!(1)),
        ("/reached_person", json!(1)),
        ("/promises", json!({ "made": 1, "kept": 1, "broken": 0 })),
        ("/resolution/confirmed", json!(2)),
        ("/resolution/unverifiable", json!(2)),
        ("/resolution/reopened", json!(0)),
        ("/resolution/verified", Value::Null),
        ("/repeat_contacts_7d", Value::Null),
        ("/missed_handovers", json!(0)),
        ("/satisfaction/ai_only", json!({ "mean": 3.0, "rated": 1, "asked": 1 })),
        ("/satisfaction/handed_off", json!({ "mean": 5.0, "rated": 1, "asked": 1 })),
        ("/satisfaction/person_only/rated", json!(0)),
        ("/cost/currency", json!("GBP")),
        ("/cost/per_verified_resolution", Value::Null),
    ];
    for (path, value) in expected {
        assert_eq!(figure(path), value, "{path} of {report:#}");
    }
    let seconds = figure("/time_to_person_s/p50").as_f64().expect("the time to a person");
    assert!((0.0..60.0).contains(&seconds), "{seconds} s to a person");
    assert!(figure("/cost/per_conversation").as_f64().is_some(), "what a conversation costs");
}
