//! The reader's half, as data: what widget and console know of a conversation, and what they do about gaps and lost networks. The I/O
//! around it is `ui`'s; here every situation can be tested without a browser.

pub mod backoff;
pub mod outbox;
pub mod transcript;

pub use backoff::Backoff;
pub use outbox::{Outbox, Outgoing, SendState, take_out};
pub use transcript::{Followed, Streaming, Transcript};
