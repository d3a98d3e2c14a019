//! Everybody can use it: axe-core in every state, names and roles, one announcement a message, targets, narrow and enlarged pages, motion,
//! forced colours.

use serde_json::{Value, json};
use warmline_tests::{Look, Page, Person, Shop, Whole, button, css, part, text};

use crate::walks::{self, ARABIC, ENGLISH, Tongue};

const QUESTION: &str = "How long does a refund take?";

async fn judge(page: &Page, whole: Whole, state: &str) {
    for scheme in ["light", "dark"] {
        let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        page.tools("Emulation.setEmulatedMedia", features).await;
        // In the middle of a change of colours any contrast can be found.
        let rest = "return Promise.all([document, chat()].flatMap((root) => root?.getAnimations() ?? [])
            .filter((motion) => motion.effect.getComputedTiming().endTime < 5000).map((motion) => motion.finished.catch(() => 0))).then(() => 0)";
        page.js(rest, vec![]).await;
        page.axe(whole, &format!("{state}, {scheme}")).await;
    }
}

async fn widget(tongue: &Tongue, look: Look) {
    let shop = Shop::open().await;
    let mut ada = Person::on_shift(&shop, "ada").await;
    let page = shop.browse_as(look.lang(tongue.tag)).await;
    walks::widget(&page, &mut ada, tongue, async |state| {
        judge(&page, Whole::Chat, &format!("widget, {state}, {}", tongue.tag)).await;
        assert_eq!(too_small(&page).await, json!([]), "targets of 44 px, {state}");
    })
    .await;
}

#[tokio::test]
async fn axe_finds_nothing_in_the_widget() {
    widget(&ENGLISH, Look::desk()).await;
}

#[tokio::test]
async fn axe_finds_nothing_in_the_widget_in_arabic() {
    widget(&ARABIC, Look::phone()).await;
}

#[tokio::test]
async fn axe_finds_nothing_in_the_small_form() {
    let shop = Shop::plan().page(walks::REFUSES_WEBASSEMBLY).start().await;
    let mut ada = Person::on_shift(&shop, "ada").await;
    let page = shop.browse().await;
    walks::fallback(&page, &mut ada, &ENGLISH, async |state| {
        // The loader has drawn its language's words into a page that says none; the page itself is not ours to judge.
        judge(&page, Whole::Chat, state).await;
        assert_eq!(too_small(&page).await, json!([]), "targets of 44 px, {state}");
    })
    .await;
}

#[tokio::test]
async fn axe_finds_nothing_in_the_console() {
    let shop = Shop::open().await;
    let judged = async |page: &Page, state: &str| judge(page, Whole::Page, &format!("console, {state}")).await;
    drop(walks::console(&shop, shop.browse().await, judged).await);
    walks::overview(&shop, shop.browse().await, judged).await;
}

#[tokio::test]
async fn axe_finds_nothing_on_the_hosted_page_and_the_shop_with_the_chat() {
    let shop = Shop::open().await;
    let mut ada = Person::on_shift(&shop, "ada").await;
    let page = shop.browse().await;
    walks::hosted(&page, &mut ada, async |state| judge(&page, Whole::Page, &format!("hosted, {state}")).await).await;
    page.open_chat().await;
    judge(&page, Whole::Page, "the shop's page with the chat open").await;
}

/// What can be tapped in the chat and is smaller than a finger, but for links in running text.
async fn too_small(page: &Page) -> Value {
    let script = "return [...(chat()?.querySelectorAll('button, textarea, input, select, summary, a[href], label.rating-score') ?? [])]
        .filter((el) => shown(el) && !el.closest('.bubble, blockquote') && el.type !== 'radio')
        .map((el) => [el, el.getBoundingClientRect()])
        .filter(([, { width, height }]) => height < 43.5 || width < 43.5)
        .map(([el, { width, height }]) => `${el.className || el.tagName} “${clean(el.textContent).slice(0, 30)}” ${width.toFixed(1)} × ${height.toFixed(1)}`)";
    page.js(script, vec![]).await
}

/// Role and name of what has a name, out of the browser's own accessibility tree.
async fn tree(page: &Page) -> Vec<(String, String)> {
    page.tools("Accessibility.enable", json!({})).await;
    let tree = page.tools("Accessibility.getFullAXTree", json!({})).await;
    let word = |node: &Value, name: &str| node[name]["value"].as_str().unwrap_or_default().to_owned();
    let nodes = tree["nodes"].as_array().cloned().unwrap_or_default();
    nodes.iter().filter(|node| node["ignored"] != true).map(|node| (word(node, "role"), word(node, "name"))).collect()
}

#[tokio::test]
async fn what_there_is_has_a_role_and_a_name() {
    let shop = Shop::open().await;
    let page = shop.browse().await;
    page.go("/").await;
    page.see(part("launcher")).await;
    let has = |tree: &[(String, String)], role: &str, name: &str| tree.iter().any(|(one, other)| one == role && other == name);
    assert!(has(&tree(&page).await, "button", "Chat"), "the launcher");
    page.launch().await;
    page.ask(QUESTION).await;
    let open = tree(&page).await;
    for (role, name) in [
        ("dialog", "Chat"),
        ("heading", "AI assistant"),
        ("button", "Close chat"),
        ("button", "Talk to a person"),
        ("textbox", "Your message"),
        ("button", "Send"),
        ("button", "Yes"),
        ("button", "Not yet"),
    ] {
        assert!(has(&open, role, name), "{role} “{name}” is not among {open:?}");
    }
    assert!(open.iter().any(|(role, name)| role == "button" && name.contains(QUESTION)), "the source");
    page.ask_for_a_person().await;
    let waiting = tree(&page).await;
    for (role, name) in [("region", "A person takes this on"), ("button", "Copy the case code"), ("button", "Stop waiting")] {
        assert!(has(&waiting, role, name), "{role} “{name}” is not among {waiting:?}");
    }
}

#[tokio::test]
async fn a_message_is_announced_once_when_it_is_whole() {
    let shop = Shop::open().await;
    let mut ada = Person::on_shift(&shop, "ada").await;
    let page = shop.browse().await;
    page.open_chat().await;
    page.js(
        "window.announced = [];
         const live = [...chat().querySelectorAll('[aria-live], [role=status], [role=alert], [role=log]')].filter((el) => el.ariaLive !== 'off');
         // A list that is polite itself would read each word that streams.
         window.loud = live.filter((el) => el.querySelector('[part~=message]')).map((el) => el.className);
         for (const el of live) new MutationObserver((changes) => {
           for (const { addedNodes, type, target } of changes) {
             for (const node of addedNodes) announced.push(clean(node.textContent));
             if (type === 'characterData') announced.push(clean(target.data));
           }
         }).observe(el, { childList: true, characterData: true, subtree: true });",
        vec![],
    )
    .await;
    let answer = page.ask(QUESTION).await;
    let start = answer.text.split_whitespace().take(6).collect::<Vec<_>>().join(" ");
    let about = |words: String| {
        let page = &page;
        async move {
            let all = page.js("return window.announced", vec![]).await;
            let all: Vec<String> = serde_json::from_value(all).unwrap();
            all.into_iter().filter(|said| said.contains(&words)).collect::<Vec<_>>()
        }
    };
    let said = about(start.clone()).await;
    assert_eq!(said.len(), 1, "one announcement of an answer: {said:?}");
    assert!(said[0].starts_with("AI assistant") && said[0].contains("2 working days"), "whole, and whose it is: {said:?}");
    page.ask_for_a_person().await;
    let conversation = ada.accept_next().await;
    ada.message(&conversation, "Hello, this is Ada.").await;
    page.hears("agent", "Hello, this is Ada.").await;
    assert_eq!(about("Hello, this is Ada.".into()).await, ["Ada Okafor, a person: Hello, this is Ada."]);
    assert_eq!(page.js("return window.loud", vec![]).await, json!([]));
    let count = page.js("return window.announced.length", vec![]).await.as_u64().unwrap();
    assert!(count < 14, "{count} announcements: {}", page.js("return window.announced", vec![]).await);
}

/// Nothing has to be moved sideways, neither the page nor the chat.
async fn no_sideways(page: &Page, state: &str) {
    let script = "const wide = (el) => el.scrollWidth > el.clientWidth + 1 && !['hidden', 'clip'].includes(getComputedStyle(el).overflowX);
        const inside = chat() ? [...chat().querySelectorAll('.panel, .panel *')] : [...document.querySelectorAll('body, body *')];
        const out = inside.filter((el) => shown(el) && !el.closest('pre, table, .vh') && !el.classList.contains('vh')
          && (wide(el) && ['auto', 'scroll'].includes(getComputedStyle(el).overflowX) || el.getBoundingClientRect().right > innerWidth + 1));
        if (document.documentElement.scrollWidth > innerWidth) out.push(document.documentElement);
        return out.map((el) => `${el.tagName}.${el.className}`)";
    assert_eq!(page.js(script, vec![]).await, json!([]), "{state}");
}

#[tokio::test]
async fn at_320_pixels_nothing_has_to_be_moved_sideways() {
    let shop = Shop::open().await;
    let mut ada = Person::on_shift(&shop, "ada").await;
    let page = shop.browse_as(Look::phone().sized(320, 640)).await;
    walks::widget(&page, &mut ada, &ENGLISH, async |state| {
        if state != "closed" {
            no_sideways(&page, &format!("the widget, {state}")).await;
            page.a_person_is_in_sight(&format!("at 320 px, {state}")).await;
        }
    })
    .await;
    walks::hosted(&page, &mut ada, async |state| no_sideways(&page, &format!("the hosted page, {state}")).await).await;
}

#[tokio::test]
async fn at_320_pixels_the_console_is_not_moved_sideways_either() {
    let shop = Shop::open().await;
    walks::console(&shop, shop.browse_as(Look::phone().sized(320, 640)).await, async |page: &Page, state: &str| {
        no_sideways(page, &format!("the console, {state}")).await;
    })
    .await;
}

/// A window of 1280 × 1024 at 400 % is one of 320 × 256.
#[tokio::test]
async fn at_400_percent_input_and_person_are_reached() {
    let shop = Shop::open().await;
    let page = shop.browse_as(Look::desk().sized(320, 256)).await;
    page.open_chat().await;
    page.a_person_is_in_sight("at 400 %").await;
    page.ask(QUESTION).await;
    page.a_person_is_in_sight("at 400 %, answered").await;
    page.ask_for_a_person().await;
    page.a_person_is_in_sight("at 400 %, in the line").await;
    page.say("One more thing.").await;
    page.hears("shopper", "One more thing.").await;
    no_sideways(&page, "at 400 %").await;
    // The console is long then, and all of it can be reached by scrolling down.
    page.go("/console").await;
    page.see(button("Log in").of_page()).await;
    no_sideways(&page, "the console at 400 %").await;
}

#[tokio::test]
async fn with_reduced_motion_nothing_moves() {
    let shop = Shop::open().await;
    let page = shop.browse_as(Look::desk().media("prefers-reduced-motion", "reduce")).await;
    page.go("/").await;
    page.see(part("launcher")).await;
    page.js(
        "window.moved = [];
         const look = () => {
           for (const root of [document, chat()]) for (const motion of root?.getAnimations() ?? []) {
             const { duration } = motion.effect.getComputedTiming();
             if (duration > 1 && chat()?.contains(motion.effect.target)) moved.push(`${motion.effect.target.className} ${duration}`);
           }
           requestAnimationFrame(look);
         };
         look();",
        vec![],
    )
    .await;
    page.launch().await;
    page.ask(QUESTION).await;
    page.ask_for_a_person().await;
    page.tap(part("close")).await;
    page.launch().await;
    assert_eq!(page.js("return [...new Set(moved)]", vec![]).await, json!([]));
    let long = "return [...chat().querySelectorAll('*')].flatMap((el) => ['', '::before', '::after'].map((pseudo) => getComputedStyle(el, pseudo || null)))
        .filter((style) => [style.transitionDuration, style.animationDuration].join(', ').split(', ').some((time) => parseFloat(time) > 0.001)
          && (style.animationName !== 'none' || parseFloat(style.transitionDuration) > 0.001)).length";
    assert_eq!(page.js(long, vec![]).await, 0, "no animation or transition of more than 1 ms");
}

#[tokio::test]
async fn in_forced_colours_the_person_is_in_sight() {
    let shop = Shop::open().await;
    let page = shop.browse_as(Look::desk().media("forced-colors", "active")).await;
    page.open_chat().await;
    assert_eq!(page.js("return matchMedia('(forced-colors: active)').matches", vec![]).await, true);
    page.a_person_is_in_sight("in forced colours").await;
    page.shot("widget-first-desk-forced-en").await;
    page.ask(QUESTION).await;
    page.a_person_is_in_sight("in forced colours, answered").await;
    page.shot("widget-answered-desk-forced-en").await;
    page.ask(ENGLISH.unknown).await;
    page.see(css(".offer")).await;
    page.a_person_is_in_sight("in forced colours, offered").await;
    page.shot("widget-offered-desk-forced-en").await;
    let edge = "const style = getComputedStyle(all(arguments[0])[0]); return [style.borderTopStyle, style.borderTopWidth].join(' ')";
    assert_eq!(page.js(edge, vec![json!(part("talk-to-person"))]).await, "solid 1px", "a button has an edge there");
    assert_eq!(page.count(text("The look of this page hid the way to a person.")).await, 0);
    page.ask_for_a_person().await;
    page.a_person_is_in_sight("in forced colours, in the line").await;
    page.shot("widget-queued-desk-forced-en").await;
}
