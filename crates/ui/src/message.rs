//! One message: who, when, what, what it rests on, and how far it got.

use warmline_protocol::event::MessagePosted;
use warmline_protocol::message::{BlockKind, InlineKind};
use warmline_protocol::{Author, AuthorKind, Block, Event, Inline};

use crate::citation::citations;
use crate::dom::{El, el};
use crate::grouping::Row;
use crate::intl::iso;
use crate::links::is_safe;
use crate::locale::Locale;
use crate::order_card::order_card;
use crate::wording::initials;
use crate::words;

/// A posted message as it stands in the transcript.
pub fn message(locale: Locale, event: &Event, posted: &MessagePosted, row: Row) -> El {
    let mut bubble = el("div").class("bubble").part("bubble");
    bubble = if posted.blocks.is_empty() { bubble.child(plain(&posted.text)) } else { bubble.children(blocks(&posted.blocks)) };
    if posted.partial == Some(true) {
        bubble = bubble.child(el("p").class("message-partial").t(locale, words::ANSWER_STOPPED));
    }
    let mut message = frame(event.author.kind).attr("data-first", row.first);
    if row.first {
        message = message.child(heading(locale, &event.author).child(time(locale, event)));
    }
    message = message.child(bubble);
    if let Some(order) = &posted.order {
        message = message.child(order_card(locale, order));
    }
    if !posted.citations.is_empty() {
        message = message.child(citations(locale, &posted.citations));
    }
    if posted.via.as_deref() == Some("email") {
        message = message.child(el("p").class("message-via").t(locale, words::VIA_EMAIL));
    }
    message
}

/// The frame of any message, streamed and unsent ones too.
pub fn frame(author: AuthorKind) -> El {
    el("article").class("message").part("message").attr("data-author", author.word())
}

/// Who wrote it.
pub fn heading(locale: Locale, author: &Author) -> El {
    let name = author.name.clone();
    let author = author.clone();
    let mark = el("span").class("mark").attr("data-author", author.kind.word()).attr("aria-hidden", "true");
    let mark = match &name {
        Some(name) => mark.text(&initials(name)),
        None => mark,
    };
    el("header").class("author").part("author").child(mark).child(el("span").class("author-name").dyn_text(move || locale.author(&author)))
}

fn time(locale: Locale, event: &Event) -> El {
    let at = event.at;
    el("time").class("message-time").attr("datetime", iso(at)).dyn_text(move || locale.clock(at))
}

/// Text as it was written; its line breaks are kept by the style.
pub fn plain(text: &str) -> El {
    el("p").class("plain").attr("dir", "auto").text(text)
}

/// Nodes of typed blocks. Entries of a list stand in one list, rows of a table in one table.
pub fn blocks(blocks: &[Block]) -> Vec<El> {
    let mut out: Vec<El> = Vec::new();
    let mut open: Option<(BlockKind, El)> = None;
    for block in blocks {
        let holder = match block.kind {
            BlockKind::Bullet => Some("ul"),
            BlockKind::Numbered => Some("ol"),
            BlockKind::Row => Some("table"),
            BlockKind::Paragraph | BlockKind::Heading | BlockKind::Code => None,
        };
        let Some(tag) = holder else {
            open = None;
            out.push(single(block));
            continue;
        };
        let entry = if block.kind == BlockKind::Row { row(block) } else { inlines(el("li"), &block.inlines) };
        let list = match open.take() {
            Some((kind, list)) if kind == block.kind => list,
            Some(_) | None => {
                let start = block.number.filter(|number| *number != 1).map(|number| crate::digits(number.into()));
                let list = el(tag).attr("dir", "auto").attr("start", start);
                out.push(list.clone());
                list
            }
        };
        open = Some((block.kind, list.child(entry)));
    }
    out
}

fn single(block: &Block) -> El {
    match block.kind {
        BlockKind::Code => el("pre").attr("dir", "ltr").attr("tabindex", "0").child(inlines(el("code"), &block.inlines)),
        BlockKind::Heading => inlines(el("p").class("heading").attr("dir", "auto"), &block.inlines),
        BlockKind::Paragraph | BlockKind::Bullet | BlockKind::Numbered | BlockKind::Row => {
            inlines(el("p").attr("dir", "auto"), &block.inlines)
        }
    }
}

fn row(block: &Block) -> El {
    let mut row = el("tr");
    for cell in block.inlines.split_inclusive(|inline| inline.kind == InlineKind::Cell) {
        row = row.child(inlines(el("td"), cell));
    }
    row
}

fn inlines(parent: El, inlines: &[Inline]) -> El {
    let mut parent = parent;
    for inline in inlines {
        parent = match inline.kind {
        InlineKind::Text => parent.text(&inline.text),
        InlineKind::Strong => parent.child(el("strong").text(&inline.text)),
        InlineKind::Emphasis => parent.child(el("em").text(&inline.text)),
        InlineKind::Code => parent.child(el("code").text(&inline.text)),
        InlineKind::Break => parent.child(el("br")),
        InlineKind::Cell if inline.text.is_empty() => parent,
        InlineKind::Cell => parent.text(&inline.text),
        InlineKind::Link => match inline.href.as_deref().filter(|href| is_safe(href)) {
            Some(href) => parent.child(link(href).text(&inline.text)),
            None => parent.text(&inline.text),
        },
        };
    }
    parent
}

/// A link that tells the other side nothing and opens beside the chat. The caller has checked the address.
pub(crate) fn link(href: &str) -> El {
    el("a").attr("href", href).attr("target", "_blank").attr("rel", "noopener noreferrer nofollow")
}
