//! How a test names what it sees: by the contract's parts, by role and label, by words. Classes only where there is no other name.

use std::fmt;

use serde::Serialize;

/// Something on the page; the first that is shown.
#[derive(Debug, Clone, Serialize)]
pub struct Target {
    scope: &'static str,
    by: &'static str,
    value: String,
    name: Option<String>,
    loosely: bool,
    hidden: bool,
}

fn target(by: &'static str, value: &str) -> Target {
    Target { scope: "chat", by, value: value.to_owned(), name: None, loosely: false, hidden: false }
}

/// A part of the chat, as the contract names it.
pub fn part(name: &str) -> Target {
    target("part", name)
}

/// An element of the chat by role and label.
pub fn role(role: &str, label: &str) -> Target {
    Target { name: Some(label.to_owned()), ..target("role", role) }
}

/// A button of the chat by its label.
pub fn button(label: &str) -> Target {
    role("button", label)
}

/// An element of the chat by a selector.
pub fn css(selector: &str) -> Target {
    target("css", selector)
}

/// The innermost element of the chat that says this.
pub fn text(words: &str) -> Target {
    target("text", words)
}

impl Target {
    /// In the page, not in the chat's shadow.
    pub fn of_page(mut self) -> Self {
        self.scope = "page";
        self
    }

    /// Its label only has to contain the words.
    pub fn loosely(mut self) -> Self {
        self.loosely = true;
        self
    }

    /// With this label, or for a part or a selector: with these words in it.
    pub fn named(mut self, label: &str) -> Self {
        self.name = Some(label.to_owned());
        self
    }

    /// Even when it is not shown.
    pub fn even_hidden(mut self) -> Self {
        self.hidden = true;
        self
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} “{}”", self.by, self.value)?;
        if let Some(name) = &self.name {
            write!(f, " “{name}”")?;
        }
        write!(f, " of the {}", self.scope)
    }
}
