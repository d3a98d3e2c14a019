//! What outlives a reload. A browser that refuses to store (private windows, blocked third parties) is survived: then memory must do.

use crate::joined;
use std::cell::RefCell;
use std::rc::Rc;

use web_sys::Storage;

use crate::dom::window;

/// A place in `localStorage`, all of whose names begin alike.
#[derive(Clone)]
pub struct Shelf {
    prefix: Rc<str>,
    memory: Rc<RefCell<Vec<(String, String)>>>,
}

impl Shelf {
    /// The shelf of a prefix. Nothing is stored by that.
    pub fn new(prefix: &str) -> Self {
        Shelf { prefix: prefix.into(), memory: Rc::default() }
    }

    /// The whole name of an entry: the prefix itself for `""`.
    pub fn name(&self, entry: &str) -> String {
        if entry.is_empty() { String::from(&*self.prefix) } else { joined(&[&*self.prefix, ":", entry]) }
    }

    /// What is stored there.
    pub fn get(&self, entry: &str) -> Option<String> {
        let name = self.name(entry);
        match storage().map(|storage| storage.get_item(&name)) {
            Some(Ok(found @ Some(_))) => found,
            Some(Ok(None) | Err(_)) | None => self.remembered(&name),
        }
    }

    /// Stores.
    pub fn set(&self, entry: &str, text: &str) {
        let name = self.name(entry);
        let stored = storage().is_some_and(|storage| storage.set_item(&name, text).is_ok());
        self.forget(&name);
        if !stored {
            self.memory.borrow_mut().push((name, text.to_owned()));
        }
    }

    /// Forgets.
    pub fn remove(&self, entry: &str) {
        let name = self.name(entry);
        self.forget(&name);
        if let Some(storage) = storage() {
            let _ = storage.remove_item(&name);
        }
    }

    fn remembered(&self, name: &str) -> Option<String> {
        self.memory.borrow().iter().find(|(known, _)| known == name).map(|(_, text)| text.clone())
    }

    fn forget(&self, name: &str) {
        let mut memory = self.memory.borrow_mut();
        if let Some(place) = memory.iter().position(|(known, _)| known == name) {
            memory.remove(place);
        }
    }
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}
