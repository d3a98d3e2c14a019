//! Nobody repeats themselves: the agent has the summary before the first word, and the shopper may correct it.

use warmline_tests::{ConsolePage, Shop, button, css, part};

#[tokio::test]
async fn the_summary_is_there_before_the_first_word_and_the_shopper_corrects_it() {
    let shop = Shop::open().await;
    let page = shop.browse().await;
    let ada = ConsolePage::log_in(&shop, "ada").await;
    ada.go_on_shift().await;
    page.open_chat().await;
    page.ask("My order JL-20417 arrived and the lamp is broken.").await;
    page.ask("How long does a refund take?").await;
    page.ask_for_a_person().await;

    // On the offer, before it is accepted.
    ada.offer_says("lamp is broken").await;
    ada.accept().await;
    // In the console, with links to the lines, before anybody wrote a word.
    ada.page.says(ada.summary(), "lamp is broken").await;
    ada.page.says(ada.summary(), "JL-20417").await;
    ada.page.tap(css("section[aria-labelledby=summary-title] button.line-link").of_page()).await;
    let marked = "const at = document.activeElement?.closest('[data-seq], li, article') ?? document.querySelector('.entry[data-shown], .entry:target');
        return clean(at?.textContent).includes('lamp is broken')";
    ada.page.until("the line is shown", marked, vec![]).await;

    // The shopper sees the same and corrects it.
    page.tap(css("details.summary > summary")).await;
    page.says(css("details.summary"), "This is what Ada Okafor sees").await;
    page.says(css("details.summary"), "lamp is broken").await;
    page.tap(button("Something is wrong")).await;
    page.type_into(css(".summary-input"), "It is the shade that is broken, not the lamp.").await;
    page.tap(button("Send the correction")).await;
    page.says(css("details.summary"), "It is the shade").await;
    ada.page.says(ada.summary(), "It is the shade that is broken, not the lamp.").await;
    assert!(page.said().await.iter().all(|said| said.author != "agent"), "nobody had to ask");
    page.says(part("title"), "Ada Okafor, a person").await;
}
