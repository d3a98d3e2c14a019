//! In which order what needs somebody is listed.

use warmline_protocol::Timestamp;
use warmline_protocol::agent::{InboxRow, Offer};

use crate::turn::Turn;

/// Who waits, first in line first: a broken promise, then priority, then the clock. The server routes by the same order.
pub fn waiting(mut rows: Vec<InboxRow>) -> Vec<InboxRow> {
    rows.sort_by_key(|row| (!row.promise_broken, std::cmp::Reverse(row.priority), row.waiting_since.unwrap_or(row.updated_at)));
    rows
}

/// One's own: those who wait for an answer first, the longest first; then the others, the latest first.
pub fn own<T>(mut rows: Vec<(T, Turn)>) -> Vec<T> {
    rows.sort_by_key(|(_, turn)| match turn.waits_since {
        Some(since) => (0, since.0),
        None => (1, -turn.at.0),
    });
    rows.into_iter().map(|(row, _)| row).collect()
}

/// Offers that can still be taken, the one that ends first in front.
pub fn open(mut offers: Vec<Offer>, now: Timestamp) -> Vec<Offer> {
    offers.retain(|offer| offer.expires_at > now);
    offers.sort_by_key(|offer| offer.expires_at);
    offers
}

/// The one after, or before, in a list; the first when none is chosen. Past the end it stays at the end.
pub fn step<'a>(list: &'a [String], chosen: Option<&str>, forward: bool) -> Option<&'a String> {
    let place = chosen.and_then(|chosen| list.iter().position(|id| id == chosen));
    match (place, forward) {
        (None, _) => list.first(),
        (Some(place), true) => list.get(place + 1).or(list.last()),
        (Some(place), false) => list.get(place.saturating_sub(1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use warmline_protocol::{ConversationId, OfferId, Phase};

    fn row(id: &str, since: i64, priority: u32, promise_broken: bool) -> InboxRow {
        InboxRow {
            conversation_id: ConversationId(id.into()),
            last_seq: 1,
            phase: Phase::Queued,
            language: "en".into(),
            snippet: String::new(),
            priority,
            updated_at: Timestamp(0),
            promise_broken,
            shopper_name: None,
            case_code: None,
            waiting_since: Some(Timestamp(since)),
            promise_by: None,
            agent_id: None,
            agent_name: None,
            mood: None,
        }
    }

    #[test]
    fn a_broken_promise_comes_first_then_priority_then_the_longest_wait() {
        let rows = vec![row("late", 9, 0, false), row("early", 1, 0, false), row("vip", 8, 1, false), row("broken", 5, 0, true)];
        let order: Vec<String> = waiting(rows).into_iter().map(|row| row.conversation_id.0).collect();
        assert_eq!(order, ["broken", "vip", "early", "late"]);
    }

    #[test]
    fn who_waits_for_an_answer_comes_before_who_was_answered() {
        let turn =
            |waits: Option<i64>, at| Turn { waits_since: waits.map(Timestamp), at: Timestamp(at), unread: 0, snippet: String::new() };
        let rows = vec![("answered", turn(None, 50)), ("fresh", turn(Some(40), 40)), ("long", turn(Some(10), 45)), ("old", turn(None, 5))];
        assert_eq!(own(rows), ["long", "fresh", "answered", "old"]);
    }

    #[test]
    fn an_offer_that_is_over_is_not_shown() {
        let offer = |id: &str, expires_at| Offer {
            offer_id: OfferId(id.into()),
            conversation_id: ConversationId(id.into()),
            expires_at: Timestamp(expires_at),
            waited_s: 0,
            language: "en".into(),
            reason: "tap".into(),
            promise_broken: false,
            case_code: None,
            problem: None,
            wants: None,
            order: None,
            quote: None,
            shopper_name: None,
            promise_by: None,
        };
        let left: Vec<String> = open(vec![offer("b", 300), offer("over", 100), offer("a", 200)], Timestamp(100))
            .into_iter()
            .map(|offer| offer.offer_id.0)
            .collect();
        assert_eq!(left, ["a", "b"]);
    }

    #[test]
    fn steps_stay_within_the_list() {
        let list: Vec<String> = ["a", "b", "c"].map(str::to_owned).into();
        assert_eq!(step(&list, None, true).unwrap(), "a");
        assert_eq!(step(&list, Some("a"), true).unwrap(), "b");
        assert_eq!(step(&list, Some("c"), true).unwrap(), "c");
        assert_eq!(step(&list, Some("a"), false).unwrap(), "a");
        assert_eq!(step(&list, Some("gone"), false).unwrap(), "a");
        assert_eq!(step(&[], None, true), None);
    }
}
