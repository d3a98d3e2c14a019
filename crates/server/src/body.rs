//! Reads a JSON body, and says exactly what is wrong with it: which field, by JSON pointer.

use axum::extract::{FromRequest, FromRequestParts, Request};
use http::request::Parts;
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use utoipa::ToSchema;
use warmline_protocol::{ClientId, Code, Problem};

use crate::problem::{Answer, Refusal};

/// The largest body of a call: 4,000 characters, each escaped as two surrogates, and room.
const LARGEST: usize = 64 * 1024;
/// The longest text, in Unicode scalar values.
pub const LONGEST_TEXT: usize = 4_000;

/// A JSON body.
#[derive(Debug)]
pub struct Body<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, _: &S) -> Result<Self, Refusal> {
        let bytes = Limited::new(request.into_body(), LARGEST).collect().await.map_err(|error| {
            if error.is::<LengthLimitError>() { Refusal::from(Code::BodyTooLarge) } else { Refusal::from(Code::Malformed) }
        })?;
        read(&bytes.to_bytes()).map(Body)
    }
}

fn read<T: DeserializeOwned>(bytes: &[u8]) -> Answer<T> {
    // serde would read a list as a struct's fields in order.
    if bytes.iter().find(|byte| !byte.is_ascii_whitespace()) != Some(&b'{') || std::str::from_utf8(bytes).is_err() {
        return Err(Code::Malformed.into());
    }
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut reader)
        .map_err(|error| if error.inner().is_data() { wrong_field(&error) } else { Refusal::from(Code::Malformed) })?;
    reader.end().map_err(|_| Refusal::from(Code::Malformed))?;
    Ok(value)
}

/// Which field is wrong or missing, and why.
fn wrong_field<E: std::fmt::Display>(error: &serde_path_to_error::Error<E>) -> Refusal {
    let why = error.inner().to_string();
    let missing = why.strip_prefix("missing field `").and_then(|rest| rest.split('`').next());
    let mut pointer: String = error
        .path()
        .iter()
        .filter_map(|segment| match segment {
            serde_path_to_error::Segment::Map { key } => Some(format!("/{key}")),
            serde_path_to_error::Segment::Seq { index } => Some(format!("/{index}")),
            serde_path_to_error::Segment::Enum { .. } | serde_path_to_error::Segment::Unknown => None,
        })
        .collect();
    if let Some(missing) = missing {
        pointer = format!("{pointer}/{missing}");
    }
    let what = why.split(" at line ").next().unwrap_or_default().to_owned();
    Refusal::from(Problem { pointer: Some(pointer), detail: Some(what), ..Problem::new(Code::InvalidField) })
}

/// The query of a call: `?limit=50`. A wrong field is refused as in a body.
#[derive(Debug)]
pub struct Query<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        let query = form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes());
        let reader = serde_urlencoded::Deserializer::new(query);
        serde_path_to_error::deserialize(reader).map(Query).map_err(|error| wrong_field(&error))
    }
}

/// A client's id of a command: a UUID.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(value_type = String, format = "uuid")]
pub struct CommandId(String);

impl CommandId {
    /// As the protocol's id.
    pub fn id(&self) -> ClientId {
        ClientId(self.0.clone())
    }
}

impl<'de> Deserialize<'de> for CommandId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if !warmline_protocol::id::is_uuid(&text) {
            return Err(D::Error::custom("not a UUID"));
        }
        Ok(CommandId(text.to_ascii_lowercase()))
    }
}

/// The fingerprint of a command: the same client id with another one is refused.
pub fn fingerprint(route: &str, body: &impl Serialize) -> Answer<[u8; 32]> {
    let body = serde_json::to_vec(body).map_err(Refusal::internal)?;
    Ok(Sha256::new().chain_update(route).chain_update([0]).chain_update(body).finalize().into())
}

/// A text of 1 to 4,000 characters that is not blank.
pub fn text(text: &str) -> Answer<String> {
    if text.chars().count() > LONGEST_TEXT {
        return Err(Code::TextTooLong.into());
    }
    if is_blank(text) {
        return Err(Code::TextEmpty.into());
    }
    Ok(text.to_owned())
}

/// A field of so many characters at most, and not blank.
pub fn short(field: &str, text: &str, longest: usize) -> Answer<String> {
    if is_blank(text) || text.chars().count() > longest {
        return Err(Problem::field(field, format!("1 to {longest} characters")).into());
    }
    Ok(text.to_owned())
}

fn is_blank(text: &str) -> bool {
    // Characters without a width are no text either.
    text.chars().all(|letter| letter.is_whitespace() || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize)]
    #[allow(dead_code, reason = "only the errors of its fields are looked at")]
    struct Post {
        client_id: CommandId,
        text: String,
    }

    fn refused(body: &str) -> (Code, Option<String>) {
        let refusal = read::<Post>(body.as_bytes()).unwrap_err();
        let json: Problem = serde_json::from_value(serde_json::to_value(refusal_problem(&refusal)).unwrap()).unwrap();
        (json.code, json.pointer)
    }

    fn refusal_problem(refusal: &Refusal) -> &Problem {
        refusal.problem_for_tests()
    }

    #[test]
    fn a_wrong_body_names_the_field() {
        let id = "01234567-89ab-4def-8123-456789abcdef";
        assert_eq!(refused("hello"), (Code::Malformed, None));
        assert_eq!(refused("[1]"), (Code::Malformed, None));
        assert_eq!(refused(r#"{"client_id": "#), (Code::Malformed, None));
        assert_eq!(refused(r#"{"text": "x"}"#), (Code::InvalidField, Some("/client_id".into())));
        assert_eq!(refused(r#"{"client_id": 17, "text": "x"}"#), (Code::InvalidField, Some("/client_id".into())));
        assert_eq!(refused(&format!(r#"{{"client_id": "{id}", "text": 7}}"#)), (Code::InvalidField, Some("/text".into())));
        assert_eq!(refused(&format!(r#"{{"client_id": "{id}", "text": "a"}} x"#)), (Code::Malformed, None));
    }

    #[test]
    fn a_blank_text_is_empty_and_characters_are_counted() {
        assert_eq!(text(" \u{a0}\u{3000}\u{200b}").unwrap_err().code(), Code::TextEmpty);
        assert!(text(&"🙂".repeat(4000)).is_ok());
        assert_eq!(text(&"é".repeat(4001)).unwrap_err().code(), Code::TextTooLong);
    }
}
