//! No path of the building machine in what shoppers download: each would be bytes, and none of their business.

use crate::checkout::Checkout;
use anyhow::{Context, Result, bail};
use std::env;
use std::fs;
use std::path::PathBuf;

/// A setting for cargo that makes rustc write the paths in panic messages from the package on. It is added to the flags that
/// .cargo/config.toml has; RUSTFLAGS in the environment would stand in their place.
pub(crate) fn forgotten(checkout: &Checkout) -> Result<String> {
    let mut prefixes = vec![format!("{}/", checkout.root().display())];
    let sources = cargo_home()?.join("registry/src");
    for registry in fs::read_dir(&sources).into_iter().flatten() {
        prefixes.push(format!("{}/", registry?.path().display()));
    }
    prefixes.sort();
    let flags: Vec<String> = prefixes.iter().map(|prefix| format!("--remap-path-prefix={prefix}=")).collect();
    Ok(format!("target.wasm32-unknown-unknown.rustflags={}", serde_json::to_string(&flags)?))
}

/// An error when a module names a folder of this machine.
pub(crate) fn check(checkout: &Checkout, name: &str, module: &[u8]) -> Result<()> {
    let folders = [checkout.root().to_path_buf(), cargo_home()?];
    for folder in folders {
        let path = folder.display().to_string();
        if module.windows(path.len()).any(|part| part == path.as_bytes()) {
            bail!("{name}.wasm names {path}, a folder of this machine");
        }
    }
    Ok(())
}

fn cargo_home() -> Result<PathBuf> {
    match env::var_os("CARGO_HOME").filter(|home| !home.is_empty()) {
        Some(home) => Ok(home.into()),
        None => Ok(env::home_dir().context("no home directory and no CARGO_HOME")?.join(".cargo")),
    }
}
