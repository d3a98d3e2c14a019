//! Pictures of every state, in target/screenshots/SURFACE-STATE-(desk|phone)-(light|dark)-LANGUAGE.png, for people to look at. A state
//! that cannot be reached fails.

use serde_json::json;
use warmline_tests::{Look, Page, Person, Shop};

use crate::walks::{self, ARABIC, ENGLISH, GERMAN, JAPANESE, Tongue};

const DESK: &str = "desk";
const PHONE: &str = "phone";

fn look(device: &str) -> Look {
    if device == PHONE { Look::phone() } else { Look::desk() }
}

async fn in_light_and_dark(page: &Page, surface: &str, state: &str, device: &str, language: &str) {
    for scheme in ["light", "dark"] {
        let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        page.tools("Emulation.setEmulatedMedia", features).await;
        // What moves on arrival has arrived.
        page.js("return Promise.all([document, chat()].flatMap((root) => root?.getAnimations() ?? []).map((motion) => motion.finished.catch(() => 0))).then(() => 0)", vec![]).await;
        page.shot(&format!("{surface}-{state}-{device}-{scheme}-{language}")).await;
    }
}

async fn widget(device: &str, tongue: &Tongue) {
    let shop = Shop::open().await;
    let mut ada = Person::on_shift(&shop, "ada").await;
    let page = shop.browse_as(look(device).lang(tongue.tag)).await;
    walks::widget(&page, &mut ada, tongue, async |state| in_light_and_dark(&page, "widget", state, device, tongue.tag).await).await;
}

#[tokio::test]
async fn the_widget_on_a_desk() {
    widget(DESK, &ENGLISH).await;
}

#[tokio::test]
async fn the_widget_on_a_phone() {
    widget(PHONE, &ENGLISH).await;
}

#[tokio::test]
async fn the_widget_on_a_desk_in_arabic() {
    widget(DESK, &ARABIC).await;
}

#[tokio::test]
async fn the_widget_on_a_phone_in_arabic() {
    widget(PHONE, &ARABIC).await;
}

#[tokio::test]
async fn the_widget_in_japanese() {
    widget(DESK, &JAPANESE).await;
}

#[tokio::test]
async fn the_widget_in_german() {
    widget(PHONE, &GERMAN).await;
}

#[tokio::test]
async fn the_small_form() {
    let shop = Shop::plan().page(walks::REFUSES_WEBASSEMBLY).start().await;
    let mut ada = Person::on_shift(&shop, "ada").await;
    for (device, tongue) in [(DESK, &ENGLISH), (PHONE, &ARABIC)] {
        let page = shop.browse_as(look(device).lang(tongue.tag)).await;
        walks::fallback(&page, &mut ada, tongue, async |state| in_light_and_dark(&page, "widget", state, device, tongue.tag).await).await;
    }
}

async fn console(device: &str) {
    let shop = Shop::open().await;
    let shot = async |page: &Page, state: &str| in_light_and_dark(page, "console", state, device, "en").await;
    let ada = walks::console(&shop, shop.browse_as(look(device)).await, shot).await;
    drop(ada);
    walks::overview(&shop, shop.browse_as(look(device)).await, shot).await;
}

#[tokio::test]
async fn the_console_on_a_desk() {
    console(DESK).await;
}

#[tokio::test]
async fn the_console_on_a_phone() {
    console(PHONE).await;
}

#[tokio::test]
async fn the_hosted_page() {
    let shop = Shop::open().await;
    let mut ada = Person::on_shift(&shop, "ada").await;
    for device in [DESK, PHONE] {
        let page = shop.browse_as(look(device)).await;
        walks::hosted(&page, &mut ada, async |state| in_light_and_dark(&page, "hosted", state, device, "en").await).await;
    }
}
