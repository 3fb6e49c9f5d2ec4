//! What is searched for, and where each of it counts as a name.
//!
//! In: subjects. Out: folded patterns in order, each with whom it stands for and its [`Reach`]. A
//! pattern that two subjects hold stands for both, and says so: no text is given to one of them
//! by chance.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::fold::{SEPARATOR, pattern};
use super::subjects::{Found, Subject};
use crate::language::Language;

/// Letters below which a name is replaced only where it is marked as one.
const SHORT: usize = 4;
/// Letters from which a name is also replaced inside a longer word.
const LONG: usize = 10;
/// Digits below which an id is taken for one only where it is marked.
const SHORT_ID: usize = 6;
/// The same for the id of a message: below, it might be a size or a count.
const SHORT_MESSAGE: usize = 10;
/// Longest pattern; what is longer is recognised by its start.
const LONGEST: usize = 400;
/// Separators up to which each of them may be missing on its own.
const SEPARATORS: usize = 3;

/// Where a pattern counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reach {
    /// After `@`, as a part of a link or of a path.
    Marked,
    /// Also where it is all that a cell or a quotation holds.
    Alone,
    /// Also anywhere in the words of exhibits: the note itself uses the word.
    Quoted,
    /// Everywhere.
    Everywhere,
}

/// Where a pattern counts in the documents of one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scope {
    pub(super) reach: Reach,
    /// May stand inside a longer word.
    pub(super) inside: bool,
}

impl Scope {
    /// Wherever one of two counts.
    fn or(self, other: Self) -> Self {
        Self { reach: self.reach.max(other.reach), inside: self.inside || other.inside }
    }
}

/// What a pattern is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// The link or the id of a message.
    Message,
    /// A name, an id, a key.
    Name,
    /// The name of an account that is not protected: what is a part of it is no mention.
    Kept,
    /// The name of the claimant or of who acts, in full: nobody else is meant in it.
    Spared,
}

/// A pattern.
#[derive(Debug, Clone)]
pub(super) struct Needle {
    pub(super) chars: Vec<char>,
    /// Whom it stands for, as places in the list of subjects.
    pub(super) subjects: BTreeSet<usize>,
    french: Scope,
    english: Scope,
    /// The text that it was first made of.
    pub(super) written: String,
    /// The same as it is written, where a capital marks it as a name.
    pub(super) proper: BTreeSet<String>,
    /// What it is.
    pub(super) what: What,
    /// An account that is not protected bears it too.
    pub(super) shared: bool,
    /// The case file lists whom it stands for.
    pub(super) listed: bool,
}

/// The patterns in ascending order, and texts that only stand as they are.
#[derive(Debug, Default)]
pub(super) struct Needles {
    pub(super) sorted: Vec<Needle>,
    /// Names without enough letters to fold: `____`.
    pub(super) raw: Vec<(String, usize)>,
    /// The last digits of telephone numbers.
    pub(super) phones: BTreeMap<String, BTreeSet<usize>>,
}

/// What is known of texts when their reach is judged.
struct Judge<'a> {
    found: &'a Found,
    claimant: BTreeSet<Vec<char>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Origin {
    Handle,
    NativeId,
    Key,
    Listed,
    Part,
    Message,
}

impl Needle {
    /// Whether it is never replaced.
    pub(super) fn stays(&self) -> bool {
        matches!(self.what, What::Kept | What::Spared)
    }

    /// Where it counts in the documents of a language, whose own words differ.
    pub(super) fn scope(&self, lang: Language) -> Scope {
        lang.pick(self.french, self.english)
    }

    /// Whether some document of the case does not replace it wherever it stands.
    pub(super) fn is_limited(&self) -> bool {
        Language::ALL.into_iter().any(|lang| self.scope(lang).reach < Reach::Everywhere)
    }

    fn kept(name: &[char], what: What) -> Self {
        let everywhere = Scope { reach: Reach::Everywhere, inside: false };
        Self {
            chars: name.to_vec(),
            subjects: BTreeSet::new(),
            french: everywhere,
            english: everywhere,
            written: String::new(),
            proper: BTreeSet::new(),
            what,
            shared: false,
            listed: false,
        }
    }
}

impl Needles {
    /// `spared`: how the claimant and those who act are named in the documents.
    pub(super) fn of(found: &Found, spared: &[&str]) -> Self {
        let claimant = spared.iter().flat_map(|text| words(text)).collect();
        let judge = Judge { found, claimant };
        let mut all: BTreeMap<Vec<char>, Needle> = BTreeMap::new();
        let mut out = Self::default();
        for (at, subject) in found.subjects.iter().enumerate() {
            for (text, origin) in texts(subject) {
                out.take(&text, origin, at, &judge, &mut all);
            }
        }
        for name in found.examined.union(&found.claimant) {
            all.entry(name.clone()).or_insert_with(|| Needle::kept(name, What::Kept));
        }
        for name in spared.iter().map(|text| pattern(text, false)).filter(|name| !name.is_empty()) {
            all.insert(name.clone(), Needle::kept(&name, What::Spared));
        }
        out.sorted = all.into_values().collect();
        out.raw.sort();
        out.raw.dedup();
        out
    }

    fn take(
        &mut self,
        text: &str,
        origin: Origin,
        at: usize,
        judge: &Judge<'_>,
        all: &mut BTreeMap<Vec<char>, Needle>,
    ) {
        let text = text.trim().trim_start_matches('@');
        if let Some(digits) = phone(text, origin) {
            self.phones.entry(digits).or_default().insert(at);
        }
        let folds = BTreeSet::from([pattern(text, false), pattern(text, true)]);
        for fold in folds {
            let scope = |lang: Language| {
                let reach = judge.reach(lang, text, &fold, origin)?;
                let long = letters(&fold) >= LONG && reach == Reach::Everywhere;
                Some(Scope { reach, inside: long })
            };
            let Some((french, english)) = scope(Language::French).zip(scope(Language::English))
            else {
                if text.chars().count() >= SHORT && !text.chars().all(char::is_whitespace) {
                    self.raw.push((faisceau_model::excerpt(text, LONGEST), at));
                }
                continue;
            };
            let shared = judge.is_shared(&fold);
            let listed = judge.found.subjects.get(at).is_some_and(|s| !s.listed.is_empty());
            for mut chars in variants(&fold) {
                let cut = chars.len() > LONGEST;
                chars.truncate(LONGEST);
                let needle = all.entry(chars.clone()).or_insert_with(|| Needle {
                    chars,
                    subjects: BTreeSet::new(),
                    french,
                    english,
                    written: text.to_owned(),
                    proper: BTreeSet::new(),
                    what: What::Message,
                    shared: false,
                    listed: false,
                });
                needle.subjects.insert(at);
                let whole = |scope: Scope| Scope { inside: scope.inside || cut, ..scope };
                needle.french = needle.french.or(whole(french));
                needle.english = needle.english.or(whole(english));
                if origin != Origin::Message {
                    needle.what = What::Name;
                }
                needle.shared |= shared;
                needle.listed |= listed;
                if text.starts_with(char::is_uppercase) && origin != Origin::NativeId {
                    needle.proper.insert(text.to_owned());
                }
            }
        }
    }
}

impl Judge<'_> {
    fn is_shared(&self, fold: &[char]) -> bool {
        let mut parts = fold.split(|c| *c == SEPARATOR);
        self.found.examined.contains(fold)
            || self.found.claimant.contains(fold)
            || parts.all(|part| self.claimant.contains(part))
    }

    /// Where a text counts in the documents of a language, or nothing if too little of it is left
    /// to be a pattern.
    fn reach(&self, lang: Language, text: &str, fold: &[char], origin: Origin) -> Option<Reach> {
        let letters = letters(fold);
        if fold.is_empty() || (letters < SHORT && text.chars().count() >= SHORT) {
            return None;
        }
        let digits = fold.iter().all(char::is_ascii_digit);
        if origin == Origin::Key {
            return Some(Reach::Everywhere);
        }
        if self.found.platforms.contains(fold) {
            return Some(Reach::Marked);
        }
        // What an account of the claimant is called is not hidden from her own act.
        if self.found.claimant.contains(fold) {
            return Some(Reach::Marked);
        }
        let mut parts = fold.split(|c| *c == SEPARATOR);
        Some(match origin {
            Origin::Message if digits && letters < SHORT_MESSAGE => Reach::Marked,
            Origin::Message if letters < SHORT_ID => Reach::Marked,
            Origin::NativeId if digits && letters < SHORT_ID => Reach::Marked,
            _ if digits && letters < SHORT => Reach::Marked,
            Origin::Listed | Origin::Part if (2..SHORT).contains(&letters) => Reach::Quoted,
            _ if letters < SHORT => Reach::Alone,
            _ if digits && letters < SHORT_ID => Reach::Quoted,
            _ if parts.all(|part| own_words(lang).contains(part)) => Reach::Quoted,
            _ => Reach::Everywhere,
        })
    }
}

/// Everything that tells a subject.
fn texts(subject: &Subject) -> Vec<(String, Origin)> {
    let mut out: Vec<(String, Origin)> = Vec::new();
    for key in &subject.accounts {
        out.push((key.as_str().to_owned(), Origin::Key));
        let native = key.native();
        let origin = if native.starts_with('@') { Origin::Handle } else { Origin::NativeId };
        out.push((native.to_owned(), origin));
    }
    out.extend(subject.native_ids.iter().map(|id| (id.clone(), Origin::NativeId)));
    let names = subject.handles.iter().chain(&subject.display_names);
    out.extend(names.map(|name| (name.clone(), Origin::Handle)));
    for entry in &subject.listed {
        out.push((entry.clone(), Origin::Listed));
        let apart = |c: char| c.is_whitespace() || matches!(c, '\'' | '\u{2019}');
        let parts: Vec<&str> = entry.split(apart).filter(|part| !part.is_empty()).collect();
        // Of « Léa d'Ormesson », Léa and Ormesson are names on their own.
        let named = |part: &&&str| part.starts_with(char::is_uppercase) && part.chars().count() > 2;
        if parts.len() > 1 {
            out.extend(parts.iter().filter(named).map(|p| ((*p).to_owned(), Origin::Part)));
        }
    }
    // A mail address tells by what stands before the sign, and by how the note masks it.
    let mails: Vec<String> = out.iter().filter_map(|(text, _)| masked(text)).collect();
    let locals: Vec<String> = out.iter().filter_map(|(text, _)| local(text)).collect();
    out.extend(mails.into_iter().chain(locals).map(|text| (text, Origin::Handle)));
    out.extend(subject.messages.iter().map(|text| (text.clone(), Origin::Message)));
    out
}

/// Mail addresses: what stands before the sign and after it.
fn mail(text: &str) -> Option<(&str, &str)> {
    let (local, domain) = text.trim().trim_start_matches('@').rsplit_once('@')?;
    let local = local.rsplit_once(':').map_or(local, |(_, local)| local).trim_start_matches('@');
    (!local.is_empty() && domain.contains('.')).then_some((local, domain))
}

fn local(text: &str) -> Option<String> {
    mail(text).map(|(local, _)| local.to_owned()).filter(|local| local.chars().count() >= SHORT)
}

fn masked(text: &str) -> Option<String> {
    let (local, domain) = mail(text)?;
    let first = local.chars().find(|c| c.is_alphanumeric()).unwrap_or('*');
    Some(format!("{first}***@{domain}"))
}

/// The last nine digits of a text that is a telephone number.
fn phone(text: &str, origin: Origin) -> Option<String> {
    if matches!(origin, Origin::Key | Origin::Part | Origin::Message) {
        return None;
    }
    let part = |c: char| c.is_ascii_digit() || " .-()/+\u{a0}\u{202f}".contains(c);
    (text.starts_with(['+', '0', '(']) && text.chars().all(part)).then_some(())?;
    last_digits(text)
}

/// The last nine digits of at least nine.
pub(super) fn last_digits(text: &str) -> Option<String> {
    let digits: Vec<char> = text.chars().filter(char::is_ascii_digit).collect();
    let from = digits.len().checked_sub(9)?;
    (digits.len() <= 15).then(|| digits.iter().skip(from).collect())
}

/// The pattern with and without its separators.
fn variants(fold: &[char]) -> BTreeSet<Vec<char>> {
    let count = fold.iter().filter(|c| **c == SEPARATOR).count();
    let masks: Vec<usize> =
        if count <= SEPARATORS { (0..1 << count).collect() } else { vec![0, usize::MAX] };
    let of = |mask: usize| -> Vec<char> {
        let mut seen = 0;
        let mut kept = Vec::with_capacity(fold.len());
        for &c in fold {
            if c == SEPARATOR {
                let drop = mask == usize::MAX || (mask >> seen) & 1 == 1;
                seen = (seen + 1).min(SEPARATORS);
                if drop {
                    continue;
                }
            }
            kept.push(c);
        }
        kept
    };
    masks.into_iter().map(of).collect()
}

pub(super) fn letters(fold: &[char]) -> usize {
    fold.iter().filter(|c| **c != SEPARATOR).count()
}

/// The folded words of a text.
fn words(text: &str) -> Vec<Vec<char>> {
    let fold = pattern(text, false);
    let word = |c: &char| !c.is_alphanumeric();
    fold.split(word).filter(|word| !word.is_empty()).map(<[char]>::to_vec).collect()
}

static FRENCH: LazyLock<BTreeSet<Vec<char>>> =
    LazyLock::new(|| gathered([include_str!("../wording/fr.toml"), include_str!("own_words.txt")]));
static ENGLISH: LazyLock<BTreeSet<Vec<char>>> = LazyLock::new(|| {
    gathered([include_str!("../wording/en.toml"), include_str!("own_words_en.txt")])
});

/// The words of the catalogue of a language, and those of the sentences.
fn gathered(texts: [&str; 2]) -> BTreeSet<Vec<char>> {
    texts.into_iter().flat_map(str::lines).flat_map(words).collect()
}

/// The words that the documents of a language themselves use. A handle that is one of them is
/// replaced in what exhibits say and where it is marked as a handle, not in the sentences of the
/// note.
fn own_words(lang: Language) -> &'static BTreeSet<Vec<char>> {
    match lang {
        Language::French => &FRENCH,
        Language::English => &ENGLISH,
    }
}

/// Whether the documents of a language use a word.
#[cfg(test)]
pub(crate) fn is_own_word(lang: Language, word: &str) -> bool {
    own_words(lang).contains(&pattern(word, false))
}
