//! Time that passes.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Promise;
use wasm_bindgen_futures::JsFuture;

use super::{Ask, Callback, window};

/// A call that is due; dropped before, it does not come.
#[must_use]
pub struct Timer {
    id: i32,
    _callback: Callback,
}

impl Drop for Timer {
    fn drop(&mut self) {
        window().clear_timeout_with_handle(self.id);
    }
}

/// Calls after so many milliseconds.
pub fn after(ms: u32, run: impl FnMut() + 'static) -> Timer {
    after_of(ms, Box::new(run))
}

fn after_of(ms: u32, mut run: Box<dyn Ask<()>>) -> Timer {
    let callback = Callback::new(move |_| run.ask());
    let id = window()
        .set_timeout_with_callback_and_timeout_and_arguments_0(callback.function(), ms.cast_signed())
        .unwrap_or_default();
    Timer { id, _callback: callback }
}

/// Waits for so many milliseconds.
pub async fn sleep(ms: u32) {
    let waited = Promise::new(&mut |resolve, _| {
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, ms.cast_signed());
    });
    let _ = JsFuture::from(waited).await;
}

/// Calls before the next frame is drawn.
pub fn next_frame(run: impl FnOnce() + 'static) {
    next_frame_of(Box::new(run));
}

fn next_frame_of(run: Box<dyn FnOnce()>) {
    // It holds itself until it is called.
    let held: Rc<RefCell<Option<Callback>>> = Rc::default();
    let (holding, mut run) = (Rc::clone(&held), Some(run));
    let callback = Callback::new(move |_| {
        if let Some(run) = run.take() {
            run();
        }
        holding.take();
    });
    let _ = window().request_animation_frame(callback.function());
    held.replace(Some(callback));
}
