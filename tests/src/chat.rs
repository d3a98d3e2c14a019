//! The chat as a shopper uses it.

use std::time::{Duration, Instant};

use serde::Deserialize;
use serde_json::json;

use crate::page::Page;
use crate::shopper::Shopper;
use crate::target::{button, css, part};

/// A message as it stands in the transcript.
#[derive(Debug, Clone, Deserialize, PartialEq)]
pub struct Said {
    /// shopper, assistant or agent.
    pub author: String,
    /// The bubble's words.
    pub text: String,
    /// Whether it still streams.
    pub streaming: bool,
    /// What stands under it of its way to the server: sending, sent, seen, refused.
    pub state: Option<String>,
    /// The same in words.
    pub state_text: String,
    /// The titles of its sources.
    pub sources: Vec<String>,
}

const SAID: &str = "return [...(chat()?.querySelectorAll('[part~=message]') ?? [])].map((el) => ({
  author: el.dataset.author,
  text: clean([...el.querySelectorAll('[part~=bubble] > :not(.message-partial)')].map((block) => block.textContent).join(' ')),
  streaming: el.dataset.streaming != null,
  state: el.querySelector('.message-state')?.dataset.state ?? null,
  state_text: clean(el.querySelector('.message-state')?.innerText),
  sources: [...el.querySelectorAll('button[part~=citation]')].map((source) => clean(source.textContent)),
}))";

impl Page {
    /// Opens the shop's page and then the chat by its launcher.
    pub async fn open_chat(&self) {
        self.open_chat_at("/").await;
    }

    /// The same on another path.
    pub async fn open_chat_at(&self, path: &str) {
        self.go(path).await;
        self.launch().await;
    }

    /// Opens the chat on the page that is here.
    pub async fn launch(&self) {
        self.tap(part("launcher")).await;
        self.see(part("input")).await;
    }

    /// Says something, by typing and the send button.
    pub async fn say(&self, words: &str) {
        self.type_into(part("input"), words).await;
        self.tap(part("send")).await;
    }

    /// Asks, and waits for the whole answer: the first of the assistant that is not there yet.
    pub async fn ask(&self, words: &str) -> Said {
        let before = self.answers().await.len();
        self.say(words).await;
        self.answer(before).await
    }

    /// Waits for the assistant's answer number `before` + 1, and that nothing streams any more.
    pub async fn answer(&self, before: usize) -> Said {
        let script = "const found = [...(chat()?.querySelectorAll('[part~=message][data-author=assistant]') ?? [])];
            return found.length > arguments[0] && !found.some((el) => el.dataset.streaming != null)";
        self.until("an answer of the assistant", script, vec![json!(before)]).await;
        self.answers().await.pop().expect("an answer")
    }

    /// Waits until an answer streams and some words of it are shown; gives these.
    pub async fn mid_answer(&self) -> String {
        let script = "const el = chat()?.querySelector('[part~=message][data-streaming] [part~=bubble]');
            const shown_words = clean(el?.textContent); return shown_words.length > 8 && shown_words";
        self.until("an answer streams", script, vec![]).await.as_str().expect("words").to_owned()
    }

    /// All messages in order.
    pub async fn said(&self) -> Vec<Said> {
        serde_json::from_value(self.js(SAID, vec![]).await).expect("messages")
    }

    /// The assistant's.
    pub async fn answers(&self) -> Vec<Said> {
        self.said().await.into_iter().filter(|said| said.author == "assistant").collect()
    }

    /// Waits until a message with these words stands in the transcript.
    pub async fn hears(&self, author: &str, words: &str) {
        let script = "return [...(chat()?.querySelectorAll('[part~=message]') ?? [])].some((el) => el.dataset.author === arguments[0]
            && el.dataset.streaming == null && clean(el.textContent).includes(arguments[1]))";
        self.until(&format!("the {author}'s “{words}”"), script, vec![json!(author), json!(words)]).await;
    }

    /// Taps “Talk to a person” and waits for the receipt; gives the case's code.
    pub async fn ask_for_a_person(&self) -> String {
        self.tap(button("Talk to a person")).await;
        self.case_code().await
    }

    /// The code on the receipt.
    pub async fn case_code(&self) -> String {
        self.see(part("receipt")).await;
        self.read(css(".case-code-text")).await
    }

    /// Fails when the way to a person is not in sight, with this label. It may be drawn a moment later than what was waited for.
    pub async fn a_person_is_in_sight_as(&self, label: &str, state: &str) {
        let end = Instant::now() + Duration::from_secs(4);
        loop {
            let why = self.js("return whyNoPersonIsInSight(arguments[0])", vec![json!(label)]).await;
            if why == json!("") {
                return;
            }
            if Instant::now() > end {
                self.fail(&format!("the way to a person is not in sight, {state}: {why}")).await;
            }
            tokio::time::sleep(Duration::from_millis(60)).await;
        }
    }

    /// The same in English.
    pub async fn a_person_is_in_sight(&self, state: &str) {
        self.a_person_is_in_sight_as("Talk to a person", state).await;
    }

    /// The conversation of this page, by HTTP with its own token.
    pub async fn shopper(&self) -> Shopper {
        let script = "const kept = JSON.parse(localStorage.getItem('warmline:pk_demo') ?? 'null'); return kept?.token && [location.origin, kept.id, kept.token]";
        let kept = self.until("a conversation is kept", script, vec![]).await;
        let word = |place: usize| kept[place].as_str().expect("a word").to_owned();
        Shopper::known(&word(0), word(1), word(2))
    }
}
