//! The supervisor's API, a file per resource: who waits now, what changes, and what became of it all.

pub mod events;
pub mod overview;
pub mod report;
