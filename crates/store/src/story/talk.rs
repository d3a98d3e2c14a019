//! A conversation to tell with: keeps the state as a server does, and appends.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use warmline_conversation::{NewEvent, State};
use warmline_protocol::event::{
    AgentJoined, AgentLeft, AssistantDeclined, AssistantResumed, Attribute, ClosedBy, ContextChanged, ConversationLeftOpen,
    ConversationReopened, ConversationResolved, ConversationStarted, CostRecorded, HandoffCancelled, HandoffOfferDeclined, HandoffOffered,
    HandoffPromised, HandoffQueued, HandoffRequested, HandoffReturned, LeftCause, Lines, MessagePosted, NotePosted, OfferEnd, OfferEnded,
    OfferMade, PromiseBroken, PromiseKept, PromiseKind, RatingGiven, ResolutionAnswered, ResolutionAsked, ShopperIdentified, SignalNoted,
    SummaryCorrected, SummaryWritten, TurnEnd, TurnEnded, WaitingOnShopper,
};
use warmline_protocol::message::OrderItem;
use warmline_protocol::{
    AgentId, Author, AuthorKind, Body, CaseCode, Citation, CitationKind, ClientId, ConversationId, MessageId, OfferId, OrderCard, Phase,
    PromiseId, Timestamp,
};

use crate::{Append, AppendError, Appended, Receipt, Store, TokenHash};

/// When the story begins.
pub(super) const NOON: Timestamp = Timestamp(1_795_521_600_000);

/// A number that no other run of the story has.
pub fn fresh() -> u128 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let nanos = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos());
    // Spread over all bits, so that what is made of the low ones differs, too.
    (nanos << 20 | u128::from(NEXT.fetch_add(1, Ordering::Relaxed))).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835)
}

/// A merchant's key that nobody else uses.
pub(super) fn merchant(name: &str) -> String {
    format!("pk_{name}_{:032x}", fresh())
}

/// A conversation with its state.
#[derive(Clone)]
pub struct Talk {
    /// Where it is stored.
    pub store: Arc<dyn Store>,
    /// Which it is.
    pub id: ConversationId,
    /// Whose.
    pub merchant: String,
    /// Its state, as the teller knows it.
    pub state: State,
    /// The moment of the next append.
    pub now: Timestamp,
}

impl Talk {
    /// A conversation of which nothing is stored yet.
    pub fn new(store: &Arc<dyn Store>, merchant: &str) -> Self {
        Talk {
            store: Arc::clone(store),
            id: ConversationId::from_random(fresh()),
            merchant: merchant.to_owned(),
            state: State::new(),
            now: NOON,
        }
    }

    /// One with its first event.
    pub async fn begun(store: &Arc<dyn Store>, merchant: &str) -> Self {
        let mut talk = Talk::new(store, merchant);
        talk.tell(AuthorKind::Shopper, ConversationStarted { locale: "en".into(), page: None }).await;
        talk
    }

    /// What would be appended, without what is owed, a receipt or a token.
    pub fn append_of(&self, author: AuthorKind, bodies: impl IntoIterator<Item = Body>) -> Append {
        let events: Vec<NewEvent> = bodies.into_iter().map(|body| NewEvent { author: Author::of(author), body }).collect();
        let (state, events) = self.state.advance(&events, self.now);
        Append {
            conversation: self.id.clone(),
            merchant: self.merchant.clone(),
            expected_seq: self.state.seq,
            events,
            state,
            owed: Vec::new(),
            receipt: None,
            token: None,
            now: self.now,
        }
    }

    /// Appends, and keeps the state when that went well.
    pub async fn try_append(&mut self, append: Append) -> Result<Appended, AppendError> {
        let state = append.state.clone();
        let appended = self.store.append(append).await?;
        self.state = state;
        Ok(appended)
    }

    /// Appends one event.
    pub async fn tell(&mut self, author: AuthorKind, body: impl Into<Body>) -> Appended {
        let append = self.append_of(author, [body.into()]);
        self.try_append(append).await.expect("nobody else appends here")
    }

    /// Appends a message.
    pub async fn say(&mut self, author: AuthorKind, text: &str) -> Appended {
        self.tell(author, message(text)).await
    }

    /// Asks for a person.
    pub async fn ask(&mut self) -> Appended {
        let case_code = self.state.view.case.as_ref().map_or_else(|| CaseCode::from_number(fresh()), |case| case.code.clone());
        self.tell(AuthorKind::Shopper, HandoffRequested { reason: "tap".into(), case_code }).await
    }

    /// An agent joins.
    pub async fn join(&mut self, agent: &AgentId) -> Appended {
        self.tell(AuthorKind::Agent, AgentJoined { agent_id: agent.clone(), name: "Maya".into() }).await
    }

    /// Time goes by.
    pub fn later(&mut self, seconds: i64) {
        self.now = self.now.plus_seconds(seconds);
    }
}

/// A receipt of a command.
pub(super) fn receipt(client_id: &ClientId, what: u8) -> Receipt {
    Receipt { client_id: client_id.clone(), fingerprint: [what; 32], answer: format!("{{\"seq\":{what}}}") }
}

/// A client's id.
pub(super) fn client_id() -> ClientId {
    ClientId::from_random(fresh())
}

/// The hash of a token.
pub(super) fn token() -> TokenHash {
    let mut token = [1; 32];
    token[..16].copy_from_slice(&fresh().to_le_bytes());
    token
}

/// A message of nothing but its text.
pub fn message(text: &str) -> Body {
    posted(text).into()
}

fn posted(text: &str) -> MessagePosted {
    MessagePosted {
        message_id: MessageId::from_random(fresh()),
        text: text.to_owned(),
        client_id: None,
        partial: None,
        via: None,
        answers: None,
        order: None,
        citations: Vec::new(),
        quick_replies: Vec::new(),
        blocks: Vec::new(),
    }
}

/// A message with all that a message can have.
fn full_message() -> Body {
    let citation = Citation {
        kind: CitationKind::Article,
        id: "returns".into(),
        title: "Returns".into(),
        quote: "You have \"30 days\".\n".into(),
        url: Some("https://shop.example/returns".into()),
    };
    let order = OrderCard {
        number: "JL-1042".into(),
        state: "shipped".into(),
        state_text: "On its way".into(),
        placed_at: Some(NOON),
        expected_at: None,
        total: Some("£ 49.00".into()),
        carrier: None,
        tracking_url: None,
        items: vec![OrderItem { name: "Mug, grün 🌿".into(), quantity: 2, price: None }],
    };
    let whole = MessagePosted {
        client_id: Some(client_id()),
        partial: Some(true),
        via: Some("email".into()),
        answers: Some(2),
        order: Some(order),
        citations: vec![citation],
        quick_replies: vec!["Where is it?".into()],
        ..posted("It is on its way \u{202b}مرحبا\u{202c} 返品")
    };
    whole.into()
}

/// One event of each type, in the order of `Body::TYPES`.
pub fn every_body(agent: &AgentId) -> Vec<Body> {
    let agent_id = agent.clone();
    let promise_id = PromiseId::from_random(fresh());
    let offer_id = OfferId::from_random(fresh());
    vec![
        ConversationStarted { locale: "de-AT".into(), page: Some("https://shop.example/mugs?x=1".into()) }.into(),
        ShopperIdentified { sub: "s-1".into(), vip: true, name: Some("Zoë".into()), email: Some("zoe@mail.example".into()) }.into(),
        ContextChanged { locale: Some("es".into()), page: None, attributes: vec![Attribute { name: "plan".into(), value: "plus".into() }] }
            .into(),
        full_message(),
        AssistantDeclined { reason: "no_source".into() }.into(),
        TurnEnded { cause: TurnEnd::Stopped, answers: 4 }.into(),
        HandoffOffered { reason: "upset".into() }.into(),
        HandoffOfferDeclined { reason: "upset".into() }.into(),
        HandoffRequested { reason: "The mug is broken".into(), case_code: CaseCode::from_number(fresh()) }.into(),
        HandoffQueued { position: 2, expected_wait_s: Some(180), next_staffed_at: Some(NOON) }.into(),
        HandoffPromised { promise_id: promise_id.clone(), kind: PromiseKind::Live, promise_by: NOON }.into(),
        PromiseKept { promise_id: promise_id.clone() }.into(),
        PromiseBroken { promise_id, next_promise_by: NOON }.into(),
        HandoffCancelled {}.into(),
        AssistantResumed {}.into(),
        AgentJoined { agent_id: agent_id.clone(), name: "Maya".into() }.into(),
        AgentLeft { cause: LeftCause::Transfer, to_agent: Some(agent_id.clone()), to_skill: Some("returns".into()) }.into(),
        HandoffReturned { reason: "All clear".into() }.into(),
        SummaryWritten {
            problem: "A broken mug".into(),
            wants: "A new one".into(),
            tried: vec!["Glue".into()],
            lines: Lines(vec![("problem".into(), vec![4, 9])]),
            order: Some("JL-1042".into()),
            quote: Some("so sad".into()),
        }
        .into(),
        SummaryCorrected { text: "Two mugs".into() }.into(),
        ResolutionAsked {}.into(),
        ResolutionAnswered { solved: false }.into(),
        ConversationResolved { by: ClosedBy::Agent, reason: Some("Sent a new one".into()) }.into(),
        WaitingOnShopper {}.into(),
        ConversationLeftOpen {}.into(),
        ConversationReopened { to: Phase::Queued }.into(),
        RatingGiven { score: 4, comment: Some("Kind".into()) }.into(),
        NotePosted { text: "A regular".into() }.into(),
        OfferMade { offer_id: offer_id.clone(), agent_id: agent_id.clone(), expires_at: NOON }.into(),
        OfferEnded { offer_id, agent_id, cause: OfferEnd::Declined }.into(),
        SignalNoted { signal: "upset".into() }.into(),
        CostRecorded { tokens_in: 900, tokens_out: 80, micros: 1_200 }.into(),
    ]
}
