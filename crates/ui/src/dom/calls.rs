//! How the browser calls us, and how what waits is run. One kind of closure and one kind of task for everything: each more kind is code
//! to download.

use js_sys::Function;
use wasm_bindgen::prelude::*;

/// A closure without arguments. A trait object of one method: those of `Fn` have three, and each closure would bring all three along.
pub(crate) trait Ask<T> {
    /// Calls it.
    fn ask(&mut self) -> T;
}

impl<T, F: FnMut() -> T> Ask<T> for F {
    fn ask(&mut self) -> T {
        self()
    }
}

/// A closure with one argument, likewise.
pub(crate) trait Hear<A> {
    /// Calls it.
    fn hear(&mut self, heard: A);
}

impl<A, F: FnMut(A)> Hear<A> for F {
    fn hear(&mut self, heard: A) {
        self(heard);
    }
}

/// A function for the browser to call, with at most one argument. Dropped, it is no more.
pub struct Callback(Closure<dyn FnMut(JsValue)>);

impl Callback {
    /// Of a closure.
    pub fn new(run: impl FnMut(JsValue) + 'static) -> Self {
        Callback::of(Box::new(run))
    }

    fn of(mut run: Box<dyn Hear<JsValue>>) -> Self {
        Callback(Closure::new(move |value| run.hear(value)))
    }

    /// The function, as the browser takes it.
    pub fn function(&self) -> &Function {
        self.0.as_ref().unchecked_ref()
    }
}

/// Runs what waits for something, beside everything else.
pub fn spawn(task: impl Future<Output = ()> + 'static) {
    spawn_of(Box::pin(task));
}

fn spawn_of(task: std::pin::Pin<Box<dyn Future<Output = ()>>>) {
    wasm_bindgen_futures::spawn_local(task);
}
