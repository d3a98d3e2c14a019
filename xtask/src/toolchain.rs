//! What the browser build needs of the Rust toolchain: the WebAssembly target, and one version of wasm-bindgen.

use crate::checkout::Checkout;
use crate::run;
use anyhow::{Result, bail};
use std::path::Path;
use std::process::Command;

/// The target of everything that runs in a browser.
pub(crate) const BROWSER_TARGET: &str = "wasm32-unknown-unknown";

/// Adds the WebAssembly target when it is missing, or says how to get it.
pub(crate) fn ensure_browser_target(checkout: &Checkout) -> Result<()> {
    if has_browser_target(checkout)? {
        return Ok(());
    }
    if !run::exists("rustup") {
        bail!(
            "Rust's target {BROWSER_TARGET} is missing, and there is no rustup to add it with.\n\
             Install Rust by rustup (https://rustup.rs), or your system's package of that target \
             (Debian: libstd-rust-dev-wasm32), then run this again."
        );
    }
    eprintln!("Adding Rust's target {BROWSER_TARGET}, once.");
    let mut rustup = Command::new("rustup");
    run::quietly(rustup.current_dir(checkout.root()).args(["target", "add", BROWSER_TARGET]))?;
    if !has_browser_target(checkout)? {
        bail!(
            "`rustup target add {BROWSER_TARGET}` went well, yet the rustc in use does not have it.\n\
             Is a rustc from elsewhere before rustup's in your PATH? `which rustc` tells."
        );
    }
    Ok(())
}

fn has_browser_target(checkout: &Checkout) -> Result<bool> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let mut ask = Command::new(rustc);
    let answer = run::captured(ask.current_dir(checkout.root()).args(["--print", "target-libdir", "--target", BROWSER_TARGET]))?;
    run::succeeded(&ask, answer.status)?;
    Ok(Path::new(String::from_utf8_lossy(&answer.stdout).trim()).is_dir())
}

/// The glue is made by a library inside xtask; it and the crate in the browser must be of one version.
pub(crate) fn check_bindgen_version(checkout: &Checkout) -> Result<()> {
    let crate_version = checkout.locked_version("wasm-bindgen")?;
    let tool_version = checkout.locked_version("wasm-bindgen-cli-support")?;
    if crate_version != tool_version {
        bail!(
            "Cargo.lock has wasm-bindgen {crate_version}, but wasm-bindgen-cli-support {tool_version}; the two must be equal.\n\
             Set both to one version in [workspace.dependencies] of Cargo.toml, then run this again."
        );
    }
    Ok(())
}
