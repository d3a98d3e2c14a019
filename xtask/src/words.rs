//! Languages as they are shipped: lists of texts without names. The places are those that `keys!` in the programs' words.rs gives
//! to the names; after them come the names that only the scripts read.

use crate::checkout::Checkout;
use anyhow::{Context, Result, bail};
use serde_json::{Map, Value};
use std::fs;

/// The names of one program's strings, each at its place.
pub(crate) struct Words(Vec<String>);

impl Words {
    /// Of `ui`, of the program whose words.rs this is, and of its scripts.
    pub(crate) fn read(checkout: &Checkout, own: &str, scripts: &[&str]) -> Result<Self> {
        let mut names = Vec::new();
        for file in ["crates/ui/src/words.rs", own] {
            let text = fs::read_to_string(checkout.at(file)).with_context(|| format!("cannot read {file}"))?;
            names.extend(declared(&text));
        }
        for script in scripts {
            for (_, name) in used(script) {
                if !names.iter().any(|known| known == name) {
                    names.push(name.to_owned());
                }
            }
        }
        Ok(Self(names))
    }

    /// A language file as a list; plural forms are an object of them.
    pub(crate) fn list(&self, text: &str) -> Result<String> {
        let strings: Map<String, Value> = serde_json::from_str(text).context("this is not JSON of names and texts")?;
        let item = |name: &String| {
            if let Some(text) = strings.get(name) {
                return Ok(text.clone());
            }
            let forms: Map<String, Value> = strings
                .iter()
                .filter_map(|(key, text)| Some((key.strip_prefix(name)?.strip_prefix('.')?.to_owned(), text.clone())))
                .collect();
            if forms.is_empty() {
                bail!("\"{name}\" is missing");
            }
            Ok(Value::Object(forms))
        };
        let list = self.0.iter().map(item).collect::<Result<Vec<Value>>>()?;
        Ok(Value::Array(list).to_string())
    }

    /// A script with `strings[7]` in place of `strings.name`.
    pub(crate) fn placed(&self, script: &str) -> Result<String> {
        let mut out = String::with_capacity(script.len());
        let mut done = 0;
        for (at, name) in used(script) {
            let place = self.0.iter().position(|known| known == name).with_context(|| format!("no string is called {name}"))?;
            out.push_str(&script[done..at]);
            out.push_str(&format!("[{place}]"));
            done = at + 1 + name.len();
        }
        out.push_str(&script[done..]);
        Ok(out)
    }
}

/// The names that a words.rs declares: `NAME = "name";`, one a line.
fn declared(text: &str) -> impl Iterator<Item = String> {
    text.lines().filter_map(|line| {
        let (constant, name) = line.trim().strip_suffix("\";")?.split_once(" = \"")?;
        constant.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_').then(|| name.to_owned())
    })
}

/// Each `strings.name` of a script: where its dot is, and the name.
fn used(script: &str) -> impl Iterator<Item = (usize, &str)> {
    let inside = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '$';
    script.match_indices("strings.").filter_map(move |(at, found)| {
        if script[..at].ends_with(|letter| inside(letter) || letter == '.') {
            return None;
        }
        let name = &script[at + found.len()..];
        let end = name.find(|letter| !inside(letter)).unwrap_or(name.len());
        Some((at + found.len() - 1, &name[..end]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> Words {
        Words(["send", "place", "sent_1"].map(str::to_owned).to_vec())
    }

    #[test]
    fn a_language_becomes_a_list_without_names() {
        let text = r#"{"sent_1":"Sent","place.one":"next","place.other":"{count}.","send":"Send","reviewed":"yes"}"#;
        assert_eq!(words().list(text).unwrap(), r#"["Send",{"one":"next","other":"{count}."},"Sent"]"#);
        let trouble = words().list(r#"{"send":"Send","sent_1":"Sent"}"#).unwrap_err();
        assert_eq!(trouble.to_string(), "\"place\" is missing");
    }

    #[test]
    fn scripts_read_by_place() {
        let script = "a=strings.sent_1;b={c:substrings.send,d:e.strings.send};f(strings.place,strings)";
        assert_eq!(words().placed(script).unwrap(), "a=strings[2];b={c:substrings.send,d:e.strings.send};f(strings[1],strings)");
        assert!(words().placed("strings.gone").is_err());
    }

    #[test]
    fn declarations_are_found_one_a_line() {
        let text = "keys! {\n    after 0;\n    SEND_2 = \"send_2\";\n}\nlet x = \"y\";\n";
        assert_eq!(declared(text).collect::<Vec<_>>(), ["send_2"]);
    }
}
