//! Finds the passage that answers a question, or says that there is none.
//!
//! [`index`] is an inverted index of passages in memory (BM25F); [`query`] turns a question into the units that must be met;
//! [`needs`] says what a passage must hold beyond a score; [`action`] knows the passage that says what to do; [`choose`] decides: one passage, some close ones, or none.

mod action;
mod choose;
mod index;
mod needs;
mod query;

pub(crate) use choose::{Choice, Found, choose, in_article, ranked};
pub(crate) use index::Index;
pub(crate) use query::{Query, similar};

use crate::lexicon::Lexicon;
use std::sync::LazyLock;

/// What shop support is about, in five languages: it makes paraphrases meet, and questions in another language.
static CONCEPTS: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(include_str!("../data/concepts.tsv")));
/// Countries, ways to pay, carriers: what a passage must name when the question does.
static ENTITIES: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(include_str!("../data/entities.tsv")));

/// Whether a folded text names a thing that the shop sells.
pub(crate) fn names_goods(folded: &str) -> bool {
    CONCEPTS.named(folded).iter().any(|name| ["goods", "lamp", "furniture", "wool", "linen", "leather"].contains(name))
}
