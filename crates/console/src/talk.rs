//! The middle: the open conversation. Who it is and where it stands, all that was said, and what can be done.

use std::rc::Rc;

use warmline_protocol::event::ClosedBy;
use warmline_protocol::{AuthorKind, Body, Phase, View};
use warmline_ui::dom::{El, button, el, icon};
use warmline_ui::locale::Locale;
use warmline_ui::talk::Talk;
use warmline_ui::transcript::{Reading, Scroll, transcript};
use warmline_ui::watched::Watched;

use crate::api::{why, why_of};
use crate::ask::Ask;
use crate::case::Case;
use crate::desk::{Desk, Pane};
use crate::{draft, names, notice, overview, reply, words};

const BACK: &str = "M15 5l-7 7 7 7";

/// Builds it.
pub(crate) fn talk(desk: &Desk) -> El {
    let (opened, shown, idle, built) = (desk.opened, desk.opened, desk.clone(), desk.clone());
    el("section")
        .class("middle")
        .t_attr("aria-label", desk.locale(), words::TALK_LABEL)
        .swap(move || opened.get(), move |id| conversation(&built, &built.case(&id)))
        .when(move || shown.get().is_none(), move || nothing_open(&idle))
}

/// Nothing is open: a supervisor sees the shops, an agent what to do next.
fn nothing_open(desk: &Desk) -> El {
    let locale = desk.locale();
    let (here, waits, offered) = (desk.clone(), desk.waiting_count, desk.offers);
    let supervisor = desk.api.me_now().is_some_and(|me| me.role == "supervisor");
    if supervisor {
        return overview::overview(desk);
    }
    let key = move || {
        let online = here.api.me().is_some_and(|me| me.online);
        if !offered.with(Vec::is_empty) {
            words::IDLE_OFFER
        } else if waits.get() > 0 {
            words::IDLE_WAITING
        } else if online {
            words::IDLE_HERE
        } else {
            words::IDLE_AWAY
        }
    };
    el("div")
        .class("idle")
        .child(el("h2").attr("id", "talk-title").attr("tabindex", "-1").t(locale, words::IDLE_TITLE))
        .child(el("p").dyn_text(move || locale.t(key())))
        .child(el("p").class("soft").t(locale, words::IDLE_KEYS))
}

fn conversation(desk: &Desk, case: &Case) -> El {
    let locale = desk.locale();
    let (loaded, failed, again) = (case.loaded(), case.failed(), case.clone());
    let (built, shown) = (desk.clone(), case.clone());
    el("div")
        .class("conversation")
        .child(head(desk, case))
        .when(move || loaded.get(), move || body(&built, &shown))
        .child(
            el("p")
                .class("empty")
                .attr("role", "status")
                .show(move || !loaded.get())
                .dyn_text(move || failed.get().map_or_else(|| locale.t(words::LOADING), |failure| why(locale, &failure))),
        )
        .child(
            button("action retry")
                .show(move || !loaded.get() && failed.get().is_some())
                .t(locale, words::TRY_AGAIN)
                .on_click(move || again.load()),
        )
}

fn head(desk: &Desk, case: &Case) -> El {
    let locale = desk.locale();
    let (facts, view) = (case.facts(), case.talk().view());
    let (closing, showing, side) = (desk.clone(), desk.clone(), desk.pane);
    el("header")
        .class("talk-head")
        .child(button("back").t_attr("aria-label", locale, words::BACK).child(icon(BACK)).on_click(move || closing.close()))
        .child(
            el("div")
                .class("talk-who")
                .child(
                    el("h2")
                        .attr("id", "talk-title")
                        .attr("tabindex", "-1")
                        .dyn_text(move || names::shopper(locale, facts.get().name.as_deref())),
                )
                .child(el("p").class("soft").dyn_text(move || view.with(|view| standing(locale, view)))),
        )
        .child(
            button("quiet case-open")
                .dyn_attr("aria-pressed", move || warmline_ui::dom::said(side.get() == Pane::Case))
                .t(locale, words::CASE_TITLE)
                .on_click(move || {
                    let next = if side.get_untracked() == Pane::Case { Pane::Talk } else { Pane::Case };
                    showing.show(next);
                }),
        )
        .child(actions(desk, case))
}

/// Where it stands, in a line: whose it is now.
fn standing(locale: Locale, view: &View) -> String {
    let name = view.agent.as_ref().map(|agent| agent.name.as_str()).unwrap_or_default();
    let place = view.queue.as_ref().map(|queue| locale.number(queue.position));
    match (view.phase, place) {
        (Phase::WithPerson, _) => locale.tf(words::STANDS_WITH, &[("name", name)]),
        (Phase::Queued, Some(place)) => locale.tf(words::STANDS_IN_LINE, &[("place", &place)]),
        (Phase::Resolved, _) => match view.resolved.as_ref().map(|resolved| resolved.by) {
            Some(ClosedBy::Shopper) => locale.t(words::STANDS_SOLVED),
            Some(ClosedBy::Agent) | None => locale.t(words::PHASE_RESOLVED),
        },
        (phase, _) => locale.t(names::phase(phase)),
    }
}

fn actions(desk: &Desk, case: &Case) -> El {
    let locale = desk.locale();
    let (view, me) = (case.talk().view(), desk.agent.clone());
    let other = me.clone();
    let mine = move || view.with(|view| Case::is_of(view, &me));
    let writable = move || view.with(|view| Case::may_write(view, &other));
    let asks = |key, shown: Rc<dyn Fn() -> bool>, ask: Rc<dyn Fn() -> Ask>, desk: &Desk| {
        let asking = desk.ask;
        button("action").show(move || shown()).t(locale, key).on_click(move || asking.set(Some(ask())))
    };
    let mine: Rc<dyn Fn() -> bool> = Rc::new(mine);
    let id = case.id().to_owned();
    let ask = |make: fn(String) -> Ask| -> Rc<dyn Fn() -> Ask> {
        let id = id.clone();
        Rc::new(move || make(id.clone()))
    };
    el("div")
        .class("talk-actions")
        .child(asks(words::RETURN, Rc::clone(&mine), ask(Ask::Return), desk))
        .child(asks(words::TRANSFER, mine, ask(Ask::Transfer), desk))
        .child(asks(words::RESOLVE, Rc::new(writable), ask(Ask::Resolve), desk))
}

fn body(desk: &Desk, case: &Case) -> El {
    let locale = desk.locale();
    let whole = case.whole();
    let before = el("p").class("empty").show(move || !whole.get()).t(locale, words::BEGINNING_LEFT_OUT);
    let talk = *case.talk();
    let (scroll, element) = transcript(Reading {
        talk,
        sender: *case.sender(),
        locale,
        me: AuthorKind::Agent,
        line: Rc::new(move |event| notice::line(locale, event, owner_before(&talk, event.seq))),
        // The last 500 events come at once.
        older: Rc::new(|| {}),
        older_loading: Watched::new(false),
        reason: Rc::new(move |code| why_of(locale, code)),
        before: Some(before),
        after: None,
    });
    desk.scroll.replace(Some((case.id().to_owned(), scroll)));
    let (view, me) = (case.talk().view(), desk.agent.clone());
    let writable = move || view.with(|view| Case::may_write(view, &me));
    let (not, built, shown, drafted, drafts) = (writable.clone(), desk.clone(), case.clone(), desk.clone(), case.clone());
    let (others, theirs) = (desk.clone(), case.clone());
    let drawn = writable.clone();
    el("div")
        .class("talk-body")
        .child(element)
        .when(drawn, move || draft::view(&drafted, &drafts))
        .when(writable, move || reply::reply(&built, &shown))
        .when(move || !not(), move || not_mine(&others, &theirs))
}

/// Who had the conversation before an event.
fn owner_before(talk: &Talk, seq: u64) -> Option<String> {
    talk.with_entries(|entries| {
        entries.iter().rev().skip_while(|entry| entry.seq >= seq).find_map(|entry| match &entry.body {
            Body::AgentJoined(joined) => Some(joined.name.clone()),
            _ => None,
        })
    })
}

/// In place of the composer: whose turn it is, and the way in.
fn not_mine(desk: &Desk, case: &Case) -> El {
    let locale = desk.locale();
    let (view, taking, taken, can) = (case.talk().view(), desk.clone(), case.clone(), case.talk().view());
    el("div")
        .class("not-mine")
        .child(el("p").dyn_text(move || {
            view.with(|view| {
                let name = view.agent.as_ref().map(|agent| agent.name.as_str()).unwrap_or_default();
                match view.phase {
                    Phase::Assisted => locale.t(words::NOT_MINE_ASSISTED),
                    Phase::Queued => locale.t(words::NOT_MINE_QUEUED),
                    Phase::WithPerson | Phase::WaitingOnShopper => locale.tf(words::NOT_MINE_OTHER, &[("name", name)]),
                    Phase::LeftOpen => locale.t(words::NOT_MINE_LEFT_OPEN),
                    Phase::Resolved => locale.t(words::NOT_MINE_RESOLVED),
                }
            })
        }))
        .child(
            button("main-action")
                .show(move || can.with(|view| matches!(view.phase, Phase::Assisted | Phase::Queued | Phase::LeftOpen)))
                .t(locale, words::TAKE)
                .on_click(move || taking.take(&taken)),
        )
}

impl Desk {
    /// Shows a line of the open conversation.
    pub(crate) fn show_line(&self, seq: u64) {
        self.pane.set(Pane::Talk);
        let scroll: Option<(String, Scroll)> = self.scroll.borrow().clone();
        let desk = self.clone();
        if let Some((id, scroll)) = scroll
            && desk.opened.get_untracked().as_deref() == Some(&*id)
        {
            // Once it is in sight, on a screen that showed the case.
            warmline_ui::dom::next_frame(move || scroll.to_entry(seq));
        }
    }
}
