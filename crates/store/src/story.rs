//! The contract as a story that each backend must be able to tell: [`tell`] runs it on a store, which may have been used before.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test says what failed by failing")]

mod erasing;
mod lists;
mod log;
mod people;
mod talk;
mod work;

use std::sync::Arc;

use crate::Store;
pub use talk::{Talk, every_body, fresh, message};

/// Tells the whole story; panics where the store does not hold its contract.
pub async fn tell(store: Arc<dyn Store>) {
    let store = &store;
    log::every_event_is_read_back_as_it_was_written(store).await;
    log::a_stale_append_conflicts_and_leaves_nothing(store).await;
    log::a_resend_is_known_even_after_the_conversation_went_on(store).await;
    log::the_same_client_id_may_be_used_in_two_conversations(store).await;
    log::a_receipt_is_kept_without_an_event(store).await;
    log::a_resent_opening_is_found_by_its_merchant(store).await;
    log::a_case_code_belongs_to_one_conversation(store).await;
    log::fifty_callers_leave_no_hole_and_no_double(store).await;
    log::a_failed_append_fails_alone(store).await;
    log::positions_rise_and_the_log_is_read_from_any_of_them(store).await;
    log::a_transcript_is_read_page_by_page(store).await;
    log::tokens_open_a_conversation_until_they_are_revoked(store).await;
    log::read_marks_move_forward_only(store).await;
    work::due_work_is_claimed_oldest_first_and_by_one_process(store).await;
    work::a_claim_ends_is_lengthened_and_is_given_back(store).await;
    work::an_append_replaces_what_is_owed(store).await;
    work::two_processes_share_the_work_without_overlap(store).await;
    lists::the_line_has_its_order(store).await;
    lists::waits_are_from_the_ask_to_the_first_word_of_a_person(store).await;
    lists::an_agents_load_is_what_they_own_and_are_offered(store).await;
    lists::conversations_are_counted_by_where_they_stand(store).await;
    lists::a_list_is_filtered(store).await;
    lists::phases_are_counted_from_a_moment_on(store).await;
    lists::a_search_finds_words_and_is_never_syntax(store).await;
    erasing::what_was_said_is_gone_and_the_numbers_stay(store).await;
    erasing::an_append_decided_before_brings_nothing_back(store).await;
    people::an_agent_put_again_keeps_id_and_shift(store).await;
    people::a_shift_begins_and_ends(store).await;
    people::a_session_lasts_until_it_is_over(store).await;
    people::planned_shifts_are_in_order(store).await;
    people::the_first_result_of_an_agents_command_stays(store).await;
    store.healthy().await.expect("a store that did all this is healthy");
}
