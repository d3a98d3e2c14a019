//! The hosted page's words, by typed keys: a language that lacks one does not pass the test below.

use std::sync::LazyLock;

use serde::Deserialize;

/// A language that the page is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    /// English.
    En,
    /// German.
    De,
    /// Spanish.
    Es,
    /// Arabic.
    Ar,
    /// Japanese.
    Ja,
}

impl Language {
    const ALL: [Language; 5] = [Language::En, Language::De, Language::Es, Language::Ar, Language::Ja];

    /// Its tag, for `lang`.
    pub(super) const fn tag(self) -> &'static str {
        match self {
            Language::En => "en",
            Language::De => "de",
            Language::Es => "es",
            Language::Ar => "ar",
            Language::Ja => "ja",
        }
    }

    /// Its direction, for `dir`.
    pub(super) const fn direction(self) -> &'static str {
        match self {
            Language::Ar => "rtl",
            Language::En | Language::De | Language::Es | Language::Ja => "ltr",
        }
    }

    /// The language of a locale; English when the page is not written in it.
    pub(super) fn of_locale(locale: &str) -> Self {
        let language = locale.split(['-', '_']).next().unwrap_or_default();
        Language::ALL.into_iter().find(|known| known.tag().eq_ignore_ascii_case(language)).unwrap_or(Language::En)
    }

    /// Its words.
    pub(super) fn words(self) -> &'static Words {
        static WORDS: LazyLock<[Words; 5]> = LazyLock::new(|| Language::ALL.map(read));
        &WORDS[self as usize]
    }

    /// A text with its places filled in. In a text that runs from right to left each value keeps to itself, so that a name or a clock
    /// time does not turn the words around it.
    pub(super) fn fill(self, text: &str, values: &[(&str, &str)]) -> String {
        let mut filled = String::with_capacity(text.len() + 16);
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            let Some((name, end)) = after.split_once('}') else { break };
            let value = values.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value);
            match self {
                Language::Ar => filled.extend(["\u{2068}", value, "\u{2069}"]),
                Language::En | Language::De | Language::Es | Language::Ja => filled.push_str(value),
            }
            rest = end;
        }
        filled.push_str(rest);
        filled
    }

    /// The form of a count.
    pub(super) fn count(self, forms: &Plural, count: u32) -> String {
        let form = match self {
            Language::En | Language::De | Language::Es if count == 1 => &forms.one,
            Language::Es if count != 0 && count.is_multiple_of(1_000_000) => &forms.many,
            Language::Ar => match (count, count % 100) {
                (0, _) => &forms.zero,
                (1, _) => &forms.one,
                (2, _) => &forms.two,
                (_, 3..=10) => &forms.few,
                (_, 11..=99) => &forms.many,
                (_, _) => &None,
            },
            Language::En | Language::De | Language::Es | Language::Ja => &None,
        };
        self.fill(form.as_ref().unwrap_or(&forms.other), &[("count", &count.to_string())])
    }
}

const fn text(language: Language) -> &'static str {
    match language {
        Language::En => include_str!("../../../../locales/server/hosted.en.json"),
        Language::De => include_str!("../../../../locales/server/hosted.de.json"),
        Language::Es => include_str!("../../../../locales/server/hosted.es.json"),
        Language::Ar => include_str!("../../../../locales/server/hosted.ar.json"),
        Language::Ja => include_str!("../../../../locales/server/hosted.ja.json"),
    }
}

fn read(language: Language) -> Words {
    // The test reads each of them, so an unreadable one cannot be released.
    serde_json::from_str(text(language)).unwrap_or_default()
}

/// The forms of a text with a count, by the categories of CLDR.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Plural {
    zero: Option<String>,
    one: Option<String>,
    two: Option<String>,
    few: Option<String>,
    many: Option<String>,
    other: String,
}

/// All words of the page in one language. The names say what they stand for; the English file says what they read like.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub(super) language_name: String,
    pub(super) author_you: String,
    pub(super) author_assistant: String,
    pub(super) author_person: String,
    pub(super) author_a_person: String,
    pub(super) header_assistant: String,
    pub(super) header_waiting: String,
    pub(super) header_waiting_place: String,
    pub(super) header_waiting_reply: String,
    pub(super) header_person: String,
    pub(super) header_waiting_on_you: String,
    pub(super) header_left_open: String,
    pub(super) header_resolved: String,
    pub(super) header_closed_by_person: String,
    pub(super) talk_to_person: String,
    pub(super) person_hint_ready: String,
    pub(super) person_hint_next: String,
    pub(super) person_hint_waiting: String,
    pub(super) person_hint_here: String,
    pub(super) person_hint_resolved: String,
    pub(super) first_greeting: String,
    pub(super) first_plain: String,
    pub(super) first_questions: String,
    pub(super) quick_replies: String,
    pub(super) composer_label: String,
    pub(super) composer_placeholder: String,
    pub(super) composer_placeholder_person: String,
    pub(super) composer_placeholder_waiting: String,
    pub(super) send: String,
    pub(super) send_sent: String,
    pub(super) send_seen: String,
    pub(super) assistant_writing: String,
    pub(super) answer_stopped: String,
    pub(super) source_quote: String,
    pub(super) source_read_all: String,
    pub(super) source_record: String,
    pub(super) order_title: String,
    pub(super) order_placed: String,
    pub(super) order_expected: String,
    pub(super) order_delivered: String,
    pub(super) order_carrier: String,
    pub(super) order_items: String,
    pub(super) order_item: String,
    pub(super) order_total: String,
    pub(super) order_track: String,
    pub(super) receipt_title: String,
    pub(super) case_code: String,
    pub(super) receipt_code_hint: String,
    pub(super) receipt_steps: String,
    pub(super) receipt_asked: String,
    pub(super) receipt_reopened: String,
    pub(super) receipt_joins: String,
    pub(super) receipt_joined: String,
    pub(super) receipt_reads: String,
    pub(super) receipt_read: String,
    pub(super) receipt_answers: String,
    pub(super) receipt_answered: String,
    pub(super) step_done: String,
    pub(super) step_now: String,
    pub(super) step_to_come: String,
    pub(super) queue_place_label: String,
    pub(super) wait_label: String,
    pub(super) wait_unknown: String,
    pub(super) next_staffed: String,
    pub(super) nobody_on_shift: String,
    pub(super) promise_label: String,
    pub(super) promise_by: String,
    pub(super) promise_reply_by: String,
    pub(super) promise_broken_short: String,
    pub(super) promise_kept: String,
    pub(super) cancel_waiting: String,
    pub(super) meanwhile_ask: String,
    pub(super) meanwhile_on: String,
    pub(super) offer_title: String,
    pub(super) offer_upset: String,
    pub(super) offer_repeated: String,
    pub(super) offer_unhelpful: String,
    pub(super) offer_sensitive: String,
    pub(super) offer_no_source: String,
    pub(super) offer_vip: String,
    pub(super) offer_high_value: String,
    pub(super) offer_unsure: String,
    pub(super) offer_not_solved: String,
    pub(super) offer_other: String,
    pub(super) offer_decline: String,
    pub(super) summary_title: String,
    pub(super) summary_title_waiting: String,
    pub(super) summary_problem: String,
    pub(super) summary_wants: String,
    pub(super) summary_order: String,
    pub(super) summary_tried: String,
    pub(super) summary_quote: String,
    pub(super) summary_show_line: String,
    pub(super) summary_wrong: String,
    pub(super) summary_correct_label: String,
    pub(super) summary_correct_send: String,
    pub(super) summary_correction: String,
    pub(super) solved_question: String,
    pub(super) solved_yes: String,
    pub(super) solved_not_yet: String,
    pub(super) solved_thanks: String,
    pub(super) resolved_by_you: String,
    pub(super) resolved_by_person: String,
    pub(super) resolved_reason: String,
    pub(super) resolved_is_it: String,
    pub(super) not_solved: String,
    pub(super) reopen_hint: String,
    pub(super) left_open: String,
    pub(super) rating_question: String,
    pub(super) rating_1: String,
    pub(super) rating_2: String,
    pub(super) rating_3: String,
    pub(super) rating_4: String,
    pub(super) rating_5: String,
    pub(super) rating_comment: String,
    pub(super) rating_send: String,
    pub(super) rating_thanks: String,
    pub(super) rating_change: String,
    pub(super) notice_requested: String,
    pub(super) notice_joined: String,
    pub(super) notice_left_transfer: String,
    pub(super) notice_left_shift_ended: String,
    pub(super) notice_left_gone: String,
    pub(super) notice_left_silent: String,
    pub(super) notice_returned: String,
    pub(super) notice_cancelled: String,
    pub(super) notice_solved: String,
    pub(super) notice_resolved_by_person: String,
    pub(super) notice_reopened: String,
    pub(super) trouble_too_long: String,
    pub(super) trouble_server: String,
    pub(super) transcript_label: String,
    pub(super) older_messages: String,
    pub(super) page_title: String,
    pub(super) skip_to_composer: String,
    pub(super) language: String,
    pub(super) language_change: String,
    pub(super) show_new: String,
    pub(super) watching: String,
    pub(super) stop_watching: String,
    pub(super) not_watching: String,
    pub(super) start_watching: String,
    pub(super) newest_messages: String,
    pub(super) time_zone: String,
    pub(super) forget_title: String,
    pub(super) forget_text: String,
    pub(super) forget_button: String,
    pub(super) forgotten: String,
    pub(super) trouble_empty: String,
    pub(super) trouble_limit: String,
    pub(super) trouble_changed: String,
    pub(super) trouble_elsewhere: String,
    pub(super) unknown_title: String,
    pub(super) unknown_text: String,
    pub(super) day_and_time: String,
    pub(super) day: String,
    pub(super) sources: Plural,
    pub(super) queue_place: Plural,
    pub(super) wait_minutes: Plural,
    pub(super) weekdays: [String; 7],
    pub(super) months: [String; 12],
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use serde_json::Value;

    use super::*;

    fn places(value: &Value) -> BTreeSet<String> {
        match value {
            Value::String(text) => text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).map(str::to_owned).collect(),
            // A form may leave its number out ("next in line"), so forms are counted together.
            Value::Object(forms) => forms.values().flat_map(places).collect(),
            _ => BTreeSet::new(),
        }
    }

    fn words(value: &Value) -> Vec<&str> {
        match value {
            Value::String(text) => vec![text],
            Value::Object(forms) => forms.values().flat_map(words).collect(),
            Value::Array(list) => list.iter().flat_map(words).collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn each_language_has_each_word_with_the_same_places() {
        let file = |language| serde_json::from_str::<BTreeMap<String, Value>>(text(language)).unwrap();
        let english = file(Language::En);
        for language in Language::ALL {
            serde_json::from_str::<Words>(text(language)).unwrap_or_else(|error| panic!("{language:?}: {error}"));
            for (key, value) in file(language) {
                assert_eq!(places(&value), places(&english[&key]), "{language:?} {key}");
                for text in words(&value) {
                    assert!(!text.trim().is_empty() && !text.contains(['!', '！']), "{language:?} {key}");
                }
            }
        }
    }

    #[test]
    fn a_count_takes_its_form() {
        let place = |language: Language, count| language.count(&language.words().queue_place, count);
        assert_eq!(place(Language::En, 1), "next in line");
        assert_eq!(place(Language::En, 3), "number 3 in line");
        assert_ne!(place(Language::Ar, 2), place(Language::Ar, 5));
        assert_eq!(place(Language::Ja, 4), "4番目");
    }

    #[test]
    fn a_value_is_filled_in_once_and_keeps_its_own_braces() {
        assert_eq!(Language::En.fill("{name} hands on", &[("name", "{time}"), ("time", "no")]), "{time} hands on");
        assert_eq!(Language::Ar.fill("{name}", &[("name", "Ada")]), "\u{2068}Ada\u{2069}");
        assert_eq!(Language::of_locale("de-AT"), Language::De);
        assert_eq!(Language::of_locale("fr"), Language::En);
    }
}
