//! The console: where a person sees who needs what, and answers.
//!
//! It is served at `/console`, starts by itself, and needs nothing of its page but a `<div id="console">`. Three columns on a desk, one
//! on a phone: who needs somebody, the conversation, the case. It is built of `ui`'s parts, follows `GET /v1/agent/events`, and applies
//! events by the same rules as the server and the widget.
//!
//! Reading order: [`clock`], [`line`], [`turn`] and [`shortcut`] are what it thinks, pure and tested natively, [`words`] the names of
//! its strings; `start` boots, `api` calls, `desk` holds all that an agent has before them and `inbox` keeps it true, `case` is one
//! conversation of it; then the parts that are seen: `login`, `page`, `header`, `offers`, `list`, `talk`, `reply`, `draft`, `dialog`,
//! `context`, `overview`.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod clock;
pub mod line;
pub mod shortcut;
pub mod turn;
pub mod words;

macro_rules! browser {
    ($( $module:ident ),* $(,)?) => { $( #[cfg(target_arch = "wasm32")] mod $module; )* };
}

browser!(start, api, names, sound, desk, inbox, search, case, commands, keyboard);
browser!(login, page, header, offers, list, talk, notice, reply, draft, dialog, ask, context, summary, overview);
