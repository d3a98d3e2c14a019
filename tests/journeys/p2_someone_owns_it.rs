//! Someone owns it: a code, a place, a clock, then a name; and the clock runs from the first ask.

use serde_json::Value;
use warmline_tests::{Person, Shop, Shopper, css, part};

fn word<'a>(value: &'a Value, path: &str) -> &'a str {
    value.pointer(path).and_then(Value::as_str).unwrap_or_else(|| panic!("no {path} in {value}"))
}

#[tokio::test]
async fn a_receipt_with_code_place_and_clock_survives_a_reload() {
    let shop = Shop::open().await;
    // Ada is here with no room left, so that there is a line.
    let _ada = Person::on_shift(&shop, "ada").await;
    let page = shop.browse().await;
    page.open_chat().await;
    page.ask("How long does a refund take?").await;
    let code = page.ask_for_a_person().await;
    assert!(code.len() >= 5, "a code that can be read out: {code}");
    page.says(part("queue-status"), "next in line").await;
    page.says(part("queue-status"), "minute").await;
    page.says(part("queue-status"), "A person answers by").await;
    let before = page.shopper().await.snapshot().await;
    let clock = page.read(css(".promise")).await;

    page.reload().await;
    page.launch().await;
    assert_eq!(page.case_code().await, code);
    page.says(css(".promise"), &clock).await;
    page.says(part("queue-status"), "next in line").await;

    // Words of the shopper's do not start the clock again.
    page.say("It is the blue one, by the way.").await;
    page.hears("shopper", "the blue one").await;
    let after = page.shopper().await.snapshot().await;
    for path in ["/state/promise/promise_by", "/state/promise/promise_id", "/state/case/first_asked_at", "/state/case/code"] {
        assert_eq!(word(&before, path), word(&after, path), "{path}");
    }
}

#[tokio::test]
async fn who_waits_second_is_told_so_and_moves_up() {
    let shop = Shop::open().await;
    let first = Shopper::open(&shop).await;
    first.say("I am first").await;
    first.ask_for_a_person().await;
    let page = shop.browse().await;
    page.open_chat().await;
    page.ask_for_a_person().await;
    page.says(part("queue-status"), "number 2 in line").await;
    first.post("/handoff/cancel", serde_json::json!({})).await;
    page.says(part("queue-status"), "next in line").await;
}

#[tokio::test]
async fn the_name_stands_there_as_soon_as_somebody_accepts() {
    let shop = Shop::open().await;
    let mut ada = Person::on_shift(&shop, "ada").await;
    let page = shop.browse().await;
    page.open_chat().await;
    let code = page.ask_for_a_person().await;
    let offer = ada.offer().await;
    assert_eq!(word(&offer, "/case_code"), code);
    assert_eq!(page.count(css(".promise")).await, 1, "the clock runs");
    let conversation = ada.accept(&offer).await;
    page.says(part("title"), "Ada Okafor, a person").await;
    // Joining does not stop the clock: the first word does.
    assert!(page.shopper().await.snapshot().await["state"]["promise"]["kept"] == false);
    ada.message(&conversation, "Hello, this is Ada.").await;
    page.hears("agent", "Hello, this is Ada.").await;
    page.tap(css(".receipt-more[aria-expanded=false]")).await;
    page.says(part("receipt"), "Ada Okafor answered").await;
    assert!(page.shopper().await.snapshot().await["state"]["promise"]["kept"] == true);
}

#[tokio::test]
async fn with_nobody_on_shift_the_shopper_is_told_when_and_is_served_first() {
    let shop = Shop::open().await;
    let page = shop.browse().await;
    page.open_chat().await;
    let code = page.ask_for_a_person().await;
    // In the shop's hours it is not known when somebody comes; outside them it is.
    let snapshot = page.shopper().await.snapshot().await;
    assert_eq!(word(&snapshot, "/state/promise/kind"), "reply");
    if snapshot["state"]["queue"]["next_staffed_at"].is_string() {
        page.says(part("queue-status"), "Somebody is here from").await;
    } else {
        page.says(part("queue-status"), "We can't say how long yet.").await;
    }
    page.says(part("queue-status"), "A person replies by").await;

    let second = Shopper::open(&shop).await;
    second.say("I came later").await;
    second.ask_for_a_person().await;
    let mut ada = Person::on_shift(&shop, "ada").await;
    let offer = ada.offer().await;
    assert_eq!(word(&offer, "/case_code"), code, "who waited longest is served first");
    ada.accept(&offer).await;
    page.says(part("title"), "Ada Okafor, a person").await;
}
