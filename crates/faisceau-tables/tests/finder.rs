//! Rows found through indexes are those that reading everything finds.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test fails by panicking")]

use faisceau_model::rows::{Connection, Post};
use faisceau_model::table::Row;
use faisceau_model::{Absent, AccountKey, ExhibitNo, Maybe, Moment, Place, Precision, ZoneSource};
use faisceau_tables::{Finder, TableError, Wanted, read, value, write};
use proptest::prelude::*;

/// More than one row group.
const ROWS: u64 = 18_000;

fn connection(number: u64) -> Connection {
    let place = Place::Line { number, byte: number * 100 };
    let ip = format!("192.0.2.{}", number % 256);
    let precision = if number.is_multiple_of(5) { Precision::Minute } else { Precision::Second };
    let at = Moment::new(1_700_000_000_000_000 + number as i64, precision, ZoneSource::Unix);
    Connection {
        at: Maybe::or_absent(at.filter(|_| !number.is_multiple_of(7)), Absent::Unreadable),
        account: Maybe::or_absent(
            (!number.is_multiple_of(3))
                .then(|| AccountKey::by_id("x", &(number * number % 97).to_string())),
            Absent::NotRecorded,
        ),
        port: Maybe::or_absent(
            (number % 11 > 4).then_some(number as i64 % 11),
            Absent::NotRecorded,
        ),
        request: Maybe::Known(format!("GET /{number}")),
        ..Connection::new(ExhibitNo::top(2), &place, 0, ip, "site")
    }
}

/// What every row says, without an index.
fn slowly<R: Row>(rows: &[R], wanted: &[(String, Wanted)]) -> Vec<usize> {
    let holds = |row: &R, column: &str, wanted: &Wanted| match (wanted, value(row, column)) {
        (Wanted::Text(text), Some(value)) => *text == value,
        (Wanted::Known, value) => value.is_some(),
        (Wanted::Missing, value) => value.is_none(),
        (Wanted::Text(_), None) => false,
    };
    let all = |row: &R| wanted.iter().all(|(column, wanted)| holds(row, column, wanted));
    (0..rows.len()).filter(|n| all(&rows[*n])).collect()
}

fn agrees<R: Row + PartialEq + std::fmt::Debug>(
    finder: &mut Finder,
    rows: &[R],
    wanted: &[(String, Wanted)],
    most: usize,
) -> usize {
    let expected = slowly(rows, wanted);
    let (count, first) = finder.select::<R>(wanted, most).unwrap();
    assert_eq!(count, expected.len(), "{wanted:?}");
    assert_eq!(first.len(), count.min(most), "{wanted:?}");
    for (found, at) in first.iter().zip(expected) {
        assert_eq!(found, &rows[at], "{wanted:?}");
    }
    count
}

fn one(column: &str, wanted: Wanted) -> (String, Wanted) {
    (column.to_owned(), wanted)
}

fn text(column: &str, text: &str) -> (String, Wanted) {
    one(column, Wanted::Text(text.to_owned()))
}

#[test]
fn selections_of_any_columns_are_those_of_a_full_reading() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), (0..ROWS).map(connection).collect::<Vec<_>>()).unwrap();
    let rows: Vec<Connection> = read(folder.path()).unwrap();
    let mut finder = Finder::new(folder.path());
    let at = value(&rows[1], "at").unwrap();
    let (zone, precision) =
        (value(&rows[1], "at_zone").unwrap(), value(&rows[5], "at_prec").unwrap());
    let conditions = [
        text("account", "x:4"),
        text("account", ""),
        text("account", "x:nobody"),
        one("account", Wanted::Missing),
        one("account", Wanted::Known),
        text("ip", "192.0.2.7"),
        text("port", "5"),
        one("port", Wanted::Missing),
        one("port", Wanted::Known),
        text("at", &at),
        text("at_utc", &at),
        text("at_zone", &zone),
        text("at_prec", &precision),
        one("at", Wanted::Missing),
        one("at_zone", Wanted::Known),
        text("request", "GET /17999"),
        text("service", "site"),
        one("user_agent", Wanted::Known),
    ];
    assert_eq!(agrees(&mut finder, &rows, &[], 3), ROWS as usize);
    let mut found = 0;
    for a in &conditions {
        found += agrees(&mut finder, &rows, std::slice::from_ref(a), 40);
        for b in conditions.iter().step_by(2) {
            found += agrees(&mut finder, &rows, &[a.clone(), b.clone()], 3);
        }
    }
    assert!(found > ROWS as usize, "{found}");
    let three =
        [one("account", Wanted::Known), one("port", Wanted::Missing), conditions[5].clone()];
    assert!(agrees(&mut finder, &rows, &three, usize::MAX) > 0);
}

#[test]
fn rows_are_found_by_several_values_in_the_order_of_the_table() {
    let folder = tempfile::tempdir().unwrap();
    let rows: Vec<Connection> = (0..ROWS).map(connection).collect();
    write(folder.path(), rows.clone()).unwrap();
    let mut finder = Finder::new(folder.path());
    let ids = [17_999, 40, 16_384, 16_383, 3, 40].map(|n: usize| rows[n].id.as_str().to_owned());
    let mut ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    ids.push("con:9:l1@0");
    let found: Vec<Connection> = finder.find("id", &ids).unwrap();
    let expected = [3, 40, 16_383, 16_384, 17_999].map(|n: usize| rows[n].clone());
    assert_eq!(found, expected);
    let of_ip: Vec<Connection> = finder.find("ip", &["192.0.2.7"]).unwrap();
    let expected = rows.iter().filter(|row| row.ip == "192.0.2.7");
    assert_eq!(of_ip, expected.cloned().collect::<Vec<_>>());
    assert_eq!(finder.find::<Connection>("id", &[]).unwrap(), []);
    let unknown = finder.find::<Connection>("ipp", &["1"]);
    assert!(matches!(unknown, Err(TableError::Column { .. })));
}

#[test]
fn an_empty_table_has_nothing_and_a_missing_one_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    write::<Post>(folder.path(), Vec::new()).unwrap();
    let mut finder = Finder::new(folder.path());
    assert_eq!(finder.find::<Post>("id", &["post:1:l1@0"]).unwrap(), []);
    assert_eq!(finder.select::<Post>(&[one("text", Wanted::Missing)], 5).unwrap(), (0, vec![]));
    assert_eq!(finder.select::<Post>(&[], 5).unwrap(), (0, vec![]));
    assert!(finder.find::<Connection>("id", &["con:1:l1@0"]).is_err());
}

#[test]
fn a_finder_keeps_to_the_tables_that_it_opened() {
    let folder = tempfile::tempdir().unwrap();
    let rows: Vec<Connection> = (0..500).map(connection).collect();
    write(folder.path(), rows.clone()).unwrap();
    let mut finder = Finder::new(folder.path());
    assert_eq!(finder.select::<Connection>(&[], 0).unwrap().0, 500);
    write(folder.path(), rows[..20].to_vec()).unwrap();
    let found: Vec<Connection> = finder.find("id", &[rows[400].id.as_str()]).unwrap();
    assert_eq!(found, rows[400..401]);
    assert_eq!(Finder::new(folder.path()).select::<Connection>(&[], 0).unwrap().0, 20);
}

fn written() -> impl Strategy<Value = Vec<(Option<String>, u8)>> {
    prop::collection::vec((prop::option::of("[ab\u{0}é=&\u{202e}]{0,3}"), 0_u8..4), 0..60)
}

proptest! {
    #[test]
    fn any_texts_are_found_as_they_were_written(
        written in written(),
        asked in "[ab\u{0}é=&\u{202e}]{0,3}",
        author in 0_u8..5,
        most in 0_usize..4,
    ) {
        let folder = tempfile::tempdir().unwrap();
        let posts: Vec<Post> = written.iter().enumerate().map(|(n, (text, author))| {
            let place = Place::Line { number: n as u64, byte: 10 * n as u64 };
            Post {
                text: Maybe::or_absent(text.clone(), Absent::Deleted),
                ..Post::new(ExhibitNo::top(1), &place, 0, AccountKey::by_id("x", &author.to_string()))
            }
        }).collect();
        write(folder.path(), posts).unwrap();
        let rows: Vec<Post> = read(folder.path()).unwrap();
        let mut finder = Finder::new(folder.path());
        for body in [Wanted::Text(asked), Wanted::Known, Wanted::Missing] {
            let account = text("account", &format!("x:{author}"));
            agrees(&mut finder, &rows, &[one("text", body.clone())], most);
            agrees(&mut finder, &rows, &[one("text", body), account], most);
        }
    }
}
