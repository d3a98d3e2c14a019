//! What a passage must hold beyond a score: the country, product or way to pay that was asked about, and the kind of answer.

use super::Query;
use super::index::{Index, Place};
use crate::articles::Passage;
use crate::lexicon::Lexicon;
use crate::text::fold;
use std::sync::LazyLock;

/// The kind of answer that a question wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A length of time, a day, or a time of day.
    Time,
    /// An amount of money, or that it is free.
    Amount,
    /// Anything.
    Any,
}

static KINDS: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(KIND_WORDS));
const KIND_WORDS: &str = "\
time\thow long|how many days|how soon|when|what time|by when|wie lange|wann|wie viele tage|bis wann|um wie viel uhr|cuanto tarda|cuanto tiempo|cuando|cuantos dias|a que hora|hasta cuando|كم يستغرق|كم يوم|متي|كم من الوقت|كم مده|どのくらい|どれくらい|いつ|何日|何時|期間|期限
amount\thow much|what does it cost|cost|price of|fee|was kostet|wie viel kostet|wie teuer|kosten|gebuhr|cuanto cuesta|cuanto cuestan|cuanto vale|coste|precio|كم تكلف|كم سعر|بكم|تكلفه|كم رسوم|いくら|料金|値段|送料は
not_time\tback|if|wenn|si
span\tday|days|hour|hours|week|weeks|month|months|year|years|minute|minutes|working day|working days|tag|tage|tagen|stunde|stunden|woche|wochen|monat|monate|monaten|jahr|jahre|jahren|werktag*|uhr|minuten|dia|dias|hora|horas|semana|semanas|mes|meses|ano|anos|minutos|laborables|يوم|ايام|يوما|ساعه|ساعات|اسبوع|اسابيع|اسبوعين|شهر|اشهر|سنه|سنوات|دقيقه|عمل|日|営業日|時間|週間|か月|ヶ月|カ月|年|時|分|monday|tuesday|wednesday|thursday|friday|saturday|sunday|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lunes|martes|miercoles|jueves|viernes|sabado|domingo|immediately|same day|at once|sofort|inmediato|在|فورا|すぐ|january|december|november|januar|dezember|november|enero|diciembre|noviembre|يناير|ديسمبر|نوفمبر|時頃|a.m|p.m|am|pm
free\tfree|free of charge|kostenlos*|gratis|frei|gratuito|gratuita|sin coste|مجاني|مجانا|مجانيه|無料";

pub(crate) fn kind(query: &Query) -> Kind {
    let named = KINDS.named(&query.folded);
    // "How much is it, and when?" wants the amount first.
    if named.contains(&"amount") {
        Kind::Amount
    } else if named.contains(&"time") {
        Kind::Time
    } else {
        Kind::Any
    }
}

/// Whether a text holds the kind of answer.
pub(crate) fn holds(kind: Kind, text: &str) -> bool {
    let folded = fold(text);
    let number = folded.chars().any(|letter| letter.is_ascii_digit());
    match kind {
        Kind::Time => KINDS.named(&folded).contains(&"span") && (number || folded.len() < 400) || clock(&folded),
        Kind::Amount => {
            (number && folded.contains(['£', '€', '$', '¥', '円', '%']))
                || KINDS.named(&folded).contains(&"free")
                || money_word(&folded) && number
        }
        Kind::Any => true,
    }
}

fn clock(folded: &str) -> bool {
    folded.as_bytes().windows(4).any(|run| run[0].is_ascii_digit() && run[1] == b':' && run[2].is_ascii_digit() && run[3].is_ascii_digit())
}

fn money_word(folded: &str) -> bool {
    ["euro", "pound", "dollar", "dirham", "درهم", "ريال", "جنيه", "يورو", "دولار", "ポンド", "ユーロ", "ドル", "usd", "gbp", "eur", "jpy"]
        .iter()
        .any(|word| folded.contains(word))
}

const EU: [&str; 21] = [
    "ireland",
    "germany",
    "austria",
    "france",
    "spain",
    "portugal",
    "italy",
    "netherlands",
    "belgium",
    "luxembourg",
    "denmark",
    "sweden",
    "finland",
    "poland",
    "czechia",
    "hungary",
    "romania",
    "greece",
    "croatia",
    "malta",
    "cyprus",
];
const CITIES: [(&str, &str); 17] = [
    ("newyork", "usa"),
    ("dublin", "ireland"),
    ("vienna", "austria"),
    ("london", "uk"),
    ("bristol", "uk"),
    ("manchester", "uk"),
    ("leeds", "uk"),
    ("edinburgh", "uk"),
    ("leipzig", "germany"),
    ("berlin", "germany"),
    ("munich", "germany"),
    ("cologne", "germany"),
    ("hamburg", "germany"),
    ("madrid", "spain"),
    ("sevilla", "spain"),
    ("barcelona", "spain"),
    ("paris", "france"),
];

/// How well the entities of the question are met: 1 all in the passage, 0 at least one nowhere in the article.
pub(crate) fn entities_met(query: &Query, passage: usize, index: &Index) -> f32 {
    let shop = query.about("#shop") || query.about("#hours");
    query
        .entities
        .iter()
        .map(|entity| {
            let stand_ins = std::iter::once(entity.clone()).chain(stand_ins(entity, shop));
            let best = stand_ins.map(|term| index.place(&term, passage)).max().unwrap_or(Place::Absent);
            match best {
                Place::Passage => 1.0,
                Place::Article => 0.7,
                Place::Absent => 0.0,
            }
        })
        .fold(1.0, f32::min)
}

/// What else names it: a country its city, the EU a member. A shop in Germany is no shop in Berlin.
fn stand_ins(entity: &str, strict: bool) -> Vec<String> {
    let Some(place) = entity.strip_prefix("@place:") else { return Vec::new() };
    if strict {
        return Vec::new();
    }
    let country = CITIES.iter().find(|(city, _)| *city == place).map_or(place, |(_, country)| country);
    let mut found = Vec::new();
    if country != place {
        found.push(format!("@place:{country}"));
    }
    if EU.contains(&country) {
        found.push("@place:eu".to_owned());
    }
    found
}

/// Whether the passage as a whole, or its article's title, holds the kind of answer.
pub(crate) fn passage_holds(kind: Kind, passage: &Passage) -> bool {
    passage.sentences.iter().any(|sentence| holds(kind, &sentence.text))
}
