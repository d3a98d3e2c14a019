//! A signed identity: the merchant's own server says who the shopper is. HS256 and nothing else, with audience and expiry.

use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde::Deserialize;
use warmline_protocol::{Code, Timestamp};

use crate::config::MerchantConfig;
use crate::problem::Answer;

/// Seconds by which two clocks may differ.
const LEEWAY_S: u64 = 30;
/// The longest that an identity may be valid, in seconds: a week.
const LONGEST_S: i64 = 7 * 24 * 3600;

/// Who a shopper has proved to be.
#[derive(Clone, PartialEq, Eq)]
pub struct Identity {
    /// The merchant's name of the shopper.
    pub sub: String,
    /// Their name.
    pub name: Option<String>,
    /// Their address.
    pub email: Option<String>,
    /// Whether the merchant calls them a VIP.
    pub vip: bool,
    /// Until when it is fresh.
    pub expires_at: Timestamp,
}

impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Identity").field("vip", &self.vip).finish_non_exhaustive()
    }
}

#[derive(Deserialize)]
struct Claims {
    sub: String,
    exp: i64,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    email: Option<String>,
    #[serde(default)]
    vip: bool,
}

/// Reads and checks an identity.
pub fn check(token: &str, merchant: &MerchantConfig, now: Timestamp) -> Answer<Identity> {
    let mut validation = Validation::new(Algorithm::HS256);
    validation.set_audience(&["warmline"]);
    validation.set_required_spec_claims(&["exp", "aud", "sub"]);
    validation.leeway = LEEWAY_S;
    validation.validate_nbf = true;
    let claims = merchant
        .identity_secrets
        .iter()
        .filter(|secret| !secret.reveal().is_empty())
        .find_map(|secret| {
            let key = DecodingKey::from_secret(secret.reveal().as_bytes());
            jsonwebtoken::decode::<Claims>(token, &key, &validation).ok()
        })
        .ok_or(Code::IdentityRefused)?
        .claims;
    let longest = now.0 / 1000 + LONGEST_S;
    let short = |text: &str| text.chars().count() <= 200;
    let fits = short(&claims.sub) && claims.name.as_deref().is_none_or(short) && claims.email.as_deref().is_none_or(short);
    if claims.sub.is_empty() || claims.exp > longest || !fits {
        return Err(Code::IdentityRefused.into());
    }
    Ok(Identity {
        sub: claims.sub,
        name: claims.name,
        email: claims.email,
        vip: claims.vip,
        expires_at: Timestamp(claims.exp.saturating_mul(1000)),
    })
}
