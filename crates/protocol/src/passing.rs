//! Passing events: streamed to those who listen, never stored, never relied on.

use crate::wire::wire;
use crate::{Author, MessageId};

/// A passing event, read from its SSE type and data.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(untagged))]
pub enum Passing {
    /// An answer begins, or a reader attached in the middle of one.
    AssistantStarted(AssistantStarted),
    /// The next words of it.
    AssistantDelta(AssistantDelta),
    /// It ended; what was said is stored, or there was nothing to say.
    AssistantStopped(AssistantStopped),
    /// The next words of the summary.
    SummaryDelta(SummaryDelta),
    /// Somebody is typing.
    Typing(Typing),
    /// The place in line changed.
    QueuePosition(QueuePosition),
    /// Somebody has read up to a seq.
    Read(Read),
}

wire! {
    /// An answer begins.
    pub struct AssistantStarted {
        /// The message that it will be.
        message_id: MessageId,
        /// What it says so far.
        text_so_far: String,
    }
}

wire! {
    /// The next words of an answer.
    pub struct AssistantDelta {
        /// Of which message.
        message_id: MessageId,
        /// Where they belong, in Unicode scalar values.
        offset: u64,
        /// The words.
        text: String,
    }
}

wire! {
    /// An answer ended.
    pub struct AssistantStopped {
        /// Which.
        message_id: MessageId,
    }
}

wire! {
    /// The next words of the summary.
    pub struct SummaryDelta {
        /// Which field.
        field: String,
        /// The words.
        text: String,
    }
}

wire! {
    /// Somebody is typing.
    pub struct Typing {
        /// Who.
        author: Author,
    }
}

wire! {
    /// The place in line.
    pub struct QueuePosition {
        /// 1 is next.
        position: u32,
    }
    maybe {
        /// Seconds until a person answers.
        expected_wait_s: u32,
    }
}

wire! {
    /// A read mark.
    pub struct Read {
        /// Whose.
        author: Author,
        /// Up to which seq.
        seq: u64,
    }
}

impl Passing {
    /// The SSE type.
    pub const fn type_name(&self) -> &'static str {
        match self {
            Passing::AssistantStarted(_) => "assistant.started",
            Passing::AssistantDelta(_) => "assistant.delta",
            Passing::AssistantStopped(_) => "assistant.stopped",
            Passing::SummaryDelta(_) => "summary.delta",
            Passing::Typing(_) => "typing",
            Passing::QueuePosition(_) => "queue.position",
            Passing::Read(_) => "read",
        }
    }

    /// Reads one by its SSE type; `None` for what this version does not know.
    #[cfg(feature = "js")]
    pub fn read(kind: &str, data: &wasm_bindgen::JsValue) -> Option<Self> {
        use crate::js::FromJs;
        match kind {
            "assistant.started" => FromJs::from_js(data).map(Passing::AssistantStarted),
            "assistant.delta" => FromJs::from_js(data).map(Passing::AssistantDelta),
            "assistant.stopped" => FromJs::from_js(data).map(Passing::AssistantStopped),
            "summary.delta" => FromJs::from_js(data).map(Passing::SummaryDelta),
            "typing" => FromJs::from_js(data).map(Passing::Typing),
            "queue.position" => FromJs::from_js(data).map(Passing::QueuePosition),
            "read" => FromJs::from_js(data).map(Passing::Read),
            _ => None,
        }
    }
}
