//! The commands for people: `cargo xtask demo`, `dev`, `build`, `test`, `bench`, `eval`.
//!
//! Reading order: [`checkout`] and [`run`] are what every command stands on, [`browser`] is the build that four of them
//! share ([`bindgen`], [`styles`], [`minify`], [`pack`], [`sizes`]), then one file per command.
#![expect(clippy::print_stdout, reason = "a command's table and its last line are its result, and belong on stdout")]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test says so by panicking"))]

mod bench;
mod bindgen;
mod browser;
mod build;
mod checkout;
mod demo;
mod dev;
mod eval;
mod minify;
mod pack;
mod paths;
mod run;
mod sizes;
mod steps;
mod styles;
mod test;
mod toolchain;
mod words;

use anyhow::Result;
use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Build, show, test and measure Warmline.
#[derive(Parser)]
#[command(bin_name = "cargo xtask", max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build what is missing and serve the demo shop: `/` with the widget, `/console` for agents
    Demo(demo::Options),
    /// The demo with hot reload, for work on the widget, the console and their styles
    Dev(demo::Options),
    /// Make the release artefacts in dist/
    Build,
    /// Run all tests, as CI does
    Test(test::Options),
    /// Measure; prints a table and writes target/bench/*.json
    Bench(bench::Options),
    /// Score the assistant; writes target/eval/*.json
    Eval(eval::Options),
}

fn main() -> ExitCode {
    match obey(Cli::parse().command) {
        Ok(code) => code,
        Err(trouble) => {
            eprintln!("\n{trouble:#}");
            ExitCode::FAILURE
        }
    }
}

fn obey(command: Command) -> Result<ExitCode> {
    run::heed_signals()?;
    match command {
        Command::Demo(options) => demo::run(&options)?,
        Command::Dev(options) => dev::run(&options)?,
        Command::Build => build::run()?,
        Command::Test(options) => return test::run(&options),
        Command::Bench(options) => bench::run(&options)?,
        Command::Eval(options) => eval::run(&options)?,
    }
    Ok(ExitCode::SUCCESS)
}
