//! The program's commands, a file each.

pub mod agent;
pub mod check_config;
pub mod demo;
pub mod erase;
pub mod eval;
pub mod export;
pub mod serve;
pub mod start;

use clap::{Parser, Subcommand};

/// Warmline: support chat for online shops, where a person is one tap away.
#[derive(Debug, Parser)]
#[command(name = "warmline", version)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// The production server.
    Serve(serve::Serve),
    /// Reads the settings and says what is wrong with them.
    CheckConfig(check_config::CheckConfig),
    /// Adds an agent, or changes one.
    Agent(agent::AgentCommand),
    /// Writes the whole log as JSON Lines.
    Export(export::Export),
    /// Erases what was said in a conversation; the numbers stay.
    Erase(erase::Erase),
    /// Scores the assistant (what `cargo xtask eval` calls).
    Eval(eval::Eval),
    /// The demo shop (what `cargo xtask demo` calls).
    #[command(hide = true)]
    Demo(demo::DemoCommand),
}

impl Cli {
    /// Runs the command.
    pub async fn run(self) -> anyhow::Result<()> {
        match self.command {
            Command::Serve(serve) => serve.run().await,
            Command::CheckConfig(check) => check.run(),
            Command::Agent(agent) => agent.run().await,
            Command::Export(export) => export.run().await,
            Command::Erase(erase) => erase.run().await,
            // It waits for the assistant on a runtime of its own.
            Command::Eval(eval) => tokio::task::spawn_blocking(|| eval.run()).await?,
            Command::Demo(demo) => demo.run().await,
        }
    }
}
