//! What a session tells, refuses and hides.

#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    reason = "a test damages files; its helpers panic"
)]

mod made;

use std::fs;

use faisceau_query::{
    ExtraColumn, ExtraTable, Limits, QueryError, Session, Style, TableKind, View, check, screen,
};
use proptest::prelude::*;

fn shown(session: &Session, sql: &str) -> String {
    let answer = session.run(sql, &Limits::default()).unwrap_or_else(|e| panic!("{sql}: {e}"));
    screen(&answer, Style { width: 160, rows: 100 }).table
}

fn refusal(session: &Session, sql: &str) -> String {
    session.run(sql, &Limits::default()).expect_err(sql).to_string()
}

#[test]
fn names_that_are_wrong_are_proposed_right() {
    let (_folder, session) = made::case();
    let table = refusal(&session, "SELECT * FROM conections");
    assert!(
        table.starts_with("there is no table `conections`; did you mean `connections`?"),
        "{table}"
    );
    for sql in [
        "SELECT acount FROM posts",
        "SELECT id FROM posts WHERE acount = 'x'",
        "SELECT acount, COUNT(*) FROM posts GROUP BY acount",
        "SELECT id FROM posts ORDER BY acount",
        "SELECT p.acount FROM posts AS p",
    ] {
        let column = refusal(&session, sql);
        assert!(column.contains("no column `acount`; did you mean `account`?"), "{sql}: {column}");
        assert!(column.contains("at_prec"), "{sql}: {column}");
    }
    assert!(session.check("SELECT acount FROM posts").is_err());
    session.check("SELECT account FROM posts").expect("a query");
}

#[test]
fn a_missing_or_damaged_file_is_said() {
    let (folder, _) = made::case();
    fs::remove_file(folder.path().join("posts.parquet")).expect("removed");
    fs::write(folder.path().join("links.parquet"), b"PAR1 no, it is not PAR1").expect("written");
    let session = Session::open(folder.path(), View::ALL).expect("a session");
    let missing = refusal(&session, "SELECT * FROM posts");
    assert_eq!(
        missing,
        "the table `posts` cannot be read: `posts.parquet` is missing; run `faisceau run` again"
    );
    assert!(refusal(&session, "SELECT * FROM timeline").contains("`posts.parquet` is missing"));
    assert!(refusal(&session, "SELECT * FROM links").contains("damaged"));
    assert!(shown(&session, "SELECT ip FROM connections").contains("198.51.100.7"));
    let catalogue = session.catalogue().expect("a catalogue");
    let problems: Vec<&str> = catalogue
        .iter()
        .filter(|table| table.problem.is_some())
        .map(|table| table.name.as_str())
        .collect();
    assert_eq!(
        problems,
        ["posts", "links", "accounts_seen", "explained_links", "pairs", "timeline"]
    );
}

#[test]
fn what_can_be_asked_is_listed() {
    let (_folder, session) = made::case();
    let catalogue = session.catalogue().expect("a catalogue");
    assert!(catalogue.iter().all(|table| !table.columns.is_empty() && !table.doc.is_empty()));
    let of = |kind| catalogue.iter().filter(|table| table.kind == kind).count();
    assert_eq!((of(TableKind::Table), of(TableKind::Extra), of(TableKind::View)), (28, 1, 7));
    assert!(shown(&session, "SHOW TABLES").contains("timeline"));
    insta::assert_snapshot!(shown(&session, "DESCRIBE rejects"), @r#"
    column   kind  unit  meaning
    ───────  ────  ────  ────────────────────────────────────────────
    id       text        Row id.
    exhibit  text        Exhibit.
    place    text        Place in the exhibit.
    reason   text        The reason.
    detail   text        What was expected, in a few words.
    excerpt  text        The start of the record, made inert.
    absent   text        Why values are missing: `port=not_recorded`.
    "#);
    insta::assert_snapshot!(shown(&session, "DESCRIBE deadlines"), @r#"
    column     kind           unit  meaning
    ─────────  ─────────────  ────  ───────
    last_day   text
    hop        integer
    head       text
    addressee  text
    account    text
    ip         text
    port       integer
    at_utc     instant
    at_prec    text
    access     text
    minimal    boolean
    answered   boolean
    missing    list of texts
    key        text
    id         text
    "#);
    assert!(shown(&session, "EXPLAIN SELECT ip FROM connections").contains("1/"));
}

#[test]
fn protected_positions_are_not_given() {
    let (_folder, session) = made::case();
    insta::assert_snapshot!(shown(&session, "SELECT name, latitude, longitude, position_protected FROM media"), @r#"
    name   latitude  longitude  position_protected
    ─────  ────────  ─────────  ──────────────────
    a.jpg         ·          ·  true
    b.jpg     48.85       2.35  false
    "#);
    insta::assert_snapshot!(shown(&session, "SELECT media, name, value FROM media_fields"), @r#"
    media           name             value
    ──────────────  ───────────────  ─────
    med:1:l40@4000  GPSLatitude      ·
    med:1:l40@4000  GPSLongitude     ·
    med:1:l40@4000  LocationCreated  ·
    med:1:l40@4000  Model            48.85
    med:1:l41@4100  GPSLatitude      48.85
    med:1:l41@4100  GPSLongitude     48.85
    med:1:l41@4100  LocationCreated  48.85
    med:1:l41@4100  Model            48.85
    "#);
    assert_eq!(
        shown(&session, "SELECT COUNT(*) AS n FROM media_fields WHERE value = '48.85'")
            .lines()
            .last(),
        Some("5")
    );
}

#[test]
fn rows_handed_in_are_a_table() {
    let (_folder, mut session) = made::case();
    insta::assert_snapshot!(shown(&session, "SELECT a, b, decision, seq FROM reviews"), @r#"
    a               b             decision  seq
    ──────────────  ────────────  ────────  ───
    forum:@corbeau  forum:@merle  dismiss    17
    "#);
    let table = |name: &str, columns| ExtraTable { name: name.into(), doc: String::new(), columns };
    assert!(matches!(session.register(&table("posts", Vec::new())), Err(QueryError::Taken { .. })));
    let uneven = vec![
        ("x".to_owned(), ExtraColumn::Int(vec![Some(1)])),
        ("y".to_owned(), ExtraColumn::Bool(Vec::new())),
    ];
    assert!(matches!(session.register(&table("z", uneven)), Err(QueryError::Uneven { .. })));
}

#[test]
fn rows_are_kept_up_to_a_limit_and_counted_all() {
    let (_folder, session) = made::case();
    let answer = session.run("SELECT id FROM posts", &Limits { rows: Some(3) }).expect("rows");
    assert_eq!((answer.rows(), answer.total()), (3, 8));
    let screen = screen(&answer, Style { width: 80, rows: 2 });
    assert_eq!(screen.cut, ["2 of 8 rows are shown"]);
    assert!(answer.row(3).is_empty());
}

#[test]
fn odd_but_good_sql_is_answered() {
    let (_folder, session) = made::case();
    for sql in [
        "SELECT COUNT(*) AS n FROM posts",
        "SELECT 1 AS one",
        "VALUES (1, 'a'), (2, 'b')",
        "SELECT * FROM posts WHERE at_utc >= '2026-03-02' LIMIT 1",
        "SELECT * FROM posts WHERE at_utc < '2026-03-02 21:14:30'",
        "SELECT id FROM posts INTERSECT SELECT id FROM posts",
        "SELECT account FROM posts EXCEPT SELECT account FROM connections",
        "SELECT STRFTIME(at_utc, '%Y-%m-%d') AS day, COUNT(*) AS n FROM posts GROUP BY day",
        "SELECT account, ROW_NUMBER() OVER (PARTITION BY account ORDER BY at_utc) AS n FROM posts",
        "SELECT account, RANK() OVER (ORDER BY at_utc) AS n FROM posts",
        "SELECT COALESCE(text, text_raw, '') AS t, LENGTH(text) AS n, UPPER(account) AS u FROM posts",
        "SELECT UNNEST(members) AS member FROM identities",
        "SELECT ARRAY_CONTAINS(members, 'x') AS has, ARRAY_LENGTH(members) AS n FROM identities",
        "SELECT CASE WHEN text LIKE '%peur%' THEN 1 ELSE 0 END AS p FROM posts",
        "SELECT a.id FROM posts AS a, posts AS b WHERE a.at_utc < b.at_utc AND a.thread = b.thread",
        "SELECT DISTINCT thread FROM posts",
        "SELECT account, thread, COUNT(*) AS n FROM posts GROUP BY account, thread HAVING COUNT(*) > 1",
    ] {
        session.check(sql).unwrap_or_else(|e| panic!("{sql}: {e}"));
        assert!(
            session.run(sql, &Limits::default()).is_ok_and(|answer| !answer.columns().is_empty()),
            "{sql}"
        );
    }
}

#[test]
fn deep_sql_neither_overflows_a_stack_nor_takes_long() {
    let (_folder, session) = made::case();
    let runs = |sql: &str| {
        // An answer or a sentence; an overflow would end the process.
        let _ = session.run(sql, &Limits::default());
    };
    let deep = faisceau_query::MAX_DEPTH - 4;
    runs(&format!("SELECT bytes{} AS n FROM exhibits", "+bytes".repeat(deep)));
    runs(&format!("SELECT {}bytes AS n FROM exhibits", "- ".repeat(deep)));
    runs(&format!("SELECT {}TRUE AS n FROM exhibits", "NOT ".repeat(deep)));
    runs(&format!("SELECT id FROM posts WHERE id = 'x'{}", " OR id = 'y'".repeat(deep / 2)));
    runs(&format!("SELECT id FROM posts WHERE id IN ('x'{})", ", 'y'".repeat(3000)));
    runs(&format!("SELECT 1 AS n{}", " UNION ALL SELECT 1 AS n".repeat(deep / 4)));
    let nested = (0..12).fold("SELECT id FROM posts".to_owned(), |sql, n| {
        format!("SELECT id FROM ({sql}) AS t{n}")
    });
    runs(&nested);
    runs(&format!(
        "SELECT {} FROM exhibits",
        (0..2000).map(|n| format!("bytes + {n} AS c{n}")).collect::<Vec<_>>().join(", ")
    ));
    let cases =
        (0..14).fold("1".to_owned(), |sql, _| format!("(CASE WHEN bytes > 1 THEN {sql} END)"));
    runs(&format!("SELECT {cases} AS n FROM exhibits"));
}

#[test]
fn widths_that_would_fill_the_memory_are_refused() {
    let (_folder, session) = made::case();
    for sql in [
        "SELECT LPAD(text, 4000000000, 'x') FROM posts",
        "SELECT RPAD(text, 4000000000, 'x') FROM posts",
    ] {
        let refused = session.run(sql, &Limits::default());
        assert!(refused.is_err(), "{sql}");
    }
    check("SELECT LPAD(text, 40, ' ') AS t FROM posts").expect("a query");
}

/// Words that make many statements which parse.
fn words() -> impl Strategy<Value = String> {
    let expressions = prop_oneof![
        Just("account"),
        Just("COUNT(*)"),
        Just("text"),
        Just("at_utc"),
        Just("media"),
        Just("id"),
        Just("MIN(at_utc)"),
        Just("LENGTH(text)"),
        Just("ARRAY_AGG(id)"),
        Just("1"),
        Just("NULL"),
        Just("'x'"),
        Just("-1"),
        Just("text || 'x'"),
        Just("CAST(text AS INT)"),
        Just("text LIKE '%'"),
        Just("DATE_PART('hour', at_utc)"),
        Just("SUBSTR(text, -1, 2)"),
        Just("at_utc + INTERVAL '1d'"),
        Just("ROW_NUMBER() OVER (PARTITION BY account ORDER BY at_utc)"),
        Just("UNNEST(media)"),
        Just("(SELECT MAX(at_utc) FROM connections)"),
        Just("SUM(at_utc)"),
        Just("ARRAY_GET(media, 0)"),
        Just("STRPTIME(text, '%Q')"),
        Just("REGEXP_LIKE(text, '(')"),
        Just("SPLIT_PART(text, '', 0)"),
        Just("COLUMNS('(')"),
        Just("FIRST(text)"),
        Just("LAG(text) OVER (ORDER BY id)"),
        Just("1/0"),
        Just("QUANTILE_CONT(at_utc, 2)"),
        Just("GREATEST()"),
        Just("LEFT(text, -100)"),
        Just("x'zz'"),
    ];
    let list = proptest::collection::vec(expressions.clone(), 1..4);
    let tail = prop_oneof![
        Just(""),
        Just("WHERE account = 'x'"),
        Just("GROUP BY account"),
        Just("GROUP BY 1"),
        Just("ORDER BY 1"),
        Just("ORDER BY 9"),
        Just("LIMIT 2"),
        Just("LIMIT 2 OFFSET 1"),
        Just("GROUP BY ALL"),
        Just("HAVING COUNT(*) > 1"),
        Just("WHERE text IN (SELECT ip FROM connections)"),
        Just("QUALIFY 1 = 1"),
        Just("GROUP BY account ORDER BY COUNT(*)"),
        Just("ORDER BY ALL"),
    ];
    let from = prop_oneof![
        Just("posts"),
        Just("timeline"),
        Just("posts AS p JOIN connections AS c ON p.account = c.account"),
        Just("posts LEFT JOIN accounts USING (account)"),
        Just("posts, connections"),
        Just("reviews"),
        Just("(SELECT * FROM posts) AS q"),
        Just("posts CROSS JOIN UNNEST(media) AS m"),
        Just("pairs"),
    ];
    (list, from, tail)
        .prop_map(|(list, from, tail)| format!("SELECT {} FROM {from} {tail}", list.join(", ")))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// An answer, a sentence, or a panic of polars that was caught and is said to be one.
    #[test]
    fn arbitrary_sql_never_panics(sql in words()) {
        thread_local!(static CASE: (tempfile::TempDir, Session) = made::case());
        CASE.with(|(_, session)| {
            if let Ok(answer) = session.run(&sql, &Limits { rows: Some(5) }) {
                let _ = screen(&answer, Style::default());
                let mut out = Vec::new();
                faisceau_query::csv(&answer, &mut out).expect("written");
                faisceau_query::json(&answer, &mut out).expect("written");
                // Parquet has no word for some kinds of columns.
                let _ = faisceau_query::parquet(&answer, &mut out);
            }
        });
    }
}
