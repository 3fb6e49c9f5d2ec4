//! A feed of a site: RSS 0.9 to 2.0, and Atom (RFC 4287).
//!
//! In: one feed, in UTF-8 or windows-1252. Out: a post for each entry, accounts as they are first
//! seen. Extensible Markup Language 1.0; prefixes are left out. Refused: entities that the document
//! defines (none is expanded), nesting beyond [`DEPTH`], a feed above [`MAX_FEED`] bytes.
//!
//! Traps:
//! - `description` may be the start of the text alone: `content:encoded` comes first.
//! - What stands deeper in an entry belongs to something else (`source`, comments of media).
//! - A feed shows its last entries, and those as they are now: an older capture may say more.

mod elements;

use faisceau_model::Sink;

use super::feed_entry;
use crate::contract::{ImportError, Source};
use crate::format::{Format, Group, Origin, Rank};
use crate::head::Head;
use crate::records::settle;
use crate::rows::first_accounts::FirstAccounts;
use crate::settings::ImportSettings;

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "web-feed",
    title: "Feed of a site (RSS, Atom)",
    group: Group::Posts,
    gives: &["posts", "accounts"],
    versions: "RSS 0.9 to 2.0, RSS 1.0 (RDF), Atom 1.0",
    checked: "2026-11-28",
    sample: "tests/fixtures/feeds/rss.xml",
    origin: Origin::Synthetic,
    rank: Rank::Structure,
    sniff,
    parse,
    owner: None,
};

/// Largest feed, in bytes.
const MAX_FEED: u64 = 64 << 20;
/// Bytes of the head in which the first element stands.
const OPENING: usize = 16 << 10;

fn sniff(head: &Head<'_>) -> bool {
    let text = head.text();
    let mut rest = text.get(..text.floor_char_boundary(OPENING)).unwrap_or_default().trim_start();
    loop {
        let end = if rest.starts_with("<!--") { "-->" } else { ">" };
        if !(rest.starts_with("<?") || rest.starts_with("<!")) {
            break;
        }
        let Some((_, after)) = rest.split_once(end) else { return false };
        // What a document type defines ends in a bracket.
        rest = after.trim_start().trim_start_matches("]>").trim_start();
    }
    let (opening, _) = rest.split_once('>').unwrap_or((rest, ""));
    let named = |name: &str| {
        opening
            .strip_prefix(name)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(|c: char| c.is_whitespace()))
    };
    named("<rss")
        || (named("<feed") && opening.contains("http://www.w3.org/2005/Atom"))
        || (named("<rdf:RDF") && opening.contains("purl.org/rss/"))
}

/// Reads the entries.
///
/// # Errors
/// When the XML breaks; the entries before that place are kept.
fn parse(source: &Source<'_>, _: &ImportSettings, sink: &mut dyn Sink) -> Result<(), ImportError> {
    let bytes = source.read_all(MAX_FEED)?;
    let text = faisceau_model::decode(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes));
    let found = elements::read(&text);
    let exhibit = source.exhibit;
    let sink: &mut dyn Sink = &mut FirstAccounts::new(sink);
    for (place, raw, entry) in found.entries {
        settle(exhibit, &place, raw.as_bytes(), sink, |sink| {
            let (account, post) = feed_entry::rows(exhibit, &place, &found.feed, entry)?;
            sink.account(account);
            sink.post(post);
            Ok(())
        });
    }
    found.error.map_or(Ok(()), Err)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::testing::{dump, mutated, read, reasons};

    const RSS: &[u8] = include_bytes!("../../tests/fixtures/feeds/rss.xml");
    const ATOM: &[u8] = include_bytes!("../../tests/fixtures/feeds/atom.xml");
    const RDF: &[u8] = include_bytes!("../../tests/fixtures/feeds/rdf.xml");

    #[test]
    fn each_kind_of_feed_gives_all_columns() {
        for (name, feed) in [("rss", RSS), ("atom", ATOM), ("rdf", RDF)] {
            let (imported, sink) = read(feed);
            assert_eq!((imported.name(), imported.problem), (Some("web-feed"), None), "{name}");
            let rows = format!("{}\n{}", dump(&sink.posts), dump(&sink.accounts));
            insta::assert_snapshot!(name, format!("{rows}\n{}", reasons(&sink).join("\n")));
        }
    }

    #[test]
    fn what_precedes_a_flaw_is_kept() {
        let text = std::str::from_utf8(RSS).unwrap();
        let cut = text.find("<guid>2").unwrap();
        let (imported, sink) = read(&RSS[..cut]);
        assert_eq!(sink.posts.len(), 1);
        assert!(imported.problem.unwrap().contains("1 entries before it were kept"));
        let (imported, sink) = read(text.replace("</channel>", "</chanel>").as_bytes());
        assert!(imported.problem.is_some());
        assert!(sink.posts.len() >= 2);
    }

    #[test]
    fn hostile_feeds_end() {
        let deep = format!("<rss><channel>{}", "<a>".repeat(100_000));
        let bomb = "<!DOCTYPE rss [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;\">]><rss><channel><item><title>&b;</title></item></channel></rss>";
        let (imported, _) = read(deep.as_bytes());
        assert!(imported.problem.unwrap().contains("128"));
        let (_, sink) = read(bomb.as_bytes());
        assert_eq!(sink.posts[0].text.clone().into_known().as_deref(), Some("\u{fffd}"));
        for other in
            ["<rssx/>", "<feed/>", "<html><rss></html>", "<!-- <rss> --><x/>", "<?xml <rss"]
        {
            assert_ne!(read(other.as_bytes()).0.name(), Some("web-feed"), "{other}");
        }
        assert_eq!(
            read(b"<?xml version='1.0'?><!-- x > --><!DOCTYPE x>\n<rss></rss>").0.name(),
            Some("web-feed")
        );
    }

    proptest! {
        #[test]
        fn never_panics_and_always_balances(rss in mutated(RSS), atom in mutated(ATOM)) {
            read(&rss);
            read(&atom);
        }
    }
}
