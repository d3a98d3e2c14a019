//! Nodes by a template: what stands still is said in one text, and built by one function; what moves is added to the parts that it
//! hands out. A chain of calls for each node would be a third more to download.
//!
//! A template is words with spaces between them. A word that is no other thing is a tag, and makes an element in the one that is open:
//!
//! | word | what it does |
//! |---|---|
//! | `(` … `)` | opens the last element for children, and closes it |
//! | `.name` | the last element's class |
//! | `@name` | its part, by which a theme reaches it |
//! | `name=value` | an attribute |
//! | `name=$`, `$` | an attribute, a text: the next of the template's keys, in the language in use |
//! | `~text` | a text that needs no language |
//! | `^path` | an icon |
//! | `!act` | it acts when it is tapped |
//! | `#` | it is handed out |
//! | `*` | here stands the next of the elements that are given |
//!
//! `+` is a space. A `button` is `type=button`.

use crate::dom::{El, el, icon};
use crate::locale::Locale;
use crate::words::Key;

/// A template, and the keys of its texts in their order. Made by [`template!`](crate::template); one without texts is its words alone.
#[derive(Clone, Copy)]
pub struct Template {
    /// Its words.
    pub words: &'static str,
    /// What stands at each `$`.
    pub keys: &'static [Key],
}

impl From<&'static str> for Template {
    fn from(words: &'static str) -> Self {
        Template { words, keys: &[] }
    }
}

/// A template with the keys of its texts: `template!("h3 $", words::TITLE)`.
#[macro_export]
macro_rules! template {
    ($words:expr $(, $key:expr)* $(,)?) => {
        $crate::layout::Template { words: $words, keys: &[$( $key ),*] }
    };
}

/// What a template hands out, in its order; the root first.
pub struct Parts(std::vec::IntoIter<El>);

impl Parts {
    /// The next part.
    pub fn part(&mut self) -> El {
        match self.0.next() {
            Some(part) => part,
            None => wasm_bindgen::throw_str("a template hands out fewer parts than are taken"),
        }
    }
}

/// Builds a template without acts and without given elements, and answers its root.
pub fn still(locale: Locale, template: impl Into<Template>) -> El {
    layout(locale, template.into(), &[], &|_, _| ()).part()
}

/// Builds a template. `given` stand where it says `*`; `act` is told which element acts, and how.
pub fn layout(locale: Locale, template: Template, given: &[&El], act: &dyn Fn(&El, &'static str)) -> Parts {
    let mut parts: Vec<El> = Vec::new();
    let mut open: Vec<El> = Vec::new();
    let mut last: Option<El> = None;
    let mut given = given.iter();
    let mut keys = template.keys.iter();
    let mut key = || match keys.next() {
        Some(key) => *key,
        None => wasm_bindgen::throw_str("a template has fewer keys than texts"),
    };
    for word in template.words.split(' ') {
        let Some(mark) = word.bytes().next() else { continue };
        let rest = word.get(1..).unwrap_or_default();
        match (mark, &last) {
            (b'(', Some(parent)) => {
                open.push(parent.clone());
                last = None;
            }
            (b')', _) => last = open.pop(),
            (b'*', _) => {
                if let Some(child) = given.next() {
                    put(&open, child);
                }
            }
            (b'.', Some(last)) => last.set("class", &spaced(rest)),
            (b'@', Some(last)) => last.set("part", rest),
            (b'$', Some(last)) => drop(last.clone().t(locale, key())),
            (b'~', Some(last)) => drop(last.clone().text(&spaced(rest))),
            (b'^', Some(last)) => last.put(&icon(&spaced(rest))),
            (b'!', Some(last)) => act(last, rest),
            (b'#', Some(last)) => parts.push(last.clone()),
            (_, before) => match (word.split_once('='), before) {
                (Some((name, "$")), Some(last)) => drop(last.clone().t_attr(name, locale, key())),
                (Some((name, value)), Some(last)) => last.set(name, &spaced(value)),
                _ => {
                    let new = el(word);
                    if word == "button" {
                        new.set("type", word);
                    }
                    if parts.is_empty() {
                        parts.push(new.clone());
                    }
                    put(&open, &new);
                    last = Some(new);
                }
            },
        }
    }
    Parts(parts.into_iter())
}

fn put(open: &[El], child: &El) {
    if let Some(parent) = open.last() {
        parent.put(child);
    }
}

fn spaced(text: &str) -> String {
    let mut out = String::new();
    for character in text.chars() {
        out.push(if character == '+' { ' ' } else { character });
    }
    out
}
