//! One turn: understand, decide, look up, answer, check, stream.
//!
//! [`question`] is what comes in, [`outcome`] what comes out. [`past`] reads the conversation so far; [`decide`] has the order of
//! precedence; [`orders`] and [`lookup`] find what is said; [`write`] lets a provider write and shows what passes; [`stage`] streams it.

mod decide;
mod lookup;
mod orders;
mod outcome;
mod past;
mod question;
mod stage;
mod write;

pub use outcome::{Cost, Outcome, Piece};
pub use question::{Line, Question, Reason, Rules, Speaker, Way};
pub use write::Budget;

use crate::articles::Articles;
use crate::provider::{Embedded, Provider, Usage};
use crate::records::Records;
use crate::sentences::Voice;
use crate::text::Language;
use crate::understand::{Understanding, understand};
use past::Past;
use stage::Stage;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;
use tokio::sync::mpsc;
use warmline_protocol::Citation;

/// How the assistant behaves, beside the merchant's rules.
#[derive(Debug, Clone)]
pub struct Config {
    /// Who knows what the assistant does not, at the start of a sentence: "Ada's team". None: the language's own words for it.
    pub team: Option<String>,
    /// Between two groups of words, so that a browser can paint.
    pub pause: Duration,
    /// The most that one answer may take.
    pub budget: Budget,
}

impl Default for Config {
    fn default() -> Self {
        Self { team: None, pause: Duration::from_millis(15), budget: Budget::default() }
    }
}

/// The assistant of one merchant. Cheap to clone.
#[derive(Clone)]
pub struct Assistant {
    inner: Arc<Inner>,
}

struct Inner {
    config: Config,
    articles: RwLock<Arc<Articles>>,
    records: Arc<dyn Records>,
    provider: Arc<dyn Provider>,
}

/// How many of the shopper's messages a draft is looked for in, the last first.
const DRAFTED_FROM: usize = 4;

/// What the assistant would write in an agent's place.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Suggestion {
    /// The draft; without sources it claims nothing.
    pub text: String,
    /// What it rests on.
    pub citations: Vec<Citation>,
}

impl Assistant {
    /// Builds an assistant; the tables of [`understand`] are made ready.
    pub fn new(config: Config, articles: Articles, records: Arc<dyn Records>, provider: Arc<dyn Provider>) -> Self {
        crate::understand::warm();
        Self { inner: Arc::new(Inner { config, articles: RwLock::new(Arc::new(articles)), records, provider }) }
    }

    /// By words alone, over these articles: no model, no orders.
    pub fn embedded(articles: Articles) -> Self {
        Self::new(Config::default(), articles, Arc::new(crate::records::NoRecords), Arc::new(Embedded))
    }

    /// Puts new articles in the place of the old ones; turns under way end with those they began with.
    pub fn replace_articles(&self, articles: Articles) {
        *self.inner.articles.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(articles);
    }

    /// The articles as they are now.
    pub fn articles(&self) -> Arc<Articles> {
        Arc::clone(&self.inner.articles.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes a turn. What passes the checks goes to `out` as it is ready; dropping the future stops it at once.
    pub async fn turn(&self, question: Question, out: mpsc::Sender<Piece>) -> Outcome {
        let mut stage = Stage::new(out, self.inner.config.pause);
        let mut turn = Turn::new(&self.inner, self.articles(), &question);
        let ending = turn.run(&mut stage).await;
        let Turn { offer, signals, usage, .. } = turn;
        let micros = u64::try_from(stage.elapsed().as_micros()).unwrap_or(u64::MAX);
        let decided_micros = stage.decided.map_or(micros, |decided| u64::try_from(decided.as_micros()).unwrap_or(u64::MAX));
        let cost = Cost { tokens_in: usage.tokens_in, tokens_out: usage.tokens_out, micros, decided_micros };
        ending.into_outcome(stage.text, offer.map(Reason::name), signals, cost)
    }

    /// Writes a draft for an agent: the same sources, the same checks, without frames and offers.
    pub async fn suggestion(&self, question: Question, out: mpsc::Sender<Piece>) -> Suggestion {
        let mut stage = Stage::new(out, self.inner.config.pause);
        // The last message may only add to an earlier one ("it was the blue one"): then that one is what the draft is about.
        for asked in question.earlier().take(DRAFTED_FROM) {
            let mut turn = Turn::new(&self.inner, self.articles(), &asked);
            turn.drafting = true;
            let citations = turn.draft(&mut stage).await;
            if !stage.text.is_empty() {
                return Suggestion { text: stage.text, citations };
            }
        }
        // Nothing that can be shown: a draft that claims nothing, and says that a person is reading.
        let turn = Turn::new(&self.inner, self.articles(), &question);
        let text = turn.voice.say("assistant.draft.reading", &[]);
        stage.show(&text, "").await;
        Suggestion { text: stage.text, citations: Vec::new() }
    }
}

/// A turn under way.
struct Turn<'a> {
    inner: &'a Inner,
    articles: Arc<Articles>,
    question: &'a Question,
    heard: Understanding,
    past: Past,
    voice: Voice<'a>,
    /// A person is offered beside the answer.
    offer: Option<Reason>,
    signals: Vec<&'static str>,
    usage: Usage,
    /// An agent will read it, not the shopper.
    drafting: bool,
}

impl<'a> Turn<'a> {
    fn new(inner: &'a Inner, articles: Arc<Articles>, question: &'a Question) -> Self {
        let heard = understand(question.text(), &question.locale);
        let said = question.lines.iter().filter(|line| line.author != Speaker::Shopper).map(|line| line.text.as_str());
        let language = spoken(question, heard.language);
        let past = Past::read(question, language);
        let voice = Voice::new(language, said);
        Self { inner, articles, question, heard, past, voice, offer: None, signals: Vec::new(), usage: Usage::default(), drafting: false }
    }

    fn note(&mut self, signal: &'static str) {
        if !self.signals.contains(&signal) {
            self.signals.push(signal);
        }
    }

    fn team(&self, key: &str) -> String {
        self.inner.config.team.clone().unwrap_or_else(|| self.voice.say(key, &[]))
    }
}

/// A bare number or name says nothing about the language: then it is the one of the lines before.
fn spoken(question: &Question, heard: Language) -> Language {
    let letters = |text: &str| text.chars().filter(|letter| letter.is_alphabetic()).count();
    if letters(question.text()) >= 4 {
        return heard;
    }
    let earlier = question.lines.iter().rev().filter(|line| line.author == Speaker::Shopper).find(|line| letters(&line.text) >= 4);
    earlier.map_or(heard, |line| crate::text::guess_language(&line.text, &question.locale))
}
