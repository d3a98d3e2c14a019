//! Effects: what runs again when something that it has read changes.
//!
//! Who observes and who owns is Leptos's to say (`Observer`, `Subscriber`, `Owner`), so that its own signals and ours can be read side
//! by side. The list of who reads what, and the queue of who runs next, are ours: Leptos's hash sets, channels and tasks were 10 kB of a
//! shopper's download.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use reactive_graph::graph::{AnySource, AnySubscriber, Observer, ReactiveNode, Subscriber, ToAnySubscriber, WithObserver};
use reactive_graph::owner::{Owner, on_cleanup};

use super::{Ask, current_owner, spawn};

/// Something that can change.
#[derive(Default)]
pub(crate) struct Trigger {
    readers: RefCell<Vec<AnySubscriber>>,
}

impl Trigger {
    /// Whoever observes now runs again when it changes.
    pub(crate) fn track(&'static self) {
        let Some(reader) = Observer::get() else { return };
        let mut readers = self.readers.borrow_mut();
        if readers.iter().all(|known| *known != reader) {
            readers.push(reader);
            board().read.borrow_mut().push(self);
        }
    }

    /// It has changed.
    pub(crate) fn notify(&self) {
        for reader in self.readers.take() {
            reader.mark_dirty();
        }
    }
}

/// What is kept until its owner ends. Leptos's owners take only what may go to another thread: the number of a place may.
enum Kept {
    Nothing,
    Effect(Rc<Effect>),
    End(Box<dyn FnOnce()>),
}

#[derive(Default)]
struct Board {
    kept: RefCell<Vec<Kept>>,
    free: RefCell<Vec<usize>>,
    /// The places of the effects that run next.
    queue: RefCell<Vec<usize>>,
    /// What the effect that runs has read so far.
    read: RefCell<Vec<&'static Trigger>>,
}

thread_local! {
    static BOARD: &'static Board = Box::leak(Box::default());
}

/// One way in for all: each `LocalKey::with` would be compiled for itself.
fn board() -> &'static Board {
    BOARD.with(|board| *board)
}

struct Effect {
    owner: Owner,
    node: Arc<Node>,
    run: RefCell<Box<dyn Ask<()>>>,
    sources: RefCell<Vec<&'static Trigger>>,
    ended: Cell<bool>,
}

/// An effect as Leptos knows it: its place.
struct Node(usize);

impl ReactiveNode for Node {
    fn mark_dirty(&self) {
        let mut queue = board().queue.borrow_mut();
        if queue.is_empty() {
            spawn(async { run_all() });
        }
        queue.push(self.0);
    }

    fn mark_check(&self) {
        self.mark_dirty();
    }

    fn mark_subscribers_check(&self) {}

    fn update_if_necessary(&self) -> bool {
        true
    }
}

impl Subscriber for Node {
    /// What Leptos's own signals are called here: they let go of us by themselves.
    fn add_source(&self, _: AnySource) {}

    fn clear_sources(&self, _: &AnySubscriber) {}
}

impl ToAnySubscriber for Effect {
    fn to_any_subscriber(&self) -> AnySubscriber {
        let node: Arc<dyn Subscriber + Send + Sync> = self.node.clone();
        AnySubscriber(Arc::as_ptr(&self.node) as usize, Arc::downgrade(&node))
    }
}

impl Effect {
    fn run(&self) {
        let me = self.to_any_subscriber();
        self.forget(&me);
        let outer = board().read.take();
        self.owner.with_cleanup(|| me.with_observer(|| self.run.borrow_mut().ask()));
        let read = board().read.replace(outer);
        self.sources.replace(read);
        if self.ended.get() {
            self.forget(&me);
        }
    }

    fn forget(&self, me: &AnySubscriber) {
        for source in self.sources.take() {
            let mut readers = source.readers.borrow_mut();
            if let Some(place) = readers.iter().position(|reader| reader == me) {
                readers.remove(place);
            }
        }
    }
}

/// Runs what waits; what is changed by that runs in the next turn.
fn run_all() {
    for place in board().queue.take() {
        let effect = match board().kept.borrow().get(place) {
            Some(Kept::Effect(effect)) => Some(Rc::clone(effect)),
            Some(Kept::Nothing | Kept::End(_)) | None => None,
        };
        if let Some(effect) = effect {
            effect.run();
        }
    }
}

/// Runs an effect, now and whenever something changes, until the current owner is cleaned up.
pub(super) fn effect_of(run: Box<dyn Ask<()>>) {
    let place = keep_until_the_end(Kept::Nothing);
    let owner = current_owner().child();
    let effect = Rc::new(Effect { owner, node: Arc::new(Node(place)), run: RefCell::new(run), sources: RefCell::default(), ended: Cell::new(false) });
    put(place, Kept::Effect(Rc::clone(&effect)));
    effect.run();
}

/// Runs when the current owner is cleaned up.
pub(super) fn at_end_of(run: Box<dyn FnOnce()>) {
    keep_until_the_end(Kept::End(run));
}

fn keep_until_the_end(kept: Kept) -> usize {
    let place = match board().free.borrow_mut().pop() {
        Some(place) => place,
        None => {
            let mut all = board().kept.borrow_mut();
            all.push(Kept::Nothing);
            all.len() - 1
        }
    };
    put(place, kept);
    on_cleanup(move || end(place));
    place
}

fn put(place: usize, kept: Kept) -> Kept {
    std::mem::replace(&mut board().kept.borrow_mut()[place], kept)
}

fn end(place: usize) {
    let kept = put(place, Kept::Nothing);
    board().free.borrow_mut().push(place);
    match kept {
        Kept::Nothing => {}
        Kept::Effect(effect) => {
            effect.ended.set(true);
            effect.forget(&effect.to_any_subscriber());
            effect.owner.cleanup();
        }
        Kept::End(run) => run(),
    }
}
