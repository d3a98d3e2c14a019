//! Reads rows. JSON has a version beside it: an older one is lifted here, a newer one is refused.

use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;
use warmline_conversation::State;
use warmline_protocol::{Author, AuthorKind, Body, ConversationId, Event, Timestamp};

use crate::{Receipt, Result, StoreError, TokenHash};

/// The version of an event's body as it is written now.
pub(super) const BODY_VERSION: i64 = 1;

/// The version of a state as it is written now.
pub(super) const STATE_VERSION: i64 = 1;

/// The columns that [`event`] reads.
macro_rules! event_columns {
    () => {
        "seq, prev, at, author_kind, author_name, version, body"
    };
}
pub(super) use event_columns;

/// Reads an event, its columns in the order of [`event_columns`].
pub(super) fn event(row: &SqliteRow) -> Result<Event> {
    let kind: &str = row.try_get("author_kind")?;
    let kind = AuthorKind::from_word(kind).ok_or_else(|| unreadable("event", format!("an author of kind {kind}")))?;
    check_version("event", row.try_get("version")?, BODY_VERSION)?;
    Ok(Event {
        seq: count(row, "seq")?,
        prev: count(row, "prev")?,
        at: Timestamp(row.try_get("at")?),
        author: Author { kind, name: row.try_get("author_name")? },
        body: body(row.try_get("body")?)?,
    })
}

/// Reads an event's body; a type of a newer server is `Body::Unknown`.
pub(super) fn body(json: &str) -> Result<Body> {
    serde_json::from_str(json).map_err(|error| unreadable("event", error))
}

/// Reads a state, of columns `state_version` and `state`.
pub(super) fn state(row: &SqliteRow) -> Result<State> {
    check_version("state", row.try_get("state_version")?, STATE_VERSION)?;
    serde_json::from_str(row.try_get("state")?).map_err(|error| unreadable("state", error))
}

/// Reads a receipt, of columns `client_id`, `fingerprint` and `answer`.
pub(super) fn receipt(row: &SqliteRow) -> Result<Receipt> {
    Ok(Receipt {
        client_id: warmline_protocol::ClientId(row.try_get("client_id")?),
        fingerprint: hash(row, "fingerprint")?,
        answer: row.try_get("answer")?,
    })
}

/// Reads a hash.
pub(super) fn hash(row: &SqliteRow, column: &str) -> Result<TokenHash> {
    let bytes: &[u8] = row.try_get(column)?;
    bytes.try_into().map_err(|_| unreadable("hash", format!("{} bytes", bytes.len())))
}

/// Reads a conversation's id.
pub(super) fn conversation(row: &SqliteRow, column: &str) -> Result<ConversationId> {
    Ok(ConversationId(row.try_get(column)?))
}

/// Reads a number that is never negative.
pub(super) fn count(row: &SqliteRow, column: &str) -> Result<u64> {
    let number: i64 = row.try_get(column)?;
    u64::try_from(number).map_err(|_| unreadable("number", number))
}

/// A number for SQLite, which has none above 2⁶³: those stand for "no end".
pub(super) fn stored(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// JSON of our own types, which cannot fail but for a bug in them.
pub(super) fn json<T: serde::Serialize>(what: &'static str, value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|error| unreadable(what, error))
}

pub(super) fn unreadable(what: &'static str, why: impl ToString) -> StoreError {
    StoreError::Unreadable { what, why: why.to_string() }
}

fn check_version(what: &'static str, found: i64, known: i64) -> Result<()> {
    if found == known {
        return Ok(());
    }
    Err(unreadable(what, format!("it has version {found}, and {known} is known")))
}
