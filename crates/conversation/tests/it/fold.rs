//! Old state and new events give what a fresh load gives: for the whole state, and for the shopper's copy that never sees the rest.

use proptest::prelude::*;
use warmline_conversation::apply::apply_to_view;
use warmline_conversation::client::transcript::is_entry;
use warmline_conversation::client::{Followed, Transcript};
use warmline_conversation::command::{AgentCommand, AskedInWords, ShopperCommand, TransferTo, Turn};
use warmline_conversation::{Command, State};
use warmline_protocol::view::{Reads, Snapshot};
use warmline_protocol::{Body, ConversationId, Event, View};

use crate::road::{MINUTE, Road, ada, agent_says, ben, by, heard, said, says, solved, tap};

#[derive(Debug, Clone)]
enum Step {
    Do(Command),
    Answer,
    AcceptOpenOffer,
    Wait(i64),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let shopper = Command::Shopper;
    let one = prop_oneof![
        Just(Step::Do(says("where is it"))),
        Just(Step::Do(heard("thanks", AskedInWords::NotSure, true))),
        Just(Step::Do(heard("a person please", AskedInWords::Sure, false))),
        Just(Step::Do(tap())),
        Just(Step::Do(shopper(ShopperCommand::DeclineOffer))),
        Just(Step::Do(shopper(ShopperCommand::CancelHandoff))),
        Just(Step::Do(shopper(ShopperCommand::AskMeanwhile))),
        Just(Step::Do(shopper(ShopperCommand::Stop))),
        Just(Step::Do(solved(true))),
        Just(Step::Do(solved(false))),
        Just(Step::Do(shopper(ShopperCommand::Rate { score: 3, comment: None }))),
        Just(Step::Do(shopper(ShopperCommand::CorrectSummary("no".into())))),
        Just(Step::Do(by(ada(), AgentCommand::Take))),
        Just(Step::Do(by(ben(), AgentCommand::Take))),
        Just(Step::Do(agent_says(ada()))),
        Just(Step::Do(agent_says(ben()))),
        Just(Step::Do(by(ada(), AgentCommand::Note("n".into())))),
        Just(Step::Do(by(ada(), AgentCommand::Return("back".into())))),
        Just(Step::Do(by(ada(), AgentCommand::Transfer { to: TransferTo::Agent(ben()), note: None }))),
        Just(Step::Do(by(ben(), AgentCommand::Resolve("done".into())))),
        Just(Step::Do(by(ada(), AgentCommand::Resolve("done".into())))),
        Just(Step::Do(Command::OfferTo(ada()))),
        Just(Step::Do(Command::OwnerGone)),
        Just(Step::Do(Command::Tick)),
        Just(Step::Answer),
        Just(Step::AcceptOpenOffer),
        (1_i64..2 * 24 * 60).prop_map(|minutes| Step::Wait(minutes * MINUTE)),
        (1_i64..120).prop_map(Step::Wait),
    ];
    prop::collection::vec(one, 1..60)
}

fn walk(steps: &[Step]) -> Road {
    let mut road = Road::begun();
    for (number, step) in steps.iter().enumerate() {
        road.last_agent_is_free = number % 3 != 0;
        // Refusals are part of the walk: they must leave nothing behind.
        let before = road.state.clone();
        let done = match step {
            Step::Do(command) => road.try_now(&command.clone()),
            Step::Answer => {
                let turn = if number % 2 == 0 {
                    road.answers()
                } else {
                    road.turn(Turn::Decline { said: said("I don't know that."), reason: "no_source".into(), offer: true })
                };
                road.try_now(&turn)
            }
            Step::AcceptOpenOffer => match road.state.offer.clone() {
                Some(open) => road.try_now(&by(open.agent, AgentCommand::Accept(open.id))),
                None => continue,
            },
            Step::Wait(seconds) => {
                road = road.later(*seconds);
                continue;
            }
        };
        if done.is_err() {
            assert_eq!(road.state, before);
        }
    }
    road
}

fn shoppers(log: &[Event]) -> Vec<Event> {
    log.iter().filter(|event| event.body.shopper_sees()).cloned().collect()
}

fn snapshot(state: &State, log: &[Event]) -> Snapshot {
    let seen = shoppers(log);
    let (messages, notices) =
        seen.into_iter().filter(|event| is_entry(&event.body)).partition(|event| matches!(event.body, Body::MessagePosted(_)));
    Snapshot {
        conversation_id: ConversationId("c".into()),
        state: state.view.clone(),
        messages,
        notices,
        cursor: state.shopper_seq,
        reads: Reads { shopper: 0, agent: 0 },
        more: false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_log_alone_gives_the_state(steps in steps()) {
        let road = walk(&steps);
        let mut folded = State::new();
        road.log.iter().for_each(|event| folded.apply(event));
        prop_assert_eq!(&folded, &road.state);
        let stored = serde_json::to_string(&road.state).unwrap();
        prop_assert_eq!(serde_json::from_str::<State>(&stored).unwrap(), folded);
    }

    #[test]
    fn a_shopper_sees_the_same_view_without_the_inner_events(steps in steps()) {
        let road = walk(&steps);
        let mut view: View = State::new().view;
        shoppers(&road.log).iter().for_each(|event| apply_to_view(&mut view, event));
        prop_assert_eq!(view, road.state.view);
    }

    #[test]
    fn an_old_copy_that_follows_equals_a_fresh_load(steps in steps(), cut in 0_usize..60) {
        let road = walk(&steps);
        let seen = shoppers(&road.log);
        let cut = cut.min(seen.len() - 1);
        let at = seen[cut].seq;
        let old: Vec<Event> = road.log.iter().filter(|event| event.seq <= at).cloned().collect();
        let mut then = State::new();
        old.iter().for_each(|event| then.apply(event));
        let mut copy = Transcript::load(snapshot(&then, &old));
        for event in &seen {
            let wanted = if event.seq <= at { Followed::Known } else { Followed::New };
            prop_assert_eq!(copy.follow(event), wanted);
        }
        prop_assert_eq!(copy, Transcript::load(snapshot(&road.state, &road.log)));
    }

    #[test]
    fn a_missing_event_is_seen_as_a_gap(steps in steps(), lost in 1_usize..60) {
        let road = walk(&steps);
        let seen = shoppers(&road.log);
        prop_assume!(lost + 1 < seen.len());
        let mut copy = Transcript::load(snapshot(&State::new(), &[]));
        for event in &seen[..lost] {
            prop_assert_eq!(copy.follow(event), Followed::New);
        }
        prop_assert_eq!(copy.follow(&seen[lost + 1]), Followed::Gap);
    }

    #[test]
    fn what_must_always_hold(steps in steps()) {
        let road = walk(&steps);
        let state = &road.state;
        prop_assert_eq!(state.owner.is_some(), state.view.phase.has_person());
        prop_assert!(!(state.view.phase.has_person() && state.owed.is_some()), "the assistant owes nothing while a person is there");
        prop_assert!(road.log.windows(2).all(|pair| pair[1].seq == pair[0].seq + 1));
        for event in &road.log {
            if let Body::ConversationResolved(_) = event.body {
                prop_assert!(event.author.kind != warmline_protocol::event::AuthorKind::Assistant);
                prop_assert!(event.author.kind != warmline_protocol::event::AuthorKind::System);
            }
        }
    }
}
