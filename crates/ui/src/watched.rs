//! Values that can be watched. Who reads one in an effect runs again when it changes.
//!
//! They are read and owned as Leptos's signals are. Leptos's own compile all their code once for each type of value, which for the
//! widget's fifteen types came to 9 kB of its download.

use std::cell::RefCell;

use crate::dom::{Trigger, at_end};

/// A value that can be watched: a handle that is copied. The owner in which it was made lets the value go; the few bytes that are left
/// stay until the page goes, so that a handle never points to nothing.
pub struct Watched<T: 'static>(&'static Slot<T>);

struct Slot<T> {
    changed: Trigger,
    /// `None` once its owner is gone: a call that was under way at the unmount may still come back.
    value: RefCell<Option<T>>,
}

impl<T> Clone for Watched<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Watched<T> {}

#[cold]
fn gone() -> ! {
    wasm_bindgen::throw_str("a value was read after what owned it had been unmounted")
}

impl<T: 'static> Watched<T> {
    /// A value, kept by the current owner.
    pub fn new(value: T) -> Self {
        let slot: &'static Slot<T> = Box::leak(Box::new(Slot { changed: Trigger::default(), value: RefCell::new(Some(value)) }));
        at_end(move || drop(slot.value.take()));
        Watched(slot)
    }

    /// Reads it and watches it.
    #[inline(always)]
    pub fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        self.track();
        self.with_untracked(read)
    }

    /// Reads it without watching it.
    #[inline(always)]
    pub fn with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> R {
        match &*self.0.value.borrow() {
            Some(value) => read(value),
            None => gone(),
        }
    }

    /// A copy of it, watched.
    pub fn get(self) -> T
    where
        T: Clone,
    {
        self.with(T::clone)
    }

    /// A copy of it, not watched.
    pub fn get_untracked(self) -> T
    where
        T: Clone,
    {
        self.with_untracked(T::clone)
    }

    /// Changes it to another value.
    pub fn set(self, value: T) {
        self.update(|old| *old = value);
    }

    /// Changes it where it stands.
    pub fn update(self, change: impl FnOnce(&mut T)) {
        match &mut *self.0.value.borrow_mut() {
            Some(value) => change(value),
            None => return,
        }
        self.0.changed.notify();
    }

    /// Watches it without reading it.
    pub fn track(self) {
        self.0.changed.track();
    }
}
