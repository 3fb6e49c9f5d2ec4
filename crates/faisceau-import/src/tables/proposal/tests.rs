//! Proposals and the settings that they become.

use faisceau_model::ExhibitNo;
use serde::Deserialize;

use super::*;
use crate::settings::{ImportSettings, TableKind};
use crate::testing;

#[derive(Deserialize)]
struct Case {
    import: ImportSettings,
}

fn propose_for(name: &str, bytes: &[u8]) -> Option<Proposal> {
    let owned = bytes.to_vec();
    let open = move || -> std::io::Result<Box<dyn std::io::Read + Send>> {
        Ok(Box::new(std::io::Cursor::new(owned.clone())))
    };
    let len = bytes.len() as u64;
    propose(&Source { exhibit: ExhibitNo::top(1), name, len, open: &open })
}

/// The proposal, and the settings that its text is once the platform and the zone are filled in.
fn accepted(bytes: &[u8]) -> (Proposal, ImportSettings) {
    let proposal = propose_for("réponse \"1\".csv", bytes).unwrap();
    let text = format!("[import]\nzone = \"Europe/Paris\"\n\n{}", proposal.toml);
    let Case { import } = toml::from_str(&text).unwrap_or_else(|e| panic!("{e}\n{text}"));
    assert_eq!(import.mappings, std::slice::from_ref(&proposal.mapping));
    assert_eq!(import.check(), Ok(()));
    (proposal, import)
}

fn notes(proposal: &Proposal) -> Vec<String> {
    proposal.notes.iter().map(ToString::to_string).collect()
}

const OPERATOR: &str = "Adresse IP;Port;Date;Heure;Nom;Prénom;N° de téléphone;Souscription;Ville\n\
    192.0.2.7;51234;01/03/2026;14:05:12;Durand;Rose;0612345678;02/01/2020;Lyon\n\
    192.0.2.8;443;02/03/2026;02:05:12;Petit;Ali;0612345679;;\n";

#[test]
fn the_answer_of_an_operator_is_mapped_and_read() {
    let (proposal, settings) = accepted(OPERATOR.as_bytes());
    insta::assert_snapshot!("operator", format!("{}\n{:#?}", proposal.toml, notes(&proposal)));
    assert_eq!(proposal.rows.len(), 2);
    let (imported, sink) = testing::read_as("x", OPERATOR.as_bytes(), &settings);
    assert_eq!((imported.name(), imported.problem), (Some("mapped-csv"), None));
    assert_eq!((sink.connections.len(), sink.subscribers.len()), (2, 7));
    assert_eq!(sink.connections[0].at.known().unwrap().to_string(), "2026-03-01 13:05:12 UTC");
}

#[test]
fn json_lines_of_a_forum_are_mapped_and_read() {
    let table = r#"{"author":{"uid":7001,"name":"corbeau"},"posted":"13/03/2026 15:05","message":"a"}
{"author":{"uid":7002,"name":"rose"},"posted":"01/04/2026 15:06","message":"b","likes":2}
"#;
    let (proposal, settings) = accepted(table.as_bytes());
    assert_eq!(proposal.mapping.kind, TableKind::Posts);
    assert_eq!(proposal.headers[..2], ["author.name", "author.uid"]);
    insta::assert_snapshot!("forum", format!("{}\n{:#?}", proposal.toml, notes(&proposal)));
    let (imported, sink) = testing::read_as("x", table.as_bytes(), &settings);
    assert_eq!((imported.name(), sink.posts.len()), (Some("mapped-jsonl"), 2));
    assert_eq!(sink.unknown_fields[0].field, "likes");
}

#[test]
fn subscribers_without_addresses_are_a_table_of_their_own() {
    let table =
        "Nom|E-mail|IBAN|Identifiant\nDurand|a@b.example|FR76|rose\nPetit|c@d.example||ali\n";
    let (proposal, settings) = accepted(table.as_bytes());
    assert_eq!(proposal.mapping.kind, TableKind::Subscribers);
    let (imported, sink) = testing::read_as("x", table.as_bytes(), &settings);
    assert_eq!((imported.name(), imported.problem), (Some("mapped-csv"), None));
    assert_eq!(sink.subscribers.len(), 5);
    assert_eq!(sink.subscribers[0].account.known().unwrap().as_str(), "unknown:@rose");
}

#[test]
fn what_is_not_sure_is_said() {
    let table = "quand,adresse,x\n2026-03-01 02:05:12 PM,192.0.2.7,51234\n\
                 2026-03-01 02:06:12 PM,192.0.2.7,51235\n";
    let (proposal, _) = accepted(table.as_bytes());
    insta::assert_snapshot!("unsure", format!("{}\n{:#?}", proposal.toml, notes(&proposal)));
    let table = "Time (UTC),IP,IP\n2026-03-01 02:05:12,192.0.2.7,192.0.2.8\n";
    let (proposal, _) = accepted(table.as_bytes());
    assert_eq!(proposal.mapping.time_zone.as_deref(), Some("UTC"));
}

#[test]
fn long_numbers_under_a_header_of_handles_are_ids() {
    let table = |account: &str| format!("Compte;Adresse IP;Port\n{account};192.0.2.7;50123\n");
    let columns = |account: &str| accepted(table(account).as_bytes()).0.mapping.columns;
    assert_eq!(columns("2024421822167252225").account_id.as_deref(), Some("Compte"));
    assert_eq!(columns("corbeau_92").handle.as_deref(), Some("Compte"));
    assert_eq!(columns("1234").handle.as_deref(), Some("Compte"));
}

#[test]
fn a_workbook_is_proposed_by_sheet() {
    let bytes = include_bytes!("../../../tests/fixtures/workbooks/operator.xlsx");
    let (proposal, mut settings) = accepted(bytes);
    assert_eq!(proposal.sheet.as_deref(), Some("Connexions"));
    insta::assert_snapshot!("workbook", format!("{}\n{:#?}", proposal.toml, notes(&proposal)));
    settings.zone = Some("Europe/Paris".to_owned());
    let (_, sink) = testing::read_as("x", bytes, &settings);
    // A date that is a text among dates that are numbers is refused.
    assert_eq!(sink.connections.len(), 5);
}

#[test]
fn what_is_no_table_gets_no_proposal() {
    for bytes in [
        &b""[..],
        b"Bonjour, ceci est une lettre.\nElle a deux lignes, et des virgules, oui.\n",
        b"a,b\n1,2\n",
        b"PK\x03\x04 nothing",
        b"\x00\x01\x02,\x03\n",
        b"{\"a\":1}\n{\"a\":",
        b"192.0.2.7 - - [01/Mar/2026:14:05:12 +0100] \"GET / HTTP/1.1\" 200 1\n",
    ] {
        assert_eq!(propose_for("x", bytes), None, "{}", String::from_utf8_lossy(bytes));
    }
}

proptest::proptest! {
    #[test]
    fn any_bytes_end(bytes in testing::mutated(OPERATOR.as_bytes())) {
        if let Some(proposal) = propose_for("x", &bytes) {
            let text = format!("[import]\n{}", proposal.toml);
            let Case { import } = toml::from_str(&text).unwrap();
            proptest::prop_assert_eq!(import.mappings, [proposal.mapping]);
        }
    }
}
