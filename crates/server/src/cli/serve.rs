//! `warmline serve`: the production server.

use std::path::PathBuf;

use clap::Args;

use super::start::{Start, log, open};
use crate::assets::Assets;
use crate::config::Config;
use crate::serve;

/// The production server.
#[derive(Debug, Args)]
pub struct Serve {
    /// The settings.
    #[arg(long, default_value = "warmline.toml")]
    config: PathBuf,
    /// The built files of widget and console, when they are not inside the binary.
    #[cfg(not(feature = "embed-assets"))]
    #[arg(long)]
    assets: PathBuf,
}

impl Serve {
    /// Serves until it is told to stop.
    pub async fn run(self) -> anyhow::Result<()> {
        log();
        let config = Config::read(&self.config)?;
        let listener = serve::bind(config.listen).await?;
        let store = open(&config.data).await?;
        #[cfg(not(feature = "embed-assets"))]
        let assets = Assets::Folder(self.assets);
        #[cfg(feature = "embed-assets")]
        let assets = Assets::Embedded;
        let public = config.public_url.trim_end_matches('/').to_owned();
        let app = Start {
            data: config.data,
            merchants: config.merchants,
            model: config.model,
            own_origins: vec![public.clone()],
            assets,
            demo: None,
        }
        .app(store.clone())
        .await?;
        serve::serve(app, listener, move || tracing::info!(%public, "ready")).await?;
        store.close().await;
        Ok(())
    }
}
