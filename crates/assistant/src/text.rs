//! How a text becomes terms: folded, cut into words or bigrams, and stemmed by language.

use rust_stemmers::{Algorithm, Stemmer};
use std::collections::HashSet;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

/// The languages that the assistant knows well. Any other is treated by its script, without stemming.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Language {
    /// English.
    En,
    /// German.
    De,
    /// Spanish.
    Es,
    /// Arabic.
    Ar,
    /// Japanese.
    Ja,
}

impl Language {
    /// All of them, in the order in which tables are written.
    pub const ALL: [Language; 5] = [Self::En, Self::De, Self::Es, Self::Ar, Self::Ja];

    /// The two-letter code.
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::De => "de",
            Self::Es => "es",
            Self::Ar => "ar",
            Self::Ja => "ja",
        }
    }

    /// The language of a locale such as `de-AT`; none when it is not one of ours.
    pub fn of_locale(locale: &str) -> Option<Self> {
        let code = primary(locale);
        Self::ALL.into_iter().find(|language| language.code() == code)
    }

    fn stemmer(self) -> Option<Algorithm> {
        match self {
            Self::En => Some(Algorithm::English),
            Self::De => Some(Algorithm::German),
            Self::Es => Some(Algorithm::Spanish),
            Self::Ar => Some(Algorithm::Arabic),
            Self::Ja => None,
        }
    }
}

/// The primary subtag of a locale, in lower case: `en` of `en-GB`.
pub(crate) fn primary(locale: &str) -> String {
    locale.split(['-', '_']).next().unwrap_or_default().to_lowercase()
}

/// Lower case without diacritics, widths and Arabic ornament, so that what people type meets what shops write.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.nfkd() {
        match letter {
            // Voiced kana marks carry meaning, so they are kept and joined again below.
            '\u{3099}' | '\u{309A}' => folded.push(letter),
            '\u{0300}'..='\u{036F}' | '\u{0610}'..='\u{061A}' | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{0640}' => {}
            'أ' | 'إ' | 'آ' | 'ٱ' => folded.push('ا'),
            'ى' | 'ی' => folded.push('ي'),
            'ة' => folded.push('ه'),
            'ؤ' => folded.push('و'),
            'ئ' => folded.push('ي'),
            'ک' => folded.push('ك'),
            'ß' => folded.push_str("ss"),
            '’' | '‘' | '`' | '´' => folded.push('\''),
            '٠'..='٩' => folded.push(digit(letter, '٠')),
            '۰'..='۹' => folded.push(digit(letter, '۰')),
            _ => folded.extend(letter.to_lowercase()),
        }
    }
    folded.nfc().collect()
}

fn digit(letter: char, zero: char) -> char {
    char::from_u32('0' as u32 + (letter as u32 - zero as u32)).unwrap_or('0')
}

/// Whether a letter belongs to a script that is written without spaces.
pub(crate) fn is_cjk(letter: char) -> bool {
    matches!(letter, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '々')
}

/// Whether a letter is Arabic.
pub(crate) fn is_arabic(letter: char) -> bool {
    matches!(letter, '\u{0600}'..='\u{06FF}' | '\u{0750}'..='\u{077F}')
}

/// The words of a folded text in order; a run of letters without spaces is one word.
pub(crate) fn words(folded: &str) -> Vec<String> {
    spans(folded).into_iter().filter_map(|(start, end)| folded.get(start..end)).map(str::to_owned).collect()
}

/// Where the words stand.
pub(crate) fn spans(folded: &str) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut in_run = false;
    for (at, piece) in folded.split_word_bound_indices() {
        let end = at + piece.len();
        if piece.chars().all(is_cjk) {
            match found.last_mut() {
                Some(last) if in_run => last.1 = end,
                Some(_) | None => found.push((at, end)),
            }
            in_run = true;
            continue;
        }
        in_run = false;
        if piece.chars().any(char::is_alphanumeric) {
            found.push((at, end));
        }
    }
    found
}

/// Whether a folded word says nothing by itself.
pub(crate) fn is_stop_word(word: &str) -> bool {
    STOP_WORDS.contains(word.trim_end_matches("'s"))
}

/// The index terms of a text: stems of its words without the words that say nothing, bigrams where there are no spaces.
pub(crate) fn terms(text: &str, language: Language) -> Vec<String> {
    let mut found = Vec::new();
    for word in words(&fold(text)) {
        if word.chars().all(is_cjk) {
            bigrams(&word, &mut found);
        } else if !is_stop_word(&word) {
            found.push(stem(&word, language));
        }
    }
    found
}

/// Two neighbouring letters are a term. Pairs of hiragana alone are grammar, so they are left out.
pub(crate) fn bigrams(run: &str, found: &mut Vec<String>) {
    let letters: Vec<char> = run.chars().collect();
    if let [one] = letters.as_slice() {
        if !hiragana(*one) {
            found.push(one.to_string());
        }
        return;
    }
    for pair in letters.windows(2) {
        if !pair.iter().copied().all(hiragana) {
            found.push(pair.iter().collect());
        }
    }
}

fn hiragana(letter: char) -> bool {
    matches!(letter, '\u{3040}'..='\u{309F}')
}

/// The stem of one folded word. German umlauts are already folded, which the stemmer takes.
pub(crate) fn stem(word: &str, language: Language) -> String {
    let language = if word.chars().any(is_arabic) { Language::Ar } else { language };
    let bare = word.trim_end_matches("'s");
    let Some(algorithm) = language.stemmer() else { return bare.to_owned() };
    if bare.chars().any(|letter| letter.is_ascii_digit()) {
        return bare.to_owned();
    }
    let stemmed = Stemmer::create(algorithm).stem(bare).into_owned();
    if language == Language::Ar { without_article(&stemmed) } else { stemmed }
}

/// The stemmer leaves the Arabic article on short words, and a joined preposition before it.
fn without_article(word: &str) -> String {
    for prefix in ["وال", "بال", "كال", "فال", "لل", "ال"] {
        if let Some(rest) = word.strip_prefix(prefix)
            && rest.chars().count() >= 3
        {
            return rest.to_owned();
        }
    }
    word.to_owned()
}

/// The language that a text is most likely written in: by its script, then by small words, else the locale's.
pub(crate) fn guess_language(text: &str, locale: &str) -> Language {
    let folded = fold(text);
    let count = |is: fn(char) -> bool| folded.chars().filter(|letter| is(*letter)).count();
    let (cjk, arabic, letters) = (count(is_cjk), count(is_arabic), count(char::is_alphabetic));
    if cjk * 3 > letters.max(1) {
        return Language::Ja;
    }
    if arabic * 2 > letters.max(1) {
        return Language::Ar;
    }
    let shown = Language::of_locale(locale);
    let mut best = (0usize, None);
    let found = words(&folded);
    for (language, small) in [(Language::En, EN), (Language::De, DE), (Language::Es, ES)] {
        let mut score = 2 * found.iter().filter(|word| small.split(' ').any(|w| w == word.as_str())).count();
        score += match language {
            Language::De => usize::from(text.contains(['ä', 'ö', 'ü', 'ß', 'Ä', 'Ö', 'Ü'])) * 3,
            Language::Es => usize::from(text.contains(['¿', '¡', 'ñ', 'á', 'é', 'í', 'ó', 'ú'])) * 3,
            Language::En | Language::Ar | Language::Ja => 0,
        };
        score += usize::from(score > 0 && shown == Some(language));
        if score > best.0 {
            best = (score, Some(language));
        }
    }
    let latin = |language: &Language| !matches!(language, Language::Ar | Language::Ja);
    best.1.or(shown.filter(|language| latin(language) || letters == 0)).unwrap_or(Language::En)
}

const EN: &str = "the a an is are was were do does did can could will would how what when where which who why my your i you it we they \
    to of in on for with and or not have has had this that there if be been from at by me please any much many long get got should s i've i'd i'll you've you're we've they're that's what's it'll can't cannot about as \
    am im don't dont i'm it's isn't so but up out no";
const DE: &str = "der die das den dem des ein eine einen einem einer ist sind war waren wie was wann wo welche welcher welches wer warum \
    mein meine meinen meinem meiner dein ihr ihre ihren ich du sie es wir zu von im in am auf fur mit und oder nicht kein keine hat habe \
    haben kann konnt konnen kann man mich mir bitte wird werden aus bei nach uber wenn zum zur beim vom noch auch schon geht gibt muss \
    darf lange viel etwas aber";
const ES: &str = "el la los las un una unos unas es son esta estan era como que cuando donde cual cuales quien por porque mi mis tu su sus \
    yo ella nosotros a de en con para y o no ha he han hay se me te le lo puedo puede pueden del al si sin sobre cuanto cuanta cuantos \
    cuantas tarda hacer tengo quiero pero muy mas ya";
/// Kept for question words, too: they say which kind of answer is wanted, and no passage is found by them.
const AR: &str = "في من على الي عن مع هل ما ماذا متي اين كيف كم هذا هذه ذلك التي الذي انا انت هو هي نحن لي لك او و ان اذا لم لا قد كان \
    يمكن يمكنني استطيع اريد ابغي شو وين ليش لماذا بعد قبل عند كل اي ثم هناك يتم تم";

static STOP_WORDS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| [EN, DE, ES, AR].iter().flat_map(|list| list.split_whitespace()).collect());

/// Whether two letters side by side end a sentence, for texts without the rules of a language at hand.
pub(crate) fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let next = letters.peek().map(|(_, next)| *next);
        let ends = match letter {
            '\n' | '。' | '！' | '？' => true,
            '!' | '?' | '؟' | '…' => next.is_none_or(|next| next.is_whitespace()),
            '.' => next.is_none_or(char::is_whitespace) && !abbreviation(text, at) && !lower_follows(text, at),
            _ => false,
        };
        if ends {
            push_trimmed(&text[start..at + letter.len_utf8()], &mut found);
            start = at + letter.len_utf8();
        }
    }
    push_trimmed(&text[start..], &mut found);
    found
}

fn push_trimmed<'a>(piece: &'a str, found: &mut Vec<&'a str>) {
    let piece = piece.trim();
    if piece.chars().any(char::is_alphanumeric) {
        found.push(piece);
    }
}

/// "a.m." and "z. B." go on; so does a German ordinal before a month: "24. Dezember".
fn abbreviation(text: &str, dot: usize) -> bool {
    let before = text[..dot].rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default();
    let ordinal = !before.is_empty() && before.len() <= 2 && before.chars().all(|c| c.is_ascii_digit());
    let after = text[dot + 1..].trim_start();
    let single = before.chars().count() == 1 && before.chars().all(char::is_alphabetic) && !is_cjk(before.chars().next().unwrap_or(' '));
    let known = [
        "e.g", "i.e", "z.B", "bzw", "ca", "inkl", "zzgl", "ggf", "evtl", "Nr", "No", "no", "St", "p.ej", "aprox", "Sr", "Sra", "Dr", "Mo",
        "Fr", "approx", "vs", "etc", "usw",
    ];
    single || known.contains(&before) || (ordinal && after.chars().next().is_some_and(char::is_alphabetic))
}

/// A sentence does not begin in lower case: "p. m. de lunes".
fn lower_follows(text: &str, dot: usize) -> bool {
    text[dot + 1..].trim_start().chars().next().is_some_and(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_takes_away_what_people_leave_out() {
        assert_eq!(fold("Rückgabe Größe"), "ruckgabe grosse");
        assert_eq!(fold("إرجاعُ الطلبيّة"), "ارجاع الطلبيه");
        assert_eq!(fold("ﾍﾟｰｼﾞ"), "ページ");
    }

    #[test]
    fn japanese_becomes_bigrams_without_grammar() {
        assert_eq!(terms("返品したい", Language::Ja), ["返品", "品し"]);
    }

    #[test]
    fn languages_are_guessed_from_few_words() {
        assert_eq!(guess_language("wie lange dauert das", "en"), Language::De);
        assert_eq!(guess_language("cuanto tarda el envio", "en"), Language::Es);
        assert_eq!(guess_language("送料は？", "en"), Language::Ja);
        assert_eq!(guess_language("refund", "de"), Language::De);
    }

    #[test]
    fn sentences_end_where_they_end() {
        assert_eq!(sentences("Am 24. Dezember ist zu. Danach z. B. wieder auf.").len(), 2);
        assert_eq!(sentences("返品は30日以内です。送料は無料です。").len(), 2);
        assert_eq!(sentences("It costs £3.95 per parcel. Free over £60!").len(), 2);
    }
}
