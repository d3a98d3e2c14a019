//! What happened between the messages, in a line each; and notes, which only agents see.

use warmline_protocol::event::{ClosedBy, LeftCause};
use warmline_protocol::{AuthorKind, Body, Event};
use warmline_ui::dom::{El, el};
use warmline_ui::locale::Locale;
use warmline_ui::message::plain;

use crate::{names, words};

/// The line of an event; none for what a transcript does not show. `owner` had the conversation before it.
pub(crate) fn line(locale: Locale, event: &Event, owner: Option<String>) -> Option<El> {
    if let Body::NotePosted(note) = &event.body {
        return Some(note_of(locale, event, &note.text));
    }
    let event = event.clone();
    // Who left because the line was gone did not say so: the system did.
    let by = event.author.name.clone().or(owner).unwrap_or_default();
    words(locale, &event, &by)?;
    let at = event.at;
    Some(
        el("p")
            .class("happened")
            .child(el("span").dyn_text(move || words(locale, &event, &by).unwrap_or_default()))
            .text(" ")
            .child(el("time").attr("datetime", at.to_rfc3339()).dyn_text(move || locale.clock(at))),
    )
}

fn note_of(locale: Locale, event: &Event, text: &str) -> El {
    let (name, at) = (event.author.name.clone().unwrap_or_default(), event.at);
    el("article")
        .class("note")
        .child(
            el("header")
                .class("author")
                .child(el("span").class("author-name").dyn_text(move || locale.tf(words::NOTE_BY, &[("name", &name)])))
                .child(el("time").class("message-time").attr("datetime", at.to_rfc3339()).dyn_text(move || locale.clock(at))),
        )
        .child(plain(text))
}

fn words(locale: Locale, event: &Event, by: &str) -> Option<String> {
    Some(match &event.body {
        Body::HandoffRequested(requested) => {
            let key = if event.author.kind == AuthorKind::Assistant { words::DID_HAND_OVER } else { words::DID_ASK };
            locale.tf(key, &[("reason", &names::reason(locale, &requested.reason))])
        }
        Body::PromiseBroken(broken) => locale.tf(words::DID_BREAK, &[("time", &locale.moment(broken.next_promise_by))]),
        Body::HandoffCancelled(_) => locale.t(words::DID_CANCEL),
        Body::AgentJoined(joined) => locale.tf(words::DID_JOIN, &[("name", &joined.name)]),
        Body::AgentLeft(left) => {
            let key = match left.cause {
                LeftCause::Transfer => words::DID_TRANSFER,
                LeftCause::ShiftEnded => words::DID_END_SHIFT,
                LeftCause::Gone => words::DID_GO,
                LeftCause::Silent => words::DID_STAY_SILENT,
            };
            locale.tf(key, &[("name", by)])
        }
        Body::HandoffReturned(returned) => locale.tf(words::DID_RETURN, &[("name", by), ("reason", &returned.reason)]),
        Body::ConversationResolved(resolved) => match (resolved.by, &resolved.reason) {
            (ClosedBy::Shopper, _) => locale.t(words::DID_SOLVE),
            (ClosedBy::Agent, reason) => {
                locale.tf(words::DID_RESOLVE, &[("name", by), ("reason", reason.as_deref().unwrap_or_default())])
            }
        },
        Body::ConversationReopened(_) => locale.t(words::DID_REOPEN),
        _ => return None,
    })
}
