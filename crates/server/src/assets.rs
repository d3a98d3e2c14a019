//! The widget's and the console's files: hashed names that never change, and short lists that are never cached.

use std::path::PathBuf;
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use warmline_protocol::Code;

use crate::app::App;
use crate::problem::{Answer, Refusal};

/// Where the files are.
#[derive(Debug, Clone)]
pub enum Assets {
    /// In a folder: the demo, the tests, a designer's desk.
    Folder(PathBuf),
    /// In the binary.
    #[cfg(feature = "embed-assets")]
    Embedded,
}

#[cfg(feature = "embed-assets")]
#[derive(rust_embed::RustEmbed)]
#[folder = "$WARMLINE_ASSETS_DIR"]
struct Inside;

impl Assets {
    /// A file's bytes.
    pub async fn read(&self, name: &str) -> Option<Bytes> {
        // A name is a name, never a path.
        let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte)) && !name.starts_with('.');
        if !plain {
            return None;
        }
        match self {
            Assets::Folder(folder) => tokio::fs::read(folder.join(name)).await.ok().map(Bytes::from),
            #[cfg(feature = "embed-assets")]
            Assets::Embedded => Inside::get(name).map(|file| Bytes::from(file.data.into_owned())),
        }
    }
}

/// A file of the widget or the console.
pub async fn file(State(app): State<Arc<App>>, Path(name): Path<String>, headers: HeaderMap) -> Answer<Response> {
    app.asset(&name, &headers).await
}

/// The loader: the file that a merchant's script tag names.
pub async fn loader(State(app): State<Arc<App>>, headers: HeaderMap) -> Answer<Response> {
    app.asset("widget.js", &headers).await
}

impl App {
    /// A file as an answer, brotli where the reader takes it. Any page may load it: it is public, and pages of shops do.
    pub async fn asset(&self, name: &str, headers: &HeaderMap) -> Answer<Response> {
        let takes_brotli = headers
            .get(header::ACCEPT_ENCODING)
            .and_then(|encodings| encodings.to_str().ok())
            .is_some_and(|encodings| encodings.split(',').any(|encoding| encoding.trim().split(';').next() == Some("br")));
        let packed = if takes_brotli { self.assets.read(&format!("{name}.br")).await } else { None };
        let (body, encoding) = match packed {
            Some(packed) => (packed, Some(HeaderValue::from_static("br"))),
            None => (self.assets.read(name).await.ok_or(Code::NotFound)?, None),
        };
        let mut response = (StatusCode::OK, body).into_response();
        let answered = response.headers_mut();
        answered.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind(name)));
        answered.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching(name)));
        answered.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        answered.insert("cross-origin-resource-policy", HeaderValue::from_static("cross-origin"));
        answered.insert("x-content-type-options", HeaderValue::from_static("nosniff"));
        answered.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        if let Some(encoding) = encoding {
            answered.insert(header::CONTENT_ENCODING, encoding);
        }
        Ok(response)
    }
}

fn kind(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("html") => "text/html; charset=utf-8",
        Some(_) | None => "application/octet-stream",
    }
}

/// Hashed names last for ever; the lists of them are asked for each time; the loader is asked for again after five minutes.
fn caching(name: &str) -> &'static str {
    match name {
        "widget.js" => "public, max-age=300",
        "manifest.json" | "console-manifest.json" => "no-store",
        _ => "public, max-age=31536000, immutable",
    }
}

/// Headers of our own pages: nothing from elsewhere runs or loads, and nobody frames them.
pub fn page(html: impl Into<String>) -> Response {
    let csp = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
               font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_SECURITY_POLICY, csp),
        (header::REFERRER_POLICY, "strict-origin-when-cross-origin"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, html.into()).into_response()
}

/// The console's page.
pub async fn console(State(app): State<Arc<App>>) -> Response {
    page(
        app.watched(
            "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, \
         initial-scale=1\"><title>Warmline console</title><link rel=\"icon\" href=\"data:,\"><link rel=\"stylesheet\" \
         href=\"/console/style.css\"><script type=\"module\" src=\"/console/boot.js\"></script></head><body><div id=\"console\"></div>\
         <noscript>The console needs JavaScript.</noscript></body></html>"
                .to_owned(),
        ),
    )
}

/// The console's start: imports the files that the list names.
pub async fn console_boot(State(app): State<Arc<App>>) -> Answer<Response> {
    let names = app.console_names().await?;
    let script = format!("import init from \"/assets/{}\";\ninit({{ module_or_path: \"/assets/{}\" }});\n", names.js, names.wasm);
    let headers = [(header::CONTENT_TYPE, "text/javascript; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
    Ok((headers, script).into_response())
}

/// The console's style, by its lasting name.
pub async fn console_style(State(app): State<Arc<App>>, headers: HeaderMap) -> Answer<Response> {
    let names = app.console_names().await?;
    let mut response = app.asset(&names.css, &headers).await?;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

#[derive(serde::Deserialize)]
struct ConsoleNames {
    js: String,
    wasm: String,
    css: String,
}

impl App {
    async fn console_names(&self) -> Answer<ConsoleNames> {
        let list = self.assets.read("console-manifest.json").await.ok_or(Code::NotFound)?;
        serde_json::from_slice(&list).map_err(Refusal::internal)
    }
}
