//! Offers waiting conversations to those who can take them, and tells everybody in line their place.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use warmline_conversation::queue::{OnShift, Waiting, route};
use warmline_conversation::{Command, State};
use warmline_protocol::passing::QueuePosition;
use warmline_protocol::{AgentId, Code, ConversationId, Passing};

use crate::app::{App, Merchant, now};
use crate::conversations::{Request, seq_answer};
use crate::outlook::load_of;
use crate::problem::Answer;

/// Looked at in one round.
const LINE: u32 = 500;

/// Looks when something changed, and once a second.
pub async fn run(app: Arc<App>) {
    let mut told = HashMap::new();
    loop {
        tokio::select! {
            () = app.wakes.route.notified() => {}
            () = tokio::time::sleep(Duration::from_secs(1)) => {}
            () = app.closing.cancelled() => return,
        }
        for merchant in app.merchants.values() {
            if let Err(refusal) = round(&app, merchant, told.entry(merchant.config.key.clone()).or_default()).await {
                tracing::warn!(code = refusal.code().word(), "a round of routing failed");
            }
        }
    }
}

async fn round(app: &App, merchant: &Merchant, told: &mut Vec<ConversationId>) -> Answer<()> {
    let key = &merchant.config.key;
    let waiting = app.store.waiting(key, LINE).await?;
    let line: Vec<ConversationId> = waiting.iter().map(|(case, _)| case.conversation.clone()).collect();
    let unoffered: Vec<Waiting> = waiting.into_iter().filter(|(_, offered)| !offered).map(|(case, _)| case).collect();
    if !unoffered.is_empty() {
        offer(app, key, unoffered).await?;
    }
    if line != *told {
        tell_places(app, merchant, &line, told).await?;
        app.bus.queue(key, app.queue(key).await?);
        metrics::gauge!("warmline_waiting").set(line.len() as f64);
        *told = line;
    }
    Ok(())
}

async fn offer(app: &App, key: &str, waiting: Vec<Waiting>) -> Answer<()> {
    let loads = app.store.loads().await?;
    let on_shift = app
        .store
        .agents(key)
        .await?
        .into_iter()
        .filter(|agent| agent.online)
        .map(|agent| OnShift {
            free: agent.capacity.saturating_sub(load_of(&loads, &agent.id)),
            agent: agent.id,
            languages: agent.languages,
            skills: agent.skills,
            idle_since: agent.last_given_at,
        })
        .collect();
    for (conversation, agent) in route(waiting, on_shift, now()) {
        offer_one(app, &conversation, agent).await?;
    }
    Ok(())
}

async fn offer_one(app: &App, conversation: &ConversationId, agent: AgentId) -> Answer<()> {
    let make = |_: &State| Command::OfferTo(agent.clone());
    match app.execute(conversation, Request { make: &make, key: None, answer: &seq_answer, limited: false }).await {
        Ok(_) => Ok(app.store.given(&agent, now()).await?),
        // Taken, cancelled or offered meanwhile.
        Err(refusal) if refusal.code() == Code::NotNow => Ok(()),
        Err(refusal) => Err(refusal),
    }
}

/// Whoever moved in line is told; who is in the same place as before is not.
async fn tell_places(app: &App, merchant: &Merchant, line: &[ConversationId], told: &[ConversationId]) -> Answer<()> {
    let Some(first) = line.first() else { return Ok(()) };
    let outlook = app.outlook(merchant, first, now()).await?;
    for (place, conversation) in line.iter().enumerate() {
        if told.get(place) == Some(conversation) {
            continue;
        }
        let ahead = u32::try_from(place).unwrap_or(u32::MAX);
        let estimate = warmline_conversation::wait::Outlook { ahead, ..outlook.clone() }.estimate(now());
        let position = QueuePosition { position: estimate.position, expected_wait_s: estimate.expected_wait_s };
        app.bus.passing(conversation, None, Passing::QueuePosition(position));
    }
    Ok(())
}
