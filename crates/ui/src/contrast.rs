//! The maths of the guard: how well one colour can be told from another, by WCAG 2.

/// A colour: red, green, blue and how opaque, each 0 to 255.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour {
    /// Red.
    pub red: u8,
    /// Green.
    pub green: u8,
    /// Blue.
    pub blue: u8,
    /// 0 lets everything through, 255 nothing.
    pub opaque: u8,
}

/// The ratio that text needs, in thousandths: 4.5 to 1.
pub const TEXT: u32 = 4_500;

impl Colour {
    /// White.
    pub const WHITE: Colour = Colour { red: 255, green: 255, blue: 255, opaque: 255 };

    /// Reads what a computed style says: `rgb(1, 2, 3)`, `rgba(1, 2, 3, 0.5)`, `color(srgb 0.1 0.2 0.3 / 0.5)`. Colours of other
    /// spaces are `None`: who cannot tell does not judge.
    pub fn from_computed(text: &str) -> Option<Self> {
        let (name, rest) = text.trim().split_once('(')?;
        let inside = rest.strip_suffix(')')?;
        let (inside, whole) = match (name, inside.strip_prefix("srgb ")) {
            ("rgb" | "rgba", None) => (inside, 255_000),
            ("color", Some(inside)) => (inside, 1_000),
            _ => return None,
        };
        let mut parts = inside.split([' ', ',', '/']).filter(|part| !part.is_empty());
        let mut channel = || scaled(thousandths(parts.next()?)?, whole);
        let (red, green, blue) = (channel()?, channel()?, channel()?);
        let opaque = match parts.next() {
            None => 255,
            Some(share) => scaled(thousandths(share)?, 1_000)?,
        };
        Some(Colour { red, green, blue, opaque })
    }

    /// This colour in front of an opaque one.
    pub fn over(self, behind: Colour) -> Colour {
        let mix = |front: u8, back: u8| {
            let (front, back, opaque) = (u32::from(front), u32::from(back), u32::from(self.opaque));
            u8::try_from((front * opaque + back * (255 - opaque) + 127) / 255).unwrap_or(u8::MAX)
        };
        Colour { red: mix(self.red, behind.red), green: mix(self.green, behind.green), blue: mix(self.blue, behind.blue), opaque: 255 }
    }

    /// The contrast between two opaque colours, in thousandths: 1,000 to 21,000.
    pub fn contrast(self, other: Colour) -> u32 {
        let (one, two) = (self.luminance(), other.luminance());
        let (lighter, darker) = if one > two { (one, two) } else { (two, one) };
        ((lighter + 0.05) / (darker + 0.05) * 1000.0) as u32
    }

    fn luminance(self) -> f64 {
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }
}

/// The light of a channel. The standard raises to the power of 2.4; `x²·x^0.4` with the fifth root by Newton keeps `powf` out of the
/// download.
fn linear(channel: u8) -> f64 {
    let share = f64::from(channel) / 255.0;
    if share <= 0.040_45 {
        return share / 12.92;
    }
    let base = (share + 0.055) / 1.055;
    // From above, where Newton's way is short and never leaps.
    let mut root = 1.0;
    for _ in 0..12 {
        let fourth = root * root * root * root;
        root -= (fourth * root - base) / (5.0 * fourth);
    }
    base * base * root * root
}

/// `0.25` is 250, `25%` is 250, `12` is 12,000. By hand: reading floats would be code to download.
fn thousandths(text: &str) -> Option<u32> {
    let (text, percent) = match text.strip_suffix('%') {
        Some(text) => (text, true),
        None => (text, false),
    };
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let mut number = 0_u32;
    for digit in whole.bytes() {
        number = number.checked_mul(10)?.checked_add(u32::from(digit.checked_sub(b'0').filter(|digit| *digit < 10)?))?;
    }
    let mut digits = part.bytes().map(|digit| digit.checked_sub(b'0').filter(|digit| *digit < 10));
    for _ in 0..3 {
        number = number.checked_mul(10)?.checked_add(u32::from(digits.next().unwrap_or(Some(0))?))?;
    }
    Some(if percent { number / 100 } else { number })
}

fn scaled(thousandths: u32, whole: u32) -> Option<u8> {
    u8::try_from((thousandths.min(whole) * 255 + whole / 2) / whole).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(text: &str) -> Colour {
        Colour::from_computed(text).unwrap()
    }

    #[test]
    fn computed_colours_are_read() {
        let half = Colour { red: 0, green: 51, blue: 255, opaque: 128 };
        assert_eq!(colour("rgba(0, 51, 255, 0.5)"), half);
        assert_eq!(colour("rgb(0 51 255 / 50%)"), half);
        assert_eq!(colour("color(srgb 0 0.2 1 / 0.5)"), half);
        assert_eq!(colour("rgb(255, 255, 255)"), Colour::WHITE);
        for odd in ["", "red", "oklch(0.5 0.2 30)", "color(display-p3 1 0 0)", "rgb(1, 2)", "rgb(a, b, c)"] {
            assert_eq!(Colour::from_computed(odd), None, "{odd}");
        }
    }

    #[test]
    fn contrast_is_that_of_the_standard() {
        let black = colour("rgb(0, 0, 0)");
        assert_eq!(black.contrast(Colour::WHITE), 21_000);
        assert_eq!(Colour::WHITE.contrast(Colour::WHITE), 1_000);
        // The greys between which the line of 4.5 runs on white.
        assert!(colour("rgb(118, 118, 118)").contrast(Colour::WHITE) >= TEXT);
        assert!(colour("rgb(119, 119, 119)").contrast(Colour::WHITE) < TEXT);
        assert_eq!(colour("rgb(255, 0, 0)").contrast(Colour::WHITE), 3_998);
    }

    #[test]
    fn a_thin_colour_is_seen_as_what_is_behind_it() {
        assert_eq!(colour("rgba(0, 0, 0, 0)").over(Colour::WHITE), Colour::WHITE);
        assert_eq!(colour("rgba(0, 0, 0, 0.5)").over(Colour::WHITE), colour("rgb(127, 127, 127)"));
    }
}
