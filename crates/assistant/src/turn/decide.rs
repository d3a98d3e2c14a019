//! The order of precedence of a turn. Rules and state decide about people; no model is asked.

use super::Turn;
use super::outcome::Ending;
use super::past::{answers_offer, goes_on, is_short, says_no, says_yes, talk_key};
use super::question::{Reason, Way};
use super::stage::Stage;
use crate::retrieve::{Choice, Query, choose, ranked, similar};
use crate::text::sentences;
use crate::understand::mood::{asks, is_insult};
use crate::understand::{Ask, OrderQuestion, SmallTalk};
use warmline_protocol::Citation;

/// From here on two questions are the same one.
const SAME: f32 = 0.7;
/// Answers that did not help before a person is offered.
const PATIENCE: usize = 2;

impl Turn<'_> {
    /// What is said, and what becomes of the conversation.
    pub(super) async fn run(&mut self, stage: &mut Stage) -> Ending {
        if self.heard.ask == Ask::Sure || (self.past.offered && says_yes(self.question.text())) {
            let text = self.voice.say("assistant.handover.asked", &[]);
            stage.show(&text, "").await;
            return Ending::HandOver { reason: Reason::Asked.name() };
        }
        if let Some(topic) = self.heard.sensitive {
            self.note(topic.name());
            if self.question.may_offer(Reason::Sensitive) {
                return self.give_way(Reason::Sensitive, &format!("assistant.offer.sensitive.{}", topic.name()), stage).await;
            }
        }
        if let Some(ending) = self.small_talk(stage).await {
            return ending;
        }
        if self.past.unhelped >= PATIENCE && self.question.may_offer(Reason::Unhelpful) {
            return self.give_way(Reason::Unhelpful, "assistant.offer.unhelpful", stage).await;
        }
        let Some(reason) = self.reason() else { return self.say(stage).await };
        if self.question.rules.way(reason) == Way::HandOver {
            return self.give_way(reason, "", stage).await;
        }
        self.offer = Some(reason);
        self.say(stage).await
    }

    /// A draft for an agent.
    pub(super) async fn draft(&mut self, stage: &mut Stage) -> Vec<Citation> {
        let ending = if self.heard.order == OrderQuestion::Status && self.question.identity.is_some() {
            self.order(stage).await
        } else {
            self.look_up(stage).await
        };
        match ending {
            Ending::Answer { citations, .. } => citations,
            Ending::AskBack { .. } | Ending::Decline { .. } | Ending::Offer { .. } | Ending::HandOver { .. } => Vec::new(),
        }
    }

    async fn small_talk(&mut self, stage: &mut Stage) -> Option<Ending> {
        let declined = self.past.offered && says_no(self.question.text());
        let key = match self.heard.small_talk {
            _ if declined => "assistant.declined",
            Some(talk) if !self.question.another_way => talk_key(talk)?,
            None if says_no(self.question.text()) && !self.past.asked_back => "assistant.declined",
            None if answers_offer(self.question.text()) && !self.past.asked_back => "assistant.help",
            Some(_) | None => return None,
        };
        let other = (key == "assistant.declined").then(|| self.voice.fresh("assistant.bye", &[])).flatten();
        let Some(text) = self.voice.fresh(key, &[]).or(other) else {
            return Some(self.give_way(Reason::Unsure, "assistant.offer.unsure", stage).await);
        };
        stage.show(&text, "").await;
        Some(Ending::said())
    }

    /// Why a person is offered beside the answer, the weightiest first.
    fn reason(&mut self) -> Option<Reason> {
        if self.heard.upset {
            self.note("upset");
        }
        let repeated = self.repeats();
        if repeated {
            self.note("repeated");
        }
        let held = [
            (self.heard.upset, Reason::Upset),
            (repeated, Reason::Repeated),
            (self.heard.ask == Ask::Unsure, Reason::Unsure),
            (self.question.high_value, Reason::HighValue),
            (self.question.vip, Reason::Vip),
        ];
        held.into_iter().filter(|(holds, _)| *holds).map(|(_, reason)| reason).find(|reason| self.question.may_offer(*reason))
    }

    /// The same question again. A tapped title repeats what was asked back, and "not yet" is counted elsewhere.
    fn repeats(&self) -> bool {
        if self.question.another_way || self.past.asked_back || self.heard.not_helped {
            return false;
        }
        let query = self.query(self.question.text());
        !query.units.is_empty() && self.past.questions.iter().any(|earlier| similar(&query, &self.query(earlier)) >= SAME)
    }

    /// Offers a person or hands over, as the merchant's rule says.
    pub(super) async fn give_way(&mut self, reason: Reason, key: &str, stage: &mut Stage) -> Ending {
        if self.question.rules.way(reason) == Way::HandOver {
            let text = self.voice.say("assistant.handover.rule", &[]);
            stage.show(&text, "").await;
            return Ending::HandOver { reason: reason.name() };
        }
        // When every phrasing has been said, the offer speaks for itself.
        if let Some(text) = self.voice.fresh(key, &[]) {
            stage.show(&text, " ").await;
        }
        Ending::Offer { reason: reason.name() }
    }

    /// The problem in the shopper's words, the answer, and the offer beside it.
    async fn say(&mut self, stage: &mut Stage) -> Ending {
        let complains = self.heard.upset && self.heard.order != OrderQuestion::Status && !self.query(self.question.text()).names_matter();
        if self.heard.upset
            && !self.past.upset
            && let Some(problem) = self.problem()
        {
            let key = if complains { "assistant.upset.heard" } else { "assistant.upset.named" };
            let named = self.voice.say(key, &[("problem", &problem)]);
            stage.show(&named, "").await;
        }
        if complains {
            // A complaint without a question: no article answers it.
            return match self.offer.take() {
                Some(reason) => self.give_way(reason, &format!("assistant.offer.{}", reason.name()), stage).await,
                None => self.open_up(stage).await,
            };
        }
        let numbered = self.past.which_order && self.heard.order_number.is_some();
        let ending =
            if self.heard.order == OrderQuestion::Status || numbered { self.order(stage).await } else { self.look_up(stage).await };
        let Some(reason) = self.offer else { return ending };
        match ending {
            Ending::Answer { .. } => {
                if let Some(text) = self.voice.fresh(&format!("assistant.offer.{}", reason.name()), &[]) {
                    stage.show(&text, "\n\n").await;
                }
                ending
            }
            // A question back to somebody who is upset, or who may want a person, is one question too many.
            Ending::AskBack { .. } if matches!(reason, Reason::Upset | Reason::Repeated | Reason::Unsure) => {
                self.give_way(reason, &format!("assistant.offer.{}", reason.name()), stage).await
            }
            Ending::Decline { offer: true, .. } if reason == Reason::Vip => ending,
            Ending::Decline { .. } => Ending::Offer { reason: reason.name() },
            Ending::AskBack { .. } | Ending::Offer { .. } | Ending::HandOver { .. } => ending,
        }
    }

    /// A person was offered before: what is needed, and that a person is still there.
    async fn open_up(&mut self, stage: &mut Stage) -> Ending {
        let Some(text) = self.voice.fresh("assistant.upset.open", &[]) else {
            return self.give_way(Reason::Unhelpful, "assistant.offer.unhelpful", stage).await;
        };
        stage.show(&text, " ").await;
        Ending::said()
    }

    /// The clause that says most about the matter and does not only shout.
    pub(super) fn problem(&self) -> Option<String> {
        let clauses = sentences(self.question.text()).into_iter().flat_map(|sentence| sentence.split([',', ';', '、', '،']));
        let rated = clauses.map(str::trim).filter(|clause| (6..=90).contains(&clause.chars().count())).map(|clause| {
            let query = self.query(clause);
            // What happened comes before how it was paid.
            let event = if query.tells_problem() { 2.5 } else { 1.0 };
            let matter: f32 = event
                * query
                    .units
                    .iter()
                    .filter(|unit| unit.terms.iter().any(|term| term.starts_with('#')))
                    .map(|unit| unit.weight)
                    .sum::<f32>();
            let asks = if clause.ends_with(['?', '？', '؟']) { 0.4 } else { 1.0 };
            // Without a matter the clause that tells most counts; an insult is never said back.
            let telling = clause.chars().count().min(60) as f32 / 100.0;
            (clause, if is_insult(clause) { 0.0 } else { matter * asks + telling })
        });
        let (clause, weight) = rated.max_by(|one, two| one.1.total_cmp(&two.1))?;
        let bare = clause.trim_matches(|letter: char| !letter.is_alphanumeric()).to_owned();
        (weight > 0.0 && !bare.is_empty()).then_some(bare)
    }

    pub(super) fn query(&self, text: &str) -> Query {
        Query::new(text, crate::text::guess_language(text, self.voice.language.code()), &self.articles.index)
    }

    /// What the question is about: after "not yet", the question before.
    pub(super) fn subject(&self) -> String {
        let again = self.question.another_way || self.heard.small_talk == Some(SmallTalk::NotHelped);
        let text = self.question.text();
        let bare = self.heard.small_talk.is_some() || answers_offer(text);
        match self.past.questions.last() {
            Some(last) if again && bare => last.clone(),
            Some(_) | None => text.to_owned(),
        }
    }

    /// In a story the sentence that asks is the question, when it says what it is about.
    fn search_question(&self, subject: &str, avoid: &[String]) -> Option<(Query, Choice)> {
        let list = sentences(subject);
        if list.len() < 2 {
            return None;
        }
        let asks = |sentence: &str| sentence.ends_with(['?', '？', '؟']) || asks(sentence);
        list.into_iter()
            .rev()
            .filter(|sentence| asks(sentence) && crate::understand::mood::upset(sentence) < crate::understand::mood::UPSET)
            .find_map(|sentence| {
                let alone = self.query(sentence);
                // "How do I get my money back" is asked of what the story tells.
                let told = if alone.tells_problem() { None } else { self.problem().filter(|problem| self.query(problem).tells_problem()) };
                let query = told.map_or(alone, |problem| self.query(&format!("{problem}. {sentence}")));
                let choice = choose(&self.articles, &query, self.question.market.as_deref(), avoid);
                (query.names_matter() && matches!(choice, Choice::One(_))).then_some((query, choice))
            })
    }

    /// A short question right after an answer stays with its article, when that speaks of what is added: "and with PayPal?"
    pub(super) fn goes_on(&self, subject: &str) -> Option<crate::retrieve::Found> {
        let (id, quote) = self.question.cited_before.last()?;
        let last = self.question.lines.iter().rfind(|line| line.author == crate::turn::Speaker::Assistant)?;
        let query = self.query(subject);
        if !last.text.contains(quote.as_str()) || !(goes_on(subject) || (is_short(subject) && query.leans_back())) {
            return None;
        }
        crate::retrieve::in_article(&self.articles, id, quote, &query, self.question.market.as_deref())
    }

    /// A long story holds its question in one sentence, most likely one with a question mark, or the last.
    fn search_sentences(&self, subject: &str, avoid: &[String]) -> Option<(Query, Choice)> {
        let mut list = sentences(subject);
        if list.len() < 2 {
            return None;
        }
        list.reverse();
        list.sort_by_key(|sentence| !sentence.ends_with(['?', '？', '؟']));
        list.into_iter().find_map(|sentence| {
            let query = self.query(sentence);
            let choice = choose(&self.articles, &query, self.question.market.as_deref(), avoid);
            matches!(choice, Choice::One(_)).then_some((query, choice))
        })
    }

    /// The search; a short question that finds nothing is read as going on with the one before.
    pub(super) fn search(&self, subject: &str, avoid: &[String]) -> (Query, Choice) {
        let query = self.query(subject);
        let market = self.question.market.as_deref();
        let choice = choose(&self.articles, &query, market, avoid);
        if let Some(found) = self.search_question(subject, avoid) {
            return found;
        }
        // "I want my money back" is said of the parcel that was lost a moment ago.
        let remedy = (query.about("#refund") || query.about("#exchange"))
            && !query.tells_problem()
            && query.entities.is_empty()
            && !query.asks_figure();
        if remedy
            && is_short(subject)
            && let Some(told) = self.past.questions.iter().rev().find(|earlier| self.query(earlier).tells_problem())
        {
            let both = self.query(&format!("{told}. {subject}"));
            let found = choose(&self.articles, &both, market, avoid);
            if matches!(found, Choice::One(_)) {
                return (both, found);
            }
        }
        if !matches!(choice, Choice::One(_))
            && let Some(found) = self.search_sentences(subject, avoid)
        {
            return found;
        }
        let short = crate::text::words(&crate::text::fold(subject)).len() <= 6;
        if let (Choice::None, true, Some(last)) = (&choice, short, self.past.questions.last()) {
            let both = self.query(&format!("{last} {subject}"));
            // What was asked before must not answer for what is asked now.
            let goes_on =
                query.entities.iter().all(|entity| both.entities.contains(entity)) && query.units.iter().any(|unit| unit.weight > 1.0);
            let found = choose(&self.articles, &both, market, avoid);
            let met = ranked(&self.articles, &query, market, avoid);
            let same = |found: &Choice| matches!(found, Choice::One(one) if met.iter().take(4).any(|other| other.passage == one.passage));
            if goes_on && same(&found) {
                return (both, found);
            }
        }
        (query, choice)
    }
}
