//! The AI says only what it can show: a source word for word, else "I don't know" and a person; silent once a person is asked for.

use std::collections::HashSet;
use std::path::Path;

use serde_json::{Value, json};
use warmline_tests::{LONG_QUESTION, Page, Person, Shop, css, part};

/// The words of a Markdown text: without marks, and with one space between.
fn words(text: &str) -> String {
    let plain = text.replace(['*', '`', '_', '#', '|'], "");
    let plain: String = plain.lines().map(|line| line.trim_start().trim_start_matches("- ")).collect::<Vec<_>>().join(" ");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

async fn citations(page: &Page) -> Vec<Value> {
    let snapshot = page.shopper().await.snapshot().await;
    let messages = snapshot["messages"].as_array().cloned().unwrap_or_default();
    messages.iter().flat_map(|message| message["citations"].as_array().cloned().unwrap_or_default()).collect()
}

fn article(id: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../demo/articles/en").join(format!("{id}.md"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[tokio::test]
async fn an_answer_rests_on_a_sentence_that_stands_in_the_article() {
    let shop = Shop::open().await;
    let page = shop.browse().await;
    page.open_chat().await;
    let answer = page.ask("How long does a refund take?").await;
    assert!(!answer.sources.is_empty(), "a source under “{}”", answer.text);
    for citation in citations(&page).await {
        let (id, quote) = (citation["id"].as_str().unwrap(), citation["quote"].as_str().unwrap());
        assert!(words(&article(id)).contains(&words(quote)), "“{quote}” does not stand in {id}");
    }
    // A tap opens the very sentence.
    page.tap(part("citation")).await;
    let quote = page.read(css(".citation-quote blockquote")).await;
    assert!(citations(&page).await.iter().any(|citation| words(citation["quote"].as_str().unwrap()) == words(&quote)), "“{quote}”");
    // And each figure of the answer stands in what is cited.
    let cited: Vec<String> = citations(&page).await.iter().map(|citation| words(&article(citation["id"].as_str().unwrap()))).collect();
    for figure in answer.text.split(|letter: char| !letter.is_ascii_digit()).filter(|figure| !figure.is_empty()) {
        assert!(cited.iter().any(|article| article.contains(figure)), "{figure} stands in no source of “{}”", answer.text);
    }
}

#[tokio::test]
async fn what_no_article_answers_is_not_known_and_a_person_is_offered() {
    let shop = Shop::open().await;
    let page = shop.browse().await;
    page.open_chat().await;
    let answer = page.ask("Does your shop rent out hot-air balloons?").await;
    assert_eq!(answer.sources, Vec::<String>::new(), "no source, no claim: “{}”", answer.text);
    assert!(
        answer.text.contains("don't") || answer.text.contains("don’t") || answer.text.contains("no "),
        "“{}” says that it is not known",
        answer.text
    );
    page.see(css(".offer")).await;
    page.a_person_is_in_sight("when the assistant does not know").await;
}

#[tokio::test]
async fn after_a_tap_in_the_middle_of_an_answer_the_assistant_adds_nothing() {
    let shop = Shop::plan().long_answer().start().await;
    let mut ada = Person::on_shift(&shop, "ada").await;
    let page = shop.browse().await;
    page.open_chat().await;
    page.say(LONG_QUESTION).await;
    let shown = page.mid_answer().await;
    page.ask_for_a_person().await;
    let stopped = page.answer(0).await;
    // What was shown stays, as far as it went.
    assert!(stopped.text.starts_with(shown.trim_end_matches(char::is_alphanumeric).trim()), "“{}” goes on from “{shown}”", stopped.text);
    page.say("Are you there? How much is delivery?").await;
    let conversation = ada.accept_next().await;
    ada.message(&conversation, "Yes, I am here.").await;
    page.hears("agent", "Yes, I am here.").await;
    page.say("And how do I return something?").await;
    page.hears("shopper", "how do I return").await;
    ada.message(&conversation, "I tell you.").await;
    page.hears("agent", "I tell you.").await;
    assert_eq!(page.answers().await, [stopped], "the assistant is silent");
    assert_eq!(page.shopper().await.messages_of("assistant").await.len(), 1);
}

#[tokio::test]
async fn a_person_asked_for_in_words_is_called_at_once() {
    let shop = Shop::open().await;
    let page = shop.browse().await;
    page.open_chat().await;
    page.say("I want to speak to a real person please").await;
    page.case_code().await;
    page.say("Hello? How much is delivery?").await;
    page.hears("shopper", "How much is delivery?").await;
    let mut ada = Person::on_shift(&shop, "ada").await;
    let conversation = ada.accept_next().await;
    ada.message(&conversation, "Here I am.").await;
    page.hears("agent", "Here I am.").await;
    assert_eq!(page.answers().await.len(), 1, "one sentence that says so: {:?}", page.answers().await);
}

#[tokio::test]
async fn the_same_question_twice_never_gives_the_same_sentence_twice() {
    let shop = Shop::open().await;
    let page = shop.browse().await;
    page.open_chat().await;
    let mut seen = HashSet::new();
    for _ in 0..3 {
        page.ask("How long does a refund take?").await;
    }
    for answer in page.shopper().await.messages_of("assistant").await {
        for sentence in answer.split(['.', '?', '\n']).map(words).filter(|sentence| sentence.len() > 12) {
            assert!(seen.insert(sentence.clone()), "“{sentence}” came twice");
        }
    }
    page.see(css(".offer")).await;
}

#[tokio::test]
async fn the_assistant_is_called_what_it_is() {
    let shop = Shop::open().await;
    let page = shop.browse().await;
    page.open_chat().await;
    page.ask("How long does a refund take?").await;
    page.says(part("title"), "AI assistant").await;
    let label = "return clean(all(arguments[0])[0]?.textContent)";
    let author = page.js(label, vec![json!(css("[part~=message][data-author=assistant] .author-name"))]).await;
    assert_eq!(author, "AI assistant");
}
