//! Whose turn it is in a conversation of one's own: what came last, since when the shopper waits for an answer, what was not read.

use warmline_protocol::{AuthorKind, Body, Event, Timestamp};

/// How it stands between shopper and agent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// Since when the shopper waits for an answer; none when the agent wrote last.
    pub waits_since: Option<Timestamp>,
    /// When anybody last wrote.
    pub at: Timestamp,
    /// How many messages of the shopper's the agent has not read.
    pub unread: u32,
    /// The last words.
    pub snippet: String,
}

/// Snippets are cut by the style; this keeps a long message out of the page.
const SNIPPET: usize = 140;

impl Turn {
    /// Reads it out of a transcript's entries; `read` is the agent's read mark.
    pub fn of(entries: &[Event], read: u64) -> Self {
        let messages = || {
            entries.iter().rev().filter_map(|entry| match &entry.body {
                Body::MessagePosted(posted) => Some((entry, posted)),
                _ => None,
            })
        };
        let from_shopper = |entry: &Event| entry.author.kind == AuthorKind::Shopper;
        // Since the agent's last word. What the assistant says does not answer for a person.
        let unanswered =
            messages().take_while(|(entry, _)| entry.author.kind != AuthorKind::Agent).filter(|(entry, _)| from_shopper(entry));
        let joined = entries.iter().rev().find(|entry| matches!(entry.body, Body::AgentJoined(_))).map(|entry| entry.at);
        let mut first = None;
        for (entry, _) in unanswered {
            first = Some(entry.at);
        }
        let answered = messages().any(|(entry, _)| entry.author.kind == AuthorKind::Agent);
        let last = messages().next();
        Turn {
            // Before the agent's first word the wait is counted from when they joined: what went before was the line's.
            waits_since: if answered { first } else { joined.or(first) },
            at: entries.last().map_or(Timestamp(0), |entry| entry.at),
            unread: u32::try_from(messages().take_while(|(entry, _)| entry.seq > read).filter(|(entry, _)| from_shopper(entry)).count())
                .unwrap_or(u32::MAX),
            snippet: last.map(|(_, posted)| posted.text.chars().take(SNIPPET).collect()).unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use warmline_protocol::event::{AgentJoined, MessagePosted};
    use warmline_protocol::{AgentId, Author, MessageId};

    fn said(seq: u64, kind: AuthorKind) -> Event {
        let posted = MessagePosted {
            message_id: MessageId(seq.to_string()),
            text: format!("words {seq}"),
            client_id: None,
            partial: None,
            via: None,
            answers: None,
            order: None,
            citations: Vec::new(),
            quick_replies: Vec::new(),
            blocks: Vec::new(),
        };
        Event { seq, prev: seq - 1, at: Timestamp(seq as i64 * 1000), author: Author::of(kind), body: posted.into() }
    }

    fn joined(seq: u64) -> Event {
        let body = AgentJoined { agent_id: AgentId("a".into()), name: "Ada".into() };
        Event { seq, prev: seq - 1, at: Timestamp(seq as i64 * 1000), author: Author::agent("Ada"), body: body.into() }
    }

    #[test]
    fn before_the_first_word_the_wait_counts_from_joining() {
        let turn = Turn::of(&[said(1, AuthorKind::Shopper), said(2, AuthorKind::Assistant), joined(5)], 0);
        assert_eq!(turn.waits_since, Some(Timestamp(5000)));
        assert_eq!((turn.unread, turn.snippet.as_str()), (1, "words 2"));
    }

    #[test]
    fn after_an_answer_nobody_waits_until_the_shopper_writes_again() {
        let mut entries = vec![said(1, AuthorKind::Shopper), joined(2), said(3, AuthorKind::Agent)];
        assert_eq!(Turn::of(&entries, 3).waits_since, None);
        entries.extend([said(4, AuthorKind::Shopper), said(6, AuthorKind::Shopper)]);
        let turn = Turn::of(&entries, 4);
        assert_eq!(turn.waits_since, Some(Timestamp(4000)), "the first of what is unanswered");
        assert_eq!((turn.unread, turn.at), (1, Timestamp(6000)));
    }

    #[test]
    fn an_empty_conversation_waits_for_nobody() {
        assert_eq!(Turn::of(&[], 0), Turn { waits_since: None, at: Timestamp(0), unread: 0, snippet: String::new() });
    }
}
