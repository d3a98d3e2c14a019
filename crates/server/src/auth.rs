//! Who calls: [`origin`] is which page, [`shopper`] a token of one conversation, [`identity`] a signed identity of the merchant's,
//! [`session`] an agent's cookie, [`password`] how a password is kept, [`token`] how a secret is made and hashed.

pub mod identity;
pub mod origin;
pub mod password;
pub mod session;
pub mod shopper;
pub mod token;
