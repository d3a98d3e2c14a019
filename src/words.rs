//! The names of the widget's own strings; those of the parts that it shares with the console are `warmline_ui::words`.

warmline_ui::keys! {
    after warmline_ui::words::COUNT;
    ANNOUNCE_COPIED = "announce_copied";
    ANNOUNCE_JOINED = "announce_joined";
    ANNOUNCE_OFFER = "announce_offer";
    ANNOUNCE_PLACE = "announce_place";
    ANNOUNCE_REQUESTED = "announce_requested";
    ANNOUNCE_STOPPED = "announce_stopped";
    ANNOUNCE_YOU_SENT = "announce_you_sent";
    ASSISTANT_LOOKING = "assistant_looking";
    CANCEL = "cancel";
    CANCEL_WAITING = "cancel_waiting";
    CASE_CODE = "case_code";
    CASE_CODE_COPIED = "case_code_copied";
    CHAT_LABEL = "chat_label";
    CLOSE_CHAT = "close_chat";
    COMPOSER_PLACEHOLDER = "composer_placeholder";
    COMPOSER_PLACEHOLDER_PERSON = "composer_placeholder_person";
    COMPOSER_PLACEHOLDER_WAITING = "composer_placeholder_waiting";
    COPY_CASE_CODE = "copy_case_code";
    FIRST_GREETING = "first_greeting";
    FIRST_PLAIN = "first_plain";
    FIRST_QUESTIONS = "first_questions";
    HEADER_ASSISTANT = "header_assistant";
    HEADER_CLOSED_BY_PERSON = "header_closed_by_person";
    HEADER_LEFT_OPEN = "header_left_open";
    HEADER_OFFLINE = "header_offline";
    HEADER_PERSON = "header_person";
    HEADER_RESOLVED = "header_resolved";
    HEADER_WAITING = "header_waiting";
    HEADER_WAITING_ON_YOU = "header_waiting_on_you";
    HEADER_WAITING_PLACE = "header_waiting_place";
    HEADER_WAITING_REPLY = "header_waiting_reply";
    JUMP_TO_NEWEST = "jump_to_newest";
    LEFT_OPEN = "left_open";
    MEANWHILE_ASK = "meanwhile_ask";
    MEANWHILE_ON = "meanwhile_on";
    NEXT_STAFFED = "next_staffed";
    NOBODY_ON_SHIFT = "nobody_on_shift";
    NOT_SOLVED = "not_solved";
    NOTICE_CANCELLED = "notice_cancelled";
    NOTICE_JOINED = "notice_joined";
    NOTICE_LEFT_GONE = "notice_left_gone";
    NOTICE_LEFT_OPEN = "notice_left_open";
    NOTICE_LEFT_SHIFT_ENDED = "notice_left_shift_ended";
    NOTICE_LEFT_SILENT = "notice_left_silent";
    NOTICE_LEFT_TRANSFER = "notice_left_transfer";
    NOTICE_NOT_SOLVED = "notice_not_solved";
    NOTICE_OFFER_DECLINED = "notice_offer_declined";
    NOTICE_RATED = "notice_rated";
    NOTICE_REOPENED = "notice_reopened";
    NOTICE_REQUESTED = "notice_requested";
    NOTICE_RESOLVED_BY_PERSON = "notice_resolved_by_person";
    NOTICE_RESUMED = "notice_resumed";
    NOTICE_RETURNED = "notice_returned";
    NOTICE_SOLVED = "notice_solved";
    NOTICE_SUMMARY_CORRECTED = "notice_summary_corrected";
    OFFER_DECLINE = "offer_decline";
    OFFER_HIGH_VALUE = "offer_high_value";
    OFFER_NO_SOURCE = "offer_no_source";
    OFFER_NOT_SOLVED = "offer_not_solved";
    OFFER_OTHER = "offer_other";
    OFFER_REPEATED = "offer_repeated";
    OFFER_SENSITIVE = "offer_sensitive";
    OFFER_TITLE = "offer_title";
    OFFER_UNHELPFUL = "offer_unhelpful";
    OFFER_UNSURE = "offer_unsure";
    OFFER_UPSET = "offer_upset";
    OFFER_VIP = "offer_vip";
    PERSON_GUARD = "person_guard";
    PERSON_HINT_HERE = "person_hint_here";
    PERSON_HINT_NEXT = "person_hint_next";
    PERSON_HINT_OFFLINE = "person_hint_offline";
    PERSON_HINT_READY = "person_hint_ready";
    PERSON_HINT_REQUESTING = "person_hint_requesting";
    PERSON_HINT_RESOLVED = "person_hint_resolved";
    PERSON_HINT_WAIT = "person_hint_wait";
    PERSON_HINT_WAITING = "person_hint_waiting";
    PROMISE_BROKEN = "promise_broken";
    PROMISE_BROKEN_SHORT = "promise_broken_short";
    PROMISE_BY = "promise_by";
    PROMISE_KEPT = "promise_kept";
    PROMISE_LABEL = "promise_label";
    PROMISE_REPLY_BY = "promise_reply_by";
    QUEUE_PLACE = "queue_place";
    QUEUE_PLACE_LABEL = "queue_place_label";
    RATING_1 = "rating_1";
    RATING_2 = "rating_2";
    RATING_3 = "rating_3";
    RATING_4 = "rating_4";
    RATING_5 = "rating_5";
    RATING_CHANGE = "rating_change";
    RATING_COMMENT = "rating_comment";
    RATING_QUESTION = "rating_question";
    RATING_SCORE = "rating_score";
    RATING_SEND = "rating_send";
    RATING_THANKS = "rating_thanks";
    RECEIPT_ANSWERED = "receipt_answered";
    RECEIPT_ANSWERS = "receipt_answers";
    RECEIPT_ASKED = "receipt_asked";
    RECEIPT_CODE_HINT = "receipt_code_hint";
    RECEIPT_JOINED = "receipt_joined";
    RECEIPT_JOINS = "receipt_joins";
    RECEIPT_READ = "receipt_read";
    RECEIPT_READS = "receipt_reads";
    RECEIPT_REOPENED = "receipt_reopened";
    RECEIPT_STEPS = "receipt_steps";
    RECEIPT_TITLE = "receipt_title";
    REOPEN_HINT = "reopen_hint";
    RESOLVED_BY_PERSON = "resolved_by_person";
    RESOLVED_BY_YOU = "resolved_by_you";
    RESOLVED_IS_IT = "resolved_is_it";
    RESOLVED_REASON = "resolved_reason";
    SHOW_LESS = "show_less";
    SHOW_MORE = "show_more";
    SOLVED_NOT_YET = "solved_not_yet";
    SOLVED_QUESTION = "solved_question";
    SOLVED_THANKS = "solved_thanks";
    SOLVED_YES = "solved_yes";
    SOURCE_CLOSE = "source_close";
    START_NEW = "start_new";
    STEP_DONE = "step_done";
    STEP_NOW = "step_now";
    STEP_TO_COME = "step_to_come";
    SUMMARY_CORRECT_LABEL = "summary_correct_label";
    SUMMARY_CORRECT_SEND = "summary_correct_send";
    SUMMARY_CORRECTION = "summary_correction";
    SUMMARY_ORDER = "summary_order";
    SUMMARY_PROBLEM = "summary_problem";
    SUMMARY_QUOTE = "summary_quote";
    SUMMARY_SHOW_LINE = "summary_show_line";
    SUMMARY_TITLE = "summary_title";
    SUMMARY_TITLE_WAITING = "summary_title_waiting";
    SUMMARY_TRIED = "summary_tried";
    SUMMARY_WANTS = "summary_wants";
    SUMMARY_WRITING = "summary_writing";
    SUMMARY_WRONG = "summary_wrong";
    TALK_TO_PERSON = "talk_to_person";
    TROUBLE_BACK = "trouble_back";
    TROUBLE_LIMIT = "trouble_limit";
    TROUBLE_OFFLINE = "trouble_offline";
    TROUBLE_PAGE = "trouble_page";
    TROUBLE_RECONNECTING = "trouble_reconnecting";
    TROUBLE_SERVER = "trouble_server";
    TROUBLE_SESSION = "trouble_session";
    TROUBLE_SLOW = "trouble_slow";
    TROUBLE_START = "trouble_start";
    TROUBLE_TOO_LONG = "trouble_too_long";
    TRY_AGAIN = "try_again";
    WAIT_LABEL = "wait_label";
    WAIT_MINUTES = "wait_minutes";
    WAIT_UNKNOWN = "wait_unknown";
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_name_is_in_every_locale_file() {
        for (language, file) in [
            ("en", include_str!("../locales/en.json")),
            ("de", include_str!("../locales/de.json")),
            ("es", include_str!("../locales/es.json")),
            ("ar", include_str!("../locales/ar.json")),
            ("ja", include_str!("../locales/ja.json")),
        ] {
            for name in super::ALL {
                let (plain, plural) = (format!("\"{name}\":"), format!("\"{name}.other\":"));
                assert!(file.contains(&plain) || file.contains(&plural), "{name} is not in {language}.json");
            }
        }
    }
}
