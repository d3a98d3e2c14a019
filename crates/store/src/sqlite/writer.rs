//! The one task that writes: it takes what is waiting, commits it together, and answers when that is on the disk.
//!
//! A sync costs the same for one write as for two hundred, so that the busier it is the less each pays for it.

use std::future::Future;

use async_trait::async_trait;
use sqlx::query::Query;
use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{Connection, Sqlite, SqliteConnection};
use tokio::sync::{mpsc, oneshot};

use crate::{Result, StoreError};

/// Writes that may wait before a caller waits for a place among them.
const QUEUE: usize = 1024;

/// Writes in one commit.
const GROUP: usize = 256;

/// Something to write. It succeeds or fails alone; it is acknowledged when its group is committed.
pub(super) trait Write: Send + 'static {
    /// What it gives.
    type Output: Send + 'static;
    /// How it fails.
    type Error: From<StoreError> + Send + 'static;
    /// Whether the log file must be emptied after it, since it holds what was erased.
    const EMPTIES_LOG: bool = false;

    /// Writes all of it in the group's transaction, or fails and leaves nothing written.
    fn run(&mut self, connection: &mut SqliteConnection) -> impl Future<Output = Result<Self::Output, Self::Error>> + Send;
}

/// One statement with its values.
pub(super) type Statement = Query<'static, Sqlite, SqliteArguments>;

/// A write of one statement, which SQLite itself does whole or not at all.
pub(super) struct Single(Option<Statement>);

impl Single {
    pub(super) fn new(statement: Statement) -> Self {
        Single(Some(statement))
    }
}

impl Write for Single {
    type Output = Vec<SqliteRow>;
    type Error = StoreError;

    async fn run(&mut self, connection: &mut SqliteConnection) -> Result<Vec<SqliteRow>> {
        match self.0.take() {
            Some(statement) => Ok(statement.fetch_all(connection).await?),
            None => Ok(Vec::new()),
        }
    }
}

/// The way to the task.
#[derive(Debug, Clone)]
pub(super) struct Writer {
    queue: mpsc::Sender<Message>,
}

enum Message {
    Write(Box<dyn Job>),
    Close(oneshot::Sender<()>),
}

impl Writer {
    pub(super) fn start(connection: SqliteConnection) -> Self {
        let (queue, messages) = mpsc::channel(QUEUE);
        tokio::spawn(run(connection, messages));
        Writer { queue }
    }

    /// Writes, and returns when it is on the disk. A caller that stops waiting does not stop the write.
    pub(super) async fn write<W: Write>(&self, write: W) -> Result<W::Output, W::Error> {
        let (answer, answered) = oneshot::channel();
        let job = Box::new(Asked { write, outcome: None, answer });
        self.queue.send(Message::Write(job)).await.map_err(|_| StoreError::Closed)?;
        answered.await.unwrap_or_else(|_| Err(StoreError::Closed.into()))
    }

    /// Commits what is waiting and closes the connection; returns when that is done.
    pub(super) async fn close(&self) {
        let (done, closed) = oneshot::channel();
        if self.queue.send(Message::Close(done)).await.is_ok() {
            // An error says that the task is gone, which is what was wanted.
            let _ = closed.await;
        }
    }
}

/// A write with the caller who waits for it, whatever its types.
#[async_trait]
trait Job: Send {
    /// Whether it succeeded.
    async fn run(&mut self, connection: &mut SqliteConnection) -> bool;
    fn empties_log(&self) -> bool;
    /// Tells the caller its own outcome, or why the whole group failed.
    fn answer(self: Box<Self>, failure: Option<&str>);
}

struct Asked<W: Write> {
    write: W,
    outcome: Option<Result<W::Output, W::Error>>,
    answer: oneshot::Sender<Result<W::Output, W::Error>>,
}

#[async_trait]
impl<W: Write> Job for Asked<W> {
    async fn run(&mut self, connection: &mut SqliteConnection) -> bool {
        let outcome = self.write.run(connection).await;
        let succeeded = outcome.is_ok();
        self.outcome = Some(outcome);
        succeeded
    }

    fn empties_log(&self) -> bool {
        W::EMPTIES_LOG
    }

    fn answer(self: Box<Self>, failure: Option<&str>) {
        let outcome = match (failure, self.outcome) {
            // Whatever it was told by the group's other writes has not happened either.
            (Some(why), _) => Err(StoreError::Database(why.to_owned()).into()),
            (None, Some(outcome)) => outcome,
            (None, None) => Err(StoreError::Closed.into()),
        };
        // The caller may have gone; the write stays.
        let _ = self.answer.send(outcome);
    }
}

async fn run(mut connection: SqliteConnection, mut queue: mpsc::Receiver<Message>) {
    let mut messages = Vec::with_capacity(GROUP);
    let mut closed = Vec::new();
    while queue.recv_many(&mut messages, GROUP).await > 0 {
        let mut group = Vec::with_capacity(messages.len());
        for message in messages.drain(..) {
            match message {
                Message::Write(job) => group.push(job),
                Message::Close(done) => {
                    queue.close();
                    closed.push(done);
                }
            }
        }
        commit(&mut connection, group).await;
    }
    if let Err(error) = connection.close().await {
        tracing::warn!(%error, "the store's file was not closed cleanly; nothing that was acknowledged is lost");
    }
    for done in closed {
        let _ = done.send(());
    }
}

async fn commit(connection: &mut SqliteConnection, mut group: Vec<Box<dyn Job>>) {
    if group.is_empty() {
        return;
    }
    let failure = match write_all(connection, &mut group).await {
        Ok(()) => None,
        Err(error) => {
            tracing::error!(%error, writes = group.len(), "a group of writes failed");
            // SQLite has taken it back already after a full disk and the like; then this has nothing to do.
            let _ = sqlx::query("ROLLBACK").execute(&mut *connection).await;
            Some(error.to_string())
        }
    };
    if failure.is_none() && group.iter().any(|job| job.empties_log()) {
        // A reader at work keeps it from being emptied; the next checkpoint does it then.
        let _ = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").fetch_all(&mut *connection).await;
    }
    for job in group {
        job.answer(failure.as_deref());
    }
}

async fn write_all(connection: &mut SqliteConnection, group: &mut [Box<dyn Job>]) -> Result<(), sqlx::Error> {
    sqlx::query("BEGIN IMMEDIATE; SAVEPOINT alive").execute(&mut *connection).await?;
    for job in group {
        if !job.run(connection).await {
            // A full disk and the like end the transaction by themselves. This fails then, and with it the group.
            sqlx::query("RELEASE alive; SAVEPOINT alive").execute(&mut *connection).await?;
        }
    }
    sqlx::query("COMMIT").execute(connection).await?;
    Ok(())
}
