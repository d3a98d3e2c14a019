//! Old state + events = fresh load: whatever happened, the stored state is the fold of the log.

use std::collections::BTreeMap;
use std::sync::Arc;

use warmline_conversation::State;
use warmline_protocol::{AgentId, AuthorKind};
use warmline_store::sqlite::SqliteStore;
use warmline_store::story::{Talk, every_body};
use warmline_store::{ConversationStore, Store};

/// SplitMix64: the same run each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % end as u64) as usize
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_stored_state_is_the_fold_of_the_log() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("warmline.db");
    let mut dice = Dice(42);
    let agent = AgentId::from_random(42);
    let mut sqlite = SqliteStore::open(&path).await.unwrap();
    let store: Arc<dyn Store> = Arc::new(sqlite.clone());
    let mut talks = Vec::new();
    for _ in 0..12 {
        talks.push(Talk::begun(&store, "pk_demo").await);
    }
    for step in 1..=600 {
        let chosen = dice.below(talks.len());
        let talk = &mut talks[chosen];
        talk.later(dice.below(100) as i64);
        let mut bodies = every_body(&agent);
        let count = 1 + dice.below(3);
        let bodies: Vec<_> = (0..count).map(|_| bodies.swap_remove(dice.below(bodies.len()))).collect();
        let author = AuthorKind::ALL[dice.below(AuthorKind::ALL.len())];
        let append = talk.append_of(author, bodies);
        talk.try_append(append).await.unwrap();
        if dice.below(60) == 0 {
            sqlite.erase(&talk.id, talk.now).await.unwrap();
            talk.state = sqlite.load(&talk.id).await.unwrap().unwrap().state;
        }
        if step % 200 == 0 {
            sqlite.close().await;
            sqlite = SqliteStore::open(&path).await.unwrap();
            let store: Arc<dyn Store> = Arc::new(sqlite.clone());
            talks.iter_mut().for_each(|talk| talk.store = Arc::clone(&store));
        }
    }

    let mut folded: BTreeMap<_, State> = BTreeMap::new();
    let mut after = 0;
    loop {
        let page = sqlite.log(after, 37).await.unwrap();
        let Some(last) = page.last() else { break };
        after = last.position;
        for entry in &page {
            folded.entry(entry.conversation.clone()).or_default().apply(&entry.event);
        }
    }
    assert_eq!(folded.len(), talks.len());
    for talk in talks {
        let stored = sqlite.load(&talk.id).await.unwrap().unwrap().state;
        assert_eq!(stored, talk.state, "what was told is stored");
        assert_eq!(stored, folded[&talk.id], "and is the fold of the log");
    }
}
