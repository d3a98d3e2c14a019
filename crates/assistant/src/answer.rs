//! Makes an answer of a passage: which sentences, in which order, with the quote that it rests on.

use crate::articles::{Article, Articles, Passage};
use crate::provider::Span;
use crate::retrieve::Found;
use crate::sentences::Voice;
use crate::text::Language;
use warmline_protocol::{Citation, CitationKind};

/// The sentences that a provider may rest on: the found passage's chosen ones first; with `wide`, the rest of it and the next passages.
pub(crate) fn spans(articles: &Articles, found: &[Found], voice: &Voice<'_>, wide: bool) -> Vec<Span> {
    let mut spans = Vec::new();
    for (rank, one) in found.iter().enumerate().take(if wide { 4 } else { 1 }) {
        let Some((passage, article)) = place(articles, one) else { continue };
        for (at, sentence) in passage.sentences.iter().enumerate() {
            let chosen = rank == 0 && one.shown.contains(&at) && !voice.has_said(&sentence.text);
            if wide || chosen {
                spans.push(Span { id: article.id.clone(), number: sentence.number, text: sentence.text.clone(), chosen });
            }
        }
    }
    spans
}

/// A passage with its article.
pub(crate) fn place<'a>(articles: &'a Articles, found: &Found) -> Option<(&'a Passage, &'a Article)> {
    let passage = articles.passages.get(found.passage)?;
    Some((passage, articles.article(passage)?))
}

/// How a sentence of a source joins the ones before it: entries of a list each on a line, paragraphs apart.
pub(crate) fn between(passage: &Passage, before: Option<usize>, number: usize) -> (&'static str, bool) {
    let of = |number: usize| passage.sentences.iter().find(|sentence| sentence.number == number);
    let listed = of(number).is_some_and(|sentence| sentence.listed);
    // The spaces are those of the passage's language, which need not be the shopper's.
    let dense = of(number).is_some_and(|sentence| sentence.text.chars().any(crate::text::is_cjk));
    let space = if dense { "" } else { " " };
    match before.and_then(of) {
        None => ("\n\n", listed),
        Some(last) if of(number).is_some_and(|this| this.block == last.block) => (space, false),
        Some(last) if last.listed && listed => ("\n", true),
        Some(_) => ("\n\n", listed),
    }
}

/// The citation of a passage: its best sentence among the shown ones.
pub(crate) fn citation(articles: &Articles, found: &Found, shown: &[(String, usize)]) -> Option<Citation> {
    let (passage, article) = place(articles, found)?;
    let is_shown = |number: usize| shown.iter().any(|(id, known)| *id == article.id && *known == number);
    let best = passage.sentences.get(found.best).filter(|best| is_shown(best.number));
    let sentence = best.or_else(|| passage.sentences.iter().find(|sentence| is_shown(sentence.number)))?;
    Some(cite(article, &sentence.quote))
}

/// A citation of an article.
pub(crate) fn cite(article: &Article, quote: &str) -> Citation {
    Citation {
        kind: CitationKind::Article,
        id: article.id.clone(),
        title: article.title.clone(),
        quote: quote.to_owned(),
        url: article.url.clone(),
    }
}

/// The frame before a passage, and that it is in another language, if it is.
pub(crate) fn frame(article: &Article, voice: &Voice<'_>, again: bool) -> String {
    let key = if again { "assistant.frame.again" } else { "assistant.frame" };
    let frame = voice.say(key, &[("title", &article.title)]);
    let written = article.language();
    if written == voice.language {
        return frame;
    }
    let name = voice.say(&format!("assistant.language.{}", written.code()), &[]);
    let space = if voice.language == Language::Ja { "" } else { " " };
    format!("{}{space}{frame}", voice.say("assistant.foreign", &[("language", &name)]))
}
