//! The backend of one machine: one SQLite file, one writer, a few readers.
//!
//! Reading order: `connection` opens the file and refuses a SQLite that loses data; `migrations` brings it up to date; `writer`
//! is the one task that writes, many callers' writes in one commit, and `batch` how
//! it does so quickly; `append` is what a command becomes (`waits` keeps how long people wait); `erase` takes back what was
//! said; `log`, `work`, `lists` and `search` read; `conversations` and `agents` tie them to the traits.

mod agents;
mod append;
mod batch;
mod connection;
mod conversations;
mod erase;
mod lists;
mod log;
mod migrations;
mod rows;
mod search;
#[cfg(test)]
mod tests;
mod tombstone;
mod waits;
mod work;
mod writer;

use std::path::Path;

use sqlx::SqlitePool;
use sqlx::sqlite::SqliteRow;

use crate::{Result, StoreError};
use writer::{Statement, Write, Writer};

/// The store in one file. Clones share it.
///
/// Dropped without [`close`](SqliteStore::close), it loses nothing that was acknowledged: each acknowledged write is on the disk.
#[derive(Debug, Clone)]
pub struct SqliteStore {
    writer: Writer,
    readers: SqlitePool,
}

impl SqliteStore {
    /// Opens the file, or makes it and the folders above it, and brings its tables up to date.
    pub async fn open(path: &Path) -> Result<Self> {
        let mut connection = connection::for_writing(path).await?;
        migrations::run(&mut connection).await?;
        let writer = Writer::start(connection);
        let readers = connection::for_reading(path).await?;
        Ok(SqliteStore { writer, readers })
    }

    /// Commits what is waiting, folds the log file into the database file and closes both. Later calls fail with
    /// [`StoreError::Closed`].
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }

    /// One write of its own kind.
    async fn write<W: Write>(&self, write: W) -> Result<W::Output, W::Error> {
        self.writer.write(write).await
    }

    /// One statement; its rows are what it returns with `RETURNING`.
    async fn execute(&self, statement: Statement) -> Result<Vec<SqliteRow>> {
        self.write(writer::Single::new(statement)).await
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::PoolClosed => StoreError::Closed,
            error => StoreError::Database(error.to_string()),
        }
    }
}
