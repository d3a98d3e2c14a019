//! Where things are: by default in this checkout, and where `cargo xtask test` says otherwise.

use std::path::{Path, PathBuf};

fn named(variable: &str, fallback: impl FnOnce() -> PathBuf) -> PathBuf {
    std::env::var_os(variable).filter(|value| !value.is_empty()).map_or_else(fallback, PathBuf::from)
}

/// The checkout.
pub(crate) fn root() -> PathBuf {
    named("WARMLINE_ROOT", || Path::new(env!("CARGO_MANIFEST_DIR")).join(".."))
}

fn target(path: &str) -> PathBuf {
    root().join("target").join(path)
}

/// The server's binary.
pub(crate) fn binary() -> PathBuf {
    named("WARMLINE_BIN", || target("debug/warmline"))
}

/// The built widget and console.
pub(crate) fn assets() -> PathBuf {
    named("WARMLINE_ASSETS", || target("assets"))
}

/// What judges accessibility.
pub(crate) fn axe() -> PathBuf {
    named("WARMLINE_AXE", || target("node/node_modules/axe-core/axe.min.js"))
}

/// Where screenshots go.
pub(crate) fn screenshots() -> PathBuf {
    named("WARMLINE_SCREENSHOTS", || target("screenshots"))
}

/// Where tests wait for their turn.
pub(crate) fn turns() -> PathBuf {
    target("tmp")
}

/// The browser, and what drives it.
pub(crate) fn chromium() -> PathBuf {
    named("CHROME", || PathBuf::from("/usr/bin/chromium"))
}

/// The driver of the browser.
pub(crate) fn chromedriver() -> PathBuf {
    named("CHROMEDRIVER", || PathBuf::from("chromedriver"))
}
