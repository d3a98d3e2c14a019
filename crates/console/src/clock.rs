//! Clocks as they are shown: how long somebody waits, how much of a time is left.

use warmline_protocol::Timestamp;

/// `2:05`, and `1:02:05` from an hour on.
pub fn running(seconds: i64) -> String {
    let seconds = seconds.max(0);
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

/// How long since then.
pub fn since(now: Timestamp, then: Timestamp) -> String {
    running(now.seconds_since(then))
}

/// Whole seconds until then, rounded up: an offer with "1 s" can still be taken.
pub fn left(now: Timestamp, until: Timestamp) -> u32 {
    let seconds = (until.0 - now.0).max(0).unsigned_abs().div_ceil(1000);
    u32::try_from(seconds).unwrap_or(u32::MAX)
}

/// How near the end of a promise is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nearness {
    /// There is time.
    Far,
    /// Less than two minutes.
    Near,
    /// It has passed.
    Over,
}

/// A promise that is about to break within so many seconds is near.
const NEAR_S: i64 = 120;

impl Nearness {
    /// Of a promise.
    pub fn of(now: Timestamp, promise_by: Timestamp) -> Self {
        if promise_by <= now {
            Nearness::Over
        } else if promise_by <= now.plus_seconds(NEAR_S) {
            Nearness::Near
        } else {
            Nearness::Far
        }
    }

    /// The word by which a style tells them apart.
    pub const fn word(self) -> &'static str {
        match self {
            Nearness::Far => "far",
            Nearness::Near => "near",
            Nearness::Over => "over",
        }
    }
}

/// How far the server's clock is ahead of this device's, in milliseconds, when that is more than rounding.
///
/// `told` is when the server answered by its own clock, in whole seconds; `heard` the same moment here.
pub fn ahead(told: Timestamp, heard: Timestamp) -> i64 {
    let ahead = told.0 - heard.0;
    if ahead.abs() > 2_000 { ahead } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_running_clock_is_short_and_never_negative() {
        let shown: Vec<String> = [0, 9, 65, 3599, 3600, 3725, 90_000, -4].into_iter().map(running).collect();
        assert_eq!(shown, ["0:00", "0:09", "1:05", "59:59", "1:00:00", "1:02:05", "25:00:00", "0:00"]);
        assert_eq!(since(Timestamp(70_900), Timestamp(5_000)), "1:05");
    }

    #[test]
    fn what_is_left_is_rounded_up_and_ends_at_nothing() {
        assert_eq!(left(Timestamp(0), Timestamp(30_000)), 30);
        assert_eq!(left(Timestamp(29_001), Timestamp(30_000)), 1);
        assert_eq!(left(Timestamp(30_000), Timestamp(30_000)), 0);
        assert_eq!(left(Timestamp(90_000), Timestamp(30_000)), 0);
    }

    #[test]
    fn a_promise_is_near_before_it_is_over() {
        let by = Timestamp(1_000_000);
        assert_eq!(Nearness::of(Timestamp(0), by), Nearness::Far);
        assert_eq!(Nearness::of(Timestamp(880_000), by), Nearness::Near);
        assert_eq!(Nearness::of(by, by), Nearness::Over);
    }

    #[test]
    fn a_clock_that_is_right_is_left_alone() {
        assert_eq!(ahead(Timestamp(10_000), Timestamp(10_900)), 0);
        assert_eq!(ahead(Timestamp(70_000), Timestamp(10_000)), 60_000);
        assert_eq!(ahead(Timestamp(10_000), Timestamp(70_000)), -60_000);
    }
}
