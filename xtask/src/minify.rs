//! Small careful passes that make our own scripts and style sheets smaller without understanding all of them.
//!
//! They take away comments and white space, and nothing else: names stay, so that an error in a shop's page can be read.

mod css;
mod js;

pub(crate) use css::minify_css;
pub(crate) use js::minify_js;
