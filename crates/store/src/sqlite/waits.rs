//! How long people wait for a person: from the first ask to an agent's first message, whatever happens in between.

use warmline_protocol::{AuthorKind, Body, Event, Phase};

use super::batch::Batch;
use crate::Append;

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
pub(super) fn put(append: &Append, event: &Event, batch: &mut Batch) {
    let Some(clock) = clock(event) else { return };
    let conversation = append.conversation.as_str();
    match clock {
        Clock::Starts => batch
            .add("INSERT OR IGNORE INTO waits (conversation, merchant, asked_at) VALUES (?, ?, ?)")
            .bind(conversation)
            .bind(&append.merchant)
            .bind(event.at.0),
        Clock::Stops => batch
            .add("UPDATE waits SET answered_at = ?, seconds = max(? - asked_at, 0) / 1000 WHERE conversation = ? AND answered_at IS NULL")
            .bind(event.at.0)
            .bind(event.at.0)
            .bind(conversation),
        Clock::Cleared => batch.add("DELETE FROM waits WHERE conversation = ? AND answered_at IS NULL").bind(conversation),
    };
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
