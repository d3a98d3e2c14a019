//! The tabs of one browser, of which one leads: it holds the stream, and tells the others what it hears.
//!
//! HTTP/1.1 gives a browser six connections to a host, all tabs together, so that a stream for each tab would leave none for anything
//! else. A lock of the browser (Web Locks) says who leads: it goes to the next by itself when a tab ends. A tab whose process is frozen
//! keeps its lock, though: whoever is looked at and hears nothing takes it over. Where a page has no locks (plain http), each tab is
//! alone, and lets go of its stream while it is hidden.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Function, Object, Promise, Reflect};
use warmline_protocol::js::member;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::BroadcastChannel;

use crate::dom::{Callback, spawn, window};

#[wasm_bindgen]
extern "C" {
    type LockManager;
    #[wasm_bindgen(method, catch)]
    fn request(this: &LockManager, name: &str, options: &Object, granted: &Function) -> Result<Promise, JsValue>;
}

/// What the tabs tell a tab.
pub(crate) trait Listener {
    /// Leads from now on, or no longer.
    fn leads(&'static self, leads: bool);
    /// Another tab said something.
    fn told(&'static self, message: &JsValue);
}

/// This tab among the others.
pub(crate) struct Tabs {
    name: String,
    channel: BroadcastChannel,
    locks: LockManager,
    _heard: Callback,
    listener: &'static dyn Listener,
    /// Lets the lock go, when it is held.
    release: RefCell<Option<Function>>,
    left: Cell<bool>,
}

impl Tabs {
    /// Joins the tabs that know each other by a name, and stands in line for the lead; `None` where the browser has no such thing.
    pub(crate) fn join(name: &str, listener: &'static dyn Listener) -> Option<Rc<Self>> {
        let locks = member(&window().navigator(), "locks");
        if !locks.is_object() {
            return None;
        }
        let channel = BroadcastChannel::new(name).ok()?;
        let heard = Callback::new(move |event| listener.told(&member(&event, "data")));
        channel.set_onmessage(Some(heard.function()));
        let tabs = Rc::new(Tabs {
            name: name.to_owned(),
            channel,
            locks: locks.unchecked_into(),
            _heard: heard,
            listener,
            release: RefCell::default(),
            left: Cell::new(false),
        });
        tabs.stand_in_line(false);
        Some(tabs)
    }

    /// Tells all other tabs.
    pub(crate) fn tell(&self, message: &JsValue) {
        let _ = self.channel.post_message(message);
    }

    /// Takes the lead from a tab that says nothing any more.
    pub(crate) fn take_over(self: &Rc<Self>) {
        self.stand_in_line(true);
    }

    /// Leaves: the next in line leads.
    pub(crate) fn leave(&self) {
        self.left.set(true);
        self.channel.set_onmessage(None);
        self.channel.close();
        self.let_go();
    }

    fn let_go(&self) {
        if let Some(release) = self.release.take() {
            let _ = release.call0(&JsValue::UNDEFINED);
        }
    }

    fn stand_in_line(self: &Rc<Self>, steal: bool) {
        let options = Object::new();
        let _ = Reflect::set(&options, &"steal".into(), &JsValue::from_bool(steal));
        let this = Rc::clone(self);
        // The lock is held until the promise that its callback returns is settled.
        let granted = Closure::once_into_js(move |_: JsValue| {
            Promise::new(&mut |resolve, _| {
                if this.left.get() {
                    let _ = resolve.call0(&JsValue::UNDEFINED);
                    return;
                }
                this.release.replace(Some(resolve));
                this.listener.leads(true);
            })
        });
        let Ok(held) = self.locks.request(&self.name, &options, granted.unchecked_ref()) else { return };
        let this = Rc::clone(self);
        spawn(async move {
            let ended = JsFuture::from(held).await;
            // An error is another tab that took the lead.
            if ended.is_err() && !this.left.get() && this.release.take().is_some() {
                this.listener.leads(false);
                this.stand_in_line(false);
            }
        });
    }
}
