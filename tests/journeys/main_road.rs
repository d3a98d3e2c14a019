//! The main road in two windows: the shop's page and the console, by taps and keys alone.

use warmline_tests::{ConsolePage, Shop, button, css, part, text};

#[tokio::test]
async fn from_the_first_question_to_solved_in_two_windows() {
    let shop = Shop::open().await;
    let page = shop.browse().await;
    let ada = ConsolePage::log_in(&shop, "ada").await;
    ada.go_on_shift().await;

    // The shopper asks, and reads an answer with its source.
    page.open_chat().await;
    page.says(part("title"), "AI assistant").await;
    let answer = page.ask("How long does a refund take?").await;
    assert!(answer.text.contains("3 to 5 working days"), "{}", answer.text);
    assert_eq!(answer.sources, ["How long does a refund take?"]);
    page.tap(part("citation")).await;
    page.see(css(".citation-quote blockquote")).await;

    // A person, by one tap: the receipt with place and clock.
    let code = page.ask_for_a_person().await;
    page.says(part("queue-status"), "next in line").await;
    page.says(part("queue-status"), "A person answers by").await;
    page.says(part("title"), "Waiting for a person").await;

    // The agent gets the offer with what it is about, accepts, and both talk.
    ada.offer_says("How long does a refund take?").await;
    ada.accept().await;
    ada.page.see(text(&code).of_page()).await;
    page.says(part("title"), "Ada Okafor, a person").await;
    ada.reply("Hello, this is Ada. Which order is it?").await;
    page.hears("agent", "Which order is it?").await;
    page.say("Order JL-10001, the jumper.").await;
    ada.hears("the jumper").await;
    ada.reply("It was refunded this morning.").await;
    page.hears("agent", "refunded this morning").await;

    // The agent closes it with a reason, and the shopper says that it is solved.
    ada.resolve("The refund was issued this morning").await;
    page.says(css(".resolved"), "The refund was issued this morning").await;
    page.tap(button("Yes").named("Yes")).await;
    page.says(css(".resolved"), "You said that this is solved.").await;
    ada.page.see(text("Solved, says the shopper").of_page()).await;
    assert_eq!(page.console().await, Vec::<String>::new(), "the shop's console");
    assert_eq!(ada.page.console().await, Vec::<String>::new(), "the agent's console");
}
