//! The page: the log-in, or the desk with its three columns.

use warmline_protocol::AgentId;
use warmline_ui::dom::{El, button, document, effect, el, window};
use warmline_ui::live_region::LiveRegion;
use warmline_ui::stream::Connection;
use warmline_ui::watched::Watched;

use crate::api::Api;
use crate::desk::{Desk, focus_soon};
use crate::start::Languages;
use crate::{ask, context, header, keyboard, list, login, offers, talk, words};

/// Builds it. `asked` is set once it is known whether somebody is logged in.
pub(crate) fn page(api: &Api, languages: &Languages, asked: Watched<bool>) -> El {
    let locale = languages.locale;
    effect(move || {
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("lang", &locale.tag());
            let _ = root.set_attribute("dir", locale.dir());
        }
    });
    let (live, region) = LiveRegion::new();

    // The desk stays when the session ends: what was written is still there after the next log-in.
    let first: Watched<Option<String>> = Watched::new(None);
    let who = api.clone();
    effect(move || {
        let (known, now) = (first.get(), who.me().map(|me| me.agent_id.0));
        match (known, now) {
            (None, Some(now)) => first.set(Some(now)),
            // Somebody else: nothing of the first may be left.
            (Some(known), Some(now)) if known != now => {
                let _ = window().location().reload();
            }
            (Some(_) | None, _) => {}
        }
    });

    let (out, logging, desk_api, titled) = (api.clone(), api.clone(), api.clone(), api.clone());
    let (login_languages, desk_languages) = (languages.clone(), languages.clone());
    effect(move || {
        if titled.me().is_none() {
            document().set_title(&locale.t(words::PAGE_TITLE));
        }
    });
    el("div")
        .class("console")
        .child(region)
        .when(move || asked.get() && out.me().is_none(), move || login::login(&logging, &login_languages))
        .swap(
            move || first.get(),
            move |agent| {
                let desk = Desk::new(&desk_api, &desk_languages, AgentId(agent), live.clone());
                desk_page(&desk)
            },
        )
}

fn desk_page(desk: &Desk) -> El {
    keyboard::listen_for_keys(desk);
    let (shown, pane, opened) = (desk.clone(), desk.pane, desk.opened);
    el("div")
        .class("desk")
        .show(move || shown.api.me().is_some())
        .dyn_attr("data-pane", move || pane.get().word())
        .dyn_attr("data-open", move || opened.get().is_some())
        .child(header::header(desk))
        .child(notices(desk))
        .child(el("main").class("work").child(left(desk)).child(talk::talk(desk)).child(context::context(desk)))
        .child(ask::dialogs(desk))
}

/// Who needs somebody: offers first, then the list.
fn left(desk: &Desk) -> El {
    el("nav").class("left").t_attr("aria-label", desk.locale(), words::LIST_LABEL).child(offers::offers(desk)).child(list::list(desk))
}

/// What the agent must know before they rely on what they see: the line is down, or something failed.
fn notices(desk: &Desk) -> El {
    let locale = desk.locale();
    let connection = desk.stream.borrow().as_ref().map(warmline_ui::stream::Stream::connection);
    let line = move || connection.map_or(Connection::Off, |connection| connection.get());
    let trouble = desk.trouble;
    let down = move || matches!(line(), Connection::Lost | Connection::Offline);
    el("section")
        .class("notices")
        .t_attr("aria-label", locale, words::NOTICES_LABEL)
        .show(move || down() || trouble.get().is_some())
        .child(
            el("div").attr("role", "status").when(down, move || {
                el("p").class("notice").attr("data-kind", "warning").dyn_text(move || {
                    locale.t(if line() == Connection::Offline { words::LINE_OFFLINE } else { words::LINE_LOST })
                })
            }),
        )
        .child(el("div").attr("role", "alert").swap(
            move || trouble.get(),
            move |text| {
                el("p")
                    .class("notice")
                    .attr("data-kind", "error")
                    .child(el("span").text(&text))
                    .child(button("quiet").t(locale, words::CLOSE).on_click(move || {
                        trouble.set(None);
                        focus_soon("talk-title");
                    }))
            },
        ))
}
