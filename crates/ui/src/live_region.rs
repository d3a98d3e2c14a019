//! What a screen reader is told of what changes by itself: one announcement for a message, when it is whole, never one for each word.

use web_sys::Element;

use crate::dom::{AsNode, El, el};

/// How many announcements stay: a slow reader is not cut off, and a long talk does not pile up.
const KEPT: u32 = 3;

/// Says things; a handle.
#[derive(Clone)]
pub struct LiveRegion(Element);

impl LiveRegion {
    /// A region; its element goes into the page once, and early.
    pub fn new() -> (Self, El) {
        let root = el("div")
            .class("live-region vh")
            .attr("role", "status")
            .attr("aria-live", "polite")
            .attr("aria-atomic", "false")
            .attr("aria-relevant", "additions");
        (LiveRegion(root.element().clone()), root)
    }

    /// Says something once.
    pub fn say(&self, text: &str) {
        while self.0.child_element_count() >= KEPT {
            let Some(oldest) = self.0.first_child() else { break };
            let _ = self.0.remove_child(&oldest);
        }
        let _ = self.0.append_child(el("p").text(text).node());
    }

    /// Whether this is a region of the page still.
    pub fn node(&self) -> &Element {
        &self.0
    }
}
