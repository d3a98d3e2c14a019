//! What all of an agent's commands have in common: the conversation must be of a shop that the agent serves.

use axum::response::Response;
use warmline_conversation::command::AgentCommand;
use warmline_conversation::{Command, State};
use warmline_protocol::{Code, ConversationId};
use warmline_store::{Agent, Stored};

use crate::app::App;
use crate::conversations::{Key, Request, seq_answer};
use crate::problem::Answer;
use crate::shopper::command::answer;

impl App {
    /// A conversation of a shop that the agent serves.
    pub async fn conversation_for(&self, agent: &Agent, conversation: &ConversationId) -> Answer<Stored> {
        let stored = self.store.load(conversation).await?.ok_or(Code::NotFound)?;
        if agent.merchants.contains(&stored.merchant) { Ok(stored) } else { Err(Code::NotFound.into()) }
    }

    /// Takes an agent's command whose answer is its seq.
    pub async fn agent_command(&self, agent: &Agent, conversation: &ConversationId, key: Key, command: AgentCommand) -> Answer<Response> {
        self.conversation_for(agent, conversation).await?;
        let make = |_: &State| Command::Agent { agent: agent.id.clone(), name: agent.name.clone(), command: command.clone() };
        let request = Request { make: &make, key: Some(key), answer: &seq_answer, limited: false };
        self.execute(conversation, request).await.map(answer)
    }
}
