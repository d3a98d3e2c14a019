//! What lists show.

use std::sync::Arc;

use warmline_protocol::event::{
    AgentLeft, ClosedBy, ConversationReopened, ConversationResolved, HandoffCancelled, HandoffPromised, LeftCause, NotePosted, OfferMade,
    PromiseBroken, PromiseKind, ShopperIdentified,
};
use warmline_protocol::{AgentId, AuthorKind, ConversationId, OfferId, Phase, PromiseId};

use super::talk::{NOON, Talk, fresh, merchant};
use crate::{Filter, Store};

fn agent() -> AgentId {
    AgentId::from_random(fresh())
}

async fn asking(store: &Arc<dyn Store>, merchant: &str, seconds: i64, vip: bool, broken: bool) -> Talk {
    let mut talk = Talk::begun(store, merchant).await;
    talk.later(seconds);
    if vip {
        talk.tell(AuthorKind::System, ShopperIdentified { sub: "vip".into(), vip, name: None, email: None }).await;
    }
    talk.ask().await;
    if broken {
        let promise_id = PromiseId::from_random(fresh());
        let promise = HandoffPromised { promise_id: promise_id.clone(), kind: PromiseKind::Live, promise_by: NOON };
        talk.tell(AuthorKind::System, promise).await;
        talk.tell(AuthorKind::System, PromiseBroken { promise_id, next_promise_by: NOON }).await;
    }
    talk
}

fn offer(agent: &AgentId) -> OfferMade {
    OfferMade { offer_id: OfferId::from_random(fresh()), agent_id: agent.clone(), expires_at: NOON }
}

pub(super) async fn the_line_has_its_order(store: &Arc<dyn Store>) {
    let merchant_key = merchant("line");
    assert_eq!(store.line(&merchant_key, None).await.unwrap(), (0, 0), "nobody waits");
    let mut first = asking(store, &merchant_key, 1, false, false).await;
    let second = asking(store, &merchant_key, 2, false, false).await;
    let beside = asking(store, &merchant_key, 2, false, false).await;
    let vip = asking(store, &merchant_key, 3, true, false).await;
    let broken = asking(store, &merchant_key, 4, false, true).await;
    let mut elsewhere = asking(store, &merchant("other_line"), 0, false, false).await;
    let assisted = Talk::begun(store, &merchant_key).await;

    let line = async || {
        let waiting = store.waiting(&merchant_key, 50).await.unwrap();
        assert!(waiting.iter().is_sorted_by_key(|(waiting, _)| waiting.rank()), "the order is that of the rank");
        waiting.into_iter().map(|(waiting, _)| waiting.conversation).collect::<Vec<_>>()
    };
    let ids = |talks: &[&Talk]| talks.iter().map(|talk| talk.id.clone()).collect::<Vec<_>>();
    assert_eq!(line().await, ids(&[&broken, &vip, &first, &second, &beside]), "broken, then priority, then the clock, then who came first");
    assert_eq!(store.waiting(&merchant_key, 2).await.unwrap().len(), 2, "at most so many");
    let place = async |conversation: Option<&ConversationId>| store.line(&merchant_key, conversation).await.unwrap();
    for (ahead, talk) in [&broken, &vip, &first, &second, &beside].into_iter().enumerate() {
        assert_eq!(place(Some(&talk.id)).await, (5, ahead as u64), "each has its place");
    }
    for nobody in [None, Some(&assisted.id), Some(&elsewhere.id)] {
        assert_eq!(place(nobody).await, (5, 5), "who does not wait stands behind all");
    }

    let ada = agent();
    first.tell(AuthorKind::System, offer(&ada)).await;
    let waiting = store.waiting(&merchant_key, 50).await.unwrap();
    let offered: Vec<_> = waiting.iter().map(|(_, offered)| *offered).collect();
    assert_eq!(offered, [false, false, true, false, false], "an open offer is told, and the place is kept");
    let shown = &waiting[2].0;
    assert_eq!((shown.since, shown.language.as_str()), (NOON.plus_seconds(1), "en"), "as the router needs it");

    first.join(&ada).await;
    assert_eq!(line().await, ids(&[&broken, &vip, &second, &beside]), "who is served has left the line");
    first.later(60);
    first.tell(AuthorKind::Agent, AgentLeft { cause: LeftCause::Gone, to_agent: None, to_skill: None }).await;
    assert_eq!(line().await, ids(&[&broken, &vip, &first, &second, &beside]), "whom an agent left is in line again, in front of others");
    elsewhere.tell(AuthorKind::Shopper, HandoffCancelled {}).await;
    assert_eq!(store.line(&elsewhere.merchant, None).await.unwrap(), (0, 0), "who cancels has left");
}

pub(super) async fn waits_are_from_the_ask_to_the_first_word_of_a_person(store: &Arc<dyn Store>) {
    let merchant = merchant("waits");
    let waits = async || store.waits(&merchant, 50).await.unwrap();
    let mut talk = Talk::begun(store, &merchant).await;
    talk.ask().await;
    talk.later(40);
    talk.join(&agent()).await;
    talk.later(20);
    talk.say(AuthorKind::Shopper, "hello?").await;
    assert!(waits().await.is_empty(), "joining is no answer, nor is the shopper's own word");
    talk.later(5);
    talk.say(AuthorKind::Agent, "Hello").await;
    assert_eq!(waits().await, [65], "from the ask to the first word");
    talk.later(5);
    talk.say(AuthorKind::Agent, "What can I do?").await;
    assert_eq!(waits().await, [65], "the second word counts for nothing");

    talk.tell(AuthorKind::Agent, ConversationResolved { by: ClosedBy::Agent, reason: None }).await;
    talk.later(1000);
    talk.tell(AuthorKind::Shopper, ConversationReopened { to: Phase::Queued }).await;
    talk.later(7);
    talk.say(AuthorKind::Agent, "Back again").await;
    assert_eq!(waits().await, [7, 65], "a reopening is a wait of its own; the newest first");
    assert_eq!(store.waits(&merchant, 1).await.unwrap(), [7], "at most so many");

    let mut cancelled = Talk::begun(store, &merchant).await;
    cancelled.ask().await;
    cancelled.tell(AuthorKind::Shopper, HandoffCancelled {}).await;
    let mut stepped_in = Talk::begun(store, &merchant).await;
    let request = stepped_in.append_of(
        AuthorKind::Agent,
        [warmline_protocol::event::HandoffRequested {
            reason: "agent_stepped_in".into(),
            case_code: warmline_protocol::CaseCode::from_number(fresh()),
        }
        .into()],
    );
    stepped_in.try_append(request).await.unwrap();
    stepped_in.say(AuthorKind::Agent, "I can help").await;
    assert_eq!(waits().await, [7, 65], "who cancels has not been answered, and whom an agent steps in for has not waited");
}

pub(super) async fn an_agents_load_is_what_they_own_and_are_offered(store: &Arc<dyn Store>) {
    let merchant = merchant("load");
    let (ada, ben) = (agent(), agent());
    for _ in 0..2 {
        asking(store, &merchant, 0, false, false).await.join(&ada).await;
    }
    let mut offered = asking(store, &merchant, 0, false, false).await;
    let made = offer(&ada);
    assert_eq!(store.conversation_of_offer(&made.offer_id).await.unwrap(), None);
    offered.tell(AuthorKind::System, made.clone()).await;
    assert_eq!(store.conversation_of_offer(&made.offer_id).await.unwrap(), Some(offered.id), "an offer leads to its conversation");
    let mut bens = asking(store, &merchant, 0, false, false).await;
    bens.tell(AuthorKind::System, offer(&ben)).await;
    let load = async |agent: &AgentId| {
        let loads = store.loads().await.unwrap();
        loads.into_iter().find(|(who, _)| who == agent).map_or(0, |(_, load)| load)
    };
    assert_eq!((store.load_of(&ada).await.unwrap(), load(&ada).await), (2, 3), "owned, and with the offers");
    assert_eq!((store.load_of(&ben).await.unwrap(), load(&ben).await), (0, 1));
    bens.join(&ben).await;
    assert_eq!((store.load_of(&ben).await.unwrap(), load(&ben).await), (1, 1), "an accepted offer counts once");
    bens.tell(AuthorKind::System, warmline_protocol::event::WaitingOnShopper {}).await;
    assert_eq!((store.load_of(&ben).await.unwrap(), load(&ben).await), (0, 0), "a quiet shopper leaves the agent free");
}

pub(super) async fn conversations_are_counted_by_where_they_stand(store: &Arc<dyn Store>) {
    let merchant_key = merchant("phases");
    let old = Talk::begun(store, &merchant_key).await;
    let mut waits = Talk::begun(store, &merchant_key).await;
    let mut served = Talk::begun(store, &merchant_key).await;
    Talk::begun(store, &merchant("other_phases")).await;
    for talk in [&mut waits, &mut served] {
        talk.later(10);
        talk.ask().await;
    }
    served.join(&agent()).await;
    let phases = async |since| {
        let mut phases = store.phases(&merchant_key, since).await.unwrap();
        phases.sort();
        phases
    };
    assert_eq!(phases(NOON).await, [(Phase::Assisted, 1), (Phase::Queued, 1), (Phase::WithPerson, 1)]);
    assert_eq!(phases(waits.now).await, [(Phase::Queued, 1), (Phase::WithPerson, 1)], "those in which anything happened since");
    store.erase(&old.id, waits.now).await.unwrap();
    assert_eq!(phases(NOON).await, [(Phase::Queued, 1), (Phase::WithPerson, 1)], "what was erased is not counted");
}

async fn found(store: &Arc<dyn Store>, filter: Filter) -> Vec<ConversationId> {
    store.list(filter).await.unwrap().into_iter().map(|row| row.conversation).collect()
}

pub(super) async fn a_list_is_filtered(store: &Arc<dyn Store>) {
    let merchant_key = merchant("list");
    let all = || Filter { merchants: vec![merchant_key.clone()], limit: 50, ..Filter::default() };
    let ada = agent();
    let mut old = Talk::begun(store, &merchant_key).await;
    let mut owned = Talk::begun(store, &merchant_key).await;
    let mut known = Talk::begun(store, &merchant_key).await;
    let other = Talk::begun(store, &merchant("other_list")).await;
    known.later(10);
    known.tell(AuthorKind::System, ShopperIdentified { sub: "s-9".into(), vip: false, name: None, email: None }).await;
    owned.later(20);
    owned.ask().await;
    owned.join(&ada).await;

    assert_eq!(found(store, all()).await, [owned.id.clone(), known.id.clone(), old.id.clone()], "newest first, of these merchants");
    old.later(30);
    old.say(AuthorKind::Shopper, &"ü".repeat(200)).await;
    let rows = store.list(Filter { limit: 1, ..all() }).await.unwrap();
    assert_eq!((rows.len(), &rows[0].conversation, rows[0].updated_at), (1, &old.id, old.now), "at most so many");
    assert_eq!((rows[0].snippet.as_str(), &rows[0].merchant), ("ü".repeat(160).as_str(), &merchant_key), "with the last words");
    assert_eq!(rows[0].state, old.state, "and the state");
    assert_eq!(found(store, Filter { owner: Some(ada), ..all() }).await, std::slice::from_ref(&owned.id), "of an owner");
    assert_eq!(found(store, Filter { phase: Some(Phase::WithPerson), ..all() }).await, [owned.id], "in a phase");
    assert_eq!(found(store, Filter { sub: Some("s-9".into()), ..all() }).await, [known.id], "of a shopper");
    let two = vec![merchant_key.clone(), known.merchant.clone(), other.merchant.clone()];
    assert_eq!(found(store, Filter { merchants: two, ..all() }).await.len(), 4, "of several merchants");
    assert!(found(store, Filter { merchants: Vec::new(), ..all() }).await.is_empty(), "without a merchant there is nothing to see");
}

pub(super) async fn phases_are_counted_from_a_moment_on(store: &Arc<dyn Store>) {
    let merchant_key = merchant("phases");
    let mut asked = Talk::begun(store, &merchant_key).await;
    let mut talked = Talk::begun(store, &merchant_key).await;
    Talk::begun(store, &merchant_key).await;
    Talk::begun(store, &merchant("other_phases")).await;
    asked.later(10);
    asked.ask().await;
    talked.later(10);
    talked.say(AuthorKind::Shopper, "hello").await;
    let all = store.phases(&merchant_key, NOON).await.unwrap();
    assert_eq!(all, [(Phase::Assisted, 2), (Phase::Queued, 1)], "each where it stands");
    let late = store.phases(&merchant_key, NOON.plus_seconds(10)).await.unwrap();
    assert_eq!(late, [(Phase::Assisted, 1), (Phase::Queued, 1)], "those in which anything happened since");
}

pub(super) async fn a_search_finds_words_and_is_never_syntax(store: &Arc<dyn Store>) {
    let merchant_key = merchant("search");
    let mut anna = Talk::begun(store, &merchant_key).await;
    let name =
        ShopperIdentified { sub: "s".into(), vip: false, name: Some("Anna Müller".into()), email: Some("anna@mail.example".into()) };
    anna.tell(AuthorKind::System, name).await;
    anna.say(AuthorKind::Shopper, "The teapot's handle came off AND the lid is \"gone\"").await;
    anna.ask().await;
    anna.tell(AuthorKind::Agent, NotePosted { text: "a secretive note".into() }).await;
    let code = anna.state.view.case.as_ref().unwrap().code.0.clone();
    let mut yuki = Talk::begun(store, &merchant_key).await;
    yuki.say(AuthorKind::Shopper, "ティーポットを返品したいです").await;
    let mut elsewhere = Talk::begun(store, &merchant("other_search")).await;
    elsewhere.say(AuthorKind::Shopper, "teapot").await;

    let search = async |words: &str| {
        let merchants = vec![merchant_key.clone()];
        found(store, Filter { merchants, words: Some(words.to_owned()), limit: 50, ..Filter::default() }).await
    };
    for words in
        ["teapot", "TEAP", "Anna", "muller", "anna@mail.example", &code, &code.to_lowercase(), "anna teapot lid", "\"gone\"", "off AND"]
    {
        assert_eq!(search(words).await, std::slice::from_ref(&anna.id), "{words}");
    }
    assert_eq!(search("返品").await, std::slice::from_ref(&yuki.id), "in the middle of a script without spaces");
    for words in [
        "kettle",
        "anna 返品",
        "品返",
        "secretive",
        "NEAR(teapot lid)",
        "text : teapot",
        "teapot NOT",
        "(",
        "*",
        "\"",
        "-",
        "^teapot OR",
        "';--",
    ] {
        assert_eq!(search(words).await, [], "{words} finds nothing");
    }
    assert_eq!(search("  ").await.len(), 2, "no words narrow nothing down");
}
