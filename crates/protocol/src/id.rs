//! Identifiers: each its own type, so that a message's id cannot stand where a conversation's is wanted.

macro_rules! id {
    ($( $(#[$meta:meta])* $name:ident ),* $(,)?) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(transparent))]
        #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
        pub struct $name(pub String);

        impl $name {
            /// The id made of a random (or derived) number, in the form of a UUID of version 4.
            pub fn from_random(number: u128) -> Self {
                $name(uuid_text(number))
            }

            /// As text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        #[cfg(feature = "js")]
        impl crate::js::Wire for $name {
            fn read(value: &wasm_bindgen::JsValue, ok: &mut bool) -> Self {
                $name(crate::js::Wire::read(value, ok))
            }
        }
    )*};
}

id! {
    /// A conversation.
    ConversationId,
    /// A message, the assistant's while it streams included.
    MessageId,
    /// A command, made by the client: its resend is recognised by it.
    ClientId,
    /// A person who answers.
    AgentId,
    /// An offer of a waiting conversation to one agent.
    OfferId,
    /// A promise to the shopper.
    PromiseId,
    /// The code of a case, for people: an identifier, never a credential.
    CaseCode,
}

/// The letters of a case code: none that is read as another (no 0, O, 1, I, L), and few that spell words.
const CODE_LETTERS: &[u8; 24] = b"23456789BCDFGHJKMNPQRSTV";

impl CaseCode {
    /// `WL-XXXX-XXX`: seven letters of 24, that is 4.6 thousand million codes.
    pub fn from_number(mut number: u128) -> Self {
        let mut code = String::from("WL-");
        for place in 0..7 {
            if place == 4 {
                code.push('-');
            }
            code.push(char::from(CODE_LETTERS[(number % 24) as usize]));
            number /= 24;
        }
        CaseCode(code)
    }
}

fn uuid_text(number: u128) -> String {
    let marked = (number & !(0xf << 76) & !(0x3 << 62)) | (0x4 << 76) | (0x2 << 62);
    let hex = |from: u32, digits: u32| {
        (0..digits).rev().map(move |place| {
            let nibble = (marked >> (from + place * 4)) & 0xf;
            char::from(b"0123456789abcdef"[nibble as usize])
        })
    };
    hex(96, 8)
        .chain(['-'])
        .chain(hex(80, 4))
        .chain(['-'])
        .chain(hex(64, 4))
        .chain(['-'])
        .chain(hex(48, 4))
        .chain(['-'])
        .chain(hex(0, 12))
        .collect()
}

/// Whether a text has the form of a UUID (any version), as a client's id must.
pub fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(place, byte)| match place {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_random_id_is_a_uuid_of_version_four() {
        let id = MessageId::from_random(0x0123_4567_89ab_cdef_0123_4567_89ab_cdef);
        assert_eq!(id.as_str(), "01234567-89ab-4def-8123-456789abcdef");
        assert!(is_uuid(id.as_str()));
    }

    #[test]
    fn a_case_code_has_no_letter_that_is_read_as_another() {
        let code = CaseCode::from_number(u128::MAX).0;
        assert_eq!(code.len(), 11);
        assert!(!code[3..].contains(['0', 'O', '1', 'I', 'L']));
    }
}
