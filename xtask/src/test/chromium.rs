//! The browser that the journeys drive: Debian's Chromium and its driver.

use crate::run;
use anyhow::{Context, Result, bail};
use rustix::process::geteuid;
use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// The fonts are for screenshots: without them Arabic and Japanese are boxes.
const PACKAGES: [&str; 4] = ["chromium", "chromium-driver", "fonts-noto-core", "fonts-noto-cjk"];

/// A browser and its driver, which must be of one version.
pub(super) struct Chromium {
    pub(super) browser: PathBuf,
    pub(super) driver: PathBuf,
}

/// Finds them, or installs them where that is a matter of course: on Debian, as root.
pub(super) fn ensure() -> Result<Chromium> {
    if let Some(found) = find() {
        return Ok(found);
    }
    let by_hand = format!("apt-get install {}", PACKAGES.join(" "));
    if !is_debian() {
        bail!(
            "The journeys need Chromium and its driver. Install both by your system's packages (Debian's are {}), \
             or name them: CHROME=/path/to/chromium CHROMEDRIVER=/path/to/chromedriver cargo xtask test",
            PACKAGES.join(", ")
        );
    }
    if !geteuid().is_root() {
        bail!("The journeys need Chromium and its driver, and only root can install them here: sudo {by_hand}");
    }
    eprintln!("Installing {}.", PACKAGES.join(", "));
    run::quietly(apt_get().arg("update"))?;
    run::quietly(apt_get().args(["install", "--yes", "--no-install-recommends"]).args(PACKAGES))?;
    find().with_context(|| format!("`{by_hand}` went well, yet there is no chromium and chromedriver in PATH"))
}

fn apt_get() -> Command {
    let mut apt_get = Command::new("apt-get");
    apt_get.env("DEBIAN_FRONTEND", "noninteractive");
    apt_get
}

fn find() -> Option<Chromium> {
    Some(Chromium {
        browser: named_or_found("CHROME", &["chromium", "chromium-browser", "google-chrome"])?,
        driver: named_or_found("CHROMEDRIVER", &["chromedriver"])?,
    })
}

fn named_or_found(variable: &str, programs: &[&str]) -> Option<PathBuf> {
    let named = env::var_os(variable).filter(|path| !path.is_empty()).map(PathBuf::from);
    named.or_else(|| programs.iter().find_map(|program| run::find(program)))
}

fn is_debian() -> bool {
    let about = fs::read_to_string("/etc/os-release").unwrap_or_default();
    run::exists("apt-get") && about.lines().any(|line| line == "ID=debian")
}
