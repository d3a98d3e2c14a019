//! Matters that a person should take, not an assistant.

use crate::lexicon::Lexicon;
use std::sync::LazyLock;

/// A sensitive matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Topic {
    /// A card or an account used by a stranger.
    Fraud,
    /// A product that is dangerous.
    Safety,
    /// Somebody is hurt.
    Injury,
    /// Somebody has died.
    Bereavement,
    /// Somebody cannot pay.
    Hardship,
    /// Lawyers, courts, authorities.
    Legal,
    /// Somebody was treated worse for what they are.
    Discrimination,
    /// A child is the shopper.
    Minor,
}

impl Topic {
    /// The name that signals and strings carry.
    pub fn name(self) -> &'static str {
        match self {
            Self::Fraud => "fraud",
            Self::Safety => "safety",
            Self::Injury => "injury",
            Self::Bereavement => "bereavement",
            Self::Hardship => "hardship",
            Self::Legal => "legal",
            Self::Discrimination => "discrimination",
            Self::Minor => "minor",
        }
    }

    /// Somebody hurt or dead comes before money and law, when a message holds several.
    const IN_ORDER: [Topic; 8] =
        [Self::Injury, Self::Safety, Self::Bereavement, Self::Minor, Self::Fraud, Self::Discrimination, Self::Legal, Self::Hardship];
}

static WORDS: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(include_str!("../../data/sensitive.tsv")));

pub(crate) fn topic(folded: &str) -> Option<Topic> {
    let named = WORDS.named(folded);
    Topic::IN_ORDER.into_iter().find(|topic| named.contains(&topic.name()))
}
