//! Tells the passage that says what happens and what to do from the one that says what a word means.

use crate::articles::{Articles, Passage};
use crate::lexicon::Lexicon;
use crate::text::fold;
use std::sync::LazyLock;

static WORDS: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(include_str!("../../data/action_words.tsv")));
/// From here on a passage says what to do.
const ACTS: f32 = 2.0;

/// The passage of the same article that helps with a problem, when this one is its opening and helps less.
pub(crate) fn remedy(articles: &Articles, number: usize, avoid: &[String]) -> Option<usize> {
    let opening = articles.passages.get(number).filter(|passage| passage.heading.as_deref().is_none_or(comes_later))?;
    let least = rate(opening) + 1.0;
    let given = |passage: &Passage| passage.sentences.iter().any(|sentence| avoid.contains(&sentence.quote));
    let others = articles.passages.iter().enumerate().filter(|(_, passage)| {
        passage.article == opening.article && passage.heading.as_deref().is_some_and(|heading| !comes_later(heading)) && !given(passage)
    });
    let rated = others.map(|(at, passage)| (at, rate(passage))).filter(|(_, rating)| *rating >= least.max(ACTS));
    // Of equals the first: an article begins with the plain case.
    rated.reduce(|best, other| if other.1 > best.1 { other } else { best }).map(|(at, _)| at)
}

/// A heading that tells of what may happen after all is settled.
fn comes_later(heading: &str) -> bool {
    WORDS.named(&fold(heading)).contains(&"later")
}

fn rate(passage: &Passage) -> f32 {
    let heading = passage.heading.as_deref().map(fold).unwrap_or_default();
    let named = WORDS.named(&heading);
    let head = if named.contains(&"next") {
        2.0
    } else if named.contains(&"aside") {
        -2.0
    } else {
        0.0
    };
    let does: usize = passage.sentences.iter().map(|sentence| usize::from(WORDS.named(&fold(&sentence.text)).contains(&"does"))).sum();
    head + does.min(3) as f32 * 0.8
}
