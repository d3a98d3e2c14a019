//! An inverted index of passages in memory, scored by BM25F. Why not a search library: `docs/decisions/0002-own-passage-index.md`.

use super::{CONCEPTS, ENTITIES};
use crate::articles::{Article, Passage};
use crate::text::{Language, fold, stem, terms, words};
use std::collections::{HashMap, HashSet};

/// The fields of a passage (title, heading, body, the whole article), with their weight and how much a long one is held against it.
const FIELDS: [(f32, f32); 4] = [(3.0, 0.3), (1.8, 0.3), (1.0, 0.6), (0.25, 0.7)];
const TITLE: usize = 0;
const HEADING: usize = 1;
const BODY: usize = 2;
const K1: f32 = 1.4;
/// Passages that every shop is taken to have beside its own: with three articles no word would be rare.
const COMMON: f32 = 12.0;

/// The index.
pub(crate) struct Index {
    postings: HashMap<String, Vec<Posting>>,
    lengths: Vec<[f32; 4]>,
    average: [f32; 4],
    /// German words of the articles, to cut compounds at.
    vocabulary: HashSet<String>,
}

struct Posting {
    passage: usize,
    counts: [f32; 4],
}

/// Where a term stands with regard to a passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    /// Nowhere in the article.
    Absent,
    /// Elsewhere in the article.
    Article,
    /// In the passage, its heading or the article's title.
    Passage,
}

impl Index {
    pub(crate) fn build(list: &[Article], passages: &[Passage]) -> Self {
        let german = list.iter().filter(|article| article.language() == Language::De);
        let vocabulary = german
            .flat_map(|article| words(&fold(&format!("{} {}", article.title, article.body))))
            .filter(|word| word.len() >= 4)
            .collect();
        let mut index = Self { postings: HashMap::new(), lengths: Vec::new(), average: [1.0; 4], vocabulary };
        let wholes: Vec<(Language, Vec<String>, Vec<String>)> = list
            .iter()
            .map(|article| {
                let language = article.language();
                (language, index.terms(&article.title, language), index.terms(&article.body, language))
            })
            .collect();
        for (number, passage) in passages.iter().enumerate() {
            let Some((language, title, whole)) = wholes.get(passage.article) else { continue };
            let body: Vec<String> = passage.sentences.iter().flat_map(|sentence| index.terms(&sentence.text, *language)).collect();
            let heading = passage.heading.as_deref().map(|heading| index.terms(heading, *language)).unwrap_or_default();
            index.add(number, [title, &heading, &body, whole]);
        }
        for field in 0..4 {
            let sum: f32 = index.lengths.iter().map(|lengths| lengths[field]).sum();
            index.average[field] = (sum / index.lengths.len().max(1) as f32).max(1.0);
        }
        index
    }

    fn add(&mut self, passage: usize, fields: [&Vec<String>; 4]) {
        let mut counts: HashMap<&str, [f32; 4]> = HashMap::new();
        for (field, list) in fields.iter().enumerate() {
            for term in *list {
                counts.entry(term).or_default()[field] += 1.0;
            }
        }
        for (term, counts) in counts {
            self.postings.entry(term.to_owned()).or_default().push(Posting { passage, counts });
        }
        self.lengths.push(fields.map(|list| list.len() as f32));
    }

    /// The terms of a text: stems and bigrams, the parts of German compounds, concepts (`#refund`) and entities (`@place:uk`).
    pub(crate) fn terms(&self, text: &str, language: Language) -> Vec<String> {
        let mut found = terms(text, language);
        let folded = fold(text);
        if language == Language::De {
            for word in words(&folded) {
                found.extend(self.parts(&word).into_iter().map(|part| stem(&part, language)));
            }
        }
        found.extend(marks(&folded, text));
        found
    }

    /// The parts of a compound, when both are words of the articles: "Rücksendeetikett" has "Etikett".
    pub(crate) fn parts(&self, word: &str) -> Vec<String> {
        let letters: Vec<usize> = word.char_indices().map(|(at, _)| at).collect();
        if letters.len() < 9 {
            return Vec::new();
        }
        for cut in (4..letters.len().saturating_sub(3)).rev() {
            let (left, right) = word.split_at(letters[cut]);
            let joined = left.strip_suffix('s').filter(|bare| self.vocabulary.contains(*bare));
            if self.vocabulary.contains(right) && (joined.is_some() || self.vocabulary.contains(left)) {
                return vec![joined.unwrap_or(left).to_owned(), right.to_owned()];
            }
        }
        Vec::new()
    }

    /// How rare a term is among passages; one that stands nowhere is the rarest.
    pub(crate) fn rarity(&self, term: &str) -> f32 {
        let all = self.lengths.len() as f32 + COMMON;
        let with = self.postings.get(term).map_or(0.0, |list| list.iter().filter(|posting| posting.own()).count() as f32);
        (1.0 + (all - with + 0.5) / (with + 0.5)).ln()
    }

    /// Whether the term stands in any passage.
    pub(crate) fn knows(&self, term: &str) -> bool {
        self.postings.contains_key(term)
    }

    /// Adds a term's part of the score to every passage that has it.
    pub(crate) fn score(&self, term: &str, weight: f32, scores: &mut HashMap<usize, f32>) {
        let rarity = self.rarity(term);
        for posting in self.postings.get(term).map(Vec::as_slice).unwrap_or_default() {
            let lengths = self.lengths.get(posting.passage).copied().unwrap_or([1.0; 4]);
            let count: f32 = (0..4)
                .map(|field| {
                    let (boost, held) = FIELDS[field];
                    boost * posting.counts[field] / (1.0 - held + held * lengths[field] / self.average[field])
                })
                .sum();
            *scores.entry(posting.passage).or_default() += weight * rarity * count / (K1 + count);
        }
    }

    /// Where a term stands with regard to a passage.
    pub(crate) fn place(&self, term: &str, passage: usize) -> Place {
        let list = self.postings.get(term).map(Vec::as_slice).unwrap_or_default();
        match list.iter().find(|posting| posting.passage == passage) {
            Some(posting) if posting.own() => Place::Passage,
            Some(_) => Place::Article,
            None => Place::Absent,
        }
    }
}

impl Posting {
    /// Not only elsewhere in the article.
    fn own(&self) -> bool {
        self.counts[TITLE] + self.counts[HEADING] + self.counts[BODY] > 0.0
    }
}

/// Concepts and entities of a text. "US" is a country only in capitals.
fn marks(folded: &str, text: &str) -> Vec<String> {
    let mut found: Vec<String> = CONCEPTS.longest(folded).iter().map(|hit| format!("#{}", CONCEPTS.name(hit.class))).collect();
    found.extend(ENTITIES.longest(folded).iter().map(|hit| format!("@{}", ENTITIES.name(hit.class))));
    if text.split(|letter: char| !letter.is_alphanumeric()).any(|word| word == "US") {
        found.push("@place:usa".to_owned());
    }
    found
}
