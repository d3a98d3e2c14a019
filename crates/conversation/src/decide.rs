//! Answers a command: events to append, "the same as before", or a refusal with its code. Nothing is undefined: the tests make every
//! pair of state and command from the table in `docs/protocol.md`.

mod agent;
mod assistant;
mod handoff;
mod shopper;
mod time;

use warmline_protocol::event::AuthorKind;
use warmline_protocol::{Author, Body, Code, Event};

use crate::command::{Command, Facts};
use crate::state::State;

/// An event before it has its number.
#[derive(Debug, Clone, PartialEq)]
pub struct NewEvent {
    /// By whom.
    pub author: Author,
    /// What.
    pub body: Body,
}

impl NewEvent {
    fn by(kind: AuthorKind, body: impl Into<Body>) -> Self {
        NewEvent { author: Author::of(kind), body: body.into() }
    }

    fn system(body: impl Into<Body>) -> Self {
        NewEvent::by(AuthorKind::System, body)
    }
}

/// What follows from a command.
#[derive(Debug, Clone, PartialEq)]
pub enum Decision {
    /// These are appended; the answer names the seq of the one at `subject`.
    Append {
        /// In order.
        events: Vec<NewEvent>,
        /// Which of them the command was about.
        subject: usize,
    },
    /// Already so: 200, with the seq of the event that made it so.
    Same {
        /// That event.
        seq: u64,
    },
}

impl Decision {
    fn append(events: Vec<NewEvent>) -> Result<Self, Code> {
        Ok(Decision::Append { events, subject: 0 })
    }

    /// The events in order, none when nothing changes.
    pub fn events(&self) -> &[NewEvent] {
        match self {
            Decision::Append { events, .. } => events,
            Decision::Same { .. } => &[],
        }
    }
}

/// Decides a command in a state.
pub fn decide(state: &State, command: &Command, facts: &Facts) -> Result<Decision, Code> {
    match command {
        Command::Shopper(command) => shopper::decide(state, command, facts),
        Command::Agent { agent, name, command } => agent::decide(state, agent, name, command, facts),
        Command::Assistant { epoch, answers, signals, cost, turn } => {
            assistant::decide(state, *epoch, *answers, signals, *cost, turn, facts)
        }
        Command::Summarise(summary) => assistant::summarise(state, summary),
        Command::OfferTo(agent) => time::offer(state, agent, facts),
        Command::Tick => Ok(time::tick(state, facts)),
        Command::OwnerGone => time::owner_leaves(state, warmline_protocol::event::LeftCause::Gone, facts),
        Command::OwnerLeaves => time::owner_leaves(state, warmline_protocol::event::LeftCause::ShiftEnded, facts),
    }
}

impl State {
    /// The state after these events, and the events with their numbers as the log keeps them.
    pub fn advance(&self, events: &[NewEvent], now: warmline_protocol::Timestamp) -> (State, Vec<Event>) {
        let mut state = self.clone();
        let numbered = events
            .iter()
            .map(|new| {
                let event =
                    Event { seq: state.seq + 1, prev: state.shopper_seq, at: now, author: new.author.clone(), body: new.body.clone() };
                state.apply(&event);
                event
            })
            .collect();
        (state, numbered)
    }
}

/// An id made of the decision's random number, different for each use.
fn derived(facts: &Facts, use_: u128) -> u128 {
    facts.fresh.wrapping_add(use_.wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835))
}
