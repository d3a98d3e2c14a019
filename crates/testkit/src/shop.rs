//! The demo's shop with data of its own.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;

use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};
use tokio::task::JoinHandle;
use warmline_server::app::App;
use warmline_server::cli::demo::DemoCommand;
use warmline_server::serve;
use warmline_store::sqlite::SqliteStore;

use crate::SOON;

/// A running shop. When it is dropped, so is its data.
#[derive(Debug)]
pub struct TestShop {
    /// Before the data: it ends before its folder goes.
    running: Running,
    data: TempDir,
    port: u16,
    base: String,
    /// What runs when it is a child.
    binary: PathBuf,
}

enum Running {
    /// In this process.
    Here {
        app: Arc<App>,
        store: SqliteStore,
        serving: JoinHandle<()>,
    },
    /// As a child that can be killed.
    Child(Child),
    Stopped,
}

impl std::fmt::Debug for Running {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Running::Here { .. } => "Here",
            Running::Child(_) => "Child",
            Running::Stopped => "Stopped",
        })
    }
}

impl Drop for TestShop {
    fn drop(&mut self) {
        match &self.running {
            Running::Here { app, .. } => app.closing.cancel(),
            // The child is killed by its own drop.
            Running::Child(_) | Running::Stopped => {}
        }
    }
}

/// The checkout that these sources are in.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

impl TestShop {
    /// Starts a shop in this process.
    pub async fn start() -> Self {
        let mut shop = TestShop::nowhere();
        shop.serve_here().await;
        shop
    }

    /// Starts a shop as a child process: `$WARMLINE_BIN`, or the binary that this checkout has built.
    pub async fn start_child() -> Self {
        let binary = std::env::var_os("WARMLINE_BIN").map_or_else(|| root().join("target/debug/warmline"), PathBuf::from);
        TestShop::start_child_of(&binary).await
    }

    /// Starts a shop as a child process of this binary: in the server's own tests the one that cargo has just built.
    pub async fn start_child_of(binary: &Path) -> Self {
        let mut shop = TestShop::nowhere();
        shop.binary = binary.to_owned();
        shop.serve_as_child().await;
        shop
    }

    fn nowhere() -> Self {
        let data = TempDir::new().expect("a folder for the log");
        TestShop { running: Running::Stopped, data, port: 0, base: String::new(), binary: PathBuf::new() }
    }

    /// `http://127.0.0.1:PORT`.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The server, when it is in this process.
    pub fn app(&self) -> &Arc<App> {
        match &self.running {
            Running::Here { app, .. } => app,
            Running::Child(_) | Running::Stopped => panic!("the server is not in this process"),
        }
    }

    async fn serve_here(&mut self) {
        let listener = serve::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, self.port))).await.expect("a free port");
        let address = listener.local_addr().unwrap();
        let command = DemoCommand {
            port: address.port(),
            data: self.data.path().to_owned(),
            assets: root().join("target/assets"),
            root: root(),
            articles: None,
            orders: None,
            origins: Vec::new(),
            no_browser: true,
            dev: false,
        };
        let (app, store) = command.app(address).await.expect("the demo starts");
        let served = app.clone();
        let serving = tokio::spawn(async move { serve::serve(served, listener, || ()).await.expect("the demo serves") });
        self.at_port(address.port());
        self.running = Running::Here { app, store, serving };
    }

    async fn serve_as_child(&mut self) {
        let mut child = Command::new(&self.binary)
            .args(["demo", "--no-browser", "--port", &self.port.to_string(), "--data"])
            .arg(self.data.path())
            .arg("--assets")
            .arg(root().join("target/assets"))
            .arg("--root")
            .arg(root())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap_or_else(|error| panic!("{} does not start: {error}", self.binary.display()));
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let ready = async {
            while let Some(line) = lines.next_line().await.unwrap() {
                if let Some(port) = line.strip_prefix("ready: http://127.0.0.1:") {
                    return port.parse().expect("a port");
                }
            }
            panic!("the demo ended before it was ready");
        };
        let port = tokio::time::timeout(SOON, ready).await.expect("the demo is ready soon");
        self.at_port(port);
        self.running = Running::Child(child);
    }

    fn at_port(&mut self, port: u16) {
        self.port = port;
        self.base = format!("http://127.0.0.1:{port}");
    }

    /// Stops it in good order.
    pub async fn stop(&mut self) {
        match std::mem::replace(&mut self.running, Running::Stopped) {
            Running::Here { app, store, serving } => {
                app.closing.cancel();
                serving.await.expect("the server stops in good order");
                store.close().await;
            }
            Running::Child(_) => panic!("a child is killed, not stopped"),
            Running::Stopped => {}
        }
    }

    /// Stops and starts it again over the same data, at the same port.
    pub async fn restart(&mut self) {
        self.stop().await;
        self.serve_here().await;
    }

    /// SIGKILL: no destructor runs, nothing is written any more.
    pub async fn kill(&mut self) {
        match std::mem::replace(&mut self.running, Running::Stopped) {
            Running::Child(mut child) => child.kill().await.expect("the child can be killed"),
            Running::Here { .. } | Running::Stopped => panic!("only a child can be killed"),
        }
    }

    /// Starts a child again over what the killed one left.
    pub async fn start_child_again(&mut self) {
        self.serve_as_child().await;
    }
}
