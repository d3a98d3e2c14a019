//! Lists of words and phrases with an id each, found in a folded text in one pass over all languages.

use crate::text::{fold, is_arabic, is_cjk};
use aho_corasick::{AhoCorasick, MatchKind};

/// Words and phrases of all languages, each with the name of its class.
pub(crate) struct Lexicon {
    automaton: Option<AhoCorasick>,
    entries: Vec<Entry>,
    names: Vec<String>,
}

struct Entry {
    class: usize,
    /// Written with a star: more letters may follow.
    open: bool,
}

/// One place where an entry stands in the folded text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hit {
    /// The number of the class, as in [`Lexicon::name`].
    pub(crate) class: usize,
    /// First byte.
    pub(crate) start: usize,
    /// The byte after the last.
    pub(crate) end: usize,
}

impl Lexicon {
    /// Reads lines of `class<TAB>word|phrase|stem*|...`; a class may have several lines, `#` starts a comment.
    pub(crate) fn read(table: &str) -> Self {
        let mut names: Vec<String> = Vec::new();
        let (mut patterns, mut entries) = (Vec::new(), Vec::new());
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let Some((name, list)) = line.split_once('\t') else { continue };
            let class = names.iter().position(|known| known == name).unwrap_or_else(|| {
                names.push(name.to_owned());
                names.len() - 1
            });
            for phrase in list.split(['|', '\t']).map(str::trim).filter(|phrase| !phrase.is_empty()) {
                let open = phrase.ends_with('*');
                patterns.push(fold(phrase.trim_end_matches('*')));
                entries.push(Entry { class, open });
            }
        }
        // The tables are part of the program and far below the automaton's limits; without it nothing is found.
        let automaton = AhoCorasick::builder().match_kind(MatchKind::Standard).build(&patterns).ok();
        Self { automaton, entries, names }
    }

    /// The name of a class.
    pub(crate) fn name(&self, class: usize) -> &str {
        self.names.get(class).map_or("", String::as_str)
    }

    /// Every place where a word or phrase stands, whole words only, in the order of their ends.
    pub(crate) fn find(&self, folded: &str) -> Vec<Hit> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        automaton
            .find_overlapping_iter(folded)
            .filter_map(|found| {
                let entry = self.entries.get(found.pattern().as_usize())?;
                let whole = starts_word(folded, found.start()) && (entry.open || ends_word(folded, found.end()));
                let end = if entry.open { word_end(folded, found.end()) } else { found.end() };
                whole.then_some(Hit { class: entry.class, start: found.start(), end })
            })
            .collect()
    }

    /// The hits without those that lie inside a longer one, by their start.
    pub(crate) fn longest(&self, folded: &str) -> Vec<Hit> {
        let mut hits = self.find(folded);
        hits.sort_by_key(|hit| (hit.start, std::cmp::Reverse(hit.end)));
        let mut kept: Vec<Hit> = Vec::new();
        for hit in hits {
            let inside =
                kept.iter().any(|other| other.start <= hit.start && hit.end <= other.end && other.end - other.start > hit.end - hit.start);
            if !inside && !kept.contains(&hit) {
                kept.push(hit);
            }
        }
        kept
    }

    /// The names of the classes that are found.
    pub(crate) fn named(&self, folded: &str) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for hit in self.find(folded) {
            let name = self.name(hit.class);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }
}

/// Letters that Arabic joins to the front of a word.
const JOINED: [&str; 14] = ["و", "ف", "ب", "ل", "ك", "ال", "بال", "لل", "وال", "ول", "وب", "فال", "كال", "ه"];

fn starts_word(text: &str, at: usize) -> bool {
    let Some(before) = text[..at].chars().next_back() else { return true };
    let first = text[at..].chars().next().unwrap_or(' ');
    if is_cjk(first) || is_cjk(before) || !before.is_alphanumeric() {
        return true;
    }
    if is_arabic(first) {
        let head = text[..at].rsplit(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default();
        return JOINED.contains(&head);
    }
    false
}

/// Where the word goes on to, when letters may follow.
fn word_end(text: &str, at: usize) -> usize {
    text[at..].find(|letter: char| !letter.is_alphanumeric() || is_cjk(letter)).map_or(text.len(), |more| at + more)
}

fn ends_word(text: &str, at: usize) -> bool {
    let Some(after) = text[at..].chars().next() else { return true };
    let last = text[..at].chars().next_back().unwrap_or(' ');
    is_cjk(last) || is_cjk(after) || !after.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_stems_and_joined_letters() {
        let lexicon = Lexicon::read("refund\trefund*|erstattung|استرداد|返金\ncard\tcard");
        let found = |text: &str| lexicon.named(&fold(text)).join(" ");
        assert_eq!(found("Refunded?"), "refund");
        assert_eq!(found("cardboard"), "");
        assert_eq!(found("والاسترداد"), "refund");
        assert_eq!(found("مسترداد"), "");
        assert_eq!(found("返金はいつ"), "refund");
    }
}
