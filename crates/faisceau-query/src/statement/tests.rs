use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

fn tables(sql: &str) -> Result<Vec<String>, QueryError> {
    crate::engine::on_a_deep_stack(|| match read(sql, &case_names())? {
        Asks::Rows { tables } => Ok(tables.into_iter().collect()),
        other => Err(QueryError::refused(format!("{other:?}"))),
    })
}

fn refusal(sql: &str) -> String {
    check(sql).expect_err(sql).to_string()
}

#[test]
fn a_query_says_which_tables_it_names() {
    let named = tables(
        "WITH w AS (SELECT * FROM posts) SELECT * FROM w JOIN links AS l ON w.id = l.a \
         WHERE EXISTS (SELECT 1 FROM requests) UNION ALL (SELECT * FROM timeline)",
    );
    assert_eq!(named.expect("a query"), ["links", "posts", "requests", "timeline"]);
    assert_eq!(tables("VALUES (1), (2)").expect("a query"), Vec::<String>::new());
    assert_eq!(tables("EXPLAIN SELECT * FROM posts").expect("a query"), ["posts"]);
}

#[test]
fn whatever_changes_or_reads_files_is_refused() {
    for sql in [
        "DROP TABLE posts",
        "CREATE TABLE x AS SELECT 1",
        "CREATE VIEW x AS SELECT 1",
        "INSERT INTO posts VALUES (1)",
        "UPDATE posts SET a = 1",
        "DELETE FROM posts",
        "TRUNCATE TABLE posts",
        "COPY posts TO '/tmp/x'",
        "SET x = 1",
        "ATTACH DATABASE '/etc/passwd' AS x",
        "EXPLAIN DROP TABLE posts",
        "EXPLAIN ANALYZE SELECT 1",
        "SELECT 1; DROP TABLE posts",
        "SELECT 1; SELECT 2",
        "SELECT * INTO x FROM posts",
        "TABLE posts",
        "SELECT 1 UNION ALL TABLE posts",
        "SELECT * FROM (TABLE posts)",
        "WITH w AS (DELETE FROM posts) SELECT * FROM w",
        "WITH RECURSIVE w AS (SELECT 1 UNION ALL SELECT 1 FROM w) SELECT * FROM w",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM READ_CSV('/etc/passwd')",
        "SELECT * FROM \"read_csv\"('/etc/passwd')",
        "SELECT * FROM read_parquet('/etc/passwd') AS x",
        "SELECT * FROM read_ipc('x')",
        "SELECT * FROM read_json('x')",
        "SELECT * FROM read_ndjson('x')",
        "SELECT * FROM posts JOIN read_csv('/etc/passwd') AS y ON TRUE",
        "SELECT * FROM posts, read_csv('/etc/passwd')",
        "SELECT * FROM posts WHERE id IN (SELECT * FROM read_csv('/etc/passwd'))",
        "SELECT (SELECT * FROM read_csv('/etc/passwd'))",
        "SELECT * FROM LATERAL read_csv('/etc/passwd')",
        "SELECT * FROM TABLE(read_csv('/etc/passwd'))",
        "WITH w AS (SELECT * FROM read_csv('/etc/passwd')) SELECT * FROM w",
        "SELECT * FROM posts.connections",
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM \"/etc/passwd\"",
        "SELECT * FROM information_schema.tables",
    ] {
        let refusal = refusal(sql);
        assert!(
            ["only questions", "there is no table", "not SQL that can be read"]
                .iter()
                .any(|sentence| refusal.contains(sentence)),
            "{sql}: {refusal}"
        );
    }
    insta::assert_snapshot!(refusal("SELECT * FROM read_csv('/etc/passwd')"), @"the table function `read_csv`: only questions to the tables of the case are taken");
    insta::assert_snapshot!(refusal("DROP TABLE posts"), @"a statement DROP TABLE: only questions to the tables of the case are taken");
    insta::assert_snapshot!(refusal("SELECT * FROM a.b"), @"the name `a.b`, which is not one word: only questions to the tables of the case are taken");
}

/// Polars alone refuses too: its readers are not built in, and no crate of ours may bring them.
#[test]
fn polars_itself_has_no_function_that_reads_files() {
    for function in ["read_csv", "read_parquet", "read_ipc", "read_json"] {
        let sql = format!("SELECT * FROM {function}('/etc/hostname')");
        let refused = polars_sql::SQLContext::new().execute(&sql).map(|_| ()).expect_err(function);
        assert!(refused.to_string().contains("not a supported table function"), "{refused}");
    }
}

#[test]
fn a_name_of_the_case_cannot_be_given_to_something_else() {
    for sql in [
        "WITH posts AS (SELECT 1) SELECT * FROM posts",
        "SELECT * FROM (SELECT 1) AS posts",
        "SELECT * FROM connections AS posts",
        "SELECT * FROM UNNEST([1]) AS posts(x)",
    ] {
        assert!(matches!(check(sql), Err(QueryError::Taken { .. })), "{sql}");
    }
    check("SELECT * FROM posts AS posts").expect("its own name");
}

#[test]
fn an_error_of_syntax_says_where() {
    insta::assert_snapshot!(refusal("SELECT * FORM posts"), @"not SQL that can be read: Expected: end of statement, found: FORM at Line: 1, Column: 10");
    insta::assert_snapshot!(refusal("SELECT 'x"), @"not SQL that can be read: Unterminated string literal at Line: 1, Column: 8");
    insta::assert_snapshot!(refusal(""), @"not SQL that can be read: there is nothing in it");
    insta::assert_snapshot!(refusal("SELECT * FROM post"), @"there is no table `post`; did you mean `posts`? (tables and views: accounts, accounts_seen, addresses, answers, clock_checks, comparisons, connections, contributions, coordination_groups, deadlines, devices, exhibits, explained_links, explanations, identities, links, mail_hops, mail_origins, mail_verdicts, media, media_fields, names, pairs, posts, raids, rejects, rejects_by_exhibit, requests, reviews, shared_addresses, sign_ins, signatures, subscribers, timeline, unknown_fields, verdicts)");
}

#[test]
fn length_and_depth_are_bounded() {
    let big = |sql: &str| matches!(check(sql), Err(QueryError::TooBig { .. }));
    assert!(big(&format!("SELECT '{}'", "x".repeat(MAX_BYTES))));
    assert!(big(&format!(
        "SELECT {}1{}",
        "(".repeat(MAX_BRACKETS + 1),
        ")".repeat(MAX_BRACKETS + 1)
    )));
    assert!(big(&format!("SELECT 1{}", "+1".repeat(MAX_DEPTH))));
    assert!(big(&format!("SELECT 1{}", " UNION SELECT 1".repeat(MAX_DEPTH))));
    assert!(big(&format!("SELECT {}", "1,".repeat(MAX_TOKENS))));
    check(&format!("SELECT 1{}", "+1".repeat(MAX_DEPTH - 3))).expect("deep, not too deep");
}

/// The parser tries each open bracket in several ways, and takes twice as long for each. At the
/// deepest that is taken this test still has to end.
#[test]
fn the_deepest_brackets_are_read() {
    let mut taken = 0;
    for (open, close) in
        [("(", ")"), ("[", "]"), ("{", "}"), ("f(", ")"), ("CASE (", ")"), ("(SELECT (", "))")]
    {
        let times = MAX_BRACKETS / open.matches(['(', '[', '{']).count().max(1);
        for head in ["SELECT ", "SELECT * FROM ", "SELECT * FROM posts WHERE ", "VALUES ", ""] {
            for tail in ["", "1"] {
                for closed in [0, times] {
                    let (open, close) = (open.repeat(times), close.repeat(closed));
                    taken += usize::from(check(&format!("{head}{open}{tail}{close}")).is_ok());
                }
            }
        }
    }
    assert!(taken > 0, "none of them was SQL");
}

#[test]
fn every_table_of_the_documentation_is_known() {
    let known: BTreeSet<String> = case_names();
    for name in ["posts", "connections", "links", "timeline", "reviews", "rejects"] {
        assert!(known.contains(name), "{name}");
    }
}

proptest! {
    #[test]
    fn arbitrary_text_never_panics(sql in ".{0,200}") {
        let outcome = check(&sql);
        prop_assert!(!matches!(outcome, Err(QueryError::Engine { .. })), "{sql:?}");
    }

    #[test]
    fn arbitrary_words_of_sql_never_panic(words in proptest::collection::vec(
        prop_oneof![
            Just("SELECT"), Just("FROM"), Just("WHERE"), Just("posts"), Just("("), Just(")"), Just("*"),
            Just("JOIN"), Just("ON"), Just("="), Just("a"), Just("'x'"), Just("1"), Just(","), Just("WITH"),
            Just("AS"), Just("UNION"), Just("GROUP BY"), Just("ORDER BY"), Just("CASE"), Just("WHEN"),
            Just("END"), Just("["), Just("]"), Just("read_csv"), Just("EXPLAIN"), Just("OVER"), Just(";"),
        ],
        0..40,
    )) {
        let sql = words.join(" ");
        let outcome = check(&sql);
        prop_assert!(!matches!(outcome, Err(QueryError::Engine { .. })), "{sql:?}");
    }
}
