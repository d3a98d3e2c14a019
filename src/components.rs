//! What is seen, from top to bottom.

pub(crate) mod panel;

pub(crate) mod header;
pub(crate) mod receipt;
pub(crate) mod queue_status;
pub(crate) mod first_screen;
pub(crate) mod lines;
pub(crate) mod quick_replies;
pub(crate) mod offer;
pub(crate) mod summary;
pub(crate) mod solved;
pub(crate) mod resolved;
pub(crate) mod rating;
pub(crate) mod trouble;
pub(crate) mod talk_to_person;
pub(crate) mod guard;
