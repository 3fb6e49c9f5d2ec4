//! Every closed word of the project has its French one.

use faisceau_model::{
    Absent, AccessKind, AddressScope, Family, Head, Listing, MailResult, Precision, Question,
    RejectReason, Relation, Standing, ZoneSource,
};

use super::*;

#[test]
fn the_catalogue_parses_and_knows_every_closed_word() {
    let french: Catalogue = toml::from_str(include_str!("fr.toml")).unwrap();
    assert!(AccessKind::ALL.iter().all(|w| french.access.contains_key(w.as_str())));
    assert!(Listing::ALL.iter().all(|w| french.listing.contains_key(w.as_str())));
    assert!(Question::ALL.iter().all(|w| french.question.contains_key(w.as_str())));
    assert!(AddressScope::ALL.iter().all(|w| french.scope.contains_key(w.as_str())));
    assert!(RejectReason::ALL.iter().all(|w| french.reject.contains_key(w.as_str())));
    assert!(Family::ALL.iter().all(|w| french.family.contains_key(w.as_str())));
    assert!(Relation::ALL.iter().all(|w| french.relation.contains_key(w.as_str())));
    assert!(Standing::ALL.iter().all(|w| french.standing.contains_key(w.as_str())));
    assert!(Head::ALL.iter().all(|w| french.head.contains_key(w.as_str())));
    assert!(Precision::ALL.iter().all(|w| french.precision.contains_key(w.as_str())));
    assert!(ZoneSource::ALL.iter().all(|w| french.zone.contains_key(w.as_str())));
    assert!(Absent::ALL.iter().all(|w| french.absent.contains_key(w.as_str())));
    let left_out = crate::input::Unsought::default().counts();
    assert!(left_out.iter().all(|(code, _)| french.unsought.contains_key(*code)));
    assert!(MailResult::ALL.iter().all(|w| french.mail_result.contains_key(w.as_str())));
    assert_eq!(french.scale.ratios.len(), 7);
    assert_eq!(french.scale.logs.len(), french.scale.inside.len());
}

/// Tables, keys, lengths, and the places of figures and of what is set as code.
fn shape(value: &toml::Value) -> String {
    match value {
        toml::Value::Table(table) => {
            let one = |(key, value): (&String, &toml::Value)| format!("{key}: {}", shape(value));
            format!("{{{}}}", table.iter().map(one).collect::<Vec<_>>().join("\n"))
        }
        toml::Value::Array(list) => {
            format!("[{}]", list.iter().map(shape).collect::<Vec<_>>().join("\n"))
        }
        toml::Value::String(text) => {
            let mut places: Vec<&str> =
                text.split('{').skip(1).filter_map(|part| part.split('}').next()).collect();
            places.sort_unstable();
            let empty = if text.is_empty() { "empty" } else { "" };
            let code: Vec<&str> = text.split('`').skip(1).step_by(2).collect();
            format!("{empty}{places:?}{code:?}")
        }
        other => other.to_string(),
    }
}

#[test]
fn both_catalogues_have_the_same_shape() {
    let french: toml::Value = toml::from_str(include_str!("fr.toml")).unwrap();
    let english: toml::Value = toml::from_str(include_str!("en.toml")).unwrap();
    assert_eq!(shape(&french), shape(&english));
    toml::from_str::<Catalogue>(include_str!("en.toml")).unwrap();
    assert!(!Catalogue::of(Language::English).innocent.is_empty());
}

#[test]
fn every_code_of_an_answer_or_a_request_has_its_words() {
    let french = Catalogue::french();
    for code in faisceau_enrich::NOTE_CODES {
        assert!(french.verdict_note.contains_key(*code), "{code}");
    }
    for code in faisceau_graph::requests::MISSING_CODES {
        assert!(french.missing.contains_key(*code), "{code}");
    }
    for code in faisceau_graph::requests::EXPECTED_CODES {
        assert!(french.expected.contains_key(*code), "{code}");
    }
}

#[test]
fn every_signal_has_its_words() {
    let french = Catalogue::french();
    for card in faisceau_signals::catalogue() {
        assert!(french.signal.contains_key(card.name), "{}", card.name);
        for code in card.innocent {
            assert!(french.innocent.contains_key(*code), "{code}");
        }
    }
}

#[test]
fn every_unit_and_every_raid_has_its_words() {
    let french = Catalogue::french();
    let units = ["words", "active hours", "accounts", "expected common minutes"];
    for unit in units.into_iter().chain(["meetings", "minutes", "gaps"]) {
        assert!(french.unit.contains_key(unit), "{unit}");
    }
    for kind in ["thread", "account", "link", "hashtag"] {
        assert!(french.target.contains_key(kind), "{kind}");
    }
    let raised = ["common_event", "busy_period", "popular_target", "conversation", "coarse_times"];
    for code in raised {
        assert!(french.innocent.contains_key(code), "{code}");
    }
}

#[test]
fn every_habit_and_every_alternative_has_its_words() {
    use faisceau_signals::style::habits::names::{self, ALTERNATIVES, NAMES};
    assert_eq!(FROM_TEXT, names::FROM_TEXT);
    let french = Catalogue::french();
    let names: Vec<&str> = french.habit.keys().map(String::as_str).collect();
    assert_eq!(names, NAMES);
    let alternatives: Vec<&str> = french.alternative.keys().map(String::as_str).collect();
    assert_eq!(alternatives, ALTERNATIVES);
    assert_eq!(french.alternative("first word", "two"), None);
    assert_eq!(french.alternative("quoi", "none"), None);
    assert_eq!(french.alternative("spaces after .", "two"), Some("deux"));
    assert_eq!(french.alternative("greeting", "none"), Some("sans"));
}

#[test]
fn an_unknown_code_is_printed_as_it_stands() {
    assert_eq!(Catalogue::french().expected("new_code"), "new_code");
    assert_eq!(Catalogue::french().innocent("new_code").title, "new_code");
}
