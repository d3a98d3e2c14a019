//! What the tests of whole turns share.
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;
use warmline_assistant::provider::{Embedded, Provider};
use warmline_assistant::{Article, Articles, Assistant, Config, Line, NoRecords, Outcome, Piece, Question, Records, Speaker};

pub(crate) fn quick(articles: Articles) -> Assistant {
    with(articles, Arc::new(NoRecords), Arc::new(Embedded))
}

pub(crate) fn with(articles: Articles, records: Arc<dyn Records>, provider: Arc<dyn Provider>) -> Assistant {
    Assistant::new(Config { pause: Duration::ZERO, ..Config::default() }, articles, records, provider)
}

/// Takes a turn; also says what was streamed.
pub(crate) async fn ask(assistant: &Assistant, question: Question) -> (Outcome, String) {
    let (out, mut pieces) = mpsc::channel(64);
    let collect = async {
        let mut text = String::new();
        while let Some(Piece::Text(more)) = pieces.recv().await {
            text.push_str(&more);
        }
        text
    };
    let (outcome, streamed) = tokio::join!(assistant.turn(question, out), collect);
    assert_eq!(outcome.text(), streamed, "what is streamed is what is said");
    (outcome, streamed)
}

/// A conversation of lines that alternate, the shopper first and last.
pub(crate) fn lines(texts: &[&str]) -> Vec<Line> {
    let author = |at: usize| if at.is_multiple_of(2) { Speaker::Shopper } else { Speaker::Assistant };
    texts.iter().enumerate().map(|(at, text)| Line { seq: at as u64 + 1, author: author(at), text: (*text).to_owned() }).collect()
}

pub(crate) fn article(id: &str, title: &str, locale: &str, body: &str) -> Article {
    Article { id: id.into(), title: title.into(), url: None, locale: Some(locale.into()), updated: None, body: body.into() }
}

/// A small shop.
pub(crate) fn shop() -> Articles {
    Articles::new([
        article(
            "refunds",
            "How long does a refund take?",
            "en",
            "We issue the refund within 3 working days after your parcel reaches us.\n\n- **Cards:** a refund to a card takes 3 to 5 working days.\n- **PayPal:** up to 24 hours.\n\n## Nothing has come\nIf more than 10 working days have passed, look at your statement first.",
        ),
        article(
            "returns",
            "How do I return something?",
            "en",
            "You can return anything within 30 days. Start at [the returns page](https://shop.example/returns) and print the label.\n\n## Cost\nThe label costs £2.95.",
        ),
        article(
            "delivery",
            "Delivery in the United Kingdom",
            "en",
            "Delivery in the United Kingdom costs £3.95 and takes 2 to 3 working days. It is free from £50.",
        ),
        article("payment", "How can I pay?", "en", "We take Visa, Mastercard and PayPal."),
        article(
            "rueckgabe",
            "Wie schicke ich etwas zurück?",
            "de",
            "Du kannst alles innerhalb von 60 Tagen zurückschicken. Das Etikett ist kostenlos.",
        ),
        article("track", "Where is my order?", "en", "You can see where your order is with the tracking link in our dispatch e-mail."),
    ])
}
