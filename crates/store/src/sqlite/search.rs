//! Words to search by. What a person types is quoted term by term, so that it is never read as the index's own syntax.

use warmline_protocol::Body;

/// Terms of one search; more narrow nothing down.
const TERMS: usize = 8;

/// What an event can be found by: a message's words, the shopper's name and address, the case's code.
pub(super) fn words_of(body: &Body) -> Option<String> {
    let words = match body {
        Body::MessagePosted(posted) => spaced(&posted.text),
        Body::HandoffRequested(requested) => spaced(requested.case_code.as_str()),
        Body::ShopperIdentified(shopper) => {
            let known = [shopper.name.as_deref(), shopper.email.as_deref()];
            spaced(&known.into_iter().flatten().collect::<Vec<_>>().join(" "))
        }
        // A note may be read by agents only, and what is found is not said to be one.
        Body::NotePosted(_)
        | Body::ConversationStarted(_)
        | Body::ContextChanged(_)
        | Body::AssistantDeclined(_)
        | Body::TurnEnded(_)
        | Body::HandoffOffered(_)
        | Body::HandoffOfferDeclined(_)
        | Body::HandoffQueued(_)
        | Body::HandoffPromised(_)
        | Body::PromiseKept(_)
        | Body::PromiseBroken(_)
        | Body::HandoffCancelled(_)
        | Body::AssistantResumed(_)
        | Body::AgentJoined(_)
        | Body::AgentLeft(_)
        | Body::HandoffReturned(_)
        | Body::SummaryWritten(_)
        | Body::SummaryCorrected(_)
        | Body::ResolutionAsked(_)
        | Body::ResolutionAnswered(_)
        | Body::ConversationResolved(_)
        | Body::WaitingOnShopper(_)
        | Body::ConversationLeftOpen(_)
        | Body::ConversationReopened(_)
        | Body::RatingGiven(_)
        | Body::OfferMade(_)
        | Body::OfferEnded(_)
        | Body::SignalNoted(_)
        | Body::CostRecorded(_)
        | Body::Unknown => return None,
    };
    (!words.is_empty()).then_some(words)
}

/// The terms of a search, each an expression of the index; the last letters of a word may be missing.
pub(super) fn terms(words: &str) -> Vec<String> {
    words
        .split_whitespace()
        .filter(|term| term.chars().any(char::is_alphanumeric))
        .take(TERMS)
        .map(|term| format!("\"{}\"*", spaced(term).trim().replace('"', "\"\"")))
        .collect()
}

/// Parts the letters of scripts that write no spaces, so that each is a word of its own and a word of them a phrase.
fn spaced(text: &str) -> String {
    let mut parted = String::with_capacity(text.len());
    for letter in text.chars().filter(|letter| *letter != '\0') {
        if writes_no_spaces(letter) {
            parted.extend([' ', letter, ' ']);
        } else {
            parted.push(letter);
        }
    }
    parted
}

fn writes_no_spaces(letter: char) -> bool {
    matches!(letter,
        '\u{0e00}'..='\u{0eff}' // Thai, Lao
        | '\u{1000}'..='\u{109f}' // Burmese
        | '\u{1780}'..='\u{17ff}' // Khmer
        | '\u{3040}'..='\u{30ff}' // Hiragana, Katakana
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}' // Han
        | '\u{ff66}'..='\u{ff9d}' // Katakana of half width
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_types_is_never_syntax() {
        assert_eq!(terms("a\" OR b* NEAR(c"), ["\"a\"\"\"*", "\"OR\"*", "\"b*\"*", "\"NEAR(c\"*"]);
        assert_eq!(terms(" - !! \" "), Vec::<String>::new());
    }

    #[test]
    fn scripts_without_spaces_are_searched_letter_by_letter() {
        assert_eq!(terms("返品 WL-2B"), ["\"返  品\"*", "\"WL-2B\"*"]);
    }
}
