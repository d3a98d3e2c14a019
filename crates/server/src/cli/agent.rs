//! `warmline agent`: adds an agent, or changes one. The password comes from standard input, never from the command line.

use std::io::BufRead as _;
use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;
use warmline_protocol::{AgentId, Timestamp};
use warmline_store::{Agent, AgentStore as _, Role};

use super::start::open;
use crate::app::now;
use crate::auth::password;

/// Adds an agent, or changes one.
#[derive(Debug, Args)]
pub struct AgentCommand {
    /// The folder of the log.
    #[arg(long)]
    data: PathBuf,
    /// The address that they log in with.
    #[arg(long)]
    email: String,
    /// The name that shoppers see.
    #[arg(long)]
    name: String,
    /// A merchant's key; repeat it for more.
    #[arg(long = "key", required = true)]
    keys: Vec<String>,
    /// A language, as `en`; repeat it for more.
    #[arg(long = "language", default_value = "en")]
    languages: Vec<String>,
    /// A skill; repeat it for more.
    #[arg(long = "skill")]
    skills: Vec<String>,
    /// Conversations at once.
    #[arg(long, default_value_t = 3)]
    capacity: u32,
    /// Sees and moves everything.
    #[arg(long)]
    supervisor: bool,
}

impl AgentCommand {
    /// Reads the password and stores the agent.
    #[allow(clippy::print_stdout, reason = "the result of the command")]
    pub async fn run(self) -> anyhow::Result<()> {
        eprintln!("password (12 characters or more), then Enter:");
        let mut given = String::new();
        std::io::stdin().lock().read_line(&mut given).context("the password can't be read")?;
        let given = given.trim_end_matches(['\n', '\r']).to_owned();
        anyhow::ensure!(given.chars().count() >= 12, "the password is shorter than 12 characters");
        let store = open(&self.data).await?;
        let id = store
            .put_agent(Agent {
                id: AgentId::from_random(rand::random()),
                email: self.email.trim().to_lowercase(),
                name: self.name,
                role: if self.supervisor { Role::Supervisor } else { Role::Agent },
                password_hash: password::hash(&given)?,
                merchants: self.keys,
                languages: self.languages,
                skills: self.skills,
                capacity: self.capacity.clamp(1, 50),
                online: false,
                shift_since: now(),
                last_given_at: Timestamp(0),
            })
            .await?;
        // Whoever knew the old password is out.
        store.end_sessions(&id).await?;
        store.close().await;
        println!("{} can log in at /console", self.email);
        Ok(())
    }
}
