//! Agents, their sessions and shifts.

use std::sync::Arc;

use warmline_protocol::AgentId;

use super::talk::{NOON, fresh, merchant, token};
use crate::{Agent, NewSession, PlannedShift, Role, Store};

fn maya(merchants: &[&str]) -> Agent {
    Agent {
        id: AgentId::from_random(fresh()),
        email: format!("maya-{:x}@shop.example", fresh()),
        name: "Maya".into(),
        role: Role::Agent,
        password_hash: "$argon2id$one".into(),
        merchants: merchants.iter().map(|merchant| (*merchant).to_owned()).collect(),
        languages: vec!["en".into(), "de".into()],
        skills: vec!["returns".into()],
        capacity: 3,
        online: false,
        shift_since: NOON,
        last_given_at: NOON,
    }
}

pub(super) async fn an_agent_put_again_keeps_id_and_shift(store: &Arc<dyn Store>) {
    let (one, two) = (merchant("one"), merchant("two"));
    let first = maya(&[&one, &two]);
    assert_eq!(store.put_agent(first.clone()).await.unwrap(), first.id);
    assert_eq!(store.agent(&first.id).await.unwrap().as_ref(), Some(&first), "read back as written");
    store.set_shift(&first.id, true, None, NOON.plus_seconds(5)).await.unwrap();
    store.given(&first.id, NOON.plus_seconds(9)).await.unwrap();

    let again = Agent {
        email: first.email.to_uppercase(),
        name: "Maya K.".into(),
        role: Role::Supervisor,
        password_hash: "$argon2id$two".into(),
        merchants: vec![two.clone()],
        capacity: 5,
        ..maya(&[])
    };
    assert_eq!(store.put_agent(again.clone()).await.unwrap(), first.id, "the id stays");
    let kept = Agent {
        id: first.id.clone(),
        email: first.email.clone(),
        online: true,
        shift_since: NOON.plus_seconds(5),
        last_given_at: NOON.plus_seconds(9),
        ..again
    };
    assert_eq!(store.agent_by_email(&first.email).await.unwrap().as_ref(), Some(&kept), "so do shift and last conversation");
    assert_eq!(store.agent_by_email(&first.email.to_uppercase()).await.unwrap().as_ref(), Some(&kept), "found in any case of letters");
    assert!(store.agents(&one).await.unwrap().is_empty(), "a merchant's agents are those that answer for it now");
    assert_eq!(store.agents(&two).await.unwrap(), [kept]);
    assert_eq!(store.agent(&AgentId::from_random(fresh())).await.unwrap(), None);
}

pub(super) async fn a_shift_begins_and_ends(store: &Arc<dyn Store>) {
    let agent = maya(&[]);
    store.put_agent(agent.clone()).await.unwrap();
    let shift = async |online, capacity, seconds| {
        store.set_shift(&agent.id, online, capacity, NOON.plus_seconds(seconds)).await.unwrap();
        let agent = store.agent(&agent.id).await.unwrap().unwrap();
        (agent.online, agent.capacity, agent.shift_since)
    };
    assert_eq!(shift(true, Some(2), 10).await, (true, 2, NOON.plus_seconds(10)));
    assert_eq!(shift(true, None, 20).await, (true, 2, NOON.plus_seconds(10)), "a shift that goes on has not begun again");
    assert_eq!(shift(false, None, 30).await, (false, 2, NOON.plus_seconds(30)));
}

pub(super) async fn a_session_lasts_until_it_is_over(store: &Arc<dyn Store>) {
    let agent = maya(&[]);
    store.put_agent(agent.clone()).await.unwrap();
    let begin = async || {
        let token = token();
        let session = NewSession { token, agent: agent.id.clone(), csrf: "c".into(), expires_at: NOON.plus_seconds(60) };
        store.begin_session(session).await.unwrap();
        token
    };
    let open = async |token| store.session(token, NOON).await.unwrap().is_some();
    let (one, two, three) = (begin().await, begin().await, begin().await);
    let session = store.session(one, NOON.plus_seconds(59)).await.unwrap().expect("it is open");
    assert_eq!((session.agent, session.csrf.as_str()), (agent.clone(), "c"));
    assert!(store.session(one, NOON.plus_seconds(60)).await.unwrap().is_none(), "it is over when it was said to be");
    store.end_session(one).await.unwrap();
    assert!(!open(one).await && open(two).await, "one is ended");
    store.end_sessions(&agent.id).await.unwrap();
    assert!(!open(two).await && !open(three).await, "all are ended");
}

pub(super) async fn planned_shifts_are_in_order(store: &Arc<dyn Store>) {
    let merchant_key = merchant("shifts");
    let (here, elsewhere) = (maya(&[&merchant_key]), maya(&[&merchant("other")]));
    let plan = async |agent: &Agent, from, to| {
        let shift = PlannedShift { agent: agent.id.clone(), from: NOON.plus_seconds(from), to: NOON.plus_seconds(to) };
        store.plan_shift(shift.clone()).await.unwrap();
        shift
    };
    store.put_agent(here.clone()).await.unwrap();
    store.put_agent(elsewhere.clone()).await.unwrap();
    let late = plan(&here, 100, 200).await;
    let soon = plan(&here, 10, 50).await;
    plan(&here, 0, 5).await;
    plan(&elsewhere, 10, 50).await;
    plan(&here, 10, 50).await;
    assert_eq!(store.shifts(&merchant_key, NOON.plus_seconds(5)).await.unwrap(), [soon, late], "those that end later, each once");
}

pub(super) async fn the_first_result_of_an_agents_command_stays(store: &Arc<dyn Store>) {
    let agent = maya(&[]);
    store.put_agent(agent.clone()).await.unwrap();
    assert_eq!(store.agent_receipt(&agent.id, "c-1").await.unwrap(), None);
    store.keep_agent_receipt(&agent.id, "c-1", [1; 32], "{}").await.unwrap();
    store.keep_agent_receipt(&agent.id, "c-1", [2; 32], "{\"other\":1}").await.expect("a resend that ran beside it is no fault");
    assert_eq!(store.agent_receipt(&agent.id, "c-1").await.unwrap(), Some(([1; 32], "{}".into())));
    assert_eq!(store.agent_receipt(&agent.id, "c-2").await.unwrap(), None);
}
