//! Reads wire types over the browser's own `JSON.parse`: serde would add 40 kB to the widget.

use js_sys::{Array, JSON, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// Read from a parsed JSON value; `None` when it has not the form.
pub trait FromJs: Sized {
    /// The value itself.
    fn from_js(value: &JsValue) -> Option<Self>;
}

impl FromJs for String {
    fn from_js(value: &JsValue) -> Option<Self> {
        value.as_string()
    }
}

impl FromJs for bool {
    fn from_js(value: &JsValue) -> Option<Self> {
        value.as_bool()
    }
}

macro_rules! numbers {
    ($($number:ty),*) => {$(
        impl FromJs for $number {
            fn from_js(value: &JsValue) -> Option<Self> {
                value.as_f64().map(|number| number as $number)
            }
        }
    )*};
}
numbers!(u8, u32, u64, i64);

impl<T: FromJs> FromJs for Option<T> {
    fn from_js(value: &JsValue) -> Option<Self> {
        if value.is_undefined() || value.is_null() { Some(None) } else { T::from_js(value).map(Some) }
    }
}

impl<T: FromJs> FromJs for Vec<T> {
    fn from_js(value: &JsValue) -> Option<Self> {
        // A plain loop: the iterator's adapters would be compiled for each type.
        let array: &Array = value.dyn_ref()?;
        let mut items = Vec::new();
        for place in 0..array.length() {
            items.push(T::from_js(&array.get(place))?);
        }
        Some(items)
    }
}

/// The member of an object, `undefined` where there is none.
pub fn member(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}

/// A field by its name.
pub fn field<T: FromJs>(object: &JsValue, name: &str) -> Option<T> {
    T::from_js(&member(object, name))
}

/// A list by its name; a missing one is empty.
pub fn list<T: FromJs>(object: &JsValue, name: &str) -> Option<Vec<T>> {
    field::<Option<Vec<T>>>(object, name).map(Option::unwrap_or_default)
}

/// Reads JSON text.
pub fn parse<T: FromJs>(text: &str) -> Option<T> {
    T::from_js(&JSON::parse(text).ok()?)
}
