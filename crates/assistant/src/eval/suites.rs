//! How each suite predicts one row.

use super::{EvalError, Row, Suite};
use crate::articles::Articles;
use crate::provider::Embedded;
use crate::records::NoRecords;
use crate::turn::{Assistant, Config, Line, Outcome, Question, Reason, Speaker};
use crate::understand::{Ask, understand, warm};
use serde_json::{Value, json};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::mpsc;

/// Above so much an order counts as worth a person's eyes, where a row only names its value.
const HIGH_VALUE: f64 = 400.0;

/// Predicts rows of one suite.
pub(super) struct Judge {
    suite: Suite,
    assistant: Assistant,
    runtime: tokio::runtime::Runtime,
}

impl Judge {
    pub(super) fn new(suite: Suite, articles: Option<&Path>) -> Result<Self, EvalError> {
        let articles = match (articles, suite) {
            (Some(path), _) => Articles::read(path).map_err(|why| EvalError::Articles(why.to_string()))?,
            (None, Suite::Articles) => return Err(EvalError::Articles("this suite needs --articles DIR".to_owned())),
            (None, Suite::AsksForAPerson | Suite::Upset | Suite::GiveWay) => Articles::new([]),
        };
        warm();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let config = Config { pause: Duration::ZERO, ..Config::default() };
        let assistant = Assistant::new(config, articles, Arc::new(NoRecords), Arc::new(Embedded));
        Ok(Self { suite, assistant, runtime })
    }

    pub(super) fn predict(&self, row: &Row) -> Value {
        let started = Instant::now();
        let mut prediction = match self.suite {
            Suite::AsksForAPerson => {
                let action = match understand(&row.text, &row.lang).ask {
                    Ask::Sure => "handover",
                    Ask::Unsure => "offer",
                    Ask::No => "none",
                };
                json!({ "action": action })
            }
            Suite::Upset => upset(row),
            Suite::Articles => self.articles(row),
            Suite::GiveWay => self.give_way(row),
        };
        prediction["id"] = row.id.clone();
        if self.suite != Suite::GiveWay {
            prediction["ms"] = json!((started.elapsed().as_secs_f64() * 100_000.0).round() / 100.0);
        }
        prediction
    }

    fn turn(&self, question: Question) -> Outcome {
        let (out, mut pieces) = mpsc::channel(256);
        self.runtime.block_on(async {
            let drain = async { while pieces.recv().await.is_some() {} };
            tokio::join!(self.assistant.turn(question, out), drain).0
        })
    }

    fn articles(&self, row: &Row) -> Value {
        let mut question = Question::new(&row.question, &row.lang);
        question.market = row.locale.clone();
        match self.turn(question) {
            Outcome::Answer { text, citations, .. } if !citations.is_empty() => {
                let cited: Vec<Value> = citations.iter().map(|citation| json!({ "id": citation.id, "quote": citation.quote })).collect();
                json!({ "answered": true, "text": text, "citations": cited })
            }
            Outcome::AskBack { text, quick_replies, .. } => {
                let articles = self.assistant.articles();
                let id = |title: &String| articles.list().iter().find(|article| article.title == *title).map(|article| article.id.clone());
                let ids: Vec<String> = quick_replies.iter().filter_map(id).collect();
                json!({ "answered": false, "text": text, "citations": [], "asked_back": ids })
            }
            other => json!({ "answered": false, "text": other.text(), "citations": [] }),
        }
    }

    /// The whole dialogue: what the assistant says becomes part of it, and after a handover it is silent.
    fn give_way(&self, row: &Row) -> Value {
        let (mut lines, mut offered, mut cited) = (Vec::new(), Vec::<String>::new(), Vec::new());
        let (mut steps, mut gone): (Vec<Value>, bool) = (Vec::new(), false);
        for text in &row.turns {
            lines.push(Line { seq: lines.len() as u64 + 1, author: Speaker::Shopper, text: text.clone() });
            if gone {
                steps.push(json!({ "action": "silent" }));
                continue;
            }
            let outcome = self.turn(Question {
                locale: row.lang.clone(),
                lines: lines.clone(),
                already_offered: offered.clone(),
                cited_before: cited.clone(),
                vip: row.context.vip,
                high_value: row.context.order_value.is_some_and(|value| value > HIGH_VALUE),
                ..Question::default()
            });
            let (action, reason) = step(&outcome);
            gone = action == "handover";
            offered.extend(reason.filter(|_| action == "offer").map(str::to_owned));
            if let Outcome::Answer { citations, .. } = &outcome {
                cited.extend(citations.iter().map(|citation| (citation.id.clone(), citation.quote.clone())));
            }
            lines.push(Line { seq: lines.len() as u64 + 1, author: Speaker::Assistant, text: outcome.text().to_owned() });
            let mut made = json!({ "action": action, "text": outcome.text() });
            if let Some(reason) = reason {
                made["reason"] = json!(reason);
            }
            steps.push(made);
        }
        json!({ "steps": steps })
    }
}

fn step(outcome: &Outcome) -> (&'static str, Option<&'static str>) {
    match outcome {
        Outcome::Answer { offer: None, .. } => ("answer", None),
        Outcome::Answer { offer, .. } => ("offer", *offer),
        Outcome::AskBack { .. } => ("ask", None),
        Outcome::Decline { offer: true, .. } => ("offer", Some(Reason::NoSource.name())),
        Outcome::Decline { reason, .. } => ("answer", Some(reason)),
        Outcome::Offer { reason, .. } => ("offer", Some(reason)),
        Outcome::HandOver { reason, .. } => ("handover", Some(reason)),
    }
}

/// The last turn, and how the ones before colour it: who was upset a moment ago is not calm by a word.
fn upset(row: &Row) -> Value {
    let scores: Vec<f32> = row.turns.iter().map(|text| understand(text, &row.lang).upset_score).collect();
    let (last, before) = scores.split_last().map_or((0.0, &[][..]), |(last, before)| (*last, before));
    let thanks = row.turns.last().is_some_and(|text| understand(text, &row.lang).thanks);
    let echo = before.iter().copied().fold(0.0, f32::max) * if thanks { 0.0 } else { 0.35 };
    let score = f64::from((last + echo).min(1.0));
    json!({ "upset": score >= f64::from(crate::understand::mood::UPSET), "score": (score * 100.0).round() / 100.0 })
}
