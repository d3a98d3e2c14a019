//! The assistant: it answers only from the merchant's articles and the shopper's own records, shows its sources, says when it does not
//! know, and gives way early.
//!
//! Reading order is the order in which a message is worked on: [`understand`] hears what it is; [`articles`] are what may be said;
//! `retrieve` finds the passage; [`records`] know the shopper's orders; `answer` makes an answer of a passage; [`check`] lets nothing
//! pass that its source does not say; [`turn`] puts them in order and streams; [`provider`] is who writes the words, and with
//! [`records`] the only I/O. [`summary`] is what an agent gets; [`eval`] scores all of it. Below them lie `text` (terms), `lexicon`
//! (word lists) and [`sentences`] (what the assistant itself says).
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout))]

mod answer;
pub mod articles;
pub mod check;
pub mod eval;
mod lexicon;
pub mod provider;
pub mod records;
mod retrieve;
pub mod sentences;
pub mod summary;
mod text;
pub mod turn;
pub mod understand;

pub use articles::{Article, Articles};
pub use records::{NoRecords, OrderApi, Records, Verified};
pub use sentences::{handover_sentence, sentence};
pub use summary::{Summary, summary};
pub use text::Language;
pub use turn::{Assistant, Budget, Config, Cost, Line, Outcome, Piece, Question, Reason, Rules, Speaker, Suggestion, Way};
pub use understand::{Ask, Understanding, understand};
