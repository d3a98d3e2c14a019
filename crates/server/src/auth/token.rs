//! Secrets that we make: 32 random bytes; only their hash is stored.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};
use warmline_store::TokenHash;

/// A fresh secret, as text that is safe in a header.
pub fn fresh() -> String {
    URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>())
}

/// The hash under which it is stored.
pub fn hash(token: &str) -> TokenHash {
    Sha256::digest(token).into()
}
