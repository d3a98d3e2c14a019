//! Whom am I talking to? One line that is always true.

use warmline_ui::template;
use warmline_ui::dom::El;
use warmline_ui::wording::{Talking, initials};

use crate::widget::Widget;
use crate::words;

/// The line, and the way out.
pub(crate) fn header(widget: &Widget) -> El {
    let view = widget.view();
    let talking = move || view.with(Talking::to);
    let titled = *widget;
    let mut parts = widget.build(
        template!("div .header @header ( \
            span .header-mark aria-hidden=true # \
            h2 .title @title # \
            button .close @close aria-label=$ ^M6+6l12+12M18+6L6+18 !close \
        )", words::CLOSE_CHAT),
        &[],
    );
    let (header, mark, line) = (parts.part(), parts.part(), parts.part());
    mark.dyn_text(move || match talking() {
        Talking::Person(name) | Talking::WaitingOnYou(name) => initials(&name),
        Talking::Assistant
        | Talking::Waiting(_)
        | Talking::WaitingForReply
        | Talking::LeftOpen
        | Talking::Solved
        | Talking::ClosedBy(_) => String::new(),
    });
    line.dyn_text(move || title(&titled, &talking()));
    header.dyn_attr("data-talking", move || talking().kind())
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
