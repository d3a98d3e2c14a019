//! Reads the log: of one conversation, or whole.

use sqlx::Row as _;
use warmline_conversation::client::transcript::is_entry;
use warmline_protocol::{Body, ConversationId, Event, Timestamp};

use super::SqliteStore;
use super::rows::{self, event_columns, stored};
use crate::{Entries, LogEntry, Result};

impl SqliteStore {
    pub(super) async fn read_events(&self, conversation: &ConversationId, after: u64, limit: u32) -> Result<Vec<Event>> {
        let statement =
            sqlx::query(concat!("SELECT ", event_columns!(), " FROM events WHERE conversation = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3"));
        let rows = statement.bind(conversation.as_str()).bind(stored(after)).bind(limit).fetch_all(&self.readers).await?;
        rows.iter().map(rows::event).collect()
    }

    pub(super) async fn read_entries(&self, conversation: &ConversationId, before: u64, limit: u32, inside: bool) -> Result<Entries> {
        // One statement, so that the page and its bounds are of one moment. A page with nothing older begins at the beginning, or a
        // notice before the first message would be on no page.
        let statement = sqlx::query(concat!(
            "WITH messages AS (SELECT seq FROM events WHERE conversation = ?1 AND type = 'message.posted' AND seq < ?2),
                  page AS (SELECT (SELECT seq FROM messages ORDER BY seq DESC LIMIT 1 OFFSET ?3 - 1) AS first,
                                  (SELECT seq FROM messages ORDER BY seq DESC LIMIT 1 OFFSET ?3) AS older)
             SELECT page.older IS NOT NULL AS more, ",
            event_columns!(),
            " FROM page, events
             WHERE conversation = ?1 AND seq < ?2 AND seq >= iif(page.older IS NULL, 0, page.first) ORDER BY seq"
        ));
        let rows = statement.bind(conversation.as_str()).bind(stored(before)).bind(limit.max(1)).fetch_all(&self.readers).await?;
        let mut entries = Entries::default();
        if let Some(row) = rows.first() {
            entries.more = row.try_get("more")?;
        }
        for event in rows.iter().map(rows::event) {
            let event = event?;
            if matches!(event.body, Body::MessagePosted(_)) {
                entries.messages.push(event);
            } else if is_entry(&event.body) && (inside || event.body.shopper_sees()) {
                entries.notices.push(event);
            }
        }
        Ok(entries)
    }

    pub(super) async fn read_log(&self, after: u64, limit: u32) -> Result<Vec<LogEntry>> {
        let statement = sqlx::query(concat!(
            "SELECT position, conversation, ",
            event_columns!(),
            " FROM events WHERE position > ?1 ORDER BY position LIMIT ?2"
        ));
        let rows = statement.bind(stored(after)).bind(limit).fetch_all(&self.readers).await?;
        rows.iter().map(log_entry).collect()
    }

    pub(super) async fn read_log_between(
        &self,
        merchant: &str,
        from: Timestamp,
        to: Timestamp,
        after: u64,
        limit: u32,
    ) -> Result<Vec<LogEntry>> {
        let statement = sqlx::query(concat!(
            "SELECT position, conversation, ",
            event_columns!(),
            " FROM events WHERE merchant = ?1 AND position > ?2 AND at >= ?3 AND at < ?4 ORDER BY position LIMIT ?5"
        ));
        let rows = statement.bind(merchant).bind(stored(after)).bind(from.0).bind(to.0).bind(limit).fetch_all(&self.readers).await?;
        rows.iter().map(log_entry).collect()
    }

    pub(super) async fn read_position(&self) -> Result<u64> {
        let row = sqlx::query("SELECT coalesce(max(position), 0) AS position FROM events").fetch_one(&self.readers).await?;
        rows::count(&row, "position")
    }
}

fn log_entry(row: &sqlx::sqlite::SqliteRow) -> Result<LogEntry> {
    Ok(LogEntry {
        position: rows::count(row, "position")?,
        conversation: rows::conversation(row, "conversation")?,
        event: rows::event(row)?,
    })
}
