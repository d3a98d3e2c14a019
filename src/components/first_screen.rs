//! The first screen: the merchant's greeting, questions that people really ask, and one plain sentence on who answers.

use warmline_ui::template;
use warmline_ui::dom::{El, button, el};

use crate::widget::Widget;
use crate::words;

/// More questions than this are a menu.
const QUESTIONS: usize = 4;

/// Shown until something is said.
pub(crate) fn first_screen(widget: &Widget) -> El {
    let (begun, loaded) = (widget.chat.begun(), widget.chat.loaded());
    let (outbox, widget) = (widget.chat.sender().outbox(), *widget);
    let nothing_said = move || !begun.get() && loaded.get() && outbox.with(|outbox| outbox.waiting().is_empty());
    el("div").class("first-screen-place").when(nothing_said, move || screen(&widget))
}

fn screen(widget: &Widget) -> El {
    let (locale, shop) = (widget.locale, widget.shop);
    let greeting = widget.host.greeting.clone();
    let asked = widget.host.questions.clone();
    let asking = *widget;
    let questions = move || -> Vec<String> {
        let mut questions = if asked.is_empty() {
            shop.with(|shop| shop.as_ref().map(|shop| shop.questions.clone()).unwrap_or_default())
        } else {
            asked.clone()
        };
        questions.truncate(QUESTIONS);
        questions
    };
    let any = questions.clone();
    let mut parts = widget.build(
        template!("div .first-screen ( \
            p .greeting dir=auto # \
            p .first-plain $ \
            div .questions role=group aria-label=$ # ( \
                p .questions-label aria-hidden=true $ \
            ) \
        )", words::FIRST_PLAIN, words::FIRST_QUESTIONS, words::FIRST_QUESTIONS),
        &[],
    );
    let screen = parts.part();
    parts.part().dyn_text(move || {
        let merchant = || shop.with(|shop| shop.as_ref().and_then(|shop| shop.greeting.clone()));
        greeting.clone().or_else(merchant).unwrap_or_else(|| locale.t(words::FIRST_GREETING))
    });
    parts.part().show(move || !any().is_empty()).each_text(questions, move |question| {
        let (asking, asked) = (asking, question.to_owned());
        button("question").attr("dir", "auto").text(question).on_click(move || asking.say(asked.clone()))
    });
    screen
}
