//! What single keys do. They are never heard while somebody types, and can be switched off.

use warmline_ui::words::Key;

use crate::words;

/// What a key asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shortcut {
    /// Accept the offer that ends first.
    Accept,
    /// Let it pass.
    Pass,
    /// The next conversation of the list.
    Next,
    /// The one before.
    Previous,
    /// Write to the shopper.
    Reply,
    /// Write a note.
    Note,
    /// Ask the AI for a draft.
    Draft,
    /// Take the conversation that is open.
    Take,
    /// Hand it to a colleague.
    Transfer,
    /// Give it back to the AI.
    Return,
    /// Resolve it.
    Resolve,
    /// Search.
    Search,
    /// Here, or not here.
    Shift,
    /// This list.
    Help,
}

/// The keys, in the order in which the list shows them.
pub const TABLE: &[(Shortcut, char, Key)] = &[
    (Shortcut::Accept, 'a', words::KEY_ACCEPT),
    (Shortcut::Pass, 'p', words::KEY_PASS),
    (Shortcut::Next, 'j', words::KEY_NEXT),
    (Shortcut::Previous, 'k', words::KEY_PREVIOUS),
    (Shortcut::Reply, 'r', words::KEY_REPLY),
    (Shortcut::Note, 'n', words::KEY_NOTE),
    (Shortcut::Draft, 'd', words::KEY_DRAFT),
    (Shortcut::Take, 't', words::KEY_TAKE),
    (Shortcut::Transfer, 'h', words::KEY_TRANSFER),
    (Shortcut::Return, 'b', words::KEY_RETURN),
    (Shortcut::Resolve, 'e', words::KEY_RESOLVE),
    (Shortcut::Search, '/', words::KEY_SEARCH),
    (Shortcut::Shift, 's', words::KEY_SHIFT),
    (Shortcut::Help, '?', words::KEY_HELP),
];

/// A key as it was pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pressed<'a> {
    /// Its name, as browsers give it.
    pub key: &'a str,
    /// Control, Alt or Meta is held: the key is the browser's or the system's.
    pub with_modifier: bool,
    /// It goes into a field.
    pub typing: bool,
}

/// What a pressed key asks for.
pub fn shortcut(pressed: Pressed) -> Option<Shortcut> {
    if pressed.typing || pressed.with_modifier {
        return None;
    }
    let mut letters = pressed.key.chars();
    let letter = letters.next().filter(|_| letters.as_str().is_empty())?.to_ascii_lowercase();
    TABLE.iter().find(|(_, key, _)| *key == letter).map(|(shortcut, _, _)| *shortcut)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FREE: Pressed = Pressed { key: "a", with_modifier: false, typing: false };

    #[test]
    fn each_key_does_one_thing() {
        for (place, (shortcut, key, words)) in TABLE.iter().enumerate() {
            let others = TABLE.iter().skip(place + 1);
            assert!(others.clone().all(|(_, other, _)| other != key), "{key} twice");
            assert!(others.clone().all(|(other, _, _)| other != shortcut) && others.clone().all(|(_, _, other)| other != words));
            assert_eq!(super::shortcut(Pressed { key: &key.to_string(), ..FREE }), Some(*shortcut));
        }
    }

    #[test]
    fn nothing_is_heard_while_somebody_types_or_holds_a_modifier() {
        assert_eq!(shortcut(FREE), Some(Shortcut::Accept));
        assert_eq!(shortcut(Pressed { key: "A", ..FREE }), Some(Shortcut::Accept));
        assert_eq!(shortcut(Pressed { typing: true, ..FREE }), None);
        assert_eq!(shortcut(Pressed { with_modifier: true, ..FREE }), None);
        for other in ["Enter", "Escape", "x", "", "あ", "Accept"] {
            assert_eq!(shortcut(Pressed { key: other, ..FREE }), None, "{other}");
        }
    }
}
