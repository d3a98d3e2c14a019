//! What becomes of it: a person is offered, solved or not yet, closed and why, a rating. None of them is a dead end.

use maud::{Markup, html};
use warmline_protocol::Phase;
use warmline_protocol::event::ClosedBy;
use warmline_protocol::view::ResolvedView;

use super::forms;
use super::scene::{Mode, Scene, Talk};

/// A person is offered, with the reason.
pub(super) fn offer(scene: &Scene, talk: &Talk) -> Markup {
    let view = talk.view();
    let Some(reason) = view.offer.as_deref().filter(|_| view.phase == Phase::Assisted) else { return html! {} };
    let words = scene.words();
    let text = match reason {
        "upset" => &words.offer_upset,
        "repeated" => &words.offer_repeated,
        "unhelpful" => &words.offer_unhelpful,
        "sensitive" => &words.offer_sensitive,
        "no_source" => &words.offer_no_source,
        "vip" => &words.offer_vip,
        "high_value" => &words.offer_high_value,
        "unsure" => &words.offer_unsure,
        "not_solved" => &words.offer_not_solved,
        // A merchant's own reason, or one of a newer server.
        _ => &words.offer_other,
    };
    html! {
        section .card .offer aria-labelledby="offer-title" {
            h2 #offer-title { (words.offer_title) }
            p { (text) }
            div .choices {
                (forms::button(scene, "person", "main", &words.talk_to_person))
                (forms::button(scene, "decline", "quiet", &words.offer_decline))
            }
        }
    }
}

/// "Did that solve it?", wherever it may be answered.
pub(super) fn solved(scene: &Scene, talk: &Talk) -> Markup {
    let view = talk.view();
    let words = scene.words();
    let answered_by_person = view.agent.as_ref().is_some_and(|agent| agent.answered_at.is_some());
    let asked = match view.phase {
        Phase::Assisted => view.resolution_asked,
        Phase::WithPerson => view.resolution_asked || answered_by_person,
        Phase::WaitingOnShopper | Phase::LeftOpen => true,
        Phase::Queued | Phase::Resolved => false,
    };
    html! {
        @if view.phase == Phase::LeftOpen { p .card { (words.left_open) } }
        @if asked {
            section .solved aria-labelledby="solved-title" {
                h2 #solved-title { (words.solved_question) }
                div .choices {
                    (forms::solved(scene, true, "quiet", &words.solved_yes))
                    (forms::solved(scene, false, "quiet", &words.solved_not_yet))
                }
            }
        }
    }
}

/// How it was closed, with the way back, and the rating.
pub(super) fn resolved(scene: &Scene, talk: &Talk) -> Markup {
    let Some(resolved) = &talk.view().resolved else { return html! {} };
    let words = scene.words();
    html! {
        section .card .resolved aria-labelledby="resolved-title" {
            @match resolved.by {
                ClosedBy::Shopper => {
                    h2 #resolved-title { (words.resolved_by_you) }
                    p { (words.solved_thanks) }
                    div .choices { (forms::solved(scene, false, "quiet", &words.not_solved)) }
                }
                ClosedBy::Agent => (closed_by_person(scene, resolved))
            }
            p .soft { (words.reopen_hint) }
        }
        // Nothing is waited for once it is closed, but for a last answer under way: then the rating waits for the next page.
        @if scene.mode != Mode::Watching { (rating(scene, talk.view().rating)) }
    }
}

fn closed_by_person(scene: &Scene, resolved: &ResolvedView) -> Markup {
    let words = scene.words();
    html! {
        h2 #resolved-title { (scene.fill(&words.resolved_by_person, &[("name", scene.person())])) }
        @if let Some(reason) = &resolved.reason { p dir="auto" { (scene.fill(&words.resolved_reason, &[("reason", reason)])) } }
        p { (words.resolved_is_it) }
        div .choices {
            (forms::solved(scene, true, "quiet", &words.solved_yes))
            (forms::solved(scene, false, "quiet", &words.not_solved))
        }
    }
}

fn rating(scene: &Scene, given: Option<u8>) -> Markup {
    let words = scene.words();
    let scores = [&words.rating_1, &words.rating_2, &words.rating_3, &words.rating_4, &words.rating_5];
    let ask = html! {
        (forms::form(scene, "rate", "stack", &html! {
            fieldset {
                legend { (words.rating_question) }
                @for (score, word) in (1_u8..).zip(scores) {
                    label .score { input type="radio" name="score" value=(score) required checked[given == Some(score)]; " " (word) }
                }
            }
            label for="comment" { (words.rating_comment) }
            textarea #comment name="comment" rows="2" maxlength="2000" dir="auto" {}
            button .quiet { (words.rating_send) }
        }))
    };
    html! {
        div .card .rating {
            @if given.is_some() {
                p { (words.rating_thanks) }
                details { summary { (words.rating_change) } (ask) }
            } @else { (ask) }
        }
    }
}
