//! What only the demo has: the shop's page, its orders, a way to sign in as one of its shoppers. On loopback only.

use std::path::{Path as FilePath, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use http::{HeaderMap, HeaderValue, header};
use serde::{Deserialize, Serialize};
use warmline_assistant::records::Date;
use warmline_assistant::records::reference::Reference;
use warmline_protocol::{AgentId, Code, Timestamp};
use warmline_store::{Agent, Role, Store};

use crate::app::{App, now};
use crate::auth::password;
use crate::body::Body;
use crate::problem::{Answer, Refusal};

/// The password of the demo's agents.
pub const PASSWORD: &str = "demo-only-password";
/// The demo merchant's identity secret.
pub const IDENTITY_SECRET: &str = "demo-only-identity-secret-0123456789";
/// The key of the demo's order API.
pub const ORDERS_KEY: &str = "demo-only-orders-key";

/// The demo.
#[derive(Debug)]
pub struct Demo {
    /// The checkout.
    pub root: PathBuf,
    /// The shop's customers and orders.
    pub orders: Reference,
    /// Its customers.
    pub customers: Vec<Customer>,
    /// Tell pages when the widget was built anew.
    pub dev: bool,
}

/// A customer of the demo shop.
#[derive(Debug, Clone, Deserialize)]
pub struct Customer {
    sub: String,
    name: String,
    email: String,
    #[serde(default)]
    vip: bool,
}

impl Demo {
    /// Reads the shop's customers and orders.
    pub fn read(root: PathBuf, dev: bool) -> anyhow::Result<Self> {
        #[derive(Deserialize)]
        struct File {
            customers: Vec<Customer>,
        }
        let path = root.join("demo/orders.json");
        let text = std::fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
        let orders = Reference::read(&text, Some(ORDERS_KEY)).with_context(|| format!("{} has an error", path.display()))?;
        let file: File = serde_json::from_str(&text).with_context(|| format!("{} has an error", path.display()))?;
        Ok(Demo { root, orders, customers: file.customers, dev })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AgentsFile {
    agents: Vec<AgentEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AgentEntry {
    email: String,
    name: String,
    role: String,
    languages: Vec<String>,
    skills: Vec<String>,
    capacity: u32,
}

/// Puts the demo's agents into the store. Their password is hashed once: the second start finds it.
pub async fn put_agents(store: &dyn Store, root: &FilePath, merchant: &str) -> anyhow::Result<()> {
    let path = root.join("demo/agents.toml");
    let text = std::fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
    let file: AgentsFile = toml::from_str(&text).with_context(|| format!("{} has an error", path.display()))?;
    for entry in file.agents {
        let known = store.agent_by_email(&entry.email).await?;
        let password_hash = match known {
            Some(agent) => agent.password_hash,
            None => tokio::task::spawn_blocking(|| password::hash(PASSWORD)).await??,
        };
        let role = Role::from_name(&entry.role).with_context(|| format!("{}: {:?} is no role", path.display(), entry.role))?;
        let agent = Agent {
            id: AgentId::from_random(rand::random()),
            email: entry.email.to_lowercase(),
            name: entry.name,
            role,
            password_hash,
            merchants: vec![merchant.to_owned()],
            languages: entry.languages,
            skills: entry.skills,
            capacity: entry.capacity,
            online: false,
            shift_since: now(),
            last_given_at: Timestamp(0),
        };
        store.put_agent(agent).await?;
    }
    Ok(())
}

fn demo(app: &App) -> Answer<&Demo> {
    app.demo.as_ref().ok_or_else(|| Code::NotFound.into())
}

/// The shop's page.
pub async fn shop(State(app): State<Arc<App>>) -> Answer<Response> {
    let html = tokio::fs::read_to_string(demo(&app)?.root.join("index.html")).await.map_err(Refusal::internal)?;
    Ok(crate::assets::page(app.watched(html)))
}

impl App {
    /// A page that loads itself anew when a designer's change was built.
    pub fn watched(&self, html: String) -> String {
        if self.demo.as_ref().is_some_and(|demo| demo.dev) {
            html.replacen("</head>", "<script src=\"/dev/reload.js\" defer></script></head>", 1)
        } else {
            html
        }
    }
}

/// What such a page loads.
pub async fn reload(State(app): State<Arc<App>>) -> Answer<Response> {
    if !demo(&app)?.dev {
        return Err(Code::NotFound.into());
    }
    let script = "new EventSource('/dev/events').addEventListener('rebuilt', () => location.reload());\n";
    Ok(([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], script).into_response())
}

/// The shop's pictures, style and script.
pub async fn shop_file(State(app): State<Arc<App>>, Path(name): Path<String>) -> Answer<Response> {
    let assets = crate::assets::Assets::Folder(demo(&app)?.root.join("demo/shop"));
    let body = assets.read(&name).await.ok_or(Code::NotFound)?;
    let kind = match name.rsplit('.').next() {
        Some("svg") => "image/svg+xml",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some(_) | None => "application/octet-stream",
    };
    let headers = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-cache"), (header::X_CONTENT_TYPE_OPTIONS, "nosniff")];
    Ok((headers, body).into_response())
}

/// Who wants to sign in to the demo shop.
#[derive(Deserialize)]
pub struct SignIn {
    sub: String,
}

#[derive(Serialize)]
struct Claims<'a> {
    sub: &'a str,
    aud: &'static str,
    exp: i64,
    name: &'a str,
    email: &'a str,
    vip: bool,
}

/// Signs an identity for one of the demo's shoppers, as a merchant's own server would after a login.
pub async fn identity(State(app): State<Arc<App>>, headers: HeaderMap, Body(wanted): Body<SignIn>) -> Answer<Response> {
    app.check_own_origin(&headers)?;
    let customer = demo(&app)?.customers.iter().find(|customer| customer.sub == wanted.sub).ok_or(Code::NotFound)?;
    let claims = Claims {
        sub: &customer.sub,
        aud: "warmline",
        exp: now().0 / 1000 + 3600,
        name: &customer.name,
        email: &customer.email,
        vip: customer.vip,
    };
    let key = jsonwebtoken::EncodingKey::from_secret(IDENTITY_SECRET.as_bytes());
    let identity = jsonwebtoken::encode(&jsonwebtoken::Header::default(), &claims, &key).map_err(Refusal::internal)?;
    Ok(Json(serde_json::json!({ "identity": identity })).into_response())
}

/// Tells a designer's page when the widget was built anew.
pub async fn rebuilt(State(app): State<Arc<App>>) -> Answer<Response> {
    if !demo(&app)?.dev {
        return Err(Code::NotFound.into());
    }
    let made = |app: Arc<App>| async move {
        match &app.assets {
            crate::assets::Assets::Folder(folder) => {
                tokio::fs::metadata(folder.join("manifest.json")).await.and_then(|file| file.modified()).ok()
            }
            #[cfg(feature = "embed-assets")]
            crate::assets::Assets::Embedded => None,
        }
    };
    let first = made(app.clone()).await;
    let stream = futures::stream::unfold((app, first), move |(app, last)| async move {
        loop {
            tokio::select! {
                () = tokio::time::sleep(std::time::Duration::from_millis(250)) => {}
                () = app.closing.cancelled() => return None,
            }
            let now = made(app.clone()).await;
            if now.is_some() && now != last {
                let frame = crate::stream::frame::write(None, "rebuilt", &serde_json::json!({}));
                return Some((Ok::<_, std::convert::Infallible>(frame), (app, now)));
            }
        }
    });
    Ok(crate::stream::answer(stream))
}

/// The demo's order API: the reference server of docs/order-api.md over demo/orders.json.
pub async fn orders(State(app): State<Arc<App>>, headers: HeaderMap, uri: http::Uri) -> Answer<Response> {
    let path = uri.path().trim_start_matches("/demo/orders-api");
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let answer = demo(&app)?.orders.get(path, header, Date::of(now()));
    let status = http::StatusCode::from_u16(answer.status).map_err(Refusal::internal)?;
    let mut response = (status, Json(answer.body)).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}
