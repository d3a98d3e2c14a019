//! What a shop is started with: another page, other articles, other files.

use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::place;
use crate::shop::Shop;
use crate::turn::Turn;

/// What a shop is started with.
#[derive(Debug, Default)]
pub struct Plan {
    page: Option<String>,
    files: Vec<(String, String)>,
    articles: Option<PathBuf>,
    assets: Option<PathBuf>,
    long_answer: bool,
    origins: Vec<String>,
}

impl Plan {
    /// The shop's page is this HTML, at `/`. Its style and scripts are files: what stands in the page itself the shop's policy refuses.
    pub fn page(mut self, html: impl Into<String>) -> Self {
        self.page = Some(html.into());
        self
    }

    /// A file of the shop, at `/shop/NAME`: .css, .js or .svg.
    pub fn file(mut self, name: &str, text: impl Into<String>) -> Self {
        self.files.push((name.to_owned(), text.into()));
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

    /// Pages of this origin may use the shop's key, too.
    pub fn origin(mut self, origin: &str) -> Self {
        self.origins.push(origin.to_owned());
        self
    }

    /// Starts it, when it is this test's turn.
    pub async fn start(self) -> Shop {
        let turn = Turn::take().await;
        let folder = TempDir::new().expect("a folder for the log");
        let root = match &self.page {
            Some(html) => root_with_page(folder.path(), html, &self.files),
            None => place::root(),
        };
        let articles = if self.long_answer { Some(long_article(folder.path())) } else { self.articles };
        let data = folder.path().join("data");
        let mut arguments = vec!["--data".into(), data.into_os_string()];
        arguments.extend(["--assets".into(), self.assets.unwrap_or_else(place::assets).into_os_string()]);
        arguments.extend(["--root".into(), root.into_os_string(), "--no-browser".into()]);
        if let Some(articles) = articles {
            arguments.extend(["--articles".into(), articles.into_os_string()]);
        }
        for origin in self.origins {
            arguments.extend(["--origin".into(), origin.into()]);
        }
        Shop::start(folder, arguments, turn).await
    }
}

/// A checkout as the demo needs it, with another page and more files.
fn root_with_page(folder: &Path, html: &str, files: &[(String, String)]) -> PathBuf {
    let (root, checkout) = (folder.join("root"), place::root().canonicalize().expect("the checkout"));
    std::fs::create_dir(&root).expect("a folder");
    link_all(&checkout, &root, &["demo", "index.html", "target"]);
    std::fs::create_dir(root.join("demo")).expect("a folder");
    link_all(&checkout.join("demo"), &root.join("demo"), &["shop"]);
    std::fs::create_dir(root.join("demo/shop")).expect("a folder");
    let names: Vec<_> = files.iter().map(|(name, _)| name.as_str()).collect();
    link_all(&checkout.join("demo/shop"), &root.join("demo/shop"), &names);
    std::fs::write(root.join("index.html"), html).expect("a page");
    for (name, text) in files {
        std::fs::write(root.join("demo/shop").join(name), text).expect("a file");
    }
    root
}

/// Links what is in one folder into another, but for some.
fn link_all(from: &Path, into: &Path, without: &[&str]) {
    for entry in std::fs::read_dir(from).expect("a folder").flatten() {
        if without.iter().all(|name| entry.file_name() != *name) {
            std::os::unix::fs::symlink(entry.path(), into.join(entry.file_name())).expect("a link");
        }
    }
}

/// What [`Plan::long_answer`] answers.
pub const LONG_QUESTION: &str = "Where does your wool come from?";

fn long_article(folder: &Path) -> PathBuf {
    let articles = folder.join("articles");
    std::fs::create_dir(&articles).expect("a folder");
    let farms: Vec<_> = (1..=200).map(|number| format!("the farm at hill {number}")).collect();
    let text =
        format!("---\nid: wool\ntitle: {LONG_QUESTION}\nlocale: en\n---\n\nOur wool comes from {} and nowhere else.\n", farms.join(", "));
    std::fs::write(articles.join("wool.md"), text).expect("an article");
    articles
}
