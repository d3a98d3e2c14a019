//! The list: one's own conversations, who waits, or what was found.

use std::rc::Rc;

use warmline_protocol::agent::InboxRow;
use warmline_protocol::{Phase, Timestamp};
use warmline_ui::dom::{El, button, el, icon, said};
use warmline_ui::locale::Locale;
use warmline_ui::watched::Watched;
use web_sys::{HtmlInputElement, HtmlSelectElement, KeyboardEvent};

use crate::api::why;
use crate::case::Case;
use crate::clock::{self, Nearness};
use crate::desk::Desk;
use crate::search::Search;
use crate::{names, words};

const LENS: &str = "M11 4a7 7 0 1 0 0 14a7 7 0 0 0 0-14M16 16l5 5";

/// Builds it.
pub(crate) fn list(desk: &Desk) -> El {
    let (locale, searching) = (desk.locale(), desk.search.clone());
    let (found, lists) = (desk.clone(), desk.clone());
    let is_on = Rc::new(move || searching.is_on());
    let (off, on) = (Rc::clone(&is_on), is_on);
    el("div")
        .class("list")
        .child(el("h2").class("vh").attr("id", "list-title").attr("tabindex", "-1").t(locale, words::LIST_LABEL))
        .child(search(desk))
        .when(move || !off(), move || el("div").child(own(&lists)).child(waiting(&lists)))
        .when(move || on(), move || results(&found))
}

fn search(desk: &Desk) -> El {
    let (locale, search) = (desk.locale(), desk.search.clone());
    let (words_now, phase_now, cleared, shown) = (search.clone(), search.clone(), search.clone(), search.clone());
    let input = el("input")
        .class("field")
        .attr("id", "search")
        .attr("type", "search")
        .attr("autocomplete", "off")
        .t_attr("aria-label", locale, words::SEARCH_LABEL)
        .t_attr("placeholder", locale, words::SEARCH_HINT);
    let element: HtmlInputElement = input.as_kind();
    let (typed, synced) = (element.clone(), element);
    warmline_ui::dom::effect(move || {
        let words = words_now.words();
        if synced.value() != words {
            synced.set_value(&words);
        }
    });
    let (api, looked) = (desk.api.clone(), search.clone());
    let input = input.on("input", move |_| looked.look_for(&api, typed.value())).on_key({
        let cleared = cleared.clone();
        move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                cleared.clear();
            }
        }
    });
    let option = |phase: Option<Phase>| {
        let key = phase.map_or(words::FILTER_ALL, names::phase);
        el("option").attr("value", phase.map_or("", Phase::word)).t(locale, key)
    };
    let select = el("select")
        .class("field small")
        .t_attr("aria-label", locale, words::FILTER_LABEL)
        .child(option(None))
        .children(Phase::ALL.iter().map(|phase| option(Some(*phase))));
    let element: HtmlSelectElement = select.as_kind();
    let chosen = element.clone();
    warmline_ui::dom::effect(move || chosen.set_value(phase_now.phase().map_or("", Phase::word)));
    let api = desk.api.clone();
    let select = select.on("change", move |_| search.only(&api, Phase::from_word(&element.value())));
    el("search")
        .class("search")
        .child(el("span").class("search-field").child(icon(LENS)).child(input))
        .child(select)
        .child(button("quiet").show(move || shown.is_on()).t(locale, words::SEARCH_CLEAR).on_click(move || cleared.clear()))
}

fn own(desk: &Desk) -> El {
    let locale = desk.locale();
    let (listed, empty, built, away, here) = (desk.clone(), desk.clone(), desk.clone(), desk.clone(), desk.clone());
    let online = move || away.api.me().is_some_and(|me| me.online);
    let (word, shown) = (online.clone(), online);
    section(locale, "own-title", move || locale.t(words::OWN_TITLE))
        .child(el("ul").class("plain-list").attr("role", "list").each(
            move || listed.own(),
            |case| case.id().to_owned(),
            move |case| own_row(&built, case),
        ))
        .child(
            el("div")
                .class("empty")
                .show(move || empty.ready.get() && empty.own().is_empty())
                .child(el("p").dyn_text(move || locale.t(if word() { words::OWN_EMPTY_HERE } else { words::OWN_EMPTY_AWAY })))
                .child(
                    button("main-action").show(move || !shown()).t(locale, words::SHIFT_START).on_click(move || here.shift(true, None)),
                ),
        )
}

fn waiting(desk: &Desk) -> El {
    let locale = desk.locale();
    let (rows, count, empty, ready) = (desk.waiting, desk.waiting_count, desk.waiting, desk.ready);
    let built = desk.clone();
    section(locale, "waiting-title", move || {
        let count = u32::try_from(count.get()).unwrap_or(u32::MAX);
        if count == 0 { locale.t(words::WAITING_TITLE) } else { locale.tf(words::WAITING_TITLE_COUNT, &[("count", &locale.number(count))]) }
    })
    .child(el("ol").class("plain-list").attr("role", "list").each(
        move || rows.get(),
        |row| row.conversation_id.0.clone(),
        move |row| {
            let id = row.conversation_id.0.clone();
            let fresh = move || rows.with(|rows| rows.iter().find(|row| row.conversation_id.0 == id).cloned());
            line_row(&built, row, Rc::new(fresh))
        },
    ))
    .child(el("p").class("empty").show(move || ready.get() && empty.with(Vec::is_empty)).t(locale, words::WAITING_EMPTY))
}

fn results(desk: &Desk) -> El {
    let locale = desk.locale();
    let (found, failed, busy, none, built) =
        (desk.search.clone(), desk.search.clone(), desk.search.clone(), desk.search.clone(), desk.clone());
    section(locale, "found-title", move || locale.t(words::FOUND_TITLE))
        .child(el("ul").class("plain-list").attr("role", "list").each(
            move || found.found().unwrap_or_default(),
            |row| [row.conversation_id.as_str(), row.phase.word()].concat(),
            move |row| {
                let fixed = row.clone();
                line_row(&built, row, Rc::new(move || Some(fixed.clone())))
            },
        ))
        .child(el("p").class("empty").attr("role", "status").dyn_text(move || {
            if let Some(failure) = failed.failed() {
                return why(locale, &failure);
            }
            match (busy.is_busy(), none.found()) {
                (true, _) => locale.t(words::FOUND_BUSY),
                (false, Some(rows)) if rows.is_empty() => locale.t(words::FOUND_NONE),
                (false, Some(rows)) => locale.tn(words::FOUND_COUNT, u32::try_from(rows.len()).unwrap_or(u32::MAX)),
                (false, None) => String::new(),
            }
        }))
}

fn section(_: Locale, id: &'static str, title: impl Fn() -> String + 'static) -> El {
    el("section").class("group").attr("aria-labelledby", id).child(el("h3").attr("id", id).dyn_text(title))
}

/// The button of a row: the whole of it opens the conversation.
fn row(desk: &Desk, id: &str) -> El {
    let (opened, opening, mine, own) = (desk.opened, desk.clone(), id.to_owned(), id.to_owned());
    button("row")
        .attr("id", ["row-", id].concat())
        .dyn_attr("aria-current", move || (opened.get().as_deref() == Some(&*mine)).then(|| said(true).to_owned()))
        .on_click(move || opening.open(&own))
}

fn own_row(desk: &Desk, case: Case) -> El {
    let (locale, now, facts, view) = (desk.locale(), desk.now, case.facts(), case.talk().view());
    let turn = { let case = case.clone(); move || case.turn() };
    let (waits, snippet, unread, unread_shown) = (turn.clone(), turn.clone(), turn.clone(), turn);
    let talking = case.talk().typing();
    let clock = el("span").class("row-clock").dyn_text(move || match waits().waits_since {
        Some(since) => clock::since(now.get(), since),
        None if view.with(|view| view.phase == Phase::WaitingOnShopper) => locale.t(words::PHASE_WAITING_ON_SHOPPER),
        None => locale.t(words::ANSWERED),
    });
    let last = el("span").class("row-snippet").attr("dir", "auto").dyn_text(move || {
        if talking.get().is_some_and(|author| author.kind == warmline_protocol::AuthorKind::Shopper) {
            return locale.t(words::TYPES);
        }
        snippet().snippet
    });
    let badges = el("span")
        .class("row-badges")
        .child(
            el("span").class("badge").attr("data-kind", "unread").show(move || unread_shown().unread > 0).dyn_text(move || {
                let count = unread().unread;
                if count == 0 { String::new() } else { locale.tn(words::UNREAD, count) }
            }),
        )
        .child(promise(locale, now, move || {
            view.with(|view| view.promise.as_ref().filter(|promise| !promise.kept).map(|promise| (promise.promise_by, promise.broken)))
        }))
        .child(el("span").class("badge").dyn_text(move || names::language(locale, &facts.get().language)));
    let row = row(desk, case.id())
        .child(el("span").class("row-name").dyn_text(move || names::shopper(locale, facts.get().name.as_deref())))
        .child(clock)
        .child(last)
        .child(badges);
    el("li").child(row)
}

/// A row of the line, or of what was found.
fn line_row(desk: &Desk, first: InboxRow, fresh: Rc<dyn Fn() -> Option<InboxRow>>) -> El {
    let (locale, now, me) = (desk.locale(), desk.now, desk.agent.clone());
    let id = first.conversation_id.0.clone();
    let fresh = move || fresh().unwrap_or_else(|| first.clone());
    let (name, clock, snippet, promised, more) = (fresh.clone(), fresh.clone(), fresh.clone(), fresh.clone(), fresh);
    let clock = el("span").class("row-clock").dyn_text(move || {
        let row = clock();
        match row.waiting_since {
            Some(since) => clock::since(now.get(), since),
            None => locale.moment(row.updated_at),
        }
    });
    let badges = el("span")
        .class("row-badges")
        .child(promise(locale, now, move || {
            let row = promised();
            row.promise_by.map(|by| (by, row.promise_broken))
        }))
        .child(el("span").class("row-more").dyn_text(move || {
            let row = more();
            let mut parts = vec![names::language(locale, &row.language)];
            parts.extend(row.case_code.clone());
            if row.phase != Phase::Queued {
                parts.push(locale.t(names::phase(row.phase)));
            }
            parts.extend(Search::other_owner(&row, &me).map(str::to_owned));
            parts.extend(row.mood.as_deref().map(|mood| names::signal(locale, mood)));
            parts.join(" · ")
        }));
    let row = row(desk, &id)
        .child(el("span").class("row-name").dyn_text(move || names::shopper(locale, name().shopper_name.as_deref())))
        .child(clock)
        .child(el("span").class("row-snippet").attr("dir", "auto").dyn_text(move || snippet().snippet))
        .child(badges);
    el("li").child(row)
}

/// A promise that runs: until when, whether it is near its end, whether it was broken.
fn promise(locale: Locale, now: Watched<Timestamp>, promised: impl Fn() -> Option<(Timestamp, bool)> + Clone + 'static) -> El {
    let (shown, kind, text) = (promised.clone(), promised.clone(), promised);
    el("span")
        .class("badge")
        .show(move || shown().is_some())
        .dyn_attr("data-kind", move || match kind() {
            Some((_, true)) => "broken",
            Some((by, false)) => Nearness::of(now.get(), by).word(),
            None => "far",
        })
        .dyn_text(move || match text() {
            Some((by, true)) => locale.tf(words::PROMISE_BROKEN_BY, &[("time", &locale.moment(by))]),
            Some((by, false)) => locale.tf(words::PROMISED_BY, &[("time", &locale.moment(by))]),
            None => String::new(),
        })
}

