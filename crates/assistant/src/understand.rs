//! What a message is, before anything is looked up: language, an ask for a person, mood, a sensitive matter, small talk, an order.
//!
//! Everything here is rules, tables and one small scorer; none of it reads an article or calls a model, and it takes microseconds.

pub mod ask;
mod linear;
pub mod mood;
pub mod order;
pub mod sensitive;
pub mod small_talk;

use crate::text::{Language, fold, guess_language};
pub use ask::Ask;
pub use order::OrderQuestion;
pub use sensitive::Topic;
pub use small_talk::SmallTalk;

/// What a message is.
#[derive(Debug, Clone, PartialEq)]
pub struct Understanding {
    /// The language it is most likely written in.
    pub language: Language,
    /// Whether it asks for a person.
    pub ask: Ask,
    /// The score that `ask` rests on, 0 to 1.
    pub ask_score: f32,
    /// Thanks and nothing else: a closed conversation stays closed.
    pub thanks: bool,
    /// Whether the shopper is upset.
    pub upset: bool,
    /// How much, 0 to 1.
    pub upset_score: f32,
    /// A matter that a person should take.
    pub sensitive: Option<Topic>,
    /// Small talk and nothing else.
    pub small_talk: Option<SmallTalk>,
    /// "That did not help", with or without more.
    pub not_helped: bool,
    /// Whether it is about an order of the shopper's own.
    pub order: OrderQuestion,
    /// The number of that order, if one is given.
    pub order_number: Option<String>,
}

/// Understands one message. The locale only helps where the words leave the language open.
pub fn understand(text: &str, locale: &str) -> Understanding {
    let folded = fold(text);
    let (ask, ask_score) = ask::ask(text);
    let upset_score = mood::upset(text);
    let small_talk = small_talk::small_talk(&folded);
    let order_number = order::order_number(text);
    Understanding {
        language: guess_language(text, locale),
        ask,
        ask_score,
        thanks: small_talk == Some(SmallTalk::Thanks) && !text.contains(['?', '？', '؟']),
        upset: upset_score >= mood::UPSET,
        upset_score,
        sensitive: sensitive::topic(&folded),
        small_talk,
        not_helped: small_talk::not_helped(&folded),
        order: order::question(&folded, order_number.is_some()),
        order_number,
    }
}

/// Builds the tables and learns the scorer ahead of the first message.
pub fn warm() {
    ask::warm();
    mood::warm();
    let _ = understand("hello", "en");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thanks_alone_are_thanks() {
        for text in [
            "Thank you!",
            "thanks, that's all",
            "Danke, das war alles",
            "Muchas gracias por la ayuda",
            "شكرا جزيلا",
            "ありがとうございました、助かりました",
        ] {
            assert!(understand(text, "en").thanks, "{text}");
        }
        for text in ["thanks for nothing", "thanks, but where is my order", "Danke, und wo ist mein Paket?", "help"] {
            assert!(!understand(text, "en").thanks, "{text}");
        }
    }

    #[test]
    fn upset_is_heard_in_five_languages() {
        for text in [
            "This is ridiculous, third time I write and nobody answers!!",
            "WHERE IS MY ORDER?!! THIS IS THE WORST SHOP",
            "Das ist eine Frechheit, ich warte seit Wochen",
            "Estoy harta, llevo semanas esperando y nadie contesta",
            "هذا غير مقبول، أنتظر منذ أسابيع ولا أحد يرد",
            "もう三週間も待っています。いい加減にしてください",
        ] {
            assert!(understand(text, "en").upset, "{text}");
        }
        for text in [
            "How long does a refund take?",
            "Wie schicke ich Schuhe zurück?",
            "送料はいくらですか",
            "كيف أرجع الحذاء؟",
            "the lamp arrived broken, how do I return it",
        ] {
            assert!(!understand(text, "en").upset, "{text}");
        }
    }

    #[test]
    fn sensitive_matters_are_heard() {
        assert_eq!(understand("the lamp caught fire", "en").sensitive, Some(Topic::Safety));
        assert_eq!(understand("Mein Vater ist gestorben, er hatte etwas bestellt", "de").sensitive, Some(Topic::Bereavement));
        assert_eq!(understand("Alguien usó mi tarjeta", "es").sensitive, Some(Topic::Fraud));
        assert_eq!(understand("سأتصل بمحامي", "ar").sensitive, Some(Topic::Legal));
        assert_eq!(understand("やけどしました", "ja").sensitive, Some(Topic::Injury));
        assert_eq!(understand("which brand is the lamp", "en").sensitive, None);
    }

    #[test]
    fn own_orders_are_told_from_policy() {
        for text in [
            "Where is my order?",
            "wo ist mein paket",
            "¿Dónde está mi pedido?",
            "أين طلبي؟",
            "注文はどこですか",
            "order JL-104233 still not here",
        ] {
            assert_eq!(understand(text, "en").order, OrderQuestion::Status, "{text}");
        }
        for text in ["How long does a refund take?", "Wie lange dauert eine Erstattung?", "can I change the size", "送料はいくらですか"]
        {
            assert_ne!(understand(text, "en").order, OrderQuestion::Status, "{text}");
        }
        assert_eq!(understand("it is #JL-104233.", "en").order_number.as_deref(), Some("JL-104233"));
    }

    #[test]
    fn understanding_is_quick() {
        warm();
        let started = std::time::Instant::now();
        for _ in 0..100 {
            let _ = understand("Hello, I ordered a lamp three weeks ago and it came broken. How do I send it back?", "en");
        }
        assert!(started.elapsed().as_millis() < 1000);
    }
}
