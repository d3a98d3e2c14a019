//! The root of what is built: mounted into a container, and taken out of it again with all that it owns.

use reactive_graph::owner::Owner;
use web_sys::HtmlElement;

use super::{AsNode, El};

/// What stands in a container. It stays until [`Mounted::unmount`].
pub struct Mounted {
    owner: Owner,
    container: HtmlElement,
}

/// Builds a root and puts it into a container.
pub fn mount(container: &HtmlElement, build: impl FnOnce() -> El) -> Mounted {
    let owner = Owner::new();
    let root = owner.with(build);
    let _ = container.append_child(root.node());
    Mounted { owner, container: container.clone() }
}

impl Mounted {
    /// Does something as a part of what is mounted.
    pub fn with<T>(&self, run: impl FnOnce() -> T) -> T {
        self.owner.with(run)
    }

    /// Ends everything: listeners, timers, streams, effects, nodes.
    pub fn unmount(self) {
        self.owner.cleanup();
        self.container.set_text_content(None);
    }
}
