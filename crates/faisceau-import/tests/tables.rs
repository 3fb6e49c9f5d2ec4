//! Tables: 4CAT, mapped CSV, mapped JSON lines; all columns, and hostile tables. Workbooks and
//! proposals are tested beside their code.

mod reading;

use faisceau_import::{
    Columns, ImportSettings, SubscriberColumns, TableKind, TableMapping, TimeFormat,
};
use faisceau_model::{Collected, Maybe, PostKind, RejectReason};
use proptest::prelude::*;
use reading::{print, read, settled};

const FOURCAT: &[u8] = include_bytes!("fixtures/tables/4cat_x.csv");
const FOURCAT_OLD: &[u8] = include_bytes!("fixtures/tables/4cat_mixed.csv");
const ANSWER: &[u8] = include_bytes!("fixtures/tables/answer.csv");
const FORUM: &[u8] = include_bytes!("fixtures/tables/forum.jsonl");

fn answer() -> TableMapping {
    TableMapping {
        name: "answer of the platform".to_owned(),
        kind: TableKind::Connections,
        platform: "x".to_owned(),
        headers: vec!["IP Address".to_owned(), "Source Port".to_owned()],
        delimiter: None,
        columns: Columns {
            account_id: Some("Account ID".to_owned()),
            handle: Some("Username".to_owned()),
            time: Some("Time (UTC)".to_owned()),
            ip: Some("IP Address".to_owned()),
            port: Some("Source Port".to_owned()),
            user_agent: Some("User Agent".to_owned()),
            action: Some("Event".to_owned()),
            ..Columns::default()
        },
        time_format: TimeFormat::Rfc3339,
        time_zone: None,
        private: false,
        subscriber: SubscriberColumns::default(),
    }
}

fn forum() -> TableMapping {
    TableMapping {
        name: "forum".to_owned(),
        kind: TableKind::Posts,
        platform: "Forum.example".to_owned(),
        headers: vec!["author.uid".to_owned(), "message".to_owned()],
        delimiter: None,
        columns: Columns {
            account_id: Some("author.uid".to_owned()),
            handle: Some("author.name".to_owned()),
            display_name: Some("author.title".to_owned()),
            time: Some("posted".to_owned()),
            text: Some("message".to_owned()),
            content_id: Some("id".to_owned()),
            thread: Some("topic".to_owned()),
            media: Some("files".to_owned()),
            ..Columns::default()
        },
        time_format: TimeFormat::Pattern("%d/%m/%Y %H:%M".to_owned()),
        time_zone: Some("Europe/Paris".to_owned()),
        private: true,
        subscriber: SubscriberColumns::default(),
    }
}

fn settings() -> ImportSettings {
    ImportSettings { mappings: vec![answer(), forum()], ..ImportSettings::default() }
}

fn rows(bytes: &[u8], format: &str) -> Collected {
    let (imported, sink) = read(bytes, &settings());
    assert_eq!(imported.name(), Some(format));
    assert_eq!(imported.problem, None);
    assert!(settled(&sink), "{:?}", sink.tally);
    sink
}

fn rejects(sink: &Collected) -> Vec<(String, RejectReason)> {
    sink.rejects.iter().map(|reject| (reject.place.to_string(), reject.reason)).collect()
}

#[test]
fn all_columns_of_4cat_posts() {
    let sink = rows(FOURCAT, "4cat-csv");
    assert_eq!((sink.tally.records, sink.tally.read, sink.tally.set_aside), (5, 3, 1));
    insta::assert_snapshot!(print(&sink.posts) + &print(&sink.accounts) + &print(&sink.rejects));
}

#[test]
fn an_older_4cat_table_keeps_one_account_on_one_platform() {
    let sink = rows(FOURCAT_OLD, "4cat-csv");
    let keys: Vec<_> = sink.posts.iter().map(|post| post.account.as_str()).collect();
    assert_eq!(keys, ["instagram:@rose"; 3]);
    assert_eq!(sink.accounts.len(), 1);
    let times: Vec<_> = sink
        .posts
        .iter()
        .map(|post| post.at.known().map(|at| format!("{at} {}", at.zone())).unwrap())
        .collect();
    assert_eq!(
        times,
        [
            "2026-03-01 14:05:12 UTC unix",
            "2026-03-01 14:06:00 UTC assumed",
            "2026-03-01 14:05:14 UTC unix"
        ]
    );
    // A link to another site is not the address of the post.
    let links: Vec<_> = sink.posts.iter().map(|post| post.permalink.known().is_some()).collect();
    assert_eq!(links, [false, true, false]);
    let reasons: Vec<_> = rejects(&sink).into_iter().map(|(_, reason)| reason).collect();
    assert_eq!(reasons, [RejectReason::SetAside, RejectReason::MissingField, RejectReason::Time]);
}

#[test]
fn the_id_of_a_telegram_author_is_no_handle() {
    let table = "id,thread_id,author,author_username,author_name,body,reply_to,timestamp,\
                 unix_timestamp,author_forwarded_from_name,unix_timestamp_forwarded_from\n\
                 7,salon,4242,rose,Rose,bonjour,,2026-03-01 14:05:12,1772373912,,\n\
                 8,salon,4242,rose,Rose,relais,7,2026-03-01 14:06:12,1772373972,Autre,1772000000\n";
    let sink = rows(table.as_bytes(), "4cat-csv");
    let posts: Vec<_> = sink.posts.iter().map(|post| (post.account.as_str(), post.kind)).collect();
    let key = "telegram:user4242";
    assert_eq!(posts, [(key, PostKind::Public), (key, PostKind::Forwarded)]);
    assert_eq!(sink.accounts[0].handle, Maybe::Known("rose".to_owned()));
}

#[test]
fn a_telegram_author_is_named_as_in_its_own_export_where_the_record_tells() {
    let table = "id,thread_id,author,author_username,author_name,author_is_bot,body,timestamp,\
                 unix_timestamp,author_forwarded_from_name,unix_timestamp_forwarded_from,neuf\n\
                 salon-1,salon,4242,,Rose,no,a,,1772373912,,,\n\
                 salon-2,salon,4243,salon,,no,b,,1772373912,,,\n\
                 salon-3,salon,4244,autre,,yes,c,,1772373912,,,\n\
                 salon-4,salon,4245,autre,,no,d,,1772373912,,,\n\
                 salon-5,salon,-1001234,,,no,e,,1772373912,,,\n\
                 salon-6,salon,-56,,,no,f,,1772373912,,,\n\
                 salon-7,salon,,,,no,g,,1772373912,,,\n";
    let sink = rows(table.as_bytes(), "4cat-csv");
    let authors: Vec<_> = sink.posts.iter().map(|post| post.account.native()).collect();
    let expected = ["user4242", "channel4243", "user4244", "4245", "channel1234", "chat56"];
    assert_eq!(authors, expected);
    assert_eq!(rejects(&sink)[1].1, RejectReason::MissingField);
    let unknown: Vec<_> =
        sink.unknown_fields.iter().map(|field| (field.field.as_str(), field.records)).collect();
    assert_eq!(unknown, [("neuf", 7)]);
}

#[test]
fn what_the_mapping_does_not_name_is_listed_once() {
    let listed = |sink: &Collected| -> Vec<(String, i64)> {
        sink.unknown_fields.iter().map(|field| (field.field.clone(), field.records)).collect()
    };
    let table = "IP Address,Source Port,Account ID,Username,Event,Time (UTC),User Agent,New,\n\
                 192.0.2.1,1,2,a,b,2026-03-01 10:00:00Z,c,x,\n\
                 192.0.2.1,1,2\n\
                 192.0.2.1,1,2,a,b,2026-03-01 10:00:00Z,c,,\n";
    let listing = listed(&rows(table.as_bytes(), "mapped-csv"));
    assert_eq!(listing, [("(no header)".to_owned(), 2), ("New".to_owned(), 2)]);
    let table = r#"{"author":{"uid":"1","mood":{"x":1}},"message":"m","files":["a"],"likes":[{"y":1}]}
{"author":{"uid":"1","mood":null},"message":"m"}
"#;
    let listing = listed(&rows(table.as_bytes(), "mapped-jsonl"));
    assert_eq!(listing, [("author.mood".to_owned(), 2), ("likes".to_owned(), 1)]);
}

#[test]
fn all_columns_of_a_platform_answer() {
    let sink = rows(ANSWER, "mapped-csv");
    assert_eq!((sink.tally.records, sink.tally.read, sink.tally.set_aside), (7, 4, 1));
    insta::assert_snapshot!(
        print(&sink.connections) + &print(&sink.accounts) + &print(&sink.rejects)
    );
}

#[test]
fn all_columns_of_a_forum_dump() {
    let sink = rows(FORUM, "mapped-jsonl");
    assert_eq!((sink.tally.records, sink.tally.read), (8, 3));
    assert!(sink.posts.iter().all(|post| post.kind == PostKind::Private));
    insta::assert_snapshot!(print(&sink.posts) + &print(&sink.accounts) + &print(&sink.rejects));
}

#[test]
fn a_table_of_accounts_is_read_whole() {
    let mapping = TableMapping {
        kind: TableKind::Accounts,
        headers: vec!["uid".to_owned()],
        columns: Columns {
            account_id: Some("uid".to_owned()),
            handle: Some("name".to_owned()),
            time: Some("joined".to_owned()),
            text: Some("about".to_owned()),
            ..Columns::default()
        },
        time_format: TimeFormat::UnixMillis,
        ..forum()
    };
    let settings = ImportSettings { mappings: vec![mapping], ..ImportSettings::default() };
    let table = b"uid\tname\tjoined\tabout\r\n007\tann\t1772373912250\td\xe9j\xe0\r\n";
    let (imported, sink) = read(table, &settings);
    assert_eq!(imported.name(), Some("mapped-csv"));
    let account = &sink.accounts[0];
    assert_eq!(account.account.as_str(), "forum.example:007");
    assert_eq!(account.bio, Maybe::Known("déjà".to_owned()));
    assert_eq!(account.created.known().unwrap().to_string(), "2026-03-01 14:05:12.250 UTC");
}

#[test]
fn shifted_columns_are_refused_with_their_place() {
    let table = "IP Address,Source Port,Account ID,Username,Event,Time (UTC),User Agent\n\
                 192.0.2.1,1,2,a,b,2026-03-01 10:00:00Z,c\n\
                 192.0.2.1,1,2\n\
                 192.0.2.1,1,2,a,b,2026-03-01 10:00:00Z,c,d\n\
                 192.0.2.2,1,2,a,b,2026-03-01 10:00:00Z,\"\u{1b}[31m=1+1\"\n";
    let sink = rows(table.as_bytes(), "mapped-csv");
    assert_eq!(sink.connections.len(), 2);
    assert_eq!(sink.connections[1].user_agent.known().unwrap(), "\u{1b}[31m=1+1");
    assert_eq!(
        rejects(&sink)[1..],
        [("l3@112".to_owned(), RejectReason::Syntax), ("l4@126".to_owned(), RejectReason::Syntax)]
    );
}

#[test]
fn a_mapped_header_that_is_missing_or_twice_is_one_sentence() {
    for (table, word) in [
        (
            "IP Address,Source Port\n192.0.2.1,1\n",
            "the header `Account ID`, asked for by `columns.account_id` of the table `answer of the \
             platform`, is not in the table",
        ),
        (
            "IP Address,Source Port,Account ID,Username,Event,Event,Time (UTC),User Agent\n",
            "more than once",
        ),
    ] {
        let (imported, sink) = read(table.as_bytes(), &settings());
        let problem = imported.problem.unwrap();
        assert!(problem.contains(word));
        assert!(problem.contains("of the table `answer of the platform`"), "{problem}");
        assert_eq!(sink.rejects[0].detail, problem);
        assert!(settled(&sink));
        assert_eq!((sink.tally.records, sink.tally.read), (1, 0));
    }
}

#[test]
fn a_wide_record_is_refused_and_the_next_is_read() {
    let mut table = ANSWER.to_vec();
    table.extend(vec![b';'; 10_000]);
    table.extend(b"\n;;post;192.0.2.99;9;2026-03-01 16:00:00Z;\n");
    let sink = rows(&table, "mapped-csv");
    assert_eq!(sink.rejects.last().unwrap().reason, RejectReason::Limit);
    assert_eq!(sink.connections.last().unwrap().ip, "192.0.2.99");
    // The same as a header: no mapping is looked for beyond the limit.
    let (imported, sink) = read(&vec![b','; 10_000], &settings());
    assert_eq!((imported.name(), sink.tally.records), (None, 0));
}

#[test]
fn deep_and_long_json_is_refused_and_the_next_is_read() {
    let mut table = FORUM.to_vec();
    table.extend("{\"a\":".repeat(200).bytes());
    table.extend(b"\n{\"author\":{\"uid\":\"");
    table.extend(vec![b'9'; 2 * 1024 * 1024]);
    table.extend(b"\"}}\n{\"author\":{\"uid\":\"1\"},\"message\":\"last\"}\n");
    let sink = rows(&table, "mapped-jsonl");
    let reasons: Vec<_> = sink.rejects.iter().rev().take(2).map(|reject| reject.reason).collect();
    assert_eq!(reasons, [RejectReason::Limit, RejectReason::Limit]);
    assert_eq!(sink.posts.last().unwrap().text, Maybe::Known("last".to_owned()));
}

#[test]
fn settings_that_could_give_no_row_are_told() {
    let check = |mapping: TableMapping| {
        let settings = ImportSettings { mappings: vec![mapping], ..ImportSettings::default() };
        settings.check().map_err(|error| error.to_string())
    };
    assert_eq!(check(answer()), Ok(()));
    assert_eq!(check(forum()), Ok(()));
    let zone = TableMapping { time_zone: Some("Europe/Pariis".to_owned()), ..forum() };
    assert_eq!(check(zone).unwrap_err(), "`Europe/Pariis` is not an IANA zone");
    let blind = TableMapping { columns: Columns::default(), ..answer() };
    assert!(check(blind).unwrap_err().contains("maps no `ip`"));
    let nobody = TableMapping { columns: Columns::default(), ..forum() };
    assert!(check(nobody).unwrap_err().contains("neither `account_id` nor `handle`"));
    for pattern in ["", " ", "rfc 3339", "%d/%m %H:%M", "%Y-%m-%d %Z", "%!", "%"] {
        let time_format = TimeFormat::from(pattern.to_owned());
        let error = check(TableMapping { time_format, ..forum() }).unwrap_err();
        let told = "the table `forum` has a `time_format` that gives no time";
        assert!(error.starts_with(told), "{pattern}: {error}");
    }
    for pattern in [
        "%d/%m/%Y",
        "%s",
        "%a %b %d %H:%M:%S %z %Y",
        "%Y-%m-%d %I:%M:%S%.f %p",
        "%F %T UTC",
        "unix",
    ] {
        let time_format = TimeFormat::from(pattern.to_owned());
        assert_eq!(check(TableMapping { time_format, ..forum() }), Ok(()), "{pattern}");
    }
    let twice = ImportSettings { mappings: vec![forum(), forum()], ..ImportSettings::default() };
    assert!(twice.check().unwrap_err().to_string().contains("declared twice"));
}

/// A table with some of its bytes replaced, removed or added after the first line.
fn mutated(table: &'static [u8]) -> impl Strategy<Value = Vec<u8>> {
    let byte = prop_oneof![any::<u8>(), prop::sample::select(b"\";,\n\r{}[]0:".to_vec())];
    let edit = (any::<prop::sample::Index>(), 0..3_u8, byte);
    prop::collection::vec(edit, 0..12).prop_map(move |edits| {
        let mut table = table.to_vec();
        let first = table.iter().position(|&b| b == b'\n').map_or(0, |at| at + 1);
        for (at, how, byte) in edits {
            let at = first + at.index(table.len() - first);
            match how {
                0 => table[at] = byte,
                1 => drop(table.remove(at)),
                _ => table.insert(at, byte),
            }
        }
        table
    })
}

proptest! {
    #[test]
    fn mutated_tables_are_settled(
        table in prop_oneof![mutated(FOURCAT), mutated(FOURCAT_OLD), mutated(ANSWER), mutated(FORUM)],
    ) {
        let (imported, sink) = read(&table, &settings());
        prop_assert!(imported.format.is_some());
        prop_assert_eq!(imported.problem, None);
        prop_assert!(settled(&sink));
        prop_assert_eq!(sink.tally.read, (sink.posts.len() + sink.connections.len()) as u64);
    }

    #[test]
    fn any_bytes_are_settled(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        for header in ["", "id,thread_id,timestamp,author,body\n", "IP Address;Source Port;Account ID;Username;Event;Time (UTC);User Agent\n", "{\"author\":{\"uid\":1},\"message\":\"m\"}\n"] {
            let table = [header.as_bytes(), bytes.as_slice()].concat();
            let (imported, sink) = read(&table, &settings());
            prop_assert!(settled(&sink));
            prop_assert!(header.is_empty() || imported.format.is_some());
        }
    }
}
