//! "This is what Ada sees": the summary, where each line of it comes from, and a way to correct it.

use maud::{Markup, html};

use super::forms;
use super::scene::{Mode, Scene, Talk};

/// The summary; nothing before one is written.
pub(super) fn summary(scene: &Scene, talk: &Talk) -> Markup {
    let view = talk.view();
    let Some(summary) = &view.summary else { return html! {} };
    let words = scene.words();
    let title = match &view.agent {
        Some(agent) => scene.fill(&words.summary_title, &[("name", &agent.name)]),
        None => words.summary_title_waiting.clone(),
    };
    let lines = |field: &str| {
        let seqs = summary.lines.0.iter().find(|(known, _)| known == field).map_or(&[] as &[u64], |(_, seqs)| seqs);
        html! {
            // A line that stands on an older page has nothing to lead to here.
            @for seq in seqs.iter().filter(|seq| talk.snapshot.messages.iter().any(|entry| entry.seq == **seq)) {
                " " a .line href=(format!("#m{seq}")) aria-label=(words.summary_show_line) { "↑" }
            }
        }
    };
    let tried = summary.tried.join(" · ");
    let fields = [
        ("problem", &words.summary_problem, Some(&summary.problem)),
        ("wants", &words.summary_wants, Some(&summary.wants)),
        ("order", &words.summary_order, summary.order.as_ref()),
        ("tried", &words.summary_tried, Some(&tried)),
        ("quote", &words.summary_quote, summary.quote.as_ref()),
    ];
    html! {
        details .card .summary open[scene.mode == Mode::Writing] {
            summary { h2 { (title) } }
            dl {
                @for (field, label, text) in fields {
                    @if let Some(text) = text.filter(|text| !text.is_empty()) {
                        div { dt { (label) } dd { span dir="auto" { (text) } (lines(field)) } }
                    }
                }
                @if let Some(correction) = &view.correction {
                    div { dt { (words.summary_correction) } dd dir="auto" { (correction) } }
                }
            }
            (correct(scene))
        }
    }
}

/// Where the shopper says what is wrong; as all that is typed, on a page that does not refresh.
fn correct(scene: &Scene) -> Markup {
    let words = scene.words();
    if scene.mode == Mode::Watching {
        return html! { p .correct { a href=(format!("{}#correction", scene.address("write=1"))) { (words.summary_wrong) } } };
    }
    html! {
        details .correct open[scene.mode == Mode::Writing] {
            summary { (words.summary_wrong) }
            (forms::form(scene, "correct", "stack", &html! {
                label for="correction" { (words.summary_correct_label) }
                textarea #correction name="text" rows="3" maxlength="4000" required dir="auto" {}
                button .quiet { (words.summary_correct_send) }
            }))
        }
    }
}
