//! The shopper's API, a file per resource.

pub mod command;
pub mod handoff;
pub mod identify;
pub mod messages;
pub mod open;
pub mod reset;
pub mod resolution;
pub mod signs;
pub mod snapshot;
pub mod transcript;
pub mod widget;
