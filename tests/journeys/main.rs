//! Scenarios of the whole, a file for each promise of the product, one binary.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test says what is wrong by failing")]

mod accessibility;
mod embedding;
mod keyboard;
mod looks;
mod main_road;
mod p1_a_person_is_one_tap_away;
mod p2_someone_owns_it;
mod p3_nobody_repeats;
mod p4_not_closed_until_you_say_so;
mod p5_only_what_it_can_show;
mod p6_nothing_lost;
mod p7_quality_beside_cost;
mod walks;
