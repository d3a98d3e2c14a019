//! What an agent reads first: the shopper's own words, picked and never rewritten, with the lines they come from.

use crate::sentences::sentence;
use crate::text::{fold, sentences};
use crate::turn::{Line, Speaker};
use crate::understand::{Ask, Understanding, understand};
use std::collections::BTreeMap;

/// The summary of a conversation for the person who takes it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// What it is about.
    pub problem: String,
    /// What the shopper wants.
    pub wants: String,
    /// What the assistant has said or tried, in its words.
    pub tried: Vec<String>,
    /// The order's number.
    pub order: Option<String>,
    /// How the shopper feels, in their words.
    pub quote: Option<String>,
    /// Field → the numbers of the lines that it rests on.
    pub lines: BTreeMap<String, Vec<u64>>,
}

/// Longer than this an excerpt is cut at a word.
const LONGEST: usize = 200;
/// The newest so many things that were tried.
const TRIED: usize = 4;

struct Said<'a> {
    seq: u64,
    text: &'a str,
    heard: Understanding,
}

/// Makes the summary. `order` is the number of the order that the conversation is known to be about.
pub fn summary(lines: &[Line], order: Option<&str>, locale: &str) -> Summary {
    let said: Vec<Said<'_>> = lines
        .iter()
        .filter(|line| line.author == Speaker::Shopper)
        .map(|line| Said { seq: line.seq, text: &line.text, heard: understand(&line.text, locale) })
        .collect();
    let mut made = Summary::default();
    if let Some((seq, text)) = problem(&said) {
        made.problem = text;
        made.lines.insert("problem".to_owned(), vec![seq]);
    }
    let (seq, wants) = wants(&said, locale);
    made.wants = wants;
    made.lines.extend(seq.map(|seq| ("wants".to_owned(), vec![seq])));
    tried(lines, &mut made);
    let numbered = said.iter().rev().find_map(|said| said.heard.order_number.clone().map(|number| (said.seq, number)));
    if let Some((seq, number)) = numbered {
        made.order = Some(number);
        made.lines.insert("order".to_owned(), vec![seq]);
    } else {
        made.order = order.map(str::to_owned);
    }
    let saddest = said.iter().filter(|said| said.heard.upset).max_by(|one, two| one.heard.upset_score.total_cmp(&two.heard.upset_score));
    if let Some(said) = saddest {
        let clauses = sentences(said.text).into_iter().map(|clause| (clause, understand(clause, locale).upset_score));
        made.quote = clauses.max_by(|one, two| one.1.total_cmp(&two.1)).map(|(clause, _)| shortened(clause));
        made.lines.insert("quote".to_owned(), vec![said.seq]);
    }
    made
}

/// The first sentence that says what is the matter: no greeting, and not the ask for a person itself.
fn problem(said: &[Said<'_>]) -> Option<(u64, String)> {
    let matter = |text: &str| {
        let heard = understand(text, "");
        heard.small_talk.is_none()
            && heard.ask == Ask::No
            && !heard.not_helped
            && crate::text::words(&fold(text)).iter().map(|word| word.chars().count()).sum::<usize>() >= 6
    };
    let sentences = || said.iter().flat_map(|said| sentences(said.text).into_iter().map(move |sentence| (said.seq, sentence)));
    let found = sentences().find(|(_, sentence)| matter(sentence));
    let any = found.or_else(|| said.iter().find(|said| said.heard.small_talk.is_none()).or(said.first()).map(|said| (said.seq, said.text)));
    any.map(|(seq, sentence)| (seq, shortened(sentence)))
}

/// The last question or request; an ask for a person counts when there is no other.
fn wants(said: &[Said<'_>], locale: &str) -> (Option<u64>, String) {
    let asks = |text: &str| text.contains(['?', '？', '؟']) || WISHES.iter().any(|wish| fold(text).contains(wish));
    for said in said.iter().rev().filter(|said| said.heard.small_talk.is_none()) {
        let found = sentences(said.text).into_iter().rev().find(|sentence| asks(sentence) && understand(sentence, locale).ask == Ask::No);
        if let Some(sentence) = found {
            return (Some(said.seq), shortened(sentence));
        }
    }
    let asked = said.iter().rev().find(|said| said.heard.ask != Ask::No);
    (asked.map(|said| said.seq), asked.map_or_else(|| sentence(locale, "assistant.summary.person", &[]), |said| shortened(said.text)))
}

const WISHES: [&str; 26] = [
    "i want",
    "i need",
    "i'd like",
    "i would like",
    "please",
    "can you",
    "could you",
    "ich will",
    "ich mochte",
    "ich brauche",
    "bitte",
    "konnen sie",
    "kannst du",
    "quiero",
    "necesito",
    "me gustaria",
    "por favor",
    "pueden",
    "اريد",
    "ابغي",
    "احتاج",
    "ارجو",
    "たい",
    "ください",
    "ほしい",
    "お願い",
];

/// What the assistant answered: how each begins. A line that ends in a colon names the article; what it says follows.
fn tried(lines: &[Line], made: &mut Summary) {
    let answers: Vec<&Line> = lines.iter().filter(|line| line.author == Speaker::Assistant).collect();
    let mut seqs = Vec::new();
    for line in answers.iter().rev().take(TRIED).rev() {
        let mut parts = line.text.lines().map(|part| part.trim().trim_start_matches("- ")).filter(|part| !part.is_empty());
        if let Some(first) = parts.next() {
            let names_what_follows = first.ends_with([':', '：']) || first.ends_with("あります。");
            let said = parts.next().filter(|_| names_what_follows);
            made.tried.push(shortened(&said.map_or_else(|| first.to_owned(), |said| format!("{first} {said}"))));
            seqs.push(line.seq);
        }
    }
    if !seqs.is_empty() {
        made.lines.insert("tried".to_owned(), seqs);
    }
}

fn shortened(text: &str) -> String {
    let text = text.trim();
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let cut: String = text.chars().take(LONGEST).collect();
    let whole = cut.rsplit_once(char::is_whitespace).map_or(cut.as_str(), |(before, _)| before);
    format!("{whole} …")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(seq: u64, author: Speaker, text: &str) -> Line {
        Line { seq, author, text: text.to_owned() }
    }

    #[test]
    fn a_summary_holds_the_shoppers_own_words() {
        let lines = [
            line(2, Speaker::Shopper, "Hi"),
            line(3, Speaker::Assistant, "Hello. What can I look up for you?"),
            line(4, Speaker::Shopper, "My blue jacket has not arrived, order JL-104233. When will it come?"),
            line(6, Speaker::Assistant, "Your order JL-104233 is on its way, but late."),
            line(8, Speaker::Shopper, "This is ridiculous!! I want to talk to a person"),
        ];
        let made = summary(&lines, None, "en");
        assert_eq!(made.problem, "My blue jacket has not arrived, order JL-104233.");
        assert_eq!(made.wants, "When will it come?");
        assert_eq!(made.order.as_deref(), Some("JL-104233"));
        assert_eq!(made.quote.as_deref(), Some("This is ridiculous!!"));
        assert_eq!(made.tried.len(), 2);
        assert_eq!((made.lines["problem"].as_slice(), made.lines["tried"].as_slice()), ([4].as_slice(), [3, 6].as_slice()));
    }

    #[test]
    fn what_was_tried_is_what_was_said_and_not_only_where_it_stands() {
        let answer = "This is what \u{201c}Refunds\u{201d} says:\n\nA refund to a card takes 3 to 5 working days.\n\n- More";
        let made = summary(&[line(1, Speaker::Shopper, "how long does a refund take"), line(2, Speaker::Assistant, answer)], None, "en");
        assert_eq!(made.tried, ["This is what \u{201c}Refunds\u{201d} says: A refund to a card takes 3 to 5 working days."]);
    }

    #[test]
    fn somebody_who_only_asks_for_a_person_wants_a_person() {
        let made = summary(&[line(1, Speaker::Shopper, "ich möchte mit einem menschen sprechen")], None, "de");
        assert_eq!(made.wants, "ich möchte mit einem menschen sprechen");
        assert!(!made.problem.is_empty());
    }
}
