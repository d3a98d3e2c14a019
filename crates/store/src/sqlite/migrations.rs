//! Brings the tables up to date, each step once and whole. Steps are never changed after a release; a change is a new step.

use sqlx::SqliteConnection;

use crate::{Result, StoreError};

/// The steps, in order; the first is version 1.
const STEPS: &[&str] = &[include_str!("../../migrations/sqlite/0001_the_log.sql"), include_str!("../../migrations/sqlite/0002_people.sql")];

/// Runs the steps that this file has not seen.
pub(super) async fn run(connection: &mut SqliteConnection) -> Result<()> {
    // The lock comes first, so that of two processes that start at once the second finds the work done.
    sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut *connection).await?;
    match steps(connection).await {
        Ok(()) => {
            sqlx::raw_sql("COMMIT").execute(connection).await?;
            Ok(())
        }
        Err(error) => {
            sqlx::raw_sql("ROLLBACK").execute(connection).await?;
            Err(error)
        }
    }
}

async fn steps(connection: &mut SqliteConnection) -> Result<()> {
    sqlx::raw_sql("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY) STRICT").execute(&mut *connection).await?;
    let last: Option<i64> = sqlx::query_scalar("SELECT max(version) FROM schema_version").fetch_one(&mut *connection).await?;
    let done = usize::try_from(last.unwrap_or(0)).unwrap_or(0);
    if done > STEPS.len() {
        return Err(StoreError::Database(format!(
            "the file has tables of version {done}, this Warmline knows {}: a newer one wrote it, so start that one",
            STEPS.len()
        )));
    }
    for (version, step) in STEPS.iter().enumerate().skip(done).map(|(place, step)| (place as i64 + 1, *step)) {
        sqlx::raw_sql(step).execute(&mut *connection).await?;
        sqlx::query("INSERT INTO schema_version (version) VALUES (?1)").bind(version).execute(&mut *connection).await?;
        tracing::info!(version, "the store's tables are up to date");
    }
    Ok(())
}
