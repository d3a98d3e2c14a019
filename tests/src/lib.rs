//! The whole, driven from outside in real browsers.
