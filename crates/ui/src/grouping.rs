//! How the entries of a transcript stand together: a line for each day, and one label for what one author writes in two minutes.

use warmline_protocol::{Author, Body, Event};

/// Messages of one author within so many seconds stand together.
const GROUP_S: i64 = 120;

/// How an entry stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// Which entry.
    pub seq: u64,
    /// It is the first of its day.
    pub new_day: bool,
    /// It is the first of its group: it bears the author's name.
    pub first: bool,
}

impl Row {
    /// What tells it from other rows: an entry that stands differently is built anew.
    pub fn key(&self) -> String {
        crate::joined(&[&crate::digits(self.seq), if self.new_day { "d" } else { "" }, if self.first { "f" } else { "" }])
    }
}

/// How entries stand; `day` is the number of the day on which an entry falls where the reader is.
pub fn rows(entries: &[Event], day: impl Fn(&Event) -> i64) -> Vec<Row> {
    let mut before: Option<(&Event, i64)> = None;
    let mut rows = Vec::new();
    for entry in entries {
        let today = day(entry);
        let new_day = before.is_none_or(|(_, other)| other != today);
        let first = new_day || before.is_none_or(|(other, _)| !together(other, entry));
        before = Some((entry, today));
        rows.push(Row { seq: entry.seq, new_day, first });
    }
    rows
}

fn together(before: &Event, entry: &Event) -> bool {
    is_message(before) && is_message(entry) && same(&before.author, &entry.author) && entry.at.seconds_since(before.at) < GROUP_S
}

fn is_message(entry: &Event) -> bool {
    matches!(entry.body, Body::MessagePosted(_))
}

fn same(one: &Author, other: &Author) -> bool {
    one.kind == other.kind && one.name == other.name
}

#[cfg(test)]
mod tests {
    use super::*;
    use warmline_protocol::event::MessagePosted;
    use warmline_protocol::{AuthorKind, MessageId, Timestamp};

    fn said(seq: u64, kind: AuthorKind, at_s: i64) -> Event {
        let posted = MessagePosted {
            message_id: MessageId(seq.to_string()),
            text: "x".into(),
            client_id: None,
            partial: None,
            via: None,
            answers: None,
            order: None,
            citations: Vec::new(),
            quick_replies: Vec::new(),
            blocks: Vec::new(),
        };
        Event { seq, prev: seq - 1, at: Timestamp(at_s * 1000), author: Author::of(kind), body: posted.into() }
    }

    #[test]
    fn one_author_within_two_minutes_is_one_group_and_each_day_has_a_line() {
        let entries = [
            said(1, AuthorKind::Shopper, 0),
            said(2, AuthorKind::Shopper, 119),
            said(3, AuthorKind::Shopper, 240),
            said(4, AuthorKind::Assistant, 241),
            said(5, AuthorKind::Assistant, 1000),
        ];
        let rows = rows(&entries, |entry| i64::from(entry.seq >= 5));
        let keys: Vec<String> = rows.iter().map(Row::key).collect();
        assert_eq!(keys, ["1df", "2", "3f", "4f", "5df"]);
    }
}
