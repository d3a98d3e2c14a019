//! Whole turns: when the assistant answers, asks back, declines, offers a person and hands over.
use crate::support::{ask, lines, quick, shop};
use warmline_assistant::{Article, Articles, Outcome, Question, Reason, Rules, Speaker, Way, handover_sentence, summary};

fn asked(texts: &[&str]) -> Question {
    Question { locale: "en".into(), lines: lines(texts), ..Question::default() }
}

#[tokio::test]
async fn an_answer_is_the_passage_with_a_citation() {
    let (outcome, text) = ask(&quick(shop()), Question::new("How long does a refund take?", "en")).await;
    let Outcome::Answer { citations, offer, .. } = outcome else { panic!("{outcome:?}") };
    assert!(text.contains("- Cards: a refund to a card takes 3 to 5 working days."), "{text}");
    assert_eq!((citations[0].id.as_str(), offer), ("refunds", None));
    assert!(text.contains(&citations[0].quote));
}

#[tokio::test]
async fn a_refund_question_is_answered_over_any_reasonable_shop() {
    for (title, body) in [
        ("Refunds", "Once we receive your return, your refund is processed within 5-7 business days to the original payment method."),
        (
            "Returns & Refunds",
            "You have 14 days to return an item.\n\n## Refund\nMoney is paid back within two weeks after we get the goods.",
        ),
        ("When will I get my money back?", "Refunds arrive on your account 10 days after the return was scanned."),
        (
            "Return policy",
            "Send items back within 30 days.\n\n### Refund processing\nPlease allow up to 10 working days for your refund to appear.",
        ),
    ] {
        let other = crate::support::article("ship", "Shipping", "en", "We ship within 2 days. Shipping costs £4.");
        let shop = Articles::new([Article { locale: None, ..crate::support::article("r", title, "en", body) }, other]);
        let (outcome, text) = ask(&quick(shop), Question::new("How long does a refund take?", "en")).await;
        assert!(matches!(&outcome, Outcome::Answer { citations, .. } if citations.len() == 1 && citations[0].id == "r"), "{title}: {text}");
    }
}

#[tokio::test]
async fn a_person_asked_for_in_words_is_got_with_one_sentence() {
    let (outcome, text) = ask(&quick(shop()), Question::new("can i talk to a real person please", "en")).await;
    assert!(matches!(outcome, Outcome::HandOver { reason: "asked", .. }));
    assert_eq!(text, handover_sentence("en"));
}

#[tokio::test]
async fn yes_to_an_offer_is_an_ask() {
    let (first, text) = ask(&quick(shop()), Question::new("Do you ship to Brazil?", "en")).await;
    assert!(matches!(first, Outcome::Decline { reason: "no_source", offer: true, .. }), "{first:?}");
    let (second, _) = ask(&quick(shop()), asked(&["Do you ship to Brazil?", &text, "yes please"])).await;
    assert!(matches!(second, Outcome::HandOver { reason: "asked", .. }), "{second:?}");
    let (third, _) = ask(&quick(shop()), asked(&["Do you ship to Brazil?", &text, "no thanks"])).await;
    assert!(matches!(third, Outcome::Answer { .. }), "{third:?}");
}

#[tokio::test]
async fn what_no_source_supports_is_declined() {
    for question in [
        "Can I pay with Klarna?",
        "Do you have a shop in Madrid?",
        "Do you sell bicycles?",
        "Tell me a joke",
        "How much is the Harper sofa?",
    ] {
        let (outcome, _) = ask(&quick(shop()), Question::new(question, "en")).await;
        assert!(matches!(outcome, Outcome::Decline { offer: true, .. }), "{question}: {outcome:?}");
    }
}

#[tokio::test]
async fn small_talk_states_no_facts() {
    for (text, lang) in [("Hello", "en"), ("Danke schön", "de"), ("¿eres un bot?", "es"), ("مرحبا", "ar"), ("何ができますか", "ja")]
    {
        let (outcome, _) = ask(&quick(shop()), Question::new(text, lang)).await;
        assert!(matches!(&outcome, Outcome::Answer { citations, offer: None, .. } if citations.is_empty()), "{text}: {outcome:?}");
    }
}

#[tokio::test]
async fn an_upset_shopper_hears_their_problem_first() {
    let question =
        Question::new("This is ridiculous, my refund is three weeks late and nobody answers!! How long does a refund take?", "en");
    let (outcome, text) = ask(&quick(shop()), question).await;
    assert!(text.starts_with("“my refund is three weeks late and nobody answers”"), "{text}");
    assert!(matches!(outcome, Outcome::Answer { offer: Some("upset"), .. } | Outcome::Offer { reason: "upset", .. }), "{outcome:?}");
}

#[tokio::test]
async fn the_same_question_again_brings_another_way_or_a_person() {
    let question = "How long does a refund take?";
    let (_, first) = ask(&quick(shop()), Question::new(question, "en")).await;
    let (second, text) = ask(&quick(shop()), asked(&[question, &first, "how long does the refund take??"])).await;
    assert!(matches!(second, Outcome::Answer { offer: Some("repeated"), .. } | Outcome::Offer { reason: "repeated", .. }), "{second:?}");
    let long = |text: &str| text.split(['\n', '.']).map(str::trim).filter(|part| part.len() > 12).map(str::to_owned).collect::<Vec<_>>();
    assert!(long(&text).iter().all(|part| !first.contains(part.as_str())), "{text}");
}

#[tokio::test]
async fn not_yet_never_gives_the_same_passage_and_twice_offers_a_person() {
    let question = "How long does a refund take?";
    let (_, first) = ask(&quick(shop()), Question::new(question, "en")).await;
    let again = Question { another_way: true, ..asked(&[question, &first, "Not yet"]) };
    let (second, text) = ask(&quick(shop()), again).await;
    assert_ne!(text, first);
    let third = Question { another_way: true, ..asked(&[question, &first, "that didn't help", &text, "that did not help either"]) };
    let (third, _) = ask(&quick(shop()), third).await;
    assert!(matches!(third, Outcome::Offer { reason: "unhelpful", .. }), "{second:?} {third:?}");
}

#[tokio::test]
async fn rules_decide_between_offer_and_handover() {
    let mut question = Question::new("the lamp caught fire", "en");
    assert!(matches!(ask(&quick(shop()), question.clone()).await.0, Outcome::Offer { reason: "sensitive", .. }));
    question.rules = Rules { ways: [(Reason::Sensitive, Way::HandOver)].into(), ..Rules::default() };
    assert!(matches!(ask(&quick(shop()), question).await.0, Outcome::HandOver { reason: "sensitive", .. }));
    let vip = Question { vip: true, ..Question::new("How can I pay?", "en") };
    assert!(matches!(ask(&quick(shop()), vip.clone()).await.0, Outcome::Answer { offer: Some("vip"), .. }));
    let declined = Question { declined: vec!["vip".into()], ..vip };
    assert!(matches!(ask(&quick(shop()), declined).await.0, Outcome::Answer { offer: None, .. }));
}

#[tokio::test]
async fn an_article_in_another_language_is_shown_and_said_so() {
    let (outcome, text) = ask(&quick(shop()), Question::new("كم يستغرق استرداد المبلغ؟", "ar")).await;
    assert!(matches!(&outcome, Outcome::Answer { citations, .. } if citations[0].id == "refunds"), "{outcome:?}");
    assert!(text.contains("الإنجليزية") && outcome.signals().contains(&"foreign_article"), "{text}");
}

#[tokio::test]
async fn the_market_comes_first() {
    let shop = || {
        Articles::new([
            crate::support::article("window", "How long can I return something?", "en-GB", "You can return everything within 30 days."),
            crate::support::article("window", "How long can I return something?", "en-US", "You can return everything within 45 days."),
        ])
    };
    for (market, days) in [("GB", "30 days"), ("en-US", "45 days")] {
        let question = Question { market: Some(market.into()), ..Question::new("how many days do I have to return something", "en") };
        let (_, text) = ask(&quick(shop()), question).await;
        assert!(text.contains(days), "{market}: {text}");
    }
}

#[tokio::test]
async fn an_order_is_never_told_to_a_stranger() {
    let (outcome, text) = ask(&quick(shop()), Question::new("Where is my order JL-104233?", "en")).await;
    assert!(text.contains("signed in"), "{text}");
    assert!(matches!(outcome, Outcome::Answer { order: None, .. } | Outcome::Decline { reason: "sign_in", .. }), "{outcome:?}");
}

#[tokio::test]
async fn a_draft_for_an_agent_has_no_frame() {
    let (out, mut pieces) = tokio::sync::mpsc::channel(64);
    let assistant = quick(shop());
    let drain = async { while pieces.recv().await.is_some() {} };
    let (draft, ()) = tokio::join!(assistant.suggestion(Question::new("How can I pay?", "en"), out), drain);
    assert_eq!((draft.text.as_str(), draft.citations.len()), ("We take Visa, Mastercard and PayPal.", 1));
}

#[tokio::test]
async fn dropping_a_turn_stops_it() {
    let assistant = warmline_assistant::Assistant::embedded(shop());
    let (out, mut pieces) = tokio::sync::mpsc::channel(64);
    let turn = tokio::spawn(async move { assistant.turn(Question::new("How long does a refund take?", "en"), out).await });
    assert!(pieces.recv().await.is_some());
    turn.abort();
    while pieces.recv().await.is_some() {}
    assert!(turn.await.unwrap_err().is_cancelled());
}

#[test]
fn a_summary_points_to_its_lines() {
    let made =
        summary(&lines(&["My lamp came broken, order JL-104233", "It is written in “Broken”:", "Can you send a new one?"]), None, "en");
    assert_eq!((made.problem.as_str(), made.wants.as_str()), ("My lamp came broken, order JL-104233", "Can you send a new one?"));
    assert_eq!(made.lines["wants"], [3]);
    assert_eq!(lines(&["a"])[0].author, Speaker::Shopper);
}
