//! Erases what was said. The numbers stay, and one event is added, so that an append decided before it conflicts instead of bringing
//! back what is gone, and a reader of the log sees that something happened.

use sqlx::{Row as _, SqliteConnection};
use warmline_conversation::State;
use warmline_protocol::{Author, AuthorKind, Body, ConversationId, Event, Timestamp};

use super::batch::Batch;
use super::rows::{self, event_columns, stored};
use super::tombstone;
use super::writer::Write;
use crate::{Result, StoreError};

/// The type of the event that says so. Readers know it as `Body::Unknown`: kept in the log, shown to nobody.
const ERASED: &str = "conversation.erased";

/// Erases a conversation; one that is erased, or that there is not, is left as it is.
pub(super) struct Erase {
    pub(super) conversation: ConversationId,
    pub(super) now: Timestamp,
}

impl Write for Erase {
    type Output = ();
    type Error = StoreError;
    const EMPTIES_LOG: bool = true;

    async fn run(&mut self, connection: &mut SqliteConnection) -> Result<()> {
        let found = sqlx::query("SELECT merchant FROM conversations WHERE id = ?1 AND erased_at IS NULL");
        let Some(row) = found.bind(self.conversation.as_str()).fetch_optional(&mut *connection).await? else { return Ok(()) };
        let merchant: String = row.try_get("merchant")?;
        let (mut state, tombstones) = self.bury_events(connection).await?;
        let erased = Event {
            seq: state.seq + 1,
            prev: state.shopper_seq,
            at: self.now,
            author: Author::of(AuthorKind::System),
            body: Body::Unknown,
        };
        state.apply(&erased);
        let mut batch = Batch::new();
        self.forget_around(&mut batch);
        batch.add("UPDATE events SET body = tombstone.value ->> 1 FROM json_each(?) AS tombstone WHERE position = tombstone.value ->> 0");
        batch.bind(rows::json("event", &tombstones)?);
        self.put_erased(&erased, &merchant, &mut batch)?;
        self.put_state(&state, &mut batch)?;
        batch.run(connection).await?;
        Ok(())
    }
}

impl Erase {
    /// Tokens, receipts (an answer may repeat what was said), what is owed, a wait that goes on, and the words to search by.
    fn forget_around(&self, batch: &mut Batch) {
        for statement in [
            "DELETE FROM words WHERE rowid IN (SELECT position FROM events WHERE conversation = ?)",
            "DELETE FROM tokens WHERE conversation = ?",
            "DELETE FROM openings WHERE conversation = ?",
            "DELETE FROM receipts WHERE conversation = ?",
            "DELETE FROM work WHERE conversation = ?",
            "DELETE FROM waits WHERE conversation = ? AND answered_at IS NULL",
        ] {
            batch.add(statement).bind(self.conversation.as_str());
        }
    }

    /// Makes each payload's tombstone, by position; and the state that they lead to.
    async fn bury_events(&self, connection: &mut SqliteConnection) -> Result<(State, Vec<(i64, String)>)> {
        let events = sqlx::query(concat!("SELECT position, type, ", event_columns!(), " FROM events WHERE conversation = ?1 ORDER BY seq"));
        let mut state = State::new();
        let mut tombstones = Vec::new();
        for row in events.bind(self.conversation.as_str()).fetch_all(connection).await? {
            let mut event = rows::event(&row)?;
            event.body = tombstone::of(event.body);
            state.apply(&event);
            let body = match &event.body {
                Body::Unknown => typed(row.try_get("type")?)?,
                body => rows::json("event", body)?,
            };
            tombstones.push((row.try_get("position")?, body));
        }
        Ok((state, tombstones))
    }

    fn put_erased(&self, erased: &Event, merchant: &str, batch: &mut Batch) -> Result<()> {
        batch
            .add(
                "INSERT INTO events (conversation, merchant, seq, prev, at, type, author_kind, version, body)
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            )
            .bind(self.conversation.as_str())
            .bind(merchant)
            .bind(stored(erased.seq))
            .bind(stored(erased.prev))
            .bind(erased.at.0)
            .bind(ERASED)
            .bind(erased.author.kind.word())
            .bind(rows::BODY_VERSION)
            .bind(typed(ERASED)?);
        Ok(())
    }

    fn put_state(&self, state: &State, batch: &mut Batch) -> Result<()> {
        batch
            .add(
                "UPDATE conversations SET seq = ?, owner = NULL, offered_to = NULL, sub = NULL, waiting_since = NULL, snippet = '',
                                          updated_at = ?, erased_at = ?, state_version = ?, state = ?
                 WHERE id = ?",
            )
            .bind(stored(state.seq))
            .bind(self.now.0)
            .bind(self.now.0)
            .bind(rows::STATE_VERSION)
            .bind(rows::json("state", state)?)
            .bind(self.conversation.as_str());
        Ok(())
    }
}

/// An event's body with nothing but its type.
fn typed(name: &str) -> Result<String> {
    rows::json("event", &serde_json::json!({ "type": name }))
}
