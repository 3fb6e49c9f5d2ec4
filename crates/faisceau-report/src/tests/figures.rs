//! Every figure that rests on selections is the number of rows that they select.

use faisceau_model::rows::Reject;
use faisceau_model::table::{Cell, Row};
use faisceau_model::{ExhibitNo, Place, RejectReason, Role};

use super::sample::{Sample, sample};
use crate::{Document, Sentence, note};

/// Whether a row has a value (`*`: any, nothing: none) in a column.
fn fulfils<R: Row>(row: &R, condition: &str) -> bool {
    let (name, wanted) = condition.split_once('=').expect("a condition");
    let (mut at, mut found) = (0, None);
    row.cells(&mut |cell| {
        let column = R::COLUMNS[at].name;
        at += 1;
        let zone = name.strip_suffix("_zone") == Some(column);
        if column != name && !zone {
            return;
        }
        found = Some(match cell {
            Cell::Missing(_) => wanted.is_empty(),
            _ if wanted == "*" => true,
            Cell::Moment(at) if zone => at.zone().as_str() == wanted,
            Cell::Text(text) => text == wanted,
            Cell::Bool(b) => b.to_string() == wanted,
            Cell::Int(n) => n.to_string() == wanted,
            _ => false,
        });
    });
    found.unwrap_or_else(|| panic!("{} has no column {name}", R::TABLE))
}

fn selected<R: Row>(rows: &[R], conditions: &str) -> usize {
    let conditions: Vec<&str> = conditions.split('&').filter(|c| !c.is_empty()).collect();
    rows.iter().filter(|row| conditions.iter().all(|c| fulfils(*row, c))).count()
}

/// The number of rows that a selection gives, or `None` for another kind of support.
fn rows_of(sample: &Sample, support: &str) -> Option<usize> {
    let (table, conditions) = support.split_once('?').unwrap_or((support, ""));
    Some(match table {
        "exhibits" => selected(&sample.exhibits, conditions),
        "accounts" => selected(&sample.accounts, conditions),
        "posts" => selected(&sample.posts, conditions),
        "addresses" if conditions.is_empty() => usize::try_from(sample.uses).expect("a count"),
        "addresses" => selected(&sample.addresses, conditions),
        "media" => selected(&sample.media, conditions),
        "mail_hops" => selected(&sample.mail_hops, conditions),
        "mail_verdicts" => selected(&sample.mail_verdicts, conditions),
        "mail_origins" => selected(&sample.mail_origins, conditions),
        "names" => selected(&sample.names, conditions),
        "verdicts" => selected(&sample.verdicts, conditions),
        "sign_ins" => selected(&sample.sign_ins, conditions),
        "comparisons" => selected(&sample.comparisons, conditions),
        "links" => selected(&sample.links, conditions),
        "contributions" => selected(&sample.contributions, conditions),
        "explanations" => selected(&sample.explanations, conditions),
        "raids" => selected(&sample.raids, conditions),
        "identities" => selected(&sample.identities, conditions),
        "requests" => selected(&sample.requests, conditions),
        "rejects" => selected(&sample.rejects, conditions),
        "clock_checks" => selected(&sample.clocks, conditions),
        "signatures" => selected(&sample.signatures, conditions),
        "answers" => selected(&sample.answers, conditions),
        "unknown_fields" => selected(&sample.unknown_fields, conditions),
        "subscribers" => usize::try_from(sample.subscribers).expect("a count"),
        _ => return None,
    })
}

/// The whole numbers of a text, thousands joined.
fn figures(text: &str) -> Vec<usize> {
    text.replace('\u{202f}', "")
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(|digits| digits.parse().ok())
        .collect()
}

/// Checks the sentences that rest on selections alone, and says how many they are.
fn check(sample: &Sample) -> usize {
    check_document(sample, &note(&sample.input()))
}

/// The same of any document.
pub(super) fn check_document(sample: &Sample, document: &Document) -> usize {
    let mut checked = 0;
    for sentence in document.sentences() {
        let support = sentence.support().as_slice();
        let counts: Option<Vec<usize>> = support.iter().map(|s| rows_of(sample, s)).collect();
        let text = sentence.text().to_plain();
        let said = figures(&text);
        let Some(counts) = counts.filter(|_| !said.is_empty()) else { continue };
        let sum: usize = counts.iter().sum();
        let each = counts.iter().all(|n| said.contains(n));
        assert!(
            each || said.contains(&sum),
            "{} {text} <- {support:?} = {counts:?}",
            sentence.id()
        );
        checked += 1;
    }
    checked
}

#[test]
fn figures_are_the_rows_selected() {
    let checked = check(&sample());
    assert!(checked > 15, "{checked}");
}

/// More accounts, rejects, links and requests than any list shows.
#[test]
fn figures_are_the_rows_selected_in_a_large_case() {
    let mut sample = sample();
    // An account that a second exhibit shows has a second row.
    sample.accounts.extend(sample.accounts.clone());
    for n in 0..90_u64 {
        let exhibit = ExhibitNo::top(10 + u32::try_from(n).expect("small"));
        let place = Place::Line { number: n + 1, byte: 0 };
        sample.rejects.push(Reject::new(exhibit, place, RejectReason::Limit, "a line", b"x"));
    }
    let links = sample.links.clone();
    sample.links = links.iter().cycle().take(400).cloned().collect();
    let requests = sample.requests.clone();
    sample.requests = requests.iter().cycle().take(400).cloned().collect();
    for account in &mut sample.accounts {
        if account.role == Role::Claimant {
            account.role = Role::ThirdParty;
        }
    }
    assert!(check(&sample) > 20);
}

fn sentence(sample: &Sample, words: &str) -> Sentence {
    let note = note(&sample.input());
    let found = note.sentences().find(|s| s.text().to_plain().contains(words)).cloned();
    found.unwrap_or_else(|| panic!("nothing says `{words}`"))
}

#[test]
fn an_image_of_two_accounts_is_one_image() {
    let said = sentence(&sample(), "On y lit");
    assert!(said.text().to_plain().contains("2\u{a0}images (3\u{a0}lignes"));
}

#[test]
fn a_figure_beyond_any_selection_names_every_row() {
    let mut sample = sample();
    let past = sample.requests[14].clone();
    sample.requests.extend((0..60).map(|_| past.clone()).enumerate().map(|(i, mut row)| {
        row.id = faisceau_model::RowId::derived("req", 100 + i);
        row
    }));
    let said = sentence(&sample, "dont le délai de conservation est dépassé");
    assert_eq!(figures(&said.text().to_plain())[0], said.support().as_slice().len());
}

#[test]
fn a_repeated_exhibit_is_not_unread() {
    let said = sentence(&sample(), "d’aucun format connu");
    assert_eq!(said.support().as_slice(), ["exh:2", "exh:7"]);
}
