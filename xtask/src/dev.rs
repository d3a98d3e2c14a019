//! `cargo xtask dev`: the demo, with what a designer changes seen at once.
//!
//! The server (`demo --dev`) tells its pages to reload when the list of assets changes; here the sources are watched, by
//! asking for their times, which needs no crate and works on every file system.

use crate::browser::{self, Finish};
use crate::checkout::Checkout;
use crate::demo::{self, Options};
use crate::run;
use crate::steps::{Steps, Took};
use anyhow::{Result, bail};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

/// How long a change may wait to be noticed.
const LOOK_AGAIN: Duration = Duration::from_millis(150);

/// What the browser build is made of.
const SOURCES: [&str; 7] = ["src", "crates/ui", "crates/protocol", "crates/conversation", "crates/console", "style", "locales"];
/// Read by the server at each request, so that a reload is enough.
const PAGES: [&str; 2] = ["index.html", "demo/shop"];

pub(crate) fn run(options: &Options) -> Result<()> {
    let checkout = Checkout::find()?;
    options.check()?;
    let mut seen = Seen::look(&checkout);
    let mut steps = Steps::of(browser::STEPS + 1);
    browser::build(&checkout, Finish::Quick, &mut steps)?;
    demo::build_server(&checkout, &mut steps)?;

    let mut server = run::start(options.server(&checkout, Finish::Quick)?.arg("--dev"))?;
    loop {
        if let Some(status) = server.try_wait()? {
            // Not `run::ended`: a server that was asked to end and ended cleanly is a clean end of ours.
            if !status.success() {
                bail!("the server ended with {status}");
            }
            return Ok(());
        }
        if run::asked_to_end().is_none() {
            let now = Seen::look(&checkout);
            let changed = now.changed_since(&seen);
            seen = now;
            if !changed.is_empty()
                && let Err(trouble) = follow(&checkout, &changed)
            {
                // The page goes on as it was; the next save is the next try.
                eprintln!("{trouble:#}");
            }
        }
        std::thread::sleep(LOOK_AGAIN);
    }
}

/// Makes what depends on the changed files, and with it asks the pages to reload.
fn follow(checkout: &Checkout, changed: &[PathBuf]) -> Result<()> {
    let began = Instant::now();
    if changed.iter().any(|path| needs_compiler(path)) {
        browser::compile(checkout, Finish::Quick)?;
    }
    browser::pack(checkout, Finish::Quick)?;
    // Pages are no assets, so their change does not show in the list by itself.
    let list = Finish::Quick.folder(checkout).join("manifest.json");
    fs::File::options().append(true).open(list)?.set_modified(SystemTime::now())?;
    let names = changed.iter().filter_map(|path| path.strip_prefix(checkout.root()).ok()?.to_str());
    eprintln!("{} … {}", names.collect::<Vec<_>>().join(", "), Took(began.elapsed()));
    Ok(())
}

/// Rust, and what Rust may have taken in when it was compiled (keys of strings). Cargo knows whether it did.
fn needs_compiler(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "rs" || ending == "toml" || ending == "json")
}

/// When each watched file was last changed.
struct Seen(BTreeMap<PathBuf, SystemTime>);

impl Seen {
    fn look(checkout: &Checkout) -> Self {
        let mut files = BTreeMap::new();
        for place in SOURCES.iter().chain(&PAGES) {
            collect(&checkout.at(place), &mut files);
        }
        Self(files)
    }

    /// New, changed and removed files.
    fn changed_since(&self, before: &Self) -> Vec<PathBuf> {
        let new_or_changed = self.0.iter().filter(|(path, time)| before.0.get(*path) != Some(time));
        let removed = before.0.iter().filter(|(path, _)| !self.0.contains_key(*path));
        new_or_changed.chain(removed).map(|(path, _)| path.clone()).collect()
    }
}

/// What cannot be read just now (an editor is saving it) is seen the next time.
fn collect(place: &Path, files: &mut BTreeMap<PathBuf, SystemTime>) {
    let Ok(meta) = fs::metadata(place) else {
        return;
    };
    if meta.is_dir() {
        for entry in fs::read_dir(place).into_iter().flatten().flatten() {
            collect(&entry.path(), files);
        }
    } else if let Ok(time) = meta.modified() {
        files.insert(place.to_path_buf(), time);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_changed_and_removed_files_are_changes() {
        let at = |seconds| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
        let seen = |files: &[(&str, u64)]| Seen(files.iter().map(|(path, time)| (path.into(), at(*time))).collect());
        let before = seen(&[("same.css", 1), ("changed.css", 1), ("removed.css", 1)]);
        let now = seen(&[("same.css", 1), ("changed.css", 2), ("new.css", 2)]);
        let changed = now.changed_since(&before);
        assert_eq!(changed, ["changed.css", "new.css", "removed.css"].map(PathBuf::from));
    }

    #[test]
    fn styles_and_scripts_do_not_wait_for_the_compiler() {
        assert!(needs_compiler(Path::new("src/components/panel.rs")));
        assert!(!needs_compiler(Path::new("style/tokens.css")));
        assert!(!needs_compiler(Path::new("src/loader.js")));
    }
}
