//! The shopper's own records: a trait, the merchant's order API behind it, and a reference of that API.
//!
//! Another shopper's data is refused by the shop's connector, which gets the verified identity; no prompt decides about it.

mod dates;
mod fact;
mod order_api;
pub mod reference;

pub use dates::Date;
pub use order_api::OrderApi;

pub(crate) use fact::{card, facts, record_citation};
use serde::{Deserialize, Serialize};

/// A shopper whose identity the merchant has signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// The merchant's id of the shopper.
    pub sub: String,
    /// The e-mail address, if signed.
    pub email: Option<String>,
    /// The name, if signed.
    pub name: Option<String>,
}

/// An order, as the order API tells it (`docs/order-api.md`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Order {
    /// The number that the shopper knows.
    pub number: String,
    /// How it stands.
    pub state: OrderState,
    /// ISO 4217.
    pub currency: String,
    /// What was ordered.
    pub items: Vec<Item>,
    /// The whole sum, in the currency's smallest unit.
    pub total_minor: i64,
    /// When it was placed.
    pub placed: Date,
    /// When it was handed to the carrier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shipped: Option<Date>,
    /// When it is expected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<Date>,
    /// With a delay, the day that was promised first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_expected: Option<Date>,
    /// When it was delivered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivered: Option<Date>,
    /// When a return arrived.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returned: Option<Date>,
    /// When it was cancelled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cancelled: Option<Date>,
    /// How it travels.
    #[serde(default)]
    pub delivery: Delivery,
    /// Money that was sent back.
    #[serde(default)]
    pub refunds: Vec<Refund>,
}

/// How an order stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderState {
    /// Not paid yet.
    Placed,
    /// Paid, not packed.
    Paid,
    /// Packed, waits for the carrier.
    Packed,
    /// With the carrier.
    Shipped,
    /// Comes today.
    OutForDelivery,
    /// Handed over.
    Delivered,
    /// Later than promised.
    Delayed,
    /// The parcel is lost.
    Lost,
    /// A return has arrived, no refund yet.
    Returned,
    /// All of it is refunded.
    Refunded,
    /// A part of it is refunded.
    PartRefunded,
    /// Cancelled.
    Cancelled,
    /// The payment did not go through.
    PaymentFailed,
}

impl OrderState {
    /// The word of the order API.
    pub fn word(self) -> &'static str {
        match self {
            Self::Placed => "placed",
            Self::Paid => "paid",
            Self::Packed => "packed",
            Self::Shipped => "shipped",
            Self::OutForDelivery => "out_for_delivery",
            Self::Delivered => "delivered",
            Self::Delayed => "delayed",
            Self::Lost => "lost",
            Self::Returned => "returned",
            Self::Refunded => "refunded",
            Self::PartRefunded => "part_refunded",
            Self::Cancelled => "cancelled",
            Self::PaymentFailed => "payment_failed",
        }
    }
}

/// One item of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Its name.
    pub name: String,
    /// Its colour.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub colour: Option<String>,
    /// Its size.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<String>,
    /// How many.
    pub quantity: u32,
    /// The price of one, in the currency's smallest unit.
    pub unit_price_minor: i64,
}

/// How an order travels.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// Who carries it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carrier: Option<String>,
    /// The carrier's number of the parcel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tracking_number: Option<String>,
    /// Where it can be followed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tracking_url: Option<String>,
}

/// Money that was sent back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refund {
    /// How much, in the currency's smallest unit.
    pub amount_minor: i64,
    /// Where it went, for people: `Visa ending in 4242`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// When.
    pub issued: Date,
}

/// Why records could not be had.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecordsError {
    /// No such order, or another shopper's: the shop does not say which.
    #[error("no such order for this shopper")]
    NotFound,
    /// The shop did not answer in time, or not in its own words.
    #[error("the order API is not available: {0}")]
    Unavailable(String),
}

/// Where the records of a verified shopper come from.
#[async_trait::async_trait]
pub trait Records: Send + Sync {
    /// The shopper's orders, the newest first.
    async fn orders(&self, shopper: &Verified) -> Result<Vec<Order>, RecordsError>;

    /// One order of the shopper's.
    async fn order(&self, shopper: &Verified, number: &str) -> Result<Order, RecordsError>;
}

/// A shop that has connected no orders.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoRecords;

#[async_trait::async_trait]
impl Records for NoRecords {
    async fn orders(&self, _shopper: &Verified) -> Result<Vec<Order>, RecordsError> {
        Err(RecordsError::Unavailable("no order API is connected".to_owned()))
    }

    async fn order(&self, _shopper: &Verified, _number: &str) -> Result<Order, RecordsError> {
        Err(RecordsError::Unavailable("no order API is connected".to_owned()))
    }
}
