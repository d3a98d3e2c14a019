//! The transcript: messages by author, and what happened between them.

use maud::{Markup, html};
use warmline_protocol::event::{ClosedBy, LeftCause};
use warmline_protocol::{AuthorKind, Body, Event};

use super::message::message;
use super::scene::{Scene, Talk};

/// Messages of one author within so many seconds stand together.
const GROUP_S: i64 = 120;

/// The transcript of a conversation.
pub(super) fn transcript(scene: &Scene, talk: &Talk) -> Markup {
    let words = scene.words();
    let (mut entries, more) = match &talk.older {
        Some(page) => ([page.messages.as_slice(), &page.notices].concat(), page.more),
        None => ([talk.snapshot.messages.as_slice(), &talk.snapshot.notices].concat(), talk.snapshot.more),
    };
    entries.sort_by_key(|entry| entry.seq);
    let last_message = entries.iter().rev().find(|entry| is_message(entry)).map(|entry| entry.seq);
    let newest = entries.last().map(|entry| entry.seq);
    let first_message = entries.iter().find(|entry| is_message(entry)).map_or(0, |entry| entry.seq);
    html! {
        section aria-labelledby="transcript-title" {
            h2 #transcript-title .vh { (words.transcript_label) }
            @if more {
                p .older { a href=(scene.address(&format!("before={first_message}"))) { (words.older_messages) } }
            }
            ol .transcript role="list" {
                @for (place, entry) in entries.iter().enumerate() {
                    @let before = place.checked_sub(1).and_then(|place| entries.get(place));
                    @let new_day = before.is_none_or(|before| !scene.clock.is_same_day(before.at, entry.at));
                    @if new_day { li .day { (scene.clock.day(entry.at)) } }
                    @let first = new_day || before.is_none_or(|before| !stand_together(before, entry));
                    (item(scene, talk, entry, first, last_message == Some(entry.seq), newest == Some(entry.seq)))
                }
                @if talk.owed && talk.older.is_none() {
                    li .happened { (words.assistant_writing) }
                }
            }
            @if talk.older.is_some() {
                p .older { a href=(format!("{}#newest", scene.address(""))) { (words.newest_messages) } }
            }
        }
    }
}

fn item(scene: &Scene, talk: &Talk, entry: &Event, first: bool, last_message: bool, newest: bool) -> Markup {
    let class = match entry.author.kind {
        AuthorKind::Shopper => "message shopper",
        AuthorKind::Assistant => "message assistant",
        AuthorKind::Agent => "message agent",
        AuthorKind::System => "message system",
    };
    // What the page opens at: the beginning of the last entry, so that a long answer is read from its first line.
    let anchor = html! { @if newest { span #newest {} } };
    match &entry.body {
        Body::MessagePosted(posted) => html! {
            li class=(class) id=(format!("m{}", entry.seq)) {
                (anchor)
                (message(scene, talk, entry, posted, first, last_message, newest))
            }
        },
        body => match happened(scene, entry, body) {
            Some(text) => html! {
                li .happened id=(format!("m{}", entry.seq)) { (anchor) span dir="auto" { (text) } " " (scene.clock.element(entry.at)) }
            },
            None => html! {},
        },
    }
}

fn is_message(entry: &Event) -> bool {
    matches!(entry.body, Body::MessagePosted(_))
}

fn stand_together(before: &Event, entry: &Event) -> bool {
    let same_author = before.author.kind == entry.author.kind && before.author.name == entry.author.name;
    is_message(before) && is_message(entry) && same_author && entry.at.seconds_since(before.at) < GROUP_S
}

/// What happened, in a sentence; none for what a transcript does not show.
fn happened(scene: &Scene, entry: &Event, body: &Body) -> Option<String> {
    let words = scene.words();
    let name = entry.author.name.as_deref().unwrap_or_else(|| scene.person());
    let by_name = |text: &str| scene.fill(text, &[("name", name)]);
    match body {
        Body::HandoffRequested(_) => Some(words.notice_requested.clone()),
        Body::PromiseBroken(broken) => {
            Some(scene.fill(&words.promise_broken_short, &[("next", &scene.clock.when(broken.next_promise_by))]))
        }
        Body::HandoffCancelled(_) => Some(words.notice_cancelled.clone()),
        Body::AgentJoined(joined) => Some(scene.fill(&words.notice_joined, &[("name", &joined.name)])),
        Body::AgentLeft(left) => Some(by_name(match left.cause {
            LeftCause::Transfer => &words.notice_left_transfer,
            LeftCause::ShiftEnded => &words.notice_left_shift_ended,
            LeftCause::Gone => &words.notice_left_gone,
            LeftCause::Silent => &words.notice_left_silent,
        })),
        Body::HandoffReturned(returned) => Some(scene.fill(&words.notice_returned, &[("name", name), ("reason", &returned.reason)])),
        Body::ConversationResolved(resolved) => Some(match resolved.by {
            ClosedBy::Shopper => words.notice_solved.clone(),
            ClosedBy::Agent => {
                let reason = resolved.reason.as_deref().unwrap_or_default();
                scene.fill(&words.notice_resolved_by_person, &[("name", name), ("reason", reason)])
            }
        }),
        Body::ConversationReopened(_) => Some(words.notice_reopened.clone()),
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
        | Body::Unknown => None,
    }
}
