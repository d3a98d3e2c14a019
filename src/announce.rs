//! What the page and a screen reader are told of what happens: each event once, when it is whole.

use warmline_protocol::event::AuthorKind;
use warmline_protocol::{Body, Event};
use warmline_ui::chat::Trouble;
use warmline_ui::dom::effect;
use warmline_ui::net::Body as Detail;
use warmline_ui::words::ANNOUNCE_MESSAGE;

use crate::components::{lines, offer};
use crate::widget::Widget;
use crate::words;

/// Tells from now on.
pub(crate) fn announce(widget: &Widget) {
    let hearing = *widget;
    widget.chat.talk().on_event(move |event| {
        tell_the_page(&hearing, event);
        tell_the_reader(&hearing, event);
    });

    let (counting, mut before) = (*widget, None);
    effect(move || {
        let talk = counting.chat.talk();
        talk.with_entries(|_| ());
        let read = talk.reads().get().shopper;
        let count = if counting.open.get() { 0 } else { talk.unread_after(read) };
        if before.replace(count).is_some_and(|before| before != count) {
            counting.host.tell("unread", &Detail::new().set("count", count));
        }
        counting.mark_as_read();
    });

    let (placing, mut place) = (*widget, None);
    effect(move || {
        let now = placing.view().with(|view| view.queue.as_ref().map(|queue| (queue.position, queue.expected_wait_s)));
        if let Some((position, wait)) = now
            && place != now
        {
            placing.host.tell("queue", &Detail::new().set("position", position).maybe("expected_wait_s", wait));
            if place.is_some_and(|(before, _)| before != position) {
                let said = placing.locale.tf(words::ANNOUNCE_PLACE, &[("place", &placing.place(position))]);
                placing.announce(&said);
            }
        }
        place = now;
    });

    let troubled = *widget;
    effect(move || {
        if let Some(trouble) = troubled.chat.trouble().get() {
            let code = match trouble {
                Trouble::Start => "unavailable",
                Trouble::Page => "origin_not_allowed",
                Trouble::Ended => "unauthorized",
                Trouble::Server => "internal",
            };
            troubled.host.tell("error", &Detail::new().set("code", code));
        }
    });
}

fn tell_the_page(widget: &Widget, event: &Event) {
    let (name, detail) = match &event.body {
        Body::MessagePosted(posted) if event.author.kind != AuthorKind::Shopper => {
            let author = Detail::new().set("kind", event.author.kind.word()).maybe("name", event.author.name.as_deref());
            ("message", Detail::new().set("author", author.object().clone()).set("text", posted.text.as_str()))
        }
        Body::HandoffRequested(requested) => ("handoff", Detail::new().set("case_code", requested.case_code.as_str())),
        Body::AgentJoined(joined) => ("agent-joined", Detail::new().set("name", joined.name.as_str())),
        Body::AgentLeft(left) => ("agent-left", Detail::new().set("cause", left.cause.word())),
        Body::ConversationResolved(resolved) => ("resolved", Detail::new().set("by", resolved.by.word())),
        Body::ConversationReopened(_) => ("reopened", Detail::new()),
        _ => return,
    };
    widget.host.tell(name, &detail);
}

fn tell_the_reader(widget: &Widget, event: &Event) {
    let locale = widget.locale;
    let said = match &event.body {
        Body::MessagePosted(posted) if event.author.kind != AuthorKind::Shopper => {
            Some(locale.tf(ANNOUNCE_MESSAGE, &[("author", &locale.author(&event.author)), ("text", &posted.text)]))
        }
        Body::MessagePosted(_) => None,
        Body::HandoffRequested(requested) => {
            Some(locale.tf(words::ANNOUNCE_REQUESTED, &[("code", requested.case_code.as_str())]))
        }
        Body::AgentJoined(joined) => Some(locale.tf(words::ANNOUNCE_JOINED, &[("name", &joined.name)])),
        Body::HandoffOffered(offered) => {
            Some(locale.tf(words::ANNOUNCE_OFFER, &[("reason", &locale.t(offer::reason(&offered.reason)))]))
        }
        Body::ResolutionAsked(_) => Some(locale.t(words::SOLVED_QUESTION)),
        _ => lines::text(widget, event),
    };
    if let Some(said) = said.filter(|_| widget.open.get_untracked()) {
        widget.announce(&said);
    }
}
