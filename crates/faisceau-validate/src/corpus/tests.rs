use std::io::Write as _;

use proptest::prelude::*;

use super::*;

const HEADER: &str = "author,timestamp_utc,text,lang,split,source,tz_offset_min\n";

fn read(text: &str) -> Corpus {
    Corpus::read(text.as_bytes(), &Limits::default()).unwrap()
}

fn reasons(corpus: &Corpus) -> Vec<(u64, &str)> {
    corpus.rejects.first.iter().map(|reject| (reject.line, reject.reason.as_str())).collect()
}

#[test]
fn rows_become_authors_in_the_order_of_time() {
    let text = format!(
        "{HEADER}b,2020-01-02T00:00:00Z,later,fr,B,blog,60\nb,2020-01-01T00:00:00Z,\"two \
         \"\"lines\"\"\nof text\",fr,A,blog,60\na,1970-01-01T00:00:01Z,x,en,,,\n"
    );
    let corpus = read(&text);
    assert_eq!(corpus.rejects, Rejects::default());
    let names: Vec<&str> = corpus.authors.iter().map(|author| author.name.as_str()).collect();
    assert_eq!(names, ["a", "b"]);
    let [a, b] = &corpus.authors[..] else { panic!() };
    assert_eq!((a.offset_min, a.posts[0].at_s, a.posts[0].split), (None, 1, None));
    assert_eq!((b.offset_min, b.source.as_str()), (Some(60), "blog"));
    assert_eq!(b.posts[0].text, "two \"lines\"\nof text");
    assert_eq!(b.posts[1].split, Some(Split::B));
}

#[test]
fn compressed_and_json_corpora_read_alike() {
    let csv = "author,timestamp_utc,text,lang\na,2020-01-01T00:00:00Z,é x,fr\n";
    let json = "{\"author\":\"a\",\"timestamp_utc\":\"2020-01-01T00:00:00Z\",\"text\":\"é x\",\
                \"lang\":\"fr\"}\n";
    let plain = read(csv);
    assert_eq!(read(json), plain);
    assert_eq!(read(&format!("\u{feff}{csv}")), plain);
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(csv.as_bytes()).unwrap();
    let gzip = gzip.finish().unwrap();
    assert_eq!(Corpus::read(&*gzip, &Limits::default()).unwrap(), plain);
    let zstd = zstd::encode_all(json.as_bytes(), 1).unwrap();
    assert_eq!(Corpus::read(&*zstd, &Limits::default()).unwrap(), plain);
}

#[test]
fn every_line_that_is_not_taken_is_named() {
    let text = format!(
        "{HEADER},2020-01-01T00:00:00Z,x,fr,A,,\na,yesterday,x,fr,A,,\n\
         a,2020-01-01T00:00:00Z,x,fr,C,,\na,2020-01-01T00:00:00Z,x,fr\n\
         a,2020-01-01T00:00:00Z,x,fr,A,,noon\na,2020-01-01T00:00:00Z,\"never closed,fr,A,,\n\
         a,2020-01-01T00:00:00Z,good,fr,A,,\n"
    );
    let corpus = read(&text);
    assert_eq!(corpus.authors[0].posts.len(), 1);
    assert_eq!(
        reasons(&corpus),
        [
            (2, "the author is missing"),
            (3, "`timestamp_utc` is not a time"),
            (4, "`split` is neither A nor B"),
            (5, "the line has 4 values, 7 were expected"),
            (6, "`tz_offset_min` is not a number"),
            (7, "a quote is not closed"),
        ]
    );
    let bytes = [HEADER.as_bytes(), b"a,2020-01-01T00:00:00Z,\xff,fr,A,,\n"].concat();
    let corpus = Corpus::read(&*bytes, &Limits::default()).unwrap();
    assert_eq!(reasons(&corpus), [(2, "the line is not UTF-8")]);
}

#[test]
fn limits_hold_and_are_said() {
    let rows = |count: usize| -> String {
        (0..count)
            .fold(String::new(), |rows, n| rows + &format!("a{n},2020-01-01T00:00:00Z,x,fr,A,,\n"))
    };
    let text = format!("{HEADER}{}", rows(5));
    let limited = |limits: Limits| Corpus::read(text.as_bytes(), &limits).unwrap();
    let corpus = limited(Limits { authors: 2, ..Limits::default() });
    assert_eq!((corpus.authors.len(), corpus.rejects.count), (2, 3));
    assert_eq!(reasons(&corpus)[0], (4, "the corpus has more than 2 authors"));
    let corpus = limited(Limits { posts: 4, rejects: 0, ..Limits::default() });
    assert_eq!((corpus.rejects.count, corpus.rejects.first.len()), (1, 0));
    let corpus = limited(Limits { bytes: 100, ..Limits::default() });
    assert_eq!(reasons(&corpus).last().unwrap().1, "the corpus reaches the limit of 100 bytes");
    let long = format!("{HEADER}a,2020-01-01T00:00:00Z,{},fr,A,,\n{}", "x".repeat(300), rows(1));
    let corpus =
        Corpus::read(long.as_bytes(), &Limits { record: 200, ..Limits::default() }).unwrap();
    assert_eq!((corpus.authors.len(), reasons(&corpus)), (1, vec![(2, "the line is too long")]));
}

#[test]
fn what_is_no_corpus_is_an_error() {
    let error = |text: &str| Corpus::read(text.as_bytes(), &Limits::default()).unwrap_err();
    assert_eq!(error("").to_string(), "the corpus is empty");
    assert_eq!(error("\u{feff}").to_string(), "the corpus is empty");
    assert_eq!(error("author,text\n").to_string(), "the corpus has no column `timestamp_utc`");
}

#[test]
fn a_broken_archive_keeps_what_came_before() {
    let row = |n: usize| format!("a,2020-01-01T00:00:00Z,{},fr,A,,\n", n * 7919);
    let rows = (0..20_000).fold(String::new(), |rows, n| rows + &row(n));
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(format!("{HEADER}{rows}").as_bytes()).unwrap();
    let mut gzip = gzip.finish().unwrap();
    gzip.truncate(gzip.len() / 2);
    let corpus = Corpus::read(&*gzip, &Limits::default()).unwrap();
    assert!(corpus.authors[0].posts.len() > 1000);
    let last = corpus.rejects.first.last().unwrap();
    assert!(last.reason.starts_with("the corpus cannot be read from here on"), "{last:?}");
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = Corpus::read(&*bytes, &Limits::default());
        let after = [HEADER.as_bytes(), &bytes].concat();
        let corpus = Corpus::read(&*after, &Limits { record: 60, ..Limits::default() });
        prop_assert!(corpus.is_ok());
    }

    #[test]
    fn the_order_of_the_rows_does_not_matter(order in Just((0..12).collect::<Vec<usize>>()).prop_shuffle()) {
        let row = |n: usize| {
            let (author, lang) = (n % 3, if n < 5 { "fr" } else { "en" });
            format!("a{author},2020-01-{:02}T00:00:00Z,text {n},{lang},A,s{},{}\n", 1 + n % 4, n % 2, n * 30)
        };
        let text = |order: &[usize]| order.iter().fold(HEADER.to_owned(), |text, &n| text + &row(n));
        let sorted: Vec<usize> = (0..12).collect();
        prop_assert_eq!(read(&text(&order)), read(&text(&sorted)));
    }
}
