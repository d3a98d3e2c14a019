//! The summary: what happened, what is wanted, what was tried, in the shopper's own words, each with the lines it comes from; and the
//! shopper's correction beside it.

use warmline_protocol::event::Summary;
use warmline_ui::dom::{El, button, el};
use warmline_ui::words::Key;

use crate::case::Case;
use crate::desk::Desk;
use crate::words;

/// Builds it.
pub(crate) fn summary(desk: &Desk, case: &Case) -> El {
    let locale = desk.locale();
    let (view, corrected, none) = (case.talk().view(), case.talk().view(), case.talk().view());
    let built = desk.clone();
    el("section")
        .class("summary")
        .attr("aria-labelledby", "summary-title")
        .child(el("h3").attr("id", "summary-title").t(locale, words::SUMMARY_TITLE))
        .swap(
            move || corrected.with(|view| view.correction.clone()),
            move |text| {
                el("div")
                    .class("correction")
                    .child(el("p").class("fact-name").t(locale, words::SUMMARY_CORRECTION))
                    .child(el("p").class("plain").attr("dir", "auto").text(&text))
            },
        )
        .swap(move || view.with(|view| view.summary.clone()), move |summary| fields(&built, &summary))
        .child(el("p").class("soft").show(move || none.with(|view| view.summary.is_none())).dyn_text(move || {
            let asked = none.with(|view| view.case.is_some());
            locale.t(if asked { words::SUMMARY_COMING } else { words::SUMMARY_NONE })
        }))
}

fn fields(desk: &Desk, summary: &Summary) -> El {
    let field = |name: &str, key: Key, text: &str| {
        (!text.trim().is_empty()).then(|| {
            el("div")
                .child(el("dt").t(desk.locale(), key))
                .child(el("dd").child(el("bdi").text(text)).text(" ").child(lines(desk, summary, name)))
        })
    };
    let tried = (!summary.tried.is_empty()).then(|| {
        let list = el("ul").attr("role", "list").children(summary.tried.iter().map(|tried| el("li").child(el("bdi").text(tried))));
        el("div").child(el("dt").t(desk.locale(), words::SUMMARY_TRIED)).child(el("dd").child(list).child(lines(desk, summary, "tried")))
    });
    el("dl")
        .class("facts")
        .children(field("problem", words::SUMMARY_PROBLEM, &summary.problem))
        .children(field("quote", words::SUMMARY_QUOTE, summary.quote.as_deref().unwrap_or_default()))
        .children(field("wants", words::SUMMARY_WANTS, &summary.wants))
        .children(field("order", words::SUMMARY_ORDER, summary.order.as_deref().unwrap_or_default()))
        .children(tried)
}

/// The ways to the lines that a field comes from.
fn lines(desk: &Desk, summary: &Summary, name: &str) -> El {
    let locale = desk.locale();
    let seqs = summary.lines.0.iter().find(|(field, _)| field == name).map(|(_, seqs)| seqs.clone()).unwrap_or_default();
    let count = seqs.len();
    el("span").class("lines").children(seqs.into_iter().enumerate().map(|(place, seq)| {
        let showing = desk.clone();
        let number = u32::try_from(place + 1).unwrap_or(u32::MAX);
        button("line-link")
            .dyn_text(move || {
                if count == 1 { locale.t(words::SHOW_LINE) } else { locale.tf(words::SHOW_LINE_OF, &[("number", &locale.number(number))]) }
            })
            .on_click(move || showing.show_line(seq))
    }))
}
