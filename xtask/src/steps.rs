//! A line per step, with its time, on stderr.

use anyhow::Result;
use std::fmt;
use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

/// Counts the steps of one command.
pub(crate) struct Steps {
    total: usize,
    begun: usize,
    /// Others write to stderr while a step runs, so that its time cannot go on the line that it began.
    shared: bool,
}

impl Steps {
    /// Steps whose programs are quiet, unless on a terminal (see [`crate::run::quietly`]).
    pub(crate) fn of(total: usize) -> Self {
        Self { total, begun: 0, shared: std::io::stderr().is_terminal() }
    }

    /// Steps whose programs write as they please.
    pub(crate) fn talkative(total: usize) -> Self {
        Self { total, begun: 0, shared: true }
    }

    /// Does the work of one step, and says how long it took.
    pub(crate) fn step<T>(&mut self, what: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
        self.begun += 1;
        let label = format!("[{}/{}] {what} …", self.begun, self.total);
        let mut stderr = std::io::stderr();
        if self.shared {
            eprintln!("{label}");
        } else {
            eprint!("{label} ");
            stderr.flush()?;
        }
        let began = Instant::now();
        let done = work();
        let took = Took(began.elapsed());
        match (&done, self.shared) {
            (Ok(_), true) => eprintln!("{label} {took}"),
            (Ok(_), false) => eprintln!("{took}"),
            (Err(_), true) => eprintln!("{label} failed after {took}"),
            (Err(_), false) => eprintln!("\n{label} failed after {took}"),
        }
        done
    }
}

/// A duration as people say it: `0.3 s`, `41 s`, `3 min 5 s`.
pub(crate) struct Took(pub(crate) Duration);

impl fmt::Display for Took {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.as_secs_f64();
        if seconds < 9.95 {
            return write!(f, "{seconds:.1} s");
        }
        let whole = seconds.round() as u64;
        match whole / 60 {
            0 => write!(f, "{whole} s"),
            minutes => write!(f, "{minutes} min {} s", whole % 60),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_read_as_people_say_them() {
        let said = |milliseconds| Took(Duration::from_millis(milliseconds)).to_string();
        assert_eq!(said(40), "0.0 s");
        assert_eq!(said(340), "0.3 s");
        assert_eq!(said(9_990), "10 s");
        assert_eq!(said(41_200), "41 s");
        assert_eq!(said(59_700), "1 min 0 s");
        assert_eq!(said(185_000), "3 min 5 s");
    }
}
