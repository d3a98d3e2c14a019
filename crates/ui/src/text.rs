//! Text put together, by loops that are small where those of the standard library are fast.

/// One text out of several.
pub fn joined(parts: &[&str]) -> String {
    let mut out = String::new();
    for part in parts {
        out.push_str(part);
    }
    out
}

/// A number for programs. For people it is written by the language.
pub fn digits(number: u64) -> String {
    let mut out = if number > 9 { digits(number / 10) } else { String::new() };
    out.push(char::from(b'0' + (number % 10) as u8));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_whole() {
        assert_eq!((digits(0), digits(10), digits(u64::MAX)), ("0".into(), "10".into(), u64::MAX.to_string()));
        assert_eq!(joined(&["a", "", "b"]), "ab");
    }
}
