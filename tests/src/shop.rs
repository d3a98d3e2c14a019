//! The demo's shop as a process of its own, on a free port, with data of its own. It can be killed and started again.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

use crate::browser::Look;
use crate::page::Page;
use crate::plan::Plan;
use crate::turn::Turn;
use crate::{SOON, place};

/// How many lines of the server's log a failed test shows.
const LOG_LINES: usize = 60;

/// A running shop. When it is dropped, so are its process and its data.
#[derive(Debug)]
pub struct Shop {
    child: Option<Child>,
    arguments: Vec<OsString>,
    port: u16,
    base: String,
    log: PathBuf,
    folder: TempDir,
    _turn: Turn,
}

impl Shop {
    pub(crate) async fn start(folder: TempDir, arguments: Vec<OsString>, turn: Turn) -> Self {
        let log = folder.path().join("server.log");
        let mut shop = Shop { child: None, arguments, port: 0, base: String::new(), log, folder, _turn: turn };
        shop.restart().await;
        shop
    }

    /// The demo as it is.
    pub async fn open() -> Self {
        Plan::default().start().await
    }

    /// A demo that differs in something.
    pub fn plan() -> Plan {
        Plan::default()
    }

    /// `http://127.0.0.1:PORT`.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// Where this shop may keep what a test makes.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A browser on a desk.
    pub async fn browse(&self) -> Page {
        self.browse_as(Look::desk()).await
    }

    /// A browser that looks like this.
    pub async fn browse_as(&self, look: Look) -> Page {
        Page::open(&self.base, look).await
    }

    /// SIGKILL: no destructor runs, nothing is written any more.
    pub async fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().await.expect("the server can be killed");
        }
    }

    /// Starts it (again), over the same data and at the same port.
    pub async fn restart(&mut self) {
        self.kill().await;
        let log = std::fs::File::options().create(true).append(true).open(&self.log).expect("a log");
        let binary = place::binary();
        let mut child = Command::new(&binary)
            .arg("demo")
            .args(["--port", &self.port.to_string()])
            .args(&self.arguments)
            .stdout(Stdio::piped())
            .stderr(log)
            .kill_on_drop(true)
            .spawn()
            .unwrap_or_else(|error| panic!("{} cannot be started ({error}): cargo build -p warmline-server", binary.display()));
        let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
        let ready = async {
            while let Ok(Some(line)) = lines.next_line().await {
                if let Some(port) = line.strip_prefix("ready: http://127.0.0.1:") {
                    return port.trim().parse().ok();
                }
            }
            None
        };
        let port = tokio::time::timeout(SOON, ready).await.ok().flatten();
        self.child = Some(child);
        self.port = port.unwrap_or_else(|| panic!("the demo did not say that it is ready"));
        self.base = format!("http://127.0.0.1:{}", self.port);
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let log = std::fs::read_to_string(&self.log).unwrap_or_default();
            let lines: Vec<_> = log.lines().collect();
            eprintln!("---- the server's last words ----\n{}", lines[lines.len().saturating_sub(LOG_LINES)..].join("\n"));
        }
    }
}
