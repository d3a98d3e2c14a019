//! Whom am I talking to? One line that is always true.

use warmline_ui::dom::{El, button, el, icon};
use warmline_ui::net::Body as Detail;
use warmline_ui::wording::{Talking, initials};

use crate::widget::Widget;
use crate::words;

const CLOSE: &str = "M6 6l12 12M18 6L6 18";

/// The line, and the way out.
pub(crate) fn header(widget: &Widget) -> El {
    let view = widget.view();
    let talking = move || view.with(|view| Talking::to(view));
    let (titled, closing) = (*widget, *widget);
    el("header")
        .class("header")
        .part("header")
        .dyn_attr("data-talking", move || talking().kind())
        .child(el("span").class("header-mark").attr("aria-hidden", "true").dyn_text(move || match talking() {
            Talking::Person(name) | Talking::WaitingOnYou(name) => initials(&name),
            Talking::Assistant
            | Talking::Waiting(_)
            | Talking::WaitingForReply
            | Talking::LeftOpen
            | Talking::Solved
            | Talking::ClosedBy(_) => String::new(),
        }))
        .child(el("h2").class("title").part("title").dyn_text(move || title(&titled, &talking())))
        .child(
            button("close")
                .part("close")
                .t_attr("aria-label", widget.locale, words::CLOSE_CHAT)
                .child(icon(CLOSE))
                .on_click(move || closing.host.tell("close", &Detail::new())),
        )
}

fn title(widget: &Widget, talking: &Talking) -> String {
    let locale = widget.locale;
    match talking {
        Talking::Assistant => locale.t(words::HEADER_ASSISTANT),
        Talking::Waiting(None) => locale.t(words::HEADER_WAITING),
        Talking::Waiting(Some(place)) => locale.tf(words::HEADER_WAITING_PLACE, &[("place", &widget.place(*place))]),
        Talking::WaitingForReply => locale.t(words::HEADER_WAITING_REPLY),
        Talking::Person(name) => locale.tf(words::HEADER_PERSON, &[("name", name)]),
        Talking::WaitingOnYou(name) => locale.tf(words::HEADER_WAITING_ON_YOU, &[("name", name)]),
        Talking::LeftOpen => locale.t(words::HEADER_LEFT_OPEN),
        Talking::Solved => locale.t(words::HEADER_RESOLVED),
        Talking::ClosedBy(name) => locale.tf(words::HEADER_CLOSED_BY_PERSON, &[("name", name)]),
    }
}
