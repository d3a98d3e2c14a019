//! The server driven from outside, as shoppers, agents and supervisors call it: a file per story.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test says what failed by failing")]

mod asks;
mod figures;
mod kills;
mod person;
mod races;
mod refusals;
mod resends;
