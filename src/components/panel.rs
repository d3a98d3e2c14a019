//! The whole of the chat, from top to bottom: whom one talks to, the receipt, the transcript, notices, the way to a person, the input.

use std::rc::Rc;

use warmline_protocol::{AuthorKind, Phase};
use warmline_ui::composer::{Composer, Composing};
use warmline_ui::dom::{El, document, el, listen};
use warmline_ui::live_region::LiveRegion;
use warmline_ui::transcript::{Reading, transcript};

use super::{first_screen, guard, header, lines, offer, quick_replies, rating, receipt, resolved, solved, summary, talk_to_person, trouble};
use crate::announce::announce;
use crate::host::Host;
use crate::widget::Widget;
use crate::words;

/// Builds the chat of a page.
pub(crate) fn panel(host: Host) -> (Widget, El) {
    let (live, live_region) = LiveRegion::new();
    let widget = Widget::new(host, live);
    announce(&widget);

    let root = el("div")
        .class("chat-root")
        .dyn_attr("lang", { let locale = widget.locale; move || locale.tag() })
        .dyn_attr("dir", { let locale = widget.locale; move || locale.dir() })
        .dyn_attr("data-phase", { let view = widget.view(); move || view.with(|view| view.phase.word()) })
        .child(header::header(&widget))
        .child(receipt::receipt(&widget))
        .child(reading(&widget))
        .child(trouble::trouble(&widget));
    let (button, bar) = talk_to_person::talk_to_person(&widget);
    let root = root.child(bar.clone()).child(writing(&widget)).child(live_region);
    guard::guard(&widget, &root, &bar, button);

    listen(&document(), "visibilitychange", move |_| widget.mark_as_read());
    (widget, root)
}

fn reading(widget: &Widget) -> El {
    let chat = widget.chat;
    let lined = *widget;
    let locale = widget.locale;
    let after = el("div")
        .class("after-entries")
        .child(quick_replies::quick_replies(widget))
        .child(summary::summary(widget))
        .child(offer::offer(widget))
        .child(solved::solved(widget))
        .child(resolved::resolved(widget))
        .child(rating::rating(widget));
    let (scroll, root) = transcript(Reading {
        talk: *chat.talk(),
        sender: chat.sender(),
        locale,
        me: AuthorKind::Shopper,
        line: Rc::new(move |event| lines::line(&lined, event)),
        older_loading: chat.older_loading(),
        older: Rc::new(move || chat.load_older()),
        reason: Rc::new(move |code| trouble::reason(locale, code)),
        before: Some(first_screen::first_screen(widget)),
        after: Some(after),
    });
    let scrolled = *widget;
    widget.scroll.replace(Some(scroll));
    // Scrolled to the end is read. The event does not bubble, but it can be captured.
    root.on("pointerup", { let widget = scrolled; move |_| widget.mark_as_read() }).on("keyup", move |_| scrolled.mark_as_read())
}

fn writing(widget: &Widget) -> El {
    let (placing, stopping, sending, typing) = (*widget, widget.chat, *widget, widget.chat);
    let answering = widget.chat.talk().answering();
    let (composer, root) = Composer::new(Composing {
        locale: widget.locale,
        placeholder: Box::new(move || match placing.view().with(|view| view.phase) {
            Phase::Queued => placing.locale.t(words::COMPOSER_PLACEHOLDER_WAITING),
            Phase::WithPerson | Phase::WaitingOnShopper => {
                placing.locale.tf(words::COMPOSER_PLACEHOLDER_PERSON, &[("name", &placing.agent_name())])
            }
            Phase::Assisted | Phase::LeftOpen | Phase::Resolved => placing.locale.t(words::COMPOSER_PLACEHOLDER),
        }),
        answering: Rc::new(move || answering.get().is_some()),
        send: Box::new(move |text| sending.say(text)),
        stop: Box::new(move || stopping.stop_the_answer()),
        typed: Box::new(move || typing.typing()),
    });
    widget.composer.replace(Some(composer));
    root
}
