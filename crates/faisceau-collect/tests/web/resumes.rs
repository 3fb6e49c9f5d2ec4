//! A collection that goes on where an ended process stopped.

use faisceau_testsite::Site;

use super::{Asking, plain};

#[test]
fn what_was_recorded_is_not_asked_again() {
    let site = Site::start().unwrap();
    let urls = [
        plain(site.http(), "/redirect/1"),
        plain(site.http(), "/gzip"),
        plain(site.http(), "/chunked"),
    ];
    let first = Asking::of(&site).ask(&urls[..2]);
    assert_eq!(site.requests().len(), 3);
    let recorded = first.exchanges.clone();
    let second = Asking { recorded, ..Asking::of(&site) }.ask(&urls);
    assert_eq!(site.requests().len(), 4);
    assert_eq!((second.counts.replayed, second.counts.sent), (3, 1));
    for (before, after) in first.answers.iter().zip(&second.answers) {
        assert_eq!(before.as_ref().unwrap(), after.as_ref().unwrap());
    }
}

#[test]
fn what_was_cut_is_asked_again() {
    let site = Site::start().unwrap();
    let url = plain(site.http(), "/length-short");
    let first = Asking::of(&site).ask(std::slice::from_ref(&url));
    assert!(first.exchanges[0].cut.is_some());
    let second = Asking { recorded: first.exchanges, ..Asking::of(&site) }.ask(&[url]);
    assert_eq!((second.counts.replayed, second.counts.sent), (0, 1));
}
