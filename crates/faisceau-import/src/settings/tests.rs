//! Mappings that could give no row, or not the right ones.

use super::*;

fn subscribers() -> TableMapping {
    TableMapping {
        name: "abonnés".to_owned(),
        kind: TableKind::Subscribers,
        platform: "x".to_owned(),
        headers: vec!["Ligne".to_owned()],
        delimiter: None,
        time_format: TimeFormat::Rfc3339,
        time_zone: None,
        private: false,
        columns: Columns { ip: Some("IP".to_owned()), ..Columns::default() },
        subscriber: SubscriberColumns {
            name: vec!["Nom".to_owned()],
            ..SubscriberColumns::default()
        },
    }
}

fn check(mapping: TableMapping) -> Result<(), String> {
    let settings = ImportSettings { mappings: vec![mapping], ..ImportSettings::default() };
    settings.check().map_err(|error| error.to_string())
}

#[test]
fn data_of_subscribers_are_checked() {
    let problem = |change: &dyn Fn(&mut TableMapping)| {
        let mut mapping = subscribers();
        change(&mut mapping);
        check(mapping).unwrap_err()
    };
    assert_eq!(check(subscribers()), Ok(()));
    let error = problem(&|m| m.columns.text = Some("Texte".to_owned()));
    assert!(error.contains("is of subscribers, which have no `columns.text`"), "{error}");
    let error = problem(&|m| m.subscriber.other.push("Nom".to_owned()));
    assert!(error.contains("maps `Nom` to two data of subscribers"), "{error}");
    let error = problem(&|m| m.subscriber = SubscriberColumns::default());
    assert!(error.contains("maps none of their data"), "{error}");
    let error = problem(&|m| {
        m.kind = TableKind::Connections;
        m.subscriber =
            SubscriberColumns { since: Some("x".to_owned()), ..SubscriberColumns::default() };
    });
    assert!(error.contains("maps `subscriber.since` and no data"), "{error}");
}

#[test]
fn a_clock_needs_a_date() {
    let clock = |time: Option<&str>, format: TimeFormat| {
        let mut mapping =
            TableMapping { kind: TableKind::Connections, time_format: format, ..subscribers() };
        mapping.columns.clock = Some("Heure".to_owned());
        mapping.columns.time = time.map(str::to_owned);
        check(mapping).unwrap_err()
    };
    assert!(clock(None, TimeFormat::Rfc3339).contains("maps a `clock` and no `time`"));
    assert!(clock(Some("t"), TimeFormat::Unix).contains("beside a count of seconds"));
}
