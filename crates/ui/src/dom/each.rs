//! Children that come and go: each has an owner of its own, cleaned up when it goes.

use std::cell::RefCell;
use std::rc::Rc;

use reactive_graph::graph::untrack;
use reactive_graph::owner::Owner;
use web_sys::Node;

use super::{Ask, AsNode, El, current_owner, document, effect};

/// A child that stands in the document, with what it owns.
pub struct Placed {
    node: Node,
    owner: Owner,
}

impl Placed {
    /// Builds it in an owner of its own; what it reads while it is built is not watched.
    fn build(parent: &Owner, build: &mut dyn FnMut() -> El) -> Self {
        let owner = parent.child();
        let node = untrack(|| owner.with(build)).node().clone();
        Placed { node, owner }
    }

    /// Takes it out.
    fn remove(self) {
        if let Some(parent) = self.node.parent_node() {
            let _ = parent.remove_child(&self.node);
        }
        self.owner.cleanup();
    }

    fn put_before(&self, next: &Node) {
        if self.node.next_sibling().as_ref() != Some(next)
            && let Some(parent) = next.parent_node()
        {
            let _ = parent.insert_before(&self.node, Some(next));
        }
    }
}

/// Builds the child of a place and a key.
type BuildChild = Box<dyn Fn(usize, &str) -> El>;

impl El {
    /// Holds a child while a closure says so.
    pub fn when(self, wanted: impl Fn() -> bool + 'static, build: impl Fn() -> El + 'static) -> Self {
        self.when_of(Box::new(wanted), Rc::new(RefCell::new(build)))
    }

    fn when_of(self, mut wanted: Box<dyn Ask<bool>>, build: Rc<RefCell<dyn Ask<El>>>) -> Self {
        let mut before = false;
        self.swap_of(Box::new(move || match (std::mem::replace(&mut before, wanted.ask()), before) {
            (false, true) => Change::Build(Rc::clone(&build)),
            (true, false) => Change::Remove,
            (true, true) | (false, false) => Change::None,
        }))
    }

    /// Holds a child made of a value, made anew when the value becomes another; none while it is `None`.
    pub fn swap<T: PartialEq + Clone + 'static>(self, value: impl Fn() -> Option<T> + 'static, build: impl Fn(T) -> El + 'static) -> Self {
        let mut before: Option<T> = None;
        let build = Rc::new(build);
        self.swap_of(Box::new(move || {
            let now = value();
            if now == before {
                return Change::None;
            }
            before.clone_from(&now);
            match now {
                None => Change::Remove,
                Some(now) => {
                    let build = Rc::clone(&build);
                    Change::Build(Rc::new(RefCell::new(move || build(now.clone()))))
                }
            }
        }))
    }

    fn swap_of(self, mut change: Box<dyn Ask<Change>>) -> Self {
        let end: Node = document().create_text_node("").into();
        let _ = self.0.append_child(&end);
        let owner = current_owner();
        let mut placed: Option<Placed> = None;
        effect(move || {
            let change = change.ask();
            if matches!(change, Change::None) {
                return;
            }
            if let Some(old) = placed.take() {
                old.remove();
            }
            if let Change::Build(build) = change {
                let new = Placed::build(&owner, &mut || build.borrow_mut().ask());
                new.put_before(&end);
                placed = Some(new);
            }
        });
        self
    }

    /// Holds a child for each item, in order; an item keeps its child as long as its key stays.
    pub fn each<T: Clone + 'static>(
        self,
        items: impl Fn() -> Vec<T> + 'static,
        key: impl Fn(&T) -> String + 'static,
        build: impl Fn(T) -> El + 'static,
    ) -> Self {
        let now: Rc<RefCell<Vec<T>>> = Rc::default();
        let then = Rc::clone(&now);
        let keys = move || {
            let items = items();
            let mut keys = Vec::new();
            for item in &items {
                keys.push(key(item));
            }
            *now.borrow_mut() = items;
            keys
        };
        self.each_of(Box::new(keys), Box::new(move |place, _| {
            let item = then.borrow()[place].clone();
            build(item)
        }))
    }

    /// Holds a child for each text, in order.
    pub fn each_text(self, texts: impl Fn() -> Vec<String> + 'static, build: impl Fn(&str) -> El + 'static) -> Self {
        self.each_of(Box::new(texts), Box::new(move |_, text| build(text)))
    }

    fn each_of(self, mut keys: Box<dyn Ask<Vec<String>>>, build: BuildChild) -> Self {
        let end: Node = document().create_text_node("").into();
        let _ = self.0.append_child(&end);
        let owner = current_owner();
        let mut rows: Vec<(String, Placed)> = Vec::new();
        effect(move || {
            let keys = keys.ask();
            // Most changes are at the end: what stands before it is not touched.
            let same = rows.iter().zip(&keys).take_while(|((old, _), new)| old == *new).count();
            let mut old: Vec<Option<(String, Placed)>> = Vec::new();
            for row in rows.split_off(same) {
                old.push(Some(row));
            }
            // Those that stay nearly always stay in their order: each is looked for where the one before it was found.
            let mut from = 0;
            for (place, key) in keys.into_iter().enumerate().skip(same) {
                let (behind, ahead) = old.split_at(from);
                let is_it = |row: &Option<(String, Placed)>| row.as_ref().is_some_and(|(known, _)| *known == key);
                let found = ahead.iter().position(is_it).map(|at| at + from).or_else(|| behind.iter().position(is_it));
                let kept = found.and_then(|at| {
                    from = at + 1;
                    old[at].take()
                });
                rows.push(kept.unwrap_or_else(|| {
                    let placed = Placed::build(&owner, &mut || build(place, &key));
                    (key, placed)
                }));
            }
            for (_, gone) in old.into_iter().flatten() {
                gone.remove();
            }
            let mut next = end.clone();
            for (_, placed) in rows.iter().skip(same).rev() {
                placed.put_before(&next);
                next = placed.node.clone();
            }
        });
        self
    }
}

/// What becomes of a child that can be swapped.
enum Change {
    /// It stays.
    None,
    /// It goes.
    Remove,
    /// It goes, and this one comes.
    Build(Rc<RefCell<dyn Ask<El>>>),
}
