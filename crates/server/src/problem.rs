//! The one place that turns a refusal into an HTTP answer. A 500 says nothing of the inside; the log says all.

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use warmline_protocol::{Code, Problem};
use warmline_store::StoreError;

/// A refusal on its way out.
#[derive(Debug)]
pub struct Refusal {
    problem: Problem,
    retry_after_s: Option<u64>,
}

/// Result of a handler.
pub type Answer<T> = Result<T, Refusal>;

impl Refusal {
    /// Too fast; again after so many seconds.
    pub fn too_fast(retry_after_s: u64) -> Self {
        Refusal { problem: Problem::new(Code::TooManyRequests), retry_after_s: Some(retry_after_s.max(1)) }
    }

    /// The problem, for the tests of what makes one.
    #[cfg(test)]
    pub(crate) fn problem_for_tests(&self) -> &Problem {
        &self.problem
    }

    /// The code.
    pub fn code(&self) -> Code {
        self.problem.code
    }

    /// Our fault: logged here, told to nobody.
    pub fn internal(why: impl std::fmt::Display) -> Self {
        tracing::error!(%why, "a call failed inside");
        Refusal::from(Code::Internal)
    }
}

impl From<Code> for Refusal {
    fn from(code: Code) -> Self {
        Refusal { problem: Problem::new(code), retry_after_s: None }
    }
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Refusal { problem, retry_after_s: None }
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "the store failed");
        match error {
            StoreError::Closed | StoreError::Database(_) => Refusal { problem: Code::Unavailable.into(), retry_after_s: Some(1) },
            StoreError::Unreadable { .. } => Refusal::from(Code::Internal),
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, Json(&self.problem)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if let Some(seconds) = self.retry_after_s {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
