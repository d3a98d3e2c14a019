//! `warmline check-config`: says what is wrong before anybody waits.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;

use crate::config::Config;
use crate::hours::OpeningHours;

/// Reads the settings and says what is wrong with them.
#[derive(Debug, Args)]
pub struct CheckConfig {
    /// The settings.
    #[arg(long, default_value = "warmline.toml")]
    config: PathBuf,
}

impl CheckConfig {
    /// Checks.
    #[allow(clippy::print_stdout, reason = "the result of the command")]
    pub fn run(self) -> anyhow::Result<()> {
        let config = Config::read(&self.config)?;
        for merchant in &config.merchants {
            OpeningHours::read(&merchant.hours).with_context(|| format!("merchant {}", merchant.key))?;
            anyhow::ensure!(
                !merchant.origins.is_empty(),
                "merchant {}: add the origins of its pages, `origins = [\"https://shop.example\"]`",
                merchant.key
            );
            for origin in &merchant.origins {
                let plain =
                    origin.starts_with("https://") || origin.starts_with("http://127.0.0.1") || origin.starts_with("http://localhost");
                anyhow::ensure!(
                    plain && !origin.ends_with('/'),
                    "merchant {}: {origin:?} is no origin: write https://shop.example, without a path",
                    merchant.key
                );
            }
            for secret in &merchant.identity_secrets {
                anyhow::ensure!(secret.reveal().len() >= 32, "merchant {}: an identity secret is shorter than 32 characters", merchant.key);
            }
            if let Some(articles) = &merchant.articles {
                anyhow::ensure!(articles.exists(), "merchant {}: there are no articles at {}", merchant.key, articles.display());
            }
        }
        println!(
            "{} is in order: {} merchant(s). Next: warmline serve --config {}",
            self.config.display(),
            config.merchants.len(),
            self.config.display()
        );
        Ok(())
    }
}
