//! What a message is made of: text, the typed blocks that the server reads out of its Markdown, sources, an order.

use crate::wire::{wire, words};

words! {
    /// What a citation points to.
    pub enum CitationKind {
        /// An article of the merchant.
        Article = "article",
        /// A record of this shopper: an order, a refund, a payment.
        Record = "record",
    }
}

wire! {
    /// A source of an answer, with the very sentence that it rests on.
    pub struct Citation {
        /// What it points to.
        kind: CitationKind,
        /// The article's or the record's id.
        id: String,
        /// Its title, as the shopper reads it.
        title: String,
        /// The sentence, word for word.
        quote: String,
    }
    maybe {
        /// Where the whole of it can be read.
        url: String,
    }
}

wire! {
    /// One item of an order.
    pub struct OrderItem {
        /// Name, with size and colour.
        name: String,
        /// How many.
        quantity: u32,
    }
    maybe {
        /// The price of one, written for the shopper: `£ 49.00`.
        price: String,
    }
}

wire! {
    /// An order as a card in the transcript.
    pub struct OrderCard {
        /// The order's number.
        number: String,
        /// Its state: placed, shipped, delivered, ... in the word of the order API.
        state: String,
        /// The state in the shopper's language.
        state_text: String,
    }
    maybe {
        /// When it was placed.
        placed_at: crate::Timestamp,
        /// When it is expected, or was delivered.
        expected_at: crate::Timestamp,
        /// The sum, written for the shopper.
        total: String,
        /// Who carries it.
        carrier: String,
        /// Where it can be followed; http(s) only.
        tracking_url: String,
    }
    lists {
        /// What was ordered.
        items: OrderItem,
    }
}

words! {
    /// The kind of a block.
    pub enum BlockKind {
        /// A paragraph.
        Paragraph = "paragraph",
        /// A heading.
        Heading = "heading",
        /// One entry of a list without numbers.
        Bullet = "bullet",
        /// One entry of a numbered list; `number` says which.
        Numbered = "numbered",
        /// Text whose spaces and line breaks count.
        Code = "code",
        /// One row of a table; its cells are parted by inlines of kind `cell`.
        Row = "row",
    }
}

wire! {
    /// A block of a message: the server parses Markdown into these, and the browser makes nodes of them. There is no HTML in between.
    pub struct Block {
        /// What it is.
        kind: BlockKind,
    }
    maybe {
        /// The number of a numbered entry.
        number: u32,
    }
    lists {
        /// Its text.
        inlines: Inline,
    }
}

words! {
    /// The kind of a run of text.
    pub enum InlineKind {
        /// Plain text.
        Text = "text",
        /// Important text.
        Strong = "strong",
        /// Stressed text.
        Emphasis = "emphasis",
        /// A word of code.
        Code = "code",
        /// A link; `href` is http(s), mailto or tel, nothing else passes the server.
        Link = "link",
        /// A line break.
        Break = "break",
        /// The end of a cell of a row.
        Cell = "cell",
    }
}

wire! {
    /// A run of text.
    pub struct Inline {
        /// What it is.
        kind: InlineKind,
        /// The text.
        text: String,
    }
    maybe {
        /// Where a link goes.
        href: String,
    }
}
