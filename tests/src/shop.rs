//! The demo's shop as a process of its own, on a free port, with data of its own. It can be killed and started again.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

use crate::browser::Look;
use crate::page::Page;
use crate::turn::Turn;
use crate::{SOON, place};

/// How many lines of the server's log a failed test shows.
const LOG_LINES: usize = 60;

/// What a shop is started with.
#[derive(Debug, Default)]
pub struct Plan {
    page: Option<String>,
    articles: Option<PathBuf>,
    assets: Option<PathBuf>,
    long_answer: bool,
}

impl Plan {
    /// The shop's page is this HTML, at `/`.
    pub fn page(mut self, html: impl Into<String>) -> Self {
        self.page = Some(html.into());
        self
    }

    /// The articles of this folder; a folder that is not there lets the assistant fail to start.
    pub fn articles(mut self, folder: impl Into<PathBuf>) -> Self {
        self.articles = Some(folder.into());
        self
    }

    /// One article, whose one sentence takes the assistant some seconds to say: time to do something in the middle of an answer to
    /// [`LONG_QUESTION`].
    pub fn long_answer(mut self) -> Self {
        self.long_answer = true;
        self
    }

    /// Other built files in place of target/assets.
    pub fn assets(mut self, folder: impl Into<PathBuf>) -> Self {
        self.assets = Some(folder.into());
        self
    }

    /// Starts it, when it is this test's turn.
    pub async fn start(self) -> Shop {
        let turn = Turn::take().await;
        let folder = TempDir::new().expect("a folder for the log");
        let root = match &self.page {
            Some(html) => root_with_page(folder.path(), html),
            None => place::root(),
        };
        let articles = if self.long_answer { Some(long_article(folder.path())) } else { self.articles };
        let mut shop = Shop {
            child: None,
            arguments: Vec::new(),
            port: 0,
            base: String::new(),
            log: folder.path().join("server.log"),
            folder,
            _turn: turn,
        };
        let data = shop.folder.path().join("data");
        let mut arguments = vec!["--data".into(), data.into_os_string()];
        arguments.extend(["--assets".into(), self.assets.unwrap_or_else(place::assets).into_os_string()]);
        arguments.extend(["--root".into(), root.into_os_string(), "--no-browser".into()]);
        if let Some(articles) = articles {
            arguments.extend(["--articles".into(), articles.into_os_string()]);
        }
        shop.arguments = arguments;
        shop.restart().await;
        shop
    }
}

/// A checkout as the demo needs it, with another page.
fn root_with_page(folder: &Path, html: &str) -> PathBuf {
    let root = folder.join("root");
    std::fs::create_dir(&root).expect("a folder");
    std::os::unix::fs::symlink(place::root().canonicalize().expect("the checkout").join("demo"), root.join("demo")).expect("a link");
    std::os::unix::fs::symlink(place::root().canonicalize().expect("the checkout").join("locales"), root.join("locales")).expect("a link");
    std::fs::write(root.join("index.html"), html).expect("a page");
    root
}

/// What [`Plan::long_answer`] answers.
pub const LONG_QUESTION: &str = "Where does your wool come from?";

fn long_article(folder: &Path) -> PathBuf {
    let articles = folder.join("articles");
    std::fs::create_dir(&articles).expect("a folder");
    let farms: Vec<_> = (1..=200).map(|number| format!("the farm at hill {number}")).collect();
    let text = format!("---\nid: wool\ntitle: {LONG_QUESTION}\nlocale: en\n---\n\nOur wool comes from {} and nowhere else.\n", farms.join(", "));
    std::fs::write(articles.join("wool.md"), text).expect("an article");
    articles
}

/// A running shop. When it is dropped, so are its process and its data.
#[derive(Debug)]
pub struct Shop {
    child: Option<Child>,
    arguments: Vec<std::ffi::OsString>,
    port: u16,
    base: String,
    log: PathBuf,
    folder: TempDir,
    _turn: Turn,
}

impl Shop {
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
