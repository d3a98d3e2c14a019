//! Who is served next, and by whom.

use warmline_protocol::{AgentId, ConversationId, Timestamp};

use crate::clock;

/// A waiting conversation, as the router needs it.
#[derive(Debug, Clone, PartialEq)]
pub struct Waiting {
    /// Which.
    pub conversation: ConversationId,
    /// A promise of it was broken.
    pub promise_broken: bool,
    /// 0 is usual.
    pub priority: u32,
    /// Since when: the first ask, not the last.
    pub since: Timestamp,
    /// The shopper's language.
    pub language: String,
    /// The skill that a transfer asked for.
    pub skill: Option<String>,
    /// Agents who let it pass, and when.
    pub passed: Vec<(AgentId, Timestamp)>,
    /// The agent to whom it is offered first, until then.
    pub reserved_for: Option<(AgentId, Timestamp)>,
}

/// An agent on shift, as the router needs them.
#[derive(Debug, Clone, PartialEq)]
pub struct OnShift {
    /// Who.
    pub agent: AgentId,
    /// How many more conversations they can take, open offers counted.
    pub free: u32,
    /// Languages, as `en`.
    pub languages: Vec<String>,
    /// Skills.
    pub skills: Vec<String>,
    /// Since when they have had nothing new.
    pub idle_since: Timestamp,
}

impl Waiting {
    /// The order of the line: a broken promise, then priority, then the clock.
    pub fn rank(&self) -> (bool, std::cmp::Reverse<u32>, Timestamp) {
        (!self.promise_broken, std::cmp::Reverse(self.priority), self.since)
    }
}

/// Whom each waiting conversation is offered to now, first in line first; those for whom nobody can are left out.
///
/// Nobody waits for a language for ever: when no one on shift speaks it, whoever can takes it.
pub fn route(mut waiting: Vec<Waiting>, mut on_shift: Vec<OnShift>, now: Timestamp) -> Vec<(ConversationId, AgentId)> {
    waiting.sort_by_key(Waiting::rank);
    let mut routed = Vec::new();
    for case in waiting {
        let spoken = on_shift.iter().any(|agent| speaks(agent, &case.language));
        // Who let it pass is not waited for: it goes on to the next who can.
        let reserved = case
            .reserved_for
            .as_ref()
            .filter(|(agent, until)| *until > now && on_shift.iter().any(|one| one.agent == *agent) && !passed_lately(&case, agent, now));
        let best = on_shift
            .iter_mut()
            .filter(|agent| agent.free > 0)
            .filter(|agent| reserved.is_none_or(|(wanted, _)| agent.agent == *wanted))
            .filter(|agent| !spoken || speaks(agent, &case.language))
            .filter(|agent| case.skill.as_ref().is_none_or(|skill| agent.skills.contains(skill)))
            .filter(|agent| !passed_lately(&case, &agent.agent, now))
            .min_by_key(|agent| agent.idle_since);
        if let Some(agent) = best {
            agent.free -= 1;
            // Whoever was just asked is the least idle, so that the next case goes to another.
            agent.idle_since = now;
            routed.push((case.conversation, agent.agent.clone()));
        }
    }
    routed
}

fn speaks(agent: &OnShift, language: &str) -> bool {
    let wanted = language.split(['-', '_']).next().unwrap_or(language);
    agent.languages.iter().any(|spoken| spoken == wanted)
}

fn passed_lately(case: &Waiting, agent: &AgentId, now: Timestamp) -> bool {
    case.passed.iter().any(|(who, at)| who == agent && now.seconds_since(*at) < clock::PASSED_S)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agent(name: &str, idle_since: i64) -> OnShift {
        OnShift {
            agent: AgentId(name.into()),
            free: 1,
            languages: vec!["en".into()],
            skills: Vec::new(),
            idle_since: Timestamp(idle_since),
        }
    }

    fn case(name: &str, since: i64) -> Waiting {
        Waiting {
            conversation: ConversationId(name.into()),
            promise_broken: false,
            priority: 0,
            since: Timestamp(since),
            language: "en".into(),
            skill: None,
            passed: Vec::new(),
            reserved_for: None,
        }
    }

    fn routed(waiting: Vec<Waiting>, agents: Vec<OnShift>) -> Vec<(String, String)> {
        route(waiting, agents, Timestamp(1_000_000)).into_iter().map(|(case, agent)| (case.0, agent.0)).collect()
    }

    fn pair(case: &str, agent: &str) -> (String, String) {
        (case.into(), agent.into())
    }

    #[test]
    fn a_broken_promise_comes_before_priority_before_the_clock() {
        let old = case("old", 1);
        let urgent = Waiting { priority: 1, ..case("urgent", 2) };
        let broken = Waiting { promise_broken: true, ..case("broken", 3) };
        let order = routed(vec![old, urgent, broken], vec![OnShift { free: 3, ..agent("ada", 0) }]);
        assert_eq!(order, [pair("broken", "ada"), pair("urgent", "ada"), pair("old", "ada")]);
    }

    #[test]
    fn among_equals_the_longest_idle_is_asked() {
        assert_eq!(routed(vec![case("one", 1)], vec![agent("ada", 9), agent("ben", 3)]), [pair("one", "ben")]);
    }

    #[test]
    fn who_let_it_pass_is_not_asked_again_at_once() {
        let passed = Waiting { passed: vec![(AgentId("ben".into()), Timestamp(990_000))], ..case("one", 1) };
        assert_eq!(routed(vec![passed], vec![agent("ada", 9), agent("ben", 3)]), [pair("one", "ada")]);
    }

    #[test]
    fn the_language_counts_while_somebody_speaks_it() {
        let german = Waiting { language: "de-AT".into(), ..case("one", 1) };
        let ben = OnShift { languages: vec!["de".into()], ..agent("ben", 9) };
        assert_eq!(routed(vec![german.clone()], vec![agent("ada", 3), ben]), [pair("one", "ben")]);
        assert_eq!(routed(vec![german], vec![agent("ada", 3)]), [pair("one", "ada")]);
    }

    #[test]
    fn the_agent_who_had_it_is_asked_first_for_a_while() {
        let known = Waiting { reserved_for: Some((AgentId("ada".into()), Timestamp(1_100_000))), ..case("one", 1) };
        assert_eq!(routed(vec![known.clone()], vec![agent("ada", 9), agent("ben", 3)]), [pair("one", "ada")]);
        let late = Waiting { reserved_for: Some((AgentId("ada".into()), Timestamp(900_000))), ..known };
        assert_eq!(routed(vec![late], vec![agent("ada", 9), agent("ben", 3)]), [pair("one", "ben")]);
    }

    #[test]
    fn the_agent_who_had_it_lets_it_pass_and_it_goes_on_at_once() {
        let passed = vec![(AgentId("ada".into()), Timestamp(990_000))];
        let known = Waiting { passed, reserved_for: Some((AgentId("ada".into()), Timestamp(1_100_000))), ..case("one", 1) };
        assert_eq!(routed(vec![known], vec![agent("ada", 3), agent("ben", 9)]), [pair("one", "ben")]);
    }
}
