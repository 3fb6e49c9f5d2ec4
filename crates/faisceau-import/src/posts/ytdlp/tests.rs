//! Tests of the importer of yt-dlp files.

use faisceau_model::{Absent, Maybe, Precision, RejectReason};
use proptest::prelude::*;

use crate::testing::{dump, mutated, read, reasons};

const VIDEO: &[u8] = include_bytes!("../../../tests/fixtures/youtube/video.info.json");

#[test]
fn a_video_gives_all_columns() {
    let (imported, sink) = read(VIDEO);
    assert_eq!(imported.name(), Some("yt-dlp-info"));
    assert_eq!(imported.problem, None);
    insta::assert_snapshot!("posts", dump(&sink.posts));
    insta::assert_snapshot!("accounts", dump(&sink.accounts));
    assert_eq!(
        reasons(&sink),
        [
            "/comments/3 missing_field: `author_id` is missing",
            "/comments/4 missing_field: `id` is missing",
            "/comments/5 syntax: an object was expected",
        ]
    );
    let unknown: Vec<_> = sink.unknown_fields.iter().map(|field| &field.field[..]).collect();
    assert_eq!(unknown, ["comments[].brand_new", "newest_key"]);
}

#[test]
fn a_guessed_time_never_feeds_timing_whatever_number_stands_there() {
    let (_, sink) = read(VIDEO);
    assert!(sink.posts[0].at.known().unwrap().feeds_timing());
    for comment in &sink.posts[1..] {
        let precision = comment.at.known().map(|at| at.precision());
        assert!(precision.is_none_or(|precision| precision == Precision::Interval));
    }
    // Older versions have no words beside the number.
    let text = std::str::from_utf8(VIDEO).unwrap().replace("_time_text", "x_time_text");
    let (_, sink) = read(text.as_bytes());
    assert_eq!(sink.posts[1].at, Maybe::Missing(Absent::Unreadable));
}

#[test]
fn comments_of_other_sites_have_their_time() {
    let text = std::str::from_utf8(VIDEO).unwrap();
    let text =
        text.replace("\"Youtube\"", "\"TikTok\"").replace("\"_time_text\":\"1 year ago\",", "");
    let (_, sink) = read(text.as_bytes());
    assert_eq!(sink.posts[2].account.as_str(), "tiktok:UC0000000000000000000001");
    assert_eq!(sink.posts[2].at.known().unwrap().precision(), Precision::Second);
    assert_eq!(sink.posts[2].permalink, Maybe::Missing(Absent::NotExported));
}

#[test]
fn without_the_exact_time_the_day_is_known() {
    let text = std::str::from_utf8(VIDEO).unwrap().replace("\"timestamp\":1708259591,", "");
    let (_, sink) = read(text.as_bytes());
    let at = sink.posts[0].at.into_known().unwrap();
    assert_eq!((at.to_string().as_str(), at.precision()), ("2024-02-18", Precision::Day));
}

#[test]
fn a_list_of_videos_is_set_aside_and_a_cut_keeps_what_precedes() {
    let text = std::str::from_utf8(VIDEO).unwrap();
    let (_, sink) = read(text.replace("\"_type\":\"video\"", "\"_type\":\"playlist\"").as_bytes());
    assert_eq!(reasons(&sink), ["whole set_aside: a list of videos, not a video"]);
    let cut = text.find("UgwB").unwrap();
    let (imported, sink) = read(&text.as_bytes()[..cut]);
    assert_eq!(sink.posts.len(), 3);
    assert!(imported.problem.unwrap().contains("2 records before it were kept"));
}

#[test]
fn two_hundred_levels_cost_one_comment() {
    let deep = format!("{}1{}", "[".repeat(200), "]".repeat(200));
    let text = std::str::from_utf8(VIDEO).unwrap();
    let (_, sink) =
        read(text.replace("\"like_count\":1", &format!("\"like_count\":{deep}")).as_bytes());
    assert_eq!(sink.rejects[0].reason, RejectReason::Limit);
    assert_eq!(sink.posts.len(), 3);
}

proptest! {
    #[test]
    fn never_panics_and_always_balances(bytes in mutated(VIDEO)) {
        read(&bytes);
    }
}
