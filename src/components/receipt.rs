//! The receipt: as soon as a person is asked for, who owns it and how long it takes. It stays in sight, and folds up to one line.

use warmline_ui::template;
use warmline_protocol::view::CaseView;
use warmline_protocol::{Phase, View};
use warmline_ui::dom::{El, Timer, after, effect, el, said, spawn, window};
use warmline_ui::layout::still;
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
    let (code, status, steps, actions) = (code(widget, &case), queue_status(widget), steps(widget, &case), waiting_actions(widget));
    let mut parts = widget.build(
        template!("section .receipt @receipt aria-label=$ ( \
            div .receipt-head ( \
                h3 .receipt-title $ \
                * \
                button .receipt-more # \
            ) \
            * \
            div .receipt-more-content # ( p .receipt-hint $ * * ) \
        )", words::RECEIPT_TITLE, words::RECEIPT_TITLE, words::RECEIPT_CODE_HINT),
        &[&code, &status, &steps, &actions],
    );
    let receipt = parts.part().dyn_attr("data-phase", move || view.with(|view| view.phase.word()));
    parts
        .part()
        .dyn_attr("aria-expanded", move || said(more()))
        .dyn_text(move || locale.t(if more() { words::SHOW_LESS } else { words::SHOW_MORE }))
        .on_click(move || folded.update(|folded| *folded = !*folded));
    parts.part().show(more);
    receipt
}

fn code(widget: &Widget, case: &CaseView) -> El {
    let locale = widget.locale;
    let copied = Watched::new(false);
    let (text, widget) = (case.code.0.clone(), *widget);
    let back: std::rc::Rc<std::cell::RefCell<Option<Timer>>> = std::rc::Rc::default();
    let mut parts = widget.build(
        template!("p .case-code ( \
            span .case-code-label $ ~+ \
            b .case-code-text dir=ltr # \
            button .case-code-copy aria-label=$ ^M9+9h10v11H9zM5+15V4h10 # ( span .vh # ) \
        )", words::CASE_CODE, words::COPY_CASE_CODE),
        &[],
    );
    let code = parts.part();
    parts.part().text(&case.code.0);
    parts.part().dyn_attr("data-copied", move || copied.get()).on_click(move || {
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
    });
    parts.part().dyn_text(move || if copied.get() { locale.t(words::CASE_CODE_COPIED) } else { String::new() });
    code
}

/// Asked → a person is here → has read it → answered.
#[derive(Clone, Copy)]
enum Step {
    Asked,
    Joined,
    Read,
    Answered,
}

fn steps(widget: &Widget, case: &CaseView) -> El {
    let locale = widget.locale;
    let (asked_at, reopened_at) = (case.first_asked_at, case.reopened_at);
    let mut list = still(locale, template!("ol .steps role=list aria-label=$", words::RECEIPT_STEPS));
    for (step, past, to_come) in [
        (Step::Asked, words::RECEIPT_ASKED, words::RECEIPT_ASKED),
        (Step::Joined, words::RECEIPT_JOINED, words::RECEIPT_JOINS),
        (Step::Read, words::RECEIPT_READ, words::RECEIPT_READS),
        (Step::Answered, words::RECEIPT_ANSWERED, words::RECEIPT_ANSWERS),
    ] {
        let widget = *widget;
        let item = el("li").class("step").dyn_attr("data-step", move || state(&widget, step)).dyn_text(move || match (step, reopened_at) {
            (Step::Asked, Some(at)) => locale.tf(words::RECEIPT_REOPENED, &[("time", &locale.moment(at))]),
            (Step::Asked, None) => locale.tf(past, &[("time", &locale.moment(asked_at))]),
            (Step::Joined | Step::Read | Step::Answered, _) if state(&widget, step) == DONE => {
                locale.tf(past, &[("name", &widget.agent_name())])
            }
            (Step::Joined | Step::Read | Step::Answered, _) => locale.t(to_come),
        });
        list = list.child(item.child(still(locale, "span .vh ~+").dyn_text(move || {
            locale.t(match state(&widget, step) {
                DONE => words::STEP_DONE,
                NOW => words::STEP_NOW,
                _ => words::STEP_TO_COME,
            })
        })));
    }
    list
}

const DONE: &str = "done";
const NOW: &str = "now";

/// Where a step stands, by the word for themes; watched.
fn state(widget: &Widget, step: Step) -> &'static str {
    let talk = widget.chat.talk();
    let agent = widget.view().with(|view| {
        let agent = view.agent.as_ref().filter(|_| view.phase.has_person());
        agent.map(|agent| (agent.joined_at, agent.answered_at.is_some()))
    });
    let joined = agent.is_some();
    let answered = agent.is_some_and(|(_, answered)| answered);
    let read = || {
        talk.with_entries(|_| ());
        let seen = talk.reads().get().agent;
        agent.is_some_and(|(joined_at, _)| talk.last_of_shopper_before(joined_at).is_none_or(|seq| seen >= seq))
    };
    let (done, now) = match step {
        Step::Asked => (true, false),
        Step::Joined => (joined, true),
        Step::Read => (answered || read(), joined),
        Step::Answered => (answered, read()),
    };
    if done {
        DONE
    } else if now {
        NOW
    } else {
        "to-come"
    }
}

fn waiting_actions(widget: &Widget) -> El {
    let view = widget.view();
    let meanwhile = move || view.with(|view| view.meanwhile);
    let mut parts = widget.build(
        template!("div .receipt-actions ( \
            button .meanwhile $ !meanwhile # \
            p .meanwhile-on $ # \
            button .cancel-waiting $ !cancel \
        )", words::MEANWHILE_ASK, words::MEANWHILE_ON, words::CANCEL_WAITING),
        &[],
    );
    let actions = parts.part().show(move || view.with(|view| view.phase == Phase::Queued));
    parts.part().show(move || !meanwhile());
    parts.part().show(meanwhile);
    actions
}
