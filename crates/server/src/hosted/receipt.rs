//! The receipt of a case: its code, when a person was asked for, the place, the wait, the promise, and where it stands.

use maud::{Markup, html};
use warmline_protocol::event::PromiseKind;
use warmline_protocol::view::{CaseView, PromiseView, QueueView};
use warmline_protocol::{Phase, Timestamp};

use super::forms;
use super::scene::{Scene, Talk};

/// The receipt; nothing before a person was asked for.
pub(super) fn receipt(scene: &Scene, talk: &Talk) -> Markup {
    let view = talk.view();
    let Some(case) = &view.case else { return html! {} };
    let words = scene.words();
    let waiting = view.phase == Phase::Queued;
    let open = waiting || view.phase.has_person();
    html! {
        section .card .receipt aria-labelledby="receipt-title" {
            h2 #receipt-title { (words.receipt_title) }
            dl {
                div { dt { (words.case_code) } dd .code { bdi { (case.code) } } }
                @if waiting { @if let Some(queue) = &view.queue { (place(scene, queue)) } }
                @if open { @if let Some(promise) = &view.promise {
                    div { dt { (words.promise_label) } dd { (promised(scene, promise)) } }
                } }
            }
            @if waiting { @if let Some(queue) = &view.queue { (nobody_there(scene, queue)) } }
            @if open { (steps(scene, talk, case)) }
            p .soft { (words.receipt_code_hint) }
            @if waiting {
                @if view.meanwhile { p .soft { (words.meanwhile_on) } }
                div .choices {
                    @if !view.meanwhile { (forms::button(scene, "meanwhile", "quiet", &words.meanwhile_ask)) }
                    (forms::button(scene, "cancel", "quiet", &words.cancel_waiting))
                }
            }
        }
    }
}

fn place(scene: &Scene, queue: &QueueView) -> Markup {
    let words = scene.words();
    html! {
        div { dt { (words.queue_place_label) } dd { (scene.language.count(&words.queue_place, queue.position)) } }
        // With nobody on shift the next staffed time says more; it stands below.
        @if scene.staffed { div { dt { (words.wait_label) } dd { (wait(scene, queue)) } } }
    }
}

/// The wait, in whole minutes; what is not known is said as not known.
fn wait(scene: &Scene, queue: &QueueView) -> String {
    let words = scene.words();
    match queue.expected_wait_s {
        Some(seconds) => scene.language.count(&words.wait_minutes, seconds.div_ceil(60).max(1)),
        None => words.wait_unknown.clone(),
    }
}

fn nobody_there(scene: &Scene, queue: &QueueView) -> Markup {
    let words = scene.words();
    html! {
        @if !scene.staffed {
            p { @match queue.next_staffed_at.or(scene.next_staffed_at) {
                Some(at) => (scene.fill(&words.next_staffed, &[("when", &scene.clock.when(at))])),
                None => (words.nobody_on_shift),
            } }
        }
    }
}

/// The promise in a sentence.
pub(super) fn promised(scene: &Scene, promise: &PromiseView) -> String {
    let words = scene.words();
    let by = scene.clock.when(promise.promise_by);
    if promise.kept {
        return words.promise_kept.clone();
    }
    if promise.broken {
        return scene.fill(&words.promise_broken_short, &[("next", &by)]);
    }
    match promise.kind {
        PromiseKind::Live => scene.fill(&words.promise_by, &[("time", &by)]),
        PromiseKind::Reply => scene.fill(&words.promise_reply_by, &[("time", &by)]),
    }
}

/// asked → somebody is here → they have read it → answered.
fn steps(scene: &Scene, talk: &Talk, case: &CaseView) -> Markup {
    let words = scene.words();
    let view = talk.view();
    let agent = view.agent.as_ref().filter(|_| view.phase.has_person());
    let answered = agent.and_then(|agent| agent.answered_at);
    let asked_at = case.reopened_at.unwrap_or(case.first_asked_at);
    let asked = if case.reopened_at.is_some() { &words.receipt_reopened } else { &words.receipt_asked };
    // The person has read it when their mark has passed the last message that was there when they joined.
    let last_before = |at: Timestamp| talk.snapshot.messages.iter().rev().find(|entry| entry.at <= at).map_or(0, |entry| entry.seq);
    let read = answered.is_some() || agent.is_some_and(|agent| talk.snapshot.reads.agent >= last_before(agent.joined_at).max(1));
    let named = |done: &str, to_come: &str, is_done: bool| {
        if is_done { scene.fill(done, &[("name", scene.person())]) } else { to_come.to_owned() }
    };
    let list = [
        (true, scene.fill(asked, &[("time", &scene.clock.when(asked_at))])),
        (agent.is_some(), named(&words.receipt_joined, &words.receipt_joins, agent.is_some())),
        (read, named(&words.receipt_read, &words.receipt_reads, read)),
        (answered.is_some(), named(&words.receipt_answered, &words.receipt_answers, answered.is_some())),
    ];
    let now = list.iter().position(|(done, _)| !done);
    html! {
        ol .steps aria-label=(words.receipt_steps) {
            @for (number, (done, text)) in list.iter().enumerate() {
                @let (class, state) = if *done { ("done", &words.step_done) }
                    else if now == Some(number) { ("now", &words.step_now) }
                    else { ("to-come", &words.step_to_come) };
                li class=(class) aria-current=[(class == "now").then_some("step")] { (text) span .vh { " (" (state) ")" } }
            }
        }
    }
}
