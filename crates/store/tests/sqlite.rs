//! The story on SQLite, and what only this backend promises: a killed process loses nothing that was acknowledged.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test says what failed by failing")]

mod sqlite {
    mod file;
    mod killed;
    mod random;
    mod speed;
}

use std::sync::Arc;

use warmline_store::sqlite::SqliteStore;
use warmline_store::story;

#[tokio::test(flavor = "multi_thread")]
async fn sqlite_tells_the_story() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&folder.path().join("warmline.db")).await.unwrap();
    story::tell(Arc::new(store.clone())).await;
    story::tell(Arc::new(store.clone())).await;
    store.close().await;
}
