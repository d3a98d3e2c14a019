//! What crosses the wire, and nothing else.
//!
//! Reading order: [`id`] and [`time`] are the atoms; [`message`] is what a message is made of; [`event`] is the list of facts that
//! are stored and streamed; [`passing`] is what is streamed and forgotten; [`view`] is the state of a conversation as its readers see
//! it; [`problem`] is how a refusal is told; [`agent`] is what only agents see.
//!
//! Every type has two faces made by one macro from one definition: serde (feature `serde`: the server and the tests) and a reader
//! over `JSON.parse` (feature `js`: the browser, where serde would cost 40 kB). A test reads the same bytes with both.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod agent;
pub mod event;
pub mod id;
#[cfg(feature = "js")]
pub mod js;
pub mod message;
pub mod passing;
pub mod problem;
pub mod time;
pub mod view;
mod wire;

pub use event::{Author, AuthorKind, Body, Event};
pub use id::{AgentId, CaseCode, ClientId, ConversationId, MessageId, OfferId, PromiseId};
pub use message::{Block, Citation, CitationKind, Inline, OrderCard};
pub use passing::Passing;
pub use problem::{Code, Problem};
pub use time::Timestamp;
pub use view::{Phase, View};
