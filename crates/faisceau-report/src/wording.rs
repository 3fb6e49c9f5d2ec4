//! The catalogues: what each code means in words, and the prose of method and law.
//!
//! In: `wording/fr.toml`, which a lawyer can edit, and `wording/en.toml`. Out: words for codes. A code that the catalogue
//! does not know is printed as it stands.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

mod explanation;

pub(crate) use explanation::Explanation;

use crate::french::lower_first;
use crate::language::Language;
use crate::sentence::{Prose, Statement};
use crate::text::Text;

/// Habits whose alternatives stand in the texts.
const FROM_TEXT: [&str; 6] =
    ["closing word", "first word", "greeting", "laughter", "which emoji", "which emoticon"];
/// The alternative of a habit that was not seen, and those that are pooled.
const NONE: &str = "none";
const POOLED: &str = "rarer";

static FRENCH: LazyLock<Catalogue> =
    LazyLock::new(|| toml::from_str(include_str!("wording/fr.toml")).unwrap_or_default());
static ENGLISH: LazyLock<Catalogue> =
    LazyLock::new(|| toml::from_str(include_str!("wording/en.toml")).unwrap_or_default());

type Words = BTreeMap<String, String>;

/// The catalogue.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Catalogue {
    innocent: BTreeMap<String, Explanation>,
    relation: BTreeMap<String, Propositions>,
    would_split: Words,
    standing: Words,
    access: Words,
    listing: Words,
    question: Words,
    verdict_note: Words,
    scope: Words,
    reject: Words,
    format: Words,
    clock: Words,
    signature: Words,
    sign_in: Words,
    sign_in_step: Words,
    signal: Words,
    habit: Words,
    alternative: Words,
    unit: Words,
    target: Words,
    family: Words,
    expected: Words,
    missing: Words,
    absent: Words,
    precision: Words,
    zone: Words,
    dataset: Words,
    mail_verdict: Words,
    mail_note: Words,
    mail_claim: Words,
    mail_result: Words,
    trace: Words,
    credentials: Words,
    collected: Words,
    stamp: Words,
    country: Words,
    head: BTreeMap<String, HeadWords>,
    unsought: BTreeMap<String, Counted>,
    pub(crate) scale: Scale,
    pub(crate) prose: ProseTexts,
}

/// A pair of propositions.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Propositions {
    /// What the links of this pair are called.
    pub(crate) title: String,
    /// The first proposition.
    pub(crate) h1: String,
    /// The second.
    pub(crate) h2: String,
}

/// What is said after a count.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Counted {
    /// After 1.
    one: String,
    /// After more.
    many: String,
}

/// A head of request.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct HeadWords {
    /// Its title.
    pub(crate) title: String,
    /// What it holds, its ground and its retention.
    pub(crate) text: Vec<String>,
}

/// The verbal scale: bounds in the order of the bands.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Scale {
    /// Ratios, in words.
    pub(crate) ratios: Vec<String>,
    /// The same as log10, in words.
    pub(crate) logs: Vec<String>,
    /// A log10 LR inside each band, by which its words are asked for.
    pub(crate) inside: Vec<f64>,
}

/// Prose of method and law.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProseTexts {
    pub(crate) no_person: String,
    pub(crate) nature: Vec<String>,
    pub(crate) propositions: Vec<String>,
    pub(crate) likelihood_ratio: Vec<String>,
    pub(crate) scale_note: Vec<String>,
    pub(crate) numbering: Vec<String>,
    pub(crate) integrity: Vec<String>,
    pub(crate) provenance: Vec<String>,
    pub(crate) stamps: Vec<String>,
    pub(crate) chronology: Vec<String>,
    pub(crate) network: Vec<String>,
    pub(crate) handles: Vec<String>,
    pub(crate) links: Vec<String>,
    pub(crate) bars: Vec<String>,
    pub(crate) held: Vec<String>,
    pub(crate) raids: Vec<String>,
    pub(crate) coordination: Vec<String>,
    pub(crate) repetition: Vec<String>,
    pub(crate) repetition_limits: Vec<String>,
    pub(crate) contributions: Vec<String>,
    pub(crate) groups: Vec<String>,
    pub(crate) addresses: Vec<String>,
    pub(crate) mail_boundary: Vec<String>,
    pub(crate) mail_innocent: Vec<String>,
    pub(crate) media: Vec<String>,
    pub(crate) media_innocent: Vec<String>,
    pub(crate) requests: Vec<String>,
    pub(crate) second_hop: Vec<String>,
    pub(crate) dead_ends: Vec<String>,
    pub(crate) order_of_acts: Vec<String>,
    pub(crate) rejects: Vec<String>,
    pub(crate) clocks: Vec<String>,
    pub(crate) signatures: Vec<String>,
    pub(crate) sign_ins: Vec<String>,
    pub(crate) subscribers: Vec<String>,
    pub(crate) method: Vec<String>,
    pub(crate) figures: Vec<String>,
    pub(crate) tippett: Vec<String>,
    pub(crate) verify: Vec<String>,
    pub(crate) verify_limits: Vec<String>,
}

impl Catalogue {
    /// The catalogue of a language.
    pub(crate) fn of(lang: Language) -> &'static Self {
        lang.pick(&FRENCH, &ENGLISH)
    }

    /// The French catalogue.
    pub(crate) fn french() -> &'static Self {
        Self::of(Language::French)
    }

    /// An innocent explanation; an unknown code is its own title and says no more.
    pub(crate) fn innocent(&self, code: &str) -> Explanation {
        self.innocent
            .get(code)
            .cloned()
            .unwrap_or_else(|| Explanation { title: code.to_owned(), ..Explanation::default() })
    }

    /// A pair of propositions.
    pub(crate) fn relation(&self, code: &str) -> Propositions {
        self.relation
            .get(code)
            .cloned()
            .unwrap_or_else(|| Propositions { title: code.to_owned(), ..Propositions::default() })
    }

    /// A head of request.
    pub(crate) fn head(&self, code: &str) -> HeadWords {
        self.head
            .get(code)
            .cloned()
            .unwrap_or_else(|| HeadWords { title: code.to_owned(), ..HeadWords::default() })
    }

    /// What was left out of the search for pairs, after its count.
    pub(crate) fn unsought<'a>(&'a self, code: &'a str, count: i64) -> &'a str {
        let words = |words: &'a Counted| if count == 1 { &words.one } else { &words.many };
        self.unsought.get(code).map_or(code, |found| words(found))
    }

    /// What would split a group: its own words, or an innocent explanation's title.
    pub(crate) fn would_split(&self, code: &str) -> String {
        let title =
            || self.innocent.get(code).map_or_else(|| code.to_owned(), |e| lower_first(&e.title));
        self.would_split.get(code).cloned().unwrap_or_else(title)
    }
}

impl Catalogue {
    /// A signal, `shared_address`, or a signal under a condition, `shared_address (vpn)`.
    pub(crate) fn signal(&self, code: &str) -> String {
        let known =
            |code: &str| self.signal.get(code).map_or_else(|| code.to_owned(), Clone::clone);
        match code.strip_suffix(')').and_then(|code| code.split_once(" (")) {
            Some((code, condition)) => format!("{} ({})", known(code), self.condition(condition)),
            None => known(code),
        }
    }

    /// A habit by name, or `None` for a choice between words, which the first of them names.
    pub(crate) fn habit(&self, code: &str) -> Option<&str> {
        self.habit.get(code).map(String::as_str)
    }

    /// What a habit's alternative is called, or `None` where it stands in the text itself.
    pub(crate) fn alternative(&self, habit: &str, code: &str) -> Option<&str> {
        let worded =
            self.habit.contains_key(habit) && (code == NONE || !FROM_TEXT.contains(&habit));
        self.alternative.get(code).filter(|_| worded || code == POOLED).map(String::as_str)
    }

    fn condition(&self, code: &str) -> String {
        let title = || lower_first(&self.innocent(code).title);
        self.access.get(code).cloned().unwrap_or_else(title)
    }
}

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident)+) => {
        impl Catalogue {
            $($(#[$doc])* pub(crate) fn $name<'a>(&'a self, code: &'a str) -> &'a str {
                self.$name.get(code).map_or(code, String::as_str)
            })+
        }
    };
}

words! {
    /// What the rows say of an explanation.
    standing
    /// A kind of access.
    access
    /// What a dated list says.
    listing
    /// A special-purpose registry.
    scope
    /// Why a record gave no row.
    reject
    /// A format.
    format
    /// A second clock.
    clock
    /// What checking a signature gave.
    signature
    /// What differs in a sign-in, and what explains it innocently.
    sign_in
    /// What to do about a sign-in.
    sign_in_step
    /// A unit of material.
    unit
    /// A kind of target of a raid.
    target
    /// A family of signals.
    family
    /// What an answer may give.
    expected
    /// What a request lacks.
    missing
    /// What a dataset says.
    dataset
    /// A question about an address.
    question
    /// What a reader must know of an answer.
    verdict_note
    /// Why a value is missing.
    absent
    /// How precise a time is.
    precision
    /// Where the zone of a time comes from.
    zone
    /// Where a mail came from.
    mail_verdict
    /// What a reader must know of a mail.
    mail_note
    /// Who names the origin of a mail.
    mail_claim
    /// What authenticating a mail gave.
    mail_result
    /// What a trace of a file points to.
    trace
    /// What checking content credentials gave.
    credentials
    /// What a collection asked for.
    collected
    /// What a time stamp or a seal shows.
    stamp
    /// A country by its code.
    country
}

/// Whether the catalogue has French words for a format.
pub fn names_format(code: &str) -> bool {
    Catalogue::french().format.contains_key(code)
}

/// Paragraphs of the catalogue as statements. What stands between backticks is a command or an id.
pub(crate) fn prose(paragraphs: &[String]) -> Vec<Statement> {
    paragraphs.iter().map(|text| Prose::new(marked(text)).into()).collect()
}

fn marked(paragraph: &str) -> Text {
    let piece = |text: Text, (i, part): (usize, &str)| {
        if i % 2 == 0 { text.plain(part) } else { text.code(part) }
    };
    paragraph.split('`').enumerate().fold(Text::new(), piece)
}

#[cfg(test)]
mod tests;
