//! The merchant's articles: read from Markdown with front matter or from JSON Lines, cut into passages whose sentences can be quoted
//! word for word.

mod front_matter;
mod passages;

use crate::text::{Language, guess_language};
use serde::{Deserialize, Serialize};
use std::path::Path;

pub(crate) use passages::{Passage, Sentence};

/// One article as it is imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// The merchant's id; the same article in another language has the same one.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Where it can be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Its language, or its market: `de`, `en-GB`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
    /// When it was last changed, as the merchant writes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated: Option<String>,
    /// The Markdown.
    pub body: String,
}

/// Why articles could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ArticleError {
    /// A file or folder could not be read.
    #[error("{path} cannot be read: {source}")]
    Io {
        /// Which.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// A file has no front matter, or it lacks a field.
    #[error("{place}: {what}")]
    Malformed {
        /// The file, with the line where there is one.
        place: String,
        /// What is wrong with it.
        what: String,
    },
}

impl Article {
    /// Reads Markdown with front matter; `place` is named when it is refused.
    pub fn from_markdown(text: &str, place: &str) -> Result<Self, ArticleError> {
        front_matter::read(text, place)
    }

    /// The language: the locale's, else guessed from the text.
    pub fn language(&self) -> Language {
        let of_locale = self.locale.as_deref().and_then(Language::of_locale);
        of_locale.unwrap_or_else(|| guess_language(&format!("{} {}", self.title, self.body), ""))
    }
}

/// Reads JSON Lines of articles.
pub fn from_json_lines(text: &str, place: &str) -> Result<Vec<Article>, ArticleError> {
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let read = serde_json::from_str(line);
        found.push(read.map_err(|why| ArticleError::Malformed { place: format!("{place}:{}", number + 1), what: why.to_string() })?);
    }
    Ok(found)
}

/// Reads a file (`.md`, `.jsonl`) or a folder of them with its folders, in the order of their names.
pub fn read(path: &Path) -> Result<Vec<Article>, ArticleError> {
    let mut files = Vec::new();
    collect(path, &mut files)?;
    files.sort();
    let mut found: Vec<Article> = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file).map_err(|source| io(&file, source))?;
        let place = file.display().to_string();
        if file.extension().is_some_and(|end| end == "md") {
            found.push(Article::from_markdown(&text, &place)?);
        } else {
            found.extend(from_json_lines(&text, &place)?);
        }
    }
    Ok(found)
}

fn io(path: &Path, source: std::io::Error) -> ArticleError {
    ArticleError::Io { path: path.display().to_string(), source }
}

fn collect(path: &Path, files: &mut Vec<std::path::PathBuf>) -> Result<(), ArticleError> {
    if !path.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    for entry in std::fs::read_dir(path).map_err(|source| io(path, source))? {
        let inside = entry.map_err(|source| io(path, source))?.path();
        let named_readme = inside.file_stem().is_some_and(|stem| stem.eq_ignore_ascii_case("readme"));
        if inside.is_dir() || (!named_readme && inside.extension().is_some_and(|end| end == "md" || end == "jsonl")) {
            collect(&inside, files)?;
        }
    }
    Ok(())
}

/// Articles with the index over their passages, ready to be asked. A later article of the same id and locale takes the earlier's place.
pub struct Articles {
    pub(crate) list: Vec<Article>,
    pub(crate) passages: Vec<Passage>,
    pub(crate) index: crate::retrieve::Index,
    /// The titles as questions: many are the question itself.
    pub(crate) titles: Vec<crate::retrieve::Query>,
}

impl Articles {
    /// Builds the index.
    pub fn new(articles: impl IntoIterator<Item = Article>) -> Self {
        let mut list: Vec<Article> = Vec::new();
        for article in articles {
            match list.iter_mut().find(|known| known.id == article.id && known.locale == article.locale) {
                Some(known) => *known = article,
                None => list.push(article),
            }
        }
        let passages: Vec<Passage> = list.iter().enumerate().flat_map(|(at, article)| passages::cut(at, &article.body)).collect();
        let index = crate::retrieve::Index::build(&list, &passages);
        let titles = list.iter().map(|article| crate::retrieve::Query::new(&article.title, article.language(), &index)).collect();
        Self { list, passages, index, titles }
    }

    /// Reads a file or a folder and builds the index.
    pub fn read(path: &Path) -> Result<Self, ArticleError> {
        Ok(Self::new(read(path)?))
    }

    /// The articles.
    pub fn list(&self) -> &[Article] {
        &self.list
    }

    pub(crate) fn article(&self, passage: &Passage) -> Option<&Article> {
        self.list.get(passage.article)
    }
}
