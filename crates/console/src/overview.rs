//! The supervisor's look at the shops: who waits, which promises are about to break, who is there. It is a stream of its own.

use std::cell::RefCell;
use std::rc::Rc;

use warmline_protocol::Timestamp;
use warmline_protocol::agent::InboxRow;
use warmline_protocol::js::{FromJs, field, list, parse};
use warmline_ui::dom::{El, button, el, icon};
use warmline_ui::sse::Frame;
use warmline_ui::stream::{Connection, Source, Stream};
use warmline_ui::watched::Watched;
use wasm_bindgen::JsValue;

use crate::clock::{self, Nearness};
use crate::desk::Desk;
use crate::{names, words};

const BACK: &str = "M15 5l-7 7 7 7";

#[derive(Debug, Clone, PartialEq)]
struct Promise {
    conversation: String,
    code: Option<String>,
    by: Timestamp,
    agent: Option<String>,
    broken: bool,
}

#[derive(Debug, Clone, PartialEq)]
struct Person {
    name: String,
    online: bool,
    load: u32,
    capacity: u32,
    console_open: bool,
}

#[derive(Debug, Clone, PartialEq)]
struct Overview {
    waiting: Vec<InboxRow>,
    waiting_count: u64,
    promises: Vec<Promise>,
    people: Vec<Person>,
}

impl FromJs for Promise {
    fn from_js(value: &JsValue) -> Option<Self> {
        Some(Promise {
            conversation: field(value, "conversation_id")?,
            code: field(value, "case_code")?,
            by: field(value, "promise_by")?,
            agent: field(value, "agent_name")?,
            broken: false,
        })
    }
}

impl FromJs for Person {
    fn from_js(value: &JsValue) -> Option<Self> {
        Some(Person {
            name: field(value, "name")?,
            online: field(value, "online")?,
            load: field(value, "load")?,
            capacity: field(value, "capacity")?,
            console_open: field(value, "console_open")?,
        })
    }
}

impl FromJs for Overview {
    fn from_js(value: &JsValue) -> Option<Self> {
        let mut promises: Vec<Promise> = list(value, "broken")?;
        promises.iter_mut().for_each(|promise| promise.broken = true);
        promises.extend(list::<Promise>(value, "about_to_break")?);
        Some(Overview {
            waiting: list(value, "waiting")?,
            waiting_count: field(value, "waiting_count")?,
            promises,
            people: list(value, "people")?,
        })
    }
}

/// Builds it; its stream lasts as long as it is shown.
pub(crate) fn overview(desk: &Desk) -> El {
    let locale = desk.locale();
    let seen: Watched<Option<Overview>> = Watched::new(None);
    let stream = follow(desk, seen);
    let connection = stream.connection();
    stream.start();
    let back = desk.clone();
    let (waiting, promises, people) = (waiting(desk, seen), promises(desk, seen), people(desk, seen));
    el("div")
        .class("overview")
        .child(
            el("header")
                .class("talk-head")
                .child(button("back").t_attr("aria-label", locale, words::BACK).child(icon(BACK)).on_click(move || back.close()))
                .child(el("h2").attr("id", "talk-title").attr("tabindex", "-1").t(locale, words::OVERVIEW_TITLE)),
        )
        .child(el("p").class("empty").attr("role", "status").show(move || seen.with(Option::is_none)).dyn_text(move || {
            locale.t(if connection.get() == Connection::Lost { words::LINE_LOST } else { words::LOADING })
        }))
        .child(el("div").class("overview-groups").show(move || seen.with(Option::is_some)).child(promises).child(waiting).child(people))
}

fn follow(desk: &Desk, seen: Watched<Option<Overview>>) -> Stream {
    let last: Rc<RefCell<Option<Frame>>> = Rc::default();
    let (kept, alert, refused) = (Rc::clone(&last), desk.clone(), desk.clone());
    Stream::new(Source {
        net: desk.api.net().clone(),
        name: ["warmline-overview:", desk.agent.as_str()].concat(),
        path: Box::new(|| Some("/v1/supervisor/events".to_owned())),
        // It begins with the whole each time.
        cursor: Box::new(|| None),
        heard: Box::new(move |frame| match frame.event.as_str() {
            "overview" => {
                if let Some(overview) = parse(&frame.data) {
                    seen.set(Some(overview));
                    kept.replace(Some(frame.clone()));
                }
            }
            "promise.broken" => {
                let code = js_sys::JSON::parse(&frame.data).ok().and_then(|data| field::<Option<String>>(&data, "case_code").flatten());
                let text = alert.locale().tf(words::ANNOUNCE_BROKEN, &[("code", &code.unwrap_or_default())]);
                alert.live.say(&text);
                alert.sound.offer();
            }
            // The next overview has it.
            _ => {}
        }),
        catch_up: Box::new(move || last.borrow().clone().into_iter().collect()),
        refused: Box::new(move |problem| {
            if problem.status == 401 {
                refused.api.end();
            }
        }),
    })
}

fn group(title: impl Fn() -> String + 'static, id: &'static str) -> El {
    el("section").class("group").attr("aria-labelledby", id).child(el("h3").attr("id", id).dyn_text(title))
}

fn promises(desk: &Desk, seen: Watched<Option<Overview>>) -> El {
    let (locale, now, opening) = (desk.locale(), desk.now, desk.clone());
    let rows = move || seen.with(|seen| seen.as_ref().map(|seen| seen.promises.clone()).unwrap_or_default());
    group(move || locale.t(words::OVERVIEW_PROMISES), "overview-promises")
        .child(el("ul").class("plain-list").attr("role", "list").each(
            rows,
            |promise| format!("{}{}{}", promise.conversation, promise.by.0, promise.broken),
            move |promise| {
                let Promise { conversation, code, by, agent, broken } = promise;
                let desk = opening.clone();
                let name = code.unwrap_or_default();
                let kind = move || if broken { "broken" } else { Nearness::of(now.get(), by).word() };
                el("li").child(
                    button("row")
                        .child(el("span").class("row-name").text(&name))
                        .child(el("span").class("row-clock").dyn_text(move || match clock::left(now.get(), by) {
                            0 => locale.t(words::TIME_OVER),
                            left => clock::running(i64::from(left)),
                        }))
                        .child(el("span").class("row-snippet").dyn_text(move || {
                            agent.clone().unwrap_or_else(|| locale.t(words::NOBODY_YET))
                        }))
                        .child(el("span").class("row-badges").child(el("span").class("badge").dyn_attr("data-kind", kind).dyn_text(move || {
                            let key = if broken { words::PROMISE_BROKEN_BY } else { words::PROMISED_BY };
                            locale.tf(key, &[("time", &locale.moment(by))])
                        })))
                        .on_click(move || desk.open(&conversation)),
                )
            },
        ))
        .child(el("p").class("empty").show(move || rows().is_empty()).t(locale, words::OVERVIEW_PROMISES_NONE))
}

fn waiting(desk: &Desk, seen: Watched<Option<Overview>>) -> El {
    let (locale, now, opening) = (desk.locale(), desk.now, desk.clone());
    let rows = move || seen.with(|seen| seen.as_ref().map(|seen| seen.waiting.clone()).unwrap_or_default());
    let count = move || seen.with(|seen| seen.as_ref().map_or(0, |seen| seen.waiting_count));
    group(
        move || match u32::try_from(count()).unwrap_or(u32::MAX) {
            0 => locale.t(words::OVERVIEW_WAITING),
            count => locale.tf(words::OVERVIEW_WAITING_COUNT, &[("count", &locale.number(count))]),
        },
        "overview-waiting",
    )
    .child(el("ol").class("plain-list").attr("role", "list").each(
        rows,
        |row| format!("{}{}", row.conversation_id, row.last_seq),
        move |row| {
            let (desk, id) = (opening.clone(), row.conversation_id.0.clone());
            let (name, language, code) = (row.shopper_name.clone(), row.language.clone(), row.case_code.clone());
            let since = row.waiting_since.unwrap_or(row.updated_at);
            el("li").child(
                button("row")
                    .child(el("span").class("row-name").dyn_text(move || names::shopper(locale, name.as_deref())))
                    .child(el("span").class("row-clock").dyn_text(move || clock::since(now.get(), since)))
                    .child(el("span").class("row-snippet").attr("dir", "auto").text(&row.snippet))
                    .child(el("span").class("row-badges").child(el("span").class("row-more").dyn_text(move || {
                        let mut parts = vec![names::language(locale, &language)];
                        parts.extend(code.clone());
                        parts.join(" · ")
                    })))
                    .on_click(move || desk.open(&id)),
            )
        },
    ))
    .child(el("p").class("empty").show(move || rows().is_empty()).t(locale, words::WAITING_EMPTY))
}

fn people(desk: &Desk, seen: Watched<Option<Overview>>) -> El {
    let locale = desk.locale();
    let rows = move || seen.with(|seen| seen.as_ref().map(|seen| seen.people.clone()).unwrap_or_default());
    group(move || locale.t(words::OVERVIEW_PEOPLE), "overview-people").child(el("ul").class("plain-list people").attr("role", "list").each(
        rows,
        |person| format!("{person:?}"),
        move |person| {
            let Person { name, online, load, capacity, console_open } = person;
            let state = match (online, console_open) {
                (true, true) => words::PERSON_HERE,
                (true, false) => words::PERSON_HERE_UNSEEN,
                (false, _) => words::PERSON_AWAY,
            };
            el("li")
                .class("person")
                .attr("data-here", online)
                .child(el("span").class("row-name").text(&name))
                .child(el("span").class("soft").t(locale, state))
                .child(el("span").class("row-clock").dyn_text(move || {
                    locale.tf(words::PERSON_LOAD, &[("load", &locale.number(load)), ("capacity", &locale.number(capacity))])
                }))
        },
    ))
}
