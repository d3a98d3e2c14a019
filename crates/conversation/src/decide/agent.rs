//! What an agent asks for. Who does not own a conversation cannot write in it.

use warmline_protocol::event::{
    AgentJoined, AgentLeft, AuthorKind, ClosedBy, ConversationResolved, HandoffReturned, LeftCause, MessagePosted, NotePosted, OfferEnd,
    OfferEnded, PromiseKept,
};
use warmline_protocol::{AgentId, Author, Code, MessageId, OfferId, Phase};

use super::handoff::{keep_shown, message, queued, requested, withdraw_offer};
use super::{Decision, NewEvent, derived};
use crate::command::{AgentCommand, Facts, TransferTo};
use crate::state::State;

/// The reason of a case that nobody asked for: an agent stepped in.
const STEPPED_IN: &str = "agent_stepped_in";

pub(super) fn decide(state: &State, agent: &AgentId, name: &str, command: &AgentCommand, facts: &Facts) -> Result<Decision, Code> {
    let actor = Actor { agent, name };
    match command {
        AgentCommand::Accept(offer) => actor.accept(state, offer),
        AgentCommand::Pass(offer) => actor.pass(state, offer),
        AgentCommand::Take => actor.take(state, facts),
        AgentCommand::Message { client_id, text } => {
            actor.may_write(state)?;
            let posted = MessagePosted { client_id: Some(client_id.clone()), ..message(MessageId::from_random(derived(facts, 3)), text) };
            let mut events = vec![actor.does(posted)];
            events.extend(state.promises.iter().map(|promise| NewEvent::system(PromiseKept { promise_id: promise.id.clone() })));
            Decision::append(events)
        }
        AgentCommand::Note(text) => {
            actor.may_write(state)?;
            Decision::append(vec![actor.does(NotePosted { text: text.clone() })])
        }
        AgentCommand::Typing => {
            actor.may_write(state)?;
            Ok(Decision::Same { seq: state.seq })
        }
        AgentCommand::Return(reason) => {
            actor.may_give_away(state)?;
            Decision::append(vec![actor.does(HandoffReturned { reason: reason.clone() })])
        }
        AgentCommand::Transfer { to, note } => {
            actor.may_give_away(state)?;
            actor.transfer(state, to, note.as_deref(), facts)
        }
        AgentCommand::Resolve(reason) => actor.resolve(state, reason),
    }
}

struct Actor<'a> {
    agent: &'a AgentId,
    name: &'a str,
}

impl Actor<'_> {
    fn does(&self, body: impl Into<warmline_protocol::Body>) -> NewEvent {
        NewEvent { author: Author::agent(self.name), body: body.into() }
    }

    fn joins(&self) -> NewEvent {
        self.does(AgentJoined { agent_id: self.agent.clone(), name: self.name.to_owned() })
    }

    fn owns(&self, state: &State) -> bool {
        state.owner.as_ref() == Some(self.agent)
    }

    fn accept(&self, state: &State, offer: &OfferId) -> Result<Decision, Code> {
        match state.view.phase {
            Phase::Queued => {
                let open = state.offer.as_ref().filter(|open| open.id == *offer && open.agent == *self.agent);
                let open = open.ok_or(Code::Taken)?;
                let ended = OfferEnded { offer_id: open.id.clone(), agent_id: open.agent.clone(), cause: OfferEnd::Accepted };
                Ok(Decision::Append { events: vec![NewEvent::system(ended), self.joins()], subject: 1 })
            }
            Phase::WithPerson | Phase::WaitingOnShopper => Err(Code::Taken),
            Phase::Assisted | Phase::LeftOpen | Phase::Resolved => Err(Code::NotNow),
        }
    }

    fn pass(&self, state: &State, offer: &OfferId) -> Result<Decision, Code> {
        match &state.offer {
            Some(open) if open.id == *offer && open.agent == *self.agent => {
                let ended = OfferEnded { offer_id: open.id.clone(), agent_id: open.agent.clone(), cause: OfferEnd::Declined };
                Decision::append(vec![NewEvent::system(ended)])
            }
            // It is over already, which is what the agent wanted.
            Some(_) | None => Ok(Decision::Same { seq: state.seq }),
        }
    }

    fn take(&self, state: &State, facts: &Facts) -> Result<Decision, Code> {
        match state.view.phase {
            Phase::Assisted => {
                let mut events: Vec<NewEvent> = keep_shown(facts).into_iter().collect();
                events.push(requested(state, Author::agent(self.name), STEPPED_IN, facts));
                let subject = events.len();
                events.push(self.joins());
                Ok(Decision::Append { events, subject })
            }
            Phase::Queued => {
                let mut events: Vec<NewEvent> = keep_shown(facts).into_iter().collect();
                events.extend(withdraw_offer(state, OfferEnd::Withdrawn));
                let subject = events.len();
                events.push(self.joins());
                Ok(Decision::Append { events, subject })
            }
            Phase::WithPerson | Phase::WaitingOnShopper if self.owns(state) => Ok(Decision::Same { seq: state.joined_seq }),
            Phase::WithPerson | Phase::WaitingOnShopper => Err(Code::Taken),
            Phase::LeftOpen => {
                let mut events = Vec::new();
                if state.view.case.is_none() {
                    events.push(requested(state, Author::agent(self.name), STEPPED_IN, facts));
                }
                let subject = events.len();
                events.push(self.joins());
                Ok(Decision::Append { events, subject })
            }
            Phase::Resolved => Err(Code::Resolved),
        }
    }

    /// A message, a note, a sign of typing: the owner's; in a conversation left open, its last agent's.
    fn may_write(&self, state: &State) -> Result<(), Code> {
        match state.view.phase {
            Phase::Resolved => Err(Code::Resolved),
            Phase::Assisted | Phase::Queued => Err(Code::NotOwner),
            Phase::WithPerson | Phase::WaitingOnShopper => self.owns(state).then_some(()).ok_or(Code::NotOwner),
            Phase::LeftOpen => (state.last_agent.as_ref() == Some(self.agent)).then_some(()).ok_or(Code::NotOwner),
        }
    }

    fn may_give_away(&self, state: &State) -> Result<(), Code> {
        match state.view.phase {
            Phase::WithPerson | Phase::WaitingOnShopper => self.owns(state).then_some(()).ok_or(Code::NotOwner),
            Phase::Assisted | Phase::Queued | Phase::LeftOpen | Phase::Resolved => Err(Code::NotNow),
        }
    }

    fn transfer(&self, state: &State, to: &TransferTo, note: Option<&str>, facts: &Facts) -> Result<Decision, Code> {
        let mut events = Vec::new();
        if let Some(note) = note {
            events.push(self.does(NotePosted { text: note.to_owned() }));
        }
        let subject = events.len();
        let (agent_id, skill) = match to {
            TransferTo::Agent(agent) => (Some(agent.clone()), None),
            TransferTo::Skill(skill) => (None, Some(skill.clone())),
        };
        events.push(self.does(AgentLeft { cause: LeftCause::Transfer, to_agent: agent_id, to_skill: skill }));
        events.extend(queued(state, true, facts));
        Ok(Decision::Append { events, subject })
    }

    fn resolve(&self, state: &State, reason: &str) -> Result<Decision, Code> {
        let owner = match state.view.phase {
            Phase::Resolved => return Ok(Decision::Same { seq: state.seq }),
            Phase::Assisted | Phase::Queued => false,
            Phase::WithPerson | Phase::WaitingOnShopper => self.owns(state),
            Phase::LeftOpen => state.last_agent.as_ref() == Some(self.agent),
        };
        if !owner {
            return Err(Code::NotOwner);
        }
        let resolved = ConversationResolved { by: ClosedBy::Agent, reason: Some(reason.to_owned()) };
        Decision::append(vec![NewEvent {
            author: Author { kind: AuthorKind::Agent, name: Some(self.name.to_owned()) },
            body: resolved.into(),
        }])
    }
}
