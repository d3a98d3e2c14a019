//! A day of the calendar, without a time: what shops say about parcels.

use crate::sentences::phrasings;
use crate::text::Language;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use warmline_protocol::Timestamp;

/// A day, `2026-11-24` on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// The moment at which it begins in UTC.
    start: Timestamp,
}

impl Date {
    /// The day of a moment, in UTC.
    pub fn of(moment: Timestamp) -> Self {
        Self { start: Timestamp(moment.0.div_euclid(86_400_000) * 86_400_000) }
    }

    /// Reads `2026-11-24`; a time behind it is left out.
    pub fn read(text: &str) -> Option<Self> {
        let day = text.get(..10)?;
        Timestamp::from_rfc3339(&format!("{day}T00:00:00Z")).map(Self::of)
    }

    /// So many days later, or earlier.
    pub fn plus_days(self, days: i64) -> Self {
        Self { start: self.start.plus_seconds(days * 86_400) }
    }

    /// The moment at which it begins in UTC.
    pub fn start(self) -> Timestamp {
        self.start
    }

    /// As people of a language write it, without the year: "24 November".
    pub(crate) fn written(self, language: Language) -> String {
        let text = self.to_string();
        let number = |from: usize, to: usize| text.get(from..to).and_then(|digits| digits.parse::<usize>().ok()).unwrap_or(1);
        let months = phrasings(language, "assistant.months");
        let month = months.get(number(5, 7).saturating_sub(1)).copied().unwrap_or_default();
        let pattern = phrasings(language, "assistant.date").first().copied().unwrap_or("{day} {month}");
        pattern.replace("{day}", &number(8, 10).to_string()).replace("{month}", month)
    }
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.start.to_rfc3339().get(..10).unwrap_or_default())
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::read(&text).ok_or_else(|| serde::de::Error::custom("not a day like 2026-11-24"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_moved_and_written() {
        let day = Date::read("2026-11-24").unwrap();
        assert_eq!(day.plus_days(8).to_string(), "2026-12-02");
        let written: Vec<String> = Language::ALL.into_iter().map(|language| day.written(language)).collect();
        assert_eq!(written, ["24 November", "24. November", "24 de noviembre", "24 نوفمبر", "11月24日"]);
    }
}
