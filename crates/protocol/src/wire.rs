//! The macros that give a wire type its faces.

/// A JSON object: required fields, then `maybe` (left out when `None`), then `lists` (left out when empty).
macro_rules! wire {
    (
        $(#[$meta:meta])*
        pub struct $name:ident {
            $( $(#[$rmeta:meta])* $req:ident : $rty:ty ),* $(,)?
        }
        $( maybe { $( $(#[$ometa:meta])* $opt:ident : $oty:ty ),* $(,)? } )?
        $( lists { $( $(#[$lmeta:meta])* $list:ident : $lty:ty ),* $(,)? } )?
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
        pub struct $name {
            $( $(#[$rmeta])* pub $req: $rty, )*
            $($( $(#[$ometa])*
                #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
                pub $opt: Option<$oty>, )*)?
            $($( $(#[$lmeta])*
                #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
                pub $list: Vec<$lty>, )*)?
        }

        #[cfg(feature = "js")]
        impl crate::js::Wire for $name {
            #[allow(unused_variables, reason = "a type without fields reads nothing")]
            fn read(value: &wasm_bindgen::JsValue, ok: &mut bool) -> Self {
                $name {
                    $( $req: crate::js::read_field(value, stringify!($req), ok), )*
                    $($( $opt: crate::js::read_field(value, stringify!($opt), ok), )*)?
                    $($( $list: crate::js::read_list(value, stringify!($list), ok), )*)?
                }
            }
        }
    };
}

/// A closed set of words, each a JSON string.
macro_rules! words {
    (
        $(#[$meta:meta])*
        pub enum $name:ident { $( $(#[$vmeta:meta])* $variant:ident = $word:literal ),* $(,)? }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
        pub enum $name {
            $( $(#[$vmeta])* #[cfg_attr(feature = "serde", serde(rename = $word))] $variant, )*
        }

        impl $name {
            /// All of them, in order.
            pub const ALL: &'static [$name] = &[$( $name::$variant ),*];

            /// The word on the wire.
            pub const fn word(self) -> &'static str {
                match self { $( $name::$variant => $word, )* }
            }

            /// Reads the word on the wire.
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $( $word => Some($name::$variant), )* _ => None }
            }
        }

        #[cfg(feature = "js")]
        impl crate::js::Wire for $name {
            fn read(value: &wasm_bindgen::JsValue, ok: &mut bool) -> Self {
                let word: String = crate::js::Wire::read(value, ok);
                Self::from_word(&word).unwrap_or_else(|| {
                    *ok = false;
                    Self::ALL[0]
                })
            }
        }
    };
}

pub(crate) use wire;
pub(crate) use words;
