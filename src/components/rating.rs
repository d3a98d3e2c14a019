//! How was this for you? Five words to choose from, a comment for who likes; it can be changed.

use warmline_ui::template;
use warmline_protocol::Phase;
use warmline_ui::dom::{El, el};
use warmline_ui::layout::still;
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
    still(locale, template!("section .rating @rating aria-label=$", words::RATING_QUESTION)).when(move || given().is_none(), move || form(&widget, changing)).when(
        move || given().is_some(),
        move || {
            let mut parts = widget.build(template!("div .rating-given ( p # p $ button .rating-change $ # )", words::RATING_THANKS, words::RATING_CHANGE), &[]);
            let thanks = parts.part();
            parts.part().dyn_text(move || {
                let word = |score| SCORES.iter().find(|(known, _)| *known == score).map(|(_, key)| locale.t(*key));
                let given = given().and_then(word).unwrap_or_default();
                locale.tf(words::NOTICE_RATED, &[("word", &given)])
            });
            parts.part().on_click(move || changing.set(true));
            thanks
        },
    )
}

fn form(widget: &Widget, changing: Watched<bool>) -> El {
    let (locale, chat) = (widget.locale, widget.chat);
    let chosen = Watched::new(0_u8);
    let mut parts = widget.build(
        template!("div .rating-form ( \
            fieldset .rating-scores # ( legend $ ) \
            div .rating-more # ( \
                label .rating-comment-label ( \
                    span $ \
                    textarea .rating-comment rows=2 dir=auto maxlength=4000 # \
                ) \
                button .rating-send $ # \
            ) \
        )", words::RATING_QUESTION, words::RATING_COMMENT, words::RATING_SEND),
        &[],
    );
    let (form, mut scores) = (parts.part(), parts.part());
    parts.part().show(move || chosen.get() > 0);
    let comment: HtmlTextAreaElement = parts.part().as_kind();
    parts.part().on_click(move || {
        chat.rate(chosen.get_untracked(), &comment.value());
        changing.set(false);
    });
    for (score, key) in SCORES {
        let mut parts = widget.build("label .rating-score ( input type=radio name=warmline-rating # span # )", &[]);
        let number = warmline_ui::digits(score.into());
        scores = scores.child(parts.part().attr("data-score", &*number));
        parts.part().attr("value", &*number).on("change", move |_| chosen.set(score));
        parts.part().t(locale, key);
    }
    form
}
