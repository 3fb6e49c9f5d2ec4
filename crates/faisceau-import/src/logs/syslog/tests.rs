//! Tests of system logs.

use faisceau_model::{Absent, Maybe, RejectReason};
use proptest::prelude::*;

use super::event::Programs;
use crate::settings::ImportSettings;
use crate::testing::{dump, in_paris, mutated, read, read_as, reasons};

const SSHD: &[u8] = include_bytes!("../../../tests/fixtures/logs/crowdsec/sshd-logs.log");
const PLASO: &[u8] = include_bytes!("../../../tests/fixtures/logs/plaso_syslog_ssh.log");
const POSTFIX: &[u8] = include_bytes!("../../../tests/fixtures/logs/crowdsec/postfix-logs.log");
const MAIL: &[u8] = include_bytes!("../../../tests/fixtures/logs/mail.log");

fn of_year(year: i16) -> ImportSettings {
    ImportSettings { syslog_year: Some(year), ..in_paris() }
}

#[test]
fn all_columns_of_each_sample() {
    for (name, format, bytes) in [
        ("sshd", "syslog-auth", SSHD),
        ("plaso_ssh", "syslog-auth", PLASO),
        ("postfix", "syslog-mail", POSTFIX),
        ("mail", "syslog-mail", MAIL),
    ] {
        let (imported, sink) = read_as("x", bytes, &of_year(2024));
        assert_eq!(imported.name(), Some(format), "{name}");
        insta::assert_snapshot!(name, dump(&sink.connections));
        insta::assert_snapshot!(format!("{name}_rest"), reasons(&sink).join("\n"));
    }
}

#[test]
fn without_a_year_there_is_no_time() {
    let (_, sink) = read(MAIL);
    let row = &sink.connections[0];
    assert_eq!(row.at, Maybe::Missing(Absent::NotRecorded));
    assert_eq!(row.at_raw.known().unwrap(), "Dec 30 23:59:58");
    // A line that says its year and offset has its time all the same.
    let (_, sink) = read(SSHD);
    let known: Vec<_> = sink.connections.iter().filter_map(|row| row.at.known()).collect();
    assert_eq!(known.len(), 1);
    assert_eq!(known[0].zone(), faisceau_model::ZoneSource::Explicit);
}

#[test]
fn the_year_is_that_of_the_last_line_and_rolls_back() {
    let days = |year| -> Vec<String> {
        let (_, sink) = read_as("x", MAIL, &of_year(year));
        sink.connections.iter().filter_map(|row| Some(row.at.known()?.day_utc())).collect()
    };
    let found = days(2024);
    assert_eq!(found[..3], ["2023-12-30", "2023-12-31", "2023-12-31"]);
    assert_eq!(found.last().unwrap(), "2024-02-28");
    // 29 February tells that the year is wrong.
    let (_, sink) = read_as("x", MAIL, &of_year(2023));
    let last = sink.rejects.last().unwrap();
    assert_eq!(last.reason, RejectReason::Time);
    assert_eq!(last.detail, "the time does not exist in 2023");
    // Without a zone the day alone is known.
    let settings = ImportSettings { syslog_year: Some(2024), ..ImportSettings::default() };
    let (_, sink) = read_as("x", MAIL, &settings);
    assert_eq!(sink.connections[0].at.known().unwrap().to_string(), "2023-12-30");
}

#[test]
fn a_failed_log_in_binds_no_account() {
    let programs = Programs::new();
    let account = |program: &str, message: &str| {
        programs.event(program, message).map(|event| event.account("s"))
    };
    let nobody = Ok(Maybe::Missing(Absent::NotApplicable));
    let holder = |name: &str| Ok(Maybe::Known(faisceau_model::AccountKey::by_handle("s", name)));
    for (message, expected) in [
        ("Accepted password for ann from 192.0.2.7 port 4711 ssh2", holder("ann")),
        ("Disconnected from user ann 192.0.2.7 port 4711", holder("ann")),
        ("Failed password for ann from 192.0.2.7 port 4711 ssh2", nobody.clone()),
        ("Failed none for invalid user ann from 192.0.2.7 port 4711 ssh2", nobody.clone()),
        ("Disconnected from authenticating user ann 192.0.2.7 port 4711 [preauth]", nobody.clone()),
        (
            "Disconnecting invalid user ann 192.0.2.7 port 4711: Too many authentication failures [preauth]",
            nobody.clone(),
        ),
        (
            "error: maximum authentication attempts exceeded for ann from 192.0.2.7 port 4711 ssh2 [preauth]",
            nobody.clone(),
        ),
        ("error: PAM: Authentication failure for illegal user ann from 192.0.2.7", nobody.clone()),
        (
            "PAM 2 more authentication failures; logname= uid=0 euid=0 tty=ssh ruser= rhost=192.0.2.7  user=ann",
            nobody.clone(),
        ),
    ] {
        assert_eq!(account("sshd", message), expected, "{message}");
    }
    let kept = "imap-login: Login: user=<ann>, method=PLAIN, rip=192.0.2.7, lip=192.0.2.1";
    assert_eq!(account("dovecot", kept), holder("ann"));
    let failed =
        "imap-login: Aborted login (auth failed): user=<ann>, rip=192.0.2.7, lip=192.0.2.1";
    assert_eq!(account("dovecot", failed), nobody);
}

#[test]
fn unknown_wordings_are_told_by_whether_they_name_an_address() {
    let programs = Programs::new();
    let reason = |message: &str| programs.event("sshd", message).unwrap_err().0;
    assert_eq!(reason("Something new about 192.0.2.7 port 1"), RejectReason::Syntax);
    assert_eq!(reason("Something new about nobody"), RejectReason::SetAside);
    let forged = "User a from 10.0.0.1 not allowed because x from 192.0.2.7 not allowed because y";
    assert_eq!(reason(forged), RejectReason::Syntax);
}

#[test]
fn hostile_lines_are_rows_or_rejects() {
    let line = "Feb 12 14:10:21 h sshd[1]: Invalid user ann from 192.0.2.7 port 53502\n";
    let log = line.repeat(6)
        + &line.replace("ann", "\u{1b}[31m\u{202e}=cmd|x")
        + &line.replace("ann", &"x from 192.0.2.7 port 1 ".repeat(2000))
        + &line.replace("ann", &"y".repeat(70_000))
        + &line.replace("192.0.2.7", "192.0.2.777")
        + &line.replace("53502", "99999")
        + "Feb 12 14:10:21 h sshd[1]: Invalid us";
    let (_, sink) = read_as("x", log.as_bytes(), &of_year(2024));
    assert!(sink.connections.iter().all(|row| row.ip == "192.0.2.7"));
    assert_eq!(sink.connections[6].account, Maybe::Missing(Absent::NotApplicable));
    assert_eq!(sink.connections.last().unwrap().port, Maybe::Missing(Absent::Unreadable));
    assert!(sink.rejects.len() >= 3, "{:?}", reasons(&sink));
}

proptest! {
    #[test]
    fn every_record_is_settled(
        bytes in prop_oneof![mutated(SSHD), mutated(POSTFIX), mutated(MAIL)],
    ) {
        read_as("x", &bytes, &of_year(2024));
    }
}
