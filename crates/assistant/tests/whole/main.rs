//! The assistant as a whole: questions over the demo shop, turns of a conversation, the order API over HTTP, a model on loopback.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod articles;
mod model;
mod records;
mod support;
mod turns;
