//! How long to wait before the next try: doubling, with a bound, and spread so that a thousand widgets do not come back at once.

/// Milliseconds before the first new try.
const FIRST_MS: u32 = 500;
/// The longest pause.
const LONGEST_MS: u32 = 30_000;

/// Counts failures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Backoff {
    failures: u32,
}

impl Backoff {
    /// It worked: the next failure starts anew.
    pub fn worked(&mut self) {
        self.failures = 0;
    }

    /// How often it failed in a row.
    pub fn failures(self) -> u32 {
        self.failures
    }

    /// It failed: milliseconds until the next try. `spread` is a random number; the pause is between half and all of the bound.
    pub fn failed(&mut self, spread: u32) -> u32 {
        let bound = FIRST_MS.saturating_mul(1 << self.failures.min(6)).min(LONGEST_MS);
        self.failures = self.failures.saturating_add(1);
        bound / 2 + spread % (bound / 2 + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pause_doubles_to_a_bound_and_starts_anew() {
        let mut backoff = Backoff::default();
        let pauses: Vec<u32> = (0..9).map(|_| backoff.failed(u32::MAX)).collect();
        assert!(pauses.windows(2).all(|pair| pair[0] <= pair[1] + 1), "{pauses:?}");
        assert!(pauses.iter().all(|pause| *pause <= LONGEST_MS));
        backoff.worked();
        assert!(backoff.failed(0) <= FIRST_MS);
    }
}
