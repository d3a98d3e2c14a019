//! The agent's API, a file per resource.

pub mod command;
pub mod conversations;
pub mod login;
pub mod offers;
pub mod shift;
pub mod signs;
pub mod suggestion;
pub mod write;
