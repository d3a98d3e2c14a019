//! Small careful passes that make our own scripts and style sheets smaller without understanding all of them.
//!
//! They take away comments and white space. Names stay, apart from lists of variables that are known to be safe.

mod css;
mod js;
mod letters;

pub(crate) use css::minify_css;
pub(crate) use js::minify_js;
pub(crate) use letters::lettered;
