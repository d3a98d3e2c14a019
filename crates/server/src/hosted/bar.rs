//! The bar that never leaves: the way to a person, and the text box.

use maud::{Markup, html};
use warmline_protocol::Phase;

use super::forms;
use super::receipt;
use super::scene::{Mode, Scene, Talk};

/// The bar.
pub(super) fn bar(scene: &Scene) -> Markup {
    let offered = scene.talk.as_ref().is_some_and(|talk| talk.view().offer.is_some());
    html! {
        section .bar aria-labelledby="talk-to-person" {
            // Its own form, the same place and the same words in each state: nothing that is typed or chosen stands in its way.
            (forms::form(scene, "person", "person", &html! {
                button #talk-to-person class=(if offered { "main" } else { "quiet" }) aria-describedby="person-hint" { (scene.words().talk_to_person) }
                p #person-hint { (hint(scene)) (case_code(scene)) }
            }))
            (composer(scene))
        }
    }
}

fn hint(scene: &Scene) -> String {
    let words = scene.words();
    match scene.talk.as_ref() {
        Some(talk) => match talk.view().phase {
            Phase::Assisted | Phase::LeftOpen => staffing(scene),
            Phase::Queued => waiting(scene, talk),
            Phase::WithPerson | Phase::WaitingOnShopper => scene.fill(&words.person_hint_here, &[("name", scene.person())]),
            Phase::Resolved => words.person_hint_resolved.clone(),
        },
        None => staffing(scene),
    }
}

fn staffing(scene: &Scene) -> String {
    let words = scene.words();
    match scene.next_staffed_at {
        _ if scene.staffed => words.person_hint_ready.clone(),
        Some(at) => scene.fill(&words.person_hint_next, &[("when", &scene.clock.when(at))]),
        None => words.nobody_on_shift.clone(),
    }
}

/// The receipt in one line: it stays in sight while the transcript moves.
fn waiting(scene: &Scene, talk: &Talk) -> String {
    let words = scene.words();
    let view = talk.view();
    let place = view.queue.as_ref().map(|queue| {
        let place = scene.language.count(&words.queue_place, queue.position);
        scene.fill(&words.person_hint_waiting, &[("place", &place)])
    });
    let promise = view.promise.as_ref().map(|promise| receipt::promised(scene, promise));
    [place, promise].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn case_code(scene: &Scene) -> Markup {
    let case = scene.talk.as_ref().filter(|talk| talk.view().phase == Phase::Queued).and_then(|talk| talk.view().case.as_ref());
    html! { @if let Some(case) = case { " " (scene.words().case_code) " " bdi .whole { (case.code) } } }
}

fn composer(scene: &Scene) -> Markup {
    let words = scene.words();
    let phase = scene.talk.as_ref().map(|talk| talk.view().phase);
    let placeholder = match phase {
        Some(Phase::Queued) => words.composer_placeholder_waiting.clone(),
        Some(Phase::WithPerson | Phase::WaitingOnShopper) => scene.fill(&words.composer_placeholder_person, &[("name", scene.person())]),
        Some(Phase::Assisted | Phase::LeftOpen | Phase::Resolved) | None => words.composer_placeholder.clone(),
    };
    match scene.mode {
        Mode::Watching => {
            html! { p .composer { a #composer .write href=(format!("{}#composer", scene.address("write=1"))) { (placeholder) } } }
        }
        Mode::Calm | Mode::Writing | Mode::Still => forms::form(
            scene,
            "say",
            "composer",
            &html! {
                label .vh for="composer" { (words.composer_label) }
                textarea #composer name="text" rows="1" maxlength="4000" required dir="auto" enterkeyhint="send" placeholder=(placeholder)
                    autofocus[scene.mode == Mode::Writing] { (scene.draft) }
                button .main { (words.send) }
            },
        ),
    }
}
