//! Reads Markdown into typed blocks. The browser makes nodes of them; there is no HTML in between, and none passes.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use warmline_protocol::event::AuthorKind;
use warmline_protocol::message::{BlockKind, InlineKind};
use warmline_protocol::{Block, Inline};

/// The blocks of a message's text; none when it is one plain paragraph. A shopper's text is plain: only its links are found.
pub fn blocks(text: &str, author: AuthorKind) -> Vec<Block> {
    let blocks = match author {
        AuthorKind::Shopper => plain(text),
        AuthorKind::Assistant | AuthorKind::Agent | AuthorKind::System => marked(text),
    };
    if is_trivial(&blocks, text) { Vec::new() } else { blocks }
}

fn is_trivial(blocks: &[Block], text: &str) -> bool {
    match blocks {
        [] => true,
        [only] => {
            only.kind == BlockKind::Paragraph
                && matches!(only.inlines.as_slice(), [inline] if inline.kind == InlineKind::Text && inline.text == text)
        }
        [..] => false,
    }
}

fn plain(text: &str) -> Vec<Block> {
    text.split("\n\n")
        .filter(|paragraph| !paragraph.trim().is_empty())
        .map(|paragraph| {
            let mut inlines = Vec::new();
            for (number, line) in paragraph.lines().enumerate() {
                if number > 0 {
                    inlines.push(inline(InlineKind::Break, ""));
                }
                inlines.extend(linked(line));
            }
            Block { kind: BlockKind::Paragraph, number: None, inlines }
        })
        .collect()
}

fn inline(kind: InlineKind, text: &str) -> Inline {
    Inline { kind, text: text.to_owned(), href: None }
}

fn linked(text: &str) -> Vec<Inline> {
    let mut finder = linkify::LinkFinder::new();
    finder.kinds(&[linkify::LinkKind::Url, linkify::LinkKind::Email]);
    finder
        .spans(text)
        .map(|span| {
            let href = match span.kind() {
                Some(linkify::LinkKind::Url) => safe(span.as_str()),
                Some(linkify::LinkKind::Email) => Some(format!("mailto:{}", span.as_str())),
                Some(_) | None => None,
            };
            match href {
                Some(href) => Inline { href: Some(href), ..inline(InlineKind::Link, span.as_str()) },
                None => inline(InlineKind::Text, span.as_str()),
            }
        })
        .collect()
}

/// http(s), mailto and tel; nothing else is a link.
pub fn safe(href: &str) -> Option<String> {
    let href = href.trim();
    let scheme = href.split(':').next()?.to_ascii_lowercase();
    let known = ["http", "https", "mailto", "tel"].contains(&scheme.as_str()) && href.len() > scheme.len() + 1;
    (known && !href.chars().any(|letter| letter.is_control() || letter.is_whitespace())).then(|| href.to_owned())
}

fn marked(text: &str) -> Vec<Block> {
    let mut reader = Reader::default();
    for event in Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        reader.take(event);
    }
    reader.end_block();
    reader.blocks
}

#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    open: Option<Block>,
    lists: Vec<Option<u64>>,
    strong: u32,
    emphasis: u32,
    link: Option<Option<String>>,
}

impl Reader {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.text(&text);
            }
            Event::Code(code) => self.push(inline(InlineKind::Code, &code)),
            Event::SoftBreak | Event::HardBreak => self.push(inline(InlineKind::Break, "")),
            Event::Rule => self.end_block(),
            Event::FootnoteReference(name) => self.text(&name),
            Event::TaskListMarker(done) => self.text(if done { "[x] " } else { "[ ] " }),
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { .. } => self.begin(BlockKind::Heading, None),
            Tag::CodeBlock(_) => self.begin(BlockKind::Code, None),
            Tag::TableRow | Tag::TableHead => self.begin(BlockKind::Row, None),
            Tag::List(first) => {
                self.end_block();
                self.lists.push(first);
            }
            Tag::Item => match self.lists.last_mut() {
                Some(Some(number)) => {
                    let this = u32::try_from(*number).unwrap_or(u32::MAX);
                    *number += 1;
                    self.begin(BlockKind::Numbered, Some(this));
                }
                Some(None) | None => self.begin(BlockKind::Bullet, None),
            },
            Tag::Strong => self.strong += 1,
            Tag::Emphasis => self.emphasis += 1,
            Tag::Link { dest_url, .. } => self.link = Some(safe(&dest_url)),
            // A picture of a foreign host is never loaded: its description stands for it.
            Tag::Image { .. } | Tag::TableCell => {}
            // The first paragraph of an entry of a list is the entry itself.
            Tag::Paragraph if self.open.as_ref().is_none_or(|open| !open.inlines.is_empty()) => {
                self.begin(BlockKind::Paragraph, None);
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Strong => self.strong = self.strong.saturating_sub(1),
            TagEnd::Emphasis => self.emphasis = self.emphasis.saturating_sub(1),
            TagEnd::Link => self.link = None,
            TagEnd::TableCell => self.push(inline(InlineKind::Cell, "")),
            TagEnd::List(_) => {
                self.end_block();
                self.lists.pop();
            }
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::TableRow | TagEnd::TableHead | TagEnd::Item => {
                self.end_block();
            }
            _ => {}
        }
    }

    fn begin(&mut self, kind: BlockKind, number: Option<u32>) {
        self.end_block();
        self.open = Some(Block { kind, number, inlines: Vec::new() });
    }

    fn end_block(&mut self) {
        if let Some(block) = self.open.take().filter(|block| !block.inlines.is_empty()) {
            self.blocks.push(block);
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(href) = &self.link {
            let run = match href {
                Some(href) => Inline { href: Some(href.clone()), ..inline(InlineKind::Link, text) },
                None => inline(InlineKind::Text, text),
            };
            return self.push(run);
        }
        let kind = match (self.strong, self.emphasis) {
            (0, 0) => InlineKind::Text,
            (0, _) => InlineKind::Emphasis,
            _ => InlineKind::Strong,
        };
        if kind == InlineKind::Text {
            linked(text).into_iter().for_each(|run| self.push(run));
        } else {
            self.push(inline(kind, text));
        }
    }

    fn push(&mut self, run: Inline) {
        let block = self.open.get_or_insert_with(|| Block { kind: BlockKind::Paragraph, number: None, inlines: Vec::new() });
        match block.inlines.last_mut() {
            Some(last) if last.kind == InlineKind::Text && run.kind == InlineKind::Text => last.text.push_str(&run.text),
            Some(_) | None => block.inlines.push(run),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(BlockKind, String)> {
        blocks(text, AuthorKind::Agent)
            .into_iter()
            .map(|block| (block.kind, block.inlines.iter().map(|run| run.text.as_str()).collect()))
            .collect()
    }

    #[test]
    fn plain_text_needs_no_blocks() {
        assert_eq!(kinds("Your refund is on its way."), []);
        assert!(blocks("where is it", AuthorKind::Shopper).is_empty());
    }

    #[test]
    fn lists_headings_and_strong_words_are_read() {
        assert_eq!(
            kinds("# Refunds\n\nWait **5 days**:\n\n1. card\n2. PayPal\n\n- one\n- two"),
            [
                (BlockKind::Heading, "Refunds".into()),
                (BlockKind::Paragraph, "Wait 5 days:".into()),
                (BlockKind::Numbered, "card".into()),
                (BlockKind::Numbered, "PayPal".into()),
                (BlockKind::Bullet, "one".into()),
                (BlockKind::Bullet, "two".into()),
            ]
        );
    }

    #[test]
    fn html_and_odd_links_stay_text() {
        let read = blocks("<img src=x onerror=alert(1)> [go](javascript:alert(1)) [ok](https://shop.example/)", AuthorKind::Agent);
        let links: Vec<_> = read.iter().flat_map(|block| &block.inlines).filter_map(|run| run.href.as_deref()).collect();
        assert_eq!(links, ["https://shop.example/"]);
        let text: String = read.iter().flat_map(|block| &block.inlines).map(|run| run.text.as_str()).collect();
        assert!(text.contains("<img src=x onerror=alert(1)>"), "{text}");
    }

    #[test]
    fn a_shoppers_text_is_plain_but_for_its_links() {
        let read = blocks("**no** see https://shop.example/a now", AuthorKind::Shopper);
        assert_eq!(read[0].inlines[0].text, "**no** see ");
        assert_eq!(read[0].inlines[1].href.as_deref(), Some("https://shop.example/a"));
    }
}
