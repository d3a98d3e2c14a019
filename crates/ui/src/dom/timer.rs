//! Time that passes.

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::window;

/// A call that is due; dropped before, it does not come.
#[must_use]
pub struct Timer {
    id: i32,
    _closure: Closure<dyn FnMut()>,
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

fn after_of(ms: u32, run: Box<dyn FnMut()>) -> Timer {
    let closure = Closure::wrap(run);
    let id = window()
        .set_timeout_with_callback_and_timeout_and_arguments_0(closure.as_ref().unchecked_ref(), ms.cast_signed())
        .unwrap_or_default();
    Timer { id, _closure: closure }
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
    let function = Closure::once_into_js(run);
    let _ = window().request_animation_frame(function.unchecked_ref());
}
