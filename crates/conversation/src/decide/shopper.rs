//! What a shopper asks for.

use warmline_protocol::event::{
    AssistantResumed, AuthorKind, ClosedBy, ContextChanged, ConversationReopened, ConversationResolved, HandoffCancelled,
    HandoffOfferDeclined, HandoffOffered, MessagePosted, OfferEnd, RatingGiven, ResolutionAnswered, ShopperIdentified, SummaryCorrected,
    TurnEnd, TurnEnded,
};
use warmline_protocol::{Author, ClientId, Code, MessageId, Phase};

use super::handoff::{keep_shown, message, promised, queued, requested, withdraw_offer};
use super::{Decision, NewEvent, derived};
use crate::command::{AskedInWords, Facts, Heard, ShopperCommand};
use crate::state::{Identified, State};

const NOT_SOLVED: &str = "not_solved";

pub(super) fn decide(state: &State, command: &ShopperCommand, facts: &Facts) -> Result<Decision, Code> {
    match command {
        ShopperCommand::Message { client_id, text, heard } => say(state, client_id, text, heard, facts),
        ShopperCommand::AskForPerson { reason } => ask_for_person(state, reason, facts),
        ShopperCommand::DeclineOffer => decline_offer(state),
        ShopperCommand::CancelHandoff => cancel_handoff(state, facts),
        ShopperCommand::AskMeanwhile => ask_meanwhile(state),
        ShopperCommand::Stop => stop(state, facts),
        ShopperCommand::Solved(true) => solved(state, facts),
        ShopperCommand::Solved(false) => not_solved(state, facts),
        ShopperCommand::Rate { score, comment } => Decision::append(vec![shopper(RatingGiven { score: *score, comment: comment.clone() })]),
        ShopperCommand::CorrectSummary(text) => {
            if state.view.case.is_none() {
                return Err(Code::NoHandoff);
            }
            Decision::append(vec![shopper(SummaryCorrected { text: text.clone() })])
        }
        ShopperCommand::Identify(who) => identify(state, who),
        ShopperCommand::Describe(context) => describe(state, context),
    }
}

/// Anonymous, then signed in: attached. Another shopper's conversation is never merged.
fn identify(state: &State, who: &Identified) -> Result<Decision, Code> {
    match &state.shopper {
        Some(known) if known.sub != who.sub => Err(Code::OtherShopper),
        Some(known) if known == who => Ok(Decision::Same { seq: state.seq }),
        Some(_) | None => {
            let Identified { sub, name, email, vip } = who.clone();
            Decision::append(vec![shopper(ShopperIdentified { sub, vip, name, email })])
        }
    }
}

fn describe(state: &State, context: &ContextChanged) -> Result<Decision, Code> {
    let news = context.locale.as_ref().is_some_and(|locale| *locale != state.locale)
        || (context.page.is_some() && context.page != state.page)
        || context.attributes.iter().any(|attribute| !state.attributes.contains(attribute));
    if !news {
        return Ok(Decision::Same { seq: state.seq });
    }
    Decision::append(vec![shopper(context.clone())])
}

fn shopper(body: impl Into<warmline_protocol::Body>) -> NewEvent {
    NewEvent::by(AuthorKind::Shopper, body)
}

fn say(state: &State, client_id: &ClientId, text: &str, heard: &Heard, facts: &Facts) -> Result<Decision, Code> {
    let posted = shopper(MessagePosted { client_id: Some(client_id.clone()), ..message(MessageId::from_random(derived(facts, 3)), text) });
    let asks = heard.person == AskedInWords::Sure;
    match state.view.phase {
        Phase::Assisted if asks => {
            let mut events: Vec<NewEvent> = keep_shown(facts).into_iter().collect();
            let subject = events.len();
            events.push(posted);
            events.push(sentence(heard, facts));
            events.push(requested(state, Author::of(AuthorKind::Shopper), text_as_reason(text), facts));
            events.extend(queued(state, false, facts));
            Ok(Decision::Append { events, subject })
        }
        // Asked for again while the assistant helps out: it is silent to this, since a person is what is wanted.
        Phase::Queued if asks && state.view.meanwhile => {
            let mut events: Vec<NewEvent> = keep_shown(facts).into_iter().collect();
            let subject = events.len();
            events.push(posted);
            let answers = state.seq + events.len() as u64;
            events.push(NewEvent::system(TurnEnded { cause: TurnEnd::Silent, answers }));
            Ok(Decision::Append { events, subject })
        }
        Phase::Assisted | Phase::Queued | Phase::WithPerson | Phase::WaitingOnShopper => Decision::append(vec![posted]),
        Phase::LeftOpen if asks => {
            let mut events = vec![posted, sentence(heard, facts)];
            events.push(requested(state, Author::of(AuthorKind::Shopper), text_as_reason(text), facts));
            events.extend(queued(state, true, facts));
            Decision::append(events)
        }
        Phase::LeftOpen => {
            let mut events = vec![posted];
            events.extend(back_from_left_open(state, facts));
            Decision::append(events)
        }
        Phase::Resolved if asks => {
            let mut events = vec![posted, sentence(heard, facts)];
            events.extend(reopened_in_line(state, text_as_reason(text), facts));
            Decision::append(events)
        }
        Phase::Resolved if heard.thanks => Decision::append(vec![posted]),
        Phase::Resolved => {
            let mut events = vec![posted];
            events.extend(reopened(state, facts));
            Decision::append(events)
        }
    }
}

/// The one sentence with which the assistant says that it gets a person; after it, it is silent.
fn sentence(heard: &Heard, facts: &Facts) -> NewEvent {
    NewEvent::by(AuthorKind::Assistant, message(MessageId::from_random(derived(facts, 4)), &heard.sentence))
}

/// The reason of a request in words: the words, as far as a reason may be long.
fn text_as_reason(text: &str) -> &str {
    text.char_indices().nth(200).map_or(text, |(end, _)| &text[..end])
}

fn ask_for_person(state: &State, reason: &str, facts: &Facts) -> Result<Decision, Code> {
    let by = || Author::of(AuthorKind::Shopper);
    match state.view.phase {
        Phase::Assisted => {
            let mut events: Vec<NewEvent> = keep_shown(facts).into_iter().collect();
            let subject = events.len();
            events.push(requested(state, by(), reason, facts));
            events.extend(queued(state, false, facts));
            Ok(Decision::Append { events, subject })
        }
        Phase::Queued | Phase::WithPerson | Phase::WaitingOnShopper => Ok(Decision::Same { seq: state.requested_seq }),
        Phase::LeftOpen => {
            let mut events = vec![requested(state, by(), reason, facts)];
            events.extend(queued(state, true, facts));
            Decision::append(events)
        }
        Phase::Resolved => {
            let events = reopened_in_line(state, reason, facts);
            Ok(Decision::Append { events, subject: 1 })
        }
    }
}

/// Reopened by an ask for a person: in front, the same agent first.
fn reopened_in_line(state: &State, reason: &str, facts: &Facts) -> Vec<NewEvent> {
    let mut events = vec![
        NewEvent::system(ConversationReopened { to: Phase::Queued }),
        requested(state, Author::of(AuthorKind::Shopper), reason, facts),
    ];
    events.extend(queued(state, true, facts));
    events
}

/// Reopened without one: to the same agent when there was one, with a second clock beside the first; else to the assistant.
fn reopened(state: &State, facts: &Facts) -> Vec<NewEvent> {
    if state.last_agent.is_none() {
        return vec![NewEvent::system(ConversationReopened { to: Phase::Assisted })];
    }
    to_the_agent_or_line(state, facts)
}

fn to_the_agent_or_line(state: &State, facts: &Facts) -> Vec<NewEvent> {
    if facts.last_agent_is_free {
        let estimate = crate::wait::Outlook { ahead: 0, ..facts.outlook.clone() }.estimate(facts.now);
        return vec![NewEvent::system(ConversationReopened { to: Phase::WithPerson }), promised(&estimate, facts)];
    }
    let mut events = vec![NewEvent::system(ConversationReopened { to: Phase::Queued })];
    events.extend(queued(state, true, facts));
    events
}

/// Back to where it was, the same agent first.
fn back_from_left_open(state: &State, facts: &Facts) -> Vec<NewEvent> {
    if state.left_from.is_some_and(Phase::has_person) {
        return to_the_agent_or_line(state, facts);
    }
    vec![NewEvent::system(ConversationReopened { to: Phase::Assisted })]
}

fn decline_offer(state: &State) -> Result<Decision, Code> {
    if state.view.phase != Phase::Assisted {
        return Err(Code::NotNow);
    }
    let reason = state.view.offer.clone().ok_or(Code::NoOffer)?;
    Decision::append(vec![shopper(HandoffOfferDeclined { reason })])
}

fn cancel_handoff(state: &State, facts: &Facts) -> Result<Decision, Code> {
    match state.view.phase {
        Phase::Queued => {
            let mut events: Vec<NewEvent> = keep_shown(facts).into_iter().collect();
            let subject = events.len();
            events.push(shopper(HandoffCancelled {}));
            events.extend(withdraw_offer(state, OfferEnd::Withdrawn));
            Ok(Decision::Append { events, subject })
        }
        Phase::WithPerson | Phase::WaitingOnShopper => Err(Code::PersonPresent),
        Phase::Assisted | Phase::LeftOpen | Phase::Resolved => Err(Code::NoHandoff),
    }
}

fn ask_meanwhile(state: &State) -> Result<Decision, Code> {
    match state.view.phase {
        Phase::Queued if state.view.meanwhile => Ok(Decision::Same { seq: state.seq }),
        Phase::Queued => Decision::append(vec![shopper(AssistantResumed {})]),
        Phase::WithPerson | Phase::WaitingOnShopper => Err(Code::PersonPresent),
        Phase::Assisted | Phase::LeftOpen | Phase::Resolved => Err(Code::NotWaiting),
    }
}

fn stop(state: &State, facts: &Facts) -> Result<Decision, Code> {
    match state.view.phase {
        Phase::Assisted | Phase::Queued => match (keep_shown(facts), &state.owed) {
            (Some(shown), _) => Decision::append(vec![shown]),
            (None, Some(owed)) => Decision::append(vec![NewEvent::system(TurnEnded { cause: TurnEnd::Stopped, answers: owed.seq })]),
            // The answer ended while the tap was on its way: what the shopper wanted is so.
            (None, None) => Decision::append(Vec::new()),
        },
        Phase::WithPerson | Phase::WaitingOnShopper | Phase::LeftOpen | Phase::Resolved => Err(Code::NotNow),
    }
}

fn solved(state: &State, facts: &Facts) -> Result<Decision, Code> {
    let resolved = || shopper(ConversationResolved { by: ClosedBy::Shopper, reason: None });
    let answered = shopper(ResolutionAnswered { solved: true });
    match state.view.phase {
        Phase::Assisted | Phase::Queued => {
            let mut events: Vec<NewEvent> = keep_shown(facts).into_iter().collect();
            events.push(answered);
            if state.view.phase == Phase::Queued {
                events.push(shopper(HandoffCancelled {}));
                events.extend(withdraw_offer(state, OfferEnd::Withdrawn));
            }
            let subject = events.len();
            events.push(resolved());
            Ok(Decision::Append { events, subject })
        }
        Phase::WithPerson | Phase::WaitingOnShopper | Phase::LeftOpen => {
            Ok(Decision::Append { events: vec![answered, resolved()], subject: 1 })
        }
        Phase::Resolved => match state.view.resolved.as_ref().map(|resolved| resolved.by) {
            Some(ClosedBy::Agent) => Decision::append(vec![resolved()]),
            Some(ClosedBy::Shopper) | None => Ok(Decision::Same { seq: state.seq }),
        },
    }
}

fn not_solved(state: &State, facts: &Facts) -> Result<Decision, Code> {
    let answered = shopper(ResolutionAnswered { solved: false });
    match state.view.phase {
        Phase::Assisted => {
            let mut events: Vec<NewEvent> = keep_shown(facts).into_iter().collect();
            let subject = events.len();
            events.push(answered);
            let declined = state.declined.iter().any(|reason| reason == NOT_SOLVED);
            if state.not_solved == 0 {
                events.push(NewEvent::system(HandoffOffered { reason: NOT_SOLVED.into() }));
            } else if !declined {
                events.push(requested(state, Author::of(AuthorKind::Shopper), NOT_SOLVED, facts));
                events.extend(queued(state, false, facts));
            }
            Ok(Decision::Append { events, subject })
        }
        Phase::Queued | Phase::WithPerson | Phase::WaitingOnShopper => Decision::append(vec![answered]),
        Phase::LeftOpen => {
            let mut events = vec![answered];
            events.extend(back_from_left_open(state, facts));
            Decision::append(events)
        }
        Phase::Resolved => {
            let mut events = vec![answered];
            events.extend(reopened(state, facts));
            if state.last_agent.is_none() {
                events.push(NewEvent::system(HandoffOffered { reason: NOT_SOLVED.into() }));
            }
            Decision::append(events)
        }
    }
}
