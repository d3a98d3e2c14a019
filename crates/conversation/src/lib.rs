//! The rules of a conversation: what may happen in which state, and what follows. No I/O, no clock: `now` is an argument.
//!
//! Reading order: [`state`] is what is known; [`apply`] moves it by one event; [`command`] is what may be asked for; [`decide`] answers
//! a command with events or a refusal, one file for each who commands; [`clock`] says what is due when; [`queue`] orders who waits and
//! who can take them; [`wait`] says how long it takes; [`client`] is the reader's half: the transcript, gaps, the outbox and its backoff.
//!
//! The same [`apply::apply_to_view`] runs in server, widget and console: old state and new events give what a fresh load gives, and a
//! property test says so.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod apply;
pub mod client;
pub mod clock;
pub mod command;
pub mod decide;
pub mod queue;
pub mod state;
pub mod wait;

pub use command::{Command, Facts};
pub use decide::{Decision, NewEvent, decide};
pub use state::State;
