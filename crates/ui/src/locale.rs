//! The language: strings by typed name, plural forms, dates. It can change while everything stands; what was written with it is
//! written anew.

use crate::{digits, joined};
use std::rc::Rc;

use warmline_protocol::js::member;
use warmline_protocol::{Author, AuthorKind, Timestamp};
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};

use crate::dom::El;
use crate::intl::{Intl, iso, local_day, now};
use crate::words::{self, Key};
use crate::watched::Watched;

struct Language {
    tag: String,
    strings: Array,
    intl: Option<Intl>,
}

/// The language in use; a handle that is copied wherever text is made.
#[derive(Clone, Copy)]
pub struct Locale {
    language: Watched<Rc<Language>>,
}

impl Locale {
    /// Of a language tag and its parsed strings: a list in the order of the names.
    pub fn new(tag: &str, strings: JsValue) -> Self {
        Locale { language: Watched::new(language(tag, strings)) }
    }

    /// Another language from now on.
    pub fn change(self, tag: &str, strings: JsValue) {
        self.language.set(language(tag, strings));
    }

    /// The tag in use.
    pub fn tag(self) -> String {
        self.language.with(|language| language.tag.clone())
    }

    /// The tag in use, without watching it.
    pub fn tag_now(self) -> String {
        self.language.with_untracked(|language| language.tag.clone())
    }

    /// `rtl` or `ltr`.
    pub fn dir(self) -> &'static str {
        self.language.with(|language| {
            let primary = language.tag.split('-').next().unwrap_or_default();
            if matches!(primary, "ar" | "he" | "fa" | "ur" | "ps" | "sd" | "ug" | "yi" | "dv" | "ku") { "rtl" } else { "ltr" }
        })
    }

    /// A string.
    pub fn t(self, key: Key) -> String {
        self.raw(key).as_string().unwrap_or_default()
    }

    /// A string with values in place of its `{names}`.
    pub fn tf(self, key: Key, values: &[(&str, &str)]) -> String {
        filled(&self.t(key), values)
    }

    /// A string in the plural form of a number, which is also its `{count}`.
    pub fn tn(self, key: Key, number: u32) -> String {
        let forms = self.raw(key);
        let form = self.language.with(|language| language.intl.as_ref().map(|intl| intl.plural(number)));
        let text = form
            .and_then(|form| member(&forms, &form).as_string())
            .or_else(|| member(&forms, "other").as_string())
            .or_else(|| forms.as_string())
            .unwrap_or_default();
        filled(&text, &[("count", &self.number(number))])
    }

    /// A number in the language's digits.
    pub fn number(self, number: u32) -> String {
        self.language.with(|language| match &language.intl {
            Some(intl) => intl.number(number),
            None => digits(number.into()),
        })
    }

    /// `14:20`.
    pub fn clock(self, at: Timestamp) -> String {
        self.language.with(|language| match &language.intl {
            Some(intl) => intl.clock(at),
            None => iso(at),
        })
    }

    /// `Today`, `Yesterday`, or `Tuesday, 24 November`.
    pub fn day(self, at: Timestamp) -> String {
        match local_day(now()) - local_day(at) {
            0 => self.t(words::TODAY),
            1 => self.t(words::YESTERDAY),
            _ => self.date(at),
        }
    }

    /// `Tuesday, 24 November`.
    pub fn date(self, at: Timestamp) -> String {
        self.language.with(|language| match &language.intl {
            Some(intl) => intl.day(at),
            None => iso(at),
        })
    }

    /// `14:20` when it is today, else with its day.
    pub fn moment(self, at: Timestamp) -> String {
        if local_day(now()) == local_day(at) { self.clock(at) } else { joined(&[&self.date(at), " ", &*self.clock(at)]) }
    }

    /// Who wrote, as a reader is told.
    pub fn author(self, author: &Author) -> String {
        match (author.kind, &author.name) {
            (AuthorKind::Shopper, _) => self.t(words::AUTHOR_YOU),
            (AuthorKind::Agent, Some(name)) => self.tf(words::AUTHOR_PERSON, &[("name", name)]),
            (AuthorKind::Agent, None) => self.t(words::AUTHOR_A_PERSON),
            (AuthorKind::Assistant | AuthorKind::System, _) => self.t(words::AUTHOR_ASSISTANT),
        }
    }

    /// A text, or an object of plural forms.
    fn raw(self, key: Key) -> JsValue {
        self.language.with(|language| language.strings.get(key.0))
    }
}

fn language(tag: &str, strings: JsValue) -> Rc<Language> {
    Rc::new(Language { tag: tag.to_owned(), strings: strings.dyn_into().unwrap_or_default(), intl: Intl::of(tag) })
}

/// Puts values in place of `{names}`. A value is text: its own braces mean nothing.
fn filled(text: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, behind)) = after.split_once('}') else {
            out.push('{');
            rest = after;
            continue;
        };
        if let Some((_, value)) = values.iter().find(|(known, _)| *known == name) {
            out.push_str(value);
        }
        rest = behind;
    }
    out.push_str(rest);
    out
}

impl El {
    /// Adds a string that follows the language.
    pub fn t(self, locale: Locale, key: Key) -> Self {
        self.dyn_text(move || locale.t(key))
    }

    /// Sets an attribute to a string that follows the language.
    pub fn t_attr(self, name: &'static str, locale: Locale, key: Key) -> Self {
        self.dyn_attr(name, move || locale.t(key))
    }
}
