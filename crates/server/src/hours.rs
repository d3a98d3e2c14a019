//! Opening hours: when is somebody there next?

use anyhow::{Context as _, anyhow};
use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp as Moment, ToSpan as _};
use warmline_protocol::Timestamp;

use crate::config::Hours;

/// Opening hours, read and checked.
#[derive(Debug, Clone)]
pub struct OpeningHours {
    zone: TimeZone,
    /// From Monday on: spans of the day.
    week: [Vec<(Time, Time)>; 7],
    closed_on: Vec<(i8, i8)>,
}

impl OpeningHours {
    /// Reads the settings; an error names what is wrong.
    pub fn read(hours: &Hours) -> anyhow::Result<Self> {
        let zone = TimeZone::get(&hours.time_zone).with_context(|| format!("hours.time_zone {:?} is unknown", hours.time_zone))?;
        let days = [&hours.monday, &hours.tuesday, &hours.wednesday, &hours.thursday, &hours.friday, &hours.saturday, &hours.sunday];
        let mut week: [Vec<(Time, Time)>; 7] = Default::default();
        for (spans, day) in week.iter_mut().zip(days) {
            for span in day {
                spans.push(read_span(span).ok_or_else(|| anyhow!("hours: {span:?} is not of the form 08:00-20:00"))?);
            }
            spans.sort();
        }
        let closed_on = hours
            .closed_on
            .iter()
            .map(|day| {
                let (month, day_of_month) =
                    day.split_once('-').ok_or_else(|| anyhow!("hours.closed_on: {day:?} is not of the form 12-25"))?;
                Ok((month.parse()?, day_of_month.parse()?))
            })
            .collect::<anyhow::Result<_>>()?;
        Ok(OpeningHours { zone, week, closed_on })
    }

    /// Whether the shop is open.
    pub fn open_at(&self, now: Timestamp) -> bool {
        self.next_opening(now).is_some_and(|opens| opens <= now)
    }

    /// The next moment at which the shop is open: `now` itself when it is; none when no day of the next two weeks is.
    pub fn next_opening(&self, now: Timestamp) -> Option<Timestamp> {
        let here = Moment::from_millisecond(now.0).ok()?.to_zoned_datetime(self.zone.clone());
        (0..14).find_map(|ahead| {
            let date = here.date().checked_add(ahead.days()).ok()?;
            self.spans_of(date).iter().find_map(|(from, to)| {
                let (opens, closes) = (self.moment(date, *from)?, self.moment(date, *to)?);
                if closes <= now {
                    return None;
                }
                Some(opens.max(now))
            })
        })
    }

    /// When today began, where the shop is.
    pub fn midnight(&self, now: Timestamp) -> Timestamp {
        let here = Moment::from_millisecond(now.0).ok().map(|moment| moment.to_zoned_datetime(self.zone.clone()));
        here.and_then(|here| here.start_of_day().ok()).map_or(now, |began| Timestamp(began.timestamp().as_millisecond()))
    }

    fn spans_of(&self, date: Date) -> &[(Time, Time)] {
        if self.closed_on.contains(&(date.month(), date.day())) {
            return &[];
        }
        let day = match date.weekday() {
            Weekday::Monday => 0,
            Weekday::Tuesday => 1,
            Weekday::Wednesday => 2,
            Weekday::Thursday => 3,
            Weekday::Friday => 4,
            Weekday::Saturday => 5,
            Weekday::Sunday => 6,
        };
        &self.week[day]
    }

    fn moment(&self, date: Date, time: Time) -> Option<Timestamp> {
        let zoned = date.to_datetime(time).to_zoned_datetime(self.zone.clone()).ok()?;
        Some(Timestamp(zoned.timestamp().as_millisecond()))
    }
}

fn read_span(span: &str) -> Option<(Time, Time)> {
    let (from, to) = span.split_once('-')?;
    let time = |text: &str| -> Option<Time> {
        let (hour, minute) = text.trim().split_once(':')?;
        // 24:00 is how people write the end of a day.
        if (hour, minute) == ("24", "00") {
            return Time::new(23, 59, 59, 999_000_000).ok();
        }
        Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
    };
    let span = (time(from)?, time(to)?);
    (span.0 < span.1).then_some(span)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hours() -> OpeningHours {
        OpeningHours::read(&Hours {
            time_zone: "Europe/London".into(),
            monday: vec!["08:00-12:00".into(), "13:00-20:00".into()],
            tuesday: vec!["08:00-20:00".into()],
            wednesday: Vec::new(),
            thursday: Vec::new(),
            friday: Vec::new(),
            saturday: Vec::new(),
            sunday: Vec::new(),
            closed_on: vec!["11-24".into()],
        })
        .unwrap()
    }

    fn at(text: &str) -> Timestamp {
        Timestamp::from_rfc3339(text).unwrap()
    }

    #[test]
    fn the_next_opening_is_now_or_later_today_or_the_next_open_day() {
        for (now, opens) in [
            ("2026-11-23T09:00:00Z", "2026-11-23T09:00:00Z"),
            ("2026-11-23T12:30:00Z", "2026-11-23T13:00:00Z"),
            // Tuesday the 24th is a holiday: Monday is next.
            ("2026-11-23T21:00:00Z", "2026-11-30T08:00:00Z"),
            // Summer time: eight o'clock in London is seven in UTC.
            ("2026-07-06T06:00:00Z", "2026-07-06T07:00:00Z"),
        ] {
            assert_eq!(hours().next_opening(at(now)), Some(at(opens)), "{now}");
        }
        assert!(hours().open_at(at("2026-11-23T09:00:00Z")));
        assert!(!hours().open_at(at("2026-11-23T12:30:00Z")));
    }
}
