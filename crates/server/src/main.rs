//! The `warmline` program.

use clap::Parser as _;
use warmline_server::cli::Cli;

#[tokio::main]
async fn main() -> std::process::ExitCode {
    match Cli::parse().run().await {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            // The chain of causes, one sentence a line: what happened, and why.
            eprintln!("warmline: {error:#}");
            std::process::ExitCode::FAILURE
        }
    }
}
