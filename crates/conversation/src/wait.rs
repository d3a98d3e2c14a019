//! How long it takes until a person answers, said honestly.

use warmline_protocol::Timestamp;
use warmline_protocol::event::PromiseKind;

/// Without history: so many seconds for each place in line, divided among those on shift.
const SECONDS_A_PLACE: u32 = 180;

/// The line as the next to join it finds it, and who serves it.
#[derive(Debug, Clone, PartialEq)]
pub struct Outlook {
    /// How many wait in front.
    pub ahead: u32,
    /// Agents on shift who serve this shop.
    pub on_shift: u32,
    /// How many conversations they could take now.
    pub free: u32,
    /// The last handoffs' seconds from the ask to the first word of a person, up to 50.
    pub history: Vec<u32>,
    /// When nobody is on shift: when somebody is, by plan or by the merchant's hours.
    pub next_staffed_at: Option<Timestamp>,
    /// Within how many seconds of being staffed a reply is promised when nobody is on shift.
    pub reply_within_s: u32,
}

/// What can be said to the shopper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Estimate {
    /// The place in line, 1 is next.
    pub position: u32,
    /// Seconds, in whole minutes rounded up.
    pub expected_wait_s: Option<u32>,
    /// When somebody is on shift again.
    pub next_staffed_at: Option<Timestamp>,
    /// live or reply.
    pub kind: PromiseKind,
    /// Until when a person answers.
    pub promise_by: Timestamp,
}

impl Outlook {
    /// The estimate for whoever joins the line now.
    pub fn estimate(&self, now: Timestamp) -> Estimate {
        let position = self.ahead + 1;
        if self.on_shift == 0 {
            let from = self.next_staffed_at.filter(|at| *at > now).unwrap_or(now);
            return Estimate {
                position,
                expected_wait_s: None,
                next_staffed_at: self.next_staffed_at.filter(|at| *at > now),
                kind: PromiseKind::Reply,
                promise_by: from.plus_seconds(i64::from(self.reply_within_s)),
            };
        }
        let (expected, promised) = self.seconds(position);
        Estimate {
            position,
            expected_wait_s: Some(whole_minutes(expected)),
            next_staffed_at: None,
            kind: PromiseKind::Live,
            promise_by: now.plus_seconds(i64::from(whole_minutes(promised))),
        }
    }

    /// The expected wait, and the one that nine of ten are under.
    fn seconds(&self, position: u32) -> (u32, u32) {
        let people = self.on_shift.max(1);
        // Those whom a free hand can take at once do not wait for the ones before them.
        let rounds = position.saturating_sub(self.free).div_ceil(people).max(1);
        if self.history.len() < 5 {
            let expected = SECONDS_A_PLACE * position.div_ceil(people);
            return (expected, expected * 2);
        }
        let mut waits = self.history.clone();
        waits.sort_unstable();
        let at = |share: usize| waits[(waits.len() * share / 100).min(waits.len() - 1)];
        (at(50).saturating_mul(rounds).max(60), at(90).saturating_mul(rounds).max(120))
    }
}

/// Seconds in whole minutes, rounded up.
fn whole_minutes(seconds: u32) -> u32 {
    seconds.div_ceil(60).max(1) * 60
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outlook() -> Outlook {
        Outlook { ahead: 0, on_shift: 1, free: 1, history: Vec::new(), next_staffed_at: None, reply_within_s: 3600 }
    }

    #[test]
    fn without_history_each_place_takes_three_minutes() {
        let estimate = Outlook { ahead: 3, on_shift: 2, ..outlook() }.estimate(Timestamp(0));
        assert_eq!((estimate.position, estimate.expected_wait_s), (4, Some(360)));
    }

    #[test]
    fn the_promise_is_the_ninetieth_percentile_of_the_history() {
        let estimate = Outlook { history: (1..=50).map(|n| n * 10).collect(), ..outlook() }.estimate(Timestamp(0));
        assert_eq!(estimate.expected_wait_s, Some(300));
        assert_eq!(estimate.promise_by, Timestamp(0).plus_seconds(480));
    }

    #[test]
    fn with_nobody_on_shift_a_reply_is_promised_and_no_wait_is_made_up() {
        let opens = Timestamp(0).plus_seconds(7200);
        let estimate = Outlook { on_shift: 0, next_staffed_at: Some(opens), ..outlook() }.estimate(Timestamp(0));
        assert_eq!((estimate.kind, estimate.expected_wait_s), (PromiseKind::Reply, None));
        assert_eq!(estimate.promise_by, opens.plus_seconds(3600));
    }
}
