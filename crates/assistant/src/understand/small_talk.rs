//! Greetings, thanks and the like, when a message is nothing else.

use crate::lexicon::Lexicon;
use crate::text::{is_cjk, words};
use std::sync::LazyLock;

/// What is said without asking for anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SmallTalk {
    /// Hello.
    Greeting,
    /// Thank you; also "ok, that was all".
    Thanks,
    /// Goodbye.
    Bye,
    /// Are you a bot?
    Who,
    /// What can you do?
    Can,
    /// Can you help me?
    Help,
    /// That did not help.
    NotHelped,
}

static WORDS: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(include_str!("../../data/small_talk.tsv")));

/// The kind, when every word of the message belongs to small talk; of several kinds the one that wants an answer most.
pub(crate) fn small_talk(folded: &str) -> Option<SmallTalk> {
    let hits = WORDS.longest(folded);
    let mut rest = String::new();
    let mut at = 0;
    for hit in &hits {
        if hit.start > at {
            rest.push_str(&folded[at..hit.start]);
            rest.push(' ');
        }
        at = at.max(hit.end);
    }
    rest.push_str(&folded[at.min(folded.len())..]);
    let left: usize = words(&rest).iter().map(|word| if word.chars().all(is_cjk) { word.chars().count() / 2 } else { 1 }).sum();
    // A name or "please" may stand beside: "hi there Ada".
    let named: Vec<&str> = hits.iter().map(|hit| WORDS.name(hit.class)).collect();
    let has = |kind: &str| named.contains(&kind);
    let allowed = usize::from(has("greeting") || has("help") || has("who") || has("can"));
    if left > allowed || hits.is_empty() {
        return None;
    }
    if has("who") {
        Some(SmallTalk::Who)
    } else if has("can") {
        Some(SmallTalk::Can)
    } else if has("not_helped") {
        Some(SmallTalk::NotHelped)
    } else if has("help") {
        Some(SmallTalk::Help)
    } else if has("bye") && !has("thanks") {
        Some(SmallTalk::Bye)
    } else if has("thanks") || has("ok") {
        Some(SmallTalk::Thanks)
    } else {
        Some(SmallTalk::Greeting)
    }
}

/// Whether the message says that the last answer did not help.
pub(crate) fn not_helped(folded: &str) -> bool {
    WORDS.named(folded).contains(&"not_helped")
}
