//! Our answers beside those of `DuckDB`, which reads the same Parquet files.
//!
//! `FAISCEAU_PYTHON` names a Python that has `duckdb`.

#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    reason = "a test runs its oracle and says when it cannot"
)]

mod made;

use std::process::Command;

use faisceau_query::{Limits, json_lines};

/// Questions that both dialects understand, with an order that leaves nothing open.
const QUESTIONS: [&str; 12] = [
    "SELECT account, COUNT(*) AS n FROM posts GROUP BY account ORDER BY account",
    "SELECT ip, COUNT(DISTINCT account) AS n FROM connections GROUP BY ip ORDER BY n DESC, ip",
    "SELECT account, SUM(port) AS s, MIN(port) AS low, MAX(port) AS high FROM connections GROUP BY account ORDER BY account NULLS LAST",
    "SELECT p.id AS p, c.id AS c FROM posts AS p JOIN connections AS c ON p.account = c.account ORDER BY p, c",
    "SELECT p.id AS p, c.ip AS ip FROM posts AS p LEFT JOIN connections AS c ON p.account = c.account AND c.port > 40001 ORDER BY p, ip NULLS LAST",
    "SELECT id, ROW_NUMBER() OVER (PARTITION BY account ORDER BY id) AS n FROM posts ORDER BY id",
    "SELECT thread, COUNT(*) AS n FROM posts WHERE text LIKE '%e%' GROUP BY thread HAVING COUNT(*) >= 1 ORDER BY thread NULLS LAST",
    "SELECT a, b, total, time FROM links ORDER BY total DESC",
    "SELECT DISTINCT access FROM addresses ORDER BY access",
    "SELECT account FROM posts UNION SELECT account FROM connections WHERE account IS NOT NULL ORDER BY account",
    "WITH first AS (SELECT MIN(at_utc) AS t FROM posts WHERE target = '@victime') SELECT c.id AS id FROM connections AS c CROSS JOIN first WHERE c.at_utc < first.t ORDER BY id",
    "SELECT x.id AS x, y.id AS y FROM posts AS x JOIN posts AS y ON x.thread = y.thread WHERE x.at_utc < y.at_utc ORDER BY x, y",
];

/// Answers each question as JSON lines, with an empty line after it.
const SCRIPT: &str = r"
import duckdb, json, pathlib, sys
case = duckdb.connect()
for path in sorted(pathlib.Path(sys.argv[1]).glob('*.parquet')):
    case.sql(f'CREATE VIEW {path.stem} AS SELECT * FROM read_parquet(\'{path}\')')
for sql in sys.argv[2:]:
    answer = case.sql(sql)
    for row in answer.fetchall():
        print(json.dumps(dict(zip(answer.columns, row)), ensure_ascii=False, default=int))
    print()
";

#[test]
fn duckdb_gives_the_same_rows() {
    let python = std::env::var("FAISCEAU_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let has = Command::new(&python).args(["-c", "import duckdb"]).output();
    if !has.is_ok_and(|output| output.status.success()) {
        assert!(std::env::var_os("FAISCEAU_NO_SKIP").is_none(), "duckdb is missing");
        eprintln!("SKIPPED: needs a Python with duckdb (FAISCEAU_PYTHON)");
        return;
    }
    let (folder, session) = made::case();
    let output = Command::new(&python)
        .args(["-c", SCRIPT])
        .arg(folder.path())
        .args(QUESTIONS)
        .output()
        .expect("started");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let theirs = String::from_utf8(output.stdout).expect("UTF-8");
    let values = |text: &str| -> Vec<serde_json::Value> {
        text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
    };
    let mut compared = 0;
    for (sql, theirs) in QUESTIONS.iter().zip(theirs.split("\n\n")) {
        let answer = session.run(sql, &Limits::default()).unwrap_or_else(|e| panic!("{sql}: {e}"));
        let mut ours = Vec::new();
        json_lines(&answer, &mut ours).expect("written");
        let ours = values(&String::from_utf8(ours).expect("UTF-8"));
        assert!(!ours.is_empty(), "{sql}");
        assert_eq!(ours, values(theirs.trim()), "{sql}");
        compared += 1;
    }
    assert_eq!(compared, QUESTIONS.len());
}
