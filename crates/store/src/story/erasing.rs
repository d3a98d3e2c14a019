//! Erasing what was said.

use std::sync::Arc;

use warmline_conversation::State;
use warmline_conversation::clock::Work;
use warmline_protocol::{AgentId, AuthorKind, Body};

use super::talk::{NOON, Talk, client_id, every_body, fresh, merchant, message, receipt, token};
use crate::{AppendError, Filter, Store};

/// A word of each thing that a person said or that tells who they are, in `every_body`.
const SAID: &[&str] = &[
    "Zoë",
    "zoe@",
    "s-1",
    "mugs?x",
    "plus",
    "on its way",
    "On its way",
    "JL-1042",
    "30 days",
    "Where is it",
    "mug",
    "Mug",
    "All clear",
    "Glue",
    "so sad",
    "A new one",
    "Sent a new",
    "Kind",
    "A regular",
];

pub(super) async fn what_was_said_is_gone_and_the_numbers_stay(store: &Arc<dyn Store>) {
    let merchant = merchant("erase");
    let mut talk = Talk::new(store, &merchant);
    let (id, token) = (client_id(), token());
    let mut append = talk.append_of(AuthorKind::Shopper, every_body(&AgentId::from_random(fresh())));
    append.receipt = Some(receipt(&id, 1));
    append.token = Some(token);
    append.owed = vec![(Work::Turn, NOON)];
    let written = append.events.clone();
    talk.try_append(append).await.unwrap();
    let mut other = Talk::begun(store, &merchant).await;
    other.say(AuthorKind::Shopper, "another mug").await;

    let later = NOON.plus_seconds(60);
    store.erase(&talk.id, later).await.unwrap();
    store.erase(&talk.id, later).await.expect("erasing again changes nothing");
    let events = store.events(&talk.id, 0, 1000).await.unwrap();
    let stored = store.load(&talk.id).await.unwrap().expect("the conversation is still there").state;
    let left = format!("{events:?} {stored:?}");
    for word in SAID {
        assert!(!left.contains(word), "{word} is left");
    }
    let (last, before) = events.split_last().unwrap();
    assert_eq!(before.len(), written.len(), "no event is gone");
    for (left, was) in before.iter().zip(&written) {
        assert_eq!((left.seq, left.prev, left.at, left.body.type_name()), (was.seq, was.prev, was.at, was.body.type_name()));
    }
    assert_eq!((&last.body, last.seq), (&Body::Unknown, written.len() as u64 + 1), "one says that it was erased");
    let mut folded = State::new();
    events.iter().for_each(|event| folded.apply(event));
    assert_eq!(stored, folded, "the state is what the tombstones lead to");

    assert_eq!(store.conversation_of(token).await.unwrap(), None, "no token opens it");
    assert_eq!(store.receipt(&talk.id, &id).await.unwrap(), None, "no answer repeats it");
    assert_eq!(store.opening(&merchant, &id).await.unwrap(), None);
    assert!(!store.claim(Work::Turn, later, "a", 1, 100).await.unwrap().contains(&talk.id), "nothing is owed");
    assert_eq!(store.line(&merchant, None).await.unwrap(), (0, 0), "it stands in no line");
    let filter = Filter { merchants: vec![merchant.clone()], limit: 50, ..Filter::default() };
    let rows = store.list(filter.clone()).await.unwrap();
    assert_eq!(rows.iter().map(|row| &row.conversation).collect::<Vec<_>>(), [&other.id], "no list shows it, and another's stays");
    let rows = store.list(Filter { words: Some("mug".into()), ..filter }).await.unwrap();
    assert_eq!(rows.iter().map(|row| &row.conversation).collect::<Vec<_>>(), [&other.id], "no search finds it");
}

pub(super) async fn an_append_decided_before_brings_nothing_back(store: &Arc<dyn Store>) {
    let mut talk = Talk::begun(store, &merchant("erase_race")).await;
    talk.say(AuthorKind::Shopper, "my secret").await;
    let decided = talk.append_of(AuthorKind::Assistant, [message("You said: my secret")]);
    store.erase(&talk.id, NOON).await.unwrap();
    assert!(matches!(store.append(decided).await, Err(AppendError::Conflict)), "it conflicts");
    let nobody = Talk::new(store, "pk_nobody").id;
    store.erase(&nobody, NOON).await.expect("what is not there needs no erasing");
}
