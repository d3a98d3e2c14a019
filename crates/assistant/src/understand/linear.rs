//! A linear scorer over hashed features, learned at start-up from phrases that are part of the program.

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
