//! Passwords: Argon2id, off the async threads. An unknown account takes as long as a wrong password.

use std::sync::OnceLock;

use argon2::Argon2;
use argon2::password_hash::rand_core::OsRng;
use argon2::password_hash::{PasswordHash, PasswordHasher as _, PasswordVerifier as _, SaltString};

use crate::problem::{Answer, Refusal};

/// Hashes a password.
pub fn hash(password: &str) -> anyhow::Result<String> {
    let salt = SaltString::generate(&mut OsRng);
    let hash = Argon2::default().hash_password(password.as_bytes(), &salt).map_err(|error| anyhow::anyhow!("{error}"))?;
    Ok(hash.to_string())
}

/// So many at once: each takes 19 MB and a core, and anybody may ask.
static PLACES: tokio::sync::Semaphore = tokio::sync::Semaphore::const_new(4);

/// Whether a password is the one of a hash. Without a hash (an unknown account) a made-up one is tried, and refused.
pub async fn check(password: String, hash: Option<String>) -> Answer<bool> {
    let _place = PLACES.acquire().await.map_err(Refusal::internal)?;
    tokio::task::spawn_blocking(move || match hash {
        Some(known) => verify(&password, &known),
        None => {
            verify(&password, nobody());
            false
        }
    })
    .await
    .map_err(Refusal::internal)
}

fn verify(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

/// The hash of a password that nobody has.
fn nobody() -> &'static str {
    static NOBODY: OnceLock<String> = OnceLock::new();
    NOBODY.get_or_init(|| hash(&super::token::fresh()).unwrap_or_default())
}
