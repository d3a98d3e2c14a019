//! Sources: by title; a tap opens the very sentence that an answer rests on.

use warmline_protocol::Citation;
use warmline_protocol::message::CitationKind;

use crate::dom::{El, button, el, said};
use crate::links::is_safe;
use crate::locale::Locale;
use crate::message::link;
use crate::words;
use crate::watched::Watched;

/// The sources of an answer.
pub fn citations(locale: Locale, citations: &[Citation]) -> El {
    let count = u32::try_from(citations.len()).unwrap_or(u32::MAX);
    let mut all =
        el("div").class("citations").child(el("p").class("citations-label").dyn_text(move || locale.tn(words::SOURCES, count)));
    for source in citations {
        all = all.child(citation(locale, source));
    }
    all
}

fn citation(locale: Locale, source: &Citation) -> El {
    let open = Watched::new(false);
    let title = source.title.clone();
    let opener = button("citation")
        .part("citation")
        .dyn_attr("aria-expanded", move || said(open.get()))
        .dyn_attr("aria-label", move || locale.tf(words::SOURCE_OPEN, &[("title", &title)]))
        .on_click(move || open.update(|open| *open = !*open))
        .child(el("span").attr("dir", "auto").text(&source.title));
    let label = match source.kind {
        CitationKind::Article => words::SOURCE_QUOTE,
        CitationKind::Record => words::SOURCE_RECORD,
    };
    let mut quote = el("figure")
        .class("citation-quote")
        .show(move || open.get())
        .child(el("figcaption").t(locale, label))
        .child(el("blockquote").attr("dir", "auto").text(&source.quote));
    if let Some(url) = source.url.as_deref().filter(|url| is_safe(url)) {
        quote = quote.child(
            link(url)
                .class("citation-link")
                .t(locale, words::SOURCE_READ_ALL)
                .child(el("span").class("vh").text(" ").t(locale, words::OPENS_NEW_TAB)),
        );
    }
    el("div").class("citation-entry").child(opener).child(quote)
}
