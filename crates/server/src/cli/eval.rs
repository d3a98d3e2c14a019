//! `warmline eval`: scores the assistant, row by row.

use std::fs::File;
use std::io::{BufReader, BufWriter, Write as _};
use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;
use warmline_assistant::eval::{Suite, predict};

/// Scores the assistant.
#[derive(Debug, Args)]
pub struct Eval {
    /// asks-for-a-person, upset, articles or give-way.
    #[arg(long)]
    suite: String,
    /// The rows, JSON Lines.
    #[arg(long)]
    file: PathBuf,
    /// The shop's articles.
    #[arg(long)]
    articles: Option<PathBuf>,
    /// Where to write a line a row.
    #[arg(long)]
    predictions: Option<PathBuf>,
    /// The score as JSON.
    #[arg(long)]
    json: bool,
}

impl Eval {
    /// Scores one file.
    #[allow(clippy::print_stdout, reason = "the result of the command")]
    pub fn run(self) -> anyhow::Result<()> {
        let known = || Suite::ALL.map(Suite::name).join(", ");
        let suite = Suite::of(&self.suite).with_context(|| format!("there is no suite {:?}: it is one of {}", self.suite, known()))?;
        let rows = BufReader::new(File::open(&self.file).with_context(|| format!("{} can't be read", self.file.display()))?);
        let mut out: Box<dyn std::io::Write> = match &self.predictions {
            Some(path) => Box::new(BufWriter::new(File::create(path).with_context(|| format!("{} can't be written", path.display()))?)),
            None => Box::new(std::io::sink()),
        };
        let score = predict(suite, rows, self.articles.as_deref(), &mut out)?;
        out.flush()?;
        if self.json {
            println!("{}", score.to_json());
        } else {
            println!("{score}");
        }
        Ok(())
    }
}
