//! The browser's `Intl`, as far as Warmline needs it: dates, numbers and plurals cost nothing to download.

use js_sys::{Date, Object, Reflect};
use wasm_bindgen::prelude::*;
use warmline_protocol::Timestamp;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Intl)]
    type DateTimeFormat;
    #[wasm_bindgen(constructor, catch, js_namespace = Intl)]
    fn new(locale: &JsValue, options: &Object) -> Result<DateTimeFormat, JsValue>;
    #[wasm_bindgen(method)]
    fn format(this: &DateTimeFormat, date: &Date) -> String;

    #[wasm_bindgen(js_namespace = Intl)]
    type PluralRules;
    #[wasm_bindgen(constructor, catch, js_namespace = Intl)]
    fn new(locale: &JsValue) -> Result<PluralRules, JsValue>;
    #[wasm_bindgen(method)]
    fn select(this: &PluralRules, number: f64) -> String;

    #[wasm_bindgen(js_namespace = Intl)]
    type NumberFormat;
    #[wasm_bindgen(constructor, catch, js_namespace = Intl)]
    fn new(locale: &JsValue) -> Result<NumberFormat, JsValue>;
    #[wasm_bindgen(method)]
    fn format(this: &NumberFormat, number: f64) -> String;
}

/// Writes dates, numbers and plurals in one language.
pub(crate) struct Intl {
    clock: DateTimeFormat,
    day: DateTimeFormat,
    plural: PluralRules,
    number: NumberFormat,
}

impl Intl {
    /// Of a language; of the browser's own when it does not know the tag.
    pub(crate) fn of(language: &str) -> Option<Self> {
        let tag = JsValue::from_str(language);
        Intl::made(&tag).or_else(|_| Intl::made(&JsValue::UNDEFINED)).ok()
    }

    fn made(tag: &JsValue) -> Result<Self, JsValue> {
        Ok(Intl {
            clock: DateTimeFormat::new(tag, &options(&[("hour", "numeric"), ("minute", "2-digit")]))?,
            day: DateTimeFormat::new(tag, &options(&[("weekday", "long"), ("day", "numeric"), ("month", "long")]))?,
            plural: PluralRules::new(tag)?,
            number: NumberFormat::new(tag)?,
        })
    }

    /// `14:20`.
    pub(crate) fn clock(&self, at: Timestamp) -> String {
        self.clock.format(&date(at))
    }

    /// `Tuesday, 24 November`.
    pub(crate) fn day(&self, at: Timestamp) -> String {
        self.day.format(&date(at))
    }

    /// zero, one, two, few, many or other.
    pub(crate) fn plural(&self, number: u32) -> String {
        self.plural.select(f64::from(number))
    }

    /// In the language's own digits.
    pub(crate) fn number(&self, number: u32) -> String {
        self.number.format(f64::from(number))
    }
}

fn options(pairs: &[(&str, &str)]) -> Object {
    let options = Object::new();
    for (name, value) in pairs {
        let _ = Reflect::set(&options, &JsValue::from_str(name), &JsValue::from_str(value));
    }
    options
}

fn date(at: Timestamp) -> Date {
    Date::new(&JsValue::from_f64(at.0 as f64))
}

/// `2026-11-24T14:20:00.000Z`, for programs.
pub fn iso(at: Timestamp) -> String {
    date(at).to_iso_string().into()
}

/// Now, by this device's clock.
pub fn now() -> Timestamp {
    Timestamp(Date::now() as i64)
}

/// The number of the day on which a moment falls here, by the calendar of this device.
pub fn local_day(at: Timestamp) -> i64 {
    let minutes_west = date(at).get_timezone_offset() as i64;
    (at.0 - minutes_west * 60_000).div_euclid(86_400_000)
}
