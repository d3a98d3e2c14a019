//! Nothing is lost: offline, over a reload, in a second tab, and when the server is killed.

use warmline_tests::{LONG_QUESTION, Page, Person, Shop, css, part, text};

const QUESTION: &str = "How long does a refund take?";

/// The messages of an author with these words, as they stand on the page.
async fn shown(page: &Page, author: &str, words: &str) -> usize {
    page.said().await.iter().filter(|said| said.author == author && said.text.contains(words)).count()
}

#[tokio::test]
async fn what_is_written_offline_says_so_and_arrives_once() {
    let shop = Shop::open().await;
    let page = shop.browse().await;
    page.open_chat().await;
    page.ask(QUESTION).await;
    page.offline(true).await;
    page.see(text("You are offline.")).await;
    page.say("How much is delivery?").await;
    page.says(css(".message-state[data-state=sending]"), "Will be sent when you are online").await;
    assert_eq!(page.count(css(".message-state[data-state=refused]")).await, 0, "it is not called lost");

    page.offline(false).await;
    page.miss(css(".message-state[data-state=sending]")).await;
    page.answer(1).await;
    assert_eq!(shown(&page, "shopper", "How much is delivery?").await, 1);
    let stored = page.shopper().await.messages_of("shopper").await;
    assert_eq!(stored, [QUESTION, "How much is delivery?"]);
}

#[tokio::test]
async fn what_was_not_sent_survives_a_reload() {
    let mut shop = Shop::open().await;
    let page = shop.browse().await;
    page.open_chat().await;
    page.ask(QUESTION).await;
    page.offline(true).await;
    page.say("Please look at this as well.").await;
    page.see(css(".message-state[data-state=sending]")).await;
    // The page cannot be loaded offline, so here the server is away while it is.
    shop.kill().await;
    page.offline(false).await;
    shop.restart().await;
    page.reload().await;
    page.launch().await;
    page.hears("shopper", "Please look at this as well.").await;
    page.miss(css(".message-state[data-state=sending]")).await;
    let stored = page.shopper().await.messages_of("shopper").await;
    assert_eq!(stored, [QUESTION, "Please look at this as well."]);
}

#[tokio::test]
async fn a_reload_in_the_middle_of_an_answer_goes_on_in_it() {
    let shop = Shop::plan().long_answer().start().await;
    let page = shop.browse().await;
    page.open_chat().await;
    page.say(LONG_QUESTION).await;
    let begun = page.mid_answer().await;
    page.reload().await;
    page.launch().await;
    let answer = page.answer(0).await;
    assert!(answer.text.starts_with(&begun[..begun.len().min(8)]), "“{}” begins as “{begun}”", answer.text);
    assert_eq!(page.answers().await.len(), 1);
    assert_eq!(page.shopper().await.messages_of("shopper").await, [LONG_QUESTION]);
}

#[tokio::test]
async fn a_second_tab_shows_the_same() {
    let shop = Shop::open().await;
    let page = shop.browse().await;
    page.open_chat().await;
    page.ask(QUESTION).await;
    let first = page.tab().await;
    let there = page.said().await;

    page.new_tab().await;
    page.open_chat().await;
    page.hears("shopper", QUESTION).await;
    page.answer(0).await;
    let here = page.said().await;
    let texts = |said: &[warmline_tests::Said]| said.iter().map(|said| (said.author.clone(), said.text.clone())).collect::<Vec<_>>();
    assert_eq!(texts(&here), texts(&there));
    page.ask("How much is delivery?").await;
    let here = page.said().await;

    page.look_at(&first).await;
    page.answer(1).await;
    assert_eq!(texts(&page.said().await), texts(&here));
}

#[tokio::test]
async fn a_server_killed_in_the_middle_of_an_answer_goes_on_after_its_restart() {
    let mut shop = Shop::plan().long_answer().start().await;
    let page = shop.browse().await;
    page.open_chat().await;
    page.say(LONG_QUESTION).await;
    page.mid_answer().await;
    shop.kill().await;
    page.see(text("The connection is gone.")).await;
    page.a_person_is_in_sight("with the server down").await;
    shop.restart().await;
    let answer = page.answer(0).await;
    page.miss(text("The connection is gone.")).await;
    assert!(answer.text.contains("nowhere else"), "{}", answer.text);
    assert_eq!(page.answers().await.len(), 1, "nothing is doubled");
    assert_eq!(shown(&page, "shopper", LONG_QUESTION).await, 1);
    assert_eq!(page.shopper().await.messages_of("assistant").await.len(), 1);
    assert_eq!(page.shopper().await.messages_of("shopper").await, [LONG_QUESTION]);
}

#[tokio::test]
async fn a_server_killed_in_the_middle_of_a_line_keeps_the_line() {
    let mut shop = Shop::open().await;
    let page = shop.browse().await;
    page.open_chat().await;
    page.ask(QUESTION).await;
    let code = page.ask_for_a_person().await;
    let before = page.shopper().await.snapshot().await["state"]["promise"].clone();
    shop.kill().await;
    page.see(text("The connection is gone.")).await;
    // A word that is written while nobody listens.
    page.say("It is urgent.").await;
    shop.restart().await;
    page.hears("shopper", "It is urgent.").await;
    page.miss(css(".message-state[data-state=sending]")).await;
    assert_eq!(page.case_code().await, code);
    assert_eq!(page.shopper().await.snapshot().await["state"]["promise"], before, "the clock went on");

    let mut ada = Person::on_shift(&shop, "ada").await;
    let conversation = ada.accept_next().await;
    ada.message(&conversation, "I am on it.").await;
    page.hears("agent", "I am on it.").await;
    page.says(part("title"), "Ada Okafor, a person").await;
    let file = ada.case_file(&conversation).await;
    let kinds: Vec<_> = file["events"].as_array().unwrap().iter().filter_map(|event| event["type"].as_str()).collect();
    assert_eq!(kinds.iter().filter(|kind| **kind == "handoff.requested").count(), 1, "asked for once");
    assert_eq!(page.shopper().await.messages_of("shopper").await, [QUESTION, "It is urgent."]);
}

#[tokio::test]
async fn eight_tabs_all_get_what_is_new() {
    let shop = Shop::open().await;
    let mut ada = Person::on_shift(&shop, "ada").await;
    let page = shop.browse().await;
    page.open_chat().await;
    page.ask_for_a_person().await;
    let conversation = ada.accept_next().await;
    let mut tabs = vec![page.tab().await];
    for _ in 1..8 {
        tabs.push(page.new_tab().await);
        page.open_chat().await;
        page.says(part("title"), "Ada Okafor, a person").await;
    }
    ada.message(&conversation, "Here is your answer.").await;
    for tab in tabs.iter().rev() {
        page.look_at(tab).await;
        page.hears("agent", "Here is your answer.").await;
    }
    page.say("Thank you, all eight of me.").await;
    page.hears("shopper", "all eight of me").await;
    page.look_at(&tabs[4]).await;
    page.hears("shopper", "all eight of me").await;
}
