//! What the shopper downloads, in bytes, and the limits that we promise.

use crate::browser::Finish;
use crate::checkout::Checkout;
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use std::fmt;
use std::fs;

/// The loader, before any intent.
const LOADER_LIMIT: u64 = 3_000;
/// Everything that a shopper has downloaded when the chat is open, the loader too.
const OPEN_CHAT_LIMIT: u64 = 90_000;

/// One file that the shopper downloads.
struct File {
    what: String,
    raw: u64,
    brotli: u64,
}

/// What is downloaded, in the order in which it is asked for; the first is the loader.
pub(crate) struct Sizes {
    files: Vec<File>,
}

impl Sizes {
    /// Of the small build. One language counts, the largest, for a shopper loads one.
    pub(crate) fn measure(checkout: &Checkout) -> Result<Self> {
        let folder = Finish::Small.folder(checkout);
        let size = |name: &str| -> Result<u64> { Ok(fs::metadata(folder.join(name)).with_context(|| format!("no asset {name}"))?.len()) };
        let list: Value = serde_json::from_slice(&fs::read(folder.join("manifest.json"))?)?;
        let name = |key: &str| list[key].as_str().with_context(|| format!("manifest.json does not name \"{key}\""));
        let mut wanted = vec![("loader".to_owned(), "widget.js"), ("manifest".to_owned(), "manifest.json")];
        for (what, key) in [("script", "js"), ("WebAssembly", "wasm"), ("style", "css")] {
            wanted.push((what.to_owned(), name(key)?));
        }
        let locales = list["locales"].as_object().into_iter().flatten();
        let largest =
            locales.filter_map(|(language, file)| Some((size(&format!("{}.br", file.as_str()?)).ok()?, language, file.as_str()?))).max();
        if let Some((_, language, file)) = largest {
            wanted.push((format!("language ({language}, the largest)"), file));
        }
        let files = wanted.into_iter().map(|(what, name)| Ok(File { what, raw: size(name)?, brotli: size(&format!("{name}.br"))? }));
        Ok(Self { files: files.collect::<Result<_>>()? })
    }

    fn loader(&self) -> u64 {
        self.files.first().map_or(0, |file| file.brotli)
    }

    fn open_chat(&self) -> u64 {
        self.files.iter().map(|file| file.brotli).sum()
    }

    /// An error that says what is too large.
    pub(crate) fn within_limits(&self) -> Result<()> {
        for (what, bytes, limit) in [("loader", self.loader(), LOADER_LIMIT), ("open chat", self.open_chat(), OPEN_CHAT_LIMIT)] {
            if bytes > limit {
                bail!("the {what} is {bytes} bytes as brotli, {} over its limit of {limit}", bytes - limit);
            }
        }
        Ok(())
    }

    pub(crate) fn to_json(&self) -> Value {
        let row = |file: &File| json!({ "what": file.what, "raw": file.raw, "brotli": file.brotli });
        json!({
            "files": self.files.iter().map(row).collect::<Vec<_>>(),
            "loader": { "brotli": self.loader(), "limit": LOADER_LIMIT },
            "open_chat": { "brotli": self.open_chat(), "limit": OPEN_CHAT_LIMIT },
        })
    }
}

impl fmt::Display for Sizes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<34} {:>9} {:>9}", "what a shopper downloads (kB)", "raw", "brotli")?;
        for File { what, raw, brotli } in &self.files {
            writeln!(f, "{what:<34} {:>9} {:>9}", kb(*raw), kb(*brotli))?;
        }
        writeln!(f, "{:<34} {:>9} {:>9}  limit {}", "before intent: the loader", "", kb(self.loader()), LOADER_LIMIT / 1000)?;
        write!(f, "{:<34} {:>9} {:>9}  limit {}", "open chat: all of it", "", kb(self.open_chat()), OPEN_CHAT_LIMIT / 1000)
    }
}

/// kB of 1,000 bytes, as networks count.
fn kb(bytes: u64) -> String {
    format!("{}.{:02}", bytes / 1000, bytes % 1000 / 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes(loader: u64, wasm: u64) -> Sizes {
        let file = |what: &str, brotli| File { what: what.into(), raw: brotli * 3, brotli };
        Sizes { files: vec![file("loader", loader), file("WebAssembly", wasm)] }
    }

    #[test]
    fn the_limits_are_the_promised_ones_and_count_the_loader() {
        assert!(sizes(3_000, 87_000).within_limits().is_ok());
        let loader = sizes(3_001, 10).within_limits().unwrap_err().to_string();
        assert_eq!(loader, "the loader is 3001 bytes as brotli, 1 over its limit of 3000");
        let chat = sizes(2_000, 90_540).within_limits().unwrap_err().to_string();
        assert_eq!(chat, "the open chat is 92540 bytes as brotli, 2540 over its limit of 90000");
    }

    #[test]
    fn the_table_names_each_file_and_both_sums() {
        let table = sizes(2_100, 70_000).to_string();
        assert!(table.contains("WebAssembly                           210.00     70.00"), "{table}");
        assert!(table.ends_with("72.10  limit 90"), "{table}");
    }
}
