//! Numbers of a text: digits in any script, amounts with their sign, times, and small numbers in words.

use crate::text::{fold, words};
use std::collections::HashSet;

/// Every figure, written one way: `3.95`, `£3.95`, `14:00`, `3`.
pub(super) fn figures(text: &str) -> HashSet<String> {
    let folded = fold(text);
    let letters: Vec<char> = folded.chars().collect();
    let mut found = HashSet::new();
    let mut at = 0;
    while at < letters.len() {
        if !letters[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let start = at;
        while at < letters.len() && (letters[at].is_ascii_digit() || joins(&letters, at)) {
            at += 1;
        }
        let run: String = letters[start..at].iter().collect();
        let figure = uniform(&run);
        let before = letters[..start].iter().rev().find(|letter| !letter.is_whitespace()).copied();
        let after = letters[at..].iter().find(|letter| !letter.is_whitespace()).copied();
        for sign in [before, after].into_iter().flatten() {
            if let Some(sign) = currency(sign) {
                found.insert(format!("{sign}{figure}"));
            }
        }
        found.insert(figure);
    }
    found.extend(words(&folded).iter().filter_map(|word| spoken(word)).map(|number| number.to_string()));
    found
}

/// A point, comma or colon between digits belongs to the number.
fn joins(letters: &[char], at: usize) -> bool {
    matches!(letters[at], '.' | ',' | ':') && letters.get(at + 1).is_some_and(char::is_ascii_digit)
}

/// `1.234,50` and `1,234.50` are `1234.50`; `12,90` is `12.90`; `60.00` is `60`.
fn uniform(run: &str) -> String {
    let last = run.rfind(['.', ',']);
    let Some(last) = last else { return trimmed(run) };
    let decimals = run.len() - last - 1;
    let whole: String = run[..last].chars().filter(char::is_ascii_digit).collect();
    let fraction = &run[last + 1..];
    if run.contains(':') {
        run.to_owned()
    } else if decimals == 3 {
        format!("{whole}{fraction}")
    } else if fraction.chars().all(|digit| digit == '0') {
        trimmed(&whole)
    } else {
        format!("{}.{fraction}", trimmed(&whole))
    }
}

fn trimmed(digits: &str) -> String {
    let short = digits.trim_start_matches('0');
    if short.is_empty() { "0".to_owned() } else { short.to_owned() }
}

fn currency(sign: char) -> Option<char> {
    match sign {
        '£' | '€' | '$' | '%' => Some(sign),
        '¥' | '円' => Some('¥'),
        _ => None,
    }
}

const SPOKEN: [(u8, &str); 12] = [
    (2, "two zwei dos اثنان يومين ساعتين"),
    (3, "three drei tres ثلاثه"),
    (4, "four vier cuatro اربعه"),
    (5, "five funf cinco خمسه"),
    (6, "six sechs seis سته"),
    (7, "seven sieben siete سبعه"),
    (8, "eight acht ocho ثمانيه"),
    (9, "nine neun nueve تسعه"),
    (10, "ten zehn diez عشره"),
    (12, "twelve zwolf doce"),
    (14, "fourteen vierzehn catorce"),
    (30, "thirty dreissig treinta ثلاثين ثلاثون"),
];

fn spoken(word: &str) -> Option<u8> {
    SPOKEN.iter().find(|(_, names)| names.split(' ').any(|name| name == word)).map(|(number, _)| *number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_written_one_way() {
        let of = |text: &str| {
            let mut list: Vec<String> = figures(text).into_iter().collect();
            list.sort();
            list.join(" ")
        };
        assert_eq!(of("12,90 € by 14:00"), "12.90 14:00 €12.90");
        assert_eq!(of("£3.95, three days"), "3 3.95 £3.95");
        assert_eq!(of("٣ أيام"), "3");
        assert_eq!(of("$1,234.50"), "$1234.50 1234.50");
    }
}
