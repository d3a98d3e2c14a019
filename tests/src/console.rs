//! The console, as an agent uses it in the browser.

use serde_json::json;

use crate::page::Page;
use crate::shop::Shop;
use crate::target::{Target, button, css, role};

/// A browser with the console.
#[derive(Debug)]
pub struct ConsolePage {
    /// The page, for what is not here.
    pub page: Page,
}

impl ConsolePage {
    /// Opens it and logs in: `ada`, `ben` or `sam`.
    pub async fn log_in(shop: &Shop, name: &str) -> Self {
        ConsolePage::on(shop.browse().await, name).await
    }

    /// The same in a browser that is there.
    pub async fn on(page: Page, name: &str) -> Self {
        page.go("/console").await;
        page.type_into(css("#email").of_page(), &format!("{name}@demo.shop")).await;
        page.type_into(css("#password").of_page(), "demo-only-password").await;
        page.tap(button("Log in").of_page()).await;
        page.see(role("switch", "I am here for shoppers").of_page()).await;
        ConsolePage { page }
    }

    /// Switches the shift on, and waits until it is.
    pub async fn go_on_shift(&self) {
        self.page.tap(role("switch", "I am here for shoppers").of_page()).await;
        self.page.see(css("#shift[aria-checked=true]").of_page()).await;
    }

    /// Waits for an offer; gives all that its card says.
    pub async fn offer(&self) -> String {
        self.page.read(css("article.offer").of_page()).await
    }

    /// Waits until the card of the offer says this.
    pub async fn offer_says(&self, words: &str) {
        self.page.says(css("article.offer").of_page(), words).await;
    }

    /// Accepts the offer, and waits for the conversation.
    pub async fn accept(&self) {
        self.page.tap(button("Accept").of_page()).await;
        self.page.see(self.composer()).await;
    }

    /// Where a reply is written.
    pub fn composer(&self) -> Target {
        css("textarea[part~=input]").of_page()
    }

    /// Writes to the shopper.
    pub async fn reply(&self, words: &str) {
        self.page.type_into(self.composer(), words).await;
        self.page.tap(css("button[part~=send]").of_page()).await;
        self.hears(words).await;
    }

    /// Waits until these words stand in the transcript.
    pub async fn hears(&self, words: &str) {
        let script = "return [...document.querySelectorAll('[part~=message]')].some((el) => shown(el) && clean(el.textContent).includes(arguments[0]))";
        self.page.until(&format!("“{words}” stands in the console"), script, vec![json!(words)]).await;
    }

    /// Closes the conversation, with a reason.
    pub async fn resolve(&self, reason: &str) {
        self.page.tap(button("Close case").of_page()).await;
        self.page.type_into(css("#reason").of_page(), reason).await;
        self.page.tap(css("dialog [type=submit], [role=dialog] [type=submit]").of_page()).await;
        self.page.miss(css("#reason").of_page()).await;
    }

    /// The summary, as it is shown beside the conversation.
    pub fn summary(&self) -> Target {
        css("section[aria-labelledby=summary-title]").of_page()
    }
}
