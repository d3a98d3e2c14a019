//! A sound for an offer and a message. Off until the agent wants it; made here, so that nothing is loaded for it.

use std::cell::RefCell;
use std::rc::Rc;

use warmline_ui::storage::Shelf;
use warmline_ui::watched::Watched;
use web_sys::{AudioContext, OscillatorType};

/// Under which entry of the shelf the wish for sound lies.
const WANTED: &str = "sound";
/// How loud, of 1.
const LOUDNESS: f32 = 0.12;

/// The sound; a handle.
#[derive(Clone)]
pub(crate) struct Sound {
    wanted: Watched<bool>,
    shelf: Shelf,
    audio: Rc<RefCell<Option<AudioContext>>>,
}

impl Sound {
    /// As it was wanted before.
    pub(crate) fn new(shelf: Shelf) -> Self {
        Sound { wanted: Watched::new(shelf.get(WANTED).is_some()), shelf, audio: Rc::default() }
    }

    /// Whether it is wanted.
    pub(crate) fn is_on(&self) -> bool {
        self.wanted.get()
    }

    /// Wants it, or not. Who switches it on hears at once how it sounds.
    pub(crate) fn switch(&self) {
        let on = !self.wanted.get_untracked();
        self.wanted.set(on);
        if on {
            self.shelf.set(WANTED, "on");
            self.play(&[660.0]);
        } else {
            self.shelf.remove(WANTED);
        }
    }

    /// Two rising tones: somebody needs a person.
    pub(crate) fn offer(&self) {
        self.play(&[587.0, 880.0]);
    }

    /// One tone: somebody wrote.
    pub(crate) fn message(&self) {
        self.play(&[660.0]);
    }

    fn play(&self, tones: &[f32]) {
        if !self.wanted.get_untracked() {
            return;
        }
        if self.audio.borrow().is_none() {
            self.audio.replace(AudioContext::new().ok());
        }
        let audio = self.audio.borrow();
        let Some(audio) = audio.as_ref() else { return };
        // A browser holds sound back until the page was touched once.
        let _ = audio.resume();
        for (place, tone) in tones.iter().enumerate() {
            let start = audio.current_time() + place as f64 * 0.16;
            let (Ok(oscillator), Ok(gain)) = (audio.create_oscillator(), audio.create_gain()) else { return };
            oscillator.set_type(OscillatorType::Sine);
            oscillator.frequency().set_value(*tone);
            let _ = gain.gain().set_value_at_time(LOUDNESS, start);
            let _ = gain.gain().exponential_ramp_to_value_at_time(0.001, start + 0.3);
            let _ = oscillator.connect_with_audio_node(&gain);
            let _ = gain.connect_with_audio_node(&audio.destination());
            let _ = oscillator.start_with_when(start);
            let _ = oscillator.stop_with_when(start + 0.3);
        }
    }
}
