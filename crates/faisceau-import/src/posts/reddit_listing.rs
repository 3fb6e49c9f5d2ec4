//! What Reddit gives behind its pages (`….json`): listings, threads, profiles.
//!
//! Names of fields from reddit.com/dev/api ("things", "listings"); the posts themselves have the
//! fields of [`super::reddit_dump`], which reads them.
//!
//! In: a `Listing` (`/user/NAME.json`, `/r/NAME.json`), a thread (a list of two), a profile
//! (`about.json`, kind `t2`). Out: a post for each comment and submission, however deep it answers,
//! the accounts as they are first seen. Refused: other kinds of things, and `more`, which stands for
//! comments that the answer leaves out: set aside with their number.
//!
//! Traps:
//! - What nobody answered has an empty text in place of the listing of its answers.
//! - With `raw_json=1` in the address texts are not escaped; without it `&lt;`, `&gt;` and `&amp;`
//!   stand there. The body does not say which: it is read as escaped, which changes a text only
//!   where its author typed such a sign.

use faisceau_model::{ExhibitNo, Place, RejectReason, Sink, excerpt};
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::author::Author;
use super::reddit_dump::{PLATFORM, known, thing};
use super::{instants, paths};
use crate::contract::{ImportError, Source};
use crate::fields::Fields;
use crate::format::{Format, Group, Origin, Rank};
use crate::head::Head;
use crate::json::prune::Unread;
use crate::json::records::Record;
use crate::json::{self, Flaw, Object};
use crate::records::{set_aside, settle};
use crate::rows::first_accounts::FirstAccounts;
use crate::settings::ImportSettings;

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "reddit-json",
    title: "Reddit listing, thread or profile (JSON behind its pages)",
    group: Group::Posts,
    gives: &["posts", "accounts"],
    versions: "reddit.com of 2015 to 2026",
    checked: "2026-11-28",
    sample: "tests/fixtures/reddit_json/thread.json",
    origin: Origin::Synthetic,
    rank: Rank::Structure,
    sniff,
    parse,
    owner: None,
};

/// Largest body, in bytes: what answers is read once for each level around it.
const MAX_BODY: u64 = 64 << 20;
/// Deepest answers that are read. A page shows ten; what is deeper is one reject.
const DEPTH: u32 = 20;

/// A thing with its kind.
#[derive(Deserialize)]
struct Wrapped<'w> {
    #[serde(borrow)]
    kind: &'w RawValue,
    data: &'w RawValue,
}

#[derive(Deserialize)]
struct Children<'c> {
    #[serde(borrow)]
    children: Vec<&'c RawValue>,
}

#[derive(Deserialize)]
struct Answers<'a> {
    #[serde(borrow)]
    replies: Option<&'a RawValue>,
}

fn sniff(head: &Head<'_>) -> bool {
    let listing = |prefix: &str| {
        head.has_keys_at(prefix, &["kind", "data.children"])
            || head.has_keys_at(prefix, &["kind", "data.children[].kind"])
    };
    let told = listing("") || listing("[].");
    let profile = || {
        head.has_keys(&["kind", "data.name"])
            && (head.has_keys(&["data.link_karma"]) || head.has_keys(&["data.is_suspended"]))
    };
    (told && head.text().contains("\"Listing\"")) || profile()
}

/// Reads what is there.
///
/// # Errors
/// When the JSON breaks.
fn parse(source: &Source<'_>, _: &ImportSettings, sink: &mut dyn Sink) -> Result<(), ImportError> {
    let bytes = source.read_all(MAX_BODY)?;
    let (text, start) = json::text(&bytes);
    let broken = |error: serde_json::Error| json::stop(&error, &bytes, start, start, 0);
    let mut reader = Reader {
        exhibit: source.exhibit,
        unread: Unread::new(&known::UNREAD),
        fields: Fields::default(),
        things: 0,
    };
    let sink: &mut dyn Sink = &mut FirstAccounts::new(sink);
    if text.trim_start().starts_with('[') {
        let listings: Vec<&RawValue> = serde_json::from_str(text).map_err(broken)?;
        for (index, raw) in listings.into_iter().enumerate() {
            reader.thing(raw, &format!("/{index}"), 0, sink);
        }
    } else {
        let whole: &RawValue = serde_json::from_str(text).map_err(broken)?;
        reader.thing(whole, "", 0, sink);
    }
    reader.fields.finish(source.exhibit, sink);
    Ok(())
}

struct Reader {
    exhibit: ExhibitNo,
    unread: Unread,
    fields: Fields,
    things: usize,
}

impl Reader {
    /// A thing of any kind at a pointer.
    fn thing(&mut self, raw: &RawValue, pointer: &str, depth: u32, sink: &mut dyn Sink) {
        let place = Place::Pointer(pointer.to_owned());
        let exhibit = self.exhibit;
        let mut reject = |reason, detail: String| {
            settle(exhibit, &place, raw.get().as_bytes(), sink, |_| Err((reason, detail)));
        };
        self.things += 1;
        if self.things > json::MAX_RECORDS {
            if self.things == json::MAX_RECORDS + 1 {
                reject(RejectReason::Limit, format!("more than {} things", json::MAX_RECORDS));
            }
            return;
        }
        let Ok(wrapped) = serde_json::from_str::<Wrapped<'_>>(raw.get()) else {
            return reject(
                RejectReason::Syntax,
                "a thing with `kind` and `data` was expected".to_owned(),
            );
        };
        let inner = format!("{pointer}/data");
        match wrapped.kind.get() {
            "\"Listing\"" if depth > DEPTH => {
                reject(RejectReason::Limit, format!("answers deeper than {DEPTH} levels"));
            }
            "\"Listing\"" => match serde_json::from_str::<Children<'_>>(wrapped.data.get()) {
                Ok(listing) => {
                    for (index, child) in listing.children.into_iter().enumerate() {
                        self.thing(child, &format!("{inner}/children/{index}"), depth, sink);
                    }
                }
                Err(_) => reject(RejectReason::Syntax, "a listing without `children`".to_owned()),
            },
            "\"t1\"" | "\"t3\"" => self.post(wrapped.data, &inner, depth, sink),
            "\"t2\"" => {
                let place = Place::Pointer(inner);
                settle(exhibit, &place, wrapped.data.get().as_bytes(), sink, |sink| {
                    self.person(&json::object(wrapped.data.get())?, &place, sink)
                });
            }
            "\"more\"" => {
                let count = json::object(wrapped.data.get()).ok();
                let count = count.and_then(|more| json::integer(&more, "count")).unwrap_or(0);
                let detail = format!("{count} comments that the answer leaves out");
                set_aside(exhibit, &place, b"", &detail, sink);
            }
            kind => {
                let detail = format!("a thing of the kind {}", excerpt(kind, 20));
                reject(RejectReason::SetAside, detail);
            }
        }
    }

    /// A comment or submission, then what answers it.
    fn post(&mut self, data: &RawValue, pointer: &str, depth: u32, sink: &mut dyn Sink) {
        let (exhibit, raw) = (self.exhibit, data.get().as_bytes());
        let record = Record { raw, place: Place::Pointer(pointer.to_owned()) };
        settle(exhibit, &record.place, raw, sink, |sink| {
            let (post, author) = thing(&record, exhibit, &self.unread, &mut self.fields)?;
            sink.account(author.row(exhibit, (&record.place, 0), post.account.clone()));
            sink.post(post);
            Ok(())
        });
        let answers = serde_json::from_str::<Answers<'_>>(data.get()).ok();
        if let Some(replies) = answers.and_then(|answers| answers.replies)
            && replies.get().starts_with('{')
        {
            self.thing(replies, &format!("{pointer}/replies"), depth + 1, sink);
        }
    }

    /// A profile. Karma and settings say nothing of who it is.
    fn person(&self, person: &Object, place: &Place, sink: &mut dyn Sink) -> Result<(), Flaw> {
        let id = json::field(person, "id").map(|id| format!("t2_{id}"));
        let mut author = Author::new(PLATFORM, id, json::field(person, "name"));
        author.created = (
            instants::lenient(instants::unix_seconds(person, "created_utc")),
            instants::raw(person, "created_utc"),
        );
        let own = person.get("subreddit").and_then(Value::as_object);
        let said = |key: &str| own.and_then(|own| paths::text(own, &[key]));
        let absent = faisceau_model::Absent::NotExported;
        author.name = faisceau_model::Maybe::or_absent(said("title"), absent);
        author.bio = faisceau_model::Maybe::or_absent(said("public_description"), absent);
        let key = author.key()?;
        sink.account(author.row(self.exhibit, (place, 0), key));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::testing::{dump, mutated, read, reasons};

    const THREAD: &[u8] = include_bytes!("../../tests/fixtures/reddit_json/thread.json");
    const USER: &[u8] = include_bytes!("../../tests/fixtures/reddit_json/user.json");
    const ABOUT: &[u8] = include_bytes!("../../tests/fixtures/reddit_json/about.json");

    #[test]
    fn a_thread_is_read_below() {
        let (imported, sink) = read(THREAD);
        assert_eq!((imported.name(), imported.problem), (Some("reddit-json"), None));
        insta::assert_snapshot!(
            "thread",
            format!("{}\n{}", dump(&sink.posts), dump(&sink.accounts))
        );
        insta::assert_snapshot!("thread_rejects", reasons(&sink).join("\n"));
        assert_eq!(sink.unknown_fields.len(), 1, "{:?}", sink.unknown_fields);
    }

    #[test]
    fn a_listing_of_an_account_and_its_profile_meet_in_one_key() {
        let (imported, sink) = read(USER);
        assert_eq!((imported.name(), sink.posts.len()), (Some("reddit-json"), 2));
        let (imported, profile) = read(ABOUT);
        assert_eq!(imported.name(), Some("reddit-json"));
        insta::assert_snapshot!("about", dump(&profile.accounts));
        assert_eq!(profile.accounts[0].account, sink.posts[0].account);
    }

    #[test]
    fn a_suspended_account_has_its_name() {
        let (imported, sink) =
            read(b"{\"kind\":\"t2\",\"data\":{\"name\":\"Le_Vengeur\",\"is_suspended\":true}}");
        assert_eq!(imported.name(), Some("reddit-json"));
        assert_eq!(sink.accounts[0].account.as_str(), "reddit:@Le_Vengeur");
    }

    #[test]
    fn answers_without_end_cost_what_is_below() {
        let mut nested = "\"\"".to_owned();
        for id in 0..600 {
            nested = format!(
                "{{\"kind\":\"Listing\",\"data\":{{\"children\":[{{\"kind\":\"t1\",\"data\":{{\"id\":\"a{id}\",\"author\":\"a\",\"created_utc\":1700000000,\"body\":\"x\",\"link_id\":\"t3_b\",\"subreddit\":\"c\",\"replies\":{nested}}}}}]}}}}"
            );
        }
        let (_, sink) = read(nested.as_bytes());
        assert_eq!((sink.posts.len(), sink.rejects.len()), (21, 1), "{:?}", reasons(&sink));
        let (_, sink) = read(b"{\"kind\":\"Listing\",\"data\":{\"children\":[{\"kind\":\"t9\",\"data\":{}},7,{\"kind\":\"t1\",\"data\":{}}]}}");
        assert_eq!(sink.rejects.len(), 3);
    }

    proptest! {
        #[test]
        fn never_panics_and_always_balances(bytes in mutated(THREAD), other in mutated(ABOUT)) {
            read(&bytes);
            read(&other);
        }
    }
}
