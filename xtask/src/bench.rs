//! `cargo xtask bench`: figures, never pass or fail.

mod http;
mod server;

use crate::browser::{self, Finish};
use crate::checkout::Checkout;
use crate::pack::write_whole;
use crate::sizes::Sizes;
use crate::steps::Steps;
use anyhow::Result;
use clap::{Args, Subcommand};
use std::fs;

/// What `bench` can be told.
#[derive(Args)]
pub(crate) struct Options {
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Subcommand)]
enum What {
    /// The bytes that a shopper downloads
    Widget,
    /// The server's times, and the memory of a stream
    Server,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let checkout = Checkout::find()?;
    match options.what {
        Some(What::Widget) => widget(&checkout),
        Some(What::Server) => server::run(&checkout),
        None => {
            widget(&checkout)?;
            server::run(&checkout)
        }
    }
}

fn widget(checkout: &Checkout) -> Result<()> {
    browser::build(checkout, Finish::Small, &mut Steps::of(browser::STEPS))?;
    let sizes = Sizes::measure(checkout)?;
    println!("{sizes}");
    let file = checkout.target("bench/widget.json");
    fs::create_dir_all(checkout.target("bench"))?;
    write_whole(&file, &serde_json::to_vec_pretty(&sizes.to_json())?)
}
