//! Tests of the tables of sites.

use faisceau_model::RejectReason;
use proptest::prelude::*;

use crate::testing::{dump, in_paris, mutated, read, read_as, reasons};

const SQL: &[u8] = include_bytes!("../../../tests/fixtures/logs/site.sql");
const CSV: &[u8] = include_bytes!("../../../tests/fixtures/logs/wp_comments.csv");

#[test]
fn all_columns_of_the_dump() {
    let (imported, sink) = read_as("x", SQL, &in_paris());
    assert_eq!(imported.name(), Some("site-sql"));
    assert_eq!(imported.problem, None);
    insta::assert_snapshot!("site_posts", dump(&sink.posts));
    insta::assert_snapshot!("site_connections", dump(&sink.connections));
    insta::assert_snapshot!("site_accounts", dump(&sink.accounts));
    insta::assert_snapshot!("site_subscribers", dump(&sink.subscribers));
    let fields: Vec<_> = sink
        .unknown_fields
        .iter()
        .map(|f| format!("{} {} ({})", f.place, f.field, f.records))
        .collect();
    let told = reasons(&sink).into_iter().chain(fields).collect::<Vec<_>>().join("\n");
    insta::assert_snapshot!("site_rest", told);
}

#[test]
fn all_columns_of_the_table() {
    let (imported, sink) = read(CSV);
    assert_eq!(imported.name(), Some("site-csv"));
    insta::assert_snapshot!("wp_csv_posts", dump(&sink.posts));
    insta::assert_snapshot!("wp_csv_connections", dump(&sink.connections));
    insta::assert_snapshot!("wp_csv_rest", reasons(&sink).join("\n"));
    assert_eq!(sink.unknown_fields[0].field, "added_by_plugin");
}

#[test]
fn no_secret_of_the_tables_is_kept() {
    let (_, sink) = read_as("x", SQL, &in_paris());
    let all = format!("{sink:?}");
    for secret in ["$P$B", "$2y$", "secretsession", "secretkey", "0000000000000000"] {
        assert!(!all.contains(secret), "{secret}");
    }
}

/// A dump of comments with these values for the text.
fn comments(texts: &[String]) -> String {
    let rows: Vec<String> = texts
        .iter()
        .map(|text| format!("(1,'a','192.0.2.7','2026-03-01 14:05:12',{text})"))
        .collect();
    format!(
        "INSERT INTO `x` (`comment_ID`,`comment_author`,`comment_author_IP`,`comment_date_gmt`,`comment_content`) VALUES {};\n",
        rows.join(",")
    )
}

#[test]
fn literals_of_every_form_are_read() {
    let texts = ["'a\\'b''c\\n'", "\"d'e\"", "_utf8mb4'f'", "0x41", "NULL", "-1.5", "'\\\\'", "''"];
    let dump = comments(&texts.map(str::to_owned));
    let (_, sink) = read(dump.as_bytes());
    let found: Vec<_> =
        sink.posts.iter().map(|post| post.text.known().map_or("-", String::as_str)).collect();
    assert_eq!(found, ["a'b'c\n", "d'e", "f", "0x41", "-", "-1.5", "\\", "-"]);
}

#[test]
fn rows_beyond_the_limits_cost_themselves_alone() {
    let dump = comments(&[format!("'{}'", "x".repeat(2 << 20)), "'after'".to_owned()])
        + &comments(&["f((((('a);'))))), 1".to_owned(), "'b'".to_owned()])
        + &comments(&["'last'".to_owned()]);
    let (_, sink) = read(dump.as_bytes());
    let texts: Vec<_> = sink.posts.iter().filter_map(|post| post.text.known()).collect();
    assert_eq!(texts, ["after", "b", "last"], "{:?}", reasons(&sink));
    assert_eq!(sink.rejects[0].reason, RejectReason::Limit);
    assert!(sink.rejects.len() >= 2);
}

#[test]
fn hostile_dumps_end() {
    let nested = format!("CREATE TABLE a {}", "(".repeat(500_000));
    for dump in [
        nested.as_str(),
        "INSERT INTO a VALUES (",
        "INSERT INTO a VALUES ('",
        "INSERT INTO a VALUES ('\\",
        "INSERT INTO a VALUES",
        "INSERT INTO ",
        "INSERT INTO `a",
        "CREATE TABLE `a` (`b",
        "/* INSERT INTO \nINSERT INTO a VALUES (1)",
        "--\nINSERT INTO a VALUES (1),",
        "INSERT INTO a VALUES (1)(2)",
        "INSERT INTO a.b.c VALUES (1)",
        "INSERT INTO \u{1b}[2J VALUES (1)",
    ] {
        read(dump.as_bytes());
    }
    let (_, sink) = read(b"--\nINSERT INTO a VALUES (1),");
    assert_eq!(sink.rejects[0].reason, RejectReason::Truncated);
}

proptest! {
    #[test]
    fn every_record_is_settled(bytes in prop_oneof![mutated(SQL), mutated(CSV)]) {
        read_as("x", &bytes, &in_paris());
    }
}

#[test]
fn a_rejected_row_does_not_show_its_secrets() {
    let columns = "ID,user_login,user_pass,user_email,user_registered";
    let shifted = format!(
        "--\nINSERT INTO u ({columns}) VALUES (1,'$P$Bsecret','a@example.org','2020-01-02 03:04:05'),\
         (2,'ann','$P$Bsecret','a@example.org','2020-02-30 03:04:05');\n"
    );
    let (_, sink) = read(shifted.as_bytes());
    assert_eq!(sink.rejects.len(), 2);
    assert!(!format!("{:?}", sink.rejects).contains("$P$B"), "{:?}", sink.rejects);
    let csv = format!("{columns}\n2,ann,$P$Bsecret,a@example.org,2020-02-30 03:04:05\n");
    let (imported, sink) = read(csv.as_bytes());
    assert_eq!(imported.name(), Some("site-csv"));
    assert!(!format!("{:?}", sink.rejects).contains("$P$B"), "{:?}", sink.rejects);
}
