//! Counts what came true, with a 95 % interval beside each figure.

use super::{Row, Suite};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt;

/// So many of so many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Measure {
    /// How many.
    pub hits: usize,
    /// Of how many.
    pub n: usize,
}

impl Measure {
    fn add(&mut self, hit: bool) {
        self.n += 1;
        self.hits += usize::from(hit);
    }

    /// The share, 0 to 1; 0 of nothing.
    pub fn share(self) -> f64 {
        if self.n == 0 { 0.0 } else { self.hits as f64 / self.n as f64 }
    }

    /// Wilson's 95 % interval. For no hits its upper end is the usual 3/n.
    pub fn interval(self) -> (f64, f64) {
        if self.n == 0 {
            return (0.0, 1.0);
        }
        let (n, p, z) = (self.n as f64, self.share(), 1.96_f64);
        if self.hits == 0 {
            return (0.0, (3.0 / n).min(1.0));
        }
        let middle = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
        let half = z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt() / (1.0 + z * z / n);
        ((middle - half).max(0.0), (middle + half).min(1.0))
    }
}

/// The score of a suite: per measure, over all and per language.
#[derive(Debug, Clone)]
pub struct Score {
    /// The suite.
    pub suite: Suite,
    /// How many rows were predicted.
    pub rows: usize,
    /// Measure → language → count; the language `*` is all of them.
    pub measures: BTreeMap<&'static str, BTreeMap<String, Measure>>,
}

impl Score {
    pub(super) fn new(suite: Suite) -> Self {
        Self { suite, rows: 0, measures: BTreeMap::new() }
    }

    fn add(&mut self, measure: &'static str, language: &str, hit: bool) {
        let counts = self.measures.entry(measure).or_default();
        counts.entry("*".to_owned()).or_default().add(hit);
        counts.entry(language.to_owned()).or_default().add(hit);
    }

    /// For a program: measure → language → hits, n, share and the 95 % interval.
    pub fn to_json(&self) -> Value {
        let one = |count: &Measure| {
            let (low, high) = count.interval();
            json!({ "hits": count.hits, "n": count.n, "share": count.share(), "interval": [low, high] })
        };
        let measures: BTreeMap<_, BTreeMap<_, _>> = self
            .measures
            .iter()
            .map(|(measure, counts)| (*measure, counts.iter().map(|(language, count)| (language.clone(), one(count))).collect()))
            .collect();
        json!({ "suite": self.suite.name(), "rows": self.rows, "measures": measures })
    }

    pub(super) fn count(&mut self, row: &Row, prediction: &Value) {
        self.rows += 1;
        let truth = |names: &[&str]| names.iter().find_map(|name| row.truth.get(*name));
        match self.suite {
            Suite::AsksForAPerson => {
                let Some(asks) = truth(&["human_request", "asks", "label"]).and_then(yes) else { return };
                let action = prediction["action"].as_str().unwrap_or_default();
                let (sure, offered) = if asks { ("sure: recall", "sure or offered: recall") } else { ("false sure", "needless offers") };
                self.add(sure, &row.lang, action == "handover");
                self.add(offered, &row.lang, action != "none");
            }
            Suite::Upset => {
                let Some(upset) = truth(&["upset", "label"]).and_then(yes) else { return };
                self.add(if upset { "upset: recall" } else { "false upset" }, &row.lang, prediction["upset"] == Value::Bool(true));
            }
            Suite::Articles => self.count_articles(row, prediction),
            Suite::GiveWay => {
                let steps = prediction["steps"].as_array().into_iter().flatten();
                let texts: Vec<&str> = steps.filter_map(|step| step["text"].as_str()).filter(|text| !text.is_empty()).collect();
                let twice = texts.iter().enumerate().any(|(at, text)| texts.iter().take(at).any(|earlier| earlier == text));
                self.add("the same reply twice", &row.lang, twice);
            }
        }
    }

    fn count_articles(&mut self, row: &Row, prediction: &Value) {
        let gold = ["article", "articles", "gold", "expected"].iter().find_map(|name| row.truth.get(*name));
        let answerable = row.truth.get("answerable").and_then(Value::as_bool).unwrap_or(gold.is_some_and(|gold| !gold.is_null()));
        let answered = prediction["answered"] == Value::Bool(true);
        if !answerable {
            if row.truth.contains_key("answerable") || gold.is_some() {
                self.add("declined when not answerable", &row.lang, !answered);
            }
            return;
        }
        let Some(gold) = gold else { return };
        let right = |id: &Value| gold == id || gold.as_array().is_some_and(|list| list.contains(id));
        let cited = prediction["citations"].as_array().is_some_and(|list| list.iter().any(|citation| right(&citation["id"])));
        let asked = prediction["asked_back"].as_array().is_some_and(|list| list.iter().any(right));
        self.add("right and cited at once", &row.lang, answered && cited);
        self.add("right within one tap", &row.lang, (answered && cited) || asked);
        self.add("wrong passage as the answer", &row.lang, answered && !cited);
        self.add("wrongly refused", &row.lang, !answered && prediction["asked_back"].is_null());
    }
}

fn yes(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(known) => Some(*known),
        Value::String(word) => Some(matches!(word.as_str(), "ask" | "asks" | "yes" | "true" | "handover" | "upset")),
        Value::Number(number) => Some(number.as_f64() != Some(0.0)),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// A measure that is the better the lower it is.
fn lower_is_better(measure: &str) -> bool {
    measure.starts_with("false") || measure.starts_with("needless") || measure.starts_with("wrong") || measure.ends_with("twice")
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}: {} rows", self.suite.name(), self.rows)?;
        for (measure, counts) in &self.measures {
            let all = counts.get("*").copied().unwrap_or_default();
            let (low, high) = all.interval();
            write!(
                f,
                "  {measure}: {:.1} % ({} of {}; 95 %: {:.1} to {:.1})",
                all.share() * 100.0,
                all.hits,
                all.n,
                low * 100.0,
                high * 100.0
            )?;
            let badness = |count: &Measure| if lower_is_better(measure) { count.share() } else { 1.0 - count.share() };
            let languages = counts.iter().filter(|(language, _)| *language != "*");
            if let Some((language, worst)) = languages.max_by(|one, two| badness(one.1).total_cmp(&badness(two.1))) {
                write!(f, "; worst {language} {:.1} % ({} of {})", worst.share() * 100.0, worst.hits, worst.n)?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::predict;
    use super::*;

    #[test]
    fn predictions_have_the_form_of_the_contract() {
        let rows = "{\"id\":1,\"lang\":\"en\",\"text\":\"can i talk to a person\",\"human_request\":true}\n{\"id\":2,\"lang\":\"en\",\"text\":\"where is my package\",\"human_request\":false}\n";
        let mut out = Vec::new();
        let score = predict(Suite::AsksForAPerson, rows.as_bytes(), None, &mut out).unwrap();
        let lines: Vec<Value> = String::from_utf8(out).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(
            (lines[0]["action"].as_str(), lines[1]["action"].as_str(), lines[0]["id"].as_i64()),
            (Some("handover"), Some("none"), Some(1))
        );
        assert!(lines[0]["ms"].is_number() && score.to_string().contains("sure: recall: 100.0 % (1 of 1"), "{score}");
    }

    #[test]
    fn the_interval_is_wilsons() {
        let (low, high) = Measure { hits: 95, n: 100 }.interval();
        assert!((low - 0.888).abs() < 0.002 && (high - 0.978).abs() < 0.002);
        assert!((Measure { hits: 0, n: 100 }.interval().1 - 0.03).abs() < 1e-9);
    }

    #[test]
    fn a_dialogue_ends_in_silence_after_the_ask() {
        let row = "{\"id\":\"a\",\"lang\":\"en\",\"turns\":[\"hello\",\"i want to talk to a human\",\"hello?\"]}";
        let mut out = Vec::new();
        predict(Suite::GiveWay, row.as_bytes(), None, &mut out).unwrap();
        let made: Value = serde_json::from_slice(&out).unwrap();
        let actions: Vec<&str> = made["steps"].as_array().unwrap().iter().map(|step| step["action"].as_str().unwrap()).collect();
        assert_eq!(actions, ["answer", "handover", "silent"]);
    }
}
