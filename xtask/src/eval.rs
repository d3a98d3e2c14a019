//! `cargo xtask eval`: the assistant scored, by the server that holds it.

use crate::checkout::Checkout;
use anyhow::{Context, Result};
use clap::Args;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;

/// What `eval` can be told.
#[derive(Args)]
pub(crate) struct Options {
    /// Score this suite alone: asks-for-a-person, upset, articles, give-way
    #[arg(long, value_name = "NAME")]
    suite: Option<String>,
    /// Score the rows of this file (with --suite)
    #[arg(long, value_name = "ROWS.jsonl", requires = "suite")]
    file: Option<PathBuf>,
    /// Answer from the articles of this folder
    #[arg(long, value_name = "DIR")]
    articles: Option<PathBuf>,
    /// Write a line per row, so that others can compute the score themselves
    #[arg(long, value_name = "OUT.jsonl")]
    predictions: Option<PathBuf>,
    /// Look for the suites' rows in this folder
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Print the scores as JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let checkout = Checkout::find()?;
    let mut cargo = checkout.cargo();
    // Cargo runs the server where it stands itself, and paths are meant from where the caller stands.
    cargo.current_dir(std::env::current_dir()?).args(["run", "--quiet", "--manifest-path"]).arg(checkout.at("Cargo.toml"));
    cargo.args(["-p", "warmline-server", "--bin", "warmline", "--", "eval"]);
    if let Some(suite) = &options.suite {
        cargo.args(["--suite", suite]);
    }
    let paths =
        [("--file", &options.file), ("--articles", &options.articles), ("--predictions", &options.predictions), ("--data", &options.data)];
    for (flag, path) in paths {
        if let Some(path) = path {
            cargo.arg(flag).arg(path);
        }
    }
    if options.json {
        cargo.arg("--json");
    }
    Err(cargo.exec()).context("cannot start cargo")
}
