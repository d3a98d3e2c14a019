//! x
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout))]
pub mod lexicon;
pub mod text;
pub mod understand;
