//! A stream of server-sent events, collected as it comes.

use std::time::Duration;

use futures::StreamExt as _;
use reqwest::Response;
use serde_json::Value;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

/// What must come, comes within this; it is never waited for in full when all is well.
pub const SOON: Duration = Duration::from_secs(20);

/// One frame.
#[derive(Debug, Clone, PartialEq)]
pub struct Frame {
    /// The id of a stored event.
    pub id: Option<u64>,
    /// Its type; `comment` for a sign of life.
    pub kind: String,
    /// Its data.
    pub data: Value,
}

impl Frame {
    /// Whether it is a message by an author of this kind.
    pub fn is_message_by(&self, author: &str) -> bool {
        self.kind == "message.posted" && self.data["author"]["kind"] == author
    }
}

/// A stream that is read until it ends or this is dropped.
#[derive(Debug)]
pub struct Events {
    incoming: mpsc::UnboundedReceiver<Frame>,
    /// All that came so far and was looked at.
    pub seen: Vec<Frame>,
    reader: JoinHandle<()>,
}

impl Drop for Events {
    fn drop(&mut self) {
        self.reader.abort();
    }
}

impl Events {
    pub(crate) fn follow(response: Response) -> Self {
        let (tell, incoming) = mpsc::unbounded_channel();
        let reader = tokio::spawn(async move {
            let mut bytes = response.bytes_stream();
            let mut pending = String::new();
            let mut raw = Vec::new();
            // A server that is killed ends the stream with an error; what came before it came.
            while let Some(Ok(chunk)) = bytes.next().await {
                raw.extend_from_slice(&chunk);
                let whole = std::str::from_utf8(&raw).map_or_else(|error| error.valid_up_to(), str::len);
                let rest = raw.split_off(whole);
                pending.push_str(std::str::from_utf8(&raw).unwrap());
                raw = rest;
                while let Some(end) = pending.find("\n\n") {
                    let frame: String = pending.drain(..end + 2).collect();
                    if tell.send(read(&frame)).is_err() {
                        return;
                    }
                }
            }
        });
        Events { incoming, seen: Vec::new(), reader }
    }

    /// The next frame; none when the stream ended.
    pub async fn next(&mut self) -> Option<Frame> {
        let frame = self.incoming.recv().await?;
        self.seen.push(frame.clone());
        Some(frame)
    }

    /// The first frame, of those that came and those that come, for which this holds.
    pub async fn wait_for(&mut self, what: &str, holds: impl Fn(&Frame) -> bool) -> Frame {
        self.wait_from(0, what, holds).await.1
    }

    /// The same of the frames from a place in `seen` on; gives the place, too.
    pub async fn wait_from(&mut self, mut place: usize, what: &str, holds: impl Fn(&Frame) -> bool) -> (usize, Frame) {
        loop {
            while let Some(frame) = self.seen.get(place) {
                if holds(frame) {
                    return (place, frame.clone());
                }
                place += 1;
            }
            match tokio::time::timeout(SOON, self.next()).await {
                Ok(Some(_)) => {}
                Ok(None) => panic!("the stream ended before {what}; it had {:#?}", self.seen),
                Err(_) => panic!("no {what} within {SOON:?}; there was {:#?}", self.seen),
            }
        }
    }

    /// The first frame of a type.
    pub async fn wait(&mut self, kind: &str) -> Frame {
        self.wait_for(kind, |frame| frame.kind == kind).await
    }

    /// All frames until the stream ends: the server stopped.
    pub async fn until_the_end(&mut self) -> &[Frame] {
        while let Ok(Some(_)) = tokio::time::timeout(SOON, self.next()).await {}
        &self.seen
    }

    /// The stored events that came so far, in order.
    pub fn stored(&self) -> Vec<&Frame> {
        self.seen.iter().filter(|frame| frame.id.is_some()).collect()
    }
}

fn read(frame: &str) -> Frame {
    let field = |name: &str| frame.lines().find_map(|line| line.strip_prefix(name)).map(str::trim_start);
    Frame {
        id: field("id:").map(|id| id.parse().expect("an id is a number")),
        kind: field("event:").unwrap_or("comment").to_owned(),
        data: field("data:").map_or(Value::Null, |data| serde_json::from_str(data).expect("data is JSON")),
    }
}
