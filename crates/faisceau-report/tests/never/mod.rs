//! Words that no output of a party may use as a finding, and where a text says one.
//!
//! In: texts of a document. Out: the words found. What stands between quotation signs is an exhibit's
//! or a law's and is left out; so are the few set phrases of [`ALLOWED`].

/// What is never said, in lower case; a word counts from its beginning.
pub(crate) const FORBIDDEN: [&str; 20] = [
    "expertise",
    "expert judiciaire",
    "certain",
    "certitude",
    "identifié",
    "identifiée",
    "coupable",
    "culpabilité",
    "auteur",
    "a posteriori",
    "posterior",
    "prouv",
    "preuve que",
    "harceleur",
    "harceleuse",
    "est responsable",
    "sans aucun doute",
    "indiscutable",
    "sans conteste",
    "est démontré",
];

/// The same of the English edition, as whole words.
pub(crate) const FORBIDDEN_ENGLISH: [&str; 33] = [
    "author",
    "authored",
    "authors",
    "authorship",
    "certain",
    "certainly",
    "certainty",
    "culprit",
    "culprits",
    "expertise",
    "expert report",
    "guilt",
    "guilty",
    "harasser",
    "harassers",
    "identified",
    "identifies",
    "is responsible",
    "no doubt",
    "offender",
    "perpetrator",
    "posterior",
    "proof",
    "prove",
    "proved",
    "proven",
    "proves",
    "stalker",
    "suspect",
    "suspects",
    "undeniably",
    "undoubtedly",
    "without doubt",
];

/// Phrases that hold such a word and find nothing.
pub(crate) const ALLOWED: [&str; 3] = [
    // CPC, article 145: the law's own words.
    "conserver ou établir la preuve",
    // Copyright of a dataset.
    "droit d’auteur",
    "incertain",
];

/// The forbidden words that a text says, outside guillemets.
pub(crate) fn said(text: &str) -> Vec<&'static str> {
    let mut own = outside_quotations(text).to_lowercase();
    for phrase in ALLOWED {
        own = own.replace(phrase, " ");
    }
    FORBIDDEN.into_iter().filter(|word| begins(&own, word)).collect()
}

/// The forbidden English words that a text says, outside quotation signs.
pub(crate) fn said_in_english(text: &str) -> Vec<&'static str> {
    let own = outside_quotations(text).to_lowercase();
    let own: Vec<&str> = own.split(|c: char| !c.is_alphabetic()).collect();
    let own = format!(" {} ", own.join(" "));
    FORBIDDEN_ENGLISH.into_iter().filter(|word| own.contains(&format!(" {word} "))).collect()
}

fn outside_quotations(text: &str) -> String {
    let mut depth = 0_u32;
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '«' | '“' => depth += 1,
            '»' | '”' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

/// Whether a word of the text begins so: `certain` and not `incertain`.
fn begins(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        text.get(..at)
            .and_then(|before| before.chars().next_back())
            .is_none_or(|c| !c.is_alphabetic())
    })
}
