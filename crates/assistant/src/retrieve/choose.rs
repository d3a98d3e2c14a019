//! Decides between one passage, some close ones, and none.

use super::action::remedy;
use super::index::{Index, Place};
use super::needs::{Kind, entities_met, holds, kind, passage_holds};
use super::{Query, query::Unit, similar};
use crate::articles::{Articles, Passage, Sentence};
use crate::text::{Language, fold, primary};
use std::collections::HashMap;

/// A passage with what speaks for it.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    /// Its place in the list.
    pub(crate) passage: usize,
    /// BM25F with the corrections below.
    pub(crate) score: f32,
    /// The share of the question's weight that it meets.
    pub(crate) coverage: f32,
    /// The sentences to show, by their place in the passage.
    pub(crate) shown: Vec<usize>,
    /// The sentence that the answer rests on most.
    pub(crate) best: usize,
}

/// What the search came to.
#[derive(Debug)]
pub(crate) enum Choice {
    /// This passage answers it.
    One(Found),
    /// These are close: ask which is meant.
    Close(Vec<Found>),
    /// No source supports an answer.
    None,
}

/// Below it a passage does not meet enough of the question.
const COVERED: f32 = 0.48;
/// Below it, but above this, it is offered beside others.
const NEARLY: f32 = 0.34;
/// So many words that stand in no article make a question about something else.
const UNKNOWN: usize = 2;
/// One in the shopper's language with this share of the score of one in another is good enough.
const GOOD: f32 = 0.9;
/// A second article with this share of the first's score is close.
const CLOSE: f32 = 0.93;
/// This many times the second's score is far ahead.
const AHEAD: f32 = 1.8;
/// A passage that meets this much stands alone however close the next is.
const PLAIN: f32 = 0.72;

/// Searches. `market` is the shopper's; `avoid` are quotes already given, which do not help again.
pub(crate) fn choose(articles: &Articles, query: &Query, market: Option<&str>, avoid: &[String]) -> Choice {
    match nearest(articles, query, market, avoid) {
        // Who tells a problem wants to hear what happens now, not what the word means.
        Choice::One(found) if query.tells_problem() && kind(query) == Kind::Any => {
            Choice::One(remedied(articles, query, found, market, avoid))
        }
        choice => choice,
    }
}

fn remedied(articles: &Articles, query: &Query, found: Found, market: Option<&str>, avoid: &[String]) -> Found {
    let better = remedy(articles, found.passage, avoid)
        .and_then(|number| judge(articles, query, Kind::Any, number, found.score, avoid, home(market)));
    better.map_or_else(|| found.clone(), |better| Found { coverage: found.coverage, ..better })
}

/// The passage of one article that speaks of what a short question adds to the one before.
pub(crate) fn in_article(articles: &Articles, id: &str, quote: &str, query: &Query, market: Option<&str>) -> Option<Found> {
    let marked = |unit: &&Unit| {
        unit.terms.iter().any(|term| term.starts_with('@')) || (query.entities.is_empty() && !unit.is_general() && unit.weight >= 1.0)
    };
    let spoken =
        |passage: &Passage| articles.article(passage).is_some_and(|article| article.id == id && article.language() == query.language);
    if query.leans_back() {
        // "And how long does that take?": the passage that was quoted knows, or another of its article.
        let wanted = kind(query);
        let said = |passage: &Passage| passage.sentences.iter().any(|sentence| sentence.quote == quote);
        let mut list: Vec<(usize, &Passage)> = articles.passages.iter().enumerate().filter(|(_, passage)| spoken(passage)).collect();
        list.sort_by_key(|(_, passage)| !said(passage));
        return list.into_iter().find_map(|(number, passage)| {
            let best = passage.sentences.iter().position(|sentence| holds(wanted, &sentence.text))?;
            Some(Found { passage: number, score: 1.0, coverage: 1.0, shown: vec![best], best })
        });
    }
    let met = |number: usize| {
        let mut asked = query.units.iter().filter(marked).peekable();
        asked.peek().is_some() && asked.all(|unit| unit.terms.iter().any(|term| articles.index.place(term, number) == Place::Passage))
    };
    let fitting = articles.passages.iter().enumerate().filter(|(number, passage)| spoken(passage) && met(*number));
    let judged = fitting.filter_map(|(number, _)| judge(articles, query, Kind::Any, number, 1.0, &[], home(market)));
    let best = judged.reduce(|best, other| if other.coverage > best.coverage + 0.01 { other } else { best })?;
    Some(Found { shown: vec![best.best], ..best })
}

fn nearest(articles: &Articles, query: &Query, market: Option<&str>, avoid: &[String]) -> Choice {
    let found = ranked(articles, query, market, avoid);
    let Some(first) = found.first() else { return Choice::None };
    let title = articles.passages.get(first.passage).and_then(|passage| articles.article(passage)).map(|article| fold(&article.title));
    if title.is_some_and(|title| plain(&title) == plain(&query.folded)) {
        return Choice::One(first.clone());
    }
    // Two matters that no article knows: whatever else matches is not what was asked about.
    let unknown = |unit: &&Unit| !unit.is_general() && !unit.terms.iter().any(|term| articles.index.knows(term));
    if first.coverage < NEARLY || (first.coverage < PLAIN && query.units.iter().filter(unknown).count() >= UNKNOWN) {
        return Choice::None;
    }
    let close: Vec<Found> = found
        .iter()
        .filter(|other| other.score >= first.score * CLOSE && other.coverage >= first.coverage * 0.85)
        .take(3)
        .cloned()
        .collect();
    let ahead = found.get(1).is_none_or(|second| first.score >= second.score * AHEAD);
    if first.coverage >= PLAIN || (ahead && first.coverage >= NEARLY + 0.04) || (first.coverage >= COVERED && close.len() < 2) {
        return Choice::One(first.clone());
    }
    if first.coverage >= COVERED && close.len() >= 2 {
        return Choice::Close(close);
    }
    let near: Vec<Found> =
        found.iter().filter(|other| other.score >= first.score * 0.8 && other.coverage >= NEARLY).take(3).cloned().collect();
    if near.len() >= 2 && first.coverage >= (COVERED + NEARLY) / 2.0 { Choice::Close(near) } else { Choice::None }
}

fn plain(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// The best passage of each article id, best first, in the version that suits the shopper.
pub(crate) fn ranked(articles: &Articles, query: &Query, market: Option<&str>, avoid: &[String]) -> Vec<Found> {
    let mut scores = HashMap::new();
    for unit in &query.units {
        let several = unit.terms.len() > 1;
        let oddity = (unit.weight / articles.index.rarity("").max(0.1)).min(1.0);
        for term in &unit.terms {
            // A word beside its concept counts for half: the concept says the same, and more surely.
            let own = match (term.starts_with('#'), several) {
                (true, _) => 0.8,
                (false, true) => 0.5,
                (false, false) => 1.0,
            };
            let weak = if unit.weight < 1.0 { 0.3 + oddity } else { 1.0 };
            articles.index.score(term, own * weak, &mut scores);
        }
    }
    let mut list: Vec<(usize, f32)> = scores.into_iter().collect();
    // A version in another language is for those who have none in their own.
    let known: std::collections::HashSet<&str> =
        articles.list.iter().filter(|article| article.language() == query.language).map(|article| article.id.as_str()).collect();
    let written = |number: usize| articles.passages.get(number).and_then(|passage| articles.article(passage));
    let spoken = |number: usize| written(number).is_some_and(|article| article.language() == query.language);
    list.retain(|(number, _)| spoken(*number) || written(*number).is_some_and(|article| !known.contains(article.id.as_str())));
    for (number, score) in &mut list {
        *score *= suits(articles, *number, query.language, market);
    }
    list.sort_by(|one, two| two.1.total_cmp(&one.1).then(one.0.cmp(&two.0)));
    let wanted = kind(query);
    let mut found: Vec<Found> = list
        .into_iter()
        .take(24)
        .filter_map(|(number, score)| judge(articles, query, wanted, number, score, avoid, home(market)))
        .collect();
    found.sort_by(|one, two| two.score.total_cmp(&one.score).then(one.passage.cmp(&two.passage)));
    let most = |own: bool| {
        found.iter().filter(|one| spoken(one.passage) == own && one.coverage >= COVERED).map(|one| one.score).fold(0.0, f32::max)
    };
    if most(true) > 0.0 && most(true) >= most(false) * GOOD {
        found.retain(|one| spoken(one.passage));
    }
    let mut ids: Vec<&str> = Vec::new();
    found.retain(|one| match articles.passages.get(one.passage).and_then(|passage| articles.article(passage)) {
        Some(article) if !ids.contains(&article.id.as_str()) => {
            ids.push(&article.id);
            true
        }
        Some(_) | None => false,
    });
    found
}

/// How well an article's locale suits: the shopper's market first, then the question's language, then those without a locale.
fn suits(articles: &Articles, passage: usize, language: Language, market: Option<&str>) -> f32 {
    let Some(article) = articles.passages.get(passage).and_then(|passage| articles.article(passage)) else { return 0.0 };
    let spoken = article.language() == language;
    let Some(locale) = article.locale.as_deref() else { return if spoken { 0.98 } else { 0.75 } };
    let tongue = if spoken { 1.0 } else { 0.72 };
    let Some(market) = market else { return tongue };
    match (region(locale), region(market)) {
        (Some(of), Some(wanted)) if of == wanted => tongue.max(0.9) * 1.15,
        (Some(_), Some(_)) => tongue * 0.6,
        (None, Some(_)) if !market.contains(['-', '_']) => tongue,
        _ if primary(locale) == primary(market) => tongue.max(0.95),
        (Some(_), None) => tongue * 0.9,
        (None, _) => tongue * 0.95,
    }
}

/// The region of a locale (`de-AT`), or of a market that is one (`AT`, `ROW`).
fn region(market: &str) -> Option<String> {
    let bare = market.len() <= 3 && market.chars().all(char::is_uppercase);
    if bare { Some(market.to_owned()) } else { market.split(['-', '_']).nth(1).map(str::to_uppercase) }
}

/// The place that a market is, so that of a list of countries the shopper's own is shown.
fn home(market: Option<&str>) -> Option<&'static str> {
    let region = region(market?)?;
    let known = [
        ("GB", "uk"),
        ("DE", "germany"),
        ("AT", "austria"),
        ("CH", "switzerland"),
        ("FR", "france"),
        ("ES", "spain"),
        ("IE", "ireland"),
        ("US", "usa"),
        ("JP", "japan"),
        ("SE", "sweden"),
        ("IT", "italy"),
        ("NL", "netherlands"),
        ("AE", "uae"),
        ("SA", "saudi"),
    ];
    known.iter().find(|(code, _)| *code == region).map(|(_, place)| *place)
}

fn judge(
    articles: &Articles,
    query: &Query,
    wanted: Kind,
    number: usize,
    score: f32,
    avoid: &[String],
    home: Option<&str>,
) -> Option<Found> {
    let passage = articles.passages.get(number)?;
    let (mut met, mut all) = (0.0, 0.0);
    let foreign = articles.article(passage)?.language() != query.language;
    let fits = passage_holds(wanted, passage);
    for unit in &query.units {
        let place = unit.terms.iter().map(|term| articles.index.place(term, number)).max().unwrap_or(Place::Absent);
        // "How long" is met by any length of time, and "how much" by any amount.
        let answered = fits
            && unit.terms.iter().any(|term| (wanted == Kind::Time && term == "#time_taken") || (wanted == Kind::Amount && term == "#cost"));
        let place = if answered { Place::Passage } else { place };
        // Words of another language cannot be met; what the concepts and names say must do.
        let weight = unit.weight * if foreign && !unit.terms.iter().any(|term| term.starts_with(['#', '@'])) { 0.3 } else { 1.0 };
        all += weight;
        met += weight
            * match place {
                Place::Passage => 1.0,
                Place::Article => 0.6,
                Place::Absent => 0.0,
            };
    }
    let mut coverage = if all > 0.0 { met / all } else { 0.0 };
    let title = articles.titles.get(passage.article).map_or(0.0, |title| similar(query, title));
    coverage = coverage.max(coverage * 0.5 + title * 0.5);
    let named = entities_met(query, number, &articles.index);
    if named == 0.0 {
        coverage *= 0.3;
    }
    // That we deliver to a city does not say that there is a shop in it.
    if query.about("#shop") && !query.entities.is_empty() && articles.index.place("#shop", number) == Place::Absent {
        coverage *= 0.4;
    }
    if !rests_on_content(query, number, title, &articles.index) {
        coverage *= 0.6;
    }
    if query.strangers {
        coverage *= 0.7;
    }
    if !fits {
        coverage *= 0.8;
    }
    let (best, shown) = pick(passage, query, &Wanted { kind: wanted, home }, &articles.index, articles.article(passage)?.language());
    let given = passage.sentences.get(best).is_some_and(|sentence| avoid.contains(&sentence.quote));
    // What an article says first is its gist.
    let gist = if passage.heading.is_none() { 1.15 } else { 1.0 };
    let score = score
        * gist
        * (1.0 + 1.3 * title)
        * (0.35 + 0.65 * coverage)
        * (0.4 + 0.6 * named)
        * if fits { 1.0 } else { 0.6 }
        * if given { 0.2 } else { 1.0 };
    Some(Found { passage: number, score, coverage, shown, best })
}

/// Whether more is met than words that stand anywhere: the matter or a name, or several words and one of them in the title.
fn rests_on_content(query: &Query, number: usize, title: f32, index: &Index) -> bool {
    let mut plain = query.units.iter().filter(|unit| !unit.terms.iter().any(|term| term.starts_with(['#', '@'])));
    let met = |unit: &&Unit| unit.terms.iter().any(|term| index.place(term, number) == Place::Passage);
    let by_matter = query
        .units
        .iter()
        .filter(met)
        .any(|unit| unit.terms.iter().any(|term| term.starts_with('@') || (term.starts_with('#') && unit.weight >= 0.4)));
    by_matter || query.units.len() < 2 || title > 0.0 && plain.any(|unit| met(&unit))
}

/// What a sentence should hold: the kind of answer, and the shopper's own country where a list names several.
struct Wanted<'a> {
    kind: Kind,
    home: Option<&'a str>,
}

/// About this many letters are shown of a passage; dense scripts say more with fewer.
const SHOWN: usize = 420;

/// The sentence that meets the question best, and the ones that belong to it.
fn pick(passage: &Passage, query: &Query, wanted: &Wanted<'_>, index: &Index, language: Language) -> (usize, Vec<usize>) {
    let rated: Vec<f32> = passage.sentences.iter().map(|sentence| rate(sentence, query, wanted, index, language)).collect();
    let mut best = 0;
    for (at, rating) in rated.iter().enumerate() {
        if *rating > rated.get(best).copied().unwrap_or(0.0) + 0.01 {
            best = at;
        }
    }
    let length = |sentence: &Sentence| sentence.text.chars().count() * if language == Language::Ja { 2 } else { 1 };
    if passage.sentences.iter().map(length).sum::<usize>() <= SHOWN {
        return (best, (0..passage.sentences.len()).collect());
    }
    let mut shown = vec![best];
    let mut room = SHOWN.saturating_sub(passage.sentences.get(best).map_or(0, length));
    for at in beside(passage, best, &rated) {
        let Some(sentence) = passage.sentences.get(at) else { continue };
        if !shown.contains(&at) && length(sentence) <= room {
            room -= length(sentence);
            shown.push(at);
        }
    }
    shown.sort_unstable();
    (best, shown)
}

/// What belongs to a sentence, the nearest first: what a list hangs on, the rest of its paragraph, entries as good as it, the first sentence.
fn beside(passage: &Passage, best: usize, rated: &[f32]) -> Vec<usize> {
    let Some(sentence) = passage.sentences.get(best) else { return Vec::new() };
    let mut order = Vec::new();
    if sentence.listed {
        order.extend((0..best).rev().find(|at| passage.sentences.get(*at).is_some_and(|before| !before.listed)));
    }
    order.extend(
        (best + 1..passage.sentences.len())
            .take_while(|at| passage.sentences.get(*at).is_some_and(|next| next.block == sentence.block))
            .take(2),
    );
    order.extend((0..best).rev().take_while(|at| passage.sentences.get(*at).is_some_and(|before| before.block == sentence.block)).take(1));
    let mut others: Vec<usize> = (0..passage.sentences.len())
        .filter(|at| {
            rated.get(*at).copied().unwrap_or(0.0) > 0.0 || passage.sentences.get(*at).is_some_and(|s| s.listed && sentence.listed)
        })
        .collect();
    others.sort_by(|one, two| rated.get(*two).unwrap_or(&0.0).total_cmp(rated.get(*one).unwrap_or(&0.0)));
    order.extend(others);
    // A sentence that announces a list is shown with the list.
    if sentence.text.ends_with([':', '：']) {
        order.extend(best + 1..passage.sentences.len());
    }
    order
}

fn rate(sentence: &Sentence, query: &Query, wanted: &Wanted<'_>, index: &Index, language: Language) -> f32 {
    let terms = index.terms(&sentence.text, language);
    let met = |unit: &&Unit| unit.terms.iter().any(|term| terms.contains(term));
    let sum: f32 = query.units.iter().filter(met).map(|unit| unit.weight).sum();
    let announces = if sentence.text.ends_with([':', '：']) { 0.5 } else { 1.0 };
    let kind = if wanted.kind != Kind::Any && holds(wanted.kind, &sentence.text) { 2.5 } else { 0.0 };
    let at_home = query.entities.is_empty() && wanted.home.is_some_and(|place| terms.contains(&format!("@place:{place}")));
    (sum + kind + if at_home { 1.5 } else { 0.0 }) * announces
}
