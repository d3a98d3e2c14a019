//! "This is what Ada sees": the summary, with links to the lines it comes from, and the way to correct it.

use warmline_ui::template;
use warmline_ui::joined;
use warmline_protocol::event::Summary;
use warmline_protocol::{Phase, View};
use warmline_ui::dom::{self, El, el};
use warmline_ui::layout::still;
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
    let correct = correct(widget);
    let mut parts = widget.build(
        "details .summary ( summary .summary-title # dl .summary-fields # p .summary-correction dir=auto # * )",
        &[&correct],
    );
    let card = parts.part();
    parts.part().dyn_text(title);
    let mut list = parts.part();
    let tried = (!summary.tried.is_empty()).then(|| lines(&summary.tried));
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
            let mut parts = widget.build("div .summary-field ( dt # dd dir=auto # )", &[]);
            list = list.child(parts.part());
            parts.part().t(locale, key);
            let mut value = parts.part().text(text);
            for seq in seqs {
                value = value.child(to_line(widget, seq));
            }
        }
    }
    parts.part().show(move || view.with(|view| view.correction.is_some())).dyn_text(move || {
        let correction = view.with(|view| view.correction.clone()).unwrap_or_default();
        joined(&[&locale.t(words::SUMMARY_CORRECTION), ": ", &*correction])
    });
    card
}

fn to_line(widget: &Widget, seq: u64) -> El {
    let showing = *widget;
    still(widget.locale, template!("button .to-line aria-label=$ ^M12+19V6M6+12l6-6+6+6", words::SUMMARY_SHOW_LINE)).on_click(move || showing.show_line(seq))
}

fn correct(widget: &Widget) -> El {
    let open = Watched::new(false);
    let widget = *widget;
    let mut parts = widget.build(template!("div .summary-actions ( button .summary-wrong $ # )", words::SUMMARY_WRONG), &[]);
    let actions = parts.part();
    let wrong: HtmlElement = parts.part().show(move || !open.get()).on_click(move || open.set(true)).as_kind();
    let form = move || {
        let mut parts = widget.build(
            template!("div .summary-correct ( \
                label ( \
                    span $ \
                    textarea .summary-input rows=3 dir=auto maxlength=4000 # \
                ) \
                button .summary-send $ # \
                button .summary-cancel $ # \
            )", words::SUMMARY_CORRECT_LABEL, words::SUMMARY_CORRECT_SEND, words::CANCEL),
            &[],
        );
        let form = parts.part();
        let field: HtmlTextAreaElement = parts.part().as_kind();
        let (focused, wrong) = (field.clone(), wrong.clone());
        dom::next_frame(move || dom::focus(focused.unchecked_ref()));
        let close = move || {
            open.set(false);
            let back = wrong.clone();
            dom::next_frame(move || dom::focus(&back));
        };
        let closing = close.clone();
        parts.part().on_click(move || {
            let text = field.value();
            if !text.trim().is_empty() {
                widget.chat.correct_the_summary(text.trim());
                closing();
            }
        });
        parts.part().on_click(close);
        form
    };
    actions.when(move || open.get(), form)
}

fn lines(tried: &[String]) -> String {
    let mut out = String::new();
    for line in tried {
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(line);
    }
    out
}
