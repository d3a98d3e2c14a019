//! Small careful passes that make our own scripts and style sheets smaller without understanding all of them.
//!
//! They take away comments and white space, and nothing else: names stay, so that an error in a shop's page can be read.

mod css;
mod js;

pub(crate) use css::minify_css;
pub(crate) use js::minify_js;

use anyhow::{Context, Result};

/// JSON on one line.
pub(crate) fn minify_json(text: &str) -> Result<String> {
    let value: serde_json::Value = serde_json::from_str(text).context("this is not JSON")?;
    Ok(value.to_string())
}
