//! The events of a handoff, which several commands lead to.

use warmline_protocol::event::{AuthorKind, HandoffPromised, HandoffQueued, HandoffRequested, MessagePosted, OfferEnd, OfferEnded};
use warmline_protocol::{Author, Body, CaseCode, MessageId, PromiseId};

use super::{NewEvent, derived};
use crate::command::{Facts, Shown};
use crate::state::State;

/// What was shown of an answer stays: it is stored in the same append that ends it.
pub(super) fn keep_shown(facts: &Facts) -> Option<NewEvent> {
    facts.shown.as_ref().filter(|shown| !shown.text.trim().is_empty()).map(partial)
}

fn partial(shown: &Shown) -> NewEvent {
    NewEvent::by(
        AuthorKind::Assistant,
        MessagePosted { partial: Some(true), answers: Some(shown.answers), ..message(shown.message_id.clone(), &shown.text) },
    )
}

/// A message with nothing but its text.
pub(super) fn message(message_id: MessageId, text: &str) -> MessagePosted {
    MessagePosted {
        message_id,
        text: text.to_owned(),
        client_id: None,
        partial: None,
        via: None,
        answers: None,
        order: None,
        citations: Vec::new(),
        quick_replies: Vec::new(),
        blocks: Vec::new(),
    }
}

/// The request itself, with the case's code: one for the whole life of the conversation.
pub(super) fn requested(state: &State, by: Author, reason: &str, facts: &Facts) -> NewEvent {
    let case_code = state.view.case.as_ref().map_or_else(|| CaseCode::from_number(derived(facts, 1)), |case| case.code.clone());
    NewEvent { author: by, body: Body::from(HandoffRequested { reason: reason.to_owned(), case_code }) }
}

/// In line, and promised. `front`: whoever comes back stands before all who wait.
pub(super) fn queued(state: &State, front: bool, facts: &Facts) -> Vec<NewEvent> {
    let mut outlook = facts.outlook.clone();
    if front {
        outlook.ahead = 0;
    }
    let estimate = outlook.estimate(facts.now);
    let place = NewEvent::system(HandoffQueued {
        position: estimate.position,
        expected_wait_s: estimate.expected_wait_s,
        next_staffed_at: estimate.next_staffed_at,
    });
    // A clock that runs is not reset: a transfer or an agent who left keeps the first promise.
    if !state.promises.is_empty() && state.view.phase != warmline_protocol::Phase::Resolved {
        return vec![place];
    }
    vec![place, promised(&estimate, facts)]
}

/// A promise made of an estimate.
pub(super) fn promised(estimate: &crate::wait::Estimate, facts: &Facts) -> NewEvent {
    NewEvent::system(HandoffPromised {
        promise_id: PromiseId::from_random(derived(facts, 2)),
        kind: estimate.kind,
        promise_by: estimate.promise_by,
    })
}

/// An open offer is called back when the conversation is no longer there to take.
pub(super) fn withdraw_offer(state: &State, cause: OfferEnd) -> Option<NewEvent> {
    state.offer.as_ref().map(|offer| NewEvent::system(OfferEnded { offer_id: offer.id.clone(), agent_id: offer.agent.clone(), cause }))
}
