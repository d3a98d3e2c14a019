//! Every pair of state and command, as the table of docs/protocol.md has it. A cell is what is appended, `=` for "the same as before",
//! or a code.

use warmline_conversation::Command;
use warmline_conversation::command::{AgentCommand, AskedInWords, ShopperCommand, TransferTo, Turn};
use warmline_protocol::event::{Lines, Summary};
use warmline_protocol::{OfferId, Phase};

use crate::road::{Road, ada, agent_says, ben, by, heard, said, says, solved, tap};

const PHASES: [Phase; 6] = [Phase::Assisted, Phase::Queued, Phase::WithPerson, Phase::WaitingOnShopper, Phase::LeftOpen, Phase::Resolved];

const QUEUED: &str = "handoff.requested handoff.queued handoff.promised";

fn row(name: &str, command: &Command, cells: [&str; 6]) {
    for (phase, wanted) in PHASES.into_iter().zip(cells) {
        let mut road = Road::in_phase(phase);
        assert_eq!(road.state.view.phase, phase, "the way to {}", phase.word());
        let got = match road.try_now(command) {
            Ok(types) if types == ["same"] => "=".to_owned(),
            Ok(types) => types.join(" "),
            Err(code) => code.word().to_owned(),
        };
        assert_eq!(got, wanted, "{name} in {}", phase.word());
    }
}

#[test]
fn a_shoppers_message() {
    let posted = "message.posted";
    row(
        "message",
        &says("hello again"),
        [
            posted,
            posted,
            posted,
            posted,
            "message.posted conversation.reopened handoff.promised",
            "message.posted conversation.reopened handoff.promised",
        ],
    );
    row(
        "thanks",
        &heard("thank you", AskedInWords::NotSure, true),
        [posted, posted, posted, posted, "message.posted conversation.reopened handoff.promised", posted],
    );
}

#[test]
fn a_person_is_asked_for() {
    let reopened = format!("conversation.reopened {QUEUED}");
    row("tap", &tap(), [QUEUED, "=", "=", "=", QUEUED, &reopened]);
    let assisted = format!("message.posted message.posted {QUEUED}");
    let reopened = format!("message.posted message.posted {reopened}");
    row(
        "in words",
        &heard("a person, please", AskedInWords::Sure, false),
        [&assisted, "message.posted", "message.posted", "message.posted", &assisted, &reopened],
    );
}

#[test]
fn a_shopper_waits_or_does_not() {
    let shopper = Command::Shopper;
    row("decline", &shopper(ShopperCommand::DeclineOffer), ["no_offer", "not_now", "not_now", "not_now", "not_now", "not_now"]);
    row(
        "cancel",
        &shopper(ShopperCommand::CancelHandoff),
        ["no_handoff", "handoff.cancelled", "person_present", "person_present", "no_handoff", "no_handoff"],
    );
    row(
        "meanwhile",
        &shopper(ShopperCommand::AskMeanwhile),
        ["not_waiting", "assistant.resumed", "person_present", "person_present", "not_waiting", "not_waiting"],
    );
    row("stop", &shopper(ShopperCommand::Stop), ["turn.ended", "", "not_now", "not_now", "not_now", "not_now"]);
}

#[test]
fn solved_or_not() {
    let yes = "resolution.answered conversation.resolved";
    row(
        "solved",
        &solved(true),
        [yes, "resolution.answered handoff.cancelled conversation.resolved", yes, yes, yes, "conversation.resolved"],
    );
    row(
        "not solved",
        &solved(false),
        [
            "resolution.answered handoff.offered",
            "resolution.answered",
            "resolution.answered",
            "resolution.answered",
            "resolution.answered conversation.reopened handoff.promised",
            "resolution.answered conversation.reopened handoff.promised",
        ],
    );
    row("rating", &Command::Shopper(ShopperCommand::Rate { score: 4, comment: None }), ["rating.given"; 6]);
    row(
        "correction",
        &Command::Shopper(ShopperCommand::CorrectSummary("It was blue.".into())),
        ["no_handoff", "summary.corrected", "summary.corrected", "summary.corrected", "summary.corrected", "summary.corrected"],
    );
}

#[test]
fn an_agent_comes() {
    let accept = by(ada(), AgentCommand::Accept(OfferId("none".into())));
    row("accept", &accept, ["not_now", "taken", "taken", "taken", "not_now", "not_now"]);
    row("take", &by(ada(), AgentCommand::Take), ["handoff.requested agent.joined", "agent.joined", "=", "=", "agent.joined", "resolved"]);
    row(
        "another takes",
        &by(ben(), AgentCommand::Take),
        ["handoff.requested agent.joined", "agent.joined", "taken", "taken", "agent.joined", "resolved"],
    );
}

#[test]
fn an_agent_writes() {
    let posted = "message.posted";
    row("message", &agent_says(ada()), ["not_owner", "not_owner", posted, posted, posted, "resolved"]);
    row("another's message", &agent_says(ben()), ["not_owner", "not_owner", "not_owner", "not_owner", "not_owner", "resolved"]);
    let note = "note.posted";
    row("note", &by(ada(), AgentCommand::Note("n".into())), ["not_owner", "not_owner", note, note, note, "resolved"]);
    row("typing", &by(ada(), AgentCommand::Typing), ["not_owner", "not_owner", "=", "=", "=", "resolved"]);
}

#[test]
fn an_agent_gives_away_or_closes() {
    row(
        "return",
        &by(ada(), AgentCommand::Return("r".into())),
        ["not_now", "not_now", "handoff.returned", "handoff.returned", "not_now", "not_now"],
    );
    let transfer = by(ada(), AgentCommand::Transfer { to: TransferTo::Agent(ben()), note: None });
    let left = "agent.left handoff.queued handoff.promised";
    row("transfer", &transfer, ["not_now", "not_now", left, left, "not_now", "not_now"]);
    let resolved = "conversation.resolved";
    row("resolve", &by(ada(), AgentCommand::Resolve("r".into())), ["not_owner", "not_owner", resolved, resolved, resolved, "="]);
    row(
        "another resolves",
        &by(ben(), AgentCommand::Resolve("r".into())),
        ["not_owner", "not_owner", "not_owner", "not_owner", "not_owner", "="],
    );
}

#[test]
fn the_assistant_speaks_only_with_the_lease() {
    for phase in PHASES {
        let mut road = Road::in_phase(phase);
        let answer = road.answers();
        let got = road.try_now(&answer);
        match phase {
            Phase::Assisted => assert_eq!(got.unwrap()[..2], ["message.posted", "resolution.asked"]),
            Phase::Queued | Phase::WithPerson | Phase::WaitingOnShopper | Phase::LeftOpen | Phase::Resolved => {
                assert_eq!(got.unwrap_err().word(), "not_now", "{}", phase.word());
            }
        }
    }
}

#[test]
fn a_stale_turn_is_refused_though_the_assistant_may_speak_again() {
    let road = Road::begun().go(&[says("where is my parcel")]);
    let stale = road.answers();
    let cancel = Command::Shopper(ShopperCommand::CancelHandoff);
    let mut road = road.go(&[tap(), cancel, says("still there?")]);
    assert_eq!(road.try_now(&stale).unwrap_err().word(), "not_now");
    let fresh = road.answers();
    assert!(road.try_now(&fresh).is_ok());
}

#[test]
fn meanwhile_the_assistant_answers_and_place_and_clock_stay() {
    let mut road = Road::in_phase(Phase::Queued).go(&[Command::Shopper(ShopperCommand::AskMeanwhile)]);
    let (queue, promise) = (road.state.view.queue.clone(), road.state.promises.clone());
    road.try_now(&says("and the fee?")).unwrap();
    let answer = road.answers();
    assert_eq!(road.try_now(&answer).unwrap()[0], "message.posted");
    assert_eq!((road.state.view.phase, &road.state.view.queue, &road.state.promises), (Phase::Queued, &queue, &promise));
}

#[test]
fn meanwhile_the_assistant_is_silent_to_an_ask_for_a_person() {
    let mut road = Road::in_phase(Phase::Queued).go(&[Command::Shopper(ShopperCommand::AskMeanwhile)]);
    assert_eq!(road.try_now(&heard("a person, please", AskedInWords::Sure, false)).unwrap(), ["message.posted", "turn.ended"]);
    assert!(road.state.owed.is_none() && road.state.view.meanwhile);
}

#[test]
fn a_summary_is_for_cases_only() {
    let summary = Command::Summarise(Summary {
        problem: "p".into(),
        wants: "w".into(),
        tried: Vec::new(),
        lines: Lines::default(),
        order: None,
        quote: None,
    });
    let written = "summary.written";
    row("summary", &summary, ["no_handoff", written, written, written, written, written]);
}

#[test]
fn the_second_not_yet_hands_over_unless_a_person_was_declined() {
    let mut road = Road::begun().go(&[says("q"), solved(false)]);
    assert_eq!(road.try_now(&solved(false)).unwrap().join(" "), format!("resolution.answered {QUEUED}"));
    let decline = Command::Shopper(ShopperCommand::DeclineOffer);
    let mut road = Road::begun().go(&[says("q"), solved(false), decline]);
    assert_eq!(road.try_now(&solved(false)).unwrap(), ["resolution.answered"]);
}

#[test]
fn a_declined_reason_is_not_offered_again() {
    let offer = |road: &Road| road.turn(Turn::Offer { said: Some(said("Shall I ask them?")), reason: "upset".into() });
    let mut road = Road::begun().go(&[says("this is awful")]);
    let first = offer(&road);
    assert!(road.try_now(&first).unwrap().contains(&"handoff.offered"));
    let mut road = road.go(&[Command::Shopper(ShopperCommand::DeclineOffer), says("still awful")]);
    let second = offer(&road);
    assert!(!road.try_now(&second).unwrap().contains(&"handoff.offered"));
}

#[test]
fn what_was_shown_is_stored_in_the_append_that_ends_it() {
    let mut road = Road::begun().go(&[says("q")]);
    road.shown = Some(warmline_conversation::command::Shown {
        message_id: warmline_protocol::MessageId("m1".into()),
        text: "Refunds take".into(),
        answers: 2,
    });
    assert_eq!(road.try_now(&tap()).unwrap().join(" "), format!("message.posted {QUEUED}"));
    let cut =
        road.log.iter().find(|event| matches!(&event.body, warmline_protocol::Body::MessagePosted(posted) if posted.partial == Some(true)));
    assert!(cut.is_some());
}

#[test]
fn an_answer_that_was_stopped_is_not_stored_again_when_another_message_is_owed() {
    let mut road = Road::begun().go(&[says("q")]);
    let late = road.answers();
    road.shown = Some(warmline_conversation::command::Shown {
        message_id: warmline_protocol::MessageId("m".into()),
        text: "Five".into(),
        answers: 2,
    });
    let mut road = road.go(&[Command::Shopper(ShopperCommand::Stop)]);
    road.shown = None;
    let mut road = road.go(&[says("another thing")]);
    assert_eq!(road.try_now(&late).unwrap_err().word(), "not_now");
    let next = road.answers();
    assert!(road.try_now(&next).is_ok(), "the new one is answered");
}
