//! Walks past every state of the widget, the console and the hosted page: who judges them or takes their picture walks along.

use serde_json::json;
use warmline_tests::{ConsolePage, Page, Person, Shop, Shopper, button, css, part, role, text};

/// A shop's page whose policy refuses WebAssembly; it takes the browser's language.
pub(crate) const REFUSES_WEBASSEMBLY: &str = "<!doctype html><html><meta charset=utf-8><meta name=viewport content=\"width=device-width\">
    <meta http-equiv=Content-Security-Policy content=\"script-src 'self'\"><link rel=icon href='data:,'><title>Shop</title>
    <main><h1>Shop</h1></main><script async src=/widget.js data-key=pk_demo></script>";

/// What a shopper says in a language.
pub(crate) struct Tongue {
    /// Its tag.
    pub(crate) tag: &'static str,
    /// Something that an article answers.
    pub(crate) known: &'static str,
    /// Something that no article answers.
    pub(crate) unknown: &'static str,
    /// What the person writes.
    pub(crate) hello: &'static str,
    /// Why the person closes it.
    pub(crate) reason: &'static str,
}

pub(crate) const ENGLISH: Tongue = Tongue {
    tag: "en",
    known: "How much is delivery?",
    unknown: "Do you sell garden furniture?",
    hello: "Hello, this is Ada. We have no garden furniture, but I can look at your refund. Which order is it?",
    reason: "The refund was sent on Monday",
};
pub(crate) const ARABIC: Tongue = Tongue {
    tag: "ar",
    known: "هل أدفع رسومًا جمركية؟",
    unknown: "هل تؤجرون مناطيد الهواء الساخن؟",
    hello: "مرحبًا، معك آدا. لا نؤجر المناطيد، لكن أستطيع أن أنظر في استرداد المبلغ. ما رقم الطلب؟",
    reason: "أُرسل المبلغ يوم الإثنين",
};
pub(crate) const GERMAN: Tongue = Tongue {
    tag: "de",
    known: "Was kostet der Versand?",
    unknown: "Vermietet ihr Heißluftballons?",
    hello: "Hallo, hier ist Ada. Ballons vermieten wir nicht, aber ich sehe gern nach der Erstattung. Welche Bestellung ist es?",
    reason: "Die Erstattung ging am Montag hinaus",
};
pub(crate) const JAPANESE: Tongue = Tongue {
    tag: "ja",
    known: "関税はかかりますか",
    unknown: "熱気球のレンタルはありますか",
    hello: "こんにちは、エイダです。気球の貸し出しはありませんが、返金についてお調べします。ご注文番号を教えてください。",
    reason: "月曜日に返金の手続きをしました",
};

/// The widget, from its launcher to a rating. `ada` is on shift.
pub(crate) async fn widget(page: &Page, ada: &mut Person, tongue: &Tongue, mut at: impl AsyncFnMut(&str)) {
    page.go("/").await;
    page.see(part("launcher")).await;
    at("closed").await;
    page.launch().await;
    page.see(css(".question")).await;
    at("first").await;
    // The second question of each language is how long a refund takes.
    page.js("all({ scope: 'chat', by: 'css', value: '.question' })[1].click()", vec![]).await;
    page.answer(0).await;
    page.tap(part("citation")).await;
    page.see(css(".citation-quote")).await;
    at("answered").await;
    page.tap(part("citation")).await;
    hold_answers(page, true).await;
    page.say(tongue.known).await;
    page.mid_answer().await;
    at("streaming").await;
    hold_answers(page, false).await;
    page.answer(1).await;
    page.say(tongue.unknown).await;
    page.see(css(".offer")).await;
    at("offered").await;
    page.tap(part("talk-to-person")).await;
    page.see(part("receipt")).await;
    page.see(css(".summary")).await;
    at("queued").await;
    let conversation = ada.accept_next().await;
    ada.message(&conversation, tongue.hello).await;
    page.hears("agent", tongue.hello).await;
    at("person").await;
    page.js("chat().querySelector('details.summary').open = true", vec![]).await;
    page.js("chat().querySelector('details.summary').scrollIntoView({ block: 'start' })", vec![]).await;
    at("summary").await;
    page.offline(true).await;
    page.see(css(".notice")).await;
    at("offline").await;
    page.offline(false).await;
    page.miss(css(".notice")).await;
    ada.resolve(&conversation, tongue.reason).await;
    page.see(css(".resolved")).await;
    at("resolved").await;
    page.tap(css(".rating-score[data-score='5']")).await;
    at("rating").await;
    page.tap(css(".rating-send")).await;
    page.see(css(".rating-given")).await;
    at("rated").await;
}

/// Lets the stream stand still in the middle of an answer, so that it can be looked at; or go on.
pub(crate) async fn hold_answers(page: &Page, hold: bool) {
    let script = "window.heldAnswers = arguments[0];
        if (window.readsOn) return;
        const reader = ReadableStreamDefaultReader.prototype;
        const read = window.readsOn = reader.read;
        const streaming = () => document.querySelector('warmline-chat').shadowRoot.querySelector('[data-streaming] [part~=bubble]');
        reader.read = async function () {
          const got = await read.call(this);
          while (window.heldAnswers && streaming()?.textContent.length > 30) await new Promise((go) => setTimeout(go, 30));
          return got;
        }";
    page.js(script, vec![json!(hold)]).await;
}

/// The form that stands in where WebAssembly is refused, at `/` of a page that does so.
pub(crate) async fn fallback(page: &Page, ada: &mut Person, tongue: &Tongue, mut at: impl AsyncFnMut(&str)) {
    page.go("/").await;
    page.tap(part("launcher")).await;
    page.see(css(".fallback")).await;
    at("fallback").await;
    page.type_into(part("input"), tongue.unknown).await;
    page.tap(part("talk-to-person")).await;
    page.see(part("receipt")).await;
    at("fallback-queued").await;
    let conversation = ada.accept_next().await;
    ada.message(&conversation, tongue.hello).await;
    page.says(part("transcript"), tongue.hello).await;
    at("fallback-person").await;
    ada.resolve(&conversation, tongue.reason).await;
}

/// The console of somebody who logs in, answers one shopper, and closes the case.
pub(crate) async fn console(shop: &Shop, page: Page, mut at: impl AsyncFnMut(&Page, &str)) -> ConsolePage {
    page.go("/console").await;
    page.see(css("#email").of_page()).await;
    at(&page, "login").await;
    let ada = ConsolePage::on(page, "ada").await;
    at(&ada.page, "away").await;
    ada.go_on_shift().await;
    at(&ada.page, "empty").await;

    ada.page.tap(css("button.account-open").of_page()).await;
    ada.page.see(css("#account").of_page()).await;
    at(&ada.page, "account").await;
    ada.page.tap(button("Keys").of_page()).await;
    ada.page.see(role("dialog", "Keys").of_page()).await;
    at(&ada.page, "keys").await;
    ada.page.press(thirtyfour::Key::Escape).await;
    ada.page.miss(css("dialog").of_page()).await;

    let shopper = Shopper::open(shop).await;
    shopper.say("This is the third time that I write. My refund for order JL-10001 is still not here, I am really angry.").await;
    shopper.ask_for_a_person().await;
    ada.offer().await;
    at(&ada.page, "offer").await;
    ada.accept().await;
    at(&ada.page, "case").await;
    ada.reply("Hello, this is Ada. I look into it right now.").await;
    shopper.say("Thank you. How long does a refund take?").await;
    ada.hears("How long does a refund take?").await;
    ada.page.tap(css("button.draft-open").of_page()).await;
    ada.page.see(button("Use it").of_page()).await;
    at(&ada.page, "draft").await;
    ada.page.tap(button("Put it away").of_page()).await;
    let case_button = css("button.case-open").of_page();
    if ada.page.count(case_button.clone()).await > 0 {
        ada.page.tap(case_button.clone()).await;
        ada.page.see(ada.summary()).await;
        at(&ada.page, "context").await;
        let back = "const el = all(arguments[0])[0] ?? [...document.querySelectorAll('button')].find((el) => shown(el) && nameOf(el) === 'Back to the conversation'); el.click()";
        ada.page.js(back, vec![json!(case_button)]).await;
    }
    for (opener, state) in [("Hand on", "hand-on"), ("Back to the AI", "return"), ("Close case", "close")] {
        ada.page.tap(button(opener).of_page()).await;
        ada.page.see(css("dialog").of_page()).await;
        at(&ada.page, state).await;
        ada.page.press(thirtyfour::Key::Escape).await;
        ada.page.miss(css("dialog").of_page()).await;
    }
    ada.resolve("The refund was sent on Monday").await;
    ada.page.see(text("Closed").of_page()).await;
    at(&ada.page, "resolved").await;
    ada
}

/// What a supervisor sees first, while one shopper waits.
pub(crate) async fn overview(shop: &Shop, page: Page, mut at: impl AsyncFnMut(&Page, &str)) {
    let shopper = Shopper::open(shop).await;
    shopper.say("Where is my parcel?").await;
    shopper.ask_for_a_person().await;
    let sam = ConsolePage::on(page, "sam").await;
    sam.page.tap(button("The shop now").of_page()).await;
    sam.page.see(css(".overview-groups").of_page()).await;
    at(&sam.page, "overview").await;
    shopper.post("/handoff/cancel", json!({})).await;
}

/// The hosted page, without the widget.
pub(crate) async fn hosted(page: &Page, ada: &mut Person, mut at: impl AsyncFnMut(&str)) {
    page.go("/talk/pk_demo").await;
    page.see(css("#talk-to-person").of_page()).await;
    at("first").await;
    page.type_into(css("#composer").of_page(), "How long does a refund take?").await;
    page.tap(button("Send").of_page()).await;
    page.see(text("3 to 5 working days").of_page()).await;
    at("answered").await;
    page.tap(css("#talk-to-person").of_page()).await;
    page.see(text("next in line").of_page()).await;
    at("queued").await;
    let conversation = ada.accept_next().await;
    ada.message(&conversation, ENGLISH.hello).await;
    page.see(text("this is Ada").of_page()).await;
    at("person").await;
    ada.resolve(&conversation, ENGLISH.reason).await;
    page.see(text(ENGLISH.reason).of_page()).await;
    at("resolved").await;
}
