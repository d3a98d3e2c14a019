//! x
use warmline_tests::*;
#[tokio::test]
async fn debug_stream() {
    let shop = Shop::open().await;
    let page = shop.browse().await;
    page.open_chat().await;
    page.ask("How long does a refund take?").await;
    crate::walks::hold_answers(&page, true).await;
    page.say("How much is delivery?").await;
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    println!("{:#}", page.js("return [window.heldAnswers, ''+ReadableStreamDefaultReader.prototype.read, chat().querySelector('.transcript').innerText, chat().querySelector('[data-streaming]')?.outerHTML]", vec![]).await);
}
