//! Values that can be watched. Who reads one in an effect runs again when it changes.
//!
//! They are Leptos's triggers and owners with the value kept beside them, type-erased: Leptos's own signals compile all their code once
//! for each type of value, which for the widget's fifteen types came to 9 kB of its download.

use std::any::Any;
use std::cell::RefCell;
use std::marker::PhantomData;
use std::rc::Rc;

use reactive_graph::owner::StoredValue;
use reactive_graph::signal::ArcTrigger;
use reactive_graph::traits::{GetValue, Notify, Track};
use send_wrapper::SendWrapper;

/// A value that can be watched: a handle that is copied. The owner in which it was made keeps it.
pub struct Watched<T> {
    slot: StoredValue<SendWrapper<Rc<Slot>>>,
    kind: PhantomData<fn() -> T>,
}

struct Slot {
    changed: ArcTrigger,
    value: RefCell<Box<dyn Any>>,
}

impl<T> Clone for Watched<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Watched<T> {}

fn stored(value: Box<dyn Any>) -> StoredValue<SendWrapper<Rc<Slot>>> {
    StoredValue::new(SendWrapper::new(Rc::new(Slot { changed: ArcTrigger::new(), value: RefCell::new(value) })))
}

/// The slot of a handle. `None` once its owner is gone: a call that was under way at the unmount may still come back.
fn slot_of(slot: StoredValue<SendWrapper<Rc<Slot>>>, track: bool) -> Option<Rc<Slot>> {
    let slot = slot.try_get_value()?;
    if track {
        slot.changed.track();
    }
    Some(Rc::clone(&slot))
}

fn set(slot: StoredValue<SendWrapper<Rc<Slot>>>, value: Box<dyn Any>) {
    if let Some(slot) = slot_of(slot, false) {
        let old = slot.value.replace(value);
        slot.changed.notify();
        drop(old);
    }
}

fn slot_or_throw(slot: StoredValue<SendWrapper<Rc<Slot>>>, track: bool) -> Rc<Slot> {
    slot_of(slot, track).unwrap_or_else(|| gone())
}

fn gone() -> ! {
    wasm_bindgen::throw_str("a value was read after what owned it had been unmounted")
}

impl<T: 'static> Watched<T> {
    /// A value, kept by the current owner.
    pub fn new(value: T) -> Self {
        Watched { slot: stored(Box::new(value)), kind: PhantomData }
    }

    /// Reads it and watches it.
    #[inline(always)]
    pub fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        self.read(true, read)
    }

    /// Reads it without watching it.
    pub fn with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> R {
        self.read(false, read)
    }

    /// A copy of it, watched.
    pub fn get(self) -> T
    where
        T: Clone,
    {
        self.read(true, T::clone)
    }

    /// A copy of it, not watched.
    pub fn get_untracked(self) -> T
    where
        T: Clone,
    {
        self.read(false, T::clone)
    }

    /// Changes it to another value.
    pub fn set(self, value: T) {
        set(self.slot, Box::new(value));
    }

    /// Changes it where it stands.
    pub fn update(self, change: impl FnOnce(&mut T)) {
        let Some(slot) = slot_of(self.slot, false) else { return };
        if let Some(value) = slot.value.borrow_mut().downcast_mut() {
            change(value);
        }
        slot.changed.notify();
    }

    /// Watches it without reading it.
    pub fn track(self) {
        slot_of(self.slot, true);
    }

    #[inline(always)]
    fn read<R>(self, track: bool, read: impl FnOnce(&T) -> R) -> R {
        let slot = slot_or_throw(self.slot, track);
        let value = slot.value.borrow();
        match value.downcast_ref() {
            Some(value) => read(value),
            None => gone(),
        }
    }
}
