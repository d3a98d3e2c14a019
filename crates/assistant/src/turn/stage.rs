//! The stage of a turn: what is shown goes out in small groups of words, at a pace at which a browser can paint.

use super::outcome::Piece;
use crate::text::is_cjk;
use std::time::{Duration, Instant};
use tokio::sync::mpsc;

/// Shows text, and remembers all of it.
pub(crate) struct Stage {
    out: mpsc::Sender<Piece>,
    pause: Duration,
    /// All that was shown.
    pub(crate) text: String,
    started: Instant,
    /// When the first words went out.
    pub(crate) decided: Option<Duration>,
}

/// Words in a group.
const WORDS: usize = 4;
/// Letters in a group of a script without spaces.
const LETTERS: usize = 10;

impl Stage {
    pub(crate) fn new(out: mpsc::Sender<Piece>, pause: Duration) -> Self {
        Self { out, pause, text: String::new(), started: Instant::now(), decided: None }
    }

    /// How long the turn has run.
    pub(crate) fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    /// Shows a part after what is there, with the space that belongs between.
    pub(crate) async fn show(&mut self, part: &str, between: &str) {
        if part.trim().is_empty() {
            return;
        }
        let joined = if self.text.is_empty() { part.to_owned() } else { format!("{between}{part}") };
        for group in groups(&joined) {
            match self.decided {
                None => self.decided = Some(self.started.elapsed()),
                Some(_) if self.pause.is_zero() => {}
                Some(_) => tokio::time::sleep(self.pause).await,
            }
            self.text.push_str(group);
            // Nobody listens any more: the turn ends by being dropped, so there is nothing to do here.
            let _ = self.out.send(Piece::Text(group.to_owned())).await;
        }
    }
}

/// Cuts behind every few words; nothing is lost or added.
fn groups(text: &str) -> Vec<&str> {
    let (mut found, mut start, mut words, mut letters, mut in_word) = (Vec::new(), 0, 0, 0, false);
    for (at, letter) in text.char_indices() {
        let space = letter.is_whitespace();
        if !space && !in_word && words >= WORDS || letters >= LETTERS {
            found.push(&text[start..at]);
            (start, words, letters) = (at, 0, 0);
        }
        words += usize::from(!space && !in_word);
        letters += usize::from(is_cjk(letter));
        in_word = !space;
    }
    found.push(&text[start..]);
    found.retain(|group| !group.is_empty());
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_small_and_whole() {
        for text in [
            "A refund to a card takes 3 to 5 working days.",
            "返金にはカードへ3〜5営業日かかります。ありがとうございます。",
            "\n\n- one\n- two three four five six",
        ] {
            let cut = groups(text);
            assert_eq!(cut.concat(), text);
            assert!(cut.len() > 1 && cut.iter().all(|group| group.split_whitespace().count() <= 6), "{cut:?}");
        }
    }
}
