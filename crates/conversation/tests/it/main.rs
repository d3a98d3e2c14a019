//! The rules, from outside.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, unreachable_pub)]

mod clocks;
mod fold;
mod road;
mod table;
