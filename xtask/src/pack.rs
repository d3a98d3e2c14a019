//! The folder of assets: hashed names, a `.br` beside each file, nothing stale, nothing made twice.
//!
//! A ledger remembers from what each asset was made. It lies outside the folder, which is served and embedded as it is.

use anyhow::{Context, Result};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// How files are named, and whether compressed twins are made.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Compression {
    /// The smallest that brotli can, as shoppers download it.
    Smallest,
    /// None: a page under work is loaded from this machine.
    Off,
}

/// Fills one folder of assets; locked while it does, so that two commands in one checkout do not mix.
pub(crate) struct Packer {
    folder: PathBuf,
    ledger_file: PathBuf,
    compression: Compression,
    before: Map<String, Value>,
    now: Map<String, Value>,
    kept: BTreeSet<String>,
    _lock: File,
}

impl Packer {
    /// `scratch` is where the ledger lies.
    pub(crate) fn open(folder: PathBuf, scratch: &Path, compression: Compression) -> Result<Self> {
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        fs::create_dir_all(scratch)?;
        let stem = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let lock = File::create(scratch.join(format!("{stem}.lock")))?;
        lock.lock().context("cannot lock the folder of assets")?;
        let ledger_file = scratch.join(format!("{stem}.json"));
        let text = fs::read(&ledger_file).unwrap_or_default();
        // An unreadable ledger is an empty one: all is made again.
        let before = serde_json::from_slice(&text).unwrap_or_default();
        Ok(Self { folder, ledger_file, compression, before, now: Map::new(), kept: BTreeSet::new(), _lock: lock })
    }

    /// An asset `<stem>-<hash>.<ending>`; made only when its input has changed. Hands back its name.
    pub(crate) fn hashed(&mut self, asset: &str, input: &[u8], make: impl FnOnce() -> Result<Vec<u8>>) -> Result<String> {
        let [name] = self.together([asset], input, || Ok([make()?]))?;
        Ok(name)
    }

    /// Several assets that are made from one input, in one go.
    pub(crate) fn together<const N: usize>(
        &mut self,
        assets: [&str; N],
        input: &[u8],
        make: impl FnOnce() -> Result<[Vec<u8>; N]>,
    ) -> Result<[String; N]> {
        let input = self.fingerprint(input);
        let known = assets.map(|asset| self.known(asset, &input));
        let names = if known.iter().all(Option::is_some) {
            known.map(Option::unwrap_or_default)
        } else {
            let made = make()?;
            let mut names = assets.map(str::to_owned);
            for (name, content) in names.iter_mut().zip(made) {
                *name = hashed_name(name, &content);
                self.write(name, &content)?;
            }
            names
        };
        for (asset, name) in assets.iter().zip(&names) {
            self.now.insert((*asset).to_owned(), json!({ "input": input, "name": name }));
            self.keep(name);
        }
        Ok(names)
    }

    /// An asset under its own name, which must stay the same for ever: the loader, the lists.
    pub(crate) fn plain(&mut self, name: &str, content: &[u8]) -> Result<()> {
        self.keep(name);
        let same = fs::read(self.folder.join(name)).is_ok_and(|there| there == content) && self.has_twin(name);
        if same { Ok(()) } else { self.write(name, content) }
    }

    /// Takes away what nobody names any more, and writes the ledger.
    pub(crate) fn finish(self) -> Result<()> {
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            if !self.kept.contains(entry.file_name().to_string_lossy().as_ref()) {
                fs::remove_file(entry.path()).with_context(|| format!("cannot remove {}", entry.path().display()))?;
            }
        }
        write_whole(&self.ledger_file, &serde_json::to_vec_pretty(&Value::Object(self.now))?)
    }

    fn known(&self, asset: &str, input: &str) -> Option<String> {
        let entry = self.before.get(asset)?;
        let name = entry.get("name")?.as_str()?;
        let same = entry.get("input")?.as_str()? == input;
        (same && self.folder.join(name).is_file() && self.has_twin(name)).then(|| name.to_owned())
    }

    fn has_twin(&self, name: &str) -> bool {
        self.compression == Compression::Off || self.folder.join(format!("{name}.br")).is_file()
    }

    fn keep(&mut self, name: &str) {
        self.kept.insert(name.to_owned());
        if self.compression == Compression::Smallest {
            self.kept.insert(format!("{name}.br"));
        }
    }

    /// The twin first: who sees the file may ask for its twin.
    fn write(&self, name: &str, content: &[u8]) -> Result<()> {
        if self.compression == Compression::Smallest {
            write_whole(&self.folder.join(format!("{name}.br")), &smallest(content)?)?;
        }
        write_whole(&self.folder.join(name), content)
    }

    /// Of the input and of the program that works on it: a new xtask makes everything anew.
    fn fingerprint(&self, input: &[u8]) -> String {
        let program = std::env::current_exe().and_then(fs::metadata).ok();
        let changed = program.and_then(|meta| meta.modified().ok()?.duration_since(UNIX_EPOCH).ok());
        let mut hash = Sha256::new();
        hash.update(changed.unwrap_or_default().as_nanos().to_le_bytes());
        hash.update(input);
        hex(&hash.finalize())
    }
}

/// `widget.css` becomes `widget-0123456789.css`.
fn hashed_name(asset: &str, content: &[u8]) -> String {
    let (stem, ending) = asset.rsplit_once('.').unwrap_or((asset, ""));
    let hash = &hex(&Sha256::digest(content))[..10];
    format!("{stem}-{hash}.{ending}")
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Brotli as good as it gets; the window covers the whole of our files.
fn smallest(content: &[u8]) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut out, 64 * 1024, 11, 22);
    writer.write_all(content)?;
    writer.flush()?;
    drop(writer);
    Ok(out)
}

/// Under a name of its own first, so that nobody reads half a file.
pub(crate) fn write_whole(file: &Path, content: &[u8]) -> Result<()> {
    let draft = file.with_extension(format!("draft-{}", std::process::id()));
    fs::write(&draft, content).with_context(|| format!("cannot write {}", draft.display()))?;
    fs::rename(&draft, file).with_context(|| format!("cannot write {}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    struct Scratch(PathBuf);

    impl Scratch {
        fn new(name: &str) -> Self {
            let dir = std::env::temp_dir().join(format!("warmline-xtask-{name}-{}", std::process::id()));
            let _ = fs::remove_dir_all(&dir);
            Self(dir)
        }

        fn open(&self) -> Packer {
            Packer::open(self.0.join("assets"), &self.0.join("scratch"), Compression::Smallest).unwrap()
        }

        fn names(&self) -> Vec<String> {
            let entries = fs::read_dir(self.0.join("assets")).unwrap();
            let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
            names.sort();
            names
        }
    }

    impl Drop for Scratch {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn a_name_holds_the_hash_of_its_content() {
        // sha256("abc") begins ba7816bf8f01cfea.
        assert_eq!(hashed_name("widget.css", b"abc"), "widget-ba7816bf8f.css");
        assert_eq!(hashed_name("locale-en.json", b"abc"), "locale-en-ba7816bf8f.json");
    }

    #[test]
    fn the_twin_unpacks_to_the_file() {
        let content = b"warmline warmline warmline".repeat(50);
        let mut unpacked = Vec::new();
        brotli::BrotliDecompress(&mut smallest(&content).unwrap().as_slice(), &mut unpacked).unwrap();
        assert_eq!(unpacked, content);
    }

    #[test]
    fn the_same_input_is_not_worked_on_twice_and_the_stale_goes() {
        let scratch = Scratch::new("pack");
        let made = Cell::new(0);
        let pack = |input: &[u8]| {
            let mut packer = scratch.open();
            let name = packer.hashed("a.css", input, || {
                made.set(made.get() + 1);
                Ok(input.to_ascii_uppercase())
            });
            packer.plain("widget.js", b"loader").unwrap();
            packer.finish().unwrap();
            name.unwrap()
        };
        let first = pack(b"one");
        assert_eq!(pack(b"one"), first);
        assert_eq!(made.get(), 1);

        let second = pack(b"two");
        assert_eq!(made.get(), 2);
        assert_eq!(scratch.names(), [second.clone(), format!("{second}.br"), "widget.js".into(), "widget.js.br".into()]);
    }

    #[test]
    fn a_file_that_was_taken_away_is_made_again() {
        let scratch = Scratch::new("again");
        let mut packer = scratch.open();
        let name = packer.hashed("a.css", b"x", || Ok(b"x".to_vec())).unwrap();
        packer.finish().unwrap();
        fs::remove_file(scratch.0.join("assets").join(format!("{name}.br"))).unwrap();

        let mut packer = scratch.open();
        packer.hashed("a.css", b"x", || Ok(b"x".to_vec())).unwrap();
        packer.finish().unwrap();
        assert_eq!(scratch.names(), [name.clone(), format!("{name}.br")]);
    }
}
