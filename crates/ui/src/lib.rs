//! The parts that widget and console share. Signals, owners and effects are Leptos's; nodes are made by [`dom`] (why:
//! docs/decisions/0003-views-over-web-sys.md).
//!
//! Reading order: [`dom`] builds nodes and [`watched`] values keep them up to date; [`words`] and [`locale`] make text, [`layout`] nodes out of templates; [`net`] calls, [`sse`], [`stream`] and `tabs` listen;
//! [`talk`] is what is known of a conversation, [`sender`] its outbox, [`chat`] the shopper's whole side; then the parts that are seen:
//! [`transcript`], [`message`], [`citation`], [`order_card`], [`composer`], [`live_region`], [`notices`].
//!
//! What needs a browser is built for wasm32 only, so that a native build never builds Leptos; [`sse`], [`contrast`], [`wording`],
//! [`grouping`], [`links`] and [`words`] are pure, and tested natively.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod contrast;
pub mod grouping;
pub mod links;
pub mod sse;
pub mod text;
pub mod wording;
pub mod words;

pub use text::{digits, joined};

macro_rules! browser {
    ($( $module:ident ),* $(,)?) => { $( #[cfg(target_arch = "wasm32")] pub mod $module; )* };
}

browser!(dom, watched, intl, locale, layout, net, storage, stream, talk, sender, chat);
browser!(transcript, message, citation, order_card, composer, live_region, notices);

#[cfg(target_arch = "wasm32")]
mod tabs;
