//! The receipt: as soon as a person is asked for, who owns it and how long it takes. It stays in sight, and folds up to one line.

use warmline_protocol::view::{AgentView, CaseView};
use warmline_protocol::{Phase, View};
use warmline_ui::dom::{El, Timer, after, button, effect, el, said, spawn, window};
use wasm_bindgen_futures::JsFuture;

use super::queue_status::queue_status;
use crate::widget::Widget;
use crate::words;
use warmline_ui::watched::Watched;

/// Shown from the ask until the case is closed.
fn is_shown(view: &View) -> bool {
    view.case.is_some()
        && match view.phase {
            Phase::Queued | Phase::WithPerson | Phase::WaitingOnShopper => true,
            Phase::Assisted | Phase::LeftOpen | Phase::Resolved => false,
        }
}

/// The receipt.
pub(crate) fn receipt(widget: &Widget) -> El {
    let (view, widget) = (widget.view(), *widget);
    el("div").class("receipt-place").swap(
        move || view.with(|view| view.case.clone().filter(|_| is_shown(view))),
        move |case| card(&widget, case),
    )
}

fn card(widget: &Widget, case: CaseView) -> El {
    let locale = widget.locale;
    let view = widget.view();
    // Once a person has answered, the steps fold away by themselves: the conversation is what counts then.
    let folded = Watched::new(false);
    let mut answered_before = false;
    effect(move || {
        let answered = view.with(|view| view.phase.has_person() && view.agent.as_ref().is_some_and(|agent| agent.answered_at.is_some()));
        if answered && !std::mem::replace(&mut answered_before, answered) {
            folded.set(true);
        }
    });
    let more = move || !folded.get();
    el("section")
        .class("receipt")
        .part("receipt")
        .t_attr("aria-label", locale, words::RECEIPT_TITLE)
        .child(
            el("div")
                .class("receipt-head")
                .child(el("h3").class("receipt-title").t(locale, words::RECEIPT_TITLE))
                .child(code(widget, &case))
                .child(
                    button("receipt-more")
                        .dyn_attr("aria-expanded", move || said(more()))
                        .dyn_text(move || locale.t(if more() { words::SHOW_LESS } else { words::SHOW_MORE }))
                        .on_click(move || folded.update(|folded| *folded = !*folded)),
                ),
        )
        .child(queue_status(widget))
        .child(
            el("div")
                .class("receipt-more-content")
                .show(more)
                .child(el("p").class("receipt-hint").t(locale, words::RECEIPT_CODE_HINT))
                .child(steps(widget, &case))
                .child(waiting_actions(widget)),
        )
        .dyn_attr("data-phase", move || view.with(|view| view.phase.word()))
}

fn code(widget: &Widget, case: &CaseView) -> El {
    let locale = widget.locale;
    let copied = Watched::new(false);
    let (text, widget) = (case.code.0.clone(), *widget);
    let back: std::rc::Rc<std::cell::RefCell<Option<Timer>>> = std::rc::Rc::default();
    el("p")
        .class("case-code")
        .child(el("span").class("case-code-label").t(locale, words::CASE_CODE).text(" "))
        .child(el("b").class("case-code-text").attr("dir", "ltr").text(&case.code.0))
        .child(
            button("case-code-copy")
                .t_attr("aria-label", locale, words::COPY_CASE_CODE)
                .dyn_attr("data-copied", move || copied.get())
                .on_click(move || {
                    let written = window().navigator().clipboard().write_text(&text);
                    let back = back.clone();
                    spawn(async move {
                        // Where the page may not write the clipboard, the code stands there to be read and marked.
                        if JsFuture::from(written).await.is_ok() {
                            copied.set(true);
                            widget.announce(&locale.t(words::ANNOUNCE_COPIED));
                            back.replace(Some(after(2_000, move || copied.set(false))));
                        }
                    });
                })
                .child(warmline_ui::dom::icon("M9 9h10v11H9zM5 15V4h10"))
                .child(el("span").class("vh").dyn_text(move || if copied.get() { locale.t(words::CASE_CODE_COPIED) } else { String::new() })),
        )
}

/// Asked → a person is here → has read it → answered.
fn steps(widget: &Widget, case: &CaseView) -> El {
    let (locale, view) = (widget.locale, widget.view());
    let reads = widget.chat.talk().reads();
    let talk = *widget.chat.talk();
    let (asked_at, reopened_at) = (case.first_asked_at, case.reopened_at);
    let asked = move || match reopened_at {
        Some(at) => locale.tf(words::RECEIPT_REOPENED, &[("time", &locale.moment(at))]),
        None => locale.tf(words::RECEIPT_ASKED, &[("time", &locale.moment(asked_at))]),
    };
    let agent = move || view.with(|view| view.agent.clone().filter(|_| view.phase.has_person()));
    let read = move || {
        talk.with_entries(|_| ());
        agent().is_some_and(|agent| {
            let last = talk.last_of_shopper_before(agent.joined_at);
            last.is_none_or(|seq| reads.get().agent >= seq)
        })
    };
    let answered = move || agent().is_some_and(|agent| agent.answered_at.is_some());
    let joined = move || agent().is_some();
    let named = move |done, to_come| {
        move || match agent() {
            Some(AgentView { name, .. }) => (locale.tf(done, &[("name", &name)]), locale.t(to_come)),
            None => (String::new(), locale.t(to_come)),
        }
    };
    let read_too = read;
    let step = move |done: Box<dyn Fn() -> bool>, now: Box<dyn Fn() -> bool>, words: Box<dyn Fn() -> (String, String)>| {
        let done = std::rc::Rc::new(done);
        let (done_too, done_again) = (done.clone(), done.clone());
        let now = std::rc::Rc::new(now);
        let now_too = now.clone();
        el("li")
            .class("step")
            .dyn_attr("data-step", move || if done() { "done" } else if now() { "now" } else { "to-come" })
            .dyn_text(move || {
                let (past, future) = words();
                if done_too() { past } else { future }
            })
            .child(el("span").class("vh").text(" ").dyn_text(move || {
                locale.t(if done_again() { words::STEP_DONE } else if now_too() { words::STEP_NOW } else { words::STEP_TO_COME })
            }))
    };
    let read_or_answered = move || read() || answered();
    let reading = read_or_answered;
    el("ol")
        .class("steps")
        .attr("role", "list")
        .t_attr("aria-label", locale, words::RECEIPT_STEPS)
        .child(step(Box::new(|| true), Box::new(|| false), Box::new(move || (asked(), asked()))))
        .child(step(Box::new(joined), Box::new(|| true), Box::new(named(words::RECEIPT_JOINED, words::RECEIPT_JOINS))))
        .child(step(Box::new(read_or_answered), Box::new(joined), Box::new(named(words::RECEIPT_READ, words::RECEIPT_READS))))
        .child(step(
            Box::new(answered),
            Box::new(move || reading() && read_too()),
            Box::new(named(words::RECEIPT_ANSWERED, words::RECEIPT_ANSWERS)),
        ))
}

fn waiting_actions(widget: &Widget) -> El {
    let (locale, view) = (widget.locale, widget.view());
    let waiting = move || view.with(|view| view.phase == Phase::Queued);
    let meanwhile = move || view.with(|view| view.meanwhile);
    let (asking, cancelling) = (widget.chat, widget.chat);
    el("div")
        .class("receipt-actions")
        .show(waiting)
        .child(
            button("meanwhile")
                .show(move || !meanwhile())
                .t(locale, words::MEANWHILE_ASK)
                .on_click(move || asking.ask_the_assistant_meanwhile()),
        )
        .child(el("p").class("meanwhile-on").show(meanwhile).t(locale, words::MEANWHILE_ON))
        .child(button("cancel-waiting").t(locale, words::CANCEL_WAITING).on_click(move || cancelling.cancel_waiting()))
}
