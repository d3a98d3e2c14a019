//! What happened between messages, as a line of the transcript.

use warmline_protocol::event::{AuthorKind, ClosedBy, LeftCause};
use warmline_protocol::{Body, Event};
use warmline_ui::dom::{El, el};

use crate::widget::Widget;
use crate::words;

/// The line of an event, or none.
pub(crate) fn line(widget: &Widget, event: &Event) -> Option<El> {
    text(widget, event)?;
    let (widget, seq) = (*widget, event.seq);
    Some(
        el("p")
            .class("line")
            .attr("data-type", event.body.type_name())
            .dyn_text(move || widget.chat.talk().with_entry(seq, |event| text(&widget, event)).flatten().unwrap_or_default()),
    )
}

/// Its words.
pub(crate) fn text(widget: &Widget, event: &Event) -> Option<String> {
    let locale = widget.locale;
    let name = || {
        let named = event.author.name.clone().filter(|_| event.author.kind == AuthorKind::Agent);
        named.or_else(|| widget.view().with_untracked(|view| view.agent.as_ref().map(|agent| agent.name.clone())))
            .unwrap_or_else(|| locale.t(warmline_ui::words::AUTHOR_A_PERSON))
    };
    Some(match &event.body {
        Body::HandoffRequested(_) => locale.t(words::NOTICE_REQUESTED),
        Body::PromiseBroken(broken) => locale.tf(words::PROMISE_BROKEN_SHORT, &[("next", &locale.moment(broken.next_promise_by))]),
        Body::HandoffCancelled(_) => locale.t(words::NOTICE_CANCELLED),
        Body::AgentJoined(joined) => locale.tf(words::NOTICE_JOINED, &[("name", &joined.name)]),
        Body::AgentLeft(left) => {
            let key = match left.cause {
                LeftCause::Transfer => words::NOTICE_LEFT_TRANSFER,
                LeftCause::ShiftEnded => words::NOTICE_LEFT_SHIFT_ENDED,
                LeftCause::Gone => words::NOTICE_LEFT_GONE,
                LeftCause::Silent => words::NOTICE_LEFT_SILENT,
            };
            locale.tf(key, &[("name", &name())])
        }
        Body::HandoffReturned(returned) => {
            locale.tf(words::NOTICE_RETURNED, &[("name", &name()), ("reason", &returned.reason)])
        }
        Body::ConversationResolved(resolved) => match (&resolved.by, &resolved.reason) {
            (ClosedBy::Agent, Some(reason)) => {
                locale.tf(words::NOTICE_RESOLVED_BY_PERSON, &[("name", &name()), ("reason", reason)])
            }
            (ClosedBy::Agent, None) => locale.tf(words::RESOLVED_BY_PERSON, &[("name", &name())]),
            (ClosedBy::Shopper, _) => locale.t(words::NOTICE_SOLVED),
        },
        Body::ConversationReopened(_) => locale.t(words::NOTICE_REOPENED),
        Body::MessagePosted(_)
        | Body::ConversationStarted(_)
        | Body::ShopperIdentified(_)
        | Body::ContextChanged(_)
        | Body::AssistantDeclined(_)
        | Body::TurnEnded(_)
        | Body::HandoffOffered(_)
        | Body::HandoffOfferDeclined(_)
        | Body::HandoffQueued(_)
        | Body::HandoffPromised(_)
        | Body::PromiseKept(_)
        | Body::AssistantResumed(_)
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
        | Body::Unknown => return None,
    })
}
