//! The log: appends, resends, conflicts, and reading it.

use std::sync::Arc;

use warmline_protocol::event::{AgentJoined, HandoffRequested, NotePosted, SignalNoted};
use warmline_protocol::{AgentId, AuthorKind, Body, CaseCode, ConversationId};

use super::talk::{NOON, Talk, client_id, every_body, fresh, merchant, message, receipt, token};
use crate::{AppendError, Store};

pub(super) async fn every_event_is_read_back_as_it_was_written(store: &Arc<dyn Store>) {
    let bodies = every_body(&AgentId::from_random(fresh()));
    let types: Vec<&str> = bodies.iter().map(Body::type_name).collect();
    let all: Vec<&str> = Body::TYPES.iter().map(|(name, _)| *name).collect();
    assert_eq!(types, all, "the story tells one event of each type");

    let mut talk = Talk::new(store, &merchant("all"));
    let append = talk.append_of(AuthorKind::System, bodies);
    let written = append.events.clone();
    talk.try_append(append).await.unwrap();
    assert_eq!(store.events(&talk.id, 0, 1000).await.unwrap(), written, "events come back as they were written");
    assert_eq!(store.events(&talk.id, 5, 2).await.unwrap(), written[5..7], "a page of them begins after a seq");
    let stored = store.load(&talk.id).await.unwrap().expect("it is stored");
    assert_eq!((stored.state, stored.merchant), (talk.state, talk.merchant), "so does the state");
    assert!(store.load(&ConversationId::from_random(fresh())).await.unwrap().is_none(), "another is not there");
}

pub(super) async fn a_stale_append_conflicts_and_leaves_nothing(store: &Arc<dyn Store>) {
    let mut talk = Talk::begun(store, &merchant("conflict")).await;
    let mut stale = talk.append_of(AuthorKind::Shopper, [message("late")]);
    let id = client_id();
    stale.receipt = Some(receipt(&id, 1));
    stale.token = Some([7; 32]);
    talk.say(AuthorKind::Shopper, "first").await;
    assert!(matches!(store.append(stale).await, Err(AppendError::Conflict)), "a stale append conflicts");
    assert_eq!(store.events(&talk.id, 0, 10).await.unwrap().len(), 2, "it leaves no event");
    assert_eq!(store.receipt(&talk.id, &id).await.unwrap(), None, "it leaves no receipt");

    let again = Talk { state: warmline_conversation::State::new(), ..talk.clone() };
    let again = again.append_of(AuthorKind::Shopper, [message("again")]);
    assert!(matches!(store.append(again).await, Err(AppendError::Conflict)), "a conversation begins once");
    let mut ahead = talk.append_of(AuthorKind::Shopper, [message("ahead")]);
    ahead.expected_seq += 1;
    assert!(matches!(store.append(ahead).await, Err(AppendError::Conflict)), "nothing is appended after a hole");
}

pub(super) async fn a_resend_is_known_even_after_the_conversation_went_on(store: &Arc<dyn Store>) {
    let mut talk = Talk::begun(store, &merchant("known")).await;
    let id = client_id();
    let mut append = talk.append_of(AuthorKind::Shopper, [message("once")]);
    append.receipt = Some(receipt(&id, 1));
    let resend = append.clone();
    talk.try_append(append).await.unwrap();
    talk.say(AuthorKind::Assistant, "an answer").await;
    let known = store.append(resend).await;
    assert!(matches!(known, Err(AppendError::Known(first)) if first == receipt(&id, 1)), "a stale resend gets the first result");
    let mut other = talk.append_of(AuthorKind::Shopper, [message("another with the same id")]);
    other.receipt = Some(receipt(&id, 2));
    let known = store.append(other).await;
    assert!(matches!(known, Err(AppendError::Known(first)) if first == receipt(&id, 1)), "so does another command of that id");
    assert_eq!(store.receipt(&talk.id, &id).await.unwrap(), Some(receipt(&id, 1)), "it can be asked for");
    assert_eq!(store.events(&talk.id, 0, 10).await.unwrap().len(), 3, "nothing was appended twice");
}

pub(super) async fn the_same_client_id_may_be_used_in_two_conversations(store: &Arc<dyn Store>) {
    let merchant = merchant("two");
    let id = client_id();
    for what in [1, 2] {
        let mut talk = Talk::begun(store, &merchant).await;
        let mut append = talk.append_of(AuthorKind::Shopper, [message("hello")]);
        append.receipt = Some(receipt(&id, what));
        talk.try_append(append).await.expect("the id is another conversation's, too");
        assert_eq!(store.receipt(&talk.id, &id).await.unwrap(), Some(receipt(&id, what)));
    }
}

pub(super) async fn a_receipt_is_kept_without_an_event(store: &Arc<dyn Store>) {
    let mut talk = Talk::begun(store, &merchant("same")).await;
    let id = client_id();
    let mut append = talk.append_of(AuthorKind::Shopper, []);
    append.receipt = Some(receipt(&id, 1));
    let position = talk.try_append(append.clone()).await.unwrap().position;
    assert_eq!(store.receipt(&talk.id, &id).await.unwrap(), Some(receipt(&id, 1)), "the receipt is kept");
    assert!(position <= store.position().await.unwrap(), "the position is one of the log");
    assert_eq!(store.load(&talk.id).await.unwrap().unwrap().state, talk.state, "the state is as before");
    talk.say(AuthorKind::Shopper, "hello").await;
    append.receipt = Some(receipt(&client_id(), 2));
    assert!(matches!(store.append(append).await, Err(AppendError::Conflict)), "it conflicts like any other");
}

pub(super) async fn a_resent_opening_is_found_by_its_merchant(store: &Arc<dyn Store>) {
    let merchant_key = merchant("opening");
    let id = client_id();
    let open = |merchant: &str, what: u8| {
        let talk = Talk::new(store, merchant);
        let mut append = talk.append_of(AuthorKind::Shopper, [message("open")]);
        append.receipt = Some(receipt(&id, what));
        append
    };
    assert_eq!(store.opening(&merchant_key, &id).await.unwrap(), None);
    let first = open(&merchant_key, 1);
    let conversation = first.conversation.clone();
    store.append(first).await.unwrap();
    assert_eq!(store.opening(&merchant_key, &id).await.unwrap(), Some((conversation.clone(), receipt(&id, 1))), "it is found");

    let resent = open(&merchant_key, 2);
    let second = resent.conversation.clone();
    let known = store.append(resent).await;
    assert!(matches!(known, Err(AppendError::Known(first)) if first == receipt(&id, 1)), "a resend under a fresh id is known");
    assert!(store.load(&second).await.unwrap().is_none(), "and opens nothing");
    store.append(open(&merchant("elsewhere"), 3)).await.expect("another merchant's shopper may have the same id");

    let mut talk = Talk::begun(store, &merchant_key).await;
    let mut later = talk.append_of(AuthorKind::Shopper, [message("not an opening")]);
    later.receipt = Some(receipt(&id, 4));
    talk.try_append(later).await.expect("in a conversation that is there, an opening's id is free");
}

pub(super) async fn a_case_code_belongs_to_one_conversation(store: &Arc<dyn Store>) {
    let merchant = merchant("code");
    let case_code = CaseCode::from_number(fresh());
    let request = HandoffRequested { reason: "tap".into(), case_code: case_code.clone() };
    let mut first = Talk::begun(store, &merchant).await;
    first.tell(AuthorKind::Shopper, request.clone()).await;
    let mut second = Talk::begun(store, &merchant).await;
    let taken = second.append_of(AuthorKind::Shopper, [request.clone().into()]);
    assert!(matches!(store.append(taken).await, Err(AppendError::CodeTaken)), "a code in use is said to be");
    second.ask().await;
    first.tell(AuthorKind::Shopper, request).await;
}

pub(super) async fn fifty_callers_leave_no_hole_and_no_double(store: &Arc<dyn Store>) {
    let talk = Talk::begun(store, &merchant("fifty")).await;
    let callers: Vec<_> = (0..50)
        .map(|caller| {
            let mut talk = talk.clone();
            tokio::spawn(async move {
                loop {
                    let append = talk.append_of(AuthorKind::Shopper, [message(&format!("caller {caller}"))]);
                    match talk.try_append(append).await {
                        Ok(_) => return,
                        Err(AppendError::Conflict) => talk.state = talk.store.load(&talk.id).await.unwrap().unwrap().state,
                        Err(error) => panic!("an append failed: {error}"),
                    }
                }
            })
        })
        .collect();
    for caller in callers {
        caller.await.unwrap();
    }
    let events = store.events(&talk.id, 0, 100).await.unwrap();
    let seqs: Vec<u64> = events.iter().map(|event| event.seq).collect();
    assert_eq!(seqs, (1..=51).collect::<Vec<_>>(), "no hole");
    let mut texts: Vec<&str> = events.iter().filter_map(text).collect();
    texts.sort_unstable();
    texts.dedup();
    assert_eq!(texts.len(), 50, "each caller's message is there once");
    assert_eq!(store.load(&talk.id).await.unwrap().unwrap().state.seq, 51);
}

fn text(event: &warmline_protocol::Event) -> Option<&str> {
    match &event.body {
        Body::MessagePosted(posted) => Some(&posted.text),
        _ => None,
    }
}

pub(super) async fn a_failed_append_fails_alone(store: &Arc<dyn Store>) {
    let merchant = merchant("alone");
    let case_code = CaseCode::from_number(fresh());
    let mut owner = Talk::begun(store, &merchant).await;
    owner.tell(AuthorKind::Shopper, HandoffRequested { reason: "tap".into(), case_code: case_code.clone() }).await;
    let mut with_token = owner.append_of(AuthorKind::Shopper, []);
    let token = token();
    with_token.token = Some(token);
    owner.try_append(with_token).await.unwrap();
    let mut appends = Vec::new();
    for number in 0..80_u32 {
        let talk = Talk::begun(store, &merchant).await;
        let mut append = talk.append_of(AuthorKind::Shopper, [message("fine")]);
        if number % 4 == 1 {
            append.expected_seq = 9;
        } else if number % 4 == 2 {
            append.token = Some(token);
        } else if number % 4 == 3 {
            append = talk.append_of(AuthorKind::Shopper, [HandoffRequested { reason: "tap".into(), case_code: case_code.clone() }.into()]);
        }
        let store = Arc::clone(store);
        appends.push((number, talk.id, tokio::spawn(async move { store.append(append).await })));
    }
    for (number, id, append) in appends {
        let outcome = append.await.unwrap();
        let events = store.events(&id, 0, 10).await.unwrap().len();
        match number % 4 {
            0 => assert!(outcome.is_ok() && events == 2, "a good one beside failed ones is kept"),
            1 => assert!(matches!(outcome, Err(AppendError::Conflict)) && events == 1, "a stale one conflicts"),
            2 => assert!(matches!(outcome, Err(AppendError::Store(_))) && events == 1, "one whose token is another's leaves nothing"),
            _ => assert!(matches!(outcome, Err(AppendError::CodeTaken)) && events == 1, "a taken code is refused"),
        }
    }
}

pub(super) async fn positions_rise_and_the_log_is_read_from_any_of_them(store: &Arc<dyn Store>) {
    let merchant = merchant("positions");
    let before = store.position().await.unwrap();
    let mut one = Talk::begun(store, &merchant).await;
    let mut two = Talk::begun(store, &merchant).await;
    one.later(10);
    let first = one.say(AuthorKind::Shopper, "first").await.position;
    two.later(20);
    let second = two.say(AuthorKind::Shopper, "second").await.position;
    assert!(before < first && first < second, "positions rise");
    assert_eq!(store.position().await.unwrap(), second, "the last is the log's");

    let log = store.log(before, 100).await.unwrap();
    let told: Vec<_> = log.iter().map(|entry| (entry.conversation.clone(), entry.event.seq)).collect();
    let (a, b) = (one.id.clone(), two.id.clone());
    assert_eq!(told, [(a.clone(), 1), (b.clone(), 1), (a, 2), (b, 2)], "the log is in the order of commits");
    assert!(log.is_sorted_by_key(|entry| entry.position));
    assert_eq!(store.log(before, 3).await.unwrap().len(), 3, "a page of it is short");
    assert!(store.log(second, 10).await.unwrap().is_empty(), "nothing is after the last");

    let between = store.log_between(&merchant, NOON.plus_seconds(10), NOON.plus_seconds(20), 0, 10).await.unwrap();
    assert_eq!(between.iter().map(|entry| entry.position).collect::<Vec<_>>(), [first], "from a moment on, before another");
    let after = store.log_between(&merchant, NOON, NOON.plus_seconds(60), first, 10).await.unwrap();
    assert_eq!(after.iter().map(|entry| entry.position).collect::<Vec<_>>(), [second], "after a position");
    assert!(store.log_between("pk_nobody", NOON, NOON.plus_seconds(60), 0, 10).await.unwrap().is_empty(), "of one merchant");
}

pub(super) async fn a_transcript_is_read_page_by_page(store: &Arc<dyn Store>) {
    let mut talk = Talk::begun(store, &merchant("pages")).await; // 1
    talk.ask().await; // 2: a notice before any message
    talk.say(AuthorKind::Shopper, "one").await; // 3
    talk.tell(AuthorKind::Agent, AgentJoined { agent_id: AgentId::from_random(fresh()), name: "Maya".into() }).await; // 4
    talk.say(AuthorKind::Agent, "two").await; // 5
    talk.tell(AuthorKind::Agent, NotePosted { text: "inside".into() }).await; // 6
    talk.tell(AuthorKind::System, SignalNoted { signal: "upset".into() }).await; // 7: on no page
    talk.say(AuthorKind::Shopper, "three").await; // 8
    let seqs = |events: &[warmline_protocol::Event]| events.iter().map(|event| event.seq).collect::<Vec<_>>();

    let newest = store.entries(&talk.id, u64::MAX, 2, false).await.unwrap();
    assert_eq!((seqs(&newest.messages), seqs(&newest.notices), newest.more), (vec![5, 8], vec![], true), "notes stay inside");
    let inside = store.entries(&talk.id, u64::MAX, 2, true).await.unwrap();
    assert_eq!((seqs(&inside.messages), seqs(&inside.notices), inside.more), (vec![5, 8], vec![6], true), "agents see notes");
    let older = store.entries(&talk.id, 5, 2, false).await.unwrap();
    assert_eq!((seqs(&older.messages), seqs(&older.notices), older.more), (vec![3], vec![2, 4], false), "the oldest page has all before");
    let exact = store.entries(&talk.id, u64::MAX, 3, false).await.unwrap();
    assert_eq!(
        (seqs(&exact.messages), seqs(&exact.notices), exact.more),
        (vec![3, 5, 8], vec![2, 4], false),
        "a full page may be the last"
    );
    let none = store.entries(&talk.id, 1, 2, true).await.unwrap();
    assert!(none.messages.is_empty() && none.notices.is_empty() && !none.more, "before the first there is nothing");
}

pub(super) async fn tokens_open_a_conversation_until_they_are_revoked(store: &Arc<dyn Store>) {
    let (first, second) = (token(), token());
    let mut talk = Talk::new(store, &merchant("tokens"));
    let mut append = talk.append_of(AuthorKind::Shopper, [message("hello")]);
    append.token = Some(first);
    talk.try_append(append).await.unwrap();
    store.add_token(&talk.id, second, NOON).await.unwrap();
    for token in [first, second] {
        assert_eq!(store.conversation_of(token).await.unwrap().as_ref(), Some(&talk.id), "each token opens it");
    }
    store.revoke_tokens(&talk.id).await.unwrap();
    for token in [first, second] {
        assert_eq!(store.conversation_of(token).await.unwrap(), None, "none opens it any more");
    }
}

pub(super) async fn read_marks_move_forward_only(store: &Arc<dyn Store>) {
    let mut talk = Talk::begun(store, &merchant("reads")).await;
    talk.say(AuthorKind::Shopper, "one").await; // 2
    talk.say(AuthorKind::Assistant, "two").await; // 3
    talk.say(AuthorKind::Agent, "three").await; // 4
    assert_eq!(store.unread(&talk.id).await.unwrap().count, 2, "one's own messages are not unread");
    let mark = async |reader, seq| store.mark_read(&talk.id, reader, seq).await.unwrap();
    assert!(!mark(AuthorKind::Shopper, 0).await, "nothing read is no mark");
    assert!(mark(AuthorKind::Shopper, 3).await, "it moves");
    assert!(!mark(AuthorKind::Shopper, 3).await, "it is there already");
    assert!(!mark(AuthorKind::Shopper, 2).await, "it never moves back");
    assert!(mark(AuthorKind::Agent, 2).await, "the agents have their own");
    assert!(!mark(AuthorKind::Assistant, 4).await && !mark(AuthorKind::System, 4).await, "others have none");
    let reads = store.reads(&talk.id).await.unwrap();
    assert_eq!((reads.shopper, reads.agent), (3, 2));
    assert_eq!(store.unread(&talk.id).await.unwrap().count, 1);
    let nobody = ConversationId::from_random(fresh());
    assert!(!store.mark_read(&nobody, AuthorKind::Agent, 1).await.unwrap(), "a conversation that is not there has none");
}
