//! The way to a person: a full button in its own bar, the same place and the same words in every state.

use warmline_ui::template;
use warmline_protocol::Phase;
use warmline_ui::dom::El;
use warmline_ui::wording::Wait;
use web_sys::HtmlElement;

use crate::widget::Widget;
use crate::words;

/// The button (the guard watches it), and its bar.
pub(crate) fn talk_to_person(widget: &Widget) -> (HtmlElement, El) {
    let (view, hinted) = (widget.view(), *widget);
    let mut parts = widget.build(
        template!("div .talk-to-person-bar ( \
            button .talk-to-person @talk-to-person aria-describedby=talk-to-person-hint !talk # ( \
                span .talk-to-person-label $ \
            ) \
            p .talk-to-person-hint id=talk-to-person-hint # \
        )", words::TALK_TO_PERSON),
        &[],
    );
    // The main button of the panel when a person is offered; quiet as long as nothing is wrong.
    let bar = parts.part().dyn_attr("data-main", move || view.with(|view| view.offer.is_some()));
    let button = parts.part().html().clone();
    parts.part().dyn_text(move || hint(&hinted));
    (button, bar)
}

/// What is so right now, beside the button.
pub(crate) fn hint(widget: &Widget) -> String {
    let (locale, view) = (widget.locale, widget.view().get());
    if widget.is_offline() {
        return locale.t(words::PERSON_HINT_OFFLINE);
    }
    if widget.chat.asking().get() {
        return locale.t(words::PERSON_HINT_REQUESTING);
    }
    match view.phase {
        Phase::Queued => match &view.queue {
            Some(queue) => match Wait::of(queue) {
                Wait::From(_) => widget.wait(Wait::of(queue)),
                Wait::Minutes(_) | Wait::Unknown => {
                    locale.tf(words::PERSON_HINT_WAITING, &[("place", &widget.place(queue.position))])
                }
            },
            None => locale.t(words::HEADER_WAITING),
        },
        Phase::WithPerson | Phase::WaitingOnShopper => {
            locale.tf(words::PERSON_HINT_HERE, &[("name", &widget.agent_name())])
        }
        Phase::Resolved if view.case.is_some() => locale.t(words::PERSON_HINT_RESOLVED),
        Phase::Assisted | Phase::LeftOpen | Phase::Resolved => match widget.shop.get() {
            Some(shop) if !shop.staffed => match shop.next_staffed_at {
                Some(at) => locale.tf(words::PERSON_HINT_NEXT, &[("when", &locale.moment(at))]),
                None => locale.t(words::NOBODY_ON_SHIFT),
            },
            Some(_) | None => locale.t(words::PERSON_HINT_READY),
        },
    }
}
