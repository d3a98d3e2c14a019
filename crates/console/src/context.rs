//! The case: the summary first, then what is known, and how it went before.

use std::rc::Rc;

use warmline_protocol::event::ClosedBy;
use warmline_protocol::{Body, View};
use warmline_ui::dom::{El, button, el, icon};
use warmline_ui::links::is_safe;
use warmline_ui::locale::Locale;
use warmline_ui::watched::Watched;
use warmline_ui::words::Key;

use crate::case::{Case, Facts};
use crate::clock::{self, Nearness};
use crate::desk::{Desk, Pane};
use crate::summary::summary;
use crate::{names, words};

const BACK: &str = "M15 5l-7 7 7 7";

/// Builds it.
pub(crate) fn context(desk: &Desk) -> El {
    let (locale, opened, shown, built) = (desk.locale(), desk.opened, desk.opened, desk.clone());
    let back = desk.clone();
    el("section")
        .class("right")
        .attr("aria-labelledby", "case-title")
        .show(move || shown.get().is_some())
        .child(
            el("header")
                .class("case-head")
                .child(button("back").t_attr("aria-label", locale, words::BACK_TO_TALK).child(icon(BACK)).on_click(move || back.show(Pane::Talk)))
                .child(el("h2").attr("id", "case-title").attr("tabindex", "-1").t(locale, words::CASE_TITLE)),
        )
        .swap(
            move || opened.get(),
            move |id| {
                let case = built.case(&id);
                el("div").class("case").child(summary(&built, &case)).child(known(&built, &case)).child(attributes(&built, &case))
            },
        )
}

type Say = Rc<dyn Fn(&View, &Facts) -> Option<String>>;

/// A fact that is shown as long as there is one.
fn fact(case: &Case, locale: Locale, name: Key, say: Say) -> El {
    let (view, facts) = (case.talk().view(), case.facts());
    let said = move || view.with(|view| facts.with(|facts| say(view, facts)));
    let shown = said.clone();
    el("div")
        .show(move || shown().is_some())
        .child(el("dt").t(locale, name))
        .child(el("dd").child(el("bdi").dyn_text(move || said().unwrap_or_default())))
}

fn known(desk: &Desk, case: &Case) -> El {
    let (locale, now) = (desk.locale(), desk.now);
    let fact = |name: Key, say: Say| fact(case, locale, name, say);
    let reason = *case.talk();
    let list = el("dl")
        .class("facts")
        .child(fact(words::FACT_CODE, Rc::new(|view, _| view.case.as_ref().map(|case| case.code.0.clone()))))
        .child(fact(words::FACT_ASKED, Rc::new(move |view, _| view.case.as_ref().map(|case| locale.moment(case.first_asked_at)))))
        .child(fact(words::FACT_REASON, Rc::new(move |_, _| {
            let reason = reason.with_entries(|entries| {
                entries.iter().rev().find_map(|entry| match &entry.body {
                    Body::HandoffRequested(requested) => Some(requested.reason.clone()),
                    _ => None,
                })
            });
            reason.map(|reason| names::reason(locale, &reason))
        })))
        .child(promise(case, locale, now))
        .child(fact(words::FACT_REOPENED, Rc::new(move |view, _| {
            view.case.as_ref().and_then(|case| case.reopened_at).map(|at| locale.moment(at))
        })))
        .child(fact(words::FACT_AGENT, Rc::new(|view, _| view.agent.as_ref().map(|agent| agent.name.clone()))))
        .child(fact(words::FACT_LANGUAGE, Rc::new(move |_, facts| {
            Some(names::language(locale, &facts.language)).filter(|language| !language.is_empty())
        })))
        .child(fact(words::FACT_VIP, Rc::new(move |_, facts| facts.vip.then(|| locale.t(words::FACT_VIP_YES)))))
        .child(fact(words::FACT_SIGNALS, Rc::new(move |_, facts| {
            let signals: Vec<String> = facts.signals.iter().map(|signal| names::signal(locale, signal)).collect();
            Some(signals.join(", ")).filter(|signals| !signals.is_empty())
        })))
        .child(fact(words::FACT_EMAIL, Rc::new(|_, facts| facts.email.clone())))
        .child(page(case, locale))
        .child(fact(words::FACT_RESOLVED, Rc::new(move |view, _| view.resolved.as_ref().map(|resolved| {
            let by = match resolved.by {
                ClosedBy::Shopper => locale.t(words::RESOLVED_BY_SHOPPER),
                ClosedBy::Agent => locale.tf(words::RESOLVED_BY_AGENT, &[("reason", resolved.reason.as_deref().unwrap_or_default())]),
            };
            [locale.moment(resolved.at), by].join(" · ")
        }))))
        .child(fact(words::FACT_RATING, Rc::new(move |view, _| {
            view.rating.map(|score| locale.tf(words::RATING_OF, &[("score", &locale.number(u32::from(score)))]))
        })));
    el("section").attr("aria-labelledby", "known-title").child(el("h3").attr("id", "known-title").t(locale, words::KNOWN_TITLE)).child(list)
}

/// The promise, and its clock while it runs.
fn promise(case: &Case, locale: Locale, now: Watched<warmline_protocol::Timestamp>) -> El {
    let view = case.talk().view();
    let promised = move || view.with(|view| view.promise.clone());
    el("div")
        .show(move || promised().is_some())
        .child(el("dt").t(locale, words::FACT_PROMISE))
        .child(
            el("dd")
                .dyn_attr("data-kind", move || match promised() {
                    Some(promise) if promise.kept => "kept",
                    Some(promise) if promise.broken => "broken",
                    Some(promise) => Nearness::of(now.get(), promise.promise_by).word(),
                    None => "far",
                })
                .dyn_text(move || {
                    let Some(promise) = promised() else { return String::new() };
                    let time = locale.moment(promise.promise_by);
                    if promise.kept {
                        return locale.t(words::PROMISE_KEPT);
                    }
                    let key = if promise.broken { words::PROMISE_BROKEN_BY } else { words::PROMISED_BY };
                    let left = clock::left(now.get(), promise.promise_by);
                    let clock = if left > 0 { locale.tf(words::TIME_LEFT, &[("time", &clock::running(i64::from(left)))]) } else { locale.t(words::TIME_OVER) };
                    [locale.tf(key, &[("time", &time)]), clock].join(" · ")
                }),
        )
}

/// The page that the shopper is on: a link only when it may be one.
fn page(case: &Case, locale: Locale) -> El {
    let facts = case.facts();
    let address = move || facts.with(|facts| facts.page.clone());
    el("div")
        .show(move || address().is_some())
        .child(el("dt").t(locale, words::FACT_PAGE))
        .child(el("dd").swap(address, |address| {
            if is_safe(&address) {
                el("a").attr("dir", "ltr").attr("href", address.as_str()).attr("target", "_blank").attr("rel", "noopener noreferrer").text(&address)
            } else {
                el("bdi").text(&address)
            }
        }))
}

/// What the shop's page says: for agents to read, never believed by the rules.
fn attributes(desk: &Desk, case: &Case) -> El {
    let (locale, facts) = (desk.locale(), case.facts());
    let shown = facts;
    el("section")
        .attr("aria-labelledby", "attributes-title")
        .show(move || shown.with(|facts| !facts.attributes.is_empty()))
        .child(el("h3").attr("id", "attributes-title").t(locale, words::ATTRIBUTES_TITLE))
        .child(el("dl").class("facts").each(
            move || facts.with(|facts| facts.attributes.clone()),
            |attribute| [attribute.name.as_str(), "=", &attribute.value].concat(),
            |attribute| {
                let (name, value) = (el("bdi").text(&attribute.name), el("bdi").text(&attribute.value));
                el("div").child(el("dt").child(name)).child(el("dd").child(value))
            },
        ))
}
