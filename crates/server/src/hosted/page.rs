//! The whole page.

use maud::{DOCTYPE, Markup, html};
use warmline_protocol::event::{ClosedBy, PromiseKind};
use warmline_protocol::{Code, Phase};

use super::bar::bar;
use super::forms;
use super::outcome;
use super::receipt::receipt;
use super::scene::{Mode, Notice, Scene, Talk};
use super::summary::summary;
use super::transcript::transcript;
use super::words::Language;
use crate::body::LONGEST_TEXT;

/// The page of a merchant.
pub(super) fn page(scene: &Scene) -> Markup {
    let words = scene.words();
    let title = scene.fill(&words.page_title, &[("shop", &scene.shop)]);
    let (mark, who) = who(scene);
    document(
        scene.language,
        &format!("{who} · {title}"),
        &html! {
            a .skip href="#composer" { (words.skip_to_composer) }
            header {
                // Who cannot use a page that moves finds the way to stop it before anything else.
                @if scene.mode == Mode::Watching { a .skip href=(scene.address("still=1")) { (words.stop_watching) } }
                div .inner {
                    h1 { (title) }
                    p .who data-who=(mark) { (who) }
                }
            }
            main {
                @if let Some(notice) = scene.notice { p .notice role="alert" { (told(scene, notice)) } }
                @match &scene.talk {
                    Some(talk) => (conversation(scene, talk)),
                    None => (first_screen(scene)),
                }
                (foot(scene))
            }
            (bar(scene))
        },
    )
}

/// The page of a key that no merchant has.
pub(super) fn unknown(language: Language) -> Markup {
    let words = language.words();
    document(
        language,
        &words.unknown_title,
        &html! {
            main { h1 { (words.unknown_title) } p { (words.unknown_text) } }
        },
    )
}

fn document(language: Language, title: &str, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(language.tag()) dir=(language.direction()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover";
                meta name="color-scheme" content="light dark";
                meta name="robots" content="noindex";
                title { (title) }
                link rel="icon" href="data:,";
                link rel="stylesheet" href="/talk/style.css";
            }
            body { (body) }
        }
    }
}

/// Whom one talks to, always true: the mark for the eye, the words for everybody.
fn who(scene: &Scene) -> (&'static str, String) {
    let words = scene.words();
    let Some(talk) = &scene.talk else { return ("assistant", words.header_assistant.clone()) };
    let view = talk.view();
    let named = |text: &str| scene.fill(text, &[("name", scene.person())]);
    match view.phase {
        Phase::Assisted => ("assistant", words.header_assistant.clone()),
        Phase::Queued => (
            "waiting",
            match (&view.queue, &view.promise) {
                (_, Some(promise)) if promise.kind == PromiseKind::Reply => words.header_waiting_reply.clone(),
                (Some(queue), _) => {
                    let place = scene.language.count(&words.queue_place, queue.position);
                    scene.fill(&words.header_waiting_place, &[("place", &place)])
                }
                (None, _) => words.header_waiting.clone(),
            },
        ),
        Phase::WithPerson => ("person", named(&words.header_person)),
        Phase::WaitingOnShopper => ("person", named(&words.header_waiting_on_you)),
        Phase::LeftOpen => ("closed", words.header_left_open.clone()),
        Phase::Resolved => (
            "closed",
            match view.resolved.as_ref().map(|resolved| resolved.by) {
                Some(ClosedBy::Agent) => named(&words.header_closed_by_person),
                Some(ClosedBy::Shopper) | None => words.header_resolved.clone(),
            },
        ),
    }
}

fn conversation(scene: &Scene, talk: &Talk) -> Markup {
    html! {
        (transcript(scene, talk))
        (outcome::offer(scene, talk))
        (outcome::solved(scene, talk))
        (outcome::resolved(scene, talk))
        (receipt(scene, talk))
        (summary(scene, talk))
        (news(scene))
    }
}

/// How the page comes by news, and how to have it otherwise.
fn news(scene: &Scene) -> Markup {
    let words = scene.words();
    let (says, link, label) = match scene.mode {
        Mode::Calm => return html! {},
        Mode::Watching => (&words.watching, scene.address("still=1"), &words.stop_watching),
        Mode::Writing | Mode::Still => (&words.not_watching, scene.address(""), &words.show_new),
    };
    html! {
        p .news {
            (says) " " a href=(format!("{link}#newest")) { (label) }
            @if scene.mode == Mode::Still {
                " " a href=(super::scene::address(&scene.key, scene.asked_locale.as_deref(), false, "")) { (words.start_watching) }
            }
        }
    }
}

fn first_screen(scene: &Scene) -> Markup {
    let words = scene.words();
    let greeting = if scene.greeting.is_empty() { &words.first_greeting } else { &scene.greeting };
    html! {
        div .first {
            p .greeting dir="auto" { (greeting) }
            p { (words.first_plain) }
            @if !scene.questions.is_empty() {
                h2 #questions-title { (words.first_questions) }
                div .choices role="group" aria-labelledby="questions-title" {
                    @for question in &scene.questions { (forms::say(scene, question)) }
                }
            }
        }
    }
}

fn told(scene: &Scene, notice: Notice) -> String {
    let words = scene.words();
    match notice {
        Notice::Changed => words.trouble_changed.clone(),
        Notice::Forgotten => words.forgotten.clone(),
        Notice::Refused(code) => match code {
            Code::TextEmpty => words.trouble_empty.clone(),
            Code::TextTooLong => scene.fill(&words.trouble_too_long, &[("max", &LONGEST_TEXT.to_string())]),
            Code::TooManyRequests => words.trouble_limit.clone(),
            Code::OriginNotAllowed => words.trouble_elsewhere.clone(),
            Code::Malformed
            | Code::InvalidField
            | Code::BodyTooLarge
            | Code::Unauthorized
            | Code::IdentityRefused
            | Code::BadCredentials
            | Code::UnknownKey
            | Code::CsrfMissing
            | Code::Forbidden
            | Code::NotOwner
            | Code::NotFound
            | Code::MethodNotAllowed
            | Code::ClientIdReused
            | Code::NoHandoff
            | Code::NoOffer
            | Code::PersonPresent
            | Code::NotWaiting
            | Code::Taken
            | Code::Resolved
            | Code::NotNow
            | Code::OpenConversations
            | Code::OtherShopper
            | Code::Internal
            | Code::Unavailable => words.trouble_server.clone(),
        },
    }
}

fn foot(scene: &Scene) -> Markup {
    let words = scene.words();
    html! {
        footer {
            (forms::form(scene, "language", "language", &html! {
                label for="language" { (words.language) }
                select #language name="locale" {
                    @for locale in &scene.locales {
                        @let language = Language::of_locale(locale);
                        option value=(locale) lang=(locale) selected[*locale == scene.locale] {
                            // A language that the page is not written in is named by its tag.
                            @if locale.starts_with(language.tag()) { (language.words().language_name) } @else { (locale) }
                        }
                    }
                }
                button .quiet { (words.language_change) }
            }))
            p .soft { (scene.fill(&words.time_zone, &[("zone", &scene.zone)])) }
            @if scene.talk.is_some() {
                details {
                    summary { (words.forget_title) }
                    p { (words.forget_text) }
                    (forms::button(scene, "forget", "quiet", &words.forget_button))
                }
            }
        }
    }
}
