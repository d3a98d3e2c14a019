//! What `/openapi.json` says of who may call: one rule for each API, so that no route can forget it.

use utoipa::openapi::security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{OpenApi, path::Operation};

use crate::auth::session::COOKIE;

/// Routes of the shopper's API and of the agents' that nobody needs to be known for.
const OPEN_TO_ALL: [&str; 3] = ["/v1/conversations", "/v1/widget", "/v1/agent/login"];

/// Adds the schemes, and to each route its own.
pub fn with_security(mut description: OpenApi) -> OpenApi {
    let components = description.components.get_or_insert_default();
    let bearer = Http::builder().scheme(HttpAuthScheme::Bearer).description(Some("the token of one conversation"));
    components.add_security_scheme("shopper", SecurityScheme::Http(bearer.build()));
    let signed =
        Http::builder().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").description(Some("an identity that the merchant signed"));
    components.add_security_scheme("identity", SecurityScheme::Http(signed.build()));
    components.add_security_scheme("session", SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new(COOKIE))));
    components.add_security_scheme("csrf", SecurityScheme::ApiKey(ApiKey::Header(ApiKeyValue::new("X-CSRF-Token"))));
    for (path, item) in &mut description.paths.paths {
        let reads = [item.get.as_mut()];
        let writes = [item.post.as_mut(), item.patch.as_mut(), item.delete.as_mut()];
        for (operation, writes) in
            reads.into_iter().flatten().map(|it| (it, false)).chain(writes.into_iter().flatten().map(|it| (it, true)))
        {
            operation.security = needed(path, operation, writes);
        }
    }
    description
}

fn needed(path: &str, operation: &Operation, writes: bool) -> Option<Vec<SecurityRequirement>> {
    if OPEN_TO_ALL.contains(&path) {
        return None;
    }
    let by = |scheme: &str| SecurityRequirement::new::<_, [&str; 0], &str>(scheme, []);
    let api = operation.tags.as_ref()?.first()?;
    match api.as_str() {
        "shopper" if path.starts_with("/v1/shopper/") => Some(vec![by("identity")]),
        "shopper" => Some(vec![by("shopper")]),
        "agent" | "supervisor" if writes => Some(vec![by("session").add::<_, [&str; 0], &str>("csrf", [])]),
        "agent" | "supervisor" => Some(vec![by("session")]),
        _ => None,
    }
}
