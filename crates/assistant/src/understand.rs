//! x
pub mod ask;
mod linear;
