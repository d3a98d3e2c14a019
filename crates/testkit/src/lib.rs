//! For tests of the whole server: [`TestShop`] is the demo's shop on a free loopback port over data of its own, in this process or as a
//! child that can be killed; [`Shopper`] and [`Agent`] call it as a browser would; [`Events`] collects a stream and waits for what must come.
//!
//! Nothing here sleeps: a test waits for an event, and fails with all that came when it does not come.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test says what failed by failing")]

mod agent;
mod events;
mod http;
mod shop;
mod shopper;

pub use agent::Agent;
pub use events::{Events, Frame, SOON};
pub use http::{Http, Reply, fresh_id};
pub use shop::TestShop;
pub use shopper::Shopper;
