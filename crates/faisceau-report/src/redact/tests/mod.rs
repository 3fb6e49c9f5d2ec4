//! Nothing of a protected person is left, and nothing else is touched.

mod places;
mod readers;
mod words;

use faisceau_model::rows::Account;
use faisceau_model::{AccountKey, ExhibitNo, Maybe, Place, Role};

use super::fold::{SEPARATOR, pattern};
use super::{RedactSettings, Redaction};
use crate::tests::sample::{Sample, at, sample};
use crate::{Document, Language};

/// A row of an account with a handle and a display name.
fn account(key: &AccountKey, role: Role, handle: &str, shown: &str) -> Account {
    let place = Place::Pointer(format!("/accounts/{}", key.as_str()));
    Account {
        handle: Maybe::Known(handle.to_owned()),
        display_name: Maybe::Known(shown.to_owned()),
        role,
        ..Account::new(ExhibitNo::top(1), &place, 0, key.clone())
    }
}

/// The made-up case with third parties of these handles and display names.
fn with(names: &[(&str, &str)]) -> Sample {
    let mut sample = sample();
    for (n, (handle, shown)) in names.iter().enumerate() {
        let key = AccountKey::by_id("x", &format!("77000000000{n}"));
        let mut row = account(&key, Role::ThirdParty, handle, shown);
        row.native_id = Maybe::Known(key.native().to_owned());
        sample.accounts.push(row);
    }
    sample
}

/// Writes a text of a stranger wherever rows hold one.
fn everywhere(sample: &mut Sample, text: &str) {
    sample.case.title = format!("Affaire {text} c/ X");
    sample.case.mission = text.into();
    sample.case.capacity = format!("mère de {text}");
    sample.case.access_place = text.into();
    for exhibit in &mut sample.exhibits {
        exhibit.name = format!("captures/{text}/{text}.png");
        exhibit.problem = Maybe::Known(text.into());
    }
    for request in &mut sample.requests {
        request.addressee = text.into();
        request.ground = Maybe::Known(text.into());
        request.expected = text.into();
    }
    for raid in &mut sample.raids {
        raid.target = text.into();
        raid.target_kind = text.into();
        raid.innocent = vec![text.into()];
    }
    for comparison in &mut sample.comparisons {
        comparison.shared = Maybe::Known(text.into());
        comparison.unit = text.into();
        comparison.parts = vec![text.into(), format!("{text}=1.5")];
    }
    for row in &mut sample.explanations {
        row.code = text.into();
        row.counted = vec![format!("lines={text}")];
    }
    for row in &mut sample.contributions {
        row.item = format!("salut {text} à toi");
        if row.part == "lambda_g" {
            row.detail = (0..row.item.len()).map(|at| format!("{at}-{}=+0.9", at + 1)).collect();
        } else {
            row.detail = vec![format!("{text}=3/4")];
        }
    }
    for reject in &mut sample.rejects {
        reject.excerpt = format!("{{\"name\": \"{text}\"}}");
        reject.place = Place::Pointer(format!("/{text}/0"));
    }
    for row in &mut sample.media {
        row.name = format!("{text}.jpg");
        row.owner = Maybe::Known(text.into());
        row.model = Maybe::Known("Appareil".into());
        row.latitude = Maybe::Known(48.856_613);
        row.longitude = Maybe::Known(2.352_222);
        row.position_protected = false;
        row.taken = Maybe::Known(at("2026-03-01T10:00:00Z"));
    }
    for review in &mut sample.reviews {
        review.because = text.into();
        review.who = text.into();
    }
    for line in &mut sample.datasets {
        line.covers = text.into();
    }
    sample.settings.push(("mail.trusted".into(), text.into()));
}

fn filed(sample: &Sample, settings: &RedactSettings) -> (Document, Redaction) {
    filed_in(Language::French, sample, settings)
}

fn filed_in(lang: Language, sample: &Sample, settings: &RedactSettings) -> (Document, Redaction) {
    let input = sample.input();
    let redaction = Redaction::of(&input, settings, &[]).expect("nobody examined is listed");
    (redaction.apply(&crate::note_in(&input, lang)), redaction)
}

/// The text folded, separators as blanks, so that a search sees every spelling.
fn flat(text: &str) -> String {
    let fold = pattern(text, true);
    fold.into_iter().map(|c| if c == SEPARATOR { ' ' } else { c }).collect()
}

/// Whether a name stands as a word in a text, in any spelling.
fn says(text: &str, name: &str) -> bool {
    let (text, name) = (flat(text), flat(name));
    let joins = |c: Option<char>| c.is_some_and(super::fold::joins);
    !name.is_empty()
        && text.match_indices(&name).any(|(at, _)| {
            let before = text[..at].chars().next_back();
            let after = text[at + name.len()..].chars().next();
            let begins = !(joins(before) && joins(name.chars().next()));
            begins && !(joins(after) && joins(name.chars().next_back()))
        })
}
