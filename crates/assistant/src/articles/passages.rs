//! Cuts an article's Markdown into passages (what stands under one heading) and these into sentences, and takes the marks away.

use crate::text::sentences;

/// What stands under one heading.
#[derive(Debug, Clone)]
pub(crate) struct Passage {
    /// The article's place in the list.
    pub(crate) article: usize,
    /// The heading; none before the first one.
    pub(crate) heading: Option<String>,
    /// Its sentences in order.
    pub(crate) sentences: Vec<Sentence>,
}

/// One sentence, one entry of a list, or one row of a table.
#[derive(Debug, Clone)]
pub(crate) struct Sentence {
    /// The plain text.
    pub(crate) text: String,
    /// The longest part that stands in the article word for word: a link's address is not read aloud, so it parts a sentence.
    pub(crate) quote: String,
    /// Which paragraph, list entry or row it belongs to, counted through the passage.
    pub(crate) block: usize,
    /// An entry of a list.
    pub(crate) listed: bool,
    /// The number in the whole article, as a model names it.
    pub(crate) number: usize,
}

/// A line that begins a block, and the block's text.
struct Block {
    text: String,
    listed: bool,
}

pub(super) fn cut(article: usize, body: &str) -> Vec<Passage> {
    let mut found = vec![Passage { article, heading: None, sentences: Vec::new() }];
    let (mut number, mut open) = (0, None::<Block>);
    for line in body.lines().map(str::trim).chain([""]) {
        let heading = line.strip_prefix('#').map(|rest| rest.trim_start_matches('#').trim());
        let entry = list_entry(line);
        let starts = heading.is_some() || line.is_empty() || entry.is_some() || line.starts_with('|');
        if starts && let Some(block) = open.take() {
            close(&block, &mut found, &mut number);
        }
        if let Some(title) = heading {
            found.push(Passage { article, heading: Some(plain(title).text), sentences: Vec::new() });
        } else if let Some(text) = entry {
            open = Some(Block { text: text.to_owned(), listed: true });
        } else if line.starts_with('|') {
            if line.chars().any(char::is_alphanumeric) {
                let cells: Vec<&str> = line.split('|').map(str::trim).filter(|cell| !cell.is_empty()).collect();
                close(&Block { text: cells.join(" · "), listed: true }, &mut found, &mut number);
            }
        } else if !line.is_empty() {
            match &mut open {
                Some(block) => {
                    block.text.push(' ');
                    block.text.push_str(line);
                }
                None => open = Some(Block { text: line.trim_start_matches('>').trim().to_owned(), listed: false }),
            }
        }
    }
    found.retain(|passage| !passage.sentences.is_empty());
    found
}

fn close(block: &Block, found: &mut [Passage], number: &mut usize) {
    let Some(passage) = found.last_mut() else { return };
    let at = passage.sentences.last().map_or(0, |last| last.block + 1);
    let whole = plain(&block.text);
    // An entry of a list is one thought; a paragraph is as many as it has sentences.
    let pieces = if block.listed && block.text.chars().count() < 220 { vec![whole.text.as_str()] } else { sentences(&whole.text) };
    for piece in pieces {
        *number += 1;
        passage.sentences.push(Sentence {
            text: piece.to_owned(),
            quote: quote(piece, &whole.cuts),
            block: at,
            listed: block.listed,
            number: *number,
        });
    }
}

fn list_entry(line: &str) -> Option<&str> {
    if let Some(rest) = ["- ", "* ", "+ ", "• "].iter().find_map(|mark| line.strip_prefix(mark)) {
        return Some(rest.trim());
    }
    let rest = line.trim_start_matches(|letter: char| letter.is_ascii_digit());
    (rest.len() < line.len()).then(|| rest.strip_prefix(". ").or_else(|| rest.strip_prefix(") "))).flatten().map(str::trim)
}

struct Plain {
    text: String,
    /// Link texts after which an address was taken out.
    cuts: Vec<String>,
}

/// Takes the marks of emphasis, code and links away. A bare address stays.
fn plain(markdown: &str) -> Plain {
    let (mut text, mut cuts) = (String::with_capacity(markdown.len()), Vec::new());
    let mut rest = markdown;
    while let Some(letter) = rest.chars().next() {
        if letter == '!'
            && rest.starts_with("![")
            && let Some((_, after)) = link(&rest[1..])
        {
            rest = after;
        } else if letter == '['
            && let Some((label, after)) = link(rest)
        {
            text.push_str(label);
            cuts.push(label.to_owned());
            rest = after;
        } else {
            let word_inside = letter == '_' && text.ends_with(char::is_alphanumeric) && rest[1..].starts_with(char::is_alphanumeric);
            if letter == '\\' || letter == '*' || letter == '`' || (letter == '_' && !word_inside && !address_open(&text)) {
                rest = &rest[1..];
            } else {
                text.push(letter);
                rest = &rest[letter.len_utf8()..];
            }
        }
    }
    Plain { text: text.trim().to_owned(), cuts }
}

fn address_open(text: &str) -> bool {
    text.rsplit(char::is_whitespace).next().is_some_and(|word| word.contains("://") || word.contains('@'))
}

/// `[label](address)` at the start of the text: the label and what follows.
fn link(text: &str) -> Option<(&str, &str)> {
    let (label, after) = text.strip_prefix('[')?.split_once("](")?;
    let (_, after) = after.split_once(')')?;
    (!label.contains('[')).then_some((label, after))
}

fn quote(piece: &str, cuts: &[String]) -> String {
    let mut parts = vec![piece];
    for label in cuts {
        parts = parts
            .into_iter()
            .flat_map(|part| match part.find(label.as_str()) {
                Some(at) => vec![&part[..at + label.len()], &part[at + label.len()..]],
                None => vec![part],
            })
            .collect();
    }
    parts.into_iter().map(str::trim).max_by_key(|part| part.chars().count()).unwrap_or(piece).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passages_keep_sentences_word_for_word() {
        let body = "We pay back. It takes **3 days**.\n\n## Cards\nIt depends:\n- Visa: [5 days](https://x.example/a_b)\n  or less.\n- PayPal\n\n| a | b |\n|---|---|\n| 1 | 2 |";
        let passages = cut(0, body);
        assert_eq!(passages.len(), 2);
        let texts: Vec<&str> = passages.iter().flat_map(|passage| &passage.sentences).map(|sentence| sentence.text.as_str()).collect();
        assert_eq!(texts, ["We pay back.", "It takes 3 days.", "It depends:", "Visa: 5 days or less.", "PayPal", "a · b", "1 · 2"]);
        assert_eq!(passages[1].sentences[1].quote, "Visa: 5 days");
        assert_eq!(passages[1].heading.as_deref(), Some("Cards"));
    }
}
