//! Writes events as server-sent frames.

use bytes::{BufMut as _, Bytes, BytesMut};
use serde::Serialize;
use warmline_protocol::{Body, Event, Passing};

use crate::markdown;

/// Shows life.
pub const HEARTBEAT: Bytes = Bytes::from_static(b": still here\n\n");

/// An event as its readers get it: with its text as blocks.
pub fn dressed(mut event: Event) -> Event {
    if let Body::MessagePosted(posted) = &mut event.body {
        posted.blocks = markdown::blocks(&posted.text, event.author.kind);
    }
    event
}

/// The same for a list.
pub fn dressed_all(events: Vec<Event>) -> Vec<Event> {
    events.into_iter().map(dressed).collect()
}

/// The same for agents, who see every event: the one before is the one before.
pub fn dressed_for_agent(event: Event) -> Event {
    let event = dressed(event);
    Event { prev: event.seq - 1, ..event }
}

/// A stored event, with its id.
pub fn stored(event: &Event) -> Bytes {
    write(Some(event.seq), event.body.type_name(), event)
}

/// A passing event, without one.
pub fn passing(passing: &Passing) -> Bytes {
    write(None, passing.type_name(), passing)
}

/// A frame of any kind.
pub fn write(id: Option<u64>, kind: &str, data: &impl Serialize) -> Bytes {
    let mut frame = BytesMut::with_capacity(256);
    if let Some(id) = id {
        frame.extend_from_slice(b"id: ");
        frame.extend_from_slice(id.to_string().as_bytes());
        frame.put_u8(b'\n');
    }
    frame.extend_from_slice(b"event: ");
    frame.extend_from_slice(kind.as_bytes());
    frame.extend_from_slice(b"\ndata: ");
    // JSON as serde writes it has no line breaks: one data line is enough. Our own types always serialise.
    frame.extend_from_slice(&serde_json::to_vec(data).unwrap_or_default());
    frame.extend_from_slice(b"\n\n");
    frame.freeze()
}
