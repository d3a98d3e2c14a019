//! A question as units: each a word, a phrase or a concept, which a passage meets or does not.

use super::{CONCEPTS, ENTITIES, Index};
use crate::text::{Language, bigrams, fold, is_cjk, is_stop_word, spans, stem};
use std::collections::HashSet;
use std::sync::LazyLock;

/// A question, ready to be looked up.
pub(crate) struct Query {
    /// Folded, to compare it with titles.
    pub(crate) folded: String,
    /// Its language.
    pub(crate) language: Language,
    /// What it consists of.
    pub(crate) units: Vec<Unit>,
    /// The concepts it names.
    pub(crate) concepts: Vec<String>,
    /// Words in capitals inside a sentence that no article has: most likely a name the shop does not know.
    pub(crate) strangers: bool,
    /// The entities it names: each must be met.
    pub(crate) entities: Vec<String>,
}

/// One thing that is asked about: it is met when one of its terms is.
#[derive(Debug, Default, Clone)]
pub(crate) struct Unit {
    /// Stems, bigrams, `#concept`, `@entity`.
    pub(crate) terms: Vec<String>,
    /// What it counts for.
    pub(crate) weight: f32,
    start: usize,
    end: usize,
}

/// Concepts that most questions to a shop have: they say little about the matter.
const GENERAL: [&str; 9] = ["#order", "#parcel", "#howto", "#goods", "#people", "#time_taken", "#cost", "#change", "#shop"];
/// Things that happen to a thing.
const EVENTS: [&str; 10] =
    ["#damaged", "#wrong_item", "#missing_item", "#return", "#exchange", "#refund", "#cancel", "#late", "#lost", "#not_received"];
/// Things.
const THINGS: [&str; 5] = ["#lamp", "#wool", "#furniture", "#leather", "#linen"];

static WEAK: LazyLock<HashSet<&'static str>> = LazyLock::new(|| include_str!("../../data/weak_words.txt").split_whitespace().collect());

impl Query {
    pub(crate) fn new(text: &str, language: Language, index: &Index) -> Self {
        let folded = fold(text);
        let mut units: Vec<Unit> = Vec::new();
        let (mut concepts, mut entities) = (Vec::new(), Vec::new());
        let mut moods: Vec<(usize, usize)> = Vec::new();
        for hit in CONCEPTS.longest(&folded) {
            // "Something always goes wrong" is about no wrong item.
            if CONCEPTS.name(hit.class) == "mood" {
                moods.push((hit.start, hit.end));
                continue;
            }
            let name = format!("#{}", CONCEPTS.name(hit.class));
            join(&mut units, hit.start, hit.end, name.clone());
            push_new(&mut concepts, name);
        }
        for hit in ENTITIES.longest(&folded) {
            let name = format!("@{}", ENTITIES.name(hit.class));
            join(&mut units, hit.start, hit.end, name.clone());
            push_new(&mut entities, name);
        }
        if text.split(|letter: char| !letter.is_alphanumeric()).any(|word| word == "US") {
            push_new(&mut entities, "@place:usa".to_owned());
        }
        for (start, end) in spans(&folded) {
            let word = &folded[start..end];
            if word.chars().all(is_cjk) {
                dense(word, start, &mut units);
            } else if !is_stop_word(word) && word.chars().count() > 1 {
                join(&mut units, start, end, stem(word, language));
                if language == Language::De && !index.knows(&stem(word, language)) {
                    for part in index.parts(word) {
                        join(&mut units, start, end, stem(&part, language));
                    }
                }
            }
        }
        let specific = !entities.is_empty()
            || concepts.iter().any(|concept| !GENERAL.contains(&concept.as_str()) && !THINGS.contains(&concept.as_str()));
        let event = concepts.iter().any(|concept| EVENTS.contains(&concept.as_str()));
        for unit in &mut units {
            unit.weigh(&folded, index);
            let marked = unit.terms.iter().any(|term| term.starts_with(['#', '@']));
            let text = folded.get(unit.start..unit.end).unwrap_or_default();
            if text.chars().all(|letter| letter.is_ascii_digit()) {
                unit.weight *= 0.2;
            } else if specific && !marked {
                // People tell a story around the matter; where the matter is plain, the story counts for less.
                unit.weight *= 0.5;
            } else if event && unit.terms.iter().any(|term| THINGS.contains(&term.as_str())) {
                // What happened decides more than to which thing.
                unit.weight *= 0.3;
            }
        }
        units.retain(|unit| unit.weight > 0.0 && !moods.iter().any(|(start, end)| *start <= unit.start && unit.end <= *end));
        let strangers = entities.is_empty() && language != Language::De && stranger(text, language, index);
        Self { folded, language, units, concepts, strangers, entities }
    }

    /// Whether it says only that there is something with an order or a thing, and not what.
    pub(crate) fn is_vague(&self) -> bool {
        let vague = |term: &String| ["#order", "#parcel", "#howto", "#goods", "#people"].contains(&term.as_str());
        self.entities.is_empty() && self.units.iter().all(|unit| unit.weight < 1.0 || unit.terms.iter().any(vague))
    }

    /// Whether it tells that something has happened to an order.
    pub(crate) fn tells_problem(&self) -> bool {
        ["#lost", "#late", "#not_received", "#missing_item", "#damaged", "#wrong_item", "#double_charge"]
            .iter()
            .any(|concept| self.about(concept))
    }

    /// Whether it asks how long or how much.
    pub(crate) fn asks_figure(&self) -> bool {
        super::needs::kind(self) != super::needs::Kind::Any
    }

    /// Whether it asks only how long or how much, so that the matter is the one before.
    pub(crate) fn leans_back(&self) -> bool {
        self.asks_figure()
            && self.entities.is_empty()
            && !self.units.is_empty()
            && self.units.iter().all(|unit| unit.is_time_or_cost() || unit.weight < 1.0)
    }

    /// Whether it names a matter that an article could be about.
    pub(crate) fn names_matter(&self) -> bool {
        let empty = ["#complaint", "#contact", "#free", "#free_shipping"];
        let matter = |concept: &String| {
            !GENERAL.contains(&concept.as_str()) && !THINGS.contains(&concept.as_str()) && !empty.contains(&concept.as_str())
        };
        !self.entities.is_empty() || self.concepts.iter().any(matter)
    }

    /// Whether the question names this concept.
    pub(crate) fn about(&self, concept: &str) -> bool {
        self.concepts.iter().any(|known| known == concept)
    }
}

impl Unit {
    fn is_time_or_cost(&self) -> bool {
        self.terms.iter().any(|term| term == "#time_taken" || term == "#cost")
    }

    /// A concept that most questions to a shop have.
    pub(crate) fn is_general(&self) -> bool {
        self.terms.iter().any(|term| GENERAL.contains(&term.as_str()))
    }

    fn weigh(&mut self, folded: &str, index: &Index) {
        let known: Vec<f32> = self.terms.iter().filter(|term| index.knows(term)).map(|term| index.rarity(term)).collect();
        let text = folded.get(self.start..self.end).unwrap_or_default();
        let marked = self.terms.iter().any(|term| term.starts_with(['#', '@']));
        let weight = match known.iter().copied().reduce(f32::min) {
            Some(least) => least.max(0.4),
            // A word that no article has: the less likely the shop says anything about it.
            None => index.rarity(""),
        };
        self.weight = if WEAK.contains(text) && !marked {
            weight * 0.12
        } else if text.chars().all(is_cjk) && !marked {
            // Bigrams overlap and cross words.
            weight * if known.is_empty() { 0.15 } else { 0.3 }
        } else if self.terms.iter().all(|term| term == "#howto") {
            0.4
        } else if self.terms.iter().any(|term| term == "#goods" || term == "#people") {
            // Which thing it is about rarely decides: "the vase arrived broken".
            weight * 0.15
        } else if marked && self.terms.iter().filter(|term| term.starts_with('#')).all(|term| term == "#order" || term == "#parcel") {
            // Nearly every question to a shop is about an order.
            weight * 0.5
        } else if known.is_empty() && !marked {
            weight * 0.9
        } else if self.terms.iter().any(|term| term.starts_with('@')) {
            // That the passage names it is demanded apart.
            weight * 0.8
        } else {
            weight
        };
    }
}

/// Whether a word inside the sentence is written like a name, and no article has it.
fn stranger(text: &str, language: Language, index: &Index) -> bool {
    let shouted = !text.chars().any(char::is_lowercase);
    !shouted
        && text.split_whitespace().zip(text.split_whitespace().skip(1)).any(|(before, word)| {
            let begins = before.ends_with(['.', '!', '?', ':']);
            let word = word.trim_matches(|letter: char| !letter.is_alphanumeric());
            let name = word.chars().next().is_some_and(char::is_uppercase) && word.chars().skip(1).any(char::is_lowercase);
            let folded = fold(word);
            name && !begins
                && !is_stop_word(&folded)
                && CONCEPTS.find(&folded).is_empty()
                && ENTITIES.find(&folded).is_empty()
                && !index.knows(&stem(&folded, language))
        })
}

/// A term joins the unit that it overlaps, or makes a new one.
fn join(units: &mut Vec<Unit>, start: usize, end: usize, term: String) {
    match units.iter_mut().find(|unit| unit.start < end && start < unit.end) {
        Some(unit) => {
            push_new(&mut unit.terms, term);
            unit.start = unit.start.min(start);
            unit.end = unit.end.max(end);
        }
        None => units.push(Unit { terms: vec![term], weight: 0.0, start, end }),
    }
}

/// A run without spaces: what no concept covers is met by its bigrams.
fn dense(run: &str, offset: usize, units: &mut Vec<Unit>) {
    let mut open = String::new();
    let mut from = offset;
    let flush = |open: &mut String, from: usize, units: &mut Vec<Unit>| {
        let mut found = Vec::new();
        bigrams(open, &mut found);
        for term in found {
            let at = from + open.find(&term).unwrap_or(0);
            units.push(Unit { end: at + term.len(), start: at, terms: vec![term], weight: 0.0 });
        }
        open.clear();
    };
    for (at, letter) in run.char_indices() {
        let place = offset + at;
        let covered =
            units.iter().any(|unit| unit.start <= place && place < unit.end && unit.terms.iter().any(|term| term.starts_with(['#', '@'])));
        if covered {
            flush(&mut open, from, units);
            continue;
        }
        if open.is_empty() {
            from = place;
        }
        open.push(letter);
    }
    flush(&mut open, from, units);
}

fn push_new(list: &mut Vec<String>, item: String) {
    if !list.contains(&item) {
        list.push(item);
    }
}

/// How much two questions ask the same, 0 to 1: the share of their weight that they have in common.
pub(crate) fn similar(one: &Query, two: &Query) -> f32 {
    let met = |unit: &Unit, other: &Query| other.units.iter().any(|theirs| theirs.terms.iter().any(|term| unit.terms.contains(term)));
    let share = |from: &Query, to: &Query| {
        let all: f32 = from.units.iter().map(|unit| unit.weight).sum();
        let common: f32 = from.units.iter().filter(|unit| met(unit, to)).map(|unit| unit.weight).sum();
        if all > 0.0 { common / all } else { 0.0 }
    };
    share(one, two).min(share(two, one))
}
