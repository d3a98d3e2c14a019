//! The header: whether the line is up, the shift in one switch, and behind the agent's name what is seldom needed.

use warmline_ui::dom::{El, button, el, icon, listen, said, window};
use warmline_ui::locale::Locale;
use warmline_ui::words::Key;
use warmline_ui::stream::Connection;
use warmline_ui::watched::Watched;
use warmline_ui::wording::initials;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement, KeyboardEvent, Node};

use crate::ask::Ask;
use crate::desk::{Desk, Pane};
use crate::start::{Languages, primary};
use crate::words;

/// The most conversations at once, as the server allows.
const MOST: u32 = 50;
const CHEVRON: &str = "M6 9l6 6 6-6";

/// Builds it.
pub(crate) fn header(desk: &Desk) -> El {
    let locale = desk.locale();
    let connection = desk.stream.borrow().as_ref().map(warmline_ui::stream::Stream::connection);
    let line = move || connection.map_or(Connection::Off, |connection| connection.get());
    let state = move || match line() {
        Connection::Live => ("live", words::LINE_LIVE),
        Connection::Off | Connection::Connecting => ("connecting", words::LINE_CONNECTING),
        Connection::Lost | Connection::Offline => ("lost", words::LINE_DOWN),
    };
    el("header")
        .class("top")
        .child(el("h1").class("brand").t(locale, words::BRAND))
        .child(
            el("p")
                .class("line-state")
                .dyn_attr("data-state", move || state().0)
                .child(el("span").class("dot").attr("aria-hidden", "true"))
                .child(el("span").t(locale, words::LINE_LABEL).class("vh"))
                .child(el("span").class("line-word").dyn_text(move || locale.t(state().1))),
        )
        .children(overview_button(desk))
        .child(shift(desk))
        .child(account(desk))
}

/// A supervisor's way back to who waits and who is there.
fn overview_button(desk: &Desk) -> Option<El> {
    let supervisor = desk.api.me_now().is_some_and(|me| me.role == "supervisor");
    let (desk, locale) = (desk.clone(), desk.locale());
    supervisor.then(|| {
        let pressed = desk.opened;
        button("quiet overview-open")
            .dyn_attr("aria-current", move || pressed.get().is_none().then(|| said(true).to_owned()))
            .t(locale, words::OVERVIEW_TITLE)
            .on_click(move || {
                desk.close();
                desk.show(Pane::Talk);
            })
    })
}

/// Here, or not here.
fn shift(desk: &Desk) -> El {
    let locale = desk.locale();
    let (me, switched) = (desk.clone(), desk.clone());
    let online = move || me.api.me().is_some_and(|me| me.online);
    let (checked, said_so) = (online.clone(), online);
    button("shift")
        .attr("id", "shift")
        .attr("role", "switch")
        .dyn_attr("aria-checked", move || said(checked()))
        .t_attr("aria-label", locale, words::SHIFT_LABEL)
        .child(el("span").class("knob").attr("aria-hidden", "true"))
        .child(el("span").attr("aria-hidden", "true").dyn_text(move || locale.t(if said_so() { words::SHIFT_HERE } else { words::SHIFT_AWAY })))
        .on_click(move || switched.switch_shift())
}

impl Desk {
    /// The switch, by tap or key.
    pub(crate) fn switch_shift(&self) {
        let here = self.api.me_now().is_some_and(|me| me.online);
        self.shift(!here, None);
    }
}

/// What is seldom needed: a disclosure, closed by Escape and by a look elsewhere.
fn account(desk: &Desk) -> El {
    let locale = desk.locale();
    let open = Watched::new(false);
    let who = desk.clone();
    let name = move || who.api.me().map(|me| me.name).unwrap_or_default();
    let first = name.clone();
    let opener = button("account-open")
        .dyn_attr("aria-expanded", move || said(open.get()))
        .attr("aria-controls", "account")
        .child(el("span").class("mark").attr("data-author", "agent").attr("aria-hidden", "true").dyn_text(move || initials(&first())))
        .child(el("span").class("account-name").dyn_text(name))
        .child(icon(CHEVRON))
        .on_click(move || open.update(|open| *open = !*open));
    let opener_element = opener.html().clone();
    let root = el("div").class("account");
    let inside: Node = root.element().clone().into();
    listen(&window(), "pointerdown", move |event| {
        let target = event.target().and_then(|target| target.dyn_into::<Node>().ok());
        if !inside.contains(target.as_ref()) {
            open.set(false);
        }
    });
    root.on_key(move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            open.set(false);
            warmline_ui::dom::focus(&opener_element);
        }
    })
    .child(opener)
    .child(el("div").class("account-panel").attr("id", "account").show(move || open.get()).children(settings(desk, open)))
    .child(el("span").class("vh").t(locale, words::ACCOUNT_HINT))
}

fn settings(desk: &Desk, open: Watched<bool>) -> Vec<El> {
    let locale = desk.locale();
    let (sounding, sound) = (desk.sound.clone(), desk.sound.clone());
    let (keys, keyed) = (desk.keys, desk.clone());
    let (helping, leaving) = (desk.ask, desk.clone());
    vec![
        capacity(desk),
        toggle(locale, words::SOUND_LABEL, move || sounding.is_on(), move || sound.switch()),
        toggle(locale, words::KEYS_LABEL, move || keys.get(), move || keyed.switch_keys()),
        language(&desk.languages),
        button("quiet").t(locale, words::HELP_OPEN).on_click(move || {
            open.set(false);
            helping.set(Some(Ask::Help));
        }),
        button("quiet").t(locale, words::LOG_OUT).on_click(move || leaving.log_out()),
    ]
}

fn toggle(
    locale: Locale,
    label: Key,
    on: impl Fn() -> bool + Clone + 'static,
    switch: impl FnMut() + 'static,
) -> El {
    button("setting")
        .attr("role", "switch")
        .dyn_attr("aria-checked", move || said(on()))
        .child(el("span").t(locale, label))
        .child(el("span").class("knob").attr("aria-hidden", "true"))
        .on_click(switch)
}

fn capacity(desk: &Desk) -> El {
    let locale = desk.locale();
    let desk = desk.clone();
    let now = desk.api.me_now().map_or(1, |me| me.capacity);
    let input = el("input")
        .class("field small")
        .attr("id", "capacity")
        .attr("type", "number")
        .attr("min", "1")
        .attr("max", MOST.to_string())
        .attr("value", now.to_string());
    let element: HtmlInputElement = input.as_kind();
    let input = input.on("change", move |_| {
        let Some(me) = desk.api.me_now() else { return };
        let wanted = element.value().parse::<u32>().unwrap_or(me.capacity).clamp(1, MOST);
        element.set_value(&wanted.to_string());
        desk.shift(me.online, Some(wanted));
    });
    el("div").class("setting").child(el("label").attr("for", "capacity").t(locale, words::CAPACITY_LABEL)).child(input)
}

/// The language of the console.
pub(crate) fn language(languages: &Languages) -> El {
    let locale = languages.locale;
    let names = languages.tags();
    let select = el("select")
        .class("field small")
        .t_attr("aria-label", locale, words::LANGUAGE_LABEL)
        .children(names.into_iter().map(|tag| {
            // Each language by its own name, for who cannot read the one in use.
            let own = crate::names::own_name(&tag);
            let chosen = primary(&locale.tag_now()) == tag;
            el("option").attr("value", tag.as_str()).attr("lang", tag.as_str()).attr("selected", chosen).text(&own)
        }));
    let element: HtmlSelectElement = select.as_kind();
    let languages = languages.clone();
    el("div").class("setting").child(select.on("change", move |_| languages.change(element.value())))
}
