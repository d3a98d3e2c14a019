//! What an agent does, beside writing.

use warmline_protocol::Code;
use warmline_protocol::agent::Offer;
use warmline_ui::dom::window;
use warmline_ui::net::Failure;
use wasm_bindgen_futures::spawn_local;

use crate::api::why;
use crate::ask::Ask;
use crate::case::Case;
use crate::desk::Desk;
use crate::line;

/// What becomes of open conversations when a shift ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Open {
    /// They stay one's own.
    Keep,
    /// They go to the front of the line.
    HandOn,
}

impl Open {
    const fn word(self) -> &'static str {
        match self {
            Open::Keep => "keep",
            Open::HandOn => "hand_on",
        }
    }
}

impl Desk {
    /// The offer that ends first.
    pub(crate) fn first_offer(&self) -> Option<Offer> {
        line::open(self.offers.with_untracked(Clone::clone), self.api.now()).into_iter().next()
    }

    /// Accepts an offer, and opens its conversation.
    pub(crate) fn accept(&self, offer: Offer) {
        let desk = self.clone();
        self.forget(&offer);
        spawn_local(async move {
            let path = ["/v1/agent/offers/", offer.offer_id.as_str(), "/accept"].concat();
            match desk.api.write(&path, |body| body).await {
                Ok(_) => {
                    desk.trouble.set(None);
                    desk.case(offer.conversation_id.as_str()).load();
                    desk.open(offer.conversation_id.as_str());
                }
                Err(failure) => desk.tell(&failure),
            }
        });
    }

    /// Lets an offer pass.
    pub(crate) fn let_pass(&self, offer: Offer) {
        let desk = self.clone();
        self.forget(&offer);
        spawn_local(async move {
            let path = ["/v1/agent/offers/", offer.offer_id.as_str(), "/decline"].concat();
            if let Err(failure) = desk.api.write(&path, |body| body).await {
                desk.tell(&failure);
            }
        });
    }

    fn forget(&self, offer: &Offer) {
        self.offers.update(|offers| offers.retain(|known| known.offer_id != offer.offer_id));
    }

    /// Takes a conversation unasked.
    pub(crate) fn take(&self, case: &Case) {
        let (desk, case) = (self.clone(), case.clone());
        spawn_local(async move {
            match desk.api.write(&case.path("/take"), |body| body).await {
                Ok(_) => {
                    desk.trouble.set(None);
                    desk.search.refresh(&desk.api);
                }
                Err(failure) => desk.tell(&failure),
            }
            case.load();
        });
    }

    /// Goes on or off shift. Leaving with open conversations asks what becomes of them.
    pub(crate) fn shift(&self, online: bool, capacity: Option<u32>) {
        let desk = self.clone();
        spawn_local(async move {
            match desk.switch(online, capacity, None).await {
                Ok(()) => desk.trouble.set(None),
                Err(failure) if failure.code() == Code::OpenConversations.word() => desk.ask.set(Some(Ask::Leave { log_out: false })),
                Err(failure) => desk.tell(&failure),
            }
        });
    }

    /// The switch itself.
    pub(crate) async fn switch(&self, online: bool, capacity: Option<u32>, open: Option<Open>) -> Result<(), Failure> {
        let me = self.api.me_now().ok_or(Failure::Network)?;
        let capacity = capacity.unwrap_or(me.capacity);
        let body = |body: warmline_ui::net::Body| {
            body.set("online", online).set("capacity", capacity).maybe("open", open.map(Open::word))
        };
        self.api.write("/v1/agent/shift", body).await?;
        self.api.on_shift(online, capacity);
        Ok(())
    }

    /// Logs out. Who is here is asked what becomes of their conversations, and is not here any more.
    pub(crate) fn log_out(&self) {
        let desk = self.clone();
        spawn_local(async move {
            let here = desk.api.me_now().is_some_and(|me| me.online);
            let left = if here { desk.switch(false, None, None).await } else { Ok(()) };
            match left {
                Ok(()) => desk.end_session().await,
                Err(failure) if failure.code() == Code::OpenConversations.word() => desk.ask.set(Some(Ask::Leave { log_out: true })),
                Err(failure) => desk.tell(&failure),
            }
        });
    }

    /// Ends the session, and with the page all that it showed.
    pub(crate) async fn end_session(&self) {
        match self.api.log_out().await {
            Ok(()) => {
                let _ = window().location().set_hash("");
                let _ = window().location().reload();
            }
            Err(failure) => self.tell(&failure),
        }
    }

    /// Says what failed.
    pub(crate) fn tell(&self, failure: &Failure) {
        self.trouble.set(Some(why(self.locale(), failure)));
    }
}
