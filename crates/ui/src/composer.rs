//! Where a message is written: grows with its text, sends on Enter (not while an input method composes), and says when it is too long.

use crate::{digits, joined};
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlTextAreaElement, KeyboardEvent};

use crate::dom::{self, El, button, el, icon, said, set_style};
use crate::locale::Locale;
use crate::words;
use crate::watched::Watched;

/// How long a message may be, in characters (Unicode scalar values).
pub const LIMIT: u32 = 4_000;
/// From here on the number of characters that are left is said.
const NEAR: u32 = 3_600;

const SEND: &str = "M4 12l16-8-6 16-3-7z";
const STOP: &str = "M7 7h10v10H7z";

/// What a composer does.
pub struct Composing {
    /// The language.
    pub locale: Locale,
    /// What stands in it while it is empty.
    pub placeholder: Box<dyn Fn() -> String>,
    /// Whether an answer streams, so that there is something to stop.
    pub answering: Rc<dyn Fn() -> bool>,
    /// Sends a text: trimmed, not empty, not too long.
    pub send: Box<dyn Fn(String)>,
    /// Stops the answer.
    pub stop: Box<dyn Fn()>,
    /// Something was typed.
    pub typed: Box<dyn Fn()>,
}

/// A composer; a handle to its input.
#[derive(Clone)]
pub struct Composer {
    input: HtmlTextAreaElement,
    length: Watched<u32>,
}

impl Composer {
    /// Builds it: the handle and its element.
    pub fn new(composing: Composing) -> (Self, El) {
        let Composing { locale, placeholder, answering, send, stop, typed } = composing;
        let length = Watched::new(0_u32);
        let input = el("textarea")
            .class("input")
            .part("input")
            .attr("rows", "1")
            .attr("dir", "auto")
            .attr("enterkeyhint", "send")
            .attr("aria-describedby", "composer-hint composer-count")
            .t_attr("aria-label", locale, words::COMPOSER_LABEL)
            .dyn_attr("placeholder", placeholder)
            .dyn_attr("aria-invalid", move || (length.get() > LIMIT).then(|| said(true).to_owned()));
        let composer = Composer { input: input.as_kind(), length };

        let sending = composer.clone();
        let send = Rc::new(move || {
            let text = sending.text();
            let text = text.trim();
            let characters = count(text);
            if characters > 0 && characters <= LIMIT {
                send(text.to_owned());
                sending.set_text("");
            }
            sending.focus();
        });
        let (pressed, typing) = (Rc::clone(&send), composer.clone());
        let input = input
            .on_key(move |event| {
                if sends(&event) {
                    event.prevent_default();
                    pressed();
                }
            })
            .on("input", move |_| {
                typing.measure();
                typed();
            });

        let answers = Rc::clone(&answering);
        let send_button = button("send")
            .part("send")
            .t_attr("aria-label", locale, words::SEND)
            // Not `disabled`: that would take the focus away from who has just sent by it.
            .dyn_attr("aria-disabled", move || (length.get() == 0 || length.get() > LIMIT).then(|| said(true).to_owned()))
            .show(move || length.get() > 0 || !answers())
            .child(icon(SEND))
            .on_click(move || send());
        let stop_button = button("stop")
            .part("stop")
            .t_attr("aria-label", locale, words::STOP_ANSWER)
            .show(move || answering())
            .child(icon(STOP))
            .child(el("span").t(locale, words::STOP))
            .on_click(stop);
        let root = el("div")
            .class("composer")
            .part("composer")
            .child(input)
            .child(stop_button)
            .child(send_button)
            .child(el("p").class("vh").attr("id", "composer-hint").t(locale, words::COMPOSER_HINT))
            .child(
                el("p")
                    .class("composer-count")
                    .attr("id", "composer-count")
                    .attr("role", "status")
                    .dyn_attr("data-over", move || length.get() > LIMIT)
                    .show(move || length.get() >= NEAR)
                    .dyn_text(move || match length.get() {
                        length if length < NEAR => String::new(),
                        length if length <= LIMIT => locale.tn(words::CHARACTERS_LEFT, LIMIT - length),
                        length => locale.tn(words::CHARACTERS_OVER, length - LIMIT),
                    }),
            );
        (composer, root)
    }

    /// What stands in it.
    pub fn text(&self) -> String {
        self.input.value()
    }

    /// Puts a text into it.
    pub fn set_text(&self, text: &str) {
        self.input.set_value(text);
        self.measure();
    }

    /// Gives it the focus.
    pub fn focus(&self) {
        dom::focus(self.html());
    }

    /// Its element.
    pub fn html(&self) -> &HtmlElement {
        self.input.unchecked_ref()
    }

    /// Counts its characters, and makes it as high as its text.
    fn measure(&self) {
        self.length.set(count(self.text().trim()));
        set_style(self.html(), "height", "auto", false);
        set_style(self.html(), "height", &joined(&[&digits(self.input.scroll_height().unsigned_abs().into()), "px"]), false);
    }
}

fn count(text: &str) -> u32 {
    // By hand: the counting of the standard library is fast and large.
    text.chars().fold(0, |count, _| count + 1)
}

/// Enter sends, Shift and Enter begin a line. While an input method composes, Enter chooses a word: browsers say so by `isComposing`, or
/// by the key code 229.
fn sends(event: &KeyboardEvent) -> bool {
    event.key() == "Enter" && !event.shift_key() && !event.is_composing() && event.key_code() != 229
}
