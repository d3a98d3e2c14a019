//! Work that is due.

use std::collections::BTreeSet;
use std::sync::Arc;

use warmline_conversation::clock::Work;
use warmline_protocol::{AuthorKind, ConversationId, Timestamp};

use super::talk::{NOON, Talk, merchant, message};
use crate::Store;

/// Before all else that is due in a store that was used before.
const LONG_AGO: Timestamp = Timestamp(1_000_000);

async fn owed(store: &Arc<dyn Store>, owed: &[(Work, i64)]) -> Talk {
    let mut talk = Talk::begun(store, &merchant("work")).await;
    owe(&mut talk, owed).await;
    talk
}

async fn owe(talk: &mut Talk, owed: &[(Work, i64)]) {
    let mut append = talk.append_of(AuthorKind::Shopper, [message("do")]);
    append.owed = owed.iter().map(|(work, seconds)| (*work, LONG_AGO.plus_seconds(*seconds))).collect();
    talk.try_append(append).await.unwrap();
}

async fn claim(store: &Arc<dyn Store>, work: Work, at_s: i64, process: &str) -> Vec<ConversationId> {
    store.claim(work, LONG_AGO.plus_seconds(at_s), process, 30, 100).await.unwrap()
}

pub(super) async fn due_work_is_claimed_oldest_first_and_by_one_process(store: &Arc<dyn Store>) {
    let mut late = owed(store, &[(Work::Turn, 20)]).await;
    let mut soon = owed(store, &[(Work::Turn, 10), (Work::Tick, 5)]).await;
    let mut future = owed(store, &[(Work::Turn, 60)]).await;
    assert_eq!(store.next_due().await.unwrap(), Some(LONG_AGO.plus_seconds(5)), "the earliest of any kind");
    assert!(claim(store, Work::Turn, 9, "a").await.is_empty(), "nothing is due yet");
    let one = store.claim(Work::Turn, LONG_AGO.plus_seconds(20), "a", 30, 1).await.unwrap();
    assert_eq!(one, std::slice::from_ref(&soon.id), "the oldest first, at most so many");
    assert_eq!(claim(store, Work::Turn, 20, "b").await, std::slice::from_ref(&late.id), "what is claimed is not claimed again");
    assert!(claim(store, Work::Turn, 21, "a").await.is_empty(), "by nobody");
    assert_eq!(claim(store, Work::Tick, 21, "b").await, std::slice::from_ref(&soon.id), "each kind on its own");
    for talk in [&mut late, &mut soon, &mut future] {
        owe(talk, &[]).await;
    }
    assert!(claim(store, Work::Turn, 3600, "a").await.is_empty(), "what is no longer owed is not due");
}

pub(super) async fn a_claim_ends_is_lengthened_and_is_given_back(store: &Arc<dyn Store>) {
    let mut talk = owed(store, &[(Work::Summary, 0)]).await;
    let id = talk.id.clone();
    let at = |seconds| LONG_AGO.plus_seconds(seconds);
    assert_eq!(claim(store, Work::Summary, 0, "a").await, std::slice::from_ref(&id));
    assert_eq!(store.next_due().await.unwrap(), Some(at(30)), "it can be claimed again when the claim ends");
    assert!(store.renew(Work::Summary, &id, "a", at(60)).await.unwrap(), "it is lengthened");
    assert!(!store.renew(Work::Summary, &id, "b", at(90)).await.unwrap(), "by nobody else");
    assert!(claim(store, Work::Summary, 59, "b").await.is_empty(), "it stands until then");
    assert_eq!(claim(store, Work::Summary, 60, "b").await, std::slice::from_ref(&id), "then it ends");
    assert!(!store.renew(Work::Summary, &id, "a", at(99)).await.unwrap(), "who lost it is told so");
    store.release(Work::Summary, &id, "a", at(0)).await.unwrap();
    assert!(claim(store, Work::Summary, 61, "a").await.is_empty(), "who lost it cannot give it back");
    store.release(Work::Summary, &id, "b", at(80)).await.unwrap();
    assert!(claim(store, Work::Summary, 79, "a").await.is_empty(), "given back, it is due when that was said");
    assert_eq!(claim(store, Work::Summary, 80, "a").await, std::slice::from_ref(&id));
    store.release_all("b").await.unwrap();
    assert!(claim(store, Work::Summary, 81, "c").await.is_empty(), "another's claims stay");
    store.release_all("a").await.unwrap();
    assert_eq!(claim(store, Work::Summary, 81, "c").await, std::slice::from_ref(&id), "a killed process's are given back at its start");
    owe(&mut talk, &[]).await;
    assert!(!store.renew(Work::Summary, &id, "c", at(200)).await.unwrap(), "what is no longer owed cannot be lengthened");
}

pub(super) async fn an_append_replaces_what_is_owed(store: &Arc<dyn Store>) {
    let mut talk = owed(store, &[(Work::Turn, 0), (Work::Tick, 0)]).await;
    assert_eq!(claim(store, Work::Turn, 0, "a").await.len(), 1);
    assert_eq!(claim(store, Work::Tick, 0, "a").await.len(), 1);
    owe(&mut talk, &[(Work::Turn, 0), (Work::Tick, 1)]).await;
    assert!(claim(store, Work::Turn, 5, "b").await.is_empty(), "the claim of what stays as it was stands");
    assert_eq!(claim(store, Work::Tick, 5, "b").await.len(), 1, "what is due at another moment is free");
    owe(&mut talk, &[]).await;
    assert!(claim(store, Work::Turn, 3600, "b").await.is_empty(), "nothing is left");
}

pub(super) async fn two_processes_share_the_work_without_overlap(store: &Arc<dyn Store>) {
    let mut talks = Vec::new();
    for _ in 0..40 {
        talks.push(owed(store, &[(Work::Tick, 0)]).await);
    }
    let workers: Vec<_> = (0..8)
        .map(|worker| {
            let store = Arc::clone(store);
            tokio::spawn(async move {
                let mut mine = Vec::new();
                loop {
                    let claimed = store.claim(Work::Tick, LONG_AGO, &format!("w{worker}"), 30, 3).await.unwrap();
                    if claimed.is_empty() {
                        return mine;
                    }
                    mine.extend(claimed);
                }
            })
        })
        .collect();
    let mut claimed = Vec::new();
    for worker in workers {
        claimed.extend(worker.await.unwrap());
    }
    assert_eq!(claimed.len(), 40, "each is claimed once");
    let all: BTreeSet<_> = talks.iter().map(|talk| talk.id.clone()).collect();
    assert_eq!(claimed.into_iter().collect::<BTreeSet<_>>(), all, "and none is left out");
    for talk in &mut talks {
        talk.now = NOON;
        owe(talk, &[]).await;
    }
}
