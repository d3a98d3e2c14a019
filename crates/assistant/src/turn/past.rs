//! What the conversation so far tells about this turn.

use super::question::{Line, Question, Speaker};
use crate::sentences::phrasings;
use crate::text::{Language, fold, words};
use crate::understand::{SmallTalk, understand};

/// What went before.
#[derive(Debug, Default)]
pub(crate) struct Past {
    /// The shopper's earlier questions, without small talk, the oldest first.
    pub(crate) questions: Vec<String>,
    /// How often the shopper said that an answer did not help, this time included.
    pub(crate) unhelped: usize,
    /// Whether an earlier message was upset.
    pub(crate) upset: bool,
    /// Whether the last word of the assistant asks the shopper something back.
    pub(crate) asked_back: bool,
    /// Whether the last word of the assistant offers a person.
    pub(crate) offered: bool,
    /// Whether the last word of the assistant asks which order is meant.
    pub(crate) which_order: bool,
}

impl Past {
    pub(crate) fn read(question: &Question, language: Language) -> Self {
        let mut past = Self::default();
        let last = question.lines.iter().rposition(|line| line.author == Speaker::Shopper).unwrap_or(0);
        for line in question.lines.get(..last).unwrap_or_default().iter().filter(|line| line.author == Speaker::Shopper) {
            let said = understand(&line.text, &question.locale);
            past.unhelped += usize::from(said.not_helped);
            past.upset |= said.upset;
            if said.small_talk.is_none() && !answers_offer(&line.text) {
                past.questions.push(line.text.clone());
            }
        }
        let now = understand(question.text(), &question.locale);
        past.unhelped += usize::from(now.not_helped || question.another_way);
        if let Some(before) = question.lines.get(..last).unwrap_or_default().iter().rfind(|line| line.author == Speaker::Assistant) {
            past.asked_back = holds(before, language, &["assistant.ask_back", "assistant.ask_back.problem", "assistant.order.which"]);
            past.which_order = holds(before, language, &["assistant.order.which"]);
            past.offered = holds(before, language, &OFFERS);
        }
        past
    }
}

const OFFERS: [&str; 22] = [
    "assistant.offer.upset",
    "assistant.offer.repeated",
    "assistant.offer.unhelpful",
    "assistant.offer.unsure",
    "assistant.offer.vip",
    "assistant.offer.high_value",
    "assistant.offer.sensitive.fraud",
    "assistant.offer.sensitive.safety",
    "assistant.offer.sensitive.injury",
    "assistant.offer.sensitive.bereavement",
    "assistant.offer.sensitive.hardship",
    "assistant.offer.sensitive.legal",
    "assistant.offer.sensitive.discrimination",
    "assistant.offer.sensitive.minor",
    "assistant.decline",
    "assistant.decline.off_topic",
    "assistant.order.sign_in",
    "assistant.order.not_found",
    "assistant.order.none",
    "assistant.order.unavailable",
    "assistant.order.sign_in_for",
    "assistant.upset.open",
];

/// Whether a line holds a sentence of one of these keys: its longest part without places is enough to know it.
fn holds(line: &Line, language: Language, keys: &[&str]) -> bool {
    let stem = |text: &'static str| text.split(['{', '}']).max_by_key(|part| part.chars().count()).unwrap_or(text).trim();
    let languages = [language].into_iter().chain(Language::ALL.into_iter().filter(move |other| *other != language));
    languages.flat_map(|language| keys.iter().flat_map(move |key| phrasings(language, key))).any(|text| line.text.contains(stem(text)))
}

const YES: &str = "yes yeah yep yup sure ok okay please yes please do ja gern gerne bitte jo klar si claro vale por favor dale نعم ايوه اي ياريت تمام من فضلك اجل はい ええ お願いします うん お願い ぜひ おねがい";
/// One of these makes it a no; the others may stand beside it.
const DENIES: &str = "no nope nah not never forget nein nicht egal vergiss schon dejalo لا ليس خلاص いいえ いや 結構です いりません もういいです もういい 大丈夫です";
const NO: &str = "no nope nah not now thanks thank you ok okay fine alright it's its that's thats all good never mind forget it leave it later i'm im right then well too ach na egal schon gut passt alles vergiss es das ist brauche ich gerade mehr jetzt dann bueno vale esta bien dejalo da igual por hace falta شكرا خلاص مو مش لازم داعي بأس باس もういいです もういい ありがとう ありがとうございます later nein nicht danke lieber no gracias ahora لا شكرا ليس الان いいえ いや 結構です 大丈夫です いりません";

/// Yes, and nothing else.
pub(crate) fn says_yes(text: &str) -> bool {
    only(text, YES)
}

/// No, and nothing else.
pub(crate) fn says_no(text: &str) -> bool {
    only(text, NO) && words(&fold(text)).iter().any(|word| DENIES.split(' ').any(|known| known == word))
}

/// How a question goes on with the one before.
const JOINTS: [&str; 20] = [
    "and ",
    "what about ",
    "how about ",
    "with ",
    "und ",
    "was ist mit ",
    "bei ",
    "mit ",
    "y ",
    "que tal ",
    "que pasa con ",
    "con ",
    "وماذا عن",
    "ماذا عن",
    "وب",
    "ومع",
    "では",
    "じゃあ",
    "それで",
    "だと",
];

/// A short question that begins where the last one ended.
pub(crate) fn goes_on(text: &str) -> bool {
    let folded = fold(text);
    let joined = JOINTS.iter().any(|joint| folded.starts_with(joint)) || folded.contains("の場合") || folded.contains("なら");
    joined && is_short(text)
}

/// So short that it leans on what was said before.
pub(crate) fn is_short(text: &str) -> bool {
    let folded = fold(text);
    folded.chars().count() <= 48 && words(&folded).len() <= 7
}

const ON: &str = "what now so and then next und was jetzt nun also dann y ahora que entonces وماذا ماذا الان بعد والان それで 今度は";

/// "What now?", and nothing else.
pub(crate) fn asks_on(text: &str) -> bool {
    only(text, ON) && text.contains(['?', '？', '؟'])
}

pub(crate) fn answers_offer(text: &str) -> bool {
    says_yes(text) || says_no(text)
}

fn only(text: &str, list: &str) -> bool {
    let found = words(&fold(text));
    !found.is_empty() && found.len() <= 7 && found.iter().all(|word| list.split(' ').any(|known| known == word))
}

/// Small talk that is a turn of its own.
pub(crate) fn talk_key(talk: SmallTalk) -> Option<&'static str> {
    match talk {
        SmallTalk::Greeting => Some("assistant.greeting"),
        SmallTalk::Thanks => Some("assistant.thanks"),
        SmallTalk::Bye => Some("assistant.bye"),
        SmallTalk::Who => Some("assistant.who"),
        SmallTalk::Can => Some("assistant.can"),
        SmallTalk::Help => Some("assistant.help"),
        SmallTalk::NotHelped => None,
    }
}
