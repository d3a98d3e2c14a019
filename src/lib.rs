//! Warmline's widget: the chat of a shop's page, inside the panel that `loader.js` holds ready.
//!
//! # Contract
//!
//! The loader imports one class: `Chat.mount(container, options)` builds the chat into a `<div>` of the loader's shadow root and answers
//! a handle with `setLocale(locale, strings)`, `identify(jwt)`, `setAttributes(object)`, `talkToPerson()`, `opened()`, `closed()`,
//! `focus()`, `reset()` and `unmount()`. `options` holds `base`, `key`, `locale`, `strings`, `page`, `on(name, detail)`, and what the
//! merchant's tag says beside. `on` hears `message`, `unread`, `handoff`, `queue`, `agent-joined`, `agent-left`, `resolved`, `reopened`,
//! `error`, and `close` when the chat's own button asks for that.
//!
//! Parts that a theme can reach: `header`, `title`, `close`, `transcript`, `message`, `bubble`, `author`, `citation`, `composer`, `input`,
//! `send`, `stop`, `talk-to-person`, `queue-status`, `receipt`, `rating`, `notice`. Classes are named as the files in `components/` and
//! in `warmline-ui`.
//!
//! Reading order: [`words`] names the strings; `host` is the shop's page, `shop` the merchant's settings; `widget` holds what all
//! components share; `components/panel` is the whole of what is seen, from top to bottom.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod words;

macro_rules! browser {
    ($( $module:ident ),* $(,)?) => { $( #[cfg(target_arch = "wasm32")] mod $module; )* };
}

browser!(host, shop, widget, announce, components, entry);

#[cfg(target_arch = "wasm32")]
pub use entry::Chat;

/// Two fifths of the code of Rust's own allocator, which is made for speed.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();
