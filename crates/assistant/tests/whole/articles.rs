//! The demo shop's articles, asked as people ask: the right article with a quote that is in the file, and no answer where there is none.
use crate::support::ask;
use std::path::{Path, PathBuf};
use warmline_assistant::{Articles, Assistant, Outcome, Question};

/// Article ids that answer it (several where the shop says it in several places), language, market, question.
const ANSWERABLE: &str = include_str!("questions/answerable.tsv");
const UNANSWERABLE: &str = include_str!("questions/unanswerable.tsv");

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo/articles")
}

fn all_text() -> String {
    let mut text = String::new();
    for language in std::fs::read_dir(folder()).unwrap() {
        for file in std::fs::read_dir(language.unwrap().path()).unwrap() {
            text.push_str(&std::fs::read_to_string(file.unwrap().path()).unwrap());
        }
    }
    letters(&text)
}

fn letters(text: &str) -> String {
    text.to_lowercase().chars().filter(|letter| letter.is_alphanumeric()).collect()
}

fn market(lang: &str) -> Option<String> {
    Some(
        match lang {
            "de" => "DE",
            "es" => "ES",
            "en" => "GB",
            _ => "ROW",
        }
        .to_owned(),
    )
}

#[tokio::test]
async fn natural_questions_find_the_right_article() {
    let assistant = crate::support::quick(Articles::read(&folder()).unwrap());
    let shelf = all_text();
    let (mut right, mut within, mut wrong, mut n) = (0, 0, 0, 0);
    let mut times = Vec::new();
    for row in ANSWERABLE.lines().filter(|row| !row.is_empty()) {
        let mut columns = row.split('\t');
        let (ids, lang, text) = (columns.next().unwrap(), columns.next().unwrap(), columns.next().unwrap());
        let question = Question { market: market(lang), ..Question::new(text, lang) };
        let (outcome, _) = ask(&assistant, question).await;
        times.push(outcome.cost().decided_micros);
        n += 1;
        match &outcome {
            Outcome::Answer { citations, .. } if !citations.is_empty() => {
                for citation in citations {
                    assert!(shelf.contains(&letters(&citation.quote)), "the quote is not in the article: {}", citation.quote);
                }
                let hit = citations.iter().any(|citation| ids.split('|').any(|id| id == citation.id));
                right += usize::from(hit);
                within += usize::from(hit);
                wrong += usize::from(!hit);
                if !hit {
                    println!("wrong [{ids}] {text} -> {}", citations[0].id);
                }
            }
            Outcome::AskBack { quick_replies, .. } => {
                let titles = titles(&assistant, ids);
                within += usize::from(quick_replies.iter().any(|reply| titles.contains(reply)));
                println!("asked back [{ids}] {text} -> {quick_replies:?}");
            }
            other => println!("refused [{ids}] {text} -> {}", other.text()),
        }
    }
    times.sort_unstable();
    let p95 = times[times.len() * 95 / 100] / 1000;
    println!("right at once {right} of {n}, within one tap {within}, wrong {wrong}; decision p95 {p95} ms");
    assert!(right * 100 >= n * 88 && wrong * 100 <= n * 6, "right {right}, wrong {wrong} of {n}");
    // The target is 60 ms; a test machine under load must not make it fail.
    assert!(p95 <= 250, "decision p95 {p95} ms");
}

fn titles(assistant: &Assistant, ids: &str) -> Vec<String> {
    assistant
        .articles()
        .list()
        .iter()
        .filter(|article| ids.split('|').any(|id| id == article.id))
        .map(|article| article.title.clone())
        .collect()
}

#[tokio::test]
async fn what_no_article_says_is_declined() {
    let assistant = crate::support::quick(Articles::read(&folder()).unwrap());
    let (mut declined, mut n) = (0, 0);
    for row in UNANSWERABLE.lines().filter(|row| !row.is_empty()) {
        let (lang, text) = row.split_once('\t').unwrap();
        let (outcome, _) = ask(&assistant, Question { market: market(lang), ..Question::new(text, lang) }).await;
        n += 1;
        match &outcome {
            Outcome::Answer { citations, .. } if !citations.is_empty() => {
                println!("answered: {text} -> {}: {}", citations[0].id, citations[0].quote)
            }
            _ => declined += 1,
        }
    }
    println!("declined {declined} of {n}");
    assert!(declined * 100 >= n * 90, "declined {declined} of {n}");
}

#[tokio::test]
async fn each_title_finds_its_own_article() {
    let assistant = crate::support::quick(Articles::read(&folder()).unwrap());
    let list: Vec<(String, String, String)> = assistant
        .articles()
        .list()
        .iter()
        .map(|article| (article.id.clone(), article.title.clone(), article.locale.clone().unwrap_or_default()))
        .collect();
    let (mut right, n) = (0, list.len());
    for (id, title, locale) in list {
        let (outcome, _) = ask(&assistant, Question::new(&title, &locale)).await;
        match &outcome {
            Outcome::Answer { citations, .. } if citations.iter().any(|citation| citation.id == id) => right += 1,
            other => println!("{id} {title}: {}", other.text()),
        }
    }
    println!("titles right {right} of {n}");
    assert!(right * 100 >= n * 93);
}
