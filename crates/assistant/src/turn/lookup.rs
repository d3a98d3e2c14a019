//! Answers from the articles, asks back, or says that it does not know.

use super::Turn;
use super::outcome::Ending;
use super::past::asks_on;
use super::question::{Reason, Speaker, Way};
use super::stage::Stage;
use super::write::{Setting, Written, write};
use crate::answer::{citation, cite, frame, place, spans};
use crate::provider::{Embedded, Provider, Task, mask};
use crate::retrieve::{Choice, Found, Query, ranked};
use warmline_protocol::Citation;

/// Lines that a model reads before the question.
const HISTORY: usize = 6;

impl Turn<'_> {
    /// An answer from the articles to what the shopper asks.
    pub(super) async fn look_up(&mut self, stage: &mut Stage) -> Ending {
        let subject = self.subject();
        let avoid = self.given();
        if !self.inner.provider.writes()
            && !self.question.another_way
            && let Some(found) = self.goes_on(&subject)
        {
            return if self.told_before(&found) { self.above(&found, stage).await } else { self.by_words(&subject, found, stage).await };
        }
        if asks_on(&subject) && !self.past.questions.is_empty() && !self.drafting {
            // All that is written was said: what comes next is for a person.
            return self.give_way(Reason::Unsure, "assistant.offer.unsure", stage).await;
        }
        let (query, choice) = self.search(&subject, &avoid);
        let writes = self.inner.provider.writes();
        let found = match choice {
            Choice::One(found) => vec![found],
            Choice::Close(list) if !self.past.asked_back && !writes => return self.ask_back(&list, stage).await,
            Choice::Close(list) => list,
            Choice::None => Vec::new(),
        };
        let Some(first) = found.first() else {
            return if writes && !query.units.is_empty() && !query.strangers {
                self.by_model(&subject, &query, None, stage).await
            } else {
                self.unknown(&query, stage).await
            };
        };
        if self.told_before(first) {
            return self.give_way_or_stop(stage).await;
        }
        let first = first.clone();
        if writes { self.by_model(&subject, &query, Some(first), stage).await } else { self.by_words(&subject, first, stage).await }
    }

    /// The sentence stands in the last answer already: it is pointed to, not said again.
    async fn above(&mut self, found: &Found, stage: &mut Stage) -> Ending {
        let articles = std::sync::Arc::clone(&self.articles);
        let Some((passage, article)) = place(&articles, found) else { return self.give_way_or_stop(stage).await };
        let Some(sentence) = passage.sentences.get(found.best) else { return self.give_way_or_stop(stage).await };
        let start = beginning(&sentence.text);
        let Some(text) = self.voice.fresh("assistant.above", &[("start", start), ("title", &article.title)]) else {
            return self.give_way_or_stop(stage).await;
        };
        stage.show(&text, " ").await;
        Ending::Answer { citations: vec![cite(article, &sentence.quote)], quick_replies: Vec::new(), order: None }
    }

    /// The passage itself.
    async fn by_words(&mut self, subject: &str, found: Found, stage: &mut Stage) -> Ending {
        let list = [found];
        let written = self.write(&Embedded, subject, &list, false, stage).await;
        let citations = citation(&self.articles, &list[0], &written.shown).into_iter().collect();
        Ending::Answer { citations, quick_replies: Vec::new(), order: None }
    }

    /// A model writes from the best passages. Where it fails, the passage itself is shown; where nothing passes, nothing is known.
    async fn by_model(&mut self, subject: &str, query: &Query, chosen: Option<Found>, stage: &mut Stage) -> Ending {
        let market = self.question.market.as_deref();
        let mut list: Vec<Found> = chosen.iter().cloned().collect();
        list.extend(
            ranked(&self.articles, query, market, &[])
                .into_iter()
                .filter(|other| chosen.as_ref().is_none_or(|one| one.passage != other.passage))
                .take(4),
        );
        let provider = std::sync::Arc::clone(&self.inner.provider);
        let written = self.write(provider.as_ref(), subject, &list, true, stage).await;
        self.usage = written.usage;
        if written.dropped > 0 {
            self.note("dropped_sentence");
        }
        if written.spent {
            self.note("budget_spent");
        }
        if let Some(why) = &written.failed {
            tracing::warn!(provider = provider.name(), %why, "the model failed");
            self.note("model_failed");
        }
        if !written.shown.is_empty() {
            return Ending::Answer { citations: self.citations(&written), quick_replies: Vec::new(), order: None };
        }
        match chosen {
            Some(found) if written.failed.is_some() || (written.spent && written.dropped == 0) => {
                self.by_words(subject, found, stage).await
            }
            Some(_) | None => self.unknown(query, stage).await,
        }
    }

    async fn write(&mut self, provider: &dyn Provider, subject: &str, found: &[Found], wide: bool, stage: &mut Stage) -> Written {
        let articles = std::sync::Arc::clone(&self.articles);
        let earlier = self.question.lines.len().saturating_sub(1);
        let history = self.question.lines.iter().take(earlier).skip(earlier.saturating_sub(HISTORY));
        let task = Task {
            question: mask(subject),
            history: history.map(|line| (line.author, mask(&line.text))).collect(),
            language: self.voice.language,
            spans: spans(&articles, found, &self.voice, wide),
        };
        let first = found.first().and_then(|one| place(&articles, one));
        let lead = match first {
            Some((_, article)) if !wide && !self.drafting => {
                if article.language() != self.voice.language {
                    self.note("foreign_article");
                }
                frame(article, &self.voice, self.question.another_way || self.heard.not_helped)
            }
            Some(_) | None => String::new(),
        };
        let passage = first.filter(|_| !wide).map(|(passage, _)| passage);
        write(provider, &task, self.inner.config.budget, &Setting { lead: &lead, passage, articles: &articles }, stage).await
    }

    /// One citation a sentence that a model rested on, word for word.
    fn citations(&self, written: &Written) -> Vec<Citation> {
        let mut list: Vec<Citation> = Vec::new();
        for (id, number) in &written.shown {
            let of = |passage: &&crate::articles::Passage| self.articles.article(passage).is_some_and(|article| article.id == *id);
            let sentences = self
                .articles
                .passages
                .iter()
                .filter(of)
                .flat_map(|passage| passage.sentences.iter().map(move |sentence| (passage, sentence)));
            let suits = |passage: &crate::articles::Passage| {
                self.articles.article(passage).is_some_and(|article| article.language() == self.voice.language)
            };
            let mut fitting: Vec<_> = sentences.filter(|(_, sentence)| sentence.number == *number).collect();
            fitting.sort_by_key(|(passage, _)| !suits(passage));
            if let Some((passage, sentence)) = fitting.first()
                && let Some(article) = self.articles.article(passage)
            {
                let cited = cite(article, &sentence.quote);
                if !list.contains(&cited) {
                    list.push(cited);
                }
            }
        }
        list
    }

    async fn ask_back(&mut self, list: &[Found], stage: &mut Stage) -> Ending {
        if self.drafting {
            return Ending::AskBack { quick_replies: Vec::new() };
        }
        let text = self.voice.say("assistant.ask_back", &[]);
        stage.show(&text, " ").await;
        let quick_replies =
            list.iter().filter_map(|found| place(&self.articles, found)).map(|(_, article)| article.title.clone()).collect();
        Ending::AskBack { quick_replies }
    }

    /// Quotes that were given: cited before, or standing in an earlier answer.
    pub(super) fn given(&self) -> Vec<String> {
        let mut list: Vec<String> = self.question.cited_before.iter().map(|(_, quote)| quote.clone()).collect();
        if self.question.lines.iter().any(|line| line.author != Speaker::Shopper) {
            let quotes = self.articles.passages.iter().flat_map(|passage| &passage.sentences).map(|sentence| &sentence.quote);
            list.extend(quotes.filter(|quote| self.voice.has_said(quote)).cloned());
        }
        list
    }

    pub(super) fn told_before(&self, found: &Found) -> bool {
        let Some((passage, _)) = place(&self.articles, found) else { return false };
        let best = passage.sentences.get(found.best);
        best.is_some_and(|best| self.voice.has_said(&best.text) || self.question.cited_before.iter().any(|(_, quote)| *quote == best.quote))
    }

    /// The only passage there is was given already.
    async fn give_way_or_stop(&mut self, stage: &mut Stage) -> Ending {
        self.note("told_before");
        let reason = if self.past.unhelped > 0 || self.question.another_way { Reason::Unhelpful } else { Reason::Repeated };
        if self.drafting {
            return Ending::Offer { reason: reason.name() };
        }
        self.give_way(reason, &format!("assistant.offer.{}", reason.name()), stage).await
    }

    /// Nothing supports an answer.
    async fn unknown(&mut self, query: &Query, stage: &mut Stage) -> Ending {
        if self.drafting {
            return Ending::Decline { reason: "no_source", offer: false };
        }
        if query.is_vague()
            && !self.past.upset
            && let Some(text) = self.voice.fresh("assistant.ask_back.problem", &[])
        {
            stage.show(&text, " ").await;
            return Ending::AskBack { quick_replies: Vec::new() };
        }
        self.note("no_source");
        let offer = self.question.may_offer(Reason::NoSource);
        if offer && self.question.rules.way(Reason::NoSource) == Way::HandOver {
            return self.give_way(Reason::NoSource, "", stage).await;
        }
        let strange = query.concepts.is_empty() && query.entities.is_empty();
        let reason = if strange { "off_topic" } else { "no_source" };
        let key = match (offer, strange) {
            (true, true) => "assistant.decline.off_topic",
            (true, false) => "assistant.decline",
            (false, _) => "assistant.decline.quiet",
        };
        let (team, mid) = (self.team("assistant.team"), self.team("assistant.team.mid"));
        let args = [("team", team.as_str()), ("team_mid", mid.as_str())];
        if let Some(text) = self.voice.fresh(key, &args).or_else(|| self.voice.fresh("assistant.decline.quiet", &[])) {
            stage.show(&text, " ").await;
        }
        Ending::Decline { reason, offer }
    }
}

/// Enough of a sentence to find it by: up to its colon, or a few words.
fn beginning(text: &str) -> &str {
    let colon = text.find([':', '：']).filter(|at| text[..*at].chars().count() <= 50);
    let words = || text.char_indices().filter(|(_, letter)| letter.is_whitespace()).nth(4).map(|(at, _)| at);
    let letters = || text.char_indices().nth(14).map(|(at, _)| at).filter(|_| text.chars().any(crate::text::is_cjk));
    &text[..colon.or_else(letters).or_else(words).unwrap_or(text.len())]
}

#[cfg(test)]
mod tests {
    use crate::answer::between;

    #[test]
    fn entries_of_a_list_stand_on_lines() {
        let articles = crate::articles::Articles::new([crate::articles::Article {
            id: "a".to_owned(),
            title: "A".to_owned(),
            url: None,
            locale: Some("en".to_owned()),
            updated: None,
            body: "It depends. Look:\n\n- one\n- two".to_owned(),
        }]);
        let passage = &articles.passages[0];
        let numbers: Vec<_> = passage.sentences.iter().map(|sentence| sentence.number).collect();
        let joined: Vec<_> = numbers.windows(2).map(|pair| between(passage, Some(pair[0]), pair[1])).collect();
        assert_eq!(joined, [(" ", false), ("\n\n", true), ("\n", true)]);
    }
}
