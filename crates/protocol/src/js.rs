//! Reads wire types over the browser's own `JSON.parse`: serde would add 40 kB to the widget.
//!
//! A wire type is read whole, and only then it is asked whether all of it had the form: to give up at each field would need code there
//! that takes back what was read before, which made the readers twice as large.

use js_sys::{Array, JSON, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// Read from a parsed JSON value; `None` when it has not the form.
pub trait FromJs: Sized {
    /// The value itself.
    fn from_js(value: &JsValue) -> Option<Self>;
}

/// A type of the wire: what does not have the form is read as empty, and `ok` becomes false.
pub trait Wire: Sized {
    /// The value itself.
    fn read(value: &JsValue, ok: &mut bool) -> Self;
}

impl<T: Wire> FromJs for T {
    fn from_js(value: &JsValue) -> Option<Self> {
        let mut ok = true;
        let read = T::read(value, &mut ok);
        ok.then_some(read)
    }
}

impl Wire for String {
    fn read(value: &JsValue, ok: &mut bool) -> Self {
        or_empty(value.as_string(), ok)
    }
}

impl Wire for bool {
    fn read(value: &JsValue, ok: &mut bool) -> Self {
        or_empty(value.as_bool(), ok)
    }
}

macro_rules! numbers {
    ($($number:ty),*) => {$(
        impl Wire for $number {
            fn read(value: &JsValue, ok: &mut bool) -> Self {
                or_empty(value.as_f64(), ok) as $number
            }
        }
    )*};
}
numbers!(u8, u32, u64, i64);

impl<T: Wire> Wire for Option<T> {
    fn read(value: &JsValue, ok: &mut bool) -> Self {
        if value.is_undefined() || value.is_null() { None } else { Some(T::read(value, ok)) }
    }
}

impl<T: Wire> Wire for Vec<T> {
    fn read(value: &JsValue, ok: &mut bool) -> Self {
        let mut items = Vec::new();
        match value.dyn_ref::<Array>() {
            // A plain loop: the iterator's adapters would be compiled for each type.
            Some(array) => {
                for place in 0..array.length() {
                    items.push(T::read(&array.get(place), ok));
                }
            }
            None => *ok = false,
        }
        items
    }
}

/// What was read, or the empty value of its type and a note that it was missing.
pub(crate) fn or_empty<T: Default>(read: Option<T>, ok: &mut bool) -> T {
    read.unwrap_or_else(|| {
        *ok = false;
        T::default()
    })
}

/// A field of a wire type.
pub(crate) fn read_field<T: Wire>(object: &JsValue, name: &str, ok: &mut bool) -> T {
    T::read(&member(object, name), ok)
}

/// A list of a wire type; a missing one is empty.
pub(crate) fn read_list<T: Wire>(object: &JsValue, name: &str, ok: &mut bool) -> Vec<T> {
    Option::<Vec<T>>::read(&member(object, name), ok).unwrap_or_default()
}

/// The member of an object, `undefined` where there is none.
pub fn member(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}

/// A field by its name.
pub fn field<T: FromJs>(object: &JsValue, name: &str) -> Option<T> {
    T::from_js(&member(object, name))
}

/// The items of a list.
pub fn items<T: FromJs>(value: &JsValue) -> Option<Vec<T>> {
    let array: &Array = value.dyn_ref()?;
    let mut items = Vec::new();
    for place in 0..array.length() {
        items.push(T::from_js(&array.get(place))?);
    }
    Some(items)
}

/// A list by its name; a missing one is empty.
pub fn list<T: FromJs>(object: &JsValue, name: &str) -> Option<Vec<T>> {
    let value = member(object, name);
    if value.is_undefined() || value.is_null() { Some(Vec::new()) } else { items(&value) }
}

/// Reads JSON text.
pub fn parse<T: FromJs>(text: &str) -> Option<T> {
    T::from_js(&JSON::parse(text).ok()?)
}
