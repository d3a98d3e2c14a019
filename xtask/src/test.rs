//! `cargo xtask test`: all tests, as CI runs them.
//!
//! The cheap checks come first. One that fails does not stop the others, for who waits wants to see it all. What cannot be
//! done here is left out, and said so.

mod axe;
mod chromium;
mod tally;

use crate::browser::{self, Finish};
use crate::checkout::Checkout;
use crate::run;
use crate::sizes::Sizes;
use crate::steps::{Steps, Took};
use crate::toolchain::{self, BROWSER_TARGET};
use anyhow::Result;
use clap::{Args, ValueEnum};
use std::process::ExitCode;
use std::time::Instant;
use tally::{Tally, TestsFailed};

/// What `test` can be told.
#[derive(Args)]
pub(crate) struct Options {
    /// Do this step alone; may be given several times
    #[arg(long, value_name = "STEP", value_enum)]
    only: Vec<Step>,
    /// The long runs too (tests that are marked `#[ignore]`); they find WARMLINE_LONG=1 in their environment
    #[arg(long)]
    long: bool,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Step {
    /// The code is formatted
    Format,
    /// No lint speaks, natively and for the browser
    Lint,
    /// Licences, advisories and sources of the dependencies
    Deny,
    /// The widget and the console build, and are small enough
    Size,
    /// The tests of each package
    Packages,
    /// The journeys in a real browser
    Journeys,
}

impl Step {
    const ALL: [Self; 6] = [Self::Format, Self::Lint, Self::Deny, Self::Size, Self::Packages, Self::Journeys];

    fn title(self) -> &'static str {
        match self {
            Self::Format => "format",
            Self::Lint => "lint",
            Self::Deny => "deny",
            Self::Size => "size of the widget",
            Self::Packages => "tests of the packages",
            Self::Journeys => "journeys in Chromium",
        }
    }
}

/// How a step ended.
enum Outcome {
    Passed(Tally),
    Failed(Tally),
    LeftOut(String),
}

pub(crate) fn run(options: &Options) -> Result<ExitCode> {
    let checkout = Checkout::find()?;
    let chosen: Vec<_> = Step::ALL.into_iter().filter(|step| options.only.is_empty() || options.only.contains(step)).collect();
    let mut steps = Steps::talkative(chosen.len());
    let mut rows = Vec::new();
    for step in chosen {
        let began = Instant::now();
        let outcome = match steps.step(step.title(), || step.run(&checkout, options.long)) {
            Ok(outcome) => outcome,
            Err(trouble) => {
                eprintln!("{trouble:#}");
                let failed = trouble.downcast_ref::<TestsFailed>();
                Outcome::Failed(failed.map_or_else(Tally::default, |failed| failed.0))
            }
        };
        rows.push((step, Took(began.elapsed()), outcome));
    }
    Ok(report(&checkout, &rows))
}

impl Step {
    fn run(self, checkout: &Checkout, long: bool) -> Result<Outcome> {
        let passed = |()| Outcome::Passed(Tally::default());
        match self {
            Self::Format => format(checkout).map(passed),
            Self::Lint => lint(checkout).map(passed),
            Self::Deny => deny(checkout),
            Self::Size => size(checkout).map(passed),
            Self::Packages => packages(checkout, long).map(Outcome::Passed),
            Self::Journeys => journeys(checkout, long).map(Outcome::Passed),
        }
    }
}

fn format(checkout: &Checkout) -> Result<()> {
    // Left alone, rustfmt paints its differences even into a file.
    let colour = if run::colours_wanted() { "always" } else { "never" };
    let mut cargo = checkout.cargo();
    run::openly(cargo.args(["fmt", "--all", "--", "--check", "--color", colour]))
}

fn lint(checkout: &Checkout) -> Result<()> {
    run::openly(checkout.cargo().args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))?;
    toolchain::ensure_browser_target(checkout)?;
    let mut clippy = checkout.cargo();
    clippy.args(["clippy", "--target", BROWSER_TARGET, "-p", "warmline-widget", "-p", "warmline-console"]);
    run::openly(clippy.args(["--", "-D", "warnings"]))
}

fn deny(checkout: &Checkout) -> Result<Outcome> {
    if !run::exists("cargo-deny") {
        return Ok(Outcome::LeftOut("cargo-deny is not installed: cargo install --locked cargo-deny".into()));
    }
    let ours = ["deny", "check", "--hide-inclusion-graph", "bans", "licenses", "sources"];
    run::openly(checkout.cargo().args(ours))?;
    let mut advisories = checkout.cargo();
    let answer = run::captured(advisories.args(["deny", "check", "--hide-inclusion-graph", "advisories"]))?;
    let said = String::from_utf8_lossy(&answer.stderr);
    if said.contains("failed to fetch advisory database") {
        return Ok(Outcome::LeftOut("the advisories could not be fetched; the rest passed".into()));
    }
    eprintln!("{said}");
    run::succeeded(&advisories, answer.status)?;
    Ok(Outcome::Passed(Tally::default()))
}

fn size(checkout: &Checkout) -> Result<()> {
    browser::compile(checkout, Finish::Small)?;
    browser::pack(checkout, Finish::Small)?;
    let sizes = Sizes::measure(checkout)?;
    println!("{sizes}");
    sizes.within_limits()
}

fn packages(checkout: &Checkout, long: bool) -> Result<Tally> {
    let which = ["--workspace", "--exclude", "warmline-tests"];
    tally::run_tests(
        |subcommand| {
            let mut cargo = checkout.cargo();
            cargo.args(subcommand).args(which);
            cargo
        },
        long,
    )
}

/// Everything is built first, so that `--only journeys` never drives an old server or an old widget.
fn journeys(checkout: &Checkout, long: bool) -> Result<Tally> {
    let chromium = chromium::ensure()?;
    let axe = axe::ensure(checkout)?;
    browser::compile(checkout, Finish::Small)?;
    browser::pack(checkout, Finish::Small)?;
    run::openly(checkout.cargo().args(["build", "-p", "warmline-server"]))?;
    tally::run_tests(
        |subcommand| {
            let mut cargo = checkout.cargo();
            cargo.args(subcommand).args(["--package", "warmline-tests"]);
            cargo.env("WARMLINE_BIN", checkout.target("debug/warmline"));
            cargo.env("WARMLINE_ASSETS", Finish::Small.folder(checkout));
            cargo.env("WARMLINE_ROOT", checkout.root());
            cargo.env("WARMLINE_SCREENSHOTS", checkout.target("screenshots"));
            cargo.env("WARMLINE_AXE", &axe);
            cargo.env("CHROME", &chromium.browser).env("CHROMEDRIVER", &chromium.driver);
            cargo
        },
        long,
    )
}

/// The table; its last line is for a log's reader, so nothing comes after it.
fn report(checkout: &Checkout, rows: &[(Step, Took, Outcome)]) -> ExitCode {
    println!();
    let mut sum = Tally::default();
    let mut code = ExitCode::SUCCESS;
    for (step, took, outcome) in rows {
        let said = match outcome {
            Outcome::Passed(tally) => {
                sum.add(tally);
                tally.said("passed")
            }
            Outcome::Failed(tally) => {
                code = ExitCode::FAILURE;
                sum.add(tally);
                // A step that failed without a failed test (a lint, a build) must not read as none failed.
                if tally.failed == 0 {
                    sum.failed += 1;
                }
                tally.said("FAILED")
            }
            Outcome::LeftOut(why) => format!("left out: {why}"),
        };
        println!("{:<24} {:>12}  {said}", step.title(), took.to_string());
    }
    let screenshots = checkout.target("screenshots");
    if screenshots.is_dir() {
        println!("\nWhat the journeys saw: {}", screenshots.display());
    }
    if code == ExitCode::FAILURE {
        println!("\nOne step again: cargo xtask test --only STEP");
    }
    println!("\n{} passed, {} failed", sum.passed, sum.failed);
    code
}
