//! How quick it is: `cargo test -p warmline-store --release -- --ignored --nocapture speed`.

use std::io::Write as _;
use std::sync::Arc;
use std::time::{Duration, Instant};

use warmline_protocol::AuthorKind;
use warmline_store::Store;
use warmline_store::sqlite::SqliteStore;
use warmline_store::story::Talk;

#[tokio::test(flavor = "multi_thread")]
#[ignore = "measures"]
async fn speed_of_appends() {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let store: Arc<dyn Store> = Arc::new(SqliteStore::open(&folder.path().join("warmline.db")).await.unwrap());
    for callers in [1, 8, 64] {
        let begun = Instant::now();
        let mut tasks = Vec::new();
        for _ in 0..callers {
            let mut talk = Talk::begun(&store, "pk_demo").await;
            tasks.push(tokio::spawn(async move {
                let mut times = Vec::new();
                while begun.elapsed() < Duration::from_secs(5) {
                    let started = Instant::now();
                    talk.say(AuthorKind::Shopper, "Where is my order JL-1042? It should have been here on Monday.").await;
                    times.push(started.elapsed());
                }
                times
            }));
        }
        let mut times = Vec::new();
        for task in tasks {
            times.extend(task.await.unwrap());
        }
        times.sort_unstable();
        let at = |share: usize| times[times.len() * share / 100];
        let line = format!(
            "{callers:3} callers: {:6.0} appends a second, median {:?}, 99th percentile {:?}\n",
            times.len() as f64 / begun.elapsed().as_secs_f64(),
            at(50),
            at(99)
        );
        std::io::stdout().lock().write_all(line.as_bytes()).unwrap();
    }
}
