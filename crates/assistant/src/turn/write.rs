//! Lets a provider write, checks each line, and shows what passes.

use super::stage::Stage;
use crate::articles::{Articles, Passage};
use crate::check::check;
use crate::provider::{Provider, ProviderError, Span, Task, Usage};
use crate::text::Language;
use std::time::Duration;
use tokio::sync::mpsc;

/// The most that one answer may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// From the question to the last word.
    pub time: Duration,
    /// Letters that a model may write, shown or not.
    pub letters: usize,
    /// Sentences that are shown.
    pub sentences: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self { time: Duration::from_secs(20), letters: 6000, sentences: 12 }
    }
}

/// What came of it.
#[derive(Debug, Default)]
pub(crate) struct Written {
    /// The sources of what was shown, in the order of their first use.
    pub(crate) shown: Vec<(String, usize)>,
    /// How many lines were dropped.
    pub(crate) dropped: usize,
    /// The model said that the sources do not answer it.
    pub(crate) no_source: bool,
    /// It broke off before anything was shown.
    pub(crate) failed: Option<ProviderError>,
    /// It was stopped by the budget.
    pub(crate) spent: bool,
    /// What it used.
    pub(crate) usage: Usage,
}

/// What stands before the first sentence, and the passage whose form the sentences keep.
pub(crate) struct Setting<'a> {
    pub(crate) lead: &'a str,
    pub(crate) passage: Option<&'a Passage>,
    pub(crate) articles: &'a Articles,
}

pub(crate) async fn write(provider: &dyn Provider, task: &Task, budget: Budget, setting: &Setting<'_>, stage: &mut Stage) -> Written {
    let (out, mut pieces) = mpsc::channel::<String>(16);
    let mut written = Written::default();
    let mut open = String::new();
    let mut letters = 0;
    let left = budget.time.saturating_sub(stage.elapsed());
    let deadline = tokio::time::Instant::now() + left;
    let writing = provider.write(task, out);
    tokio::pin!(writing);
    let mut ended = false;
    loop {
        let piece = tokio::select! {
            biased;
            piece = pieces.recv() => piece,
            end = &mut writing, if !ended => {
                ended = true;
                match end {
                    Ok(usage) => written.usage = usage,
                    Err(why) => written.failed = Some(why),
                }
                continue;
            }
            () = tokio::time::sleep_until(deadline) => {
                written.spent = true;
                break;
            }
        };
        let Some(piece) = piece else { break };
        letters += piece.chars().count();
        open.push_str(&piece);
        while let Some(end) = open.find('\n') {
            let line: String = open.drain(..=end).collect();
            show(&line, task, setting, &mut written, stage).await;
        }
        if letters > budget.letters || written.shown_sentences() >= budget.sentences || written.no_source {
            written.spent = !written.no_source;
            break;
        }
    }
    // A line that was cut short by the budget or a failure is half a sentence: it is not shown.
    if !written.spent && written.failed.is_none() && !written.no_source {
        show(&open, task, setting, &mut written, stage).await;
    }
    written
}

impl Written {
    fn shown_sentences(&self) -> usize {
        self.shown.len()
    }
}

async fn show(line: &str, task: &Task, setting: &Setting<'_>, written: &mut Written, stage: &mut Stage) {
    let line = line.trim();
    if line.is_empty() {
        return;
    }
    if line.trim_matches(|letter: char| !letter.is_alphanumeric()) == "NO_SOURCE" {
        written.no_source = written.shown.is_empty();
        return;
    }
    let Some((sentence, spans)) = passed(line, task, setting.articles) else {
        written.dropped += 1;
        return;
    };
    let verbatim = spans.first().filter(|span| spans.len() == 1 && span.text == sentence);
    let before = written.shown.last().map(|(_, number)| *number);
    if written.shown.is_empty() {
        stage.show(setting.lead, " ").await;
    }
    let (between, listed) = match (verbatim, setting.passage) {
        (Some(span), Some(passage)) => crate::answer::between(passage, before, span.number),
        _ if written.shown.is_empty() => ("\n\n", false),
        _ if task.language == Language::Ja => ("", false),
        _ => (" ", false),
    };
    let shown = if listed { format!("- {sentence}") } else { sentence.to_owned() };
    stage.show(&shown, between).await;
    for span in spans {
        let used = (span.id.clone(), span.number);
        if !written.shown.contains(&used) {
            written.shown.push(used);
        }
    }
}

/// The sentence and its sources, when each of them was given and the check agrees.
fn passed<'l, 't>(line: &'l str, task: &'t Task, articles: &Articles) -> Option<(&'l str, Vec<&'t Span>)> {
    let (names, sentence) = line.trim_start_matches(['-', '*', ' ']).strip_prefix('[')?.split_once(']')?;
    let sentence = sentence.trim();
    let spans: Option<Vec<&Span>> = names
        .split(',')
        .map(|name| {
            let (id, number) = name.trim().rsplit_once('#')?;
            let number: usize = number.trim().parse().ok()?;
            task.spans.iter().find(|span| span.id == id.trim() && span.number == number)
        })
        .collect();
    let spans = spans.filter(|spans| !spans.is_empty())?;
    if spans.len() == 1 && spans.iter().all(|span| span.text == sentence) {
        return Some((sentence, spans));
    }
    let sources: Vec<&str> = spans.iter().map(|span| span.text.as_str()).collect();
    let language_of = |span: &&Span| {
        articles
            .list()
            .iter()
            .find(|article| article.id == span.id && article.body.contains(first_words(&span.text)))
            .map(|article| article.language())
    };
    let source_language = spans.first().and_then(language_of).unwrap_or(task.language);
    match check(sentence, &sources, task.language, source_language) {
        Ok(()) => Some((sentence, spans)),
        Err(fault) => {
            tracing::debug!(?fault, "a sentence was dropped");
            None
        }
    }
}

/// Enough of a sentence to know its article's version by.
fn first_words(text: &str) -> &str {
    text.char_indices().nth(12).map_or(text, |(at, _)| &text[..at])
}
