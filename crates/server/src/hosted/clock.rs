//! Clock times and days. Without script the server does not know the shopper's time zone: times are the shop's, and the page says so.

use jiff::tz::TimeZone;
use jiff::{Timestamp as Moment, ZonedDateTime};
use maud::{Markup, html};
use warmline_protocol::Timestamp;

use super::words::Language;

/// Writes moments in one language, as the clocks of the shop show them.
pub(super) struct Clock {
    language: Language,
    zone: TimeZone,
    now: Timestamp,
}

impl Clock {
    /// The clock of a zone, by its IANA name.
    pub(super) fn new(language: Language, zone: &str, now: Timestamp) -> Self {
        Clock { language, zone: TimeZone::get(zone).unwrap_or(TimeZone::UTC), now }
    }

    fn zoned(&self, at: Timestamp) -> ZonedDateTime {
        Moment::from_millisecond(at.0).unwrap_or_default().to_zoned_datetime(self.zone.clone())
    }

    /// `14:20`.
    pub(super) fn time(&self, at: Timestamp) -> String {
        let at = self.zoned(at);
        format!("{:02}:{:02}", at.hour(), at.minute())
    }

    /// `14:20` when it is today, else with its day.
    pub(super) fn when(&self, at: Timestamp) -> String {
        if self.is_same_day(at, self.now) { self.time(at) } else { self.dated(&self.language.words().day_and_time, at) }
    }

    /// `Tuesday 24 November`.
    pub(super) fn day(&self, at: Timestamp) -> String {
        self.dated(&self.language.words().day, at)
    }

    /// Whether two moments fall on one day.
    pub(super) fn is_same_day(&self, one: Timestamp, other: Timestamp) -> bool {
        self.zoned(one).date() == self.zoned(other).date()
    }

    /// The time as an element that programs can read, too.
    pub(super) fn element(&self, at: Timestamp) -> Markup {
        html! { time datetime=(at) { (self.time(at)) } }
    }

    fn dated(&self, pattern: &str, at: Timestamp) -> String {
        let words = self.language.words();
        let zoned = self.zoned(at);
        let nth = |from_one: i8| usize::try_from(from_one - 1).unwrap_or_default();
        let weekday = words.weekdays.get(nth(zoned.weekday().to_monday_one_offset())).map_or("", String::as_str);
        let month = words.months.get(nth(zoned.month())).map_or("", String::as_str);
        self.language.fill(pattern, &[("weekday", weekday), ("day", &zoned.day().to_string()), ("month", month), ("time", &self.time(at))])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_a_time_today_and_has_its_day_otherwise() {
        let at = |text: &str| Timestamp::from_rfc3339(text).unwrap();
        let clock = |language| Clock::new(language, "Europe/London", at("2026-07-06T09:00:00Z"));
        assert_eq!(clock(Language::En).when(at("2026-07-06T13:20:00Z")), "14:20");
        assert_eq!(clock(Language::En).when(at("2026-07-07T07:00:00Z")), "Tuesday 7 July, 08:00");
        assert_eq!(clock(Language::De).when(at("2026-07-07T07:00:00Z")), "Dienstag, 7. Juli, 08:00");
        assert_eq!(clock(Language::Ja).day(at("2026-07-07T07:00:00Z")), "7月7日（火）");
    }
}
