//! A page in a browser: looking, waiting, tapping, typing. What does not come in time fails with what was there instead.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::browser::{Browser, Look};
use crate::target::Target;
use crate::{SOON, place};

const LIBRARY: &str = include_str!("page.js");
const LOOK_EVERY: Duration = Duration::from_millis(40);

/// A browser with a page.
#[derive(Debug)]
pub struct Page {
    pub(crate) browser: Browser,
    base: String,
}

impl Page {
    pub(crate) async fn open(base: &str, look: Look) -> Self {
        Page { browser: Browser::start(look).await, base: base.to_owned() }
    }

    /// The driver, for what is not here.
    pub fn driver(&self) -> &WebDriver {
        &self.browser.driver
    }

    /// Goes to a path of the shop.
    pub async fn go(&self, path: &str) {
        self.driver().goto(format!("{}{path}", self.base)).await.unwrap_or_else(|error| panic!("{path}: {error}"));
    }

    /// Loads the page again.
    pub async fn reload(&self) {
        self.driver().refresh().await.expect("the page loads again");
    }

    /// Runs a script with arguments; `chat()`, `all(target)`, `shown(element)` and the rest of page.js are there.
    pub async fn js(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.try_js(script, arguments).await.unwrap_or_else(|error| panic!("{script}: {error}"))
    }

    async fn try_js(&self, script: &str, arguments: Vec<Value>) -> WebDriverResult<Value> {
        // In a block of its own, so that it may use any names.
        let script = format!("{LIBRARY}\n{{ {script} }}");
        if !self.browser.look.script {
            return Ok(self.evaluate(&script, &arguments).await.unwrap_or_default());
        }
        Ok(self.driver().execute(script, arguments).await?.json().clone())
    }

    /// Waits until a script gives something true, and gives that.
    pub async fn until(&self, what: &str, script: &str, arguments: Vec<Value>) -> Value {
        self.until_within(SOON, what, script, arguments).await
    }

    /// The same with a time of its own, for what is slow by nature.
    pub async fn until_within(&self, time: Duration, what: &str, script: &str, arguments: Vec<Value>) -> Value {
        let end = Instant::now() + time;
        loop {
            // While a page goes and comes there is nobody to ask.
            let found = match self.try_js(script, arguments.clone()).await {
                Ok(found) => found,
                Err(error) if error.to_string().contains("SyntaxError") => panic!("{script}: {error}"),
                Err(_) => Value::Null,
            };
            if !matches!(&found, Value::Null | Value::Bool(false)) && found.as_str() != Some("") && found.as_f64() != Some(0.0) {
                return found;
            }
            if Instant::now() > end {
                self.fail(&format!("{what}: not within {time:?}")).await;
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// Fails, and says what is there.
    pub async fn fail(&self, what: &str) -> ! {
        let test = std::thread::current().name().unwrap_or("test").replace("::", "-");
        self.shot(&format!("failed/{test}")).await;
        let there = self
            .try_js("return [location.href, chat()?.querySelector('.panel')?.innerText ?? document.body.innerText].join('\\n')", vec![])
            .await;
        let there = there.ok().and_then(|there| there.as_str().map(str::to_owned)).unwrap_or_default();
        let console = self.console().await.join("\n");
        panic!("{what}\n---- the page ----\n{there}\n---- its console ----\n{console}\n(target/screenshots/failed/{test}.png)");
    }

    /// What the page's console complained of since the last time, but for the network's own lines.
    pub async fn console(&self) -> Vec<String> {
        let lines = self.driver().browser_log().await.unwrap_or_default();
        lines
            .iter()
            .filter(|line| line.source.as_deref() != Some("network") && line.level != "INFO")
            .map(|line| format!("{}: {}", line.level, line.message))
            .collect()
    }

    /// Waits for something that is shown.
    pub async fn see(&self, target: Target) {
        self.until(&format!("{target} is shown"), "return all(arguments[0]).length", vec![json!(target)]).await;
    }

    /// Waits for something that is shown, and gives it to the driver.
    pub async fn element(&self, target: Target) -> WebElement {
        self.see(target.clone()).await;
        let script = format!("{LIBRARY}\nreturn all(arguments[0])[0]");
        match self.driver().execute(script, vec![json!(target)]).await.and_then(thirtyfour::session::scriptret::ScriptRet::element) {
            Ok(element) => element,
            Err(error) => self.fail(&format!("{target} went away: {error}")).await,
        }
    }

    /// Waits until it is not shown (any more).
    pub async fn miss(&self, target: Target) {
        self.until(&format!("{target} is gone"), "return !all(arguments[0]).length", vec![json!(target)]).await;
    }

    /// How many of it are shown now.
    pub async fn count(&self, target: Target) -> u64 {
        self.js("return all(arguments[0]).length", vec![json!(target)]).await.as_u64().unwrap_or_default()
    }

    /// Its words, when it is shown.
    pub async fn read(&self, target: Target) -> String {
        let script = "const el = all(arguments[0])[0]; return el && clean(el.innerText)";
        let found = self.until(&format!("{target} says something"), script, vec![json!(target)]).await;
        found.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until its words contain these.
    pub async fn says(&self, target: Target, words: &str) {
        let script = "return all(arguments[0]).some((el) => tells(el, arguments[1]))";
        self.until(&format!("{target} says “{words}”"), script, vec![json!(target), json!(words)]).await;
    }

    /// Taps it, as a finger or a mouse does: what lies over it would take the tap, and that fails.
    pub async fn tap(&self, target: Target) {
        if !self.browser.look.script {
            return self.press_at(&target).await;
        }
        let end = Instant::now() + SOON;
        loop {
            let tapped = self.element(target.clone()).await.click().await;
            match tapped {
                Ok(()) => return,
                // It was drawn anew, or moves: a shopper would tap again.
                Err(_) if Instant::now() < end => tokio::time::sleep(LOOK_EVERY).await,
                Err(error) => self.fail(&format!("{target} cannot be tapped: {error}")).await,
            }
        }
    }

    /// Types into it.
    pub async fn type_into(&self, target: Target, words: &str) {
        if !self.browser.look.script {
            self.press_at(&target).await;
            self.tools("Input.insertText", json!({ "text": words })).await;
            return;
        }
        let field = self.element(target.clone()).await;
        if let Err(error) = field.send_keys(words).await {
            self.fail(&format!("{target} takes no keys: {error}")).await;
        }
    }

    /// Presses keys, wherever the focus is.
    pub async fn press(&self, keys: impl Into<TypingData>) {
        self.driver().action_chain().send_keys(keys).perform().await.expect("keys can be pressed");
    }

    /// Presses a key while Shift is held.
    pub async fn press_with_shift(&self, key: Key) {
        let keys = self.driver().action_chain().key_down(Key::Shift).send_keys(key + "").key_up(Key::Shift);
        keys.perform().await.expect("keys can be pressed");
    }

    /// Takes the page off the net, or puts it back.
    pub async fn offline(&self, offline: bool) {
        self.browser.tools("Network.enable", json!({})).await;
        let conditions = json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        self.browser.tools("Network.emulateNetworkConditions", conditions).await;
    }

    /// A command of the developer tools.
    pub async fn tools(&self, command: &str, parameters: Value) -> Value {
        self.browser.tools(command, parameters).await
    }

    /// Another tab, which is in front then.
    pub async fn new_tab(&self) -> WindowHandle {
        let tab = self.driver().new_tab().await.expect("a tab");
        self.look_at(&tab).await;
        tab
    }

    /// The tab that is in front.
    pub async fn tab(&self) -> WindowHandle {
        self.driver().window().await.expect("a tab")
    }

    /// Brings a tab to the front.
    pub async fn look_at(&self, tab: &WindowHandle) {
        self.driver().switch_to_window(tab.clone()).await.expect("the tab is there");
        self.browser.dress().await;
    }

    /// Keeps what is seen as target/screenshots/NAME.png.
    pub async fn shot(&self, name: &str) {
        let path = place::screenshots().join(format!("{name}.png"));
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).expect("target can be written");
        }
        if let Ok(picture) = self.driver().screenshot_as_png().await {
            std::fs::write(&path, picture).expect("target can be written");
        }
    }
}
