//! By keyboard alone, with an input method, from right to left, and in another language while it is open.

use thirtyfour::Key;
use warmline_tests::{Look, Page, Person, Shop, button, css, part, text};

/// The name of what has the focus, in the page or in the chat.
const FOCUSED: &str = "let at = document.activeElement; while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return at && [roleOf(at), nameOf(at), at.getAttribute('part') ?? ''].join(' | ')";

async fn focused(page: &Page) -> String {
    page.js(FOCUSED, vec![]).await.as_str().unwrap_or_default().to_owned()
}

/// Goes on by Tab until this has the focus.
async fn tab_to(page: &Page, wanted: &str, backwards: bool) {
    let mut passed = Vec::new();
    for _ in 0..60 {
        let at = focused(page).await;
        if at.contains(wanted) {
            return;
        }
        passed.push(at);
        if backwards {
            page.press_with_shift(Key::Tab).await;
        } else {
            page.press(Key::Tab).await;
        }
    }
    page.fail(&format!("Tab does not reach “{wanted}”: {passed:#?}")).await;
}

#[tokio::test]
async fn the_main_road_without_a_mouse() {
    let shop = Shop::open().await;
    let mut ada = Person::on_shift(&shop, "ada").await;
    let page = shop.browse().await;
    page.go("/").await;
    page.see(part("launcher")).await;
    // The launcher is the page's last stop, so it is one step back from the top.
    tab_to(&page, "| launcher", true).await;
    page.press(Key::Enter).await;
    page.see(part("input")).await;
    page.until("the input has the focus", &FOCUSED.replace("].join(' | ')", "].join(' | ').includes('Your message')"), vec![]).await;

    page.press("How long does a refund take?").await;
    page.press(Key::Enter).await;
    let answer = page.answer(0).await;
    assert!(answer.text.contains("3 to 5 working days"), "{}", answer.text);
    assert!(focused(&page).await.contains("Your message"), "the focus stays where one writes: {}", focused(&page).await);

    tab_to(&page, "| citation", true).await;
    page.press(Key::Enter).await;
    page.see(css(".citation-quote blockquote")).await;
    tab_to(&page, "Talk to a person | talk-to-person", false).await;
    page.press(Key::Enter).await;
    page.case_code().await;
    let conversation = ada.accept_next().await;
    ada.message(&conversation, "Hello, this is Ada.").await;
    page.hears("agent", "Hello, this is Ada.").await;
    tab_to(&page, "Your message", false).await;
    page.press("Thank you, that is all.").await;
    page.press(Key::Enter).await;
    page.hears("shopper", "that is all").await;
    ada.resolve(&conversation, "Told when the money comes").await;
    page.see(css(".resolved")).await;
    tab_to(&page, "button | Yes", true).await;
    page.press(Key::Enter).await;
    page.says(css(".resolved"), "You said that this is solved.").await;

    // Escape closes, and the focus is back where it came from.
    tab_to(&page, "Your message", false).await;
    page.press(Key::Escape).await;
    page.miss(part("panel")).await;
    assert!(focused(&page).await.contains("| launcher"), "the focus is on {}", focused(&page).await);
}

#[tokio::test]
async fn enter_that_chooses_a_word_does_not_send() {
    let shop = Shop::open().await;
    let page = shop.browse_as(Look::desk().lang("ja")).await;
    page.open_chat().await;
    page.type_into(part("input"), "返金にはどのくらいかかりますか").await;
    page.js(
        "const input = all(arguments[0])[0]; input.focus();
         input.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true, composed: true }));
         const enter = (more) => input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true, cancelable: true, ...more }));
         enter({ isComposing: true });
         // Safari ends the composition first and says only the code.
         input.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true, composed: true }));
         enter({ keyCode: 229 });",
        vec![serde_json::json!(part("input"))],
    )
    .await;
    assert_eq!(page.said().await, [], "nothing was sent");
    let value = page.js("return all(arguments[0])[0].value", vec![serde_json::json!(part("input"))]).await;
    assert_eq!(value, "返金にはどのくらいかかりますか", "the text stands where it was");
    page.press(Key::Enter).await;
    page.hears("shopper", "返金にはどのくらいかかりますか").await;
    page.answer(0).await;
}

#[tokio::test]
async fn shift_and_enter_begin_a_line() {
    let shop = Shop::open().await;
    let page = shop.browse().await;
    page.open_chat().await;
    page.type_into(part("input"), "How long does").await;
    page.press_with_shift(Key::Enter).await;
    page.press("a refund take?").await;
    assert_eq!(page.said().await, []);
    page.press(Key::Enter).await;
    page.hears("shopper", "How long does a refund take?").await;
}

#[tokio::test]
async fn arabic_runs_from_right_to_left() {
    let shop = Shop::open().await;
    let page = shop.browse_as(Look::desk().lang("ar")).await;
    page.open_chat().await;
    let dir = "const root = chat().querySelector('.chat-root'); return [root.dir, root.lang, getComputedStyle(root).direction].join(' ')";
    assert_eq!(page.js(dir, vec![]).await, "rtl ar rtl");
    page.a_person_is_in_sight_as("التحدث إلى موظف", "in Arabic").await;
    page.ask("كم يستغرق استرداد المبلغ؟").await;
    page.tap(part("talk-to-person")).await;
    page.see(part("receipt")).await;
    // The shopper's own words stand at the end, which is the left here.
    let sides = "const at = (who) => chat().querySelector(`[part~=message][data-author=${who}] [part~=bubble]`).getBoundingClientRect();
        return at('shopper').left < at('assistant').left";
    assert_eq!(page.js(sides, vec![]).await, true);
}

#[tokio::test]
async fn the_language_changes_while_the_chat_is_open() {
    let shop = Shop::open().await;
    let page = shop.browse().await;
    page.open_chat().await;
    page.see(button("Talk to a person")).await;
    page.js("Warmline.setLocale('de')", vec![]).await;
    page.see(button("Mit einem Menschen sprechen")).await;
    page.a_person_is_in_sight_as("Mit einem Menschen sprechen", "after a change to German").await;
    page.see(text("KI")).await;
    let answer = page.ask("Wie lange dauert die Erstattung?").await;
    assert!(answer.text.contains("Werktage") || answer.text.contains("Arbeitstage") || answer.text.contains("Tage"), "{}", answer.text);
    page.js("Warmline.setLocale('ar')", vec![]).await;
    page.a_person_is_in_sight_as("التحدث إلى موظف", "after a change to Arabic").await;
    assert_eq!(page.js("return chat().querySelector('.chat-root').dir", vec![]).await, "rtl");
}
