//! The worked questions of `docs/query.md`, each run on a small made case, and what they give.

#![expect(clippy::expect_used, reason = "helpers of tests")]

mod made;

use faisceau_query::{Limits, Style, View, check, screen};

/// The page, which must stay true.
const PAGE: &str = include_str!("../../../docs/query.md");

/// The SQL of the page, in order, each with the heading above it.
fn worked() -> Vec<(&'static str, String)> {
    let mut heading = "";
    let mut open: Option<String> = None;
    let mut all = Vec::new();
    for line in PAGE.lines() {
        match (&mut open, line) {
            (None, "```sql") => open = Some(String::new()),
            (Some(_), "```") => all.extend(open.take().map(|sql| (heading, sql))),
            (Some(sql), line) => {
                sql.push_str(line);
                sql.push('\n');
            }
            (None, line) if line.starts_with('#') => heading = line.trim_start_matches('#').trim(),
            _ => {}
        }
    }
    all
}

#[test]
fn every_question_of_the_page_has_its_answer() {
    let (_folder, session) = made::case();
    let mut out = String::new();
    let worked = worked();
    assert!(worked.len() >= 12, "{} questions", worked.len());
    for (heading, sql) in worked {
        check(&sql).unwrap_or_else(|e| panic!("{heading}: {e}"));
        let answer =
            session.run(&sql, &Limits::default()).unwrap_or_else(|e| panic!("{heading}: {e}"));
        assert!(answer.rows() > 0, "{heading}: an answer without rows shows nothing");
        let shown = screen(&answer, Style { width: 150, rows: 100 });
        out.extend(["## ", heading, "\n", &shown.table, "\n"]);
    }
    insta::assert_snapshot!(out);
}

#[test]
fn every_view_gives_rows() {
    let (_folder, session) = made::case();
    let mut out = String::new();
    for view in View::ALL {
        let sql = format!("SELECT * FROM {}", view.name);
        let answer =
            session.run(&sql, &Limits::default()).unwrap_or_else(|e| panic!("{}: {e}", view.name));
        assert!(answer.rows() > 0, "{}", view.name);
        let shown = screen(&answer, Style { width: 200, rows: 100 });
        assert!(shown.cut.is_empty(), "{}: {:?}", view.name, shown.cut);
        out.extend(["## ", view.name, "\n", &shown.table, "\n"]);
    }
    insta::assert_snapshot!(out);
}
