//! The names of the console's strings, typed: a test holds each against every file in `locales/console`. `ui`'s own names are in those
//! files too, worded for who answers.

warmline_ui::keys! {
    after warmline_ui::words::COUNT;
    ACCEPT = "accept";
    ACCOUNT_HINT = "account_hint";
    ANNOUNCE_BROKEN = "announce_broken";
    ANNOUNCE_MESSAGE_ELSEWHERE = "announce_message_elsewhere";
    ANNOUNCE_MESSAGE_HERE = "announce_message_here";
    ANNOUNCE_OFFER = "announce_offer";
    ANSWERED = "answered";
    ATTRIBUTES_TITLE = "attributes_title";
    BACK = "back";
    BACK_TO_TALK = "back_to_talk";
    BEGINNING_LEFT_OUT = "beginning_left_out";
    BRAND = "brand";
    BUSY = "busy";
    CANCEL = "cancel";
    CAPACITY_LABEL = "capacity_label";
    CASE_TITLE = "case_title";
    CLOSE = "close";
    DID_ASK = "did_ask";
    DID_BREAK = "did_break";
    DID_CANCEL = "did_cancel";
    DID_END_SHIFT = "did_end_shift";
    DID_GO = "did_go";
    DID_HAND_OVER = "did_hand_over";
    DID_JOIN = "did_join";
    DID_REOPEN = "did_reopen";
    DID_RESOLVE = "did_resolve";
    DID_RETURN = "did_return";
    DID_SOLVE = "did_solve";
    DID_STAY_SILENT = "did_stay_silent";
    DID_TRANSFER = "did_transfer";
    DRAFT_ASK = "draft_ask";
    DRAFT_DISMISS = "draft_dismiss";
    DRAFT_NONE = "draft_none";
    DRAFT_READY = "draft_ready";
    DRAFT_STOP = "draft_stop";
    DRAFT_TITLE = "draft_title";
    DRAFT_USE = "draft_use";
    DRAFT_WRITING = "draft_writing";
    EMAIL = "email";
    FACT_AGENT = "fact_agent";
    FACT_ASKED = "fact_asked";
    FACT_CODE = "fact_code";
    FACT_EMAIL = "fact_email";
    FACT_LANGUAGE = "fact_language";
    FACT_PAGE = "fact_page";
    FACT_PROMISE = "fact_promise";
    FACT_RATING = "fact_rating";
    FACT_REASON = "fact_reason";
    FACT_REOPENED = "fact_reopened";
    FACT_RESOLVED = "fact_resolved";
    FACT_SIGNALS = "fact_signals";
    FACT_VIP = "fact_vip";
    FACT_VIP_YES = "fact_vip_yes";
    FILTER_ALL = "filter_all";
    FILTER_LABEL = "filter_label";
    FOUND_BUSY = "found_busy";
    FOUND_COUNT = "found_count";
    FOUND_NONE = "found_none";
    FOUND_TITLE = "found_title";
    HELP_INTRO = "help_intro";
    HELP_OPEN = "help_open";
    HELP_TITLE = "help_title";
    IDLE_AWAY = "idle_away";
    IDLE_HERE = "idle_here";
    IDLE_KEYS = "idle_keys";
    IDLE_OFFER = "idle_offer";
    IDLE_TITLE = "idle_title";
    IDLE_WAITING = "idle_waiting";
    KEYS_LABEL = "keys_label";
    KEY_ACCEPT = "key_accept";
    KEY_DRAFT = "key_draft";
    KEY_HELP = "key_help";
    KEY_NEXT = "key_next";
    KEY_NOTE = "key_note";
    KEY_PASS = "key_pass";
    KEY_PREVIOUS = "key_previous";
    KEY_REPLY = "key_reply";
    KEY_RESOLVE = "key_resolve";
    KEY_RETURN = "key_return";
    KEY_SEARCH = "key_search";
    KEY_SHIFT = "key_shift";
    KEY_TAKE = "key_take";
    KEY_TRANSFER = "key_transfer";
    KNOWN_TITLE = "known_title";
    LANGUAGE_LABEL = "language_label";
    LEAVE_HAND_ON = "leave_hand_on";
    LEAVE_HAND_ON_HINT = "leave_hand_on_hint";
    LEAVE_INTRO = "leave_intro";
    LEAVE_KEEP = "leave_keep";
    LEAVE_KEEP_HINT = "leave_keep_hint";
    LEAVE_STAY = "leave_stay";
    LEAVE_TITLE = "leave_title";
    LET_PASS = "let_pass";
    LINE_CONNECTING = "line_connecting";
    LINE_DOWN = "line_down";
    LINE_LABEL = "line_label";
    LINE_LIVE = "line_live";
    LINE_LOST = "line_lost";
    LINE_OFFLINE = "line_offline";
    LIST_LABEL = "list_label";
    LOADING = "loading";
    LOGIN_BUSY = "login_busy";
    LOGIN_INTRO = "login_intro";
    LOGIN_OVER = "login_over";
    LOGIN_SUBMIT = "login_submit";
    LOGIN_TITLE = "login_title";
    LOG_OUT = "log_out";
    NOBODY_YET = "nobody_yet";
    NOTE = "note";
    NOTE_BY = "note_by";
    NOTE_FAILED = "note_failed";
    NOTE_HINT = "note_hint";
    NOTE_LABEL = "note_label";
    NOTICES_LABEL = "notices_label";
    NOT_MINE_ASSISTED = "not_mine_assisted";
    NOT_MINE_LEFT_OPEN = "not_mine_left_open";
    NOT_MINE_OTHER = "not_mine_other";
    NOT_MINE_QUEUED = "not_mine_queued";
    NOT_MINE_RESOLVED = "not_mine_resolved";
    OFFERS_TITLE = "offers_title";
    ORDER = "order";
    OVERVIEW_PEOPLE = "overview_people";
    OVERVIEW_PROMISES = "overview_promises";
    OVERVIEW_PROMISES_NONE = "overview_promises_none";
    OVERVIEW_TITLE = "overview_title";
    OVERVIEW_WAITING = "overview_waiting";
    OVERVIEW_WAITING_COUNT = "overview_waiting_count";
    OWN_EMPTY_AWAY = "own_empty_away";
    OWN_EMPTY_HERE = "own_empty_here";
    OWN_TITLE = "own_title";
    PAGE_TITLE = "page_title";
    PASSWORD = "password";
    PERSON_AWAY = "person_away";
    PERSON_HERE = "person_here";
    PERSON_HERE_UNSEEN = "person_here_unseen";
    PERSON_LOAD = "person_load";
    PHASE_ASSISTED = "phase_assisted";
    PHASE_LEFT_OPEN = "phase_left_open";
    PHASE_QUEUED = "phase_queued";
    PHASE_RESOLVED = "phase_resolved";
    PHASE_WAITING_ON_SHOPPER = "phase_waiting_on_shopper";
    PHASE_WITH_PERSON = "phase_with_person";
    PROMISED_BY = "promised_by";
    PROMISE_BROKEN_BY = "promise_broken_by";
    PROMISE_KEPT = "promise_kept";
    PROMISE_WAS_BROKEN = "promise_was_broken";
    RATING_OF = "rating_of";
    REASON_ASKED = "reason_asked";
    REASON_EMPTY = "reason_empty";
    REASON_HIGH_VALUE = "reason_high_value";
    REASON_LABEL = "reason_label";
    REASON_NOT_SOLVED = "reason_not_solved";
    REASON_NO_SOURCE = "reason_no_source";
    REASON_REPEATED = "reason_repeated";
    REASON_SENSITIVE = "reason_sensitive";
    REASON_STEPPED_IN = "reason_stepped_in";
    REASON_TAP = "reason_tap";
    REASON_THEIR_WORDS = "reason_their_words";
    REASON_UNHELPFUL = "reason_unhelpful";
    REASON_UNSURE = "reason_unsure";
    REASON_UPSET = "reason_upset";
    REASON_VIP = "reason_vip";
    REPLY = "reply";
    REPLY_HINT = "reply_hint";
    REPLY_LABEL = "reply_label";
    RESOLVE = "resolve";
    RESOLVED_BY_AGENT = "resolved_by_agent";
    RESOLVED_BY_SHOPPER = "resolved_by_shopper";
    RESOLVE_INTRO = "resolve_intro";
    RESOLVE_TITLE = "resolve_title";
    RETURN = "return";
    RETURN_INTRO = "return_intro";
    RETURN_TITLE = "return_title";
    SEARCH_CLEAR = "search_clear";
    SEARCH_HINT = "search_hint";
    SEARCH_LABEL = "search_label";
    SECONDS_LEFT = "seconds_left";
    SHIFT_AWAY = "shift_away";
    SHIFT_HERE = "shift_here";
    SHIFT_LABEL = "shift_label";
    SHIFT_START = "shift_start";
    SHOPPER = "shopper";
    SHOW_LINE = "show_line";
    SHOW_LINE_OF = "show_line_of";
    SIGNAL_HIGH_VALUE = "signal_high_value";
    SIGNAL_NO_SOURCE = "signal_no_source";
    SIGNAL_REPEATED = "signal_repeated";
    SIGNAL_SENSITIVE = "signal_sensitive";
    SIGNAL_UNHELPFUL = "signal_unhelpful";
    SIGNAL_UPSET = "signal_upset";
    SOUND_LABEL = "sound_label";
    STANDS_IN_LINE = "stands_in_line";
    STANDS_SOLVED = "stands_solved";
    STANDS_WITH = "stands_with";
    SUMMARY_COMING = "summary_coming";
    SUMMARY_CORRECTION = "summary_correction";
    SUMMARY_NONE = "summary_none";
    SUMMARY_ORDER = "summary_order";
    SUMMARY_PROBLEM = "summary_problem";
    SUMMARY_QUOTE = "summary_quote";
    SUMMARY_TITLE = "summary_title";
    SUMMARY_TRIED = "summary_tried";
    SUMMARY_WANTS = "summary_wants";
    TAKE = "take";
    TALK_LABEL = "talk_label";
    TIME_LEFT = "time_left";
    TIME_OVER = "time_over";
    TRANSFER = "transfer";
    TRANSFER_AGENT = "transfer_agent";
    TRANSFER_EMAIL = "transfer_email";
    TRANSFER_EMPTY = "transfer_empty";
    TRANSFER_INTRO = "transfer_intro";
    TRANSFER_NOBODY = "transfer_nobody";
    TRANSFER_NOTE = "transfer_note";
    TRANSFER_SKILL = "transfer_skill";
    TRANSFER_SKILL_NAME = "transfer_skill_name";
    TRANSFER_TITLE = "transfer_title";
    TRANSFER_TO = "transfer_to";
    TRY_AGAIN = "try_again";
    TYPES = "types";
    UNREAD = "unread";
    VIP = "vip";
    WAITED = "waited";
    WAITING_EMPTY = "waiting_empty";
    WAITING_TITLE = "waiting_title";
    WAITING_TITLE_COUNT = "waiting_title_count";
    WHY_CREDENTIALS = "why_credentials";
    WHY_EMPTY = "why_empty";
    WHY_FIELD = "why_field";
    WHY_FORBIDDEN = "why_forbidden";
    WHY_LATER = "why_later";
    WHY_NETWORK = "why_network";
    WHY_NOT_FOUND = "why_not_found";
    WHY_NOT_NOW = "why_not_now";
    WHY_NOT_OWNER = "why_not_owner";
    WHY_OPEN = "why_open";
    WHY_RESOLVED = "why_resolved";
    WHY_SERVER = "why_server";
    WHY_SESSION = "why_session";
    WHY_TAKEN = "why_taken";
    WHY_TOO_FAST = "why_too_fast";
    WHY_TOO_LONG = "why_too_long";
    WHY_UNAVAILABLE = "why_unavailable";
    WRITE_LABEL = "write_label";
}

#[cfg(test)]
mod tests {
    const FILES: [(&str, &str); 5] = [
        ("en", include_str!("../../../locales/console/en.json")),
        ("de", include_str!("../../../locales/console/de.json")),
        ("es", include_str!("../../../locales/console/es.json")),
        ("ar", include_str!("../../../locales/console/ar.json")),
        ("ja", include_str!("../../../locales/console/ja.json")),
    ];
    /// `NAME = "name";` for each name of `ui`'s.
    const UI: &str = include_str!("../../ui/src/words.rs");

    /// A name stands in a file by itself or, with plural forms, at least as `.other`.
    fn has(file: &str, name: &str) -> bool {
        file.contains(&format!("\"{name}\":")) || file.contains(&format!("\"{name}.other\":"))
    }

    #[test]
    fn every_name_is_in_every_locale_file() {
        let ui = UI.lines().filter_map(|line| line.trim().strip_suffix("\";")?.split_once(" = \"")).map(|(_, name)| name);
        let names: Vec<&str> = super::ALL.iter().copied().chain(ui).collect();
        assert!(names.len() > super::ALL.len() + 30, "ui's names were not found");
        for (language, file) in FILES {
            let missing: Vec<&&str> = names.iter().filter(|name| !has(file, name)).collect();
            assert!(missing.is_empty(), "not in {language}.json: {missing:?}");
        }
    }

    #[test]
    fn no_file_holds_a_name_that_nobody_uses() {
        for (language, file) in FILES {
            for line in file.lines() {
                let Some((name, _)) = line.trim().strip_prefix('"').and_then(|line| line.split_once("\":")) else { continue };
                let name = name.split('.').next().unwrap();
                let used = super::ALL.contains(&name) || UI.contains(&format!(" = \"{name}\";"));
                assert!(used, "{name} in {language}.json");
            }
        }
    }

    /// A sentence in another language has the same gaps as the English one.
    #[test]
    fn the_gaps_are_the_same_in_every_language() {
        let gaps = |text: &str| {
            let mut gaps: Vec<String> = text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0.to_owned())).collect();
            gaps.sort();
            gaps
        };
        let strings = |file: &'static str| {
            file.lines().filter_map(|line| {
                let (name, text) = line.trim().trim_end_matches(',').strip_prefix('"')?.split_once("\":")?;
                Some((name, text))
            })
        };
        for (language, file) in FILES {
            for (name, text) in strings(file) {
                // A plural form may leave its number out: Arabic says "one" and "two" by the noun.
                if let Some((_, english)) = strings(FILES[0].1).find(|(other, _)| *other == name).filter(|_| !name.contains('.')) {
                    assert_eq!(gaps(text), gaps(english), "{name} in {language}.json");
                }
            }
        }
    }
}
