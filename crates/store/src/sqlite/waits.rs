//! How long people wait for a person: from the first ask to an agent's first message, whatever happens in between.

use sqlx::SqliteConnection;
use warmline_protocol::{AuthorKind, Body, Event, Phase};

use crate::{Append, Result};

/// What an event does to that clock.
enum Clock {
    /// It starts, unless it runs.
    Starts,
    /// A person answered.
    Stops,
    /// Nobody is waited for any more, and nobody has answered: it does not count.
    Cleared,
}

/// Moves the clock by an event.
pub(super) async fn put(append: &Append, event: &Event, connection: &mut SqliteConnection) -> Result<()> {
    let Some(clock) = clock(event) else { return Ok(()) };
    let conversation = append.conversation.as_str();
    let statement = match clock {
        Clock::Starts => sqlx::query("INSERT OR IGNORE INTO waits (conversation, merchant, asked_at) VALUES (?1, ?2, ?3)")
            .bind(conversation)
            .bind(&append.merchant)
            .bind(event.at.0),
        Clock::Stops => sqlx::query(
            "UPDATE waits SET answered_at = ?2, seconds = max(?2 - asked_at, 0) / 1000 WHERE conversation = ?1 AND answered_at IS NULL",
        )
        .bind(conversation)
        .bind(event.at.0),
        Clock::Cleared => sqlx::query("DELETE FROM waits WHERE conversation = ?1 AND answered_at IS NULL").bind(conversation),
    };
    statement.execute(connection).await?;
    Ok(())
}

fn clock(event: &Event) -> Option<Clock> {
    let agent = event.author.kind == AuthorKind::Agent;
    match &event.body {
        // An agent who steps in was not waited for.
        Body::HandoffRequested(_) => (!agent).then_some(Clock::Starts),
        Body::ConversationReopened(reopened) => (reopened.to == Phase::Queued).then_some(Clock::Starts),
        Body::MessagePosted(_) => agent.then_some(Clock::Stops),
        Body::HandoffCancelled(_) | Body::HandoffReturned(_) | Body::ConversationResolved(_) => Some(Clock::Cleared),
        Body::ConversationStarted(_)
        | Body::ShopperIdentified(_)
        | Body::ContextChanged(_)
        | Body::AssistantDeclined(_)
        | Body::TurnEnded(_)
        | Body::HandoffOffered(_)
        | Body::HandoffOfferDeclined(_)
        | Body::HandoffQueued(_)
        | Body::HandoffPromised(_)
        | Body::PromiseKept(_)
        | Body::PromiseBroken(_)
        | Body::AssistantResumed(_)
        | Body::AgentJoined(_)
        | Body::AgentLeft(_)
        | Body::SummaryWritten(_)
        | Body::SummaryCorrected(_)
        | Body::ResolutionAsked(_)
        | Body::ResolutionAnswered(_)
        | Body::WaitingOnShopper(_)
        | Body::ConversationLeftOpen(_)
        | Body::RatingGiven(_)
        | Body::NotePosted(_)
        | Body::OfferMade(_)
        | Body::OfferEnded(_)
        | Body::SignalNoted(_)
        | Body::CostRecorded(_)
        | Body::Unknown => None,
    }
}
