//! Forms: each a command. A hidden id makes the second of two taps harmless.

use maud::{Markup, html};

use super::scene::{Mode, Scene};

/// A form that posts a command, with what stands in it.
pub(super) fn form(scene: &Scene, command: &str, class: &str, inner: &Markup) -> Markup {
    html! {
        form class=(class) method="post" action=(format!("/talk/{}/{command}", scene.key)) {
            input type="hidden" name="client_id" value=(Scene::fresh_id()) autocomplete="off";
            @if scene.talk.is_none() {
                input type="hidden" name="open_id" value=(Scene::fresh_id()) autocomplete="off";
            }
            @if let Some(locale) = &scene.asked_locale { input type="hidden" name="lang" value=(locale) autocomplete="off"; }
            @if scene.mode == Mode::Still { input type="hidden" name="still" value="1" autocomplete="off"; }
            (inner)
        }
    }
}

/// A form that is one button.
pub(super) fn button(scene: &Scene, command: &str, class: &str, label: &str) -> Markup {
    form(scene, command, "one-button", &html! { button class=(class) { (label) } })
}

/// A button that says a text: an opening question, a reply to choose.
pub(super) fn say(scene: &Scene, text: &str) -> Markup {
    form(
        scene,
        "say",
        "one-button",
        &html! {
            input type="hidden" name="text" value=(text) autocomplete="off";
            button class="choice" dir="auto" { (text) }
        },
    )
}

/// A button that answers "did that solve it?".
pub(super) fn solved(scene: &Scene, solved: bool, class: &str, label: &str) -> Markup {
    form(
        scene,
        "solved",
        "one-button",
        &html! {
            input type="hidden" name="solved" value=(if solved { "yes" } else { "no" }) autocomplete="off";
            button class=(class) { (label) }
        },
    )
}
