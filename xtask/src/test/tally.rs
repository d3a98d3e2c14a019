//! Counting tests in what cargo's runners print, while it is shown.

use crate::run;
use anyhow::{Context, Result, bail};
use std::fmt;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

/// How many tests passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Tally {
    pub(super) passed: u64,
    pub(super) failed: u64,
}

impl Tally {
    pub(super) fn add(&mut self, other: &Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }

    /// The outcome in words, with the counts where there are any.
    pub(super) fn said(&self, outcome: &str) -> String {
        match self {
            Self { passed: 0, failed: 0 } => outcome.to_owned(),
            Self { passed, failed } => format!("{outcome}: {passed} passed, {failed} failed"),
        }
    }
}

/// Runs tests by cargo-nextest where it is installed (and doc tests, which it leaves out), else by cargo. `cargo` makes the
/// command from the name of the runner.
pub(super) fn run_tests(cargo: impl Fn(&[&str]) -> Command, long: bool) -> Result<Tally> {
    let mut runs = Vec::new();
    if run::exists("cargo-nextest") {
        let mut tests = cargo(&["nextest", "run"]);
        tests.args(["--no-fail-fast", "--no-tests", "pass"]);
        if long {
            tests.args(["--run-ignored", "all"]);
        }
        let mut docs = cargo(&["test", "--doc"]);
        docs.arg("--no-fail-fast");
        runs.extend([tests, docs]);
    } else {
        let mut tests = cargo(&["test"]);
        tests.arg("--no-fail-fast");
        if long {
            tests.args(["--", "--include-ignored"]);
        }
        runs.push(tests);
    }
    let mut sum = Tally::default();
    let mut all_passed = true;
    for mut command in runs {
        if long {
            command.env("WARMLINE_LONG", "1");
        }
        let (tally, passed) = counted(&mut command)?;
        sum.add(&tally);
        all_passed &= passed;
    }
    if !all_passed {
        bail!(TestsFailed(sum));
    }
    Ok(sum)
}

/// Some tests failed, or could not be built.
#[derive(Debug)]
pub(super) struct TestsFailed(pub(super) Tally);

impl fmt::Display for TestsFailed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.failed {
            0 => write!(f, "the tests could not be run to their end"),
            failed => write!(f, "{failed} of the tests failed"),
        }
    }
}

impl std::error::Error for TestsFailed {}

/// Both streams are shown as they come; libtest counts on stdout, nextest on stderr.
fn counted(command: &mut Command) -> Result<(Tally, bool)> {
    if run::colours_wanted() {
        command.env("CARGO_TERM_COLOR", "always");
    }
    let mut child = run::start(command.stdout(Stdio::piped()).stderr(Stdio::piped()))?;
    let stdout = child.stdout.take().context("no stdout")?;
    let stderr = child.stderr.take().context("no stderr")?;
    let mut tally = Tally::default();
    std::thread::scope(|scope| -> Result<()> {
        let errors = scope.spawn(|| read_along(stderr, std::io::stderr()));
        tally.add(&read_along(stdout, std::io::stdout())?);
        match errors.join() {
            Ok(counted) => tally.add(&counted?),
            Err(panic) => std::panic::resume_unwind(panic),
        }
        Ok(())
    })?;
    let status = child.wait()?;
    run::ended(child.id());
    Ok((tally, status.success()))
}

fn read_along(from: impl std::io::Read, mut to: impl Write) -> Result<Tally> {
    let mut tally = Tally::default();
    let mut from = BufReader::new(from);
    let mut line = Vec::new();
    // By bytes: a test may print what is not UTF-8.
    while from.read_until(b'\n', &mut line)? > 0 {
        to.write_all(&line)?;
        to.flush()?;
        if let Some(counted) = count(&String::from_utf8_lossy(&line)) {
            tally.add(&counted);
        }
        line.clear();
    }
    Ok(tally)
}

/// The counts of a summary line, of libtest or nextest.
fn count(line: &str) -> Option<Tally> {
    let line = without_colour(line);
    // Not indented: nextest shows a failed test's own output, with libtest's line in it, indented.
    let by_libtest = line.starts_with("test result: ");
    let by_nextest = line.trim_start().starts_with("Summary [") && line.contains(" run: ");
    if !by_libtest && !by_nextest {
        return None;
    }
    let number_before = |word: &str| {
        let words: Vec<_> = line.split([' ', ',', ';']).filter(|part| !part.is_empty()).collect();
        words.windows(2).find(|pair| pair[1] == word).and_then(|pair| pair[0].parse().ok())
    };
    Some(Tally { passed: number_before("passed")?, failed: number_before("failed").unwrap_or(0) })
}

/// The line without the escape codes that a terminal takes for colours.
fn without_colour(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    for (index, part) in line.split("\u{1b}[").enumerate() {
        let part = if index == 0 { part } else { part.split_once('m').map_or("", |(_, rest)| rest) };
        plain.push_str(part);
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(passed: u64, failed: u64) -> Option<Tally> {
        Some(Tally { passed, failed })
    }

    #[test]
    fn the_summaries_of_both_runners_are_counted() {
        let libtest = "test result: FAILED. 12 passed; 2 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s";
        assert_eq!(count(libtest), tally(12, 2));
        assert_eq!(count("test result: \u{1b}[32mok\u{1b}(B\u{1b}[m. 3 passed; 0 failed; 0 ignored"), tally(3, 0));
        assert_eq!(count("     Summary [   0.014s] 5 tests run: 5 passed, 0 skipped"), tally(5, 0));
        assert_eq!(count("     Summary [   3.1s] 9 tests run: 7 passed (1 slow), 2 failed, 1 skipped"), tally(7, 2));
        assert_eq!(count("running 12 tests"), None);
        assert_eq!(count("    test result: FAILED. 0 passed; 1 failed; 0 ignored"), None);
        assert_eq!(count("the shopper said: 3 passed; 4 failed"), None);
    }

    #[test]
    fn a_step_without_tests_is_said_without_counts() {
        assert_eq!(Tally::default().said("passed"), "passed");
        assert_eq!(Tally { passed: 3, failed: 1 }.said("FAILED"), "FAILED: 3 passed, 1 failed");
    }
}
