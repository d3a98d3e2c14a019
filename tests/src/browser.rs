//! Chromium under its driver: how it looks at the page, and that it ends with the test.

use std::io::{BufRead as _, BufReader};
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command, Stdio};

use rustix::process::{Pid, Signal, kill_process_group};
use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::prelude::*;
use thirtyfour::{ChromeCapabilities, LoggingPrefsLogLevel};

use crate::place;

const FLAGS: [&str; 13] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
    // Pages that lie behind others keep their timers, as they do for a shopper with two windows side by side.
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
];
/// A headless browser has no mouse and says so; on a desk there is one.
const MOUSE: &str = "--blink-settings=primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4";

/// How a shopper looks at the page.
#[derive(Debug, Clone)]
pub struct Look {
    width: u32,
    height: u32,
    phone: bool,
    pub(crate) script: bool,
    languages: String,
    media: Vec<(String, String)>,
}

impl Look {
    /// On a desk, in English.
    pub fn desk() -> Self {
        Look { width: 1280, height: 900, phone: false, script: true, languages: "en-GB".into(), media: Vec::new() }
    }

    /// On a phone.
    pub fn phone() -> Self {
        Look { width: 390, height: 844, phone: true, ..Look::desk() }
    }

    /// A window of another size.
    pub fn sized(mut self, width: u32, height: u32) -> Self {
        (self.width, self.height) = (width, height);
        self
    }

    /// In the dark.
    pub fn dark(self) -> Self {
        self.media("prefers-color-scheme", "dark")
    }

    /// A browser of this language.
    pub fn lang(mut self, tag: &str) -> Self {
        self.languages = tag.into();
        self
    }

    /// A browser that runs no script.
    pub fn without_script(mut self) -> Self {
        self.script = false;
        self
    }

    /// With a media feature: `prefers-reduced-motion`, `forced-colors`, …
    pub fn media(mut self, name: &str, value: &str) -> Self {
        self.media.push((name.into(), value.into()));
        self
    }

    fn capabilities(&self, profile: &TempDir) -> ChromeCapabilities {
        let mut chrome = DesiredCapabilities::chrome();
        let mut add = |flag: &str| chrome.add_arg(flag).expect("a flag");
        FLAGS.into_iter().for_each(&mut add);
        add(&format!("--user-data-dir={}", profile.path().display()));
        add(&format!("--lang={}", self.languages));
        add(&format!("--accept-lang={}", self.languages));
        if self.phone {
            let metrics = json!({ "width": self.width, "height": self.height, "pixelRatio": 2.0, "touch": true, "mobile": true });
            chrome.add_experimental_option("mobileEmulation", json!({ "deviceMetrics": metrics })).expect("an option");
        } else {
            chrome.add_arg(MOUSE).expect("a flag");
        }
        let preferences = json!({ "intl.accept_languages": self.languages });
        chrome.add_experimental_option("prefs", preferences).expect("preferences");
        chrome.set_binary(&place::chromium().display().to_string()).expect("a browser");
        chrome.set_browser_log_level(LoggingPrefsLogLevel::All).expect("a log");
        chrome
    }
}

/// A browser. The fields end in this order: the session, its processes, its files.
#[derive(Debug)]
pub(crate) struct Browser {
    pub(crate) driver: WebDriver,
    pub(crate) look: Look,
    _process: Driver,
    _profile: TempDir,
}

impl Browser {
    pub(crate) async fn start(look: Look) -> Self {
        let profile = TempDir::new().expect("a folder for the browser");
        let process = Driver::start(&profile);
        let address = format!("http://127.0.0.1:{}", process.port);
        let driver = WebDriver::new(address, look.capabilities(&profile)).await.expect("Chromium starts");
        let browser = Browser { driver, look, _process: process, _profile: profile };
        browser.dress().await;
        browser
    }

    /// What is set a tab at a time.
    pub(crate) async fn dress(&self) {
        if !self.look.phone {
            let size = json!({ "width": self.look.width, "height": self.look.height, "deviceScaleFactor": 1, "mobile": false });
            self.tools("Emulation.setDeviceMetricsOverride", size).await;
        }
        if !self.look.script {
            self.tools("Emulation.setScriptExecutionDisabled", json!({ "value": true })).await;
        }
        if !self.look.media.is_empty() {
            let features: Vec<_> = self.look.media.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
            self.tools("Emulation.setEmulatedMedia", json!({ "features": features })).await;
        }
    }

    /// A command of the developer tools.
    pub(crate) async fn tools(&self, command: &str, parameters: Value) -> Value {
        self.driver.cdp().send_raw(command, parameters).await.unwrap_or_else(|error| panic!("{command}: {error}"))
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Left to itself the session says goodbye over the network, in a place where nothing can be awaited.
        let _ = self.driver.clone().leak();
    }
}

/// The driver's process; in its group is the browser with all its children.
#[derive(Debug)]
struct Driver {
    child: Child,
    port: u16,
}

impl Driver {
    fn start(profile: &TempDir) -> Self {
        let program = place::chromedriver();
        let mut child = Command::new(&program)
            .arg("--port=0")
            .env("TMPDIR", profile.path())
            .process_group(0)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{} cannot be started: {error}", program.display()));
        let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
        let port = lines
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| line.split("successfully on port ").nth(1)?.trim_end_matches('.').parse().ok())
            .expect("the driver says its port");
        // A full pipe would hold it up.
        std::thread::spawn(move || lines.for_each(drop));
        Driver { child, port }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        if let Some(group) = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw) {
            let _ = kill_process_group(group, Signal::KILL);
        }
        let _ = self.child.wait();
    }
}
