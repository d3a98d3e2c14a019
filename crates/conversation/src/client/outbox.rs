//! Messages on their way: sent in order, one at a time, until each is acknowledged; kept over a reload by whoever stores it.

use warmline_protocol::ClientId;

/// Where a message stands, in words that a shopper can be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SendState {
    /// Waits for its turn, the network or the server.
    Sending,
    /// Refused for good: with the problem's code; the shopper may change it or try again.
    Refused(String),
}

/// A message that the server has not acknowledged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// The id that makes a resend harmless.
    pub client_id: ClientId,
    /// Its text.
    pub text: String,
    /// Where it stands.
    pub state: SendState,
}

/// Messages in the order in which they were written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outbox {
    waiting: Vec<Outgoing>,
}

impl Outbox {
    /// One that was kept over a reload.
    pub fn restored(waiting: Vec<Outgoing>) -> Self {
        Outbox { waiting }
    }

    /// All that are not acknowledged, in order.
    pub fn waiting(&self) -> &[Outgoing] {
        &self.waiting
    }

    /// Adds a message.
    pub fn write(&mut self, client_id: ClientId, text: String) {
        self.waiting.push(Outgoing { client_id, text, state: SendState::Sending });
    }

    /// The next to send: the first that was not refused.
    pub fn next(&self) -> Option<&Outgoing> {
        self.waiting.iter().find(|message| message.state == SendState::Sending)
    }

    /// Acknowledged, or seen in the stream: it is the log's now.
    pub fn acknowledged(&mut self, client_id: &ClientId) -> bool {
        take_out(&mut self.waiting, client_id)
    }

    /// Refused for good.
    pub fn refused(&mut self, client_id: &ClientId, code: &str) {
        for message in self.waiting.iter_mut().filter(|message| message.client_id == *client_id) {
            message.state = SendState::Refused(code.to_owned());
        }
    }

    /// The shopper tries again.
    pub fn again(&mut self, client_id: &ClientId) {
        for message in self.waiting.iter_mut().filter(|message| message.client_id == *client_id) {
            message.state = SendState::Sending;
        }
    }
}

/// Takes a message out of a list; whether it was in it.
pub fn take_out(messages: &mut Vec<Outgoing>, client_id: &ClientId) -> bool {
    let place = messages.iter().position(|message| message.client_id == *client_id);
    if let Some(place) = place {
        messages.remove(place);
    }
    place.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(name: &str) -> ClientId {
        ClientId(name.into())
    }

    #[test]
    fn messages_go_in_order_and_a_refused_one_does_not_block_the_next() {
        let mut outbox = Outbox::default();
        outbox.write(id("a"), "one".into());
        outbox.write(id("b"), "two".into());
        assert_eq!(outbox.next().map(|next| next.text.as_str()), Some("one"));
        outbox.refused(&id("a"), "text_too_long");
        assert_eq!(outbox.next().map(|next| next.text.as_str()), Some("two"));
        assert!(outbox.acknowledged(&id("b")));
        assert!(!outbox.acknowledged(&id("b")));
        outbox.again(&id("a"));
        assert_eq!(outbox.next().map(|next| next.text.as_str()), Some("one"));
    }
}
