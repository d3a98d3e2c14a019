//! Moves a state forward by one event. Never refuses: what is in the log has happened.

use warmline_protocol::event::{AuthorKind, LeftCause, OfferEnd, Summary};
use warmline_protocol::view::{AgentView, CaseView, PromiseView, QueueView, ResolvedView};
use warmline_protocol::{AgentId, Body, Event, Phase, Timestamp, View};

use crate::clock;
use crate::state::{Identified, OpenOffer, OpenPromise, OwedTurn, State};

/// Moves what readers see. It needs nothing that a shopper's stream leaves out, so that a shopper's copy stays true.
pub fn apply_to_view(view: &mut View, event: &Event) {
    let before = (view.phase, view.meanwhile, view.agent.as_ref().map(|agent| agent.agent_id.clone()));
    match &event.body {
        Body::MessagePosted(_) => match event.author.kind {
            AuthorKind::Shopper => {
                view.resolution_asked = false;
                if view.phase == Phase::WaitingOnShopper {
                    view.phase = Phase::WithPerson;
                }
            }
            AuthorKind::Agent => {
                view.phase = Phase::WithPerson;
                if let Some(agent) = &mut view.agent {
                    agent.answered_at.get_or_insert(event.at);
                }
            }
            AuthorKind::Assistant | AuthorKind::System => {}
        },
        Body::HandoffOffered(offered) => view.offer = Some(offered.reason.clone()),
        Body::HandoffOfferDeclined(_) => view.offer = None,
        Body::HandoffRequested(requested) => {
            view.phase = Phase::Queued;
            view.meanwhile = false;
            view.offer = None;
            view.resolution_asked = false;
            view.resolved = None;
            let first_asked_at = event.at;
            view.case.get_or_insert(CaseView { code: requested.case_code.clone(), first_asked_at, reopened_at: None });
        }
        Body::HandoffQueued(queued) => {
            view.phase = Phase::Queued;
            view.queue = Some(QueueView {
                position: queued.position,
                expected_wait_s: queued.expected_wait_s,
                next_staffed_at: queued.next_staffed_at,
            });
        }
        Body::HandoffPromised(promised) => {
            view.promise = Some(PromiseView {
                promise_id: promised.promise_id.clone(),
                kind: promised.kind,
                promise_by: promised.promise_by,
                broken: false,
                kept: false,
            });
        }
        Body::PromiseKept(kept) => {
            if let Some(promise) = view.promise.as_mut().filter(|promise| promise.promise_id == kept.promise_id) {
                promise.kept = true;
            }
        }
        Body::PromiseBroken(broken) => {
            if let Some(promise) = view.promise.as_mut().filter(|promise| promise.promise_id == broken.promise_id) {
                promise.broken = true;
                promise.promise_by = broken.next_promise_by;
            }
        }
        Body::HandoffCancelled(_) => {
            view.phase = Phase::Assisted;
            view.queue = None;
            view.promise = None;
        }
        Body::AssistantResumed(_) => view.meanwhile = true,
        Body::AgentJoined(joined) => {
            view.phase = Phase::WithPerson;
            view.meanwhile = false;
            view.queue = None;
            view.offer = None;
            view.agent =
                Some(AgentView { agent_id: joined.agent_id.clone(), name: joined.name.clone(), joined_at: event.at, answered_at: None });
        }
        Body::AgentLeft(_) => view.phase = Phase::Queued,
        Body::HandoffReturned(_) => {
            view.phase = Phase::Assisted;
            view.promise = None;
        }
        Body::SummaryWritten(written) => {
            view.summary = Some(Summary {
                problem: written.problem.clone(),
                wants: written.wants.clone(),
                tried: written.tried.clone(),
                lines: written.lines.clone(),
                order: written.order.clone(),
                quote: written.quote.clone(),
            });
        }
        Body::SummaryCorrected(corrected) => view.correction = Some(corrected.text.clone()),
        Body::ResolutionAsked(_) => view.resolution_asked = true,
        Body::ResolutionAnswered(_) => view.resolution_asked = false,
        Body::ConversationResolved(resolved) => {
            view.phase = Phase::Resolved;
            view.meanwhile = false;
            view.queue = None;
            view.offer = None;
            view.resolution_asked = false;
            view.rating = None;
            view.resolved = Some(ResolvedView { by: resolved.by, at: event.at, reason: resolved.reason.clone() });
        }
        Body::WaitingOnShopper(_) => view.phase = Phase::WaitingOnShopper,
        Body::ConversationLeftOpen(_) => view.phase = Phase::LeftOpen,
        Body::ConversationReopened(reopened) => {
            view.phase = reopened.to;
            view.resolved = None;
            if let Some(agent) = view.agent.as_mut().filter(|_| reopened.to.has_person()) {
                agent.joined_at = event.at;
                agent.answered_at = None;
            }
            if let Some(case) = &mut view.case {
                case.reopened_at = Some(event.at);
            }
        }
        Body::RatingGiven(rating) => view.rating = Some(rating.score),
        Body::ConversationStarted(_)
        | Body::ShopperIdentified(_)
        | Body::ContextChanged(_)
        | Body::AssistantDeclined(_)
        | Body::TurnEnded(_)
        | Body::NotePosted(_)
        | Body::OfferMade(_)
        | Body::OfferEnded(_)
        | Body::SignalNoted(_)
        | Body::CostRecorded(_)
        | Body::Unknown => {}
    }
    if before != (view.phase, view.meanwhile, view.agent.as_ref().map(|agent| agent.agent_id.clone())) {
        view.epoch += 1;
    }
}

impl State {
    /// Moves the whole state.
    pub fn apply(&mut self, event: &Event) {
        let left_from = self.view.phase;
        apply_to_view(&mut self.view, event);
        self.seq = event.seq;
        if event.body.shopper_sees() {
            self.shopper_seq = event.seq;
        }
        match &event.body {
            Body::ConversationStarted(started) => {
                self.locale.clone_from(&started.locale);
                self.page.clone_from(&started.page);
                self.active_at = event.at;
            }
            Body::ShopperIdentified(shopper) => {
                if shopper.vip {
                    self.priority = self.priority.max(1);
                }
                self.shopper = Some(Identified {
                    sub: shopper.sub.clone(),
                    name: shopper.name.clone(),
                    email: shopper.email.clone(),
                    vip: shopper.vip,
                });
            }
            Body::ContextChanged(changed) => {
                if let Some(locale) = &changed.locale {
                    self.locale.clone_from(locale);
                }
                if changed.page.is_some() {
                    self.page.clone_from(&changed.page);
                }
                for attribute in &changed.attributes {
                    self.attributes.retain(|known| known.name != attribute.name);
                    self.attributes.push(attribute.clone());
                }
            }
            Body::MessagePosted(posted) => {
                self.active_at = event.at;
                match event.author.kind {
                    AuthorKind::Shopper => {
                        self.shopper_spoke_last = true;
                        if self.assistant_may_speak() {
                            self.owed = Some(OwedTurn { seq: event.seq, since: event.at, another_way: false });
                        }
                    }
                    AuthorKind::Agent => {
                        self.agent_spoke = true;
                        self.shopper_spoke_last = false;
                        self.promise_broken = false;
                        if self.owner.is_none() {
                            self.owner.clone_from(&self.last_agent);
                        }
                        self.left_from = None;
                    }
                    AuthorKind::Assistant => self.turn_done(posted.answers),
                    AuthorKind::System => {}
                }
            }
            Body::TurnEnded(ended) => self.turn_done(Some(ended.answers)),
            Body::HandoffOffered(offered) => {
                if !self.offered.contains(&offered.reason) {
                    self.offered.push(offered.reason.clone());
                }
            }
            Body::HandoffOfferDeclined(declined) => {
                if !self.declined.contains(&declined.reason) {
                    self.declined.push(declined.reason.clone());
                }
            }
            Body::HandoffRequested(requested) => {
                self.owed = None;
                self.requested_seq = event.seq;
                self.request_reason.clone_from(&requested.reason);
                self.waiting_since.get_or_insert(event.at);
                self.summary_owed = Some(event.at);
                self.active_at = event.at;
                self.passed.clear();
                self.left_from = None;
                if left_from == Phase::LeftOpen {
                    self.priority = self.priority.max(1);
                }
            }
            Body::HandoffQueued(_) => self.owed = None,
            Body::HandoffPromised(promised) => self.promises.push(OpenPromise {
                id: promised.promise_id.clone(),
                kind: promised.kind,
                by: promised.promise_by,
                made_at: event.at,
            }),
            Body::PromiseKept(kept) => self.promises.retain(|promise| promise.id != kept.promise_id),
            Body::PromiseBroken(broken) => {
                self.promise_broken = true;
                self.priority = self.priority.max(2);
                for promise in self.promises.iter_mut().filter(|promise| promise.id == broken.promise_id) {
                    promise.by = broken.next_promise_by;
                }
            }
            Body::HandoffCancelled(_) => self.handoff_over(),
            Body::AssistantResumed(_) => self.active_at = event.at,
            Body::AgentJoined(joined) => {
                self.owed = None;
                self.owner = Some(joined.agent_id.clone());
                self.last_agent = Some(joined.agent_id.clone());
                self.joined_at = Some(event.at);
                self.joined_seq = event.seq;
                self.agent_spoke = false;
                self.offer = None;
                self.passed.clear();
                self.reserved_for = None;
                self.skill = None;
                self.waiting_since = None;
                self.active_at = event.at;
                self.left_from = None;
                if self.view.summary.is_none() {
                    self.summary_owed = Some(event.at);
                }
            }
            Body::AgentLeft(left) => {
                if let Some(agent) = self.owner.take()
                    && left.cause != LeftCause::Transfer
                {
                    self.pass(agent, event.at);
                }
                self.skill.clone_from(&left.to_skill);
                self.reserved_for = left.to_agent.clone().map(|agent| (agent, event.at.plus_seconds(clock::RESERVED_S)));
                // Who has had no answer yet waits since the ask, whoever came and left.
                self.waiting_since = self.promises.iter().map(|promise| promise.made_at).min().or(Some(event.at));
                self.priority = self.priority.max(1);
            }
            Body::HandoffReturned(_) => {
                self.owner = None;
                self.handoff_over();
            }
            Body::SummaryWritten(_) => self.summary_owed = None,
            Body::ResolutionAnswered(answered) => {
                self.active_at = event.at;
                if !answered.solved {
                    self.not_solved += 1;
                    if self.assistant_may_speak() {
                        self.owed = Some(OwedTurn { seq: event.seq, since: event.at, another_way: true });
                    }
                }
            }
            Body::ConversationResolved(_) => {
                self.owed = None;
                self.owner = None;
                self.not_solved = 0;
                self.offered.clear();
                self.declined.clear();
                self.summary_owed = None;
                self.left_from = None;
                self.handoff_over();
            }
            Body::ConversationLeftOpen(_) => {
                self.left_from = Some(left_from);
                self.owner = None;
                self.owed = None;
            }
            Body::ConversationReopened(reopened) => {
                self.active_at = event.at;
                self.left_from = None;
                if reopened.to.has_person() {
                    self.owner.clone_from(&self.last_agent);
                    self.joined_at = Some(event.at);
                    self.agent_spoke = false;
                }
                if reopened.to == Phase::Queued {
                    self.waiting_since = Some(event.at);
                    self.priority = self.priority.max(1);
                    self.reserve_for_last_agent(event.at);
                }
                if reopened.to == Phase::Assisted {
                    self.owed = Some(OwedTurn { seq: event.seq, since: event.at, another_way: self.not_solved > 0 });
                }
            }
            Body::OfferMade(made) => {
                self.offer = Some(OpenOffer { id: made.offer_id.clone(), agent: made.agent_id.clone(), expires_at: made.expires_at });
            }
            Body::OfferEnded(ended) => {
                self.offer = None;
                match ended.cause {
                    OfferEnd::Declined | OfferEnd::Expired => self.pass(ended.agent_id.clone(), event.at),
                    OfferEnd::Accepted | OfferEnd::Withdrawn => {}
                }
            }
            Body::SignalNoted(noted) => {
                if !self.signals.contains(&noted.signal) {
                    self.signals.push(noted.signal.clone());
                }
            }
            Body::WaitingOnShopper(_)
            | Body::AssistantDeclined(_)
            | Body::SummaryCorrected(_)
            | Body::ResolutionAsked(_)
            | Body::RatingGiven(_)
            | Body::NotePosted(_)
            | Body::CostRecorded(_)
            | Body::Unknown => {}
        }
    }

    /// The assistant answered what it owed; a message that came since is still owed.
    fn turn_done(&mut self, answers: Option<u64>) {
        let Some(answers) = answers else { return };
        self.answered = self.answered.max(answers);
        if self.owed.as_ref().is_some_and(|owed| owed.seq <= answers) {
            self.owed = None;
        }
    }

    /// An agent let it pass; only the last time counts.
    fn pass(&mut self, agent: AgentId, at: Timestamp) {
        self.passed.retain(|(who, _)| *who != agent);
        self.passed.push((agent, at));
    }

    /// Nobody is waited for any more: clocks stop, neither kept nor broken.
    fn handoff_over(&mut self) {
        self.promises.clear();
        self.promise_broken = false;
        self.waiting_since = None;
        self.offer = None;
        self.passed.clear();
        self.reserved_for = None;
        self.skill = None;
    }

    fn reserve_for_last_agent(&mut self, now: Timestamp) {
        self.reserved_for = self.last_agent.clone().map(|agent| (agent, now.plus_seconds(clock::RESERVED_S)));
    }
}
