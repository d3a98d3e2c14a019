//! The style sheets: the tokens first, then the frame, then one file per component, in the order of their names.

use crate::checkout::Checkout;
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};

/// What the widget's style sheet is made of.
pub(crate) fn widget(checkout: &Checkout) -> Result<String> {
    joined(checkout, "style/widget.css", "style/components")
}

/// What the console's style sheet is made of.
pub(crate) fn console(checkout: &Checkout) -> Result<String> {
    joined(checkout, "style/console.css", "style/console")
}

fn joined(checkout: &Checkout, frame: &str, parts: &str) -> Result<String> {
    let mut sheets = vec![checkout.at("style/tokens.css"), checkout.at(frame)];
    sheets.extend(files(&checkout.at(parts), "css")?);
    let read = |sheet: &PathBuf| fs::read_to_string(sheet).with_context(|| format!("cannot read {}", sheet.display()));
    Ok(sheets.iter().map(read).collect::<Result<Vec<_>>>()?.join("\n"))
}

/// The files of a folder with this ending, sorted by name; none when there is no such folder.
pub(crate) fn files(folder: &Path, ending: &str) -> Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(trouble) if trouble.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(trouble) => {
            return Err(trouble).with_context(|| format!("cannot read {}", folder.display()));
        }
    };
    let mut found = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    found.retain(|path| path.extension().is_some_and(|extension| extension == ending) && path.is_file());
    found.sort();
    Ok(found)
}
