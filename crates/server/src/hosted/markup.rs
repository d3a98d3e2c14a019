//! Makes elements of a message's typed blocks. Whatever a text says, it stays text: maud escapes it.

use maud::{Markup, html};
use warmline_protocol::message::{BlockKind, InlineKind};
use warmline_protocol::{Block, Inline};

use crate::markdown::safe;

/// The elements of a text: its blocks, or the text itself when it is one plain paragraph.
pub(super) fn text(text: &str, blocks: &[Block]) -> Markup {
    if blocks.is_empty() {
        return html! { p dir="auto" { (text) } };
    }
    html! {
        // Entries of one list, and rows of one table, come one after another.
        @for run in blocks.chunk_by(|one, other| one.kind == other.kind && one.kind != BlockKind::Paragraph) {
            (of_one_kind(run))
        }
    }
}

fn of_one_kind(run: &[Block]) -> Markup {
    let Some(first) = run.first() else { return html! {} };
    match first.kind {
        BlockKind::Paragraph => html! { @for block in run { p dir="auto" { (inlines(&block.inlines)) } } },
        // Not a heading of the page: the outline is the page's own.
        BlockKind::Heading => html! { @for block in run { p dir="auto" { strong { (inlines(&block.inlines)) } } } },
        BlockKind::Bullet => html! { ul { @for block in run { li dir="auto" { (inlines(&block.inlines)) } } } },
        BlockKind::Numbered => html! {
            ol start=[first.number] { @for block in run { li dir="auto" { (inlines(&block.inlines)) } } }
        },
        BlockKind::Code => html! { @for block in run { pre dir="ltr" { (inlines(&block.inlines)) } } },
        BlockKind::Row => html! {
            table { @for (number, block) in run.iter().enumerate() { tr {
                @for cell in block.inlines.split(|run| run.kind == InlineKind::Cell).take(cells(block)) {
                    @if number == 0 { th scope="col" { (inlines(cell)) } } @else { td { (inlines(cell)) } }
                }
            } } }
        },
    }
}

/// Each cell ends with its mark, so the last mark has nothing after it.
fn cells(block: &Block) -> usize {
    block.inlines.iter().filter(|run| run.kind == InlineKind::Cell).count().max(1)
}

fn inlines(runs: &[Inline]) -> Markup {
    html! {
        @for run in runs {
            @match run.kind {
                InlineKind::Text => (run.text),
                InlineKind::Strong => strong { (run.text) },
                InlineKind::Emphasis => em { (run.text) },
                InlineKind::Code => code { (run.text) },
                InlineKind::Link => (link(&run.text, run.href.as_deref())),
                InlineKind::Break => br;,
                InlineKind::Cell => {}
            }
        }
    }
}

/// A link where the address is one that may be followed, else its text.
pub(super) fn link(text: &str, href: Option<&str>) -> Markup {
    match href.and_then(safe) {
        Some(href) => html! { a href=(href) rel="noopener" { (text) } },
        None => html! { (text) },
    }
}

#[cfg(test)]
mod tests {
    use warmline_protocol::AuthorKind;

    use super::*;
    use crate::markdown::blocks;

    fn made(written: &str) -> String {
        text(written, &blocks(written, AuthorKind::Agent)).into_string()
    }

    #[test]
    fn markup_in_a_text_stays_text_and_odd_links_are_none() {
        let made = made("a <script>alert(1)</script> **b** [x](javascript:alert(1)) [y](https://shop.example/)");
        assert!(!made.contains("<script") && !made.contains("href=\"javascript"), "{made}");
        assert!(made.contains("<strong>b</strong>") && made.contains("<a href=\"https://shop.example/\" rel=\"noopener\">y</a>"), "{made}");
    }

    #[test]
    fn lists_and_tables_are_whole() {
        assert_eq!(made("1. a\n2. b"), "<ol start=\"1\"><li dir=\"auto\">a</li><li dir=\"auto\">b</li></ol>");
        let table = made("|a|b|\n|-|-|\n|1|2|");
        assert_eq!(table, "<table><tr><th scope=\"col\">a</th><th scope=\"col\">b</th></tr><tr><td>1</td><td>2</td></tr></table>");
    }
}
