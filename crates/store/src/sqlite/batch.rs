//! Several statements that go to SQLite's thread and back as one, all or nothing. The way there and back takes five times as long as the
//! statement itself, so that this is what makes the writer quick.

use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{Arguments as _, AssertSqlSafe, Encode, Sqlite, SqliteConnection, Type};

use crate::{Result, StoreError};

/// Statements with their values, in order. Values are bound to `?` one after the other: numbered ones would be miscounted across
/// statements.
pub(super) struct Batch {
    sql: String,
    arguments: SqliteArguments,
    fault: Option<StoreError>,
}

impl Batch {
    pub(super) fn new() -> Self {
        Batch { sql: "SAVEPOINT batch".to_owned(), arguments: SqliteArguments::default(), fault: None }
    }

    /// Adds a statement. Only text of our own can be one; all else is bound.
    pub(super) fn add(&mut self, statement: &'static str) -> &mut Self {
        self.sql.push_str(";\n");
        self.sql.push_str(statement);
        self
    }

    /// Binds the next value.
    pub(super) fn bind<'value, T: Encode<'value, Sqlite> + Type<Sqlite>>(&mut self, value: T) -> &mut Self {
        if let Err(error) = self.arguments.add(value) {
            self.fault.get_or_insert(StoreError::Database(error.to_string()));
        }
        self
    }

    /// Runs all of them; gives the rows that they return. One that fails takes back the others.
    pub(super) async fn run(mut self, connection: &mut SqliteConnection) -> Result<Vec<SqliteRow>> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        self.sql.push_str(";\nRELEASE batch");
        let error = match sqlx::query_with(AssertSqlSafe(self.sql), self.arguments).fetch_all(&mut *connection).await {
            Ok(rows) => return Ok(rows),
            Err(error) => error,
        };
        if sqlx::query("ROLLBACK TO batch; RELEASE batch").execute(&mut *connection).await.is_err() {
            // What is left of it must not be committed: the whole transaction goes, which the writer notices.
            let _ = sqlx::query("ROLLBACK").execute(connection).await;
        }
        Err(error.into())
    }
}
