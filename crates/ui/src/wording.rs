//! What is said about places and waits, as data: which sentence, with which number or moment. The words are the locale files'.

use warmline_protocol::event::PromiseKind;
use warmline_protocol::view::{PromiseView, QueueView};
use warmline_protocol::{Phase, Timestamp, View};

/// How long somebody waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    /// About so many minutes.
    Minutes(u32),
    /// Nobody is here before then.
    From(Timestamp),
    /// It cannot be said.
    Unknown,
}

impl Wait {
    /// What a place in line says, in whole minutes, rounded up: a wait is never said shorter than it is expected.
    pub fn of(queue: &QueueView) -> Self {
        match (queue.expected_wait_s, queue.next_staffed_at) {
            (Some(seconds), _) => Wait::Minutes(seconds.div_ceil(60).max(1)),
            (None, Some(at)) => Wait::From(at),
            (None, None) => Wait::Unknown,
        }
    }
}

/// The promise, as it is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Promised {
    /// A person answers in the chat by then.
    Answer(Timestamp),
    /// A person replies by then.
    Reply(Timestamp),
    /// It was broken; the new moment.
    Broken(Timestamp),
    /// It was kept.
    Kept,
}

impl Promised {
    /// What a promise says.
    pub fn of(promise: &PromiseView) -> Self {
        match (promise.kept, promise.broken, promise.kind) {
            (true, _, _) => Promised::Kept,
            (false, true, _) => Promised::Broken(promise.promise_by),
            (false, false, PromiseKind::Live) => Promised::Answer(promise.promise_by),
            (false, false, PromiseKind::Reply) => Promised::Reply(promise.promise_by),
        }
    }
}

/// Whom the shopper talks to: the one line that is always true.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Talking {
    /// The assistant.
    Assistant,
    /// Nobody yet; the place in line, when it is known.
    Waiting(Option<u32>),
    /// Nobody yet, and nobody is on shift: a person will reply.
    WaitingForReply,
    /// A person, by name.
    Person(String),
    /// A person, who waits for the shopper.
    WaitingOnYou(String),
    /// Nobody: a day of silence.
    LeftOpen,
    /// Nobody: the shopper said that it is solved.
    Solved,
    /// Nobody: a person closed it.
    ClosedBy(String),
}

impl Talking {
    /// To whom, in a state.
    pub fn to(view: &View) -> Self {
        let name = || view.agent.as_ref().map(|agent| agent.name.clone()).unwrap_or_default();
        match view.phase {
            Phase::Assisted => Talking::Assistant,
            Phase::Queued => match view.queue.as_ref().map(|queue| (queue.position, Wait::of(queue))) {
                Some((_, Wait::From(_))) => Talking::WaitingForReply,
                Some((place, Wait::Minutes(_) | Wait::Unknown)) => Talking::Waiting(Some(place)),
                None => Talking::Waiting(None),
            },
            Phase::WithPerson => Talking::Person(name()),
            Phase::WaitingOnShopper => Talking::WaitingOnYou(name()),
            Phase::LeftOpen => Talking::LeftOpen,
            Phase::Resolved => match &view.resolved {
                Some(resolved) if resolved.by == warmline_protocol::event::ClosedBy::Agent => Talking::ClosedBy(name()),
                Some(_) | None => Talking::Solved,
            },
        }
    }

    /// The word by which a theme tells the kinds apart.
    pub const fn kind(&self) -> &'static str {
        match self {
            Talking::Assistant => "assistant",
            Talking::Waiting(_) | Talking::WaitingForReply => "waiting",
            Talking::Person(_) | Talking::WaitingOnYou(_) => "person",
            Talking::LeftOpen | Talking::Solved | Talking::ClosedBy(_) => "closed",
        }
    }
}

/// The initials of a name: of its first and its last word, each one character. The style makes them capitals: the tables of the case of
/// all letters would be more to download than this.
pub fn initials(name: &str) -> String {
    let (mut initials, mut last) = (String::new(), None);
    for word in name.split(' ') {
        match word.chars().next() {
            Some(character) if initials.is_empty() => initials.push(character),
            Some(character) => last = Some(character),
            None => {}
        }
    }
    if let Some(last) = last {
        initials.push(last);
    }
    initials
}

#[cfg(test)]
mod tests {
    use super::*;
    use warmline_protocol::event::ClosedBy;
    use warmline_protocol::view::{AgentView, ResolvedView};
    use warmline_protocol::{AgentId, PromiseId};

    fn queue(expected_wait_s: Option<u32>, next_staffed_at: Option<Timestamp>) -> QueueView {
        QueueView { position: 2, expected_wait_s, next_staffed_at }
    }

    fn view(phase: Phase) -> View {
        let agent = AgentView { agent_id: AgentId("a".into()), name: "Ada".into(), joined_at: Timestamp(0), answered_at: None };
        View { phase, agent: Some(agent), ..warmline_conversation::State::new().view }
    }

    #[test]
    fn a_wait_is_rounded_up_and_unknown_is_said_as_unknown() {
        assert_eq!(Wait::of(&queue(Some(61), None)), Wait::Minutes(2));
        assert_eq!(Wait::of(&queue(Some(0), None)), Wait::Minutes(1));
        assert_eq!(Wait::of(&queue(None, Some(Timestamp(5)))), Wait::From(Timestamp(5)));
        assert_eq!(Wait::of(&queue(None, None)), Wait::Unknown);
    }

    #[test]
    fn the_header_is_true_in_every_phase() {
        let waiting = |queue| Talking::to(&View { queue: Some(queue), ..view(Phase::Queued) });
        assert_eq!(Talking::to(&view(Phase::Assisted)), Talking::Assistant);
        assert_eq!(waiting(queue(Some(60), None)), Talking::Waiting(Some(2)));
        assert_eq!(waiting(queue(None, None)), Talking::Waiting(Some(2)));
        assert_eq!(waiting(queue(None, Some(Timestamp(9)))), Talking::WaitingForReply);
        assert_eq!(Talking::to(&view(Phase::Queued)), Talking::Waiting(None));
        assert_eq!(Talking::to(&view(Phase::WithPerson)), Talking::Person("Ada".into()));
        assert_eq!(Talking::to(&view(Phase::WaitingOnShopper)), Talking::WaitingOnYou("Ada".into()));
        assert_eq!(Talking::to(&view(Phase::LeftOpen)), Talking::LeftOpen);
        let closed = |by| View { resolved: Some(ResolvedView { by, at: Timestamp(0), reason: None }), ..view(Phase::Resolved) };
        assert_eq!(Talking::to(&closed(ClosedBy::Shopper)), Talking::Solved);
        assert_eq!(Talking::to(&closed(ClosedBy::Agent)), Talking::ClosedBy("Ada".into()));
    }

    #[test]
    fn a_broken_promise_is_said_even_when_it_was_one_for_a_reply() {
        let promise = |kind, broken, kept| PromiseView { promise_id: PromiseId("p".into()), kind, promise_by: Timestamp(7), broken, kept };
        assert_eq!(Promised::of(&promise(PromiseKind::Live, false, false)), Promised::Answer(Timestamp(7)));
        assert_eq!(Promised::of(&promise(PromiseKind::Reply, false, false)), Promised::Reply(Timestamp(7)));
        assert_eq!(Promised::of(&promise(PromiseKind::Reply, true, false)), Promised::Broken(Timestamp(7)));
        assert_eq!(Promised::of(&promise(PromiseKind::Live, true, true)), Promised::Kept);
    }

    #[test]
    fn initials_are_those_of_the_first_and_the_last_word() {
        assert_eq!(initials("Ada"), "A");
        assert_eq!(initials("Ada Maria  Lovelace"), "AL");
        assert_eq!(initials("山田"), "山");
        assert_eq!(initials(" "), "");
    }
}
