//! What time brings: offers, promises, silence, agents who are gone.

use warmline_protocol::event::{AgentLeft, ConversationLeftOpen, LeftCause, OfferEnd, OfferMade, PromiseBroken, WaitingOnShopper};
use warmline_protocol::{AgentId, Code, OfferId, Phase};

use super::handoff::{queued, withdraw_offer};
use super::{Decision, NewEvent, derived};
use crate::clock;
use crate::command::Facts;
use crate::state::State;

/// The router offers it to an agent; one at a time.
pub(super) fn offer(state: &State, agent: &AgentId, facts: &Facts) -> Result<Decision, Code> {
    if state.view.phase != Phase::Queued || state.offer.is_some() {
        return Err(Code::NotNow);
    }
    Decision::append(vec![NewEvent::system(OfferMade {
        offer_id: OfferId::from_random(derived(facts, 5)),
        agent_id: agent.clone(),
        expires_at: facts.now.plus_seconds(clock::OFFER_S),
    })])
}

/// The owner is gone, or went off shift and hands it on: back to the front, and the next agent sees everything.
pub(super) fn owner_leaves(state: &State, cause: LeftCause, facts: &Facts) -> Result<Decision, Code> {
    if !state.view.phase.has_person() {
        return Err(Code::NotNow);
    }
    Decision::append(left(state, cause, facts))
}

/// Whatever is due by now. Nothing due is no error: another process may have been faster.
pub(super) fn tick(state: &State, facts: &Facts) -> Decision {
    let now = facts.now;
    let mut events = Vec::new();
    if state.offer.as_ref().is_some_and(|offer| offer.expires_at <= now) {
        events.extend(withdraw_offer(state, OfferEnd::Expired));
    }
    for promise in state.promises.iter().filter(|promise| promise.by <= now) {
        let estimate = crate::wait::Outlook { ahead: 0, ..facts.outlook.clone() }.estimate(now);
        events.push(NewEvent::system(PromiseBroken { promise_id: promise.id.clone(), next_promise_by: estimate.promise_by }));
    }
    if state.first_word_by().is_some_and(|by| by <= now) {
        events.extend(left(state, LeftCause::Silent, facts));
    } else if state.silence_by().is_some_and(|by| by <= now) {
        events.push(match state.view.phase {
            Phase::WithPerson => NewEvent::system(WaitingOnShopper {}),
            Phase::Assisted | Phase::WaitingOnShopper | Phase::Queued | Phase::LeftOpen | Phase::Resolved => {
                NewEvent::system(ConversationLeftOpen {})
            }
        });
    }
    Decision::Append { events, subject: 0 }
}

fn left(state: &State, cause: LeftCause, facts: &Facts) -> Vec<NewEvent> {
    let mut events = vec![NewEvent::system(AgentLeft { cause, to_agent: None, to_skill: None })];
    events.extend(queued(state, true, facts));
    events
}
