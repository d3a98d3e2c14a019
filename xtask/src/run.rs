//! Running other programs: quiet unless they fail, and ended together with us.

use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, kill_process};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use std::io::{IsTerminal, Write};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::atomic::{AtomicI32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The programs that run on our behalf just now.
static CHILDREN: Mutex<Vec<u32>> = Mutex::new(Vec::new());
/// The signal that asked us to end, 0 as long as none did.
static ASKED_TO_END: AtomicI32 = AtomicI32::new(0);

fn children() -> MutexGuard<'static, Vec<u32>> {
    CHILDREN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A build must not go on after its xtask was told to end: the signal is passed on, and we end when the program has.
pub(crate) fn heed_signals() -> Result<()> {
    let mut signals = Signals::new([SIGINT, SIGTERM]).context("cannot listen for signals")?;
    std::thread::spawn(move || {
        for signal in signals.forever() {
            ASKED_TO_END.store(signal, Ordering::SeqCst);
            let children = children();
            if children.is_empty() {
                std::process::exit(128 + signal);
            }
            for child in children.iter() {
                ask_to_end(*child);
            }
        }
    });
    Ok(())
}

/// SIGTERM, which a server answers by ending cleanly (std's own `kill` is SIGKILL).
pub(crate) fn ask_to_end(child: u32) {
    if let Some(pid) = i32::try_from(child).ok().and_then(Pid::from_raw) {
        // It may have ended by itself, which is what we want.
        let _ = kill_process(pid, Signal::TERM);
    }
}

/// The status to end with when a signal asked for it.
pub(crate) fn asked_to_end() -> Option<i32> {
    match ASKED_TO_END.load(Ordering::SeqCst) {
        0 => None,
        signal => Some(128 + signal),
    }
}

/// Starts a program that ends when we do.
pub(crate) fn start(command: &mut Command) -> Result<Child> {
    let mut running = children();
    let child = command.spawn().with_context(|| format!("cannot start {}", name(command)))?;
    running.push(child.id());
    Ok(child)
}

/// Says that a program has ended. Ends us too when we were asked to and it was the last.
pub(crate) fn ended(pid: u32) {
    let mut running = children();
    running.retain(|child| *child != pid);
    if let Some(status) = asked_to_end()
        && running.is_empty()
    {
        std::process::exit(status);
    }
}

/// Runs a program to its end. On a terminal its output is shown as it comes, elsewhere only when it fails.
pub(crate) fn quietly(command: &mut Command) -> Result<()> {
    if std::io::stderr().is_terminal() {
        return openly(command);
    }
    let output = captured(command)?;
    if !output.status.success() {
        let mut stderr = std::io::stderr().lock();
        stderr.write_all(b"\n")?;
        stderr.write_all(&output.stdout)?;
        stderr.write_all(&output.stderr)?;
    }
    succeeded(command, output.status)
}

/// Runs a program to its end with its output shown.
pub(crate) fn openly(command: &mut Command) -> Result<()> {
    let mut child = start(command)?;
    let status = child.wait()?;
    ended(child.id());
    succeeded(command, status)
}

/// Runs a program to its end and hands back what it said.
pub(crate) fn captured(command: &mut Command) -> Result<Output> {
    let child = start(command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()))?;
    let pid = child.id();
    let output = child.wait_with_output()?;
    ended(pid);
    Ok(output)
}

/// An error that names the command, unless it succeeded.
pub(crate) fn succeeded(command: &Command, status: ExitStatus) -> Result<()> {
    if !status.success() {
        bail!("{} ended with {status}", line(command));
    }
    Ok(())
}

/// Whether what we print may be in colour.
pub(crate) fn colours_wanted() -> bool {
    std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// Whether a program of this name can be started.
pub(crate) fn exists(program: &str) -> bool {
    find(program).is_some()
}

/// Where a program of this name is.
pub(crate) fn find(program: &str) -> Option<std::path::PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|dir| dir.join(program)).find(|file| file.is_file())
}

fn name(command: &Command) -> String {
    command.get_program().to_string_lossy().into_owned()
}

/// The command as one would type it: cargo by its name, wherever it is.
fn line(command: &Command) -> String {
    let program = std::path::Path::new(command.get_program()).file_name().unwrap_or_default().to_string_lossy();
    let arguments = command.get_args().map(|argument| argument.to_string_lossy());
    std::iter::once(program).chain(arguments).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_names_the_command_as_one_would_type_it() {
        let trouble = quietly(Command::new("/bin/sh").args(["-c", "exit 3"])).unwrap_err();
        assert_eq!(trouble.to_string(), "sh -c exit 3 ended with exit status: 3");
    }

    #[test]
    fn a_program_that_is_not_there_is_named() {
        let trouble = captured(&mut Command::new("no-such-program")).unwrap_err();
        assert!(trouble.to_string().contains("cannot start no-such-program"), "{trouble}");
    }
}
