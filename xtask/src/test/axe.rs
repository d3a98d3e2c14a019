//! axe-core, which judges accessibility: the one thing that the tests need from npm.

use crate::checkout::Checkout;
use crate::pack::hex;
use crate::run;
use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

const VERSION: &str = "4.10.3";
/// Of `axe.min.js` in that version: it runs in our pages, so it is the one that was looked at.
const SHA256: &str = "880970c081707360e64f34cea25ff91892f5bc95675b0776925b9709dd8a68bb";

/// Where `axe.min.js` is; fetched when it is missing.
pub(super) fn ensure(checkout: &Checkout) -> Result<PathBuf> {
    let folder = checkout.target("node");
    let script = folder.join("node_modules/axe-core/axe.min.js");
    if is_the_one(&script) {
        return Ok(script);
    }
    if !run::exists("npm") {
        bail!("The journeys need axe-core, which npm fetches, and there is no npm. Install it (Debian: apt-get install npm).");
    }
    fs::create_dir_all(&folder)?;
    let mut npm = Command::new("npm");
    npm.args(["install", "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix"]).arg(&folder);
    run::quietly(npm.arg(format!("axe-core@{VERSION}"))).context("npm could not fetch axe-core")?;
    if !is_the_one(&script) {
        bail!("npm brought an axe-core {VERSION} that is not the known one (SHA-256 of {}); do not use it.", script.display());
    }
    Ok(script)
}

fn is_the_one(script: &PathBuf) -> bool {
    fs::read(script).is_ok_and(|content| hex(&Sha256::digest(content)) == SHA256)
}
