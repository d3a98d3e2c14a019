//! x
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout))]
mod lexicon;
mod text;
pub mod understand;
pub mod articles;
mod retrieve;
pub mod records;
pub mod sentences;
#[cfg(test)]
mod probe;
