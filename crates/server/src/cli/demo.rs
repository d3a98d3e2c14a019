//! `warmline demo`: the demo shop on loopback, with its own agents, orders and keys.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use warmline_store::sqlite::SqliteStore;

use super::start::{Start, log, loopback_origins, open};
use crate::app::App;
use crate::assets::Assets;
use crate::config::{MerchantConfig, OrdersConfig, Secret};
use crate::demo::{Demo, IDENTITY_SECRET, ORDERS_KEY, put_agents};
use crate::serve;

/// The demo.
#[derive(Debug, Args)]
pub struct DemoCommand {
    /// The port on 127.0.0.1.
    #[arg(long, default_value_t = 8787)]
    pub port: u16,
    /// The folder of the log.
    #[arg(long)]
    pub data: PathBuf,
    /// The built files of widget and console.
    #[arg(long)]
    pub assets: PathBuf,
    /// The checkout.
    #[arg(long, default_value = ".")]
    pub root: PathBuf,
    /// Articles in place of the demo's.
    #[arg(long)]
    pub articles: Option<PathBuf>,
    /// The order API of another shop.
    #[arg(long)]
    pub orders: Option<String>,
    /// Another origin whose pages may use the demo's key; may be given several times.
    #[arg(long = "origin", value_name = "URL")]
    pub origins: Vec<String>,
    /// Do not open a browser.
    #[arg(long)]
    pub no_browser: bool,
    /// Tell pages when the widget is built anew.
    #[arg(long)]
    pub dev: bool,
}

impl DemoCommand {
    /// Serves until it is told to stop.
    pub async fn run(self) -> anyhow::Result<()> {
        log();
        let listener = serve::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, self.port))).await?;
        let (app, store) = self.app(listener.local_addr()?).await?;
        let base = format!("http://{}", listener.local_addr()?);
        serve::serve(app, listener, move || ready(&base, self.no_browser)).await?;
        store.close().await;
        Ok(())
    }

    /// Puts the demo's server together, as it is served at an address.
    pub async fn app(&self, address: SocketAddr) -> anyhow::Result<(Arc<App>, SqliteStore)> {
        let mut merchant = MerchantConfig::read(&self.root.join("demo/merchant.toml"))?;
        merchant.origins = loopback_origins(address);
        merchant.origins.extend(self.origins.iter().cloned());
        merchant.identity_secrets = vec![Secret::new(IDENTITY_SECRET)];
        merchant.articles = Some(self.articles.clone().unwrap_or_else(|| self.root.join("demo/articles")));
        merchant.orders = Some(OrdersConfig {
            url: self.orders.clone().unwrap_or_else(|| format!("http://{address}/demo/orders-api")),
            key: Some(Secret::new(ORDERS_KEY)),
        });
        let demo = Demo::read(self.root.clone(), self.dev)?;
        let store = open(&self.data).await?;
        put_agents(&store, &self.root, &merchant.key).await?;
        let start = Start {
            data: self.data.clone(),
            merchants: vec![merchant],
            model: None,
            own_origins: loopback_origins(address),
            assets: Assets::Folder(self.assets.clone()),
            demo: Some(demo),
        };
        Ok((start.app(store.clone()).await?, store))
    }
}

#[allow(clippy::print_stdout, reason = "the ready line is the command's answer, on stdout by contract")]
fn ready(base: &str, no_browser: bool) {
    eprintln!("the shop: {base}/   the console: {base}/console (ada@demo.shop, demo-only-password)   end it with Ctrl-C");
    if !no_browser {
        // A machine without a desktop has no xdg-open: the address stands above.
        let _ = std::process::Command::new("xdg-open")
            .arg(base)
            .stdin(std::process::Stdio::null())
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn();
    }
    println!("ready: {base}");
}
