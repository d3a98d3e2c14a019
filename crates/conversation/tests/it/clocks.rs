//! The clocks: promises, offers, first words, silence.

use warmline_conversation::Command;
use warmline_conversation::clock::Work;
use warmline_conversation::command::AgentCommand;
use warmline_protocol::{Body, Phase};

use crate::road::{MINUTE, Road, ada, agent_says, ben, by, says, solved, tap};

fn offer(road: &Road) -> warmline_protocol::OfferId {
    road.state.offer.as_ref().unwrap().id.clone()
}

fn due(road: &Road, work: Work) -> Option<i64> {
    road.state.due().into_iter().find(|(kind, _)| *kind == work).map(|(_, at)| (at.0 - road.now.0) / 1000)
}

#[test]
fn the_promise_clock_runs_from_the_first_ask_to_the_first_word() {
    let road = Road::in_phase(Phase::Queued);
    let by_then = road.state.promises[0].by;
    let road = road.later(MINUTE).go(&[says("hello?"), by(ada(), AgentCommand::Take)]);
    assert_eq!(road.state.promises[0].by, by_then, "joining is no answer");
    let mut road = road;
    assert_eq!(road.try_now(&agent_says(ada())).unwrap(), ["message.posted", "handoff.promise_kept"]);
    assert!(road.state.promises.is_empty());
}

#[test]
fn a_broken_promise_moves_the_case_up_and_makes_the_next() {
    let road = Road::in_phase(Phase::Queued);
    let wait = due(&road, Work::Tick).unwrap();
    let mut road = road.later(wait);
    assert_eq!(road.try_now(&Command::Tick).unwrap(), ["handoff.promise_broken"]);
    assert!(road.state.promise_broken && road.state.priority >= 2);
    assert!(due(&road, Work::Tick).unwrap() > 0, "there is a next promise, and a clock for it");
    assert!(road.state.view.promise.as_ref().unwrap().broken);
}

#[test]
fn a_transfer_does_not_reset_the_clock() {
    let road = Road::begun().go(&[says("q"), tap(), by(ada(), AgentCommand::Take)]);
    let promise = road.state.promises.clone();
    let transfer = AgentCommand::Transfer { to: warmline_conversation::command::TransferTo::Agent(ben()), note: None };
    let mut road = road.later(MINUTE);
    assert_eq!(road.try_now(&by(ada(), transfer)).unwrap(), ["agent.left", "handoff.queued"]);
    assert_eq!(road.state.promises, promise);
    assert_eq!(road.state.reserved_for.as_ref().unwrap().0, ben());
}

#[test]
fn an_offer_stands_for_thirty_seconds() {
    let mut road = Road::in_phase(Phase::Queued).go(&[Command::OfferTo(ada())]);
    assert_eq!(due(&road, Work::Tick), Some(30));
    assert!(road.try_now(&Command::OfferTo(ben())).is_err(), "one agent at a time");
    let mut road = road.later(30);
    assert_eq!(road.try_now(&Command::Tick).unwrap(), ["offer.ended"]);
    assert_eq!(road.state.passed[0].0, ada());
}

#[test]
fn of_two_who_accept_one_wins() {
    let road = Road::in_phase(Phase::Queued).go(&[Command::OfferTo(ada())]);
    let id = offer(&road);
    let mut road = road.go(&[by(ada(), AgentCommand::Accept(id.clone()))]);
    assert_eq!(road.try_now(&by(ben(), AgentCommand::Accept(id))).unwrap_err().word(), "taken");
}

#[test]
fn who_accepts_and_is_silent_loses_it_to_the_front_of_the_line() {
    let road = Road::in_phase(Phase::Queued).go(&[by(ada(), AgentCommand::Take)]).later(2 * MINUTE);
    let mut road = road;
    assert_eq!(road.try_now(&Command::Tick).unwrap(), ["agent.left", "handoff.queued"]);
    let Some(Body::HandoffQueued(queued)) = road.log.last().map(|event| event.body.clone()) else { panic!("no place") };
    assert_eq!(queued.position, 1);
    assert_eq!(road.state.owner, None);
}

#[test]
fn an_agent_who_is_gone_hands_it_back() {
    let mut road = Road::in_phase(Phase::WithPerson);
    assert_eq!(road.try_now(&Command::OwnerGone).unwrap(), ["agent.left", "handoff.queued", "handoff.promised"]);
}

#[test]
fn silence_frees_the_agent_and_then_is_left_open_but_never_solved() {
    let road = Road::in_phase(Phase::WithPerson);
    assert_eq!(due(&road, Work::Tick), Some(15 * 60));
    let road = Road::in_phase(Phase::LeftOpen);
    assert!(road.state.view.resolved.is_none());
    // A shopper who waits for an answer is not silent.
    let road = Road::in_phase(Phase::WithPerson).go(&[says("are you there?")]);
    assert_eq!(due(&road, Work::Tick), None);
}

#[test]
fn a_day_of_silence_leaves_an_assisted_conversation_open_and_a_word_brings_it_back() {
    let road = Road::in_phase(Phase::Assisted);
    let answer = road.answers();
    let mut road = road.go(&[answer]).later(24 * 60 * MINUTE);
    assert_eq!(road.try_now(&Command::Tick).unwrap(), ["conversation.left_open"]);
    assert_eq!(road.try_now(&says("hello")).unwrap(), ["message.posted", "conversation.reopened"]);
    assert_eq!(road.state.view.phase, Phase::Assisted);
    assert!(road.state.owed.is_some(), "the assistant owes an answer again");
}

#[test]
fn not_solved_goes_back_to_the_same_agent_with_a_second_clock() {
    let mut road = Road::in_phase(Phase::Resolved);
    assert_eq!(road.try_now(&solved(false)).unwrap(), ["resolution.answered", "conversation.reopened", "handoff.promised"]);
    assert_eq!((road.state.view.phase, road.state.owner.clone()), (Phase::WithPerson, Some(ada())));
    let mut away = Road::in_phase(Phase::Resolved);
    away.last_agent_is_free = false;
    let types = away.try_now(&solved(false)).unwrap();
    assert_eq!(types, ["resolution.answered", "conversation.reopened", "handoff.queued", "handoff.promised"]);
    assert_eq!(away.state.reserved_for.as_ref().unwrap().0, ada());
}

#[test]
fn one_case_code_for_the_whole_life() {
    let road = Road::in_phase(Phase::Resolved);
    let code = road.state.view.case.as_ref().unwrap().code.clone();
    let road = road.go(&[tap()]);
    assert_eq!(road.state.view.case.as_ref().unwrap().code, code);
}

#[test]
fn an_agent_who_leaves_before_the_first_word_does_not_reset_the_clock_of_the_line() {
    let road = Road::in_phase(Phase::Queued);
    let asked = road.state.waiting_since;
    let mut road = road.later(MINUTE).go(&[by(ada(), AgentCommand::Take)]).later(2 * MINUTE);
    assert_eq!(road.try_now(&Command::Tick).unwrap(), ["agent.left", "handoff.queued"]);
    assert_eq!(road.state.waiting_since, asked, "it waits since the first ask");
    // After an answer nobody waited: a transfer begins a wait of its own.
    let transfer = AgentCommand::Transfer { to: warmline_conversation::command::TransferTo::Agent(ben()), note: None };
    let road = Road::in_phase(Phase::WithPerson).later(MINUTE).go(&[by(ada(), transfer)]);
    assert_eq!(road.state.waiting_since, Some(road.now));
}

#[test]
fn who_was_left_open_and_asks_for_a_person_stands_in_front() {
    let road = Road::in_phase(Phase::LeftOpen).go(&[tap()]);
    assert_eq!((road.state.view.phase, road.state.priority), (Phase::Queued, 1), "in front in the line, and not only in words");
}

#[test]
fn a_conversation_in_which_nobody_wrote_is_not_left_open() {
    let signed_in = warmline_conversation::state::Identified { sub: "s-1".into(), name: None, email: None, vip: false };
    let road = Road::begun().go(&[Command::Shopper(warmline_conversation::command::ShopperCommand::Identify(signed_in))]);
    assert_eq!(due(&road, Work::Tick), None);
}

#[test]
fn an_offer_that_expires_over_and_over_is_remembered_once_for_each_agent() {
    let mut road = Road::in_phase(Phase::Queued);
    for _ in 0..3 {
        road = road.go(&[Command::OfferTo(ada())]).later(30).go(&[Command::Tick]);
    }
    assert_eq!(road.state.passed, [(ada(), road.now)]);
}
