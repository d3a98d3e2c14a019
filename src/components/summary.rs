//! "This is what Ada sees": the summary, with links to the lines it comes from, and the way to correct it.

use warmline_ui::joined;
use warmline_protocol::event::Summary;
use warmline_protocol::{Phase, View};
use warmline_ui::dom::{self, El, button, el, icon};
use warmline_ui::words::Key;
use web_sys::{HtmlElement, HtmlTextAreaElement};
use wasm_bindgen::JsCast;

use crate::widget::Widget;
use crate::words;
use warmline_ui::watched::Watched;

fn is_shown(view: &View) -> bool {
    match view.phase {
        Phase::Queued | Phase::WithPerson | Phase::WaitingOnShopper => true,
        Phase::Assisted | Phase::LeftOpen | Phase::Resolved => false,
    }
}

/// The summary, while a person is waited for or here.
pub(crate) fn summary(widget: &Widget) -> El {
    let (view, widget) = (widget.view(), *widget);
    el("div").class("summary-place").swap(
        move || view.with(|view| view.summary.clone().filter(|_| is_shown(view))),
        move |summary| card(&widget, &summary),
    )
}

fn card(widget: &Widget, summary: &Summary) -> El {
    let (locale, view) = (widget.locale, widget.view());
    let titled = *widget;
    let title = move || {
        if view.with(|view| view.phase.has_person()) {
            locale.tf(words::SUMMARY_TITLE, &[("name", &titled.agent_name())])
        } else {
            locale.t(words::SUMMARY_TITLE_WAITING)
        }
    };
    let mut list = el("dl").class("summary-fields");
    let tried = (!summary.tried.is_empty()).then(|| summary.tried.join("\n"));
    let fields: [(Key, &str, Option<&str>); 5] = [
        (words::SUMMARY_PROBLEM, "problem", Some(&summary.problem)),
        (words::SUMMARY_WANTS, "wants", Some(&summary.wants)),
        (words::SUMMARY_ORDER, "order", summary.order.as_deref()),
        (words::SUMMARY_TRIED, "tried", tried.as_deref()),
        (words::SUMMARY_QUOTE, "quote", summary.quote.as_deref()),
    ];
    for (key, name, text) in fields {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            let seqs = summary.lines.0.iter().find(|(field, _)| field == name).map(|(_, seqs)| seqs.clone()).unwrap_or_default();
            let value = el("dd").attr("dir", "auto").text(text).children(seqs.into_iter().map(|seq| to_line(widget, seq)));
            list = list.child(el("div").class("summary-field").child(el("dt").t(locale, key)).child(value));
        }
    }
    el("details")
        .class("summary")
        .child(el("summary").class("summary-title").dyn_text(title))
        .child(list)
        .child(el("p").class("summary-correction").attr("dir", "auto").show(move || view.with(|view| view.correction.is_some())).dyn_text(
            move || {
                let correction = view.with(|view| view.correction.clone()).unwrap_or_default();
                joined(&[&locale.t(words::SUMMARY_CORRECTION), ": ", &*correction])
            },
        ))
        .child(correct(widget))
}

fn to_line(widget: &Widget, seq: u64) -> El {
    let showing = *widget;
    button("to-line")
        .t_attr("aria-label", widget.locale, words::SUMMARY_SHOW_LINE)
        .child(icon("M12 19V6M6 12l6-6 6 6"))
        .on_click(move || showing.show_line(seq))
}

fn correct(widget: &Widget) -> El {
    let locale = widget.locale;
    let open = Watched::new(false);
    let chat = widget.chat;
    let wrong = button("summary-wrong").show(move || !open.get()).t(locale, words::SUMMARY_WRONG).on_click(move || open.set(true));
    let wrong_button: HtmlElement = wrong.as_kind();
    let form = move || {
        let (chat, wrong_button, wrong_again) = (chat, wrong_button.clone(), wrong_button.clone());
        let input = el("textarea").class("summary-input").attr("rows", "3").attr("dir", "auto").attr("maxlength", "4000");
        let field: HtmlTextAreaElement = input.as_kind();
        let focused = field.clone();
        dom::next_frame(move || dom::focus(focused.unchecked_ref()));
        el("div")
            .class("summary-correct")
            .child(el("label").child(el("span").t(locale, words::SUMMARY_CORRECT_LABEL)).child(input))
            .child(button("summary-send").t(locale, words::SUMMARY_CORRECT_SEND).on_click(move || {
                let text = field.value();
                if !text.trim().is_empty() {
                    chat.correct_the_summary(text.trim());
                    open.set(false);
                    let back = wrong_button.clone();
                    dom::next_frame(move || dom::focus(&back));
                }
            }))
            .child(button("summary-cancel").t(locale, words::CANCEL).on_click(move || {
                open.set(false);
                let back = wrong_again.clone();
                dom::next_frame(move || dom::focus(&back));
            }))
    };
    el("div").class("summary-actions").child(wrong).when(move || open.get(), form)
}
