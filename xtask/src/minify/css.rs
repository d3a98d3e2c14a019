//! CSS without comments and needless white space.

/// Text that is opaque (strings, unquoted `url(…)`, escapes) is copied as it stands; of the rest only comments and white
/// space go. White space around `+`, `-`, `*` and before `(` or `:` carries meaning in CSS, so it stays as one space.
pub(crate) fn minify_css(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    let mut gap = Gap::None;
    while let Some(next) = rest.chars().next() {
        if next.is_ascii_whitespace() {
            gap = Gap::Space;
            rest = &rest[1..];
            continue;
        }
        if rest.starts_with("/*") {
            let end = rest.find("*/").map_or(rest.len(), |at| at + 2);
            rest = &rest[end..];
            if gap == Gap::None {
                gap = Gap::Comment;
            }
            continue;
        }
        let piece = &rest[..piece_length(rest)];
        close_gap(&mut out, gap, next);
        gap = Gap::None;
        out.push_str(piece);
        rest = &rest[piece.len()..];
    }
    out
}

/// What stood between two pieces that are kept.
#[derive(Clone, Copy, PartialEq)]
enum Gap {
    None,
    Comment,
    Space,
}

/// How much of the start of `rest` must be kept together.
fn piece_length(rest: &str) -> usize {
    let first = rest.chars().next().map_or(0, char::len_utf8);
    match rest.as_bytes()[0] {
        quote @ (b'"' | b'\'') => opaque_length(rest, quote),
        b'\\' => first + rest[first..].chars().next().map_or(0, char::len_utf8),
        b'u' | b'U' if is_bare_url(rest) => opaque_length(rest, b')'),
        _ => first,
    }
}

fn is_bare_url(rest: &str) -> bool {
    let Some(inside) = rest.get(..4).filter(|name| name.eq_ignore_ascii_case("url(")).and_then(|_| rest.get(4..)) else {
        return false;
    };
    !inside.trim_start().starts_with(['"', '\''])
}

/// Up to and with the first `end` that is not escaped; the first byte is the opening one.
fn opaque_length(rest: &str, end: u8) -> usize {
    let bytes = rest.as_bytes();
    let mut at = 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            byte if byte == end => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

fn close_gap(out: &mut String, gap: Gap, next: char) {
    let Some(last) = out.chars().next_back() else {
        return;
    };
    if next == '}' && last == ';' {
        // The last declaration of a block needs no semicolon.
        out.pop();
        return;
    }
    match gap {
        Gap::None => {}
        Gap::Comment if is_name(last) && is_name(next) => out.push_str("/**/"),
        Gap::Comment => {}
        Gap::Space => {
            // An empty custom property (`--x: ;`) needs its space.
            let empty_value = last == ':' && matches!(next, ';' | '}');
            let needless =
                matches!(last, '{' | '}' | ';' | ',' | '(' | ':' | '>') || matches!(next, '{' | '}' | ';' | ',' | ')' | '!' | '>');
            if empty_value || !needless {
                out.push(' ');
            }
        }
    }
}

fn is_name(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '-' | '_' | '%' | '#' | '.') || !letter.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::minify_css;

    #[test]
    fn comments_and_white_space_go() {
        let source = "/* a */\n:host {\n  color : red;\n  margin: 0 1px;\n}\n\n.a > .b, .c { top: 0 }\n";
        assert_eq!(minify_css(source), ":host{color :red;margin:0 1px}.a>.b,.c{top:0}");
    }

    #[test]
    fn what_carries_meaning_stays() {
        for kept in [
            "a :hover{width:calc(1px + 2px - 3px * 2)}",
            "@media (width>=40em) and (hover){a{b:c}}",
            "a{--empty: ;--other:1}",
            "a{content:\"/* no */  ;} \\\" x\"}",
            "a{background:url(data:image/svg+xml;x/*y*/ z)}",
            "a{font:1px/1.5 var(--x)}",
            ".sm\\:a b{c:d}",
            "a{quotes:'« ' ' »'}",
        ] {
            assert_eq!(minify_css(kept), kept);
        }
    }

    #[test]
    fn a_comment_between_names_still_parts_them() {
        assert_eq!(minify_css("a{b:c/* */d}"), "a{b:c/**/d}");
        assert_eq!(minify_css("a/* */ b{/* */c:d}"), "a b{c:d}");
    }

    #[test]
    fn a_second_pass_changes_nothing() {
        let once = minify_css("@media (prefers-color-scheme : dark) { :host( [x] ) { a : b !important ; } }");
        assert_eq!(once, "@media (prefers-color-scheme :dark){:host([x]){a :b!important}}");
        assert_eq!(minify_css(&once), once);
    }
}
