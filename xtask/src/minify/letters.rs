//! One-letter names for variables, of a list that somebody has looked at: the pass does not understand scopes.

use crate::bindgen::names::{Names, renamed, words};

/// The script with a letter for each of these names that it has as a variable only: never as a property, never in a string. They must
/// not stand in the short form of a property (`{ name }`) either, which this cannot see.
pub(crate) fn lettered(script: &str, names: &[&str]) -> String {
    let all: Vec<(usize, &str)> = words(script).collect();
    let uses = |name: &str| -> Vec<usize> { all.iter().filter(|(_, word)| *word == name).map(|(at, _)| *at).collect() };
    let variable = |name: &str| {
        uses(name).into_iter().all(|at| {
            let (before, after) = (&script[..at], &script[at + name.len()..]);
            let property = before.ends_with('.') && !before.ends_with("...");
            !property && !before.ends_with(['\'', '"', '`', '-']) && !after.starts_with(['\'', '"', '`', '-', ':'])
        })
    };
    let mut by_use: Vec<(usize, &str)> =
        names.iter().map(|name| (uses(name).len() * name.len(), *name)).filter(|(weight, name)| *weight > 0 && variable(name)).collect();
    by_use.sort_unstable_by(|one, other| other.cmp(one));
    let letters = (b'A'..=b'Z').chain(b'a'..=b'z').map(|letter| char::from(letter).to_string()).filter(|letter| uses(letter).is_empty());
    let short: Names = by_use.into_iter().map(|(_, name)| name.to_owned()).zip(letters).collect();
    renamed(script, &short)
}

#[cfg(test)]
mod tests {
    use super::lettered;

    #[test]
    fn only_variables_get_letters() {
        let script = "f(arg0,...arg1,A);x.ret;ret;'obj';obj;a?gone:b;`on-shelf`;shelf";
        assert_eq!(
            lettered(script, &["arg0", "arg1", "ret", "obj", "gone", "shelf", "none"]),
            "f(C,...B,A);x.ret;ret;'obj';obj;a?gone:b;`on-shelf`;shelf"
        );
    }
}
