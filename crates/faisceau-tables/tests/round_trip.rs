//! Rows survive Parquet, and the same rows give the same bytes.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and blesses a page when the environment says so"
)]

use faisceau_model::rows::{Connection, Post};
use faisceau_model::table::Row;
use faisceau_model::{Absent, AccountKey, ExhibitNo, Maybe, Moment, Place, PostKind};
use faisceau_tables::{TableWriter, count, read, schema_page, write};

fn post(number: u64) -> Post {
    let place = Place::Line { number, byte: number * 10 };
    Post {
        at: Maybe::or_absent(
            (!number.is_multiple_of(3))
                .then(|| Moment::from_unix_millis(number as i64 * 977).unwrap()),
            Absent::Unreadable,
        ),
        kind: PostKind::Public,
        text: Maybe::text(&format!("=SOMME({number})\u{1b}[31m « déjà »"), Absent::Deleted),
        target: Maybe::Missing(Absent::NotExported),
        thread: Maybe::Missing(Absent::Redacted),
        permalink: Maybe::Known("https://forum.example/1".to_owned()),
        content_id: Maybe::Known("9007199254740993".to_owned()),
        lang: Maybe::Missing(Absent::NotRecorded),
        client: Maybe::Missing(Absent::NotRecorded),
        media: (0..number % 3).map(|n| format!("photo {n}.jpg")).collect(),
        ..Post::new(ExhibitNo::top(1), &place, 0, AccountKey::by_handle("forum", "léa=x y"))
    }
}

fn connection(number: u64) -> Connection {
    let place = Place::Line { number, byte: number * 100 };
    let ip = format!("192.0.2.{}", number % 256);
    Connection {
        at: Maybe::Known(Moment::from_unix_seconds(1_700_000_000 + number as i64).unwrap()),
        port: Maybe::or_absent(number.is_multiple_of(2).then_some(40_000), Absent::NotRecorded),
        user_agent: Maybe::Known("curl".to_owned()),
        request: Maybe::Known("GET / HTTP/1.1".to_owned()),
        status: Maybe::Known(200),
        bytes: Maybe::Known(number as i64),
        referer: Maybe::Missing(Absent::NotExported),
        ..Connection::new(ExhibitNo::top(2), &place, 0, ip, "site")
    }
}

#[test]
fn posts_come_back_as_they_went_in() {
    let folder = tempfile::tempdir().unwrap();
    let posts: Vec<Post> = (1..200).map(post).collect();
    assert_eq!(write(folder.path(), posts.clone()).unwrap(), 199);
    assert_eq!(count::<Post>(folder.path()).unwrap(), 199);
    assert_eq!(read::<Post>(folder.path()).unwrap(), posts);
}

#[test]
fn an_empty_table_is_a_file_with_columns() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(write::<Post>(folder.path(), Vec::new()).unwrap(), 0);
    assert_eq!(read::<Post>(folder.path()).unwrap(), Vec::new());
}

#[test]
fn bytes_do_not_depend_on_how_rows_arrive_nor_on_threads() {
    let rows: Vec<Connection> = (0..150_000).map(connection).collect();
    let whole = tempfile::tempdir().unwrap();
    write(whole.path(), rows.clone()).unwrap();

    let pieces = tempfile::tempdir().unwrap();
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    one.install(|| {
        let mut writer = TableWriter::create(pieces.path()).unwrap();
        for chunk in rows.chunks(7_001) {
            writer.extend(chunk.to_vec());
        }
        writer.finish().unwrap();
    });
    let name = "connections.parquet";
    let bytes = |folder: &tempfile::TempDir| std::fs::read(folder.path().join(name)).unwrap();
    assert!(bytes(&whole) == bytes(&pieces), "same rows, other bytes");
    assert_eq!(read::<Connection>(pieces.path()).unwrap(), rows);
    assert!(!pieces.path().join(format!(".{name}.partial")).exists());
}

#[test]
fn a_truncated_file_is_an_error_not_a_crash() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), (1..50).map(post).collect()).unwrap();
    let path = folder.path().join("posts.parquet");
    let bytes = std::fs::read(&path).unwrap();
    std::fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
    let error = read::<Post>(folder.path()).unwrap_err();
    assert!(error.to_string().contains("posts"), "{error}");
}

#[test]
fn the_schema_page_is_current() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/tables.md");
    if std::env::var_os("FAISCEAU_BLESS").is_some() {
        std::fs::write(path, schema_page()).unwrap();
    }
    let written = std::fs::read_to_string(path).unwrap();
    assert_eq!(written, schema_page(), "run the test with FAISCEAU_BLESS=1");
    assert!(Post::COLUMNS.iter().all(|c| c.name != "absent"));
}
