//! The transcript: entries in order, what is on its way, the answer that streams, who types. It stays at its end only when its reader
//! was there.

use crate::{digits, joined};
use std::rc::Rc;

use warmline_conversation::client::{Outgoing, SendState};
use warmline_protocol::{Author, AuthorKind, Body, Event};

use crate::dom::{El, button, el};
use crate::grouping::{Row, rows};
use crate::intl::local_day;
use crate::locale::Locale;
use crate::message::{frame, heading, message, plain};
use crate::sender::Sender;
use crate::talk::Talk;
use crate::words::{self, Key};
use crate::watched::Watched;

mod scroll;

pub use scroll::Scroll;

/// Builds an entry that is not a message; `None` leaves it out.
pub type Line = Rc<dyn Fn(&Event) -> Option<El>>;

/// What a transcript shows, and for whom.
pub struct Reading {
    /// The conversation.
    pub talk: Talk,
    /// The messages that are on their way.
    pub sender: Sender,
    /// The language.
    pub locale: Locale,
    /// Whose messages stand at the end side.
    pub me: AuthorKind,
    /// An entry that is not a message; `None` leaves it out.
    pub line: Line,
    /// Loads older messages.
    pub older: Rc<dyn Fn()>,
    /// Whether older messages are on their way.
    pub older_loading: Watched<bool>,
    /// What a refused message is told by: a problem's code → the reason in words.
    pub reason: Rc<dyn Fn(&str) -> String>,
    /// What stands before the first entry.
    pub before: Option<El>,
    /// What stands after the last entry.
    pub after: Option<El>,
}

/// Builds a transcript: its scroll position as a handle, and its element.
pub fn transcript(reading: Reading) -> (Scroll, El) {
    let Reading { talk, sender, locale, me, line, older, older_loading, reason, before, after } = reading;
    let content = el("div").class("transcript-content");
    let root = el("div")
        .class("transcript")
        .part("transcript")
        .attr("role", "log")
        // The live region speaks, once for each message; the log itself would read out each word as it comes.
        .attr("aria-live", "off")
        .attr("tabindex", "0")
        .t_attr("aria-label", locale, words::TRANSCRIPT_LABEL);
    let more = talk.more();
    let load = Rc::clone(&older);
    let content = content
        .child(
            button("older")
                .show(move || more.get())
                .dyn_text(move || locale.t(if older_loading.get() { words::OLDER_LOADING } else { words::OLDER_MESSAGES }))
                .on_click(move || load()),
        )
        .children(before)
        .child(entries(talk, locale, me, line))
        .child(on_their_way(&sender, locale, me, reason))
        .child(streaming(&talk, locale))
        .child(typing(&talk, locale, me))
        .children(after);
    let scroll = Scroll::follow(&root, &content, &talk, &sender, me, older);
    let pill_scroll = scroll.clone();
    let unseen = scroll.unseen();
    let pill = button("new-messages")
        .show(move || unseen.get() > 0)
        .dyn_text(move || locale.tn(words::NEW_MESSAGES, unseen.get()))
        .on_click(move || pill_scroll.to_end());
    (scroll, el("div").class("transcript-frame").child(root.child(content)).child(pill))
}

fn entries(talk: Talk, locale: Locale, me: AuthorKind, line: Line) -> El {
    el("ol").class("entries").attr("role", "list").each(
        move || talk.with_entries(|entries| rows(entries, |entry| local_day(entry.at))),
        Row::key,
        move |row| entry(&talk, locale, me, &line, row),
    )
}

fn entry(talk: &Talk, locale: Locale, me: AuthorKind, line: &Line, row: Row) -> El {
    let item = el("li").class("entry").attr("data-seq", digits(row.seq));
    talk.with_entry(row.seq, |event| {
        let at = event.at;
        if row.new_day {
            let _ = item.clone().child(el("p").class("day-line").dyn_text(move || locale.day(at)));
        }
        match &event.body {
            Body::MessagePosted(posted) => {
                let message = message(locale, event, posted, row);
                let message = if event.author.kind == me { message.child(seen(talk, locale, me, row.seq)) } else { message };
                let _ = item.clone().child(message);
            }
            _ => {
                let _ = item.clone().children(line(event));
            }
        }
    });
    item
}

/// Sent, or seen, in words.
fn seen(talk: &Talk, locale: Locale, me: AuthorKind, seq: u64) -> El {
    let reads = talk.reads();
    let seen = move || {
        let reads = reads.get();
        seq <= if me == AuthorKind::Shopper { reads.agent } else { reads.shopper }
    };
    el("p")
        .class("message-state")
        .dyn_attr("data-state", move || if seen() { "seen" } else { "sent" })
        .dyn_text(move || locale.t(if seen() { words::SEND_SEEN } else { words::SEND_SENT }))
}

/// A message on its way: the message, and whether it was acknowledged.
type OnItsWay = (Outgoing, bool);

fn on_their_way(sender: &Sender, locale: Locale, me: AuthorKind, reason: Rc<dyn Fn(&str) -> String>) -> El {
    let (outbox, sent, acting) = (sender.outbox(), sender.sent(), *sender);
    el("ol").class("entries on-their-way").attr("role", "list").each(
        move || {
            let mut all = Vec::new();
            sent.with(|sent| sent.iter().for_each(|message| all.push((message.clone(), true))));
            outbox.with(|outbox| outbox.waiting().iter().for_each(|message| all.push((message.clone(), false))));
            all
        },
        |(message, sent): &OnItsWay| {
            let state = match (&message.state, sent) {
                (_, true) => "s",
                (SendState::Sending, false) => "w",
                (SendState::Refused(_), false) => "r",
            };
            joined(&[message.client_id.as_str(), state])
        },
        move |(message, sent)| {
            let state = match &message.state {
                SendState::Refused(code) if !sent => refused(&acting, locale, &message, code.clone(), Rc::clone(&reason)),
                SendState::Refused(_) | SendState::Sending => on_its_way(&acting, locale, sent),
            };
            let message = frame(me).child(el("div").class("bubble").part("bubble").child(plain(&message.text)));
            el("li").class("entry").child(message.child(state))
        },
    )
}

fn on_its_way(sender: &Sender, locale: Locale, sent: bool) -> El {
    let held_up = sender.held_up();
    let key = move || -> Key {
        match (sent, held_up.get()) {
            (true, _) => words::SEND_SENT,
            (false, Some(0)) => words::SEND_WAITING,
            // A limit: the notice says in how many seconds.
            (false, Some(_) | None) => words::SEND_SENDING,
        }
    };
    let state = if sent { "sent" } else { "sending" };
    el("p").class("message-state").attr("data-state", state).dyn_text(move || locale.t(key()))
}

fn refused(sender: &Sender, locale: Locale, message: &Outgoing, code: String, reason: Rc<dyn Fn(&str) -> String>) -> El {
    let (again, discard) = (*sender, *sender);
    let (id, other) = (message.client_id.clone(), message.client_id.clone());
    el("div")
        .class("message-state")
        .attr("data-state", "refused")
        .child(el("p").t(locale, words::SEND_FAILED))
        .child(el("p").dyn_text(move || locale.tf(words::TROUBLE_REFUSED, &[("reason", &reason(&code))])))
        .child(button("message-retry").t(locale, words::SEND_RETRY).on_click(move || again.again(&id)))
        .child(button("message-discard").t(locale, words::SEND_DISCARD).on_click(move || discard.discard(&other)))
}

/// The answer that streams. Its words are not announced: its end is.
fn streaming(talk: &Talk, locale: Locale) -> El {
    let answering = talk.answering();
    el("div").class("streaming").when(
        move || answering.get().is_some(),
        move || {
            frame(AuthorKind::Assistant)
                .attr("data-streaming", true)
                .attr("data-first", true)
                .child(heading(locale, &Author::of(AuthorKind::Assistant)))
                .child(
                    el("div").class("bubble").part("bubble").child(
                        el("p")
                            .class("plain")
                            .attr("dir", "auto")
                            .dyn_text(move || answering.get().map(|answer| answer.text).unwrap_or_default())
                            .child(el("span").class("cursor").attr("aria-hidden", "true")),
                    ),
                )
        },
    )
}

fn typing(talk: &Talk, locale: Locale, me: AuthorKind) -> El {
    let typing = talk.typing();
    let typist = move || typing.get().filter(|author| author.kind != me);
    el("p").class("typing").show(move || typist().is_some()).dyn_text(move || match typist() {
        Some(Author { kind: AuthorKind::Assistant, .. }) => locale.t(words::ASSISTANT_WRITING),
        Some(author) => {
            let name = author.name.unwrap_or_else(|| locale.t(words::AUTHOR_A_PERSON));
            locale.tf(words::PERSON_WRITING, &[("name", &name)])
        }
        None => String::new(),
    })
}
