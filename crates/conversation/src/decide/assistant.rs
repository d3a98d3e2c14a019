//! What the assistant may do: its turn, and a summary. It can neither close nor speak once a person is asked for.

use warmline_protocol::event::{
    AssistantDeclined, AuthorKind, CostRecorded, HandoffOffered, MessagePosted, ResolutionAsked, SignalNoted, Summary, SummaryWritten,
    TurnEnd, TurnEnded,
};
use warmline_protocol::{Author, Code, Phase};

use super::handoff::{message, queued, requested};
use super::{Decision, NewEvent};
use crate::command::{Facts, Said, Turn};
use crate::state::State;

/// Why a person is offered with "I don't know that".
const NO_SOURCE: &str = "no_source";

pub(super) fn decide(
    state: &State,
    epoch: u64,
    answers: u64,
    signals: &[String],
    cost: (u64, u64, u64),
    turn: &Turn,
    facts: &Facts,
) -> Result<Decision, Code> {
    // The lease: of this epoch, and for a turn that is still owed, not one that was stopped while a later one became owed.
    let owed = answers > state.answered && state.owed.as_ref().is_some_and(|owed| owed.seq >= answers);
    if !state.assistant_may_speak() || state.view.epoch != epoch || !owed {
        return Err(Code::NotNow);
    }
    let mut events = match turn {
        Turn::Answer { said, offer } => {
            let mut events = vec![says(said, answers)];
            if state.view.phase == Phase::Assisted {
                events.push(assistant(ResolutionAsked {}));
            }
            events.extend(offer.iter().filter_map(|reason| offered(state, reason)));
            events
        }
        Turn::Say { said, offer } => {
            let mut events = vec![says(said, answers)];
            events.extend(offer.iter().filter_map(|reason| offered(state, reason)));
            events
        }
        Turn::Decline { said, reason, offer } => {
            let mut events = vec![says(said, answers), assistant(AssistantDeclined { reason: reason.clone() })];
            if *offer {
                // Whatever was not known: what is offered is a person who may know it.
                events.extend(offered(state, NO_SOURCE));
            }
            events
        }
        Turn::Offer { said, reason } => {
            let mut events: Vec<NewEvent> = said.iter().map(|said| says(said, answers)).collect();
            events.extend(offered(state, reason));
            if said.is_none() {
                events.push(NewEvent::system(TurnEnded { cause: TurnEnd::Silent, answers }));
            }
            events
        }
        Turn::HandOver { said, reason } => {
            let mut events = vec![says(said, answers)];
            if state.view.phase == Phase::Assisted {
                events.push(requested(state, Author::of(AuthorKind::System), reason, facts));
                events.extend(queued(state, false, facts));
            }
            events
        }
        Turn::End(cause) => vec![NewEvent::system(TurnEnded { cause: *cause, answers })],
    };
    events.extend(
        signals
            .iter()
            .filter(|signal| !state.signals.contains(signal))
            .map(|signal| NewEvent::system(SignalNoted { signal: signal.clone() })),
    );
    let (tokens_in, tokens_out, micros) = cost;
    events.push(NewEvent::system(CostRecorded { tokens_in, tokens_out, micros }));
    Decision::append(events)
}

/// A summary is written for a case, whoever speaks in it.
pub(super) fn summarise(state: &State, summary: &Summary) -> Result<Decision, Code> {
    if state.view.case.is_none() {
        return Err(Code::NoHandoff);
    }
    let Summary { problem, wants, tried, lines, order, quote } = summary.clone();
    Decision::append(vec![NewEvent::system(SummaryWritten { problem, wants, tried, lines, order, quote })])
}

fn assistant(body: impl Into<warmline_protocol::Body>) -> NewEvent {
    NewEvent::by(AuthorKind::Assistant, body)
}

fn says(said: &Said, answers: u64) -> NewEvent {
    assistant(MessagePosted {
        answers: Some(answers),
        order: said.order.clone(),
        citations: said.citations.clone(),
        quick_replies: said.quick_replies.clone(),
        ..message(said.message_id.clone(), &said.text)
    })
}

/// A person is offered once for a reason that was declined, and not while one is waited for.
fn offered(state: &State, reason: &str) -> Option<NewEvent> {
    let wanted = state.view.phase == Phase::Assisted && !state.declined.iter().any(|declined| declined == reason);
    wanted.then(|| NewEvent::system(HandoffOffered { reason: reason.to_owned() }))
}
