//! A conversation in memory: commands go in, the log grows, time is an argument.

use warmline_conversation::command::{AgentCommand, AskedInWords, Heard, Said, ShopperCommand, Shown, Turn};
use warmline_conversation::wait::Outlook;
use warmline_conversation::{Command, Decision, Facts, State, decide};
use warmline_protocol::event::{AuthorKind, ConversationStarted};
use warmline_protocol::{AgentId, Author, Citation, CitationKind, ClientId, Code, Event, MessageId, Phase, Timestamp};

pub const MINUTE: i64 = 60;

#[derive(Debug, Clone)]
pub struct Road {
    pub state: State,
    pub log: Vec<Event>,
    pub now: Timestamp,
    pub outlook: Outlook,
    pub last_agent_is_free: bool,
    pub shown: Option<Shown>,
    fresh: u128,
}

pub fn ada() -> AgentId {
    AgentId("ada".into())
}

pub fn ben() -> AgentId {
    AgentId("ben".into())
}

pub fn by(agent: AgentId, command: AgentCommand) -> Command {
    let name = if agent == ada() { "Ada" } else { "Ben" };
    Command::Agent { agent, name: name.into(), command }
}

pub fn says(text: &str) -> Command {
    heard(text, AskedInWords::NotSure, false)
}

pub fn heard(text: &str, person: AskedInWords, thanks: bool) -> Command {
    Command::Shopper(ShopperCommand::Message {
        client_id: ClientId(text.into()),
        text: text.into(),
        heard: Heard { person, thanks, sentence: "I'm getting a person for you.".into() },
    })
}

pub fn tap() -> Command {
    Command::Shopper(ShopperCommand::AskForPerson { reason: "tap".into() })
}

pub fn solved(yes: bool) -> Command {
    Command::Shopper(ShopperCommand::Solved(yes))
}

pub fn agent_says(agent: AgentId) -> Command {
    by(agent, AgentCommand::Message { client_id: ClientId("a1".into()), text: "I'm looking into it.".into() })
}

pub fn said(text: &str) -> Said {
    Said {
        message_id: MessageId("m".into()),
        text: text.into(),
        citations: vec![Citation {
            kind: CitationKind::Article,
            id: "refunds".into(),
            title: "Refunds".into(),
            quote: "Five days.".into(),
            url: None,
        }],
        quick_replies: Vec::new(),
        order: None,
    }
}

impl Road {
    pub fn begun() -> Self {
        let started = warmline_conversation::NewEvent {
            author: Author::of(AuthorKind::Shopper),
            body: ConversationStarted { locale: "en".into(), page: None }.into(),
        };
        let now = Timestamp(1_800_000_000_000);
        let (state, log) = State::new().advance(&[started], now);
        let outlook = Outlook { ahead: 2, on_shift: 1, free: 1, history: Vec::new(), next_staffed_at: None, reply_within_s: 3600 };
        Road { state, log, now, outlook, last_agent_is_free: true, shown: None, fresh: 7 }
    }

    pub fn try_now(&mut self, command: &Command) -> Result<Vec<&'static str>, Code> {
        self.fresh += 1;
        let facts = Facts {
            now: self.now,
            fresh: self.fresh,
            outlook: self.outlook.clone(),
            last_agent_is_free: self.last_agent_is_free,
            shown: self.shown.clone(),
        };
        let decision = decide(&self.state, command, &facts)?;
        let (state, events) = self.state.advance(decision.events(), self.now);
        self.state = state;
        let types = match decision {
            Decision::Append { .. } => events.iter().map(|event| event.body.type_name()).collect(),
            Decision::Same { .. } => vec!["same"],
        };
        self.log.extend(events);
        Ok(types)
    }

    pub fn go(mut self, commands: &[Command]) -> Self {
        for command in commands {
            self.try_now(command).unwrap_or_else(|code| panic!("{command:?} was refused with {}", code.word()));
        }
        self
    }

    pub fn later(mut self, seconds: i64) -> Self {
        self.now = self.now.plus_seconds(seconds);
        self
    }

    pub fn answers(&self) -> Command {
        self.turn(Turn::Answer { said: said("Five days."), offer: None })
    }

    pub fn turn(&self, turn: Turn) -> Command {
        let answers = self.state.owed.as_ref().map_or(0, |owed| owed.seq);
        Command::Assistant { epoch: self.state.view.epoch, answers, signals: Vec::new(), cost: (0, 0, 0), turn }
    }

    /// A conversation in a phase, reached by commands alone.
    pub fn in_phase(phase: Phase) -> Self {
        let begun = Road::begun().go(&[says("where is my parcel")]);
        match phase {
            Phase::Assisted => begun,
            Phase::Queued => begun.go(&[tap()]),
            Phase::WithPerson => begun.go(&[tap(), by(ada(), AgentCommand::Take), agent_says(ada())]),
            Phase::WaitingOnShopper => Road::in_phase(Phase::WithPerson).later(15 * MINUTE).go(&[Command::Tick]),
            Phase::LeftOpen => Road::in_phase(Phase::WaitingOnShopper).later(24 * 60 * MINUTE).go(&[Command::Tick]),
            Phase::Resolved => Road::in_phase(Phase::WithPerson).go(&[by(ada(), AgentCommand::Resolve("Sent again today.".into()))]),
        }
    }
}
