//! The file: what is in it after a drop, from a newer server, and after an erasure.

use std::path::Path;
use std::sync::Arc;

use sqlx::{Connection, SqliteConnection};
use warmline_protocol::{AuthorKind, Body, Timestamp};
use warmline_store::sqlite::SqliteStore;
use warmline_store::story::Talk;
use warmline_store::{ConversationStore, Store, StoreError};

async fn open(path: &Path) -> Arc<dyn Store> {
    Arc::new(SqliteStore::open(path).await.unwrap())
}

/// Beside the store, as a newer server or a person with a shell would.
async fn change(path: &Path, sql: &'static str) {
    let mut connection = SqliteConnection::connect(&format!("sqlite://{}", path.display())).await.unwrap();
    sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_dropped_without_a_word_has_all_that_was_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deep/er/warmline.db");
    let store = open(&path).await;
    let mut talk = Talk::begun(&store, "pk_demo").await;
    talk.say(AuthorKind::Shopper, "still here").await;
    let Talk { id, state, store: told, .. } = talk;
    let events = store.events(&id, 0, 10).await.unwrap();
    drop((store, told));

    let store = open(&path).await;
    assert_eq!(store.load(&id).await.unwrap().unwrap().state, state);
    assert_eq!(store.events(&id, 0, 10).await.unwrap(), events);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_store_says_so_and_leaves_one_file() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&folder.path().join("warmline.db")).await.unwrap();
    let talk = Talk::begun(&(Arc::new(store.clone()) as Arc<dyn Store>), "pk_demo").await;
    let last = tokio::spawn({
        let mut talk = talk.clone();
        async move { talk.say(AuthorKind::Shopper, "the last word").await }
    });
    last.await.unwrap();
    store.close().await;
    store.close().await;
    assert!(matches!(store.load(&talk.id).await, Err(StoreError::Closed)));
    assert!(matches!(store.revoke_tokens(&talk.id).await, Err(StoreError::Closed)));
    let files: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(files, ["warmline.db"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_of_a_newer_server_is_unknown_and_no_error() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("warmline.db");
    let store = open(&path).await;
    let talk = Talk::begun(&store, "pk_demo").await;
    change(
        &path,
        r#"INSERT INTO events (conversation, merchant, seq, prev, at, type, author_kind, version, body)
           SELECT id, merchant, 2, 1, 5, 'gift.sent', 'agent', 1, '{"type":"gift.sent","what":{"a":[1,null]}}' FROM conversations"#,
    )
    .await;
    let events = store.events(&talk.id, 1, 10).await.unwrap();
    assert_eq!(events.iter().map(|event| (&event.body, event.at)).collect::<Vec<_>>(), [(&Body::Unknown, Timestamp(5))]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_only_a_newer_server_can_read_is_refused_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("warmline.db");
    let store = open(&path).await;
    let talk = Talk::begun(&store, "pk_demo").await;
    change(&path, "UPDATE conversations SET state_version = 2").await;
    let error = store.load(&talk.id).await.unwrap_err().to_string();
    assert_eq!(error, "a stored state cannot be read: it has version 2, and 1 is known");
    drop((store, talk));

    change(&path, "INSERT INTO schema_version VALUES (99)").await;
    let error = SqliteStore::open(&path).await.unwrap_err().to_string();
    assert!(error.contains("version 99") && error.contains("a newer one wrote it"), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_store_is_refused_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("warmline.db");
    std::fs::write(&path, "a shopping list, ".repeat(500)).unwrap();
    let error = SqliteStore::open(&path).await.unwrap_err().to_string();
    assert!(error.contains("warmline.db") && error.contains("not a database"), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_byte_of_what_was_erased_is_left_in_the_files() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("warmline.db");
    let store = open(&path).await;
    let mut talk = Talk::begun(&store, "pk_demo").await;
    for number in 0..40 {
        talk.say(AuthorKind::Shopper, &format!("my xylophone {number} is broken {}", "and I am sad ".repeat(200))).await;
    }
    let files = || std::fs::read_dir(folder.path()).unwrap().map(|entry| std::fs::read(entry.unwrap().path()).unwrap());
    let holds = |word: &str| files().any(|bytes| bytes.windows(word.len()).any(|window| window == word.as_bytes()));
    assert!(holds("xylophone"), "it is there at first");
    store.erase(&talk.id, Timestamp(0)).await.unwrap();
    for word in ["xylophone", "ylophone", "and I am sad"] {
        assert!(!holds(word), "{word} is left");
    }
}
