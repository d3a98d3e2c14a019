//! Opens the file: how durable, how patient, and with which SQLite.

use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, SqliteConnection, SqlitePool};

use crate::{Result, StoreError};

/// The first release without the WAL-reset bug, by which a checkpoint at the wrong moment loses commits.
const OLDEST_SAFE: (u32, u32, u32) = (3, 51, 3);

/// How long a statement waits for another process's lock: an export or a backup.
const PATIENCE: Duration = Duration::from_secs(5);

/// Readers at once. Each has a thread; reads are short.
const READERS: u32 = 4;

/// How long a read waits for a reader to be free before it fails.
const READER_PATIENCE: Duration = Duration::from_secs(10);

/// The one connection that writes.
pub(super) async fn for_writing(path: &Path) -> Result<SqliteConnection> {
    if let Some(folder) = path.parent() {
        let made = tokio::fs::create_dir_all(folder).await;
        made.map_err(|error| StoreError::Database(format!("the folder {} cannot be made: {error}", folder.display())))?;
    }
    let options = options(path)
        .create_if_missing(true)
        // What is deleted is overwritten, since it may be what a shopper asked to be erased.
        .pragma("secure_delete", "ON");
    let opened = options.connect().await;
    let mut connection = opened.map_err(|error| StoreError::Database(format!("{} cannot be opened: {error}", path.display())))?;
    let version: String = sqlx::query_scalar("SELECT sqlite_version()").fetch_one(&mut connection).await?;
    check_version(&version)?;
    Ok(connection)
}

/// The connections that read, and can do nothing else.
pub(super) async fn for_reading(path: &Path) -> Result<SqlitePool> {
    let options = options(path).pragma("query_only", "ON");
    let pool = SqlitePoolOptions::new().max_connections(READERS).min_connections(1).acquire_timeout(READER_PATIENCE);
    Ok(pool.connect_with(options).await?)
}

fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(PATIENCE)
        .disable_statement_logging()
}

fn check_version(version: &str) -> Result<()> {
    let mut parts = version.split('.').map(|part| part.parse().unwrap_or(0));
    let mut next = || parts.next().unwrap_or(0);
    if (next(), next(), next()) >= OLDEST_SAFE {
        return Ok(());
    }
    let (major, minor, patch) = OLDEST_SAFE;
    Err(StoreError::Database(format!(
        "this build has SQLite {version}, which can lose committed data in WAL mode; {major}.{minor}.{patch} or newer is needed"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sqlite_that_loses_commits_is_refused() {
        for safe in ["3.51.3", "3.52.0", "4.0"] {
            assert!(check_version(safe).is_ok(), "{safe}");
        }
        for lossy in ["3.51.2", "3.45.1", "2.9.9", "unknown"] {
            let error = check_version(lossy).unwrap_err().to_string();
            assert!(error.contains(lossy) && error.contains("3.51.3"), "{error}");
        }
    }
}
