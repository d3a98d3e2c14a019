//! The assistant's turn: asked, streamed, stored. The lease decides at the end whether it may be; what was shown never vanishes.

use std::sync::Arc;
use std::time::Duration;

use sha2::{Digest as _, Sha256};
use tokio::sync::mpsc;
use warmline_assistant::{Line, Outcome, Piece, Question, Speaker, Verified};
use warmline_conversation::clock::Work;
use warmline_conversation::command::{Said, Turn};
use warmline_conversation::{Command, State};
use warmline_protocol::event::{AuthorKind, TurnEnd};
use warmline_protocol::passing::{AssistantDelta, AssistantStarted, AssistantStopped};
use warmline_protocol::{Body, Code, ConversationId, Event, MessageId, Passing, Timestamp};
use warmline_store::Stored;

use super::LEASE_S;
use crate::app::{App, now};
use crate::config::Price;
use crate::conversations::{Request, seq_answer};
use crate::problem::Answer;
use crate::turns::RunningTurn;

/// Messages that the assistant is given.
const MESSAGES: u32 = 40;
/// Milliseconds until a turn that found another one under way is looked at again.
const BUSY_MS: i64 = 100;
/// The longest that a turn may take.
const LONGEST: Duration = Duration::from_secs(60);

/// Takes the turn that is owed.
pub async fn perform(app: &Arc<App>, conversation: &ConversationId) -> Answer<()> {
    let stored = app.store.load(conversation).await?.ok_or(Code::NotFound)?;
    let Some(owed) = stored.state.owed.clone() else { return Ok(()) };
    let message_id = message_of(conversation, owed.seq);
    let Some(turn) = app.turns.begin(conversation, RunningTurn::new(message_id, owed.seq)) else {
        // The answer to the message before is under way; this one's follows it.
        app.store.release(Work::Turn, conversation, &app.process, Timestamp(now().0 + BUSY_MS)).await?;
        return Ok(());
    };
    let _over = Over { app, conversation };
    let began = std::time::Instant::now();
    show(
        app,
        conversation,
        Passing::AssistantStarted(AssistantStarted { message_id: turn.message_id.clone(), text_so_far: String::new() }),
    );
    let outcome = tokio::select! {
        outcome = speak(app, conversation, &stored, &turn) => outcome?,
        // A person was asked for, or the shopper stopped it: whoever did has stored what was shown.
        () = turn.cancel.cancelled() => None,
    };
    metrics::histogram!("warmline_turn_seconds").record(began.elapsed().as_secs_f64());
    let told = match outcome {
        Some((turn_end, signals, cost)) => store(app, conversation, &stored.state, &turn, turn_end, signals, cost).await?,
        None => false,
    };
    if !told {
        // What it was to answer may still be owed, under a new lease: then it is taken up at once, not when the claim ends.
        app.store.release(Work::Turn, conversation, &app.process, Timestamp(now().0 + BUSY_MS)).await?;
        app.wakes.owed.notify_one();
    }
    show(app, conversation, Passing::AssistantStopped(AssistantStopped { message_id: turn.message_id.clone() }));
    Ok(())
}

/// The turn is no longer under way, however it ended.
struct Over<'a> {
    app: &'a App,
    conversation: &'a ConversationId,
}

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.app.turns.end(self.conversation);
    }
}

type Ended = (Turn, Vec<String>, (u64, u64, u64));

async fn speak(app: &Arc<App>, conversation: &ConversationId, stored: &Stored, turn: &RunningTurn) -> Answer<Option<Ended>> {
    let merchant = app.merchant(&stored.merchant).ok_or(Code::NotFound)?;
    let Some(assistant) = &merchant.assistant else {
        // The assistant did not start: a person is offered, and the button works as ever.
        return Ok(Some((Turn::Offer { said: None, reason: "no_source".into() }, Vec::new(), (0, 0, 0))));
    };
    let question = question(app, conversation, stored).await?;
    let (out, mut pieces) = mpsc::channel(16);
    let mut work = std::pin::pin!(tokio::time::timeout(LONGEST, assistant.turn(question, out)));
    let mut renewal = tokio::time::interval(Duration::from_secs(LEASE_S.unsigned_abs() / 3));
    renewal.tick().await;
    let outcome = loop {
        tokio::select! {
            biased;
            Some(Piece::Text(words)) = pieces.recv() => say(app, conversation, turn, &words).await,
            outcome = &mut work => break outcome,
            _ = renewal.tick() => {
                app.store.renew(Work::Turn, conversation, &app.process, now().plus_seconds(LEASE_S)).await?;
            }
        }
    };
    while let Ok(Piece::Text(words)) = pieces.try_recv() {
        say(app, conversation, turn, &words).await;
    }
    let Ok(outcome) = outcome else {
        tracing::warn!(%conversation, "a turn took too long");
        return Ok(Some((late(turn), Vec::new(), (0, 0, 0))));
    };
    Ok(Some(ended(outcome, turn, merchant.price)))
}

/// A turn that took too long keeps what it showed, and offers a person.
fn late(turn: &RunningTurn) -> Turn {
    let text = turn.text();
    let said = (!text.trim().is_empty()).then(|| said(turn, text));
    Turn::Offer { said, reason: "unhelpful".into() }
}

async fn say(app: &App, conversation: &ConversationId, turn: &RunningTurn, words: &str) {
    turn.say(words, |offset| {
        let delta = AssistantDelta { message_id: turn.message_id.clone(), offset, text: words.to_owned() };
        show(app, conversation, Passing::AssistantDelta(delta));
    })
    .await;
}

fn show(app: &App, conversation: &ConversationId, passing: Passing) {
    app.bus.passing(conversation, None, passing);
}

fn said(turn: &RunningTurn, text: String) -> Said {
    Said { message_id: turn.message_id.clone(), text, citations: Vec::new(), quick_replies: Vec::new(), order: None }
}

fn ended(outcome: Outcome, turn: &RunningTurn, price: Price) -> Ended {
    let signals = outcome.signals().iter().map(|signal| (*signal).to_owned()).collect();
    let cost = outcome.cost();
    let end = match outcome {
        Outcome::Answer { text, citations, quick_replies, order, offer, .. } => {
            let claims = !citations.is_empty();
            let said = Said { citations, quick_replies, order, ..said(turn, text) };
            let offer = offer.map(str::to_owned);
            if claims { Turn::Answer { said, offer } } else { Turn::Say { said, offer } }
        }
        Outcome::AskBack { text, quick_replies, .. } => Turn::Say { said: Said { quick_replies, ..said(turn, text) }, offer: None },
        Outcome::Decline { reason, text, offer, .. } => Turn::Decline { said: said(turn, text), reason: reason.into(), offer },
        Outcome::Offer { reason, text, .. } => Turn::Offer { said: text.map(|text| said(turn, text)), reason: reason.into() },
        Outcome::HandOver { reason, text, .. } => Turn::HandOver { said: said(turn, text), reason: reason.into() },
    };
    (end, signals, (cost.tokens_in, cost.tokens_out, price.micros(cost.tokens_in, cost.tokens_out)))
}

async fn store(
    app: &App,
    conversation: &ConversationId,
    began: &State,
    turn: &RunningTurn,
    end: Turn,
    signals: Vec<String>,
    cost: (u64, u64, u64),
) -> Answer<bool> {
    let end = match end {
        Turn::Say { said, offer: None } if said.text.trim().is_empty() => Turn::End(TurnEnd::Silent),
        Turn::Answer { .. } | Turn::Say { .. } | Turn::Decline { .. } | Turn::Offer { .. } | Turn::HandOver { .. } | Turn::End(_) => end,
    };
    let make = move |_: &State| Command::Assistant {
        epoch: began.view.epoch,
        answers: turn.answers,
        signals: signals.clone(),
        cost,
        turn: end.clone(),
    };
    match app.execute(conversation, Request { make: &make, key: None, answer: &seq_answer, limited: false }).await {
        Ok(_) => Ok(true),
        // The lease is gone: a person was asked for meanwhile. A draft is not a message.
        Err(refusal) if refusal.code() == Code::NotNow => Ok(false),
        Err(refusal) => Err(refusal),
    }
}

/// The id of the answer to a message: the same when a killed process's turn is taken up by another, so that readers go on in it.
fn message_of(conversation: &ConversationId, seq: u64) -> MessageId {
    let hash = Sha256::new().chain_update(conversation.as_str()).chain_update(seq.to_be_bytes()).finalize();
    let number = hash.iter().take(16).fold(0_u128, |number, byte| (number << 8) | u128::from(*byte));
    MessageId::from_random(number)
}

/// What the assistant is told of a conversation.
pub async fn question(app: &App, conversation: &ConversationId, stored: &Stored) -> Answer<Question> {
    let state = &stored.state;
    let merchant = app.merchant(&stored.merchant).ok_or(Code::NotFound)?;
    let entries = app.store.entries(conversation, state.seq + 1, MESSAGES, false).await?;
    let cited_before = entries
        .messages
        .iter()
        .filter_map(|event| match &event.body {
            Body::MessagePosted(posted) => Some(&posted.citations),
            _ => None,
        })
        .flatten()
        .map(|citation| (citation.id.clone(), citation.quote.clone()))
        .collect();
    let mut lines = lines(&entries.messages);
    if let Some(owed) = &state.owed {
        // A message that came while another was answered stands before that answer: the one that is answered now comes last.
        lines.sort_by_key(|line| line.seq == owed.seq);
    }
    Ok(Question {
        locale: state.locale.clone(),
        market: merchant.config.markets.get(&state.locale).cloned(),
        lines,
        another_way: state.owed.as_ref().is_some_and(|owed| owed.another_way),
        already_offered: state.offered.clone(),
        declined: state.declined.clone(),
        high_value: false,
        vip: state.shopper.as_ref().is_some_and(|shopper| shopper.vip),
        identity: app.verified.of(conversation, now()).map(|identity| Verified {
            sub: identity.sub,
            email: identity.email,
            name: identity.name,
        }),
        cited_before,
        rules: merchant.rules.clone(),
    })
}

/// Messages as the assistant reads them.
pub fn lines(messages: &[Event]) -> Vec<Line> {
    messages
        .iter()
        .filter_map(|event| {
            let Body::MessagePosted(posted) = &event.body else { return None };
            let author = match event.author.kind {
                AuthorKind::Shopper => Speaker::Shopper,
                AuthorKind::Assistant => Speaker::Assistant,
                AuthorKind::Agent => Speaker::Agent,
                AuthorKind::System => return None,
            };
            Some(Line { seq: event.seq, author, text: posted.text.clone() })
        })
        .collect()
}
