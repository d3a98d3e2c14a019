//! Keeps the desk true: the agent's stream, from the inbox on.

use leptos::prelude::untrack;
use warmline_conversation::client::Followed;
use warmline_protocol::agent::{ConversationEvent, Inbox, Offer, OfferWithdrawn, Queue};
use warmline_protocol::js::{field, member, parse};
use warmline_protocol::{AuthorKind, Body, Event, Passing};
use warmline_ui::dom::{document, effect};
use warmline_ui::sse::Frame;
use warmline_ui::stream::{Source, Stream};
use wasm_bindgen_futures::spawn_local;

use crate::case::Case;
use crate::desk::Desk;
use crate::{line, names, words};

/// So many frames after its inbox a stream is begun anew, so that a tab which joins has little to read.
const JOURNAL: usize = 500;
/// An announcement is no reading aloud of a whole letter.
const SAID: usize = 200;

impl Desk {
    /// Follows one's work.
    pub(crate) fn begin(&self) {
        let (cursor, heard, catch_up, refused) = (self.clone(), self.clone(), self.clone(), self.clone());
        let stream = Stream::new(Source {
            net: self.api.net().clone(),
            name: ["warmline-console:", self.agent.as_str()].concat(),
            path: Box::new(|| Some("/v1/agent/events".to_owned())),
            cursor: Box::new(move || Some(cursor.cursor.get()).filter(|cursor| *cursor > 0).map(|cursor| cursor.to_string())),
            heard: Box::new(move |frame| heard.hear(frame)),
            catch_up: Box::new(move || catch_up.journal.borrow().clone()),
            refused: Box::new(move |_| refused.api.end()),
        });
        self.stream.replace(Some(stream));
        let desk = self.clone();
        // Logged out and in again, it goes on from its cursor.
        effect(move || if desk.api.me().is_some() { stream.start() } else { stream.stop() });
        self.count_in_the_title();
    }

    fn hear(&self, frame: &Frame) {
        if let Some(id) = frame.id.as_deref().and_then(|id| id.parse().ok()) {
            self.cursor.set(id);
        }
        match frame.event.as_str() {
            "inbox" => {
                self.journal.borrow_mut().clear();
                if let Some(inbox) = parse(&frame.data) {
                    self.take_inbox(inbox);
                }
            }
            "queue" => {
                if let Some(queue) = parse::<Queue>(&frame.data) {
                    self.take_queue(queue);
                }
            }
            "offer" => {
                if let Some(offer) = parse(&frame.data) {
                    self.take_offer(offer);
                }
            }
            "offer.withdrawn" => {
                if let Some(over) = parse::<OfferWithdrawn>(&frame.data) {
                    self.offers.update(|offers| offers.retain(|offer| offer.offer_id != over.offer_id));
                }
            }
            "conversation.event" => {
                if let Some(told) = parse::<ConversationEvent>(&frame.data) {
                    self.take_event(told.conversation_id.as_str(), &told.event);
                }
            }
            "conversation.passing" => return self.take_passing(&frame.data),
            // Of a newer server.
            _ => return,
        }
        self.journal.borrow_mut().push(frame.clone());
        if self.journal.borrow().len() > JOURNAL
            && let Some(stream) = *self.stream.borrow()
        {
            self.journal.borrow_mut().clear();
            // Not from within what it is reading.
            spawn_local(async move { stream.restart() });
        }
    }

    fn take_inbox(&self, inbox: Inbox) {
        let listed = |id: &str| inbox.conversations.iter().any(|row| row.conversation_id.as_str() == id);
        // What was one's own and is not any more left while nobody listened.
        for case in untrack(|| self.cases()) {
            if self.owns_now(&case) && !listed(case.id()) {
                case.load();
            }
        }
        for row in &inbox.conversations {
            let case = self.case(row.conversation_id.as_str());
            case.hint(row);
            case.catch_up(row.last_seq);
        }
        self.take_queue(Queue { waiting: inbox.waiting, waiting_count: inbox.waiting_count });
        self.offers.update(|offers| offers.retain(|known| inbox.offers.iter().any(|offer| offer.offer_id == known.offer_id)));
        for offer in inbox.offers {
            self.take_offer(offer);
        }
        if let Some(id) = self.opened.get_untracked() {
            let case = self.case(&id);
            if !self.owns_now(&case) {
                case.load();
            }
        }
        self.ready.set(true);
        let api = self.api.clone();
        // An hour away may have ended the shift.
        spawn_local(async move {
            let _ = api.ask_who().await;
        });
    }

    fn take_queue(&self, queue: Queue) {
        if let Some(id) = self.opened.get_untracked()
            && let Some(row) = queue.waiting.iter().find(|row| row.conversation_id.as_str() == id)
        {
            self.case(&id).catch_up(row.last_seq);
        }
        self.waiting_count.set(queue.waiting_count);
        self.waiting.set(line::waiting(queue.waiting));
    }

    fn take_offer(&self, offer: Offer) {
        let id = offer.offer_id.0.clone();
        let since = self.api.now().plus_seconds(-(offer.waited_s.cast_signed()));
        let fresh = self.offered.borrow_mut().insert(id, since).is_none();
        if fresh {
            let locale = self.locale();
            let who = names::shopper(locale, offer.shopper_name.as_deref());
            let need = offer.problem.clone().unwrap_or_else(|| names::reason(locale, &offer.reason));
            self.live.say(&locale.tf(words::ANNOUNCE_OFFER, &[("name", &who), ("need", &shortened(&need))]));
            self.sound.offer();
        }
        // Here before it is accepted: its summary shows in the offer, and it opens at once.
        self.case(offer.conversation_id.as_str()).load();
        self.offers.update(|offers| {
            offers.retain(|known| known.offer_id != offer.offer_id);
            offers.push(offer);
        });
    }

    fn take_event(&self, id: &str, event: &Event) {
        let case = self.case(id);
        if case.follow(event) == Followed::New {
            self.announce(&case, event);
        }
        if let Body::AgentJoined(joined) = &event.body {
            self.offers.update(|offers| offers.retain(|offer| offer.conversation_id.as_str() != id));
            if joined.agent_id == self.agent {
                self.waiting.update(|waiting| waiting.retain(|row| row.conversation_id.as_str() != id));
            }
        }
    }

    fn take_passing(&self, data: &str) {
        let Ok(told) = js_sys::JSON::parse(data) else { return };
        let (Some(id), Some(kind)) = (field::<String>(&told, "conversation_id"), field::<String>(&told, "type")) else { return };
        if let Some(passing) = Passing::read(&kind, &member(&told, "data")) {
            self.case(&id).pass(&passing);
        }
    }

    /// One announcement for a message of a shopper's.
    fn announce(&self, case: &Case, event: &Event) {
        let Body::MessagePosted(posted) = &event.body else { return };
        if event.author.kind != AuthorKind::Shopper {
            return;
        }
        let locale = self.locale();
        let name = case.facts().with_untracked(|facts| names::shopper(locale, facts.name.as_deref()));
        let text = shortened(&posted.text);
        let open = self.opened.get_untracked().as_deref() == Some(case.id());
        let key = if open { words::ANNOUNCE_MESSAGE_HERE } else { words::ANNOUNCE_MESSAGE_ELSEWHERE };
        self.live.say(&locale.tf(key, &[("name", &name), ("text", &text)]));
        if !open || document().hidden() {
            self.sound.message();
        }
    }

    /// `(3)` before the page's title: offers, and messages that were not read.
    fn count_in_the_title(&self) {
        let desk = self.clone();
        effect(move || {
            let offers = line::open(desk.offers.with(Clone::clone), desk.now.get()).len();
            let unread: u32 = desk.own().iter().map(|case| case.turn().unread).sum();
            let count = u32::try_from(offers).unwrap_or(u32::MAX).saturating_add(unread);
            let title = desk.locale().t(words::PAGE_TITLE);
            document().set_title(&if count > 0 { ["(", &desk.locale().number(count), ") ", &title].concat() } else { title });
        });
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(SAID).collect()
}
