//! Trouble: what happened, what becomes of the message, what to do next.

use warmline_ui::template;
use warmline_ui::joined;
use warmline_protocol::{Body, Phase};
use warmline_ui::chat::Trouble;
use warmline_ui::composer::LIMIT;
use warmline_ui::dom::{El, Timer, after, effect, el};
use warmline_ui::locale::Locale;
use warmline_ui::notices::notice;
use warmline_ui::stream::Connection;

use crate::widget::Widget;
use crate::words;
use warmline_ui::watched::Watched;

/// An answer that has not begun after so long is slow.
const SLOW_MS: u32 = 10_000;

/// What is to be said now; the gravest first.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Notice {
    Offline,
    Page,
    Ended,
    Start,
    Server,
    Limit(u32),
    Reconnecting,
    Slow,
}

/// The place of notices, above the way to a person.
pub(crate) fn trouble(widget: &Widget) -> El {
    let slow = slow(widget);
    let (connection, trouble, held_up) =
        (widget.chat.stream().connection(), widget.chat.trouble(), widget.chat.sender().held_up());
    let offline = *widget;
    let now = move || match (connection.get(), trouble.get(), held_up.get()) {
        _ if offline.is_offline() => Some(Notice::Offline),
        (_, Some(Trouble::Page), _) => Some(Notice::Page),
        (_, Some(Trouble::Ended), _) => Some(Notice::Ended),
        (_, Some(Trouble::Start), _) => Some(Notice::Start),
        (_, Some(Trouble::Server), _) => Some(Notice::Server),
        (_, None, Some(seconds)) if seconds > 0 => Some(Notice::Limit(seconds)),
        (Connection::Lost, None, _) | (_, None, Some(_)) => Some(Notice::Reconnecting),
        (Connection::Off | Connection::Connecting | Connection::Live | Connection::Offline, None, None) => slow.get().then_some(Notice::Slow),
    };
    let widget = *widget;
    el("div").class("notices").attr("role", "status").swap(now, move |now| say(&widget, now))
}

fn say(widget: &Widget, now: Notice) -> El {
    let locale = widget.locale;
    let (kind, key) = match now {
        Notice::Offline => ("warning", words::TROUBLE_OFFLINE),
        Notice::Page => ("error", words::TROUBLE_PAGE),
        Notice::Ended => ("warning", words::TROUBLE_SESSION),
        Notice::Start => ("error", words::TROUBLE_START),
        Notice::Server => ("error", words::TROUBLE_SERVER),
        Notice::Limit(_) => ("warning", words::TROUBLE_LIMIT),
        Notice::Reconnecting => ("warning", words::TROUBLE_RECONNECTING),
        Notice::Slow => ("info", words::TROUBLE_SLOW),
    };
    let said = notice(kind, move || match now {
        Notice::Limit(seconds) => locale.tf(key, &[("seconds", &locale.number(seconds))]),
        Notice::Offline
        | Notice::Page
        | Notice::Ended
        | Notice::Start
        | Notice::Server
        | Notice::Reconnecting
        | Notice::Slow => locale.t(key),
    });
    let next = match now {
        Notice::Page => template!("a .notice-action target=_blank rel=noopener $", words::TALK_TO_PERSON),
        Notice::Ended => template!("button .notice-action $ !fine", words::START_NEW),
        Notice::Start => template!("button .notice-action $ !load", words::TRY_AGAIN),
        Notice::Server => template!("button .notice-action $ !again", words::TRY_AGAIN),
        Notice::Offline | Notice::Limit(_) | Notice::Reconnecting | Notice::Slow => return said,
    };
    let mut next = widget.build(next, &[]).part();
    if now == Notice::Page {
        next = next.attr("href", joined(&[&*widget.host.base, "/talk/", &widget.host.visit.key]));
    }
    said.child(next)
}

/// Whether the assistant owes an answer for long: nothing streams, and the shopper wrote last.
fn slow(widget: &Widget) -> Watched<bool> {
    let slow = Watched::new(false);
    let (talk, view) = (*widget.chat.talk(), widget.view());
    let mut due: Option<Timer> = None;
    effect(move || {
        let streaming = talk.answering().get().is_some();
        let assisted = view.with(|view| view.phase == Phase::Assisted && !view.resolution_asked && view.offer.is_none());
        let asked = talk.with_entries(|entries| {
            entries.last().is_some_and(|entry| {
                matches!(entry.body, Body::MessagePosted(_)) && entry.author.kind == warmline_protocol::AuthorKind::Shopper
            })
        });
        let waits = assisted && asked && !streaming;
        drop(std::mem::replace(&mut due, waits.then(|| after(SLOW_MS, move || slow.set(true)))));
        if !waits && slow.get_untracked() {
            slow.set(false);
        }
    });
    slow
}

/// A problem's code in words.
pub(crate) fn reason(locale: Locale, code: &str) -> String {
    match code {
        "text_too_long" => locale.tf(words::TROUBLE_TOO_LONG, &[("max", &locale.number(LIMIT))]),
        "origin_not_allowed" | "unknown_key" => locale.t(words::TROUBLE_PAGE),
        _ => locale.t(words::TROUBLE_SERVER),
    }
}
