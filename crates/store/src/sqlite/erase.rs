//! Erases what was said. The numbers stay, and one event is added, so that an append decided before it conflicts instead of bringing
//! back what is gone, and a reader of the log sees that something happened.

use sqlx::{Row as _, SqliteConnection};
use warmline_conversation::State;
use warmline_protocol::{Author, AuthorKind, Body, ConversationId, Event, Timestamp};

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
        self.forget_around(connection).await?;
        let mut state = self.bury_events(connection).await?;
        let erased = Event {
            seq: state.seq + 1,
            prev: state.shopper_seq,
            at: self.now,
            author: Author::of(AuthorKind::System),
            body: Body::Unknown,
        };
        state.apply(&erased);
        self.put_erased(&erased, &merchant, connection).await?;
        self.put_state(&state, connection).await
    }
}

impl Erase {
    /// Tokens, receipts (an answer may repeat what was said), what is owed, a wait that goes on, and the words to search by.
    async fn forget_around(&self, connection: &mut SqliteConnection) -> Result<()> {
        for statement in [
            "DELETE FROM words WHERE rowid IN (SELECT position FROM events WHERE conversation = ?1)",
            "DELETE FROM tokens WHERE conversation = ?1",
            "DELETE FROM openings WHERE conversation = ?1",
            "DELETE FROM receipts WHERE conversation = ?1",
            "DELETE FROM work WHERE conversation = ?1",
            "DELETE FROM waits WHERE conversation = ?1 AND answered_at IS NULL",
        ] {
            sqlx::query(statement).bind(self.conversation.as_str()).execute(&mut *connection).await?;
        }
        Ok(())
    }

    /// Replaces each payload by its tombstone; gives the state that they lead to.
    async fn bury_events(&self, connection: &mut SqliteConnection) -> Result<State> {
        let events = sqlx::query(concat!(
            "SELECT position, type, ",
            event_columns!(),
            " FROM events WHERE conversation = ?1 ORDER BY seq"
        ));
        let mut state = State::new();
        for row in events.bind(self.conversation.as_str()).fetch_all(&mut *connection).await? {
            let mut event = rows::event(&row)?;
            event.body = tombstone::of(event.body);
            state.apply(&event);
            let body = match &event.body {
                Body::Unknown => typed(row.try_get("type")?)?,
                body => rows::json("event", body)?,
            };
            let statement = sqlx::query("UPDATE events SET body = ?2 WHERE position = ?1");
            statement.bind(row.try_get::<i64, _>("position")?).bind(body).execute(&mut *connection).await?;
        }
        Ok(state)
    }

    async fn put_erased(&self, erased: &Event, merchant: &str, connection: &mut SqliteConnection) -> Result<()> {
        let statement = sqlx::query(
            "INSERT INTO events (conversation, merchant, seq, prev, at, type, author_kind, version, body)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        );
        statement
            .bind(self.conversation.as_str())
            .bind(merchant)
            .bind(stored(erased.seq))
            .bind(stored(erased.prev))
            .bind(erased.at.0)
            .bind(ERASED)
            .bind(erased.author.kind.word())
            .bind(rows::BODY_VERSION)
            .bind(typed(ERASED)?)
            .execute(connection)
            .await?;
        Ok(())
    }

    async fn put_state(&self, state: &State, connection: &mut SqliteConnection) -> Result<()> {
        let statement = sqlx::query(
            "UPDATE conversations SET seq = ?2, owner = NULL, offered_to = NULL, sub = NULL, waiting_since = NULL, snippet = '',
                                      updated_at = ?3, erased_at = ?3, state_version = ?4, state = ?5
             WHERE id = ?1",
        );
        statement
            .bind(self.conversation.as_str())
            .bind(stored(state.seq))
            .bind(self.now.0)
            .bind(rows::STATE_VERSION)
            .bind(rows::json("state", state)?)
            .execute(connection)
            .await?;
        Ok(())
    }
}

/// An event's body with nothing but its type.
fn typed(name: &str) -> Result<String> {
    rows::json("event", &serde_json::json!({ "type": name }))
}
