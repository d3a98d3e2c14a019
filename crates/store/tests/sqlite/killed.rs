//! A process killed in the middle of appends: each one that was acknowledged is there, once, at its number.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Arc;

use warmline_protocol::{AuthorKind, Body, ConversationId};
use warmline_store::sqlite::SqliteStore;
use warmline_store::story::Talk;
use warmline_store::{ConversationStore, Store};

/// Tells the test, run again as its own child, which file to write.
const FILE: &str = "WARMLINE_STORE_TEST_FILE";

/// Conversations that are appended to at once.
const TALKS: usize = 16;

#[test]
fn a_killed_process_loses_nothing_that_was_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("warmline.db");
    let mut acknowledged = Vec::new();
    // Killed three times, each time over what the last one left.
    for round in 1..=3 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "sqlite::killed::appends_until_it_is_killed", "--ignored", "--nocapture"])
            .env(FILE, &path)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let before = acknowledged.len();
        while acknowledged.len() < before + 300 * round {
            let line = lines.next().expect("the child appends until it is killed");
            acknowledged.extend(parsed(&line));
        }
        child.kill().unwrap();
        // What it had said before it died counts, too; a last line may be cut short, which is the reader's loss, not the store's.
        acknowledged.extend(lines.filter_map(|line| parsed(&line)));
        child.wait().unwrap();
    }
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(check(path, acknowledged));
}

/// `acknowledged <conversation> <seq> <text> .`
fn parsed(line: &str) -> Option<(ConversationId, u64, String)> {
    let mut words = line.split(' ');
    let (Some("acknowledged"), Some(id), Some(seq), Some(text), Some(".")) =
        (words.next(), words.next(), words.next(), words.next(), words.next())
    else {
        return None;
    };
    Some((ConversationId(id.to_owned()), seq.parse().ok()?, text.to_owned()))
}

async fn check(path: PathBuf, acknowledged: Vec<(ConversationId, u64, String)>) {
    let store = SqliteStore::open(&path).await.unwrap();
    let mut talks: BTreeMap<ConversationId, Vec<(u64, String)>> = BTreeMap::new();
    for (id, seq, text) in acknowledged {
        talks.entry(id).or_default().push((seq, text));
    }
    assert!(talks.len() >= TALKS, "several conversations were written at once");
    for (id, said) in talks {
        let events = store.events(&id, 0, u32::MAX).await.unwrap();
        let seqs: Vec<u64> = events.iter().map(|event| event.seq).collect();
        assert_eq!(seqs, (1..=events.len() as u64).collect::<Vec<_>>(), "no hole, no double");
        for (seq, text) in said {
            let at = events.iter().filter(|event| matches!(&event.body, Body::MessagePosted(posted) if posted.text == text));
            assert_eq!(at.map(|event| event.seq).collect::<Vec<_>>(), [seq], "{text} is there once, at its number");
        }
        let mut state = warmline_conversation::State::new();
        events.iter().for_each(|event| state.apply(event));
        assert_eq!(store.load(&id).await.unwrap().unwrap().state, state, "the state is that of the log");
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "runs as the child of the test above"]
async fn appends_until_it_is_killed() {
    let Some(path) = std::env::var_os(FILE) else { return };
    let store: Arc<dyn Store> = Arc::new(SqliteStore::open(&PathBuf::from(path)).await.unwrap());
    let mut tasks = Vec::new();
    for _ in 0..TALKS {
        let mut talk = Talk::begun(&store, "pk_demo").await;
        tasks.push(tokio::spawn(async move {
            loop {
                let text = format!("{:x}", warmline_store::story::fresh());
                talk.say(AuthorKind::Shopper, &text).await;
                let line = format!("acknowledged {} {} {text} .\n", talk.id, talk.state.seq);
                if std::io::stdout().lock().write_all(line.as_bytes()).is_err() {
                    return;
                }
            }
        }));
    }
    for task in tasks {
        task.await.unwrap();
    }
}
