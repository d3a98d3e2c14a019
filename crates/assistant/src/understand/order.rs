//! Tells a question about the shopper's own order from one about how orders work.

use crate::lexicon::Lexicon;
use std::sync::LazyLock;

/// Whether a message is about an order of the shopper's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderQuestion {
    /// It asks how an order stands: the records answer it.
    Status,
    /// It names an order, and asks something that the articles answer.
    Mentioned,
    /// Neither.
    No,
}

static WORDS: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(include_str!("../../data/order_words.tsv")));

pub(crate) fn question(folded: &str, numbered: bool) -> OrderQuestion {
    let named = WORDS.named(folded);
    let has = |kind: &str| named.contains(&kind);
    let (own, status, policy) = (has("own"), has("status"), has("policy"));
    // "Where is my jacket" and "it was due last week" ask the same; "where is my invoice" does not.
    let missed =
        !has("other") && !policy && (has("where_mine") || has("overdue") || (has("where") && crate::retrieve::names_goods(folded)));
    let bare_number = numbered && folded.split_whitespace().count() <= 4;
    if bare_number || missed || (status && numbered) || (status && own && !policy) {
        OrderQuestion::Status
    } else if own || numbered {
        OrderQuestion::Mentioned
    } else {
        OrderQuestion::No
    }
}

/// The first word that looks like an order's number: up to four letters, a dash perhaps, and at least five digits.
pub(crate) fn order_number(text: &str) -> Option<String> {
    let cut = |letter: char| !(letter.is_ascii_alphanumeric() || letter == '-');
    text.split(cut).map(|word| word.trim_matches('-')).find(|word| looks_like_number(word)).map(str::to_uppercase)
}

fn looks_like_number(word: &str) -> bool {
    let head = word.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let digits = word.len() - head.len();
    let letters = head.trim_end_matches('-');
    // A telephone number or a card is longer than any order's number.
    (5..=10).contains(&digits) && letters.len() <= 4 && letters.chars().all(|letter| letter.is_ascii_alphabetic())
}
