//! `cargo xtask demo`: from a fresh checkout to a shop that answers.

use crate::browser::{self, Finish};
use crate::checkout::Checkout;
use crate::run;
use crate::sizes::Sizes;
use crate::steps::Steps;
use anyhow::{Context, Result, bail};
use clap::Args;
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::process::CommandExt;
use std::path::{PathBuf, absolute};
use std::process::Command;

/// What `demo` and `dev` can be told.
#[derive(Args)]
pub(crate) struct Options {
    /// Serve on 127.0.0.1 at this port; 0 takes a free one
    #[arg(long, value_name = "PORT", default_value_t = 8787)]
    port: u16,
    /// Keep the conversations in this folder [default: demo/ in the target folder]
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Answer from the articles of this folder, in place of the demo shop's
    #[arg(long, value_name = "DIR")]
    articles: Option<PathBuf>,
    /// Ask this order API, in place of the demo shop's orders
    #[arg(long, value_name = "URL")]
    orders: Option<String>,
    /// Do not open the page in a browser
    #[arg(long)]
    no_browser: bool,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let checkout = Checkout::find()?;
    options.check()?;
    let mut steps = Steps::of(browser::STEPS + 1);
    browser::build(&checkout, Finish::Small, &mut steps)?;
    build_server(&checkout, &mut steps)?;
    eprintln!("{}", Sizes::measure(&checkout)?);
    // Minutes may have passed since the first look.
    options.check()?;
    // The server takes our place, so that a signal to this process is a signal to the server.
    let mut server = options.server(&checkout, Finish::Small)?;
    let trouble = server.exec();
    Err(trouble).with_context(|| format!("cannot start {}", server.get_program().to_string_lossy()))
}

/// The server as demo and tests run it.
pub(crate) fn build_server(checkout: &Checkout, steps: &mut Steps) -> Result<()> {
    steps.step("building the server", || run::quietly(checkout.cargo().args(["build", "-p", "warmline-server"])))
}

impl Options {
    /// Says what is wrong before the build rather than minutes later.
    pub(crate) fn check(&self) -> Result<()> {
        if let Some(articles) = self.articles.as_ref().filter(|folder| !folder.is_dir()) {
            bail!("There is no folder {}: --articles takes a folder of Markdown files.", articles.display());
        }
        if let Err(trouble) = TcpListener::bind((Ipv4Addr::LOCALHOST, self.port)) {
            let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|probe| probe.local_addr());
            let other = free.map_or_else(|_| "another one".to_owned(), |address| address.port().to_string());
            bail!(
                "Port {} of 127.0.0.1 cannot be used ({trouble}).\n\
                 Stop what holds it, perhaps an earlier demo, or take another one: --port {other}",
                self.port
            );
        }
        Ok(())
    }

    pub(crate) fn server(&self, checkout: &Checkout, finish: Finish) -> Result<Command> {
        let mut server = Command::new(checkout.target("debug/warmline"));
        server.arg("demo").args(["--port", &self.port.to_string()]);
        // Paths are meant from where the caller stands.
        let data = self.data.as_ref().map_or_else(|| Ok(checkout.target("demo")), absolute)?;
        server.arg("--data").arg(data);
        server.arg("--assets").arg(finish.folder(checkout));
        server.arg("--root").arg(checkout.root());
        if let Some(articles) = &self.articles {
            server.arg("--articles").arg(absolute(articles)?);
        }
        if let Some(orders) = &self.orders {
            server.args(["--orders", orders]);
        }
        if self.no_browser {
            server.arg("--no-browser");
        }
        Ok(server)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(port: u16) -> Options {
        Options { port, data: None, articles: None, orders: None, no_browser: true }
    }

    #[test]
    fn a_taken_port_is_said_with_the_flag_that_helps() {
        let holder = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = holder.local_addr().unwrap().port();
        let trouble = options(port).check().unwrap_err().to_string();
        assert!(trouble.contains(&format!("Port {port} ")) && trouble.contains("take another one: --port "), "{trouble}");
    }

    #[test]
    fn a_folder_that_is_not_there_is_said_before_the_build() {
        let options = Options { articles: Some("no/such/folder".into()), ..options(0) };
        assert!(options.check().unwrap_err().to_string().contains("no/such/folder"));
    }
}
