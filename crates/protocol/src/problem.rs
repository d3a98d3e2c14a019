//! Problems (RFC 9457): what a refused call answers. The code is for programs and never changes; the title is for people.

use crate::wire::words;

words! {
    /// The stable code of a problem.
    pub enum Code {
        /// Not JSON, or not text.
        Malformed = "malformed",
        /// A field is wrong or missing; `pointer` names it.
        InvalidField = "invalid_field",
        /// A text is empty or blank.
        TextEmpty = "text_empty",
        /// A text is longer than 4,000 characters.
        TextTooLong = "text_too_long",
        /// A body is larger than a call may be.
        BodyTooLarge = "body_too_large",
        /// The token or session is missing, wrong or over.
        Unauthorized = "unauthorized",
        /// The signed identity is refused.
        IdentityRefused = "identity_refused",
        /// Wrong e-mail or password.
        BadCredentials = "bad_credentials",
        /// The page's origin is not among the merchant's.
        OriginNotAllowed = "origin_not_allowed",
        /// No merchant has this key.
        UnknownKey = "unknown_key",
        /// The header `X-CSRF-Token` is missing or not this session's.
        CsrfMissing = "csrf_missing",
        /// Not with this role.
        Forbidden = "forbidden",
        /// Another agent's conversation, or nobody's.
        NotOwner = "not_owner",
        /// Nothing here by that name.
        NotFound = "not_found",
        /// The address is right, the method is not.
        MethodNotAllowed = "method_not_allowed",
        /// The same client id with another body.
        ClientIdReused = "client_id_reused",
        /// No person was asked for.
        NoHandoff = "no_handoff",
        /// No person was offered.
        NoOffer = "no_offer",
        /// A person is already here.
        PersonPresent = "person_present",
        /// Nobody is waited for.
        NotWaiting = "not_waiting",
        /// Another agent was faster.
        Taken = "taken",
        /// Closed already.
        Resolved = "resolved",
        /// The state doesn't allow it.
        NotNow = "not_now",
        /// Open conversations: say whether to keep them or to hand them on.
        OpenConversations = "open_conversations",
        /// The conversation is another shopper's: open a new one.
        OtherShopper = "other_shopper",
        /// Too fast; `Retry-After` says when again.
        TooManyRequests = "too_many_requests",
        /// Our fault; nothing of the inside is told.
        Internal = "internal",
        /// Not now, but soon: starting, stopping, or the disk is full.
        Unavailable = "unavailable",
    }
}

impl Code {
    /// The HTTP status: the one place that says so.
    pub const fn status(self) -> u16 {
        match self {
            Code::Malformed => 400,
            Code::Unauthorized | Code::IdentityRefused | Code::BadCredentials => 401,
            Code::OriginNotAllowed | Code::UnknownKey | Code::CsrfMissing | Code::Forbidden | Code::NotOwner => 403,
            Code::NotFound => 404,
            Code::MethodNotAllowed => 405,
            Code::ClientIdReused
            | Code::NoHandoff
            | Code::NoOffer
            | Code::PersonPresent
            | Code::NotWaiting
            | Code::Taken
            | Code::Resolved
            | Code::NotNow
            | Code::OpenConversations
            | Code::OtherShopper => 409,
            Code::TextTooLong | Code::BodyTooLarge => 413,
            Code::InvalidField | Code::TextEmpty => 422,
            Code::TooManyRequests => 429,
            Code::Internal => 500,
            Code::Unavailable => 503,
        }
    }

    /// What happened and what to do next, in plain English.
    pub const fn title(self) -> &'static str {
        match self {
            Code::Malformed => "The body is not JSON in UTF-8. Send a JSON object.",
            Code::InvalidField => "A field is wrong or missing. `pointer` names it.",
            Code::TextEmpty => "The text is empty. Write something and send it again.",
            Code::TextTooLong => "The text is longer than it may be. Send it in parts.",
            Code::BodyTooLarge => "The body is larger than it may be. Send less at once.",
            Code::Unauthorized => "The token or session is missing, wrong or over. Start again, or log in.",
            Code::IdentityRefused => "The signed identity is not accepted. Ask your server for a fresh one.",
            Code::BadCredentials => "The e-mail or the password is wrong.",
            Code::OriginNotAllowed => "This page's origin is not allowed. The merchant can add it.",
            Code::UnknownKey => "No merchant has this key. Check `data-key`.",
            Code::CsrfMissing => "The header X-CSRF-Token is missing or not this session's. `GET /v1/agent/me` gives it.",
            Code::Forbidden => "Your role doesn't allow this.",
            Code::NotOwner => "This conversation is not yours. Take it first.",
            Code::NotFound => "There is nothing here by that name.",
            Code::MethodNotAllowed => "This address doesn't know that method.",
            Code::ClientIdReused => "This client_id was used with another body. Make a new one for each command.",
            Code::NoHandoff => "No person was asked for.",
            Code::NoOffer => "No person was offered.",
            Code::PersonPresent => "A person is already here.",
            Code::NotWaiting => "Nobody is waited for.",
            Code::Taken => "Another agent was faster.",
            Code::Resolved => "This conversation is closed.",
            Code::NotNow => "The conversation is not in a state that allows this.",
            Code::OpenConversations => "You have open conversations. Say with `open` whether to keep them or to hand them on.",
            Code::OtherShopper => "This conversation is another shopper's. Open a new one.",
            Code::TooManyRequests => "Too fast. Wait as long as Retry-After says, then send it again.",
            Code::Internal => "Something went wrong on our side. Nothing was lost; try again.",
            Code::Unavailable => "Not ready. Try again in a moment.",
        }
    }
}

/// A refusal.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Problem {
    /// For programs.
    pub code: Code,
    /// The HTTP status.
    pub status: u16,
    /// For people.
    pub title: String,
    /// Which field, as a JSON pointer (RFC 6901).
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub pointer: Option<String>,
    /// More about it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub detail: Option<String>,
}

impl Problem {
    /// The problem of a code.
    pub fn new(code: Code) -> Self {
        Problem { code, status: code.status(), title: code.title().to_owned(), pointer: None, detail: None }
    }

    /// A wrong or missing field: `/text`.
    pub fn field(name: &str, detail: impl Into<String>) -> Self {
        Problem { pointer: Some(format!("/{name}")), detail: Some(detail.into()), ..Problem::new(Code::InvalidField) }
    }
}

impl From<Code> for Problem {
    fn from(code: Code) -> Self {
        Problem::new(code)
    }
}
