//! A reference of the order API over a file like `demo/orders.json`: plain functions, which a server mounts as it likes.

use super::{Date, Order};
use serde_json::{Value, json};

/// What the reference answers: a status and a JSON body.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The body.
    pub body: Value,
}

/// The reference order API.
#[derive(Debug, Clone)]
pub struct Reference {
    /// Each order with the `sub` of its customer, dates still as the file has them.
    orders: Vec<(String, Value)>,
    secret: Option<String>,
}

/// Why the file cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum ReferenceError {
    /// It is no JSON.
    #[error("the orders are not JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// An order does not have the form of `docs/order-api.md`.
    #[error("order {number}: {why}")]
    Order {
        /// Its number, or its place in the file.
        number: String,
        /// What is wrong.
        why: String,
    },
}

impl Reference {
    /// Reads the file; every order must have the form that the API promises. With a secret, requests must carry it as the bearer.
    pub fn read(json: &str, secret: Option<&str>) -> Result<Self, ReferenceError> {
        let file: Value = serde_json::from_str(json)?;
        let mut orders = Vec::new();
        let probe = Date::of(warmline_protocol::Timestamp(0));
        for (place, order) in file.get("orders").and_then(Value::as_array).into_iter().flatten().enumerate() {
            let number = order.get("number").and_then(Value::as_str).map_or_else(|| format!("at place {place}"), str::to_owned);
            let refuse = |why: String| ReferenceError::Order { number: number.clone(), why };
            let customer = order.get("customer").and_then(Value::as_str).ok_or_else(|| refuse("it has no customer".to_owned()))?;
            serde_json::from_value::<Order>(dated(order, probe)).map_err(|why| refuse(why.to_string()))?;
            orders.push((customer.to_owned(), order.clone()));
        }
        Ok(Self { orders, secret: secret.map(str::to_owned) })
    }

    /// Answers `GET path`. `header` gives a request's header by its name in lower case; `today` is the day that the file counts from.
    pub fn get<'h>(&self, path: &str, header: impl Fn(&str) -> Option<&'h str>, today: Date) -> Answer {
        let bearer = header("authorization").and_then(|value| value.strip_prefix("Bearer "));
        if self.secret.is_some() && bearer != self.secret.as_deref() {
            return problem(401, "unauthorized");
        }
        let Some(shopper) = header(super::order_api::SHOPPER).filter(|sub| !sub.is_empty()) else {
            return problem(400, "shopper_missing");
        };
        let own = self.orders.iter().filter(|(customer, _)| customer == shopper).map(|(_, order)| order);
        match path.trim_end_matches('/').strip_prefix("/orders") {
            Some("") => {
                let mut orders: Vec<Value> = own.map(|order| dated(order, today)).collect();
                orders.sort_by(|one, two| {
                    two["placed"].as_str().cmp(&one["placed"].as_str()).then(two["number"].as_str().cmp(&one["number"].as_str()))
                });
                Answer { status: 200, body: json!({ "orders": orders }) }
            }
            Some(rest) => {
                let wanted = rest.trim_start_matches('/');
                // Another shopper's order and none at all are the same answer, so that numbers cannot be tried out.
                let found =
                    own.into_iter().find(|order| order["number"].as_str().is_some_and(|number| number.eq_ignore_ascii_case(wanted)));
                found.map_or_else(|| problem(404, "not_found"), |order| Answer { status: 200, body: dated(order, today) })
            }
            None => problem(404, "not_found"),
        }
    }
}

fn problem(status: u16, code: &str) -> Answer {
    Answer { status, body: json!({ "code": code }) }
}

/// `{"days_ago": 3}` and `{"in_days": 2}` become days; the customer's id stays inside.
fn dated(value: &Value, today: Date) -> Value {
    match value {
        Value::Object(fields) => {
            let days = |key: &str| fields.get(key).and_then(Value::as_i64).filter(|_| fields.len() == 1);
            if let Some(days) = days("days_ago").map(|days| -days).or_else(|| days("in_days")) {
                return Value::String(today.plus_days(days).to_string());
            }
            fields.iter().filter(|(name, _)| *name != "customer").map(|(name, field)| (name.clone(), dated(field, today))).collect()
        }
        Value::Array(list) => list.iter().map(|item| dated(item, today)).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r#"{"orders": [
        {"number": "A-10001", "customer": "s1", "state": "shipped", "currency": "GBP", "total_minor": 1200, "placed": {"days_ago": 3},
         "expected": {"in_days": 2}, "items": [{"name": "Mug", "quantity": 1, "unit_price_minor": 1200}], "refunds": []},
        {"number": "A-10002", "customer": "s2", "state": "delivered", "currency": "GBP", "total_minor": 1, "placed": {"days_ago": 1}, "items": []}]}"#;

    #[test]
    fn only_ones_own_orders_are_told() {
        let reference = Reference::read(FILE, Some("secret")).unwrap();
        let today = Date::read("2026-11-24").unwrap();
        let ask = |path: &str, sub: &'static str, bearer: &'static str| {
            reference.get(
                path,
                |name| match name {
                    "authorization" => Some(bearer),
                    "warmline-shopper" => Some(sub),
                    _ => None,
                },
                today,
            )
        };
        let own = ask("/orders/a-10001", "s1", "Bearer secret");
        assert_eq!((own.status, own.body["expected"].as_str(), own.body.get("customer")), (200, Some("2026-11-26"), None));
        assert_eq!(ask("/orders/A-10002", "s1", "Bearer secret").status, 404);
        assert_eq!(ask("/orders/A-99999", "s1", "Bearer secret").body, ask("/orders/A-10002", "s1", "Bearer secret").body);
        assert_eq!(ask("/orders", "s1", "Bearer other").status, 401);
        assert_eq!(ask("/orders", "", "Bearer secret").status, 400);
        assert_eq!(ask("/orders", "s1", "Bearer secret").body["orders"].as_array().unwrap().len(), 1);
    }
}
