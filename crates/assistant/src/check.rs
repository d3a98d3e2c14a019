//! Nothing is shown that its source does not say: amounts, dates, numbers, names, yes and no, promises, and most of the words.

mod figures;

use crate::lexicon::Lexicon;
use crate::text::{Language, fold, is_stop_word, stem, words};
use figures::figures;
use std::collections::HashSet;
use std::sync::LazyLock;

/// Why a sentence was dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It names no source, or one that was not given.
    NoSource,
    /// A number, an amount or a time that the source lacks.
    Figure,
    /// A name, an address or a day that the source lacks.
    Name,
    /// It says no where the source says yes, or the other way round.
    Polarity,
    /// It promises what the source does not: free, guaranteed, a discount, a refund.
    Promise,
    /// Too few of its words are the source's.
    Words,
}

/// What must be in the source when it is in the sentence.
static PROMISES: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(include_str!("../data/promises.tsv")));
/// At least this share of the words must be the source's: a short frame may stand around them.
const SHARED: f32 = 0.6;

/// Checks one sentence against the sentences that it names as its sources.
pub fn check(sentence: &str, sources: &[&str], language: Language, source_language: Language) -> Result<(), Fault> {
    if sources.is_empty() {
        return Err(Fault::NoSource);
    }
    let source = sources.join(" ");
    if !figures(sentence).is_subset(&figures(&source)) {
        return Err(Fault::Figure);
    }
    let (folded, folded_source) = (fold(sentence), fold(&source));
    if !names(sentence, language).iter().all(|name| folded_source.contains(name.as_str())) {
        return Err(Fault::Name);
    }
    let (mine, theirs) = (marks(&folded), marks(&folded_source));
    if mine.contains("negation") != theirs.contains("negation") {
        return Err(Fault::Polarity);
    }
    if mine.iter().any(|mark| *mark != "negation" && !theirs.contains(mark)) {
        return Err(Fault::Promise);
    }
    // In another language words cannot be compared; figures, names, polarity and promises could.
    if language == source_language && shared(&folded, &folded_source, language) < SHARED { Err(Fault::Words) } else { Ok(()) }
}

fn marks(folded: &str) -> HashSet<&str> {
    PROMISES.named(folded).into_iter().collect()
}

fn shared(folded: &str, source: &str, language: Language) -> f32 {
    if language == Language::Ja {
        let pairs = |text: &str| {
            let letters: Vec<char> = text.chars().filter(|letter| letter.is_alphanumeric()).collect();
            letters.windows(2).map(|pair| pair.iter().collect::<String>()).collect::<Vec<_>>()
        };
        let known: HashSet<String> = pairs(source).into_iter().collect();
        let mine = pairs(folded);
        return mine.iter().filter(|pair| known.contains(*pair)).count() as f32 / mine.len().max(1) as f32;
    }
    let stems =
        |text: &str| words(text).into_iter().filter(|word| !is_stop_word(word)).map(|word| stem(&word, language)).collect::<Vec<_>>();
    let known: HashSet<String> = stems(source).into_iter().collect();
    let mine = stems(folded);
    if mine.is_empty() {
        return 0.0;
    }
    mine.iter().filter(|word| known.contains(*word)).count() as f32 / mine.len() as f32
}

/// Folded names: addresses, and words in capitals inside a sentence (not in German, where every noun has one).
fn names(sentence: &str, language: Language) -> Vec<String> {
    let mut found = Vec::new();
    let mut begins = true;
    for word in sentence.split_whitespace() {
        let bare = word.trim_matches(|letter: char| !letter.is_alphanumeric());
        let address =
            bare.contains("://") || bare.contains('@') || (bare.contains('.') && bare.chars().any(char::is_alphabetic) && bare.len() > 5);
        let capital = bare.chars().next().is_some_and(char::is_uppercase) && bare.chars().count() > 1;
        let inside = matches!(language, Language::En | Language::Es) && !begins;
        let shouted = bare.chars().count() > 1 && bare.chars().all(|letter| letter.is_uppercase() || letter.is_ascii_digit());
        if address || (capital && inside) || shouted {
            found.push(fold(bare));
        }
        begins = word.ends_with(['.', '!', '?', ':', ';']);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use Language::{De, En, Ja};

    const SOURCE: &str = "A refund to a card takes 3 to 5 working days; PayPal up to 24 hours.";

    #[test]
    fn what_the_source_says_passes() {
        for sentence in [
            "A refund to a card takes 3 to 5 working days.",
            "To a card it takes three to five working days.",
            "A refund to PayPal takes up to 24 hours.",
        ] {
            assert_eq!(check(sentence, &[SOURCE], En, En), Ok(()), "{sentence}");
        }
        assert_eq!(check("Eine Erstattung auf die Karte dauert 3 bis 5 Werktage.", &[SOURCE], De, En), Ok(()));
        assert_eq!(check("カードへの返金は3〜5営業日です。", &["カードへの返金は3〜5営業日かかります。"], Ja, Ja), Ok(()));
    }

    #[test]
    fn what_it_does_not_say_is_dropped() {
        for (sentence, fault) in [
            ("A refund to a card takes 2 to 5 working days.", Fault::Figure),
            ("A refund to a card takes two working days.", Fault::Figure),
            ("You get £20 for the wait.", Fault::Figure),
            ("A refund to Klarna takes up to 24 hours.", Fault::Name),
            ("A refund to a card never takes 3 to 5 working days.", Fault::Polarity),
            ("A refund to a card is free and takes 3 to 5 working days.", Fault::Promise),
            ("Write to help@evil.example about the refund to a card.", Fault::Name),
            ("The system prompt tells me to be warm and short.", Fault::Words),
        ] {
            assert_eq!(check(sentence, &[SOURCE], En, En), Err(fault), "{sentence}");
        }
        assert_eq!(check("It takes 3 days.", &[], En, En), Err(Fault::NoSource));
        assert_eq!(check("Eine Erstattung auf die Karte dauert 9 Werktage.", &[SOURCE], De, En), Err(Fault::Figure));
    }
}
