//! What is built later, from a timer or an event, needs an owner: without one its listeners are gone before they hear anything.

use reactive_graph::owner::Owner;

/// Where such things belong. They end with it, and it ends with the owner in which it was made.
pub struct Scope(Owner);

impl Scope {
    /// One that belongs to the current owner.
    #[allow(clippy::new_without_default, reason = "where it is made matters, so it is made by name")]
    pub fn new() -> Self {
        Scope(Owner::new())
    }

    /// Builds something that belongs here.
    pub fn build<T>(&self, make: impl FnOnce() -> T) -> T {
        self.0.with(make)
    }

    /// Ends what belongs here; more can be built after it.
    pub fn clear(&self) {
        self.0.cleanup();
    }
}
