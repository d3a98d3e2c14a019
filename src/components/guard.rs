//! The guard of the way to a person. No theme can hide the button: it is looked at as a shopper would, and where it is not visible, not
//! in front, too small or too pale, an unthemed one stands in its place and says so.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use warmline_ui::contrast::{Colour, TEXT};
use warmline_ui::dom::{self, Callback, El, Scope, Timer, after, at_end, document, effect, el, keep, listen, set_style, window};
use warmline_ui::net::Body;
use wasm_bindgen::prelude::*;
use web_sys::{CssStyleDeclaration, Element, HtmlElement, MutationObserver, Node, ShadowRoot};

use crate::widget::Widget;
use crate::words;

/// What a finger needs, in pixels; half a pixel is forgiven, since layouts round.
const FINGER: f64 = 43.5;
/// How often it is looked at, for what no event tells of.
const EVERY_MS: u32 = 2_000;
/// After a change, when it has been laid out.
const SOON_MS: u32 = 60;
/// After a first failure: longer than any motion of ours.
const FADE_MS: u32 = 300;

/// Puts the guard up.
pub(crate) fn guard(widget: &Widget, root: &El, bar: &El, button: HtmlElement) {
    let guard = Rc::new(Guard {
        widget: *widget,
        root: root.html().clone(),
        bar: bar.html().clone(),
        button,
        substitute: RefCell::default(),
        waiting: RefCell::default(),
        next: RefCell::default(),
        looking: Cell::new(false),
        failed: Cell::new(false),
        scope: Scope::new(),
    });
    guard.watch();
}

struct Guard {
    widget: Widget,
    root: HtmlElement,
    bar: HtmlElement,
    button: HtmlElement,
    substitute: RefCell<Option<Substitute>>,
    waiting: RefCell<Option<Timer>>,
    next: RefCell<Option<Timer>>,
    looking: Cell<bool>,
    /// It failed once; what fades in is given time, so that only a second failure counts.
    failed: Cell<bool>,
    /// The substitute is made from a timer, and its button has to hear.
    scope: Scope,
}

/// The unthemed button, and what says why it is here.
struct Substitute {
    holder: El,
    button: HtmlElement,
    fixed: bool,
}

impl Guard {
    fn watch(self: &Rc<Self>) {
        let opened = Rc::clone(self);
        effect(move || {
            if opened.widget.open.get() {
                opened.soon();
            }
        });
        let resized = Rc::clone(self);
        listen(&window(), "resize", move |_| resized.soon());

        let mutated = Rc::clone(self);
        let styled = Callback::new(move |_| mutated.soon());
        if let (Ok(observer), Some(head)) = (MutationObserver::new(styled.function()), document().head()) {
            let what = Body::new().set("childList", true).set("subtree", true).set("characterData", true).set("attributes", true);
            let _ = observer.observe_with_options(&head, what.object().unchecked_ref());
            at_end(move || observer.disconnect());
        }
        keep(styled);
        self.again();
        let ending = Rc::clone(self);
        at_end(move || {
            ending.waiting.take();
            ending.next.take();
        });
    }

    fn again(self: &Rc<Self>) {
        let this = Rc::clone(self);
        self.next.replace(Some(after(EVERY_MS, move || {
            this.look();
            this.again();
        })));
    }

    /// After what happens now has been laid out.
    fn soon(self: &Rc<Self>) {
        self.later(SOON_MS);
    }

    fn later(self: &Rc<Self>, ms: u32) {
        let this = Rc::clone(self);
        self.waiting.replace(Some(after(ms, move || this.look())));
    }

    fn look(self: &Rc<Self>) {
        if !self.widget.open.get_untracked() || document().hidden() || self.looking.replace(true) {
            return;
        }
        // The theme's own button is tried each time: a theme may have been mended.
        let focused = self.holds_focus();
        set_style(&self.bar, "display", "", false);
        if let Some(substitute) = &*self.substitute.borrow() {
            set_style(substitute.holder.html(), "display", "none", true);
        }
        if self.is_good(&self.button) {
            self.failed.set(false);
            if let Some(substitute) = self.substitute.take() {
                substitute.holder.element().remove();
                self.scope.clear();
                if focused {
                    dom::focus(&self.button);
                }
            }
        } else if self.failed.replace(true) || self.substitute.borrow().is_some() {
            self.put_a_substitute(focused);
        } else {
            self.later(FADE_MS);
        }
        self.looking.set(false);
    }

    fn holds_focus(&self) -> bool {
        self.substitute.borrow().as_ref().is_some_and(|substitute| {
            let root: ShadowRoot = substitute.button.get_root_node().unchecked_into();
            root.active_element().is_some_and(|active| active.is_same_node(Some(&substitute.button)))
        })
    }

    fn put_a_substitute(&self, focused: bool) {
        set_style(&self.bar, "display", "none", true);
        let known = self.substitute.take();
        let new = known.is_none();
        let mut substitute = known.unwrap_or_else(|| {
            let substitute = self.scope.build(|| self.make());
            let _ = self.bar.after_with_node_1(substitute.holder.element());
            substitute
        });
        dress(substitute.holder.html(), HOLDER, substitute.fixed);
        // What hides the place hides what stands in it, too: then it leaves the place and stands before everything.
        if !substitute.fixed && !self.is_good(&substitute.button) {
            substitute.fixed = true;
            let root: Node = self.root.get_root_node();
            let _ = root.append_child(substitute.holder.element());
            dress(substitute.holder.html(), HOLDER, true);
        }
        if focused {
            dom::focus(&substitute.button);
        }
        self.substitute.replace(Some(substitute));
        if new {
            self.widget.announce(&self.widget.locale.t(words::PERSON_GUARD));
        }
    }

    fn make(&self) -> Substitute {
        let (locale, asking) = (self.widget.locale, self.widget);
        let button =
            dom::button("").part("talk-to-person").text(&locale.t(words::TALK_TO_PERSON)).on_click(move || asking.ask_for_a_person());
        let said = el("p").text(&locale.t(words::PERSON_GUARD));
        dress(button.html(), BUTTON, false);
        dress(said.html(), SAID, false);
        let element = button.html().clone();
        let holder = el("div").attr("dir", locale.dir()).child(button).child(said);
        Substitute { holder, button: element, fixed: false }
    }

    /// Whether a shopper can see a button, read it and hit it.
    fn is_good(&self, button: &HtmlElement) -> bool {
        let area = button.get_bounding_client_rect();
        let (width, height) = (area.width(), area.height());
        if width < FINGER || height < FINGER {
            return false;
        }
        let label: Element = button.first_element_child().unwrap_or_else(|| button.clone().into());
        let written = label.get_bounding_client_rect();
        if written.width() < 20.0 || written.left() < area.left() - 1.0 || written.right() > area.right() + 1.0 {
            return false;
        }
        is_shown(button)
            && is_readable(button, &label)
            && [0.2, 0.5, 0.8].iter().all(|share| is_in_front(button, area.left() + width * share, area.top() + height / 2.0))
    }
}

/// Whether nothing between the element and the page takes it away.
fn is_shown(element: &Element) -> bool {
    let mut here = Some(element.clone());
    while let Some(element) = here {
        let Some(style) = computed(&element) else { return false };
        let plain = |name, good: &[&str]| good.contains(&&*value(&style, name));
        if value(&style, "visibility") != "visible"
            || !matches!(&*value(&style, "opacity"), "1" | "")
            || !plain("filter", &["none", ""])
            || !plain("clip-path", &["none", ""])
            || !plain("mask-image", &["none", ""])
        {
            return false;
        }
        here = parent(&element);
    }
    true
}

/// Whether its words stand out from what is behind them.
fn is_readable(button: &Element, label: &Element) -> bool {
    let Some(style) = computed(label) else { return false };
    if pixels(&value(&style, "font-size")) < 12 {
        return false;
    }
    // Forced colours are the shopper's own, and always readable.
    if window().match_media("(forced-colors: active)").ok().flatten().is_some_and(|media| media.matches()) {
        return true;
    }
    let filled = value(&style, "-webkit-text-fill-color");
    let Some(ink) = Colour::from_computed(&value(&style, "color")) else { return true };
    let ink = Colour::from_computed(&filled).unwrap_or(ink);
    let mut behind: Vec<Colour> = Vec::new();
    let mut here = Some(button.clone());
    while let Some(element) = here {
        let Some(style) = computed(&element) else { return false };
        // A picture behind words can be anything; on the button itself that is for the designer to leave.
        if value(&style, "background-image") != "none" {
            return false;
        }
        let Some(colour) = Colour::from_computed(&value(&style, "background-color")) else { return true };
        behind.push(colour);
        if colour.opaque == 255 {
            break;
        }
        here = parent(&element);
    }
    let paper = behind.iter().rev().fold(Colour::WHITE, |paper, colour| colour.over(paper));
    ink.over(paper).contrast(paper) >= TEXT
}

/// Whether a tap at a point reaches the button. Only what lies in the widget's own tree counts: a dialogue of the page may cover the chat.
fn is_in_front(button: &HtmlElement, x: f64, y: f64) -> bool {
    let root: ShadowRoot = button.get_root_node().unchecked_into();
    let Some(hit) = root.element_from_point(x as f32, y as f32) else { return false };
    if button.contains(Some(&hit)) {
        return true;
    }
    let ours: &Node = &root;
    !ours.contains(Some(&hit)) && !hit.is_same_node(Some(&root.host()))
}

fn parent(element: &Element) -> Option<Element> {
    element.parent_element().or_else(|| element.get_root_node().dyn_into::<ShadowRoot>().ok().map(|root| root.host()))
}

fn computed(element: &Element) -> Option<CssStyleDeclaration> {
    window().get_computed_style(element).ok().flatten()
}

fn value(style: &CssStyleDeclaration, name: &str) -> String {
    style.get_property_value(name).unwrap_or_default()
}

fn pixels(length: &str) -> u32 {
    length.split(['.', 'p']).next().and_then(|whole| whole.parse().ok()).unwrap_or(0)
}

/// Styles of the unthemed button. Inline and important, inside the shadow root: nothing that a theme can say is stronger.
type Dress = &'static [(&'static str, &'static str)];

const HOLDER: Dress = &[("display", "block"), ("padding", "8px 12px"), ("background", "#ffffff"), ("z-index", "2147483647")];
const BUTTON: Dress = &[
    ("display", "block"),
    ("box-sizing", "border-box"),
    ("width", "100%"),
    ("min-height", "48px"),
    ("padding", "10px 16px"),
    ("border", "2px solid #000000"),
    ("border-radius", "8px"),
    ("background", "#000000"),
    ("color", "#ffffff"),
    ("font", "600 16px/1.4 system-ui, sans-serif"),
    ("text-align", "center"),
    ("cursor", "pointer"),
];
const SAID: Dress = &[
    ("display", "block"),
    ("margin", "4px 0 0"),
    ("color", "#000000"),
    ("font", "13px/1.4 system-ui, sans-serif"),
    ("text-align", "center"),
];
const FIXED: Dress = &[("position", "fixed"), ("inset", "auto 8px 8px 8px"), ("border", "1px solid #000000"), ("border-radius", "8px")];

fn dress(element: &HtmlElement, dress: Dress, fixed: bool) {
    set_style(element, "all", "initial", true);
    for (name, value) in dress.iter().chain(if fixed { FIXED } else { &[] }) {
        set_style(element, name, value, true);
    }
}
