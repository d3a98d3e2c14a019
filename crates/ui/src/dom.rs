//! A small builder of nodes over web-sys, with reactive forms that run in an effect of the owner in which they are built.
//!
//! Text enters a page only through text nodes, styles only through `CssStyleDeclaration`: there is no HTML string and no `style`
//! attribute, so a strict Content-Security-Policy and Trusted Types have nothing to refuse. Why not Leptos's views:
//! docs/decisions/0003-views-over-web-sys.md.

use reactive_graph::owner::Owner;
use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, Event, EventTarget, HtmlElement, KeyboardEvent, Node, Window};

mod calls;
mod each;
mod effect;
mod mount;
mod scope;
mod timer;

pub(crate) use calls::{Ask, Hear};
pub use calls::{Callback, spawn};
pub use each::Placed;
pub(crate) use effect::Trigger;
pub use mount::{Mounted, mount};
pub use scope::Scope;
pub use timer::{Timer, after, next_frame, sleep};

const SVG: &str = "http://www.w3.org/2000/svg";

/// The window. Warmline's browser code runs in pages only, never in workers.
pub fn window() -> Window {
    js_sys::global().unchecked_into()
}

/// The document.
pub fn document() -> Document {
    window().document().unwrap_or_else(|| JsValue::UNDEFINED.unchecked_into())
}

/// Runs `run` now, and again whenever a signal that it read changes, until the current owner is cleaned up.
pub fn effect(run: impl FnMut() + 'static) {
    effect::effect_of(Box::new(run));
}

/// Keeps a value alive until the current owner is cleaned up.
pub fn keep(value: impl Sized + 'static) {
    at_end(move || drop(value));
}

/// Runs when the current owner is cleaned up.
pub fn at_end(run: impl FnOnce() + 'static) {
    effect::at_end_of(Box::new(run));
}

/// Listens until the current owner is cleaned up.
pub fn listen(target: &EventTarget, name: &'static str, heard: impl FnMut(Event) + 'static) {
    listen_to(target, name, Box::new(heard));
}

fn listen_to(target: &EventTarget, name: &'static str, mut heard: Box<dyn Hear<Event>>) {
    let callback = Callback::new(move |event| heard.hear(event.unchecked_into()));
    // A listener that could not be added is a target that is no target; there is nobody to tell.
    let _ = target.add_event_listener_with_callback(name, callback.function());
    let target = target.clone();
    at_end(move || {
        let _ = target.remove_event_listener_with_callback(name, callback.function());
    });
}

/// What an attribute can be made of: `None` and `false` are no attribute.
pub trait AttrValue {
    /// Its text.
    fn into_text(self) -> Option<String>;
}

impl AttrValue for String {
    fn into_text(self) -> Option<String> {
        Some(self)
    }
}

impl AttrValue for &str {
    fn into_text(self) -> Option<String> {
        Some(self.to_owned())
    }
}

impl AttrValue for Option<String> {
    fn into_text(self) -> Option<String> {
        self
    }
}

impl AttrValue for bool {
    fn into_text(self) -> Option<String> {
        self.then(String::new)
    }
}

/// `"true"` or `"false"`, as ARIA wants it said.
pub const fn said(yes: bool) -> &'static str {
    if yes { "true" } else { "false" }
}

/// An element that is being built.
#[derive(Clone)]
pub struct El(Element);

/// A new element.
pub fn el(tag: &str) -> El {
    El(document().create_element(tag).unwrap_or_else(|error| wasm_bindgen::throw_val(error)))
}

/// A `<button type="button">`: none of ours submits a form.
pub fn button(class: &str) -> El {
    el("button").attr("type", "button").class(class)
}

/// An icon of 24 × 24 drawn by one path; a screen reader passes over it.
pub fn icon(path: &str) -> El {
    let svg = |tag| El(document().create_element_ns(Some(SVG), tag).unwrap_or_else(|error| wasm_bindgen::throw_val(error)));
    svg("svg")
        .attr("class", "icon")
        .attr("viewBox", "0 0 24 24")
        .attr("aria-hidden", "true")
        .attr("focusable", "false")
        .child(svg("path").attr("d", path))
}

impl El {
    /// The element.
    pub fn element(&self) -> &Element {
        &self.0
    }

    /// The element as HTML's.
    pub fn html(&self) -> &HtmlElement {
        self.0.unchecked_ref()
    }

    /// The element as a more special one, which the caller knows from its tag.
    pub fn as_kind<T: JsCast>(&self) -> T {
        self.0.clone().unchecked_into()
    }

    /// Sets the class attribute.
    pub fn class(self, names: &str) -> Self {
        self.set("class", names);
        self
    }

    /// Sets the names by which a theme can reach it from outside the shadow root.
    pub fn part(self, names: &str) -> Self {
        self.set("part", names);
        self
    }

    /// Sets an attribute.
    pub fn attr(self, name: &str, value: impl AttrValue) -> Self {
        set_attr(&self.0, name, value.into_text());
        self
    }

    /// Keeps an attribute as a closure says.
    pub fn dyn_attr<V: AttrValue>(self, name: &'static str, value: impl Fn() -> V + 'static) -> Self {
        self.dyn_attr_of(name, Box::new(move || value().into_text()))
    }

    fn dyn_attr_of(self, name: &'static str, mut value: Box<dyn Ask<Option<String>>>) -> Self {
        let element = self.0.clone();
        let mut before: Option<Option<String>> = None;
        effect(move || {
            let now = value.ask();
            if before.as_ref() != Some(&now) {
                set_attr(&element, name, now.clone());
                before = Some(now);
            }
        });
        self
    }

    /// Shows it while a closure says so.
    pub fn show(self, shown: impl Fn() -> bool + 'static) -> Self {
        self.show_while(Box::new(shown))
    }

    fn show_while(self, mut shown: Box<dyn Ask<bool>>) -> Self {
        self.dyn_attr_of("hidden", Box::new(move || (!shown.ask()).then(String::new)))
    }

    /// Adds text.
    pub fn text(self, text: &str) -> Self {
        self.child(document().create_text_node(text))
    }

    /// Adds text that a closure keeps up to date.
    pub fn dyn_text(self, text: impl Fn() -> String + 'static) -> Self {
        self.dyn_text_of(Box::new(text))
    }

    fn dyn_text_of(self, mut text: Box<dyn Ask<String>>) -> Self {
        let node = document().create_text_node("");
        self.append(&node);
        let mut before = String::new();
        effect(move || {
            let now = text.ask();
            if now != before {
                node.set_data(&now);
                before = now;
            }
        });
        self
    }

    /// Adds a node.
    pub fn child(self, child: impl AsNode) -> Self {
        self.append(child.node());
        self
    }

    /// Adds nodes.
    pub fn children<N: AsNode>(self, children: impl IntoIterator<Item = N>) -> Self {
        for child in children {
            self.append(child.node());
        }
        self
    }

    /// Hears an event.
    pub fn on(self, name: &'static str, heard: impl FnMut(Event) + 'static) -> Self {
        listen(&self.0, name, heard);
        self
    }

    /// Hears a click or a tap.
    pub fn on_click(self, heard: impl FnMut() + 'static) -> Self {
        self.on_click_of(Box::new(heard))
    }

    fn on_click_of(self, mut heard: Box<dyn Ask<()>>) -> Self {
        self.on("click", move |_| heard.ask())
    }

    /// Hears a key.
    pub fn on_key(self, mut heard: impl FnMut(KeyboardEvent) + 'static) -> Self {
        self.on("keydown", move |event| heard(event.unchecked_into()))
    }

    /// Hands the element to a closure that keeps it.
    pub fn tap(self, keep: impl FnOnce(&Element)) -> Self {
        keep(&self.0);
        self
    }

    fn append(&self, node: &Node) {
        let _ = self.0.append_child(node);
    }

    /// Adds an element where this one stands already.
    pub(crate) fn put(&self, child: &El) {
        self.append(&child.0);
    }

    /// Sets an attribute where this one stands already.
    pub(crate) fn set(&self, name: &str, value: &str) {
        // Names are ours, so that a refusal cannot happen.
        let _ = self.0.set_attribute(name, value);
    }
}

fn set_attr(element: &Element, name: &str, value: Option<String>) {
    // Names are ours, so that a refusal cannot happen.
    let _ = match value {
        Some(value) => element.set_attribute(name, &value),
        None => element.remove_attribute(name),
    };
}

/// What can be a child.
pub trait AsNode {
    /// The node.
    fn node(&self) -> &Node;
}

impl AsNode for El {
    fn node(&self) -> &Node {
        &self.0
    }
}

impl<T: AsRef<Node>> AsNode for T {
    fn node(&self) -> &Node {
        self.as_ref()
    }
}

/// Sets a style property on one element, the only way in which a script of ours styles anything.
pub fn set_style(element: &HtmlElement, name: &str, value: &str, important: bool) {
    let _ = element.style().set_property_with_priority(name, value, if important { "important" } else { "" });
}

/// Gives an element the focus; `scroll` lets the browser bring it into view.
pub fn focus(element: &HtmlElement) {
    let _ = element.focus();
}

/// The owner in which a child that comes and goes is built.
pub(crate) fn current_owner() -> Owner {
    Owner::current().unwrap_or_default()
}
