//! An agent whose console has been gone for a minute: off shift, and open conversations go back to the front.

use std::sync::Arc;
use std::time::Duration;

use warmline_conversation::{Command, State, clock};
use warmline_protocol::{Code, Phase};
use warmline_store::{Agent, Filter};

use crate::app::{App, now};
use crate::conversations::{Request, seq_answer};
use crate::outlook::load_of;
use crate::problem::Answer;

/// Looks every few seconds.
pub async fn run(app: Arc<App>) {
    loop {
        tokio::select! {
            () = tokio::time::sleep(Duration::from_secs(3)) => {}
            () = app.closing.cancelled() => return,
        }
        if let Err(refusal) = look(&app).await {
            tracing::warn!(code = refusal.code().word(), "agents who are gone cannot be looked for");
        }
    }
}

async fn look(app: &App) -> Answer<()> {
    let loads = app.store.loads().await?;
    for key in app.merchants.keys() {
        for agent in app.store.agents(key).await? {
            let gone = app.presence.gone_since(&agent.id).is_some_and(|since| now().seconds_since(since) >= clock::GONE_S);
            // Off shift, too, nobody is left with a person who is gone: they kept a chat, or its shopper came back to it.
            if gone && (agent.online || load_of(&loads, &agent.id) > 0) {
                leave(app, &agent).await?;
            }
        }
    }
    Ok(())
}

async fn leave(app: &App, agent: &Agent) -> Answer<()> {
    if agent.online {
        app.store.set_shift(&agent.id, false, None, now()).await?;
    }
    let own = Filter { merchants: agent.merchants.clone(), owner: Some(agent.id.clone()), limit: 200, ..Filter::default() };
    for row in app.store.list(own).await? {
        if row.state.view.phase != Phase::WithPerson {
            continue;
        }
        let make = |_: &State| Command::OwnerGone;
        let request = Request { make: &make, key: None, answer: &seq_answer, limited: false };
        match app.execute(&row.conversation, request).await {
            Ok(_) => {}
            Err(refusal) if refusal.code() == Code::NotNow => {}
            Err(refusal) => return Err(refusal),
        }
    }
    app.wakes.route.notify_one();
    Ok(())
}
