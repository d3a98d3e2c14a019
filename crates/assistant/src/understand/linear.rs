//! A linear scorer over hashed features, learned at start-up from phrases that are part of the program.

use crate::text::{is_cjk, words};

/// Sparse features: a bucket and how strongly it is there.
pub(crate) type Features = Vec<(u32, f32)>;

const BUCKETS: usize = 1 << 16;
const ROUNDS: usize = 14;
const RATE: f32 = 0.35;
const SHRINK: f32 = 2e-5;

/// Weights of one yes-or-no question.
pub(crate) struct Linear {
    weights: Vec<f32>,
    bias: f32,
}

impl Linear {
    /// Learns from examples; the same examples give the same weights, since the order of visits is fixed.
    pub(crate) fn learn(examples: &[(Features, bool)]) -> Self {
        let mut model = Self { weights: vec![0.0; BUCKETS], bias: 0.0 };
        let mut squares = vec![0.1_f32; BUCKETS];
        let mut order: Vec<usize> = (0..examples.len()).collect();
        let mut seed = 0x9E37_79B9_u32;
        for _ in 0..ROUNDS {
            for place in (1..order.len()).rev() {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                order.swap(place, seed as usize % (place + 1));
            }
            for index in &order {
                let Some((features, truth)) = examples.get(*index) else { continue };
                let error = model.probability(features) - f32::from(u8::from(*truth));
                model.bias -= 0.02 * error;
                for (bucket, value) in features {
                    let bucket = *bucket as usize;
                    let step = error * value + SHRINK * model.weights[bucket];
                    squares[bucket] += step * step;
                    model.weights[bucket] -= RATE * step / squares[bucket].sqrt();
                }
            }
        }
        model
    }

    /// From 0 to 1.
    pub(crate) fn probability(&self, features: &Features) -> f32 {
        let sum = features.iter().fold(self.bias, |sum, (bucket, value)| sum + self.weights[*bucket as usize] * value);
        1.0 / (1.0 + (-sum).exp())
    }
}

/// The bucket of a feature's name: FNV-1a, so that it is the same on every machine.
pub(crate) fn bucket(kind: u8, name: &str) -> u32 {
    let mut hash = 0x811C_9DC5_u32 ^ u32::from(kind);
    for byte in name.bytes() {
        hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    }
    (hash ^ (hash >> 15)) & (BUCKETS as u32 - 1)
}

/// Whole words, pairs of words, and pieces of 3 to 5 letters (1 to 3 where there are no spaces), which typos leave mostly whole.
pub(crate) fn letters(folded: &str, found: &mut Features) {
    let list = words(folded);
    let weight = 1.6 / (list.len().max(1) as f32).sqrt();
    for word in &list {
        found.push((bucket(20, word), weight.min(0.8)));
    }
    for pair in list.windows(2) {
        found.push((bucket(21, &pair.join(" ")), weight.min(0.8)));
    }
    let text: Vec<char> = format!(" {} ", list.join(" ")).chars().collect();
    let dense = text.iter().filter(|letter| is_cjk(**letter)).count() * 2 > text.len();
    let sizes = if dense { 1..=3 } else { 3..=5 };
    let count = text.len().max(1) as f32 * 3.0;
    let each = (2.2 / count.sqrt()).min(0.5);
    for size in sizes {
        for run in text.windows(size) {
            let piece: String = run.iter().collect();
            found.push((bucket(30 + size as u8, &piece), each));
        }
    }
}
