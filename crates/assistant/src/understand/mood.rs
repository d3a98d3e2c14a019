//! How upset a message is: weighted words of all languages, and how it is typed.

use crate::lexicon::Lexicon;
use std::sync::LazyLock;

/// From here on a shopper is upset.
pub const UPSET: f32 = 0.5;

static WORDS: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(include_str!("../../data/mood.tsv")));

/// From 0 to 1. One strong word is enough, two of middling weight are, one broken lamp is not.
pub(crate) fn upset(text: &str, folded: &str) -> f32 {
    let mut weights: Vec<f32> = WORDS.longest(folded).iter().map(|hit| weight(hit.class) * softened(&folded[..hit.start])).collect();
    weights.sort_by(|one, two| two.abs().total_cmp(&one.abs()));
    let words: f32 = weights.iter().enumerate().map(|(place, weight)| weight * 0.7_f32.powi(place as i32)).sum();
    (((words + loudness(text)) / 1.3).clamp(0.0, 1.0) * 100.0).round() / 100.0
}

fn weight(class: usize) -> f32 {
    WORDS.name(class).parse::<f32>().unwrap_or(0.0) / 10.0
}

/// "Not angry" is less than angry.
fn softened(before: &str) -> f32 {
    let negated = ["not ", "nicht ", "not at all ", "no estoy ", "لست "].iter().any(|word| before.ends_with(word));
    if negated { 0.3 } else { 1.0 }
}

/// Shouting: capitals, and marks in a row.
fn loudness(text: &str) -> f32 {
    let cased: Vec<char> = text.chars().filter(|letter| letter.is_lowercase() || letter.is_uppercase()).collect();
    let upper = cased.iter().filter(|letter| letter.is_uppercase()).count();
    let shouted = if cased.len() >= 10 && upper * 10 > cased.len() * 7 { 0.4 } else { 0.0 };
    let marks = ["!!", "！！", "?!", "!?", "؟!", "！？"].iter().any(|marks| text.contains(marks));
    shouted + if marks { 0.3 } else { 0.0 } + if text.contains("???") || text.contains("؟؟؟") || text.contains("？？？") { 0.2 } else { 0.0 }
}
