//! The names of strings, typed: a name that is not declared does not compile, and a test holds each against every locale file.

/// The place of a string in the list that a language is shipped as. Names would be downloaded twice, in the program and in the
/// language: some 3 kB that nobody reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key(pub u32);

/// Declares names: `SEND = "send";`. A string with plural forms is declared by the name before the dot: `"sources"` for
/// `sources.one` and `sources.other`.
///
/// The order is the order of the shipped list, which `xtask` reads from here; a program's own strings come after those of `ui`:
/// `after warmline_ui::words::COUNT;`.
#[macro_export]
macro_rules! keys {
    (after $first:expr; $( $name:ident = $json:literal; )*) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms, reason = "they count the names and are called as those are")]
        enum Place { $( $name ),* }

        $(
            #[doc = concat!("`", $json, "`")]
            pub const $name: $crate::words::Key = $crate::words::Key($first + Place::$name as u32);
        )*

        /// All names in their order, for the test that holds them against the locale files.
        #[cfg(test)]
        pub const ALL: &[&str] = &[$( $json ),*];
    };
}

/// How many names follow; those of a program begin there. A test counts them.
pub const COUNT: u32 = 46;

keys! {
    after 0;
    ANNOUNCE_MESSAGE = "announce_message";
    ANSWER_STOPPED = "answer_stopped";
    ASSISTANT_WRITING = "assistant_writing";
    AUTHOR_A_PERSON = "author_a_person";
    AUTHOR_ASSISTANT = "author_assistant";
    AUTHOR_PERSON = "author_person";
    AUTHOR_YOU = "author_you";
    CHARACTERS_LEFT = "characters_left";
    CHARACTERS_OVER = "characters_over";
    COMPOSER_HINT = "composer_hint";
    COMPOSER_LABEL = "composer_label";
    NEW_MESSAGES = "new_messages";
    OLDER_LOADING = "older_loading";
    OLDER_MESSAGES = "older_messages";
    OPENS_NEW_TAB = "opens_new_tab";
    ORDER_CARRIER = "order_carrier";
    ORDER_DELIVERED = "order_delivered";
    ORDER_EXPECTED = "order_expected";
    ORDER_ITEM = "order_item";
    ORDER_ITEMS = "order_items";
    ORDER_PLACED = "order_placed";
    ORDER_TITLE = "order_title";
    ORDER_TOTAL = "order_total";
    ORDER_TRACK = "order_track";
    PERSON_WRITING = "person_writing";
    QUICK_REPLIES = "quick_replies";
    SEND = "send";
    SEND_DISCARD = "send_discard";
    SEND_FAILED = "send_failed";
    SEND_RETRY = "send_retry";
    SEND_SEEN = "send_seen";
    SEND_SENDING = "send_sending";
    SEND_SENT = "send_sent";
    SEND_WAITING = "send_waiting";
    SOURCE_OPEN = "source_open";
    SOURCE_QUOTE = "source_quote";
    SOURCE_READ_ALL = "source_read_all";
    SOURCE_RECORD = "source_record";
    SOURCES = "sources";
    STOP = "stop";
    STOP_ANSWER = "stop_answer";
    TODAY = "today";
    TRANSCRIPT_LABEL = "transcript_label";
    TROUBLE_REFUSED = "trouble_refused";
    VIA_EMAIL = "via_email";
    YESTERDAY = "yesterday";
}

#[cfg(test)]
mod tests {
    /// A name stands in a file by itself or, with plural forms, at least as `.other`.
    #[test]
    fn every_name_is_in_every_locale_file() {
        for (language, file) in [
            ("en", include_str!("../../../locales/en.json")),
            ("de", include_str!("../../../locales/de.json")),
            ("es", include_str!("../../../locales/es.json")),
            ("ar", include_str!("../../../locales/ar.json")),
            ("ja", include_str!("../../../locales/ja.json")),
        ] {
            for name in super::ALL {
                let (plain, plural) = (format!("\"{name}\":"), format!("\"{name}.other\":"));
                assert!(file.contains(&plain) || file.contains(&plural), "{name} is not in {language}.json");
            }
        }
    }

    #[test]
    fn the_names_are_counted() {
        assert_eq!(super::ALL.len(), super::COUNT as usize);
        assert_eq!(super::YESTERDAY.0, super::COUNT - 1);
    }
}
