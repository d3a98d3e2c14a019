//! Who comes to the page: the merchant of the address, the conversation of the cookie, the language.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::extract::ConnectInfo;
use http::{Extensions, HeaderMap, HeaderValue, header};
use warmline_protocol::ConversationId;
use warmline_store::{Result, Stored};

use crate::app::{App, Merchant};
use crate::auth::session;
use crate::auth::token;

/// Seconds for which this computer keeps a conversation: a month.
const KEPT_S: u32 = 30 * 24 * 3600;

/// A visit.
pub(super) struct Visit {
    /// Whose page.
    pub(super) merchant: Arc<Merchant>,
    /// The conversation that the cookie opens, and its state.
    pub(super) open: Option<(ConversationId, Stored)>,
    /// The language that the address or the form asks for, as the merchant names it.
    pub(super) asked_locale: Option<String>,
    /// The language of this page, as the merchant names it.
    pub(super) locale: String,
    /// Where the call comes from, for the limits.
    pub(super) client: IpAddr,
}

impl Visit {
    /// Looks at a call. A cookie that opens nothing, or a conversation of another merchant, counts as none.
    pub(super) async fn of(
        app: &App,
        merchant: &Arc<Merchant>,
        lang: Option<&str>,
        headers: &HeaderMap,
        extensions: &Extensions,
    ) -> Result<Self> {
        let key = &merchant.config.key;
        let conversation = match session::cookie(headers, &cookie_name(key)) {
            Some(token) => app.store.conversation_of(token::hash(token)).await?,
            None => None,
        };
        let open = match conversation {
            Some(conversation) => {
                app.store.load(&conversation).await?.filter(|stored| stored.merchant == *key).map(|stored| (conversation, stored))
            }
            None => None,
        };
        let asked_locale = lang.map(|lang| merchant.config.locale_for(Some(lang)));
        let locale = asked_locale.clone().unwrap_or_else(|| match &open {
            Some((_, stored)) => stored.state.locale.clone(),
            None => preferred(headers, &merchant.config.locales).unwrap_or_else(|| merchant.config.default_locale.clone()),
        });
        let client = extensions.get::<ConnectInfo<SocketAddr>>().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |info| info.0.ip());
        Ok(Visit { merchant: merchant.clone(), open, asked_locale, locale, client })
    }
}

/// The first language of `Accept-Language` that is among these.
pub(super) fn preferred(headers: &HeaderMap, served: &[String]) -> Option<String> {
    let accepted = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    let mut wishes: Vec<(&str, f32)> = accepted
        .split(',')
        .map(|wish| {
            let (language, weight) = wish.split_once(";q=").unwrap_or((wish, "1"));
            (language.trim(), weight.trim().parse().unwrap_or(0.0))
        })
        .collect();
    // A stable sort: wishes of the same weight stay in order.
    wishes.sort_by(|(_, one), (_, other)| other.total_cmp(one));
    let language_of = |tag: &str| tag.split('-').next().unwrap_or_default().to_lowercase();
    wishes.into_iter().find_map(|(wish, _)| {
        let same = |known: &&String| known.eq_ignore_ascii_case(wish);
        let near = |known: &&String| language_of(known) == language_of(wish);
        served.iter().find(same).or_else(|| served.iter().find(near)).cloned()
    })
}

fn cookie_name(key: &str) -> String {
    format!("warmline_talk_{key}")
}

/// The cookie that keeps a conversation on this computer: no script reads it, no other site's form sends it.
pub(super) fn cookie(app: &App, key: &str, token: &str) -> Option<HeaderValue> {
    set_cookie(app, key, token, KEPT_S)
}

/// The cookie that makes this computer forget it.
pub(super) fn no_cookie(app: &App, key: &str) -> Option<HeaderValue> {
    set_cookie(app, key, "", 0)
}

fn set_cookie(app: &App, key: &str, value: &str, seconds: u32) -> Option<HeaderValue> {
    let secure = if app.own_origins.iter().any(|origin| origin.starts_with("https://")) { "; Secure" } else { "" };
    let name = cookie_name(key);
    HeaderValue::from_str(&format!("{name}={value}; Path=/talk/{key}; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_that_is_wished_for_most_and_served_is_taken() {
        let served = ["en", "de", "ja"].map(str::to_owned);
        let wished = |text: &'static str| {
            let headers = HeaderMap::from_iter([(header::ACCEPT_LANGUAGE, HeaderValue::from_static(text))]);
            preferred(&headers, &served)
        };
        assert_eq!(wished("fr, de-AT;q=0.8, en;q=0.9").as_deref(), Some("en"));
        assert_eq!(wished("de-AT,en").as_deref(), Some("de"));
        assert_eq!(wished("fr"), None);
        assert_eq!(preferred(&HeaderMap::new(), &served), None);
    }
}
