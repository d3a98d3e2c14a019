//! `cargo xtask build`: the release artefacts in `dist/`.

use crate::browser::{self, Finish};
use crate::checkout::Checkout;
use crate::run;
use crate::sizes::Sizes;
use crate::steps::Steps;
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;

pub(crate) fn run() -> Result<()> {
    let checkout = Checkout::find()?;
    let assets = Finish::Small.folder(&checkout);
    let mut steps = Steps::of(browser::STEPS + 2);
    browser::build(&checkout, Finish::Small, &mut steps)?;
    steps.step("building the server, with all of them inside", || {
        let mut cargo = checkout.cargo();
        cargo.env("WARMLINE_ASSETS_DIR", &assets);
        run::quietly(cargo.args(["build", "--release", "-p", "warmline-server", "--features", "embed-assets"]))
    })?;
    let dist = checkout.at("dist");
    steps.step("copying to dist/", || {
        if dist.exists() {
            fs::remove_dir_all(&dist)?;
        }
        copy_files(&assets, &dist.join("assets"))?;
        fs::copy(checkout.target("release/warmline"), dist.join("warmline")).context("cannot copy the server")?;
        Ok(())
    })?;
    println!("{}", Sizes::measure(&checkout)?);
    println!("dist/warmline is the server, with all of dist/assets/ inside; the folder is for a CDN or a proxy, if you have one.");
    Ok(())
}

fn copy_files(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        fs::copy(entry.path(), to.join(entry.file_name()))?;
    }
    Ok(())
}
