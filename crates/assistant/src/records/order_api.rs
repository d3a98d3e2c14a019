//! The client of the merchant's order API: two GETs with the shop's secret and the shopper's verified id.

use super::{Order, Records, RecordsError, Verified};
use reqwest::StatusCode;
use std::time::Duration;

/// The merchant's order API at an address.
#[derive(Debug, Clone)]
pub struct OrderApi {
    base: String,
    secret: Option<String>,
    client: reqwest::Client,
}

/// A shopper waits for this, so it is short.
const TIMEOUT: Duration = Duration::from_secs(4);
/// The header that carries the verified shopper.
pub(super) const SHOPPER: &str = "warmline-shopper";

#[derive(serde::Deserialize)]
struct Listed {
    orders: Vec<Order>,
}

impl OrderApi {
    /// `base` is the address that the routes are put behind; `secret` is sent as the bearer.
    pub fn new(base: &str, secret: Option<&str>) -> Result<Self, RecordsError> {
        // Redirects would carry the shopper's id to wherever the answer points.
        let client = reqwest::Client::builder().timeout(TIMEOUT).redirect(reqwest::redirect::Policy::none()).build();
        let client = client.map_err(|why| RecordsError::Unavailable(why.to_string()))?;
        Ok(Self { base: base.trim_end_matches('/').to_owned(), secret: secret.map(str::to_owned), client })
    }

    async fn get<T: serde::de::DeserializeOwned>(&self, shopper: &Verified, path: &str) -> Result<T, RecordsError> {
        let mut request = self.client.get(format!("{}{path}", self.base)).header(SHOPPER, &shopper.sub);
        if let Some(secret) = &self.secret {
            request = request.bearer_auth(secret);
        }
        let unavailable = |why: reqwest::Error| RecordsError::Unavailable(why.without_url().to_string());
        let answer = request.send().await.map_err(unavailable)?;
        match answer.status() {
            StatusCode::OK => answer.json().await.map_err(unavailable),
            StatusCode::NOT_FOUND | StatusCode::FORBIDDEN => Err(RecordsError::NotFound),
            other => Err(RecordsError::Unavailable(format!("status {other}"))),
        }
    }
}

#[async_trait::async_trait]
impl Records for OrderApi {
    async fn orders(&self, shopper: &Verified) -> Result<Vec<Order>, RecordsError> {
        self.get::<Listed>(shopper, "/orders").await.map(|listed| listed.orders)
    }

    async fn order(&self, shopper: &Verified, number: &str) -> Result<Order, RecordsError> {
        // Only letters, digits and dashes get into the path, whatever a shopper typed.
        let safe: String = number.chars().filter(|letter| letter.is_ascii_alphanumeric() || *letter == '-').take(40).collect();
        if safe.is_empty() {
            return Err(RecordsError::NotFound);
        }
        self.get(shopper, &format!("/orders/{safe}")).await
    }
}
