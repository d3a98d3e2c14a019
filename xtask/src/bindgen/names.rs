//! Short names between the script and the module. wasm-bindgen's own are long and end in hashes, stand in both files, and do not
//! compress: short ones save a shopper some 4 kB of brotli.

use std::collections::HashMap;

/// A name that stands in script and module, and what it becomes.
pub(crate) type Names = HashMap<String, String>;

/// Short names for these, in the order in which the script has them. A name that the script does not have keeps its own.
pub(super) fn shortened<'a>(names: impl IntoIterator<Item = &'a str>, script: &str) -> Names {
    let mut known: Vec<(usize, &str)> = names
        .into_iter()
        .filter(|name| name.len() > 4)
        .filter_map(|name| Some((words(script).find(|(_, word)| *word == name)?.0, name)))
        .collect();
    known.sort_unstable();
    known.dedup_by(|one, other| one.1 == other.1);
    known.into_iter().enumerate().map(|(place, (_, name))| (name.to_owned(), short(place))).collect()
}

/// `$a`, `$b`, … `$z`, `$aa`, …: the dollar keeps them apart from what a person or wasm-bindgen would call something.
fn short(mut place: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'a' + (place % 26) as u8));
        if place < 26 {
            break;
        }
        place = place / 26 - 1;
    }
    std::iter::once('$').chain(letters.into_iter().rev()).collect()
}

/// The script with each of these words replaced. Words, not places: every one of them is wasm-bindgen's own, and stands for one thing.
pub(crate) fn renamed(script: &str, names: &Names) -> String {
    let mut out = String::with_capacity(script.len());
    let mut done = 0;
    for (at, word) in words(script) {
        if let Some(new) = names.get(word) {
            out.push_str(&script[done..at]);
            out.push_str(new);
            done = at + word.len();
        }
    }
    out.push_str(&script[done..]);
    out
}

/// The words of a script with their places: letters, digits, `_` and `$`.
pub(crate) fn words(script: &str) -> impl Iterator<Item = (usize, &str)> {
    let inside = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '$';
    let mut rest = 0;
    std::iter::from_fn(move || {
        let start = rest + script[rest..].find(inside)?;
        let end = script[start..].find(|letter| !inside(letter)).map_or(script.len(), |length| start + length);
        rest = end;
        Some((start, &script[start..end]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_are_renamed_in_the_order_of_the_script() {
        let script = "const i={__wbg_b_12:function(){},__wbg_a_34:function(){}};wasm.__wbg_a_345();wasm.memory;";
        let names = shortened(["__wbg_a_34", "__wbg_b_12", "__wbg_gone_9"], script);
        assert_eq!(renamed(script, &names), "const i={$a:function(){},$b:function(){}};wasm.__wbg_a_345();wasm.memory;");
        assert_eq!(names.len(), 2);
    }

    #[test]
    fn names_go_on_after_z() {
        assert_eq!((short(0), short(25), short(26), short(27)), ("$a".into(), "$z".into(), "$aa".into(), "$ab".into()));
        let many: std::collections::HashSet<String> = (0..2000).map(short).collect();
        assert_eq!(many.len(), 2000);
    }
}
