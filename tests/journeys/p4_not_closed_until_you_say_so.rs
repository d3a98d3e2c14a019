//! Not closed until you say so: the AI closes nothing, a person closes with a reason, and "not solved" opens it again.

use serde_json::json;
use warmline_tests::{Person, Shop, button, css, part, role};

#[tokio::test]
async fn the_ai_closes_nothing() {
    let shop = Shop::open().await;
    let page = shop.browse().await;
    page.open_chat().await;
    for question in ["How long does a refund take?", "How much is delivery?", "thanks, bye"] {
        page.ask(question).await;
        let state = page.shopper().await.snapshot().await["state"].clone();
        assert_eq!(state["phase"], "assisted", "after {question}");
    }
    assert_eq!(page.count(css(".resolved")).await, 0);
}

#[tokio::test]
async fn solved_is_said_by_the_shopper_and_rated() {
    let shop = Shop::open().await;
    let page = shop.browse().await;
    page.open_chat().await;
    page.ask("How long does a refund take?").await;
    page.see(role("group", "Did that solve it?")).await;
    page.tap(button("Yes")).await;
    page.says(css(".resolved"), "You said that this is solved.").await;
    let state = page.shopper().await.snapshot().await["state"].clone();
    assert_eq!((&state["phase"], &state["resolved"]["by"]), (&json!("resolved"), &json!("shopper")));

    page.tap(css(".rating-score[data-score='5']")).await;
    page.tap(css(".rating-send")).await;
    page.says(part("rating"), "You rated this: Very good").await;
    assert_eq!(page.shopper().await.snapshot().await["state"]["rating"], 5);
}

#[tokio::test]
async fn not_yet_leads_on_to_another_way_and_a_person() {
    let shop = Shop::open().await;
    let page = shop.browse().await;
    page.open_chat().await;
    let first = page.ask("How long does a refund take?").await;
    page.tap(button("Not yet")).await;
    let other = page.answer(1).await;
    assert_ne!(first.text, other.text, "another way");
    page.see(css(".offer")).await;
}

#[tokio::test]
async fn a_person_closes_with_a_reason_and_not_solved_opens_it_with_the_same_person() {
    let shop = Shop::open().await;
    let mut ada = Person::on_shift(&shop, "ada").await;
    let page = shop.browse().await;
    page.open_chat().await;
    page.ask("How long does a refund take?").await;
    let code = page.ask_for_a_person().await;
    let conversation = ada.accept_next().await;
    ada.message(&conversation, "It is on its way.").await;
    page.hears("agent", "It is on its way.").await;
    ada.resolve(&conversation, "The refund was sent on Monday").await;
    page.says(css(".resolved"), "Ada Okafor closed this").await;
    page.says(css(".resolved"), "The reason: The refund was sent on Monday").await;

    // Ben is free as well; yet it is Ada's, at once and without an offer.
    let mut ben = Person::on_shift(&shop, "ben").await;
    page.tap(button("Not solved")).await;
    assert_eq!(page.case_code().await, code, "the same case");
    page.says(part("title"), "Ada Okafor, a person").await;
    ada.message(&conversation, "I sent it again, just now.").await;
    page.hears("agent", "just now").await;
    ada.resolve(&conversation, "Sent again").await;
    page.says(css(".resolved"), "The reason: Sent again").await;

    page.tap(button("Yes")).await;
    page.says(css(".resolved"), "You said that this is solved.").await;
    let state = page.shopper().await.snapshot().await["state"].clone();
    assert_eq!((&state["phase"], &state["resolved"]["by"]), (&json!("resolved"), &json!("shopper")));
    page.tap(css(".rating-score[data-score='4']")).await;
    page.tap(css(".rating-send")).await;
    page.says(part("rating"), "You rated this: Good").await;

    // Ben was asked nothing in all that time.
    ben.shift(false).await;
    let seen = tokio::time::timeout(std::time::Duration::from_millis(1), ben.offer()).await;
    assert!(seen.is_err(), "nothing was offered to Ben");
}
