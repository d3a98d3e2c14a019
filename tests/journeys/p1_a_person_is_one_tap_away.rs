//! A person is one tap away: in sight in every state, never through the model, and no theme can hide it.

use warmline_tests::{LONG_QUESTION, Look, Person, Plan, Shop, button, css, part, role, text};

const LABEL: &str = "Talk to a person";

#[tokio::test]
async fn the_way_to_a_person_is_in_sight_from_the_first_screen_to_the_end() {
    let shop = Shop::open().await;
    let page = shop.browse().await;
    page.open_chat().await;
    page.a_person_is_in_sight("on the first screen, out of hours or nobody on shift").await;

    page.ask("How long does a refund take?").await;
    page.a_person_is_in_sight("after an answer").await;

    page.ask("Does your shop rent out hot-air balloons?").await;
    page.see(css(".offer")).await;
    page.a_person_is_in_sight("while a person is offered").await;

    page.ask_for_a_person().await;
    page.a_person_is_in_sight("in the line").await;

    let mut ada = Person::on_shift(&shop, "ada").await;
    let conversation = ada.accept_next().await;
    page.says(part("title"), "Ada Okafor, a person").await;
    page.a_person_is_in_sight("with a person").await;

    page.offline(true).await;
    page.see(text("You are offline.")).await;
    page.a_person_is_in_sight("offline").await;
    page.offline(false).await;
    page.miss(text("You are offline.")).await;

    ada.message(&conversation, "We do not rent those.").await;
    ada.resolve(&conversation, "Balloons are not ours").await;
    page.see(css(".resolved")).await;
    page.a_person_is_in_sight("after a person closed it").await;
    page.tap(part("close")).await;
    page.launch().await;
    page.a_person_is_in_sight("opened again after the end").await;
}

#[tokio::test]
async fn it_is_in_sight_while_the_assistant_streams() {
    let shop = Shop::plan().long_answer().start().await;
    let page = shop.browse().await;
    page.open_chat().await;
    page.say(LONG_QUESTION).await;
    page.mid_answer().await;
    page.a_person_is_in_sight("while the assistant streams").await;
    page.see(part("stop")).await;
    page.ask_for_a_person().await;
}

#[tokio::test]
async fn on_a_phone_it_is_in_sight_as_well() {
    let shop = Shop::open().await;
    let page = shop.browse_as(Look::phone()).await;
    page.open_chat().await;
    page.a_person_is_in_sight("on a phone's first screen").await;
    page.ask("How long does a refund take?").await;
    page.a_person_is_in_sight("on a phone after an answer").await;
    page.ask_for_a_person().await;
    page.a_person_is_in_sight("on a phone in the line").await;
}

#[tokio::test]
async fn a_wish_made_offline_is_sent_when_the_net_is_back() {
    let shop = Shop::open().await;
    let page = shop.browse().await;
    page.open_chat().await;
    page.ask("How long does a refund take?").await;
    page.offline(true).await;
    page.see(text("You are offline.")).await;
    page.tap(button(LABEL)).await;
    page.see(text("will be sent")).await;
    page.offline(false).await;
    page.case_code().await;
}

#[tokio::test]
async fn with_no_articles_the_tap_reaches_a_person() {
    let empty = tempfile::tempdir().unwrap();
    let shop = Shop::plan().articles(empty.path()).start().await;
    let page = shop.browse().await;
    page.open_chat().await;
    page.a_person_is_in_sight("without articles").await;
    page.ask_for_a_person().await;
    let mut ada = Person::on_shift(&shop, "ada").await;
    ada.accept_next().await;
    page.says(part("title"), "Ada Okafor, a person").await;
}

#[tokio::test]
async fn when_the_assistant_does_not_start_the_tap_reaches_a_person() {
    let shop = Shop::plan().articles("no-such-folder").start().await;
    let page = shop.browse().await;
    page.open_chat().await;
    page.a_person_is_in_sight("with the assistant down").await;
    page.say("How long does a refund take?").await;
    page.see(css(".offer")).await;
    page.a_person_is_in_sight("with the assistant down, after a question").await;
    page.ask_for_a_person().await;
    let mut ada = Person::on_shift(&shop, "ada").await;
    ada.accept_next().await;
    page.says(part("title"), "Ada Okafor, a person").await;
}

#[tokio::test]
async fn where_webassembly_is_refused_the_small_form_reaches_a_person() {
    let page = "<!doctype html><html lang=en><meta charset=utf-8>
        <meta http-equiv=Content-Security-Policy content=\"script-src 'self'\"><title>Shop</title>
        <h1>Shop</h1><script async src=/widget.js data-key=pk_demo></script>";
    let shop = Shop::plan().page(page).start().await;
    let page = shop.browse().await;
    page.go("/").await;
    page.tap(part("launcher")).await;
    page.see(css(".fallback")).await;
    page.a_person_is_in_sight_as("Send to a person", "where WebAssembly is refused").await;
    page.type_into(part("input"), "My parcel is late").await;
    page.tap(part("talk-to-person")).await;
    page.see(part("receipt")).await;
    let mut ada = Person::on_shift(&shop, "ada").await;
    let conversation = ada.accept_next().await;
    ada.message(&conversation, "I look into it.").await;
    page.says(part("transcript"), "I look into it.").await;
}

#[tokio::test]
async fn without_script_the_hosted_page_reaches_a_person() {
    let shop = Shop::open().await;
    let page = shop.browse_as(Look::phone().without_script()).await;
    page.go("/talk/pk_demo").await;
    page.see(button(LABEL).of_page()).await;
    page.type_into(css("#composer").of_page(), "How long does a refund take?").await;
    page.tap(button("Send").of_page()).await;
    page.see(text("3 to 5 working days").of_page()).await;
    page.see(button(LABEL).of_page()).await;
    page.tap(button(LABEL).of_page()).await;
    page.see(text("next in line").of_page()).await;
    page.see(button(LABEL).of_page()).await;
    let mut ada = Person::on_shift(&shop, "ada").await;
    let conversation = ada.accept_next().await;
    ada.message(&conversation, "Hello, this is Ada.").await;
    // The page looks for news by itself, without script.
    page.see(text("Hello, this is Ada.").of_page()).await;
    page.see(button(LABEL).of_page()).await;
}

/// A shop whose theme says this of the button.
fn themed(theme: &str) -> Plan {
    let html = "<!doctype html><html lang=en><meta charset=utf-8><title>Shop</title><link rel=stylesheet href=/shop/theme.css>
        <h1>Shop</h1><script async src=/widget.js data-key=pk_demo></script>";
    Shop::plan().page(html).file("theme.css", format!("warmline-chat::part(talk-to-person) {{ {theme} }}"))
}

/// A theme that hides the button in one of the ways that CSS has.
async fn no_theme_hides_it(theme: &str) {
    let shop = themed(theme).start().await;
    let page = shop.browse().await;
    page.open_chat().await;
    page.a_person_is_in_sight(&format!("under a theme with {theme}")).await;
    page.see(text("The look of this page hid the way to a person.")).await;
    page.ask_for_a_person().await;
    page.a_person_is_in_sight(&format!("in the line under a theme with {theme}")).await;
}

#[tokio::test]
async fn no_theme_hides_it_by_not_displaying_it() {
    no_theme_hides_it("display: none").await;
}

#[tokio::test]
async fn no_theme_hides_it_by_opacity() {
    no_theme_hides_it("opacity: 0").await;
}

#[tokio::test]
async fn no_theme_hides_it_by_small_letters() {
    no_theme_hides_it("font-size: 0").await;
}

#[tokio::test]
async fn no_theme_hides_it_by_moving_it_away() {
    no_theme_hides_it("position: absolute; left: -9999px").await;
}

#[tokio::test]
async fn no_theme_hides_it_by_colour() {
    no_theme_hides_it("color: white; background: white").await;
}

#[tokio::test]
async fn a_theme_that_hides_nothing_is_left_alone() {
    let shop = themed("background: #6b1e3c; color: white; border-radius: 0").start().await;
    let page = shop.browse().await;
    page.open_chat().await;
    page.a_person_is_in_sight("under a theme of the shop's colours").await;
    let colour = "return getComputedStyle(all(arguments[0])[0]).backgroundColor";
    assert_eq!(page.js(colour, vec![serde_json::json!(role("button", LABEL))]).await, "rgb(107, 30, 60)");
    assert_eq!(page.count(text("The look of this page hid the way to a person.")).await, 0);
}
