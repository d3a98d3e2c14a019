//! What only can be seen from inside: a disk that fills up in the middle of a group.

use std::sync::Arc;

use sqlx::Row as _;
use warmline_protocol::{AuthorKind, Body, ConversationId};

use super::SqliteStore;
use crate::story::{Talk, message};
use crate::{AppendError, ConversationStore as _, Store};

async fn pragma(store: &SqliteStore, sql: &'static str) -> i64 {
    store.execute(sqlx::query(sql)).await.unwrap()[0].get(0)
}

async fn messages(store: &SqliteStore, conversation: &ConversationId) -> usize {
    let events = store.events(conversation, 0, u32::MAX).await.unwrap();
    assert!(events.iter().enumerate().all(|(place, event)| event.seq == place as u64 + 1), "no hole, no double");
    events.iter().filter(|event| matches!(event.body, Body::MessagePosted(_))).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_fails_what_did_not_fit_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&folder.path().join("warmline.db")).await.unwrap();
    let shared: Arc<dyn Store> = Arc::new(store.clone());
    let mut callers = Vec::new();
    for _ in 0..32 {
        callers.push(Talk::begun(&shared, "pk_demo").await);
    }
    let pages = pragma(&store, "PRAGMA page_count").await;
    assert_eq!(pragma(&store, "PRAGMA max_page_count = 300").await, 300.max(pages));
    let text = "the disk is nearly full ".repeat(160);
    let writing = callers.into_iter().map(|mut talk| {
        let text = text.clone();
        tokio::spawn(async move {
            let mut kept = 0;
            loop {
                let append = talk.append_of(AuthorKind::Shopper, [message(&text)]);
                match talk.try_append(append).await {
                    Ok(_) => kept += 1,
                    Err(AppendError::Store(_)) => return (talk, kept),
                    Err(error) => panic!("no reason for {error}"),
                }
            }
        })
    });
    let mut full = Vec::new();
    for task in writing.collect::<Vec<_>>() {
        full.push(task.await.unwrap());
    }
    assert!(full.iter().map(|(_, kept)| kept).sum::<usize>() > 20, "some fitted");
    for (talk, kept) in &full {
        assert_eq!(messages(&store, &talk.id).await, *kept, "what was acknowledged is there, what failed is not");
    }

    pragma(&store, "PRAGMA max_page_count = 100000").await;
    for (mut talk, kept) in full {
        talk.say(AuthorKind::Shopper, "there is room again").await;
        assert_eq!(messages(&store, &talk.id).await, kept + 1, "it goes on where it was");
    }
}
