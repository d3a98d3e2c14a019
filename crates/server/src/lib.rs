//! Warmline's server.
//!
//! Reading order: [`config`] is what a merchant sets; [`app`] is what every part shares; [`router`] has every route on one page;
//! [`shopper`], [`agent`] and [`supervisor`] hold a file per resource; [`conversations`] takes a command through rules, log and bus;
//! [`stream`] frames what readers follow; [`bus`] wakes them; [`worker`] does what is owed, one job a file; [`problem`] is the one
//! place that turns a refusal into a status.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod agent;
pub mod app;
pub mod assets;
pub mod auth;
pub mod body;
pub mod bus;
pub mod cli;
pub mod config;
pub mod conversations;
pub mod demo;
pub mod hosted;
pub mod hours;
pub mod limits;
pub mod markdown;
pub mod openapi;
pub mod outlook;
pub mod presence;
pub mod problem;
pub mod router;
pub mod serve;
pub mod shopper;
pub mod stream;
pub mod supervisor;
pub mod system;
pub mod theme;
pub mod turns;
pub mod verified;
pub mod worker;
