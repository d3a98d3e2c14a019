//! The whole, driven from outside in real browsers: the demo's binary as `cargo xtask test` builds it, Chromium, and agents by HTTP.
//!
//! Nothing here links a crate of the product. What a test knows is what a shopper sees, what an agent sees, and what the
//! contract names: parts, roles, labels, routes. `tests/journeys` has the scenarios.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr, reason = "a test says what is wrong by failing")]

mod axe;
mod browser;
mod chat;
mod console;
mod feed;
mod merchant;
mod page;
mod person;
mod place;
mod plan;
mod scriptless;
mod shop;
mod shopper;
mod target;
mod turn;

pub use axe::Whole;
pub use browser::Look;
pub use chat::Said;
pub use console::ConsolePage;
pub use feed::{Feed, Frame};
pub use merchant::{Merchant, Site};
pub use page::Page;
pub use person::Person;
pub use plan::{LONG_QUESTION, Plan};
pub use shop::Shop;
pub use shopper::Shopper;
pub use target::{Target, button, css, part, role, text};

use std::time::Duration;

/// What must come, comes within this. It is never waited for in full when all is well; a busy machine may need most of it.
pub const SOON: Duration = Duration::from_secs(20);

/// A fresh id for a command.
pub fn fresh_id() -> String {
    uuid::Uuid::new_v4().to_string()
}
