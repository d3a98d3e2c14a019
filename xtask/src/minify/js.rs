//! JavaScript without comments and needless white space.

use anyhow::{Result, bail};

/// Strings, templates and regular expressions are copied as they stand. Line breaks stay where a statement could end, so
/// that automatic semicolons come where they came before. What the pass cannot be sure of is an error, never a guess.
pub(crate) fn minify_js(source: &str) -> Result<String> {
    let mut pass = Pass { source: source.as_bytes(), at: 0, out: Vec::with_capacity(source.len()), ..Pass::default() };
    pass.run()?;
    Ok(String::from_utf8(pass.out)?)
}

#[derive(Default)]
struct Pass<'a> {
    source: &'a [u8],
    at: usize,
    out: Vec<u8>,
    gap: Gap,
    /// What a `/` would be after the piece before it.
    slash: Slash,
    open: Vec<Open>,
}

#[derive(Clone, Copy, Default, PartialEq, PartialOrd)]
enum Gap {
    #[default]
    None,
    Space,
    Newline,
}

#[derive(Clone, Copy, Default, PartialEq)]
enum Slash {
    /// Begins a regular expression.
    #[default]
    Regex,
    Divides,
    /// After `}` it may be either.
    Unsure,
}

#[derive(Clone, Copy, PartialEq)]
enum Open {
    /// The parenthesis of `if (…)`, `while (…)` and the like, after which a statement begins.
    Head,
    Parenthesis,
    Brace,
    /// `${` inside a template.
    Template,
}

/// Words after which an expression begins.
const BEFORE_EXPRESSION: [&[u8]; 15] = [
    b"return",
    b"typeof",
    b"case",
    b"in",
    b"of",
    b"delete",
    b"void",
    b"throw",
    b"new",
    b"else",
    b"do",
    b"instanceof",
    b"yield",
    b"await",
    b"extends",
];

impl Pass<'_> {
    fn run(&mut self) -> Result<()> {
        while let Some(byte) = self.peek(0) {
            match (byte, self.peek(1)) {
                (b'\n', _) => self.skip(1, Gap::Newline),
                (b' ' | b'\t' | b'\r', _) => self.skip(1, Gap::Space),
                (b'/', Some(b'/')) => {
                    let end = self.find(b"\n").unwrap_or(self.source.len());
                    self.skip(end - self.at, Gap::Newline);
                }
                (b'/', Some(b'*')) => {
                    let Some(end) = self.find(b"*/") else { bail!("line {}: a comment has no end", self.line()) };
                    let gap = if self.source[self.at..end].contains(&b'\n') { Gap::Newline } else { Gap::Space };
                    self.skip(end + 2 - self.at, gap);
                }
                (b'"' | b'\'', _) => {
                    let length = self.string_length(byte)?;
                    self.keep(length, Slash::Divides);
                }
                (b'`', _) => self.template()?,
                (b'/', _) => match self.slash {
                    Slash::Divides => self.keep(1, Slash::Regex),
                    Slash::Regex => {
                        let length = self.regex_length()?;
                        self.keep(length, Slash::Divides);
                    }
                    Slash::Unsure => bail!("line {}: a slash after a brace may be two things; write it another way", self.line()),
                },
                _ if is_word(byte) => self.word(),
                _ => self.punctuation(byte)?,
            }
        }
        if !self.open.is_empty() {
            bail!("a bracket has no end");
        }
        Ok(())
    }

    fn word(&mut self) {
        let length = self.source[self.at..].iter().take_while(|byte| is_word(**byte)).count();
        let word = &self.source[self.at..self.at + length];
        let is_property = self.out.last() == Some(&b'.');
        let slash = if BEFORE_EXPRESSION.contains(&word) && !is_property { Slash::Regex } else { Slash::Divides };
        self.keep(length, slash);
    }

    fn punctuation(&mut self, byte: u8) -> Result<()> {
        match byte {
            b'(' => {
                let heads: [&[u8]; 4] = [b"if", b"while", b"for", b"with"];
                let before = self.out.iter().rev().take_while(|byte| is_word(**byte)).count();
                let word = &self.out[self.out.len() - before..];
                self.open.push(if heads.contains(&word) { Open::Head } else { Open::Parenthesis });
                self.keep(1, Slash::Regex);
            }
            b')' => match self.open.pop() {
                Some(Open::Head) => self.keep(1, Slash::Regex),
                Some(Open::Parenthesis) => self.keep(1, Slash::Divides),
                Some(Open::Brace | Open::Template) | None => {
                    bail!("line {}: a bracket does not match", self.line())
                }
            },
            b'{' => {
                self.open.push(Open::Brace);
                self.keep(1, Slash::Regex);
            }
            b'}' => match self.open.pop() {
                Some(Open::Template) => self.template()?,
                Some(Open::Brace) => self.keep(1, Slash::Unsure),
                Some(Open::Head | Open::Parenthesis) | None => {
                    bail!("line {}: a bracket does not match", self.line())
                }
            },
            b']' => self.keep(1, Slash::Divides),
            b'+' | b'-' if self.peek(1) == Some(byte) => {
                // After `i++` a slash divides; before `++i` it could not stand.
                let slash = self.slash;
                self.keep(2, slash);
            }
            _ => self.keep(1, Slash::Regex),
        }
        Ok(())
    }

    /// From a backtick, or from the brace that ends `${…}`, to the next backtick or `${`.
    fn template(&mut self) -> Result<()> {
        let mut length = 1;
        loop {
            match (self.peek(length), self.peek(length + 1)) {
                (Some(b'\\'), _) => length += 2,
                (Some(b'`'), _) => {
                    self.keep(length + 1, Slash::Divides);
                    return Ok(());
                }
                (Some(b'$'), Some(b'{')) => {
                    self.open.push(Open::Template);
                    self.keep(length + 2, Slash::Regex);
                    return Ok(());
                }
                (Some(_), _) => length += 1,
                (None, _) => bail!("line {}: a template has no end", self.line()),
            }
        }
    }

    fn string_length(&self, quote: u8) -> Result<usize> {
        let mut length = 1;
        loop {
            match self.peek(length) {
                Some(b'\\') => length += 2,
                Some(byte) if byte == quote => return Ok(length + 1),
                Some(b'\n') | None => bail!("line {}: a string has no end", self.line()),
                Some(_) => length += 1,
            }
        }
    }

    fn regex_length(&self) -> Result<usize> {
        let mut length = 1;
        let mut in_class = false;
        loop {
            match self.peek(length) {
                Some(b'\\') => length += 2,
                Some(b'/') if !in_class => return Ok(length + 1),
                Some(b'\n') | None => {
                    bail!("line {}: a regular expression has no end", self.line())
                }
                Some(byte) => {
                    in_class = (in_class || byte == b'[') && byte != b']';
                    length += 1;
                }
            }
        }
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        self.source.get(self.at + ahead).copied()
    }

    fn find(&self, what: &[u8]) -> Option<usize> {
        let from = self.at + what.len();
        let found = self.source.get(from..)?.windows(what.len()).position(|window| window == what)?;
        Some(from + found)
    }

    fn line(&self) -> usize {
        1 + self.source[..self.at].iter().filter(|byte| **byte == b'\n').count()
    }

    fn skip(&mut self, length: usize, gap: Gap) {
        self.at += length;
        if gap > self.gap {
            self.gap = gap;
        }
    }

    fn keep(&mut self, length: usize, slash: Slash) {
        let piece = &self.source[self.at..self.at + length];
        if let (Some(last), Some(next)) = (self.out.last(), piece.first()) {
            match self.gap {
                Gap::Newline if newline_matters(*last, *next) => self.out.push(b'\n'),
                Gap::Space | Gap::Newline if space_matters(*last, *next) => self.out.push(b' '),
                Gap::None | Gap::Space | Gap::Newline => {}
            }
        }
        self.out.extend_from_slice(piece);
        self.at += length;
        self.gap = Gap::None;
        self.slash = slash;
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$' | b'#' | b'\\') || byte >= 0x80
}

/// A statement cannot end after an opening bracket or an operator, nor is it cut short by a closing bracket.
fn newline_matters(last: u8, next: u8) -> bool {
    !(matches!(last, b'{' | b'(' | b'[' | b';' | b',' | b'=' | b'?' | b':' | b'&' | b'|')
        || matches!(next, b'}' | b')' | b']' | b';' | b','))
}

/// Two words would become one, two signs another sign (`+ +`, `< !--`), a number and a dot another number.
fn space_matters(last: u8, next: u8) -> bool {
    let sign = |byte| matches!(byte, b'+' | b'-' | b'/' | b'<' | b'>' | b'!');
    (is_word(last) && is_word(next))
        || (sign(last) && sign(next))
        || (last == b'/' && is_word(next))
        || (last.is_ascii_digit() && next == b'.')
}

#[cfg(test)]
mod tests {
    use super::minify_js;

    fn small(source: &str) -> String {
        minify_js(source).unwrap()
    }

    #[test]
    fn comments_and_white_space_go() {
        let source = "// why\nfunction add(a, b) {\n    /* how */ return a + b; // so\n}\n\n\nlet x = 1\nlet y = x\n";
        assert_eq!(small(source), "function add(a,b){return a+b;}\nlet x=1\nlet y=x");
    }

    #[test]
    fn strings_templates_and_regular_expressions_stay() {
        for kept in [
            "a=\"// no  comment\"",
            "a='it\\'s  /* no */'",
            "a=`x  // ${b+`${c}  y`}\n    z`",
            "a=/[/*\"']  \\/ `/g.test(b)",
            "if(a)/'  x/.test(b)",
            "b=a/2/c;d=e.in/f/g",
            "return/  x'/",
            "i++/2;j='/  '",
            "c=(a)/2/'  '.length",
        ] {
            assert_eq!(small(kept), kept);
        }
    }

    #[test]
    fn white_space_that_parts_things_stays() {
        assert_eq!(small("a + +b - -c"), "a+ +b- -c");
        assert_eq!(small("1 .toFixed()"), "1 .toFixed()");
        assert_eq!(small("a < !--b"), "a< !--b");
        assert_eq!(small("x = /r/ in y"), "x=/r/ in y");
        assert_eq!(small("typeof  x"), "typeof x");
        assert_eq!(small("a\n++b"), "a\n++b");
        assert_eq!(small("return\nx"), "return\nx");
        assert_eq!(small("a /* \n */ b"), "a\nb");
    }

    #[test]
    fn what_it_cannot_be_sure_of_is_an_error() {
        for (source, why) in [
            ("a = {}\n/x/", "line 2: a slash after a brace"),
            ("a = 'x\n'", "line 1: a string has no end"),
            ("a = `x", "line 1: a template has no end"),
            ("/* x", "line 1: a comment has no end"),
            ("f(x}", "line 1: a bracket does not match"),
            ("f(x", "a bracket has no end"),
        ] {
            let trouble = minify_js(source).unwrap_err().to_string();
            assert!(trouble.starts_with(why), "{source}: {trouble}");
        }
    }

    #[test]
    fn letters_of_all_scripts_are_kept() {
        assert_eq!(small("let größe = 'ひ' // ü"), "let größe='ひ'");
    }
}
