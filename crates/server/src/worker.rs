//! What is owed gets done: [`turn`] the assistant's turns, [`summary`] summaries, [`tick`] the clocks of the rules, [`route`] offers to
//! agents, [`presence`] agents who are gone, [`tidy`] what would grow. Work lives in the store and is claimed there, so that a killed
//! process's work is taken over, and done once.

pub mod presence;
pub mod route;
pub mod summary;
pub mod tick;
pub mod tidy;
pub mod turn;

use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;
use warmline_conversation::clock::Work;
use warmline_protocol::ConversationId;

use crate::app::{App, now};

/// Seconds for which a claim stands; a long turn renews it.
pub const LEASE_S: i64 = 15;
/// Claimed at once.
const BATCH: u32 = 32;
/// The longest that a worker sleeps: a clock set back, or a wake-up lost, costs no more.
const LONGEST_SLEEP: Duration = Duration::from_secs(1);

/// Starts all workers. They end when the server closes.
pub fn start(app: &Arc<App>) -> JoinSet<()> {
    let mut workers = JoinSet::new();
    workers.spawn(owed(app.clone()));
    workers.spawn(route::run(app.clone()));
    workers.spawn(presence::run(app.clone()));
    workers.spawn(tidy::run(app.clone()));
    workers
}

/// Claims what is due and does it, each in a task of its own.
async fn owed(app: Arc<App>) {
    let mut running = JoinSet::new();
    // Turns wait for a model: a bound keeps one merchant's rush from taking all memory.
    let places = Arc::new(tokio::sync::Semaphore::new(512));
    while !app.closing.is_cancelled() {
        let mut claimed = 0;
        for work in Work::ALL {
            let due = match app.store.claim(work, now(), &app.process, LEASE_S, BATCH).await {
                Ok(due) => due,
                Err(error) => {
                    tracing::error!(%error, "owed work cannot be claimed");
                    Vec::new()
                }
            };
            claimed += due.len();
            for conversation in due {
                let Ok(place) = places.clone().acquire_owned().await else { return };
                let app = app.clone();
                running.spawn(async move {
                    perform(&app, work, &conversation).await;
                    drop(place);
                });
            }
        }
        while running.try_join_next().is_some() {}
        if claimed == 0 {
            let sleep = match app.store.next_due().await {
                Ok(Some(due)) => Duration::from_millis((due.0 - now().0).max(5).unsigned_abs()).min(LONGEST_SLEEP),
                Ok(None) | Err(_) => LONGEST_SLEEP,
            };
            tokio::select! {
                () = app.wakes.owed.notified() => {}
                () = tokio::time::sleep(sleep) => {}
                () = app.closing.cancelled() => {}
            }
        }
    }
    // Turns under way are cut: they are still owed, and the next start takes them up.
    running.shutdown().await;
}

async fn perform(app: &Arc<App>, work: Work, conversation: &ConversationId) {
    let done = match work {
        Work::Tick => tick::perform(app, conversation).await,
        Work::Turn => turn::perform(app, conversation).await,
        Work::Summary => summary::perform(app, conversation).await,
    };
    if let Err(refusal) = done {
        tracing::warn!(%conversation, work = work.name(), code = refusal.code().word(), "owed work is put off");
        let later = now().plus_seconds(2);
        if let Err(error) = app.store.release(work, conversation, &app.process, later).await {
            tracing::error!(%error, "a claim cannot be given back");
        }
    }
}
