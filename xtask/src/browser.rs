//! The browser build: everything that a page loads, in one folder that is served and embedded as it is.
//!
//! `widget.js` is the loader. At intent it reads `manifest.json`, which names the widget's hashed files; the console's
//! stand in `console-manifest.json`, so that no shopper pays for them.

use crate::bindgen::{self, Program};
use crate::checkout::Checkout;
use crate::minify::{lettered, minify_css, minify_js};
use crate::pack::{Compression, Packer};
use crate::steps::Steps;
use crate::toolchain::{self, BROWSER_TARGET};
use crate::words::Words;
use crate::{paths, run, styles};
use anyhow::{Context, Result};
use serde_json::{Map, Value, json};
use std::fs;
use std::path::PathBuf;

/// How much the build may take for a smaller result.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Finish {
    /// What shoppers download.
    Small,
    /// What a designer waits for.
    Quick,
}

/// Variables of the loader that it never writes as a property in the short form.
const LOADERS_OWN: [&str; 55] = [
    "STYLE",
    "WORDS",
    "address",
    "answer",
    "api",
    "assemble",
    "attempt",
    "badge",
    "begin",
    "call",
    "chat",
    "child",
    "choose",
    "dressed",
    "draw",
    "early",
    "element",
    "emit",
    "event",
    "fit",
    "given",
    "glue",
    "hear",
    "heard",
    "how",
    "kind",
    "known",
    "launcher",
    "list",
    "listen",
    "load",
    "loading",
    "made",
    "make",
    "node",
    "options",
    "origin",
    "panel",
    "place",
    "properties",
    "rescue",
    "root",
    "saved",
    "script",
    "seat",
    "sheet",
    "shown",
    "speak",
    "start",
    "stub",
    "unread",
    "values",
    "wait",
    "wasm",
    "within",
];

/// How many steps [`build`] takes.
pub(crate) const STEPS: usize = 2;

impl Finish {
    fn profile(self) -> &'static str {
        match self {
            Self::Small => "widget",
            Self::Quick => "widget-dev",
        }
    }

    fn compression(self) -> Compression {
        match self {
            Self::Small => Compression::Smallest,
            Self::Quick => Compression::Off,
        }
    }

    /// Each has its folder, so that `demo` after `dev` need not pack again.
    pub(crate) fn folder(self, checkout: &Checkout) -> PathBuf {
        match self {
            Self::Small => checkout.target("assets"),
            Self::Quick => checkout.target("assets-dev"),
        }
    }
}

/// Compiles and packs what has changed.
pub(crate) fn build(checkout: &Checkout, finish: Finish, steps: &mut Steps) -> Result<()> {
    steps.step("building the widget and the console for the browser", || compile(checkout, finish))?;
    steps.step("packing them, with styles and languages", || pack(checkout, finish))
}

/// One program after the other: in one call of cargo they would have each other's features, and the widget would read what only
/// agents see.
pub(crate) fn compile(checkout: &Checkout, finish: Finish) -> Result<()> {
    toolchain::ensure_browser_target(checkout)?;
    let paths = paths::forgotten(checkout)?;
    for package in ["warmline-widget", "warmline-console"] {
        let mut cargo = checkout.cargo();
        cargo.args(["build", "--lib", "--target", BROWSER_TARGET]);
        cargo.args(["--profile", finish.profile(), "-p", package]);
        cargo.args(["--config", &paths]);
        run::quietly(&mut cargo)?;
    }
    // Only now is there a lock file for sure.
    toolchain::check_bindgen_version(checkout)
}

/// Writes the folder of assets. The lists come last: they never name what is not there yet.
pub(crate) fn pack(checkout: &Checkout, finish: Finish) -> Result<()> {
    let mut packer = Packer::open(finish.folder(checkout), &checkout.target("xtask"), finish.compression())?;

    let console = console_list(checkout, finish, &mut packer)?;
    let loader = script(checkout, "src/loader.js")?;
    let fallback = script(checkout, "src/fallback.js")?;
    let words = Words::read(checkout, "src/words.rs", &[&loader, &fallback])?;
    let fallback = words.placed(&fallback)?;
    let widget = widget_list(checkout, finish, &words, fallback, &mut packer)?;

    packer.plain("console-manifest.json", console.to_string().as_bytes())?;
    packer.plain("manifest.json", widget.to_string().as_bytes())?;
    packer.plain("widget.js", lettered(&words.placed(&loader)?, &LOADERS_OWN).as_bytes())?;
    packer.finish()
}

fn widget_list(checkout: &Checkout, finish: Finish, words: &Words, fallback: String, packer: &mut Packer) -> Result<Value> {
    let [js, wasm] = program(checkout, finish, packer, "widget")?;
    let style = styles::widget(checkout)?;
    let css = packer.hashed("widget.css", style.as_bytes(), || Ok(minify_css(&style).into_bytes()))?;
    let fallback = packer.hashed("fallback.js", fallback.as_bytes(), || Ok(fallback.clone().into_bytes()))?;
    let locales = locales(checkout, words, packer, "locales", "locale")?;
    Ok(json!({ "js": js, "wasm": wasm, "css": css, "fallback": fallback, "locales": locales }))
}

fn console_list(checkout: &Checkout, finish: Finish, packer: &mut Packer) -> Result<Value> {
    let [js, wasm] = program(checkout, finish, packer, "console")?;
    let style = styles::console(checkout)?;
    let css = packer.hashed("console.css", style.as_bytes(), || Ok(minify_css(&style).into_bytes()))?;
    let words = Words::read(checkout, "crates/console/src/words.rs", &[])?;
    let locales = locales(checkout, &words, packer, "locales/console", "console-locale")?;
    Ok(json!({ "js": js, "wasm": wasm, "css": css, "locales": locales }))
}

fn program(checkout: &Checkout, finish: Finish, packer: &mut Packer, name: &str) -> Result<[String; 2]> {
    let file = checkout.target(&format!("{BROWSER_TARGET}/{}/warmline_{name}.wasm", finish.profile()));
    let compiled =
        fs::read(&file).with_context(|| format!("cannot read {}: has the package a library of crate-type \"cdylib\"?", file.display()))?;
    let assets = [format!("{name}.js"), format!("{name}.wasm")];
    let input = compiled.clone();
    packer.together(assets.each_ref().map(String::as_str), &input, || {
        let Program { js, wasm } = bindgen::bind(name, compiled)?;
        if finish == Finish::Small {
            paths::check(checkout, name, &wasm)?;
        }
        Ok([js, wasm])
    })
}

/// Language → file, for each `<lang>.json` of a folder.
fn locales(checkout: &Checkout, words: &Words, packer: &mut Packer, folder: &str, stem: &str) -> Result<Value> {
    let mut list = Map::new();
    for file in styles::files(&checkout.at(folder), "json")? {
        let language = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let text = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let shipped = words.list(&text).with_context(|| format!("in {}", file.display()))?;
        let name = packer.hashed(&format!("{stem}-{language}.json"), shipped.as_bytes(), || Ok(shipped.clone().into_bytes()))?;
        list.insert(language, Value::String(name));
    }
    Ok(Value::Object(list))
}

fn script(checkout: &Checkout, path: &str) -> Result<String> {
    let text = fs::read_to_string(checkout.at(path)).with_context(|| format!("cannot read {path}"))?;
    minify_js(&text).with_context(|| format!("in {path}"))
}
