//! What is left of an event when its conversation is erased: that it happened, when, by whom, and its numbers; not a word of it.

use warmline_protocol::Body;
use warmline_protocol::event::Lines;

/// Takes out all that was said or tells who it was. Ids, codes of our own and scores stay, so that the fold of the tombstones is the
/// erased conversation's state and reports stay true.
pub(super) fn of(body: Body) -> Body {
    match body {
        Body::ConversationStarted(mut started) => {
            started.page = None;
            started.into()
        }
        Body::ShopperIdentified(mut shopper) => {
            shopper.sub.clear();
            shopper.name = None;
            shopper.email = None;
            shopper.into()
        }
        Body::ContextChanged(mut changed) => {
            changed.page = None;
            changed.attributes.clear();
            changed.into()
        }
        Body::MessagePosted(mut posted) => {
            posted.text.clear();
            posted.order = None;
            posted.citations.clear();
            posted.quick_replies.clear();
            posted.blocks.clear();
            posted.into()
        }
        Body::HandoffRequested(mut requested) => {
            requested.reason.clear();
            requested.into()
        }
        Body::HandoffReturned(mut returned) => {
            returned.reason.clear();
            returned.into()
        }
        Body::SummaryWritten(mut written) => {
            written.problem.clear();
            written.wants.clear();
            written.tried.clear();
            written.lines = Lines::default();
            written.order = None;
            written.quote = None;
            written.into()
        }
        Body::SummaryCorrected(mut corrected) => {
            corrected.text.clear();
            corrected.into()
        }
        Body::ConversationResolved(mut resolved) => {
            resolved.reason = None;
            resolved.into()
        }
        Body::RatingGiven(mut rating) => {
            rating.comment = None;
            rating.into()
        }
        Body::NotePosted(mut note) => {
            note.text.clear();
            note.into()
        }
        // Codes, ids and numbers of our own.
        body @ (Body::AssistantDeclined(_)
        | Body::TurnEnded(_)
        | Body::HandoffOffered(_)
        | Body::HandoffOfferDeclined(_)
        | Body::HandoffQueued(_)
        | Body::HandoffPromised(_)
        | Body::PromiseKept(_)
        | Body::PromiseBroken(_)
        | Body::HandoffCancelled(_)
        | Body::AssistantResumed(_)
        | Body::AgentJoined(_)
        | Body::AgentLeft(_)
        | Body::ResolutionAsked(_)
        | Body::ResolutionAnswered(_)
        | Body::WaitingOnShopper(_)
        | Body::ConversationLeftOpen(_)
        | Body::ConversationReopened(_)
        | Body::OfferMade(_)
        | Body::OfferEnded(_)
        | Body::SignalNoted(_)
        | Body::CostRecorded(_)
        | Body::Unknown) => body,
    }
}
