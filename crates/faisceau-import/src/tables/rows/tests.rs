//! Subscribers, times in two columns, and tables about one account.

use faisceau_model::{AccountKey, ExhibitNo, Maybe};

use crate::settings::{
    Columns, ImportSettings, SubscriberColumns, TableKind, TableMapping, TimeFormat,
};
use crate::testing::{dump, read_as, reasons};

fn answer() -> TableMapping {
    TableMapping {
        name: "answer".to_owned(),
        kind: TableKind::Connections,
        platform: "x".to_owned(),
        headers: vec!["ip".to_owned()],
        delimiter: None,
        time_format: TimeFormat::Rfc3339,
        time_zone: Some("Europe/Paris".to_owned()),
        private: false,
        columns: Columns { ip: Some("ip".to_owned()), ..Columns::default() },
        subscriber: SubscriberColumns::default(),
    }
}

fn subscribers() -> TableMapping {
    TableMapping {
        kind: TableKind::Subscribers,
        headers: vec!["Ligne".to_owned()],
        columns: Columns {
            account_id: Some("Compte".to_owned()),
            ip: Some("IP".to_owned()),
            ..Columns::default()
        },
        subscriber: SubscriberColumns {
            name: vec!["Nom".to_owned(), "Prénom".to_owned()],
            phone: vec!["Ligne".to_owned()],
            since: Some("Depuis".to_owned()),
            ..SubscriberColumns::default()
        },
        time_format: TimeFormat::Pattern("%d/%m/%Y".to_owned()),
        ..answer()
    }
}

#[test]
fn all_columns_of_a_table_of_subscribers() {
    let table = "Compte;IP;Nom;Prénom;Ligne;Depuis\n\
                 77;192.0.2.1;Durand;Rose;0612345678;02/01/2020\n\
                 ;n/a;;Ali;3,36123E+10;\n\
                 ;;;=1+1;;02/13/2020\n\
                 78;192.0.2.2;;;;02/01/2020\n";
    let settings = ImportSettings { mappings: vec![subscribers()], ..ImportSettings::default() };
    assert_eq!(settings.check(), Ok(()));
    let (imported, sink) = read_as("x", table.as_bytes(), &settings);
    assert_eq!((imported.name(), imported.problem), (Some("mapped-csv"), None));
    assert_eq!((sink.tally.read, sink.subscribers.len()), (2, 4));
    let shown = dump(&sink.subscribers) + &dump(&sink.accounts) + &reasons(&sink).join("\n");
    insta::assert_snapshot!("subscribers", shown);
}

#[test]
fn what_is_declared_of_persons_is_not_shown_by_a_reject() {
    let mapping = TableMapping {
        subscriber: SubscriberColumns { email: vec!["mail".to_owned()], ..Default::default() },
        ..answer()
    };
    let rejected = |mapping: TableMapping| {
        let settings = ImportSettings { mappings: vec![mapping], ..ImportSettings::default() };
        let (_, sink) = read_as("x", b"ip,mail\nnowhere,ann@example.org\n", &settings);
        sink.rejects.iter().map(|reject| reject.excerpt.clone()).collect::<String>()
    };
    assert!(!rejected(mapping).contains("example.org"));
    assert!(rejected(answer()).contains("example.org"));
}

#[test]
fn a_date_and_a_clock_in_two_columns_are_one_time() {
    let mapping = |format: &str| TableMapping {
        headers: vec!["ip".to_owned()],
        columns: Columns {
            ip: Some("ip".to_owned()),
            time: Some("date".to_owned()),
            clock: Some("heure".to_owned()),
            ..Columns::default()
        },
        time_format: TimeFormat::from(format.to_owned()),
        time_zone: Some("Europe/Paris".to_owned()),
        ..answer()
    };
    for (format, date, clock, expected) in [
        ("%d/%m/%Y %H:%M:%S", "01/03/2026", "14:05:12", "2026-03-01 13:05:12 UTC"),
        ("%d/%m/%Y %I:%M:%S %p", "01/03/2026", "02:05:12 PM", "2026-03-01 13:05:12 UTC"),
        ("%d %b %Y %I:%M %p", "1 Mar 2026", "12:05 AM", "2026-02-28 23:05 UTC"),
        ("rfc3339", "2026-03-01", "14:05:12", "2026-03-01 13:05:12 UTC"),
        ("%d/%m/%Y %H:%M:%S", "02/03/2026", "", "2026-03-01"),
        ("%d/%m/%Y %H:%M:%S", "", "14:05:12", "not_exported"),
        ("%d/%m/%Y %H:%M:%S", "01/03/2026", "midi", ""),
    ] {
        let settings =
            ImportSettings { mappings: vec![mapping(format)], ..ImportSettings::default() };
        assert_eq!(settings.check(), Ok(()));
        let table = format!("ip;date;heure\n192.0.2.1;{date};{clock}\n");
        let (_, sink) = read_as("x", table.as_bytes(), &settings);
        let at = sink.connections.first().map(|connection| match connection.at {
            Maybe::Known(at) => at.to_string(),
            Maybe::Missing(reason) => reason.to_string(),
        });
        assert_eq!(at.unwrap_or_default(), expected, "{format} {date} {clock}");
    }
}

#[test]
fn a_table_without_account_is_about_the_owner_of_the_export() {
    let mut settings = ImportSettings { mappings: vec![answer()], ..ImportSettings::default() };
    let table = b"ip;x\n192.0.2.1;\n";
    assert!(read_as("x", table, &settings).1.connections[0].account.known().is_none());
    let owner = AccountKey::by_id("x", "42");
    settings.owners.insert(ExhibitNo::top(1), owner.clone());
    assert_eq!(read_as("x", table, &settings).1.connections[0].account, Maybe::Known(owner));
}
