//! The script tag on pages of another origin: strict ones, hostile ones, and how the page may speak to the chat.

use reqwest::Client;
use serde_json::{Value, json};
use warmline_tests::{Merchant, Page, Person, Plan, Shop, Site, css, part, text};

const QUESTION: &str = "How long does a refund take?";
const STRICT: &str = "script-src 'nonce-7bdd' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self'; connect-src SERVER";

async fn site() -> (Shop, Merchant) {
    Merchant::beside(Plan::default()).await
}

/// Nothing went wrong that a merchant would see in the browser's console.
async fn quiet(page: &Page, what: &str) {
    let lines = page.console().await;
    let wrong: Vec<_> = lines.iter().filter(|line| !line.starts_with("INFO") && !line.starts_with("DEBUG")).collect();
    assert_eq!(wrong, Vec::<&String>::new(), "the console, {what}");
}

/// The chat opens, answers with a source, and reaches a person.
async fn works(page: &Page, path: &str) {
    page.go(path).await;
    page.launch().await;
    let answer = page.ask(QUESTION).await;
    assert!(answer.text.contains("3 to 5 working days"), "{path}: {}", answer.text);
    assert_eq!(answer.sources, [QUESTION], "{path}");
    page.a_person_is_in_sight(path).await;
    page.ask_for_a_person().await;
    quiet(page, path).await;
    page.js("localStorage.clear()", vec![]).await;
}

#[tokio::test]
async fn a_plain_page_of_another_origin() {
    let (_shop, merchant) = site().await;
    merchant.put("/plain", Site::new());
    works(&merchant.browse().await, "/plain").await;
}

#[tokio::test]
async fn strict_policies() {
    let (_shop, merchant) = site().await;
    merchant.put("/nonce", Site::new().tag("nonce=7bdd").policy(STRICT));
    merchant.put("/trusted-types", Site::new().policy("require-trusted-types-for 'script'; trusted-types 'none'"));
    let all = format!("{STRICT}; require-trusted-types-for 'script'; trusted-types 'none'; object-src 'none'; base-uri 'none'");
    merchant.put("/all", Site::new().tag("nonce=7bdd").policy(&all));
    let page = merchant.browse().await;
    for path in ["/nonce", "/trusted-types", "/all"] {
        works(&page, path).await;
    }
}

#[tokio::test]
async fn where_webassembly_is_refused_a_person_is_reached_and_answers() {
    let (shop, merchant) = site().await;
    merchant.put("/", Site::new().policy("script-src SERVER; style-src 'self'; connect-src SERVER"));
    let mut ada = Person::on_shift(&shop, "ada").await;
    let page = merchant.browse().await;
    page.go("/").await;
    page.tap(part("launcher")).await;
    page.a_person_is_in_sight_as("Send to a person", "where WebAssembly is refused").await;
    page.type_into(part("input"), "My parcel is late").await;
    page.tap(part("talk-to-person")).await;
    page.see(part("receipt")).await;
    let conversation = ada.accept_next().await;
    let file = ada.case_file(&conversation).await;
    assert!(file["events"].to_string().contains("My parcel is late"), "the agent reads what was written: {file}");
    ada.message(&conversation, "I look into it.").await;
    page.says(part("transcript"), "I look into it.").await;
    page.reload().await;
    page.tap(part("launcher")).await;
    page.says(part("transcript"), "I look into it.").await;
    // The browser itself reports what the page's policy refuses; nothing else may stand there.
    let said = page.console().await;
    let ours: Vec<_> = said.iter().filter(|line| !line.contains("WebAssembly")).collect();
    assert_eq!(ours, Vec::<&String>::new());
}

#[tokio::test]
async fn where_all_files_are_blocked_the_plain_link_reaches_a_person() {
    let (_shop, merchant) = site().await;
    merchant.put("/", Site::new());
    let page = merchant.browse().await;
    page.tools("Network.enable", json!({})).await;
    page.tools("Network.setBlockedURLs", json!({ "urls": ["*/assets/*"] })).await;
    page.go("/").await;
    page.tap(part("launcher")).await;
    page.a_person_is_in_sight("with all files blocked").await;
    let link = page.js("return [all(arguments[0])[0].tagName, all(arguments[0])[0].href]", vec![json!(part("talk-to-person"))]).await;
    assert_eq!(link, json!(["A", format!("{}/talk/pk_demo", merchant.server())]));
    quiet(&page, "with all files blocked").await;
    page.driver().goto(link[1].as_str().unwrap()).await.unwrap();
    page.see(css("#talk-to-person").of_page()).await;
}

#[tokio::test]
async fn pages_that_are_in_the_way() {
    let (_shop, merchant) = site().await;
    let polluted = "<script>
        Array.prototype.remove = function () {}; Array.prototype.toJSON = function () { return 'hijacked'; };
        Object.prototype.extend = function () {}; Object.prototype.key = 'pk_other'; Object.prototype.token = 'x';
        String.prototype.toJSON = function () { return this + ''; }; Function.prototype.inherits = function () {};
        </script>";
    let patched = "<script>{
        const own = window.fetch; window.seen = 0;
        window.fetch = async (...asked) => { window.seen++; const answer = await own(new Request(...asked)); answer.extra = 1; return answer; } }</script>";
    let proxied = "<script>{
        const own = window.fetch;
        window.fetch = async (...asked) => new Proxy(await own(...asked), {
          get: (target, name) => { const value = target[name]; return typeof value == 'function' ? value.bind(target) : value; } }) }</script>";
    merchant.put("/base", Site::new().head("<base href='https://elsewhere.example/deep/'>"));
    merchant.put("/all-initial", Site::new().head("<style>* { all: initial !important } div, button { display: none !important }</style>"));
    merchant.put("/polluted", Site::new().head(polluted));
    merchant.put("/patched-fetch", Site::new().head(patched));
    merchant.put("/proxied-fetch", Site::new().head(proxied));
    let page = merchant.browse().await;
    for path in ["/base", "/all-initial", "/polluted", "/patched-fetch"] {
        works(&page, path).await;
    }
    // An answer that is none cannot be compiled from: the small form reaches a person.
    page.go("/proxied-fetch").await;
    page.tap(part("launcher")).await;
    page.type_into(part("input"), "My parcel is late").await;
    page.tap(part("talk-to-person")).await;
    page.see(part("receipt")).await;
}

#[tokio::test]
async fn a_page_from_right_to_left() {
    let (_shop, merchant) = site().await;
    merchant.put("/english", Site::new().root("lang=en dir=rtl"));
    merchant.put("/arabic", Site::new().root("lang=ar dir=rtl"));
    let page = merchant.browse().await;
    works(&page, "/english").await;
    assert_eq!(
        page.js("return getComputedStyle(chat().querySelector('.chat-root')).direction", vec![]).await,
        "ltr",
        "English stays English"
    );
    page.go("/arabic").await;
    page.launch().await;
    page.a_person_is_in_sight_as("التحدث إلى موظف", "on an Arabic page").await;
    assert_eq!(page.js("return getComputedStyle(chat().querySelector('.chat-root')).direction", vec![]).await, "rtl");
    quiet(&page, "on an Arabic page").await;
}

#[tokio::test]
async fn a_single_page_app_may_swap_its_body() {
    let (_shop, merchant) = site().await;
    merchant.put("/", Site::new());
    let page = merchant.browse().await;
    page.go("/").await;
    page.launch().await;
    page.ask(QUESTION).await;
    page.js("document.body = document.createElement('body')", vec![]).await;
    page.hears("assistant", "3 to 5 working days").await;
    page.js("document.body.innerHTML = '<main><h1>Another page</h1></main>'", vec![]).await;
    page.hears("assistant", "3 to 5 working days").await;
    page.ask("How much is delivery?").await;
    page.a_person_is_in_sight("after the body was swapped").await;
    assert_eq!(page.js("return document.querySelectorAll('warmline-chat').length", vec![]).await, 1);
    quiet(&page, "after the body was swapped").await;
}

#[tokio::test]
async fn a_second_tag_warns_and_does_nothing() {
    let (_shop, merchant) = site().await;
    merchant.put("/", Site::new().body("<script async src=SERVER/widget.js data-key=pk_demo></script>"));
    let page = merchant.browse().await;
    page.go("/").await;
    page.launch().await;
    assert_eq!(page.js("return document.querySelectorAll('warmline-chat').length", vec![]).await, 1);
    let said = page.console().await;
    assert!(said.len() == 1 && said[0].contains("Warmline is here already"), "{said:?}");
    page.ask(QUESTION).await;
}

/// What the page has fetched from the server, after it was loaded and had nothing to do.
async fn fetched(page: &Page) -> Value {
    page.js(
        "return new Promise((idle) => requestIdleCallback(() => setTimeout(idle, 200))).then(() => performance.getEntriesByType('resource')
        .map(({ name }) => new URL(name)).filter(({ origin }) => origin !== location.origin).map(({ pathname }) => pathname))",
        vec![],
    )
    .await
}

#[tokio::test]
async fn nothing_is_fetched_before_intent_and_nothing_is_stored_before_the_first_message() {
    let (_shop, merchant) = site().await;
    merchant.put("/default", Site::new());
    merchant.put("/none", Site::new().tag("data-preload=none"));
    merchant.put("/hover", Site::new().tag("data-preload=hover"));
    merchant.put("/idle", Site::new().tag("data-preload=idle"));
    let page = merchant.browse().await;
    for path in ["/default", "/none", "/hover"] {
        page.go(path).await;
        page.see(part("launcher")).await;
        assert_eq!(fetched(&page).await, json!(["/widget.js"]), "{path}");
    }
    let hover = "all(arguments[0])[0].dispatchEvent(new PointerEvent('pointerenter'))";
    let whole = "return performance.getEntriesByType('resource').some(({ name }) => name.endsWith('.wasm'))";
    page.js(hover, vec![json!(part("launcher"))]).await;
    page.until("the widget is fetched when somebody hovers", whole, vec![]).await;
    page.go("/idle").await;
    page.until("the widget is fetched when the page idles", whole, vec![]).await;

    page.go("/none").await;
    page.see(part("launcher")).await;
    page.js(hover, vec![json!(part("launcher"))]).await;
    assert_eq!(fetched(&page).await, json!(["/widget.js"]), "to hover is nothing there");
    page.launch().await;
    let stored = "return indexedDB.databases().then((bases) => [Object.keys(localStorage), Object.keys(sessionStorage), document.cookie, bases.length])";
    assert_eq!(page.js(stored, vec![]).await, json!([[], [], "", 0]), "opened, and nothing said");
    assert_eq!(page.tools("Network.getAllCookies", json!({})).await["cookies"], json!([]));
    page.ask(QUESTION).await;
    assert_ne!(page.js(stored, vec![]).await[0], json!([]), "the conversation is kept now");
    assert_eq!(page.tools("Network.getAllCookies", json!({})).await["cookies"], json!([]));
}

const LISTENER: &str = "<script>
    window.Warmline = window.Warmline || function () { (Warmline.q = Warmline.q || []).push(arguments); };
    window.heard = [];
    for (const name of ['ready', 'opened', 'closed', 'message', 'unread', 'handoff', 'queue', 'agent-joined', 'agent-left', 'resolved', 'reopened', 'error']) {
      addEventListener('warmline:' + name, ({ detail }) => heard.push([name, detail]));
    }
    window.early = [];
    Warmline('on', 'ready', () => early.push('ready'));
    Warmline('setAttributes', { plan: 'gold' });
    Warmline('open');
    </script>";

/// Waits until the page heard an event; gives the last one's detail.
async fn heard(page: &Page, name: &str) -> Value {
    let script = "const found = window.heard.filter(([name]) => name === arguments[0]); return found.length && [found.at(-1)[1] ?? null]";
    page.until(&format!("the page hears {name}"), script, vec![json!(name)]).await[0].clone()
}

#[tokio::test]
async fn the_page_speaks_to_the_chat_and_hears_it() {
    let (shop, merchant) = site().await;
    merchant.put("/", Site::new().head(LISTENER));
    let mut ada = Person::on_shift(&shop, "ada").await;
    let page = merchant.browse().await;
    page.go("/").await;
    // What waited in the stub's queue is done.
    page.see(part("input")).await;
    heard(&page, "ready").await;
    heard(&page, "opened").await;
    assert_eq!(page.js("return early", vec![]).await, json!(["ready"]));

    page.js("Warmline.close()", vec![]).await;
    page.miss(part("panel")).await;
    heard(&page, "closed").await;
    page.js("Warmline('toggle')", vec![]).await;
    page.see(part("input")).await;
    page.js("Warmline.setLocale('de')", vec![]).await;
    page.says(part("talk-to-person"), "Mit einem Menschen sprechen").await;
    page.js("Warmline('setLocale', 'en')", vec![]).await;
    page.says(part("talk-to-person"), "Talk to a person").await;
    page.js("Warmline.setColorScheme('dark')", vec![]).await;
    let scheme = "return getComputedStyle(document.querySelector('warmline-chat')).colorScheme";
    assert_eq!(page.js(scheme, vec![]).await, "dark");
    page.js("Warmline.hide()", vec![]).await;
    page.miss(part("launcher")).await;

    // It shows itself, however it was hidden.
    page.js("window.stop = Warmline.on('message', () => early.push('message')); Warmline.talkToPerson()", vec![]).await;
    let code = page.case_code().await;
    assert_eq!(heard(&page, "handoff").await["case_code"], code);
    assert!(heard(&page, "queue").await["position"].is_number());
    let conversation = ada.accept_next().await;
    assert_eq!(heard(&page, "agent-joined").await["name"], "Ada Okafor");
    assert!(ada.case_file(&conversation).await.to_string().contains("gold"), "the agent sees the page's attributes");
    page.js("Warmline.close()", vec![]).await;
    ada.message(&conversation, "Hello, this is Ada.").await;
    let message = heard(&page, "message").await;
    assert_eq!((&message["author"]["kind"], &message["text"]), (&json!("agent"), &json!("Hello, this is Ada.")));
    page.until("one is unread", "return window.heard.some(([name, detail]) => name === 'unread' && detail.count === 1)", vec![]).await;
    page.says(part("badge"), "1").await;
    assert_eq!(page.js("return early", vec![]).await, json!(["ready", "message"]));
    page.js("window.stop(); Warmline.open()", vec![]).await;
    page.until("nothing is unread", "return window.heard.filter(([name]) => name === 'unread').at(-1)[1].count === 0", vec![]).await;

    ada.resolve(&conversation, "Said hello").await;
    assert_eq!(heard(&page, "resolved").await["by"], "agent");
    page.tap(css(".not-solved")).await;
    heard(&page, "reopened").await;
    ada.message(&conversation, "Once more.").await;
    page.hears("agent", "Once more.").await;
    assert_eq!(page.js("return early", vec![]).await, json!(["ready", "message"]), "it no longer listens");
    ada.act(&conversation, "transfer", json!({ "agent": "ben@demo.shop" })).await;
    assert_eq!(heard(&page, "agent-left").await["cause"], "transfer");
    quiet(&page, "after all methods").await;

    page.js("localStorage.setItem('warmline:pk_demo', JSON.stringify({ ...JSON.parse(localStorage.getItem('warmline:pk_demo')), token: 'wrong' }))", vec![]).await;
    page.reload().await;
    assert_eq!(heard(&page, "error").await["code"], "unauthorized");
}

#[tokio::test]
async fn a_tag_manager_that_drops_attributes_calls_init() {
    let (_shop, merchant) = site().await;
    merchant.put(
        "/",
        Site::new()
            .bare()
            .body("<script src=SERVER/widget.js></script><script>Warmline('init', { key: 'pk_demo', locale: 'de' })</script>"),
    );
    let page = merchant.browse().await;
    page.go("/").await;
    page.launch().await;
    page.a_person_is_in_sight_as("Mit einem Menschen sprechen", "after init").await;
    quiet(&page, "after init").await;
}

async fn signed(server: &str, shopper: &str) -> String {
    let client = Client::builder().no_proxy().build().unwrap();
    let answer: Value =
        client.post(format!("{server}/demo/identity")).json(&json!({ "sub": shopper })).send().await.unwrap().json().await.unwrap();
    answer["identity"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_signed_identity_lets_the_chat_know_the_order() {
    let (_shop, merchant) = site().await;
    merchant.put("/", Site::new());
    let page = merchant.browse().await;
    page.go("/").await;
    page.launch().await;
    page.js("Warmline('identify', { identity: arguments[0] })", vec![json!(signed(merchant.server(), "shopper-1").await)]).await;
    page.say("Where is my order JL-104233?").await;
    page.says(css(".order-card"), "JL-104233").await;
    page.says(css(".order-card"), "Lane jacket").await;
    let kept = page.js("return JSON.stringify(localStorage) + JSON.stringify(sessionStorage)", vec![]).await;
    assert!(!kept.as_str().unwrap().contains("eyJ"), "an identity is never stored: {kept}");
    quiet(&page, "with an identity").await;
}

#[tokio::test]
async fn reset_revokes_the_token_and_tells_the_other_tabs() {
    let (_shop, merchant) = site().await;
    merchant.put("/", Site::new());
    let page = merchant.browse().await;
    page.go("/").await;
    page.launch().await;
    page.ask(QUESTION).await;
    let kept = page.js("return JSON.parse(localStorage.getItem('warmline:pk_demo'))", vec![]).await;
    let (first, _second) = (page.tab().await, page.new_tab().await);
    page.go("/").await;
    page.launch().await;
    page.hears("assistant", "3 to 5 working days").await;
    page.js("Warmline.reset()", vec![]).await;
    page.until("this tab begins anew", "return !chat().querySelector('[part~=message]')", vec![]).await;
    page.look_at(&first).await;
    page.until("the other tab begins anew", "return !chat().querySelector('[part~=message]')", vec![]).await;
    assert_eq!(page.js("return localStorage.getItem('warmline:pk_demo')", vec![]).await, Value::Null);
    let client = Client::builder().no_proxy().build().unwrap();
    let path = format!("{}/v1/conversations/{}", merchant.server(), kept["id"].as_str().unwrap());
    for _ in 0..100 {
        let status = client.get(&path).bearer_auth(kept["token"].as_str().unwrap()).send().await.unwrap().status();
        if status.as_u16() == 401 {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("the token that was reset still opens the conversation");
}

#[tokio::test]
async fn a_page_that_comes_back_is_not_blind() {
    let (shop, merchant) = site().await;
    let link = "<a id=away href=/away>Away</a><script>window.back = 0; addEventListener('pageshow', ({ persisted }) => { window.back += persisted; })</script>";
    merchant.put("/", Site::new().body(link));
    merchant.put("/away", Site::new().bare());
    let mut ada = Person::on_shift(&shop, "ada").await;
    let page = merchant.browse().await;
    page.go("/").await;
    page.launch().await;
    page.ask_for_a_person().await;
    let conversation = ada.accept_next().await;
    ada.message(&conversation, "Hello, this is Ada.").await;
    page.hears("agent", "Hello, this is Ada.").await;
    for time in 1..=5 {
        page.tap(css("#away").of_page()).await;
        page.until("the other page", "return location.pathname === '/away'", vec![]).await;
        let words = format!("While you were away, number {time}.");
        ada.message(&conversation, &words).await;
        page.driver().back().await.unwrap();
        page.until("the page is back", "return location.pathname === '/' && chat()", vec![]).await;
        if page.count(part("panel")).await == 0 {
            let why = page.js("return JSON.stringify(performance.getEntriesByType('navigation')[0].notRestoredReasons)", vec![]).await;
            panic!("the page was not kept, time {time}: {why}");
        }
        page.hears("agent", &words).await;
        page.say(&format!("I read number {time}.")).await;
        page.until("it is sent", "return !chat().querySelector('.on-their-way > *')", vec![]).await;
    }
    assert_eq!(page.js("return window.back", vec![]).await, 5, "kept by the browser each time");
    page.see(text("number 5")).await;
    quiet(&page, "after five times back").await;
}
