//! What the assistant itself says: sentences by key and language, in several phrasings, so that none comes twice in a conversation.

use crate::text::Language;
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(untagged)]
enum Phrasings {
    One(String),
    Several(Vec<String>),
}

type Table = HashMap<String, Phrasings>;

static TABLES: LazyLock<HashMap<Language, Table>> = LazyLock::new(|| {
    let texts = [
        (Language::En, include_str!("../../../locales/server/assistant.en.json")),
        (Language::De, include_str!("../../../locales/server/assistant.de.json")),
        (Language::Es, include_str!("../../../locales/server/assistant.es.json")),
        (Language::Ar, include_str!("../../../locales/server/assistant.ar.json")),
        (Language::Ja, include_str!("../../../locales/server/assistant.ja.json")),
    ];
    // A test reads each of them, so an unreadable one cannot be released.
    texts.into_iter().map(|(language, text)| (language, serde_json::from_str(text).unwrap_or_default())).collect()
});

/// The phrasings of a key, in English where a language lacks it.
pub(crate) fn phrasings(language: Language, key: &str) -> Vec<&'static str> {
    let of = |language: Language| TABLES.get(&language).and_then(|table| table.get(key));
    match of(language).or_else(|| of(Language::En)) {
        Some(Phrasings::One(text)) => vec![text],
        Some(Phrasings::Several(list)) => list.iter().map(String::as_str).collect(),
        None => Vec::new(),
    }
}

/// The sentence of a key in the language of a locale, with `{name}` filled in.
pub fn sentence(locale: &str, key: &str, args: &[(&str, &str)]) -> String {
    let language = Language::of_locale(locale).unwrap_or(Language::En);
    phrasings(language, key).first().map_or_else(String::new, |text| filled(text, args))
}

/// The one sentence that says that a person is on the way, for a shopper who asked in words.
pub fn handover_sentence(locale: &str) -> String {
    sentence(locale, "assistant.handover.asked", &[])
}

/// Says things in one language, each in a phrasing that was not used before.
pub(crate) struct Voice<'a> {
    /// The language that the shopper reads.
    pub(crate) language: Language,
    said: Vec<&'a str>,
}

impl<'a> Voice<'a> {
    pub(crate) fn new(language: Language, said: impl IntoIterator<Item = &'a str>) -> Self {
        Self { language, said: said.into_iter().collect() }
    }

    /// The first phrasing that has not been said; none when all have been.
    pub(crate) fn fresh(&self, key: &str, args: &[(&str, &str)]) -> Option<String> {
        phrasings(self.language, key).into_iter().map(|text| filled(text, args)).find(|text| !self.has_said(text))
    }

    /// A phrasing that has not been said, else the first.
    pub(crate) fn say(&self, key: &str, args: &[(&str, &str)]) -> String {
        self.fresh(key, args).or_else(|| phrasings(self.language, key).first().map(|text| filled(text, args))).unwrap_or_default()
    }

    /// Whether an earlier message holds this sentence.
    pub(crate) fn has_said(&self, sentence: &str) -> bool {
        self.said.iter().any(|message| message.contains(sentence))
    }
}

fn filled(text: &str, args: &[(&str, &str)]) -> String {
    args.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_has_each_key_with_the_same_places() {
        let names = |text: &str| {
            let mut found: Vec<String> = text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).map(str::to_owned).collect();
            found.sort();
            found
        };
        let english = &TABLES[&Language::En];
        assert!(english.len() > 60);
        for language in Language::ALL {
            let mut missing: Vec<&String> = english.keys().filter(|key| !TABLES[&language].contains_key(*key)).collect();
            missing.sort();
            assert!(missing.is_empty(), "{language:?} lacks {missing:?}");
            assert_eq!(TABLES[&language].len(), english.len(), "{language:?} has keys that English lacks");
            for key in english.keys() {
                let (ours, theirs) = (phrasings(language, key), phrasings(Language::En, key));
                assert_eq!(ours.len(), theirs.len(), "{language:?} {key}");
                let known: Vec<String> = theirs.iter().flat_map(|text| names(text)).collect();
                assert!(ours.iter().flat_map(|text| names(text)).all(|name| known.contains(&name)), "{language:?} {key}");
                assert!(ours.iter().all(|text| !text.contains(['!', '！']) && !text.is_empty()), "{language:?} {key}");
            }
        }
    }

    #[test]
    fn nothing_is_said_twice() {
        let first = handover_sentence("en");
        let voice = Voice::new(Language::En, [first.as_str()]);
        assert_ne!(voice.say("assistant.handover.asked", &[]), first);
    }
}
