//! How was this for you? Five words to choose from, a comment for who likes; it can be changed.

use std::cell::RefCell;
use std::rc::Rc;

use warmline_protocol::Phase;
use warmline_ui::dom::{El, button, el};
use warmline_ui::words::Key;
use web_sys::HtmlTextAreaElement;

use crate::widget::Widget;
use crate::words;
use warmline_ui::watched::Watched;

const SCORES: [(u8, Key); 5] =
    [(1, words::RATING_1), (2, words::RATING_2), (3, words::RATING_3), (4, words::RATING_4), (5, words::RATING_5)];

/// The rating, once a conversation is closed.
pub(crate) fn rating(widget: &Widget) -> El {
    let (view, widget) = (widget.view(), *widget);
    el("div").class("rating-place").when(move || view.with(|view| view.phase == Phase::Resolved), move || card(&widget))
}

fn card(widget: &Widget) -> El {
    let (locale, view) = (widget.locale, widget.view());
    let changing = Watched::new(false);
    let given = move || view.with(|view| view.rating).filter(|_| !changing.get());
    let widget = *widget;
    el("section")
        .class("rating")
        .part("rating")
        .t_attr("aria-label", locale, words::RATING_QUESTION)
        .when(move || given().is_none(), move || form(&widget, changing))
        .when(
            move || given().is_some(),
            move || {
                el("div")
                    .class("rating-given")
                    .child(el("p").dyn_text(move || {
                        let word = |score| SCORES.iter().find(|(known, _)| *known == score).map(|(_, key)| locale.t(*key));
                        let given = given().and_then(word).unwrap_or_default();
                        locale.tf(words::NOTICE_RATED, &[("word", &given)])
                    }))
                    .child(el("p").t(locale, words::RATING_THANKS))
                    .child(button("rating-change").t(locale, words::RATING_CHANGE).on_click(move || changing.set(true)))
            },
        )
}

fn form(widget: &Widget, changing: Watched<bool>) -> El {
    let (locale, chat) = (widget.locale, widget.chat);
    let chosen = Watched::new(0_u8);
    let comment = el("textarea").class("rating-comment").attr("rows", "2").attr("dir", "auto").attr("maxlength", "4000");
    let written: Rc<RefCell<HtmlTextAreaElement>> = Rc::new(RefCell::new(comment.as_kind()));
    let scores = SCORES.map(|(score, key)| {
        let radio = el("input")
            .attr("type", "radio")
            .attr("name", "warmline-rating")
            .attr("value", warmline_ui::digits(score.into()))
            .on("change", move |_| chosen.set(score));
        el("label").class("rating-score").attr("data-score", warmline_ui::digits(score.into())).child(radio).child(el("span").t(locale, key))
    });
    el("div")
        .class("rating-form")
        .child(
            el("fieldset")
                .class("rating-scores")
                .child(el("legend").t(locale, words::RATING_QUESTION))
                .children(scores),
        )
        .child(
            el("div")
                .class("rating-more")
                .show(move || chosen.get() > 0)
                .child(el("label").class("rating-comment-label").child(el("span").t(locale, words::RATING_COMMENT)).child(comment))
                .child(button("rating-send").t(locale, words::RATING_SEND).on_click(move || {
                    chat.rate(chosen.get_untracked(), &written.borrow().value());
                    changing.set(false);
                })),
        )
}
