//! Scores the assistant on rows of the suites that the contract names, and writes a prediction for each row.
//!
//! A suite never reads the truth to predict; where rows carry it, the score is counted beside, with n and a 95 % interval.

mod score;
mod suites;

pub use score::{Measure, Score};

use serde::Deserialize;
use serde_json::Value;
use std::io::{BufRead, Write};
use std::path::Path;

/// A suite of the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Suite {
    /// Does a message ask for a person?
    AsksForAPerson,
    /// Is the shopper upset?
    Upset,
    /// The right article, cited, or declined.
    Articles,
    /// When the assistant gives way.
    GiveWay,
}

impl Suite {
    /// All of them.
    pub const ALL: [Suite; 4] = [Self::AsksForAPerson, Self::Upset, Self::Articles, Self::GiveWay];

    /// Its name in the contract.
    pub fn name(self) -> &'static str {
        match self {
            Self::AsksForAPerson => "asks-for-a-person",
            Self::Upset => "upset",
            Self::Articles => "articles",
            Self::GiveWay => "give-way",
        }
    }

    /// The suite of a name.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|suite| suite.name() == name)
    }
}

/// Why a suite could not be scored.
#[derive(Debug, thiserror::Error)]
pub enum EvalError {
    /// Reading rows or writing predictions failed.
    #[error("rows or predictions: {0}")]
    Io(#[from] std::io::Error),
    /// A row is not what the suite's table says.
    #[error("row {line}: {why}")]
    Row {
        /// Its line, from 1.
        line: usize,
        /// What is wrong.
        why: String,
    },
    /// The articles cannot be read, or are needed and missing.
    #[error("articles: {0}")]
    Articles(String),
}

/// One row. Fields that no suite predicts from are the truth.
#[derive(Debug, Clone, Deserialize)]
struct Row {
    #[serde(default)]
    id: Value,
    #[serde(default)]
    lang: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    turns: Vec<String>,
    #[serde(default)]
    question: String,
    #[serde(default)]
    locale: Option<String>,
    #[serde(default)]
    context: Context,
    #[serde(flatten)]
    truth: serde_json::Map<String, Value>,
}

#[derive(Debug, Clone, Default, Deserialize)]
struct Context {
    #[serde(default)]
    vip: bool,
    #[serde(default)]
    order_value: Option<f64>,
}

/// Predicts row by row, writes each prediction as a line to `out`, and scores where the truth is there.
///
/// It waits for the assistant on a runtime of its own, so it is not to be called from inside one.
pub fn predict(suite: Suite, rows: impl BufRead, articles: Option<&Path>, out: &mut dyn Write) -> Result<Score, EvalError> {
    let judge = suites::Judge::new(suite, articles)?;
    let mut score = Score::new(suite);
    for (number, line) in rows.lines().enumerate() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let row: Row = serde_json::from_str(&line).map_err(|why| EvalError::Row { line: number + 1, why: why.to_string() })?;
        let prediction = judge.predict(&row);
        score.count(&row, &prediction);
        writeln!(out, "{prediction}")?;
    }
    Ok(score)
}
