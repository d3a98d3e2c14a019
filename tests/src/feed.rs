//! A stream of server-sent events, collected as it comes.

use futures::StreamExt as _;
use reqwest::Response;
use serde_json::Value;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use crate::SOON;

/// One frame.
#[derive(Debug, Clone)]
pub struct Frame {
    /// Its type.
    pub kind: String,
    /// Its data.
    pub data: Value,
}

/// A stream that is read until it ends or this is dropped.
#[derive(Debug)]
pub struct Feed {
    incoming: mpsc::UnboundedReceiver<Frame>,
    seen: Vec<Frame>,
    reader: JoinHandle<()>,
}

impl Drop for Feed {
    fn drop(&mut self) {
        self.reader.abort();
    }
}

impl Feed {
    pub(crate) fn follow(response: Response) -> Self {
        let (tell, incoming) = mpsc::unbounded_channel();
        let reader = tokio::spawn(async move {
            let mut bytes = response.bytes_stream();
            let mut pending = Vec::new();
            // A server that is killed ends the stream with an error; what came before it came.
            while let Some(Ok(chunk)) = bytes.next().await {
                pending.extend_from_slice(&chunk);
                while let Some(end) = pending.windows(2).position(|pair| pair == b"\n\n") {
                    let frame: Vec<u8> = pending.drain(..end + 2).collect();
                    if let Some(frame) = read(&String::from_utf8_lossy(&frame))
                        && tell.send(frame).is_err()
                    {
                        return;
                    }
                }
            }
        });
        Feed { incoming, seen: Vec::new(), reader }
    }

    /// The first frame from now on, for which this holds.
    pub async fn wait_for(&mut self, what: &str, holds: impl Fn(&Frame) -> bool) -> Frame {
        loop {
            match tokio::time::timeout(SOON, self.incoming.recv()).await {
                Ok(Some(frame)) => {
                    self.seen.push(frame.clone());
                    if holds(&frame) {
                        return frame;
                    }
                }
                Ok(None) => panic!("the stream ended before {what}; it had {:#?}", self.seen),
                Err(_) => panic!("no {what} within {SOON:?}; there was {:#?}", self.seen),
            }
        }
    }

    /// The next frame of a type.
    pub async fn wait(&mut self, kind: &str) -> Frame {
        self.wait_for(kind, |frame| frame.kind == kind).await
    }
}

/// A frame; none for a sign of life.
fn read(frame: &str) -> Option<Frame> {
    let field = |name: &str| frame.lines().find_map(|line| line.strip_prefix(name)).map(str::trim_start);
    Some(Frame { kind: field("event:")?.to_owned(), data: serde_json::from_str(field("data:")?).expect("data is JSON") })
}
