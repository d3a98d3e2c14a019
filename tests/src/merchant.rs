//! A merchant's own site: pages of another origin than the server's, each with the headers that it wants.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use crate::browser::Look;
use crate::page::Page;
use crate::plan::Plan;
use crate::shop::Shop;

/// A site with pages. When it is dropped, it answers no more.
#[derive(Debug)]
pub struct Merchant {
    origin: String,
    server: String,
    pages: Arc<Mutex<HashMap<String, Site>>>,
    serving: JoinHandle<()>,
}

/// A page of a site.
#[derive(Debug, Clone, Default)]
pub struct Site {
    root: String,
    head: String,
    body: String,
    attributes: String,
    headers: Vec<(String, String)>,
    bare: bool,
}

impl Site {
    /// With the script tag at the end of its body, as merchants paste it.
    pub fn new() -> Self {
        Site { root: "lang=en".into(), ..Site::default() }
    }

    /// Attributes of `<html>`, in place of the language English.
    pub fn root(mut self, attributes: &str) -> Self {
        attributes.clone_into(&mut self.root);
        self
    }

    /// More in its head; `SERVER` in it stands for the server's origin, as in the body and in headers.
    pub fn head(mut self, html: &str) -> Self {
        self.head.push_str(html);
        self
    }

    /// More in its body, before the tag.
    pub fn body(mut self, html: &str) -> Self {
        self.body.push_str(html);
        self
    }

    /// Attributes of the tag: `data-preload=none`, `nonce=…`.
    pub fn tag(mut self, attributes: &str) -> Self {
        self.attributes = format!("{} {attributes}", self.attributes);
        self
    }

    /// Without the tag.
    pub fn bare(mut self) -> Self {
        self.bare = true;
        self
    }

    /// With a header; `SERVER` in it stands for the server's origin.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// With a Content-Security-Policy; `SERVER` in it stands for the server's origin.
    pub fn policy(self, policy: &str) -> Self {
        self.header("content-security-policy", policy)
    }

    fn write(&self, server: &str) -> String {
        let tag = format!("<script async src={server}/widget.js data-key=pk_demo{}></script>", self.attributes);
        let html = format!(
            "<!doctype html><html {}><head><meta charset=utf-8><meta name=viewport content='width=device-width'><title>Elsewhere</title>{}</head>\
             <body><main><h1>Elsewhere</h1>{}</main>{}</body></html>",
            self.root,
            self.head,
            self.body,
            if self.bare { "" } else { &tag },
        )
        .replace("SERVER", server);
        let headers: String = self.headers.iter().map(|(name, value)| format!("{name}: {}\r\n", value.replace("SERVER", server))).collect();
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: text/html; charset=utf-8\r\nconnection: close\r\ncontent-length: {}\r\n{headers}\r\n",
            html.len()
        );
        [head, html].concat()
    }
}

impl Merchant {
    /// A shop whose key this site may use, and the site.
    pub async fn beside(plan: Plan) -> (Shop, Merchant) {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        // By another name than the server's: another site for the browser, not only another origin.
        let origin = format!("http://localhost:{}", listener.local_addr().expect("an address").port());
        let shop = plan.origin(&origin).start().await;
        let pages: Arc<Mutex<HashMap<String, Site>>> = Arc::default();
        let (shelf, server) = (Arc::clone(&pages), shop.base().to_owned());
        let serving = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(answer(stream, Arc::clone(&shelf), server.clone()));
            }
        });
        let merchant = Merchant { origin, server: shop.base().to_owned(), pages, serving };
        (shop, merchant)
    }

    /// Puts a page at a path.
    pub fn put(&self, path: &str, site: Site) {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner).insert(path.into(), site);
    }

    /// Its origin.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The server's origin.
    pub fn server(&self) -> &str {
        &self.server
    }

    /// A browser on a desk, whose paths are this site's.
    pub async fn browse(&self) -> Page {
        Page::open(&self.origin, Look::desk()).await
    }

    /// A browser that looks like this.
    pub async fn browse_as(&self, look: Look) -> Page {
        Page::open(&self.origin, look).await
    }
}

impl Drop for Merchant {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn answer(stream: TcpStream, pages: Arc<Mutex<HashMap<String, Site>>>, server: String) {
    let mut stream = BufReader::new(stream);
    let mut asked = String::new();
    let mut line = String::new();
    while stream.read_line(&mut line).await.is_ok_and(|read| read > 0) && line != "\r\n" {
        if asked.is_empty() {
            line.split(' ').nth(1).unwrap_or_default().clone_into(&mut asked);
        }
        line.clear();
    }
    let path = asked.split('?').next().unwrap_or_default();
    let site = pages.lock().unwrap_or_else(PoisonError::into_inner).get(path).cloned();
    let written = site
        .map_or_else(|| "HTTP/1.1 204 No Content\r\nconnection: close\r\ncontent-length: 0\r\n\r\n".to_owned(), |site| site.write(&server));
    let _ = stream.write_all(written.as_bytes()).await;
    let _ = stream.shutdown().await;
}
