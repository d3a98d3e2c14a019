//! The place in line, how long it takes, and what is promised. Unknown is said as unknown, broken as broken.

use warmline_ui::joined;
use warmline_protocol::Phase;
use warmline_ui::dom::El;
use warmline_ui::wording::{Promised, Wait};

use crate::widget::Widget;
use crate::words;

/// The status.
pub(crate) fn queue_status(widget: &Widget) -> El {
    let (locale, view) = (widget.locale, widget.view());
    let waiting = move || view.with(|view| view.phase == Phase::Queued);
    let queue = move || view.with(|view| view.queue.clone());
    let promise = move || view.with(|view| view.promise.as_ref().map(Promised::of));
    let (placing, timing) = (*widget, *widget);
    let mut parts = widget.build("div .queue-status @queue-status ( p .queue-place # p .queue-wait # p .promise # )", &[]);
    let (status, place, wait, promised) = (parts.part(), parts.part(), parts.part(), parts.part());
    place.show(move || waiting() && queue().is_some()).dyn_text(move || match queue() {
        Some(queue) => match Wait::of(&queue) {
            Wait::Minutes(minutes) => joined(&[&placing.place(queue.position), " · ", &*placing.wait(Wait::Minutes(minutes))]),
            Wait::From(_) | Wait::Unknown => placing.place(queue.position),
        },
        None => String::new(),
    });
    wait.show(move || waiting() && queue().is_some_and(|queue| !matches!(Wait::of(&queue), Wait::Minutes(_))))
        .dyn_text(move || queue().map(|queue| timing.wait(Wait::of(&queue))).unwrap_or_default());
    promised
        .dyn_attr("data-promise", move || match promise() {
            Some(Promised::Answer(_) | Promised::Reply(_)) => "open",
            Some(Promised::Broken(_)) => "broken",
            Some(Promised::Kept) => "kept",
            None => "none",
        })
        .show(move || promise().is_some_and(|promise| promise != Promised::Kept))
        .dyn_text(move || match promise() {
            Some(Promised::Answer(by)) => locale.tf(words::PROMISE_BY, &[("time", &locale.moment(by))]),
            Some(Promised::Reply(by)) => locale.tf(words::PROMISE_REPLY_BY, &[("time", &locale.moment(by))]),
            Some(Promised::Broken(next)) => locale.tf(words::PROMISE_BROKEN_SHORT, &[("next", &locale.moment(next))]),
            Some(Promised::Kept) | None => String::new(),
        });
    status
}
