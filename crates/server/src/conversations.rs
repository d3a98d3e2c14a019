//! Takes a command through rules, log and bus. Everybody's takes this road: a shopper's, an agent's, the assistant's, the clock's.

use serde_json::Value;
use warmline_conversation::command::{AgentCommand, AskedInWords, ShopperCommand, Turn};
use warmline_conversation::{Command, Decision, Facts, State, decide};
use warmline_protocol::{ClientId, Code, ConversationId, Phase};
use warmline_store::{Append, AppendError, Receipt, TokenHash};

use crate::app::{App, now};
use crate::bus::StoredNotice;
use crate::problem::{Answer, Refusal};

/// How often a decision is made anew when somebody else was faster.
const TRIES: usize = 20;

/// What makes a command recognisable when it is sent again.
#[derive(Debug, Clone)]
pub struct Key {
    /// The client's id.
    pub client_id: ClientId,
    /// Of route and body.
    pub fingerprint: TokenHash,
}

/// A command on its way.
pub struct Request<'a> {
    /// Makes the command for the state that it meets.
    pub make: &'a (dyn Fn(&State) -> Command + Sync),
    /// What makes it recognisable, when it is a client's.
    pub key: Option<Key>,
    /// Makes the answer: from the seq that it was about, and the state after it.
    pub answer: &'a (dyn Fn(u64, &State) -> Value + Sync),
    /// Whether the limits of a conversation apply.
    pub limited: bool,
}

/// It is done.
#[derive(Debug, Clone)]
pub struct Done {
    /// Nothing new happened: a resend, or already so.
    pub again: bool,
    /// The answer's body.
    pub answer: Value,
}

/// The usual answer: the seq.
pub fn seq_answer(seq: u64, _: &State) -> Value {
    serde_json::json!({ "seq": seq })
}

impl App {
    /// Takes a command: decides, appends, tells.
    pub async fn execute(&self, conversation: &ConversationId, request: Request<'_>) -> Answer<Done> {
        let _lane = self.lanes.enter(conversation).await;
        if let Some(done) = self.known(conversation, request.key.as_ref()).await? {
            return Ok(done);
        }
        if request.limited {
            self.limits.command(conversation)?;
        }
        self.decide_and_append(conversation, &request).await
    }

    async fn known(&self, conversation: &ConversationId, key: Option<&Key>) -> Answer<Option<Done>> {
        let Some(key) = key else { return Ok(None) };
        match self.store.receipt(conversation, &key.client_id).await? {
            Some(receipt) => first_result(&receipt, key).map(Some),
            None => Ok(None),
        }
    }

    async fn decide_and_append(&self, conversation: &ConversationId, request: &Request<'_>) -> Answer<Done> {
        for _ in 0..TRIES {
            let stored = self.store.load(conversation).await?.ok_or(Code::NotFound)?;
            let command = (request.make)(&stored.state);
            let mut facts = self.facts(conversation, &stored.merchant, &stored.state, &command).await?;
            // What is under way is frozen until this try is over: what was shown and what is stored must agree.
            let _frozen = cuts_in(&command).then(|| self.turns.freeze(conversation)).flatten().map(|(frozen, shown)| {
                facts.shown = shown;
                frozen
            });
            let decision = decide(&stored.state, &command, &facts)?;
            let (state, events) = stored.state.advance(decision.events(), facts.now);
            let seq = match &decision {
                Decision::Append { events, .. } if events.is_empty() => stored.state.seq,
                Decision::Append { subject, .. } => stored.state.seq + 1 + *subject as u64,
                Decision::Same { seq } => *seq,
            };
            let answer = (request.answer)(seq, &state);
            let receipt = request.key.as_ref().map(|key| Receipt {
                client_id: key.client_id.clone(),
                fingerprint: key.fingerprint,
                answer: answer.to_string(),
            });
            let append = Append {
                conversation: conversation.clone(),
                merchant: stored.merchant.clone(),
                expected_seq: stored.state.seq,
                events: events.clone(),
                owed: state.due(),
                state: state.clone(),
                receipt,
                token: None,
                now: facts.now,
            };
            match self.store.append(append).await {
                Ok(appended) => {
                    let notice = StoredNotice {
                        conversation: conversation.clone(),
                        merchant: stored.merchant,
                        events,
                        owner_before: stored.state.owner.clone(),
                        owner: state.owner.clone(),
                        position: appended.position,
                    };
                    self.tell(notice, &stored.state, &state);
                    let again = matches!(decision, Decision::Same { .. });
                    return Ok(Done { again, answer });
                }
                Err(AppendError::Conflict | AppendError::CodeTaken) => {}
                Err(AppendError::Known(receipt)) => {
                    let key = request.key.as_ref().ok_or_else(|| Refusal::internal("a receipt without a key"))?;
                    return first_result(&receipt, key);
                }
                Err(AppendError::Store(error)) => return Err(error.into()),
            }
        }
        tracing::warn!(%conversation, "a command conflicted {TRIES} times");
        Err(Code::Unavailable.into())
    }

    async fn facts(&self, conversation: &ConversationId, merchant: &str, state: &State, command: &Command) -> Answer<Facts> {
        let now = now();
        let merchant = self.merchant(merchant).ok_or_else(|| Refusal::internal("a conversation of an unknown merchant"))?;
        let may_queue = may_queue(state, command);
        let outlook = if may_queue {
            self.outlook(merchant, conversation, now).await?
        } else {
            warmline_conversation::wait::Outlook {
                ahead: 0,
                on_shift: 0,
                free: 0,
                history: Vec::new(),
                next_staffed_at: None,
                reply_within_s: merchant.config.guarantee.reply_within_minutes.saturating_mul(60),
            }
        };
        let last_agent_is_free = match &state.last_agent {
            Some(agent) if may_queue => self.is_free(agent).await?,
            Some(_) | None => false,
        };
        Ok(Facts { now, fresh: rand::random(), outlook, last_agent_is_free, shown: None })
    }

    /// Tells readers and wakes workers.
    fn tell(&self, notice: StoredNotice, before: &State, after: &State) {
        let conversation = notice.conversation.clone();
        if let Some(turn) = self.turns.of(&conversation) {
            let said = notice
                .events
                .iter()
                .any(|event| matches!(&event.body, warmline_protocol::Body::MessagePosted(posted) if posted.message_id == turn.message_id));
            if said {
                turn.stored();
            }
            // The lease is gone, or what it answers is no longer owed.
            if said || after.owed.is_none() || after.view.epoch != before.view.epoch {
                turn.cancel.cancel();
            }
        }
        if !notice.events.is_empty() {
            metrics::counter!("warmline_events_stored_total").increment(notice.events.len() as u64);
            self.bus.stored(notice);
        }
        if !after.due().is_empty() {
            self.wakes.owed.notify_one();
        }
        let waits = |state: &State| (state.view.phase == Phase::Queued).then_some(state.offer.is_some());
        if waits(before) != waits(after) || before.owner != after.owner {
            self.wakes.route.notify_one();
        }
    }
}

fn first_result(receipt: &Receipt, key: &Key) -> Answer<Done> {
    if receipt.fingerprint != key.fingerprint {
        return Err(Code::ClientIdReused.into());
    }
    let answer = serde_json::from_str(&receipt.answer).map_err(Refusal::internal)?;
    Ok(Done { again: true, answer })
}

/// Whether a command may end an answer that is under way.
fn cuts_in(command: &Command) -> bool {
    match command {
        Command::Assistant { .. } | Command::Summarise(_) => false,
        Command::Shopper(_) | Command::Agent { .. } | Command::OfferTo(_) | Command::Tick | Command::OwnerGone | Command::OwnerLeaves => {
            true
        }
    }
}

/// Whether a command can put somebody in line or to their agent, so that the line must be looked at.
fn may_queue(state: &State, command: &Command) -> bool {
    match command {
        Command::Shopper(command) => match command {
            ShopperCommand::Message { heard, .. } => {
                heard.person == AskedInWords::Sure || matches!(state.view.phase, Phase::LeftOpen | Phase::Resolved)
            }
            ShopperCommand::AskForPerson { .. } | ShopperCommand::Solved(false) => true,
            ShopperCommand::DeclineOffer
            | ShopperCommand::CancelHandoff
            | ShopperCommand::AskMeanwhile
            | ShopperCommand::Stop
            | ShopperCommand::Solved(true)
            | ShopperCommand::Rate { .. }
            | ShopperCommand::CorrectSummary(_)
            | ShopperCommand::Identify(_)
            | ShopperCommand::Describe(_) => false,
        },
        Command::Agent { command, .. } => matches!(command, AgentCommand::Transfer { .. }),
        Command::Assistant { turn, .. } => matches!(turn, Turn::HandOver { .. }),
        Command::Tick | Command::OwnerGone | Command::OwnerLeaves => true,
        Command::Summarise(_) | Command::OfferTo(_) => false,
    }
}
