//! Items a second of the importers of JSON lines, on captured tweets made here item by item.

use std::io::Cursor;
use std::sync::Arc;

use divan::counter::{BytesCount, ItemsCount};
use faisceau_import::{ImportSettings, Source, import};
use faisceau_model::rows::{
    Account, Connection, Device, MailHop, Media, MediaField, Name, Post, Reject, Signature,
    Subscriber, UnknownField,
};
use faisceau_model::{ExhibitNo, Sink};

const ITEMS: u64 = 20_000;

/// Captured tweets of all layouts, and then those that are rejected.
const SAMPLE: &str = include_str!("../tests/fixtures/zeeschuimer/x.ndjson");
/// How many of the first lines are tweets.
const TWEETS: usize = 8;

/// What a page of X sends with each tweet and nobody reads.
const OF_TWEET: &str = r#""edit_control":{"edit_tweet_ids":["2006500000000000001"],"editable_until_msecs":"1767229200000","is_edit_eligible":false,"edits_remaining":"5"},"is_translatable":false,"grok_analysis_button":true,"unmention_data":{},"views":{"count":"1204","state":"EnabledWithCount"},"grok_annotations":{"is_image_editable_by_grok":true},"quick_promote_eligibility":{"eligibility":"IneligibleNotProfessional"},"card":{"rest_id":"https://t.co/AbCdEfGhIj","legacy":{"binding_values":[{"key":"thumbnail_image","value":{"image_value":{"height":144,"width":144,"url":"https://pbs.twimg.com/card_img/1/a?format=jpg&name=144x144_2"},"type":"IMAGE"}},{"key":"domain","value":{"string_value":"example.org","type":"STRING"}},{"key":"title","value":{"string_value":"Un article","type":"STRING"}}],"card_platform":{"platform":{"audience":{"name":"production"},"device":{"name":"Swift","version":"12"}}},"name":"summary","url":"https://t.co/AbCdEfGhIj","user_refs_results":[]}},"#;

/// The same of its author.
const OF_USER: &str = r#""affiliates_highlighted_label":{},"has_graduated_access":true,"is_blue_verified":false,"profile_image_shape":"Circle","dm_permissions":{"can_dm":false,"can_dm_on_xchat":false},"media_permissions":{"can_media_tag":true},"parody_commentary_fan_label":"None","privacy":{"protected":false},"relationship_perspectives":{"following":false},"tipjar_settings":{},"super_follow_eligible":false,"verification":{"verified":false},"default_profile":true,"default_profile_image":false,"fast_followers_count":0,"favourites_count":4213,"followers_count":312,"friends_count":208,"has_custom_timelines":false,"is_translator":false,"listed_count":1,"media_count":77,"normal_followers_count":312,"pinned_tweet_ids_str":["2006300000000000000"],"possibly_sensitive":false,"profile_banner_url":"https://pbs.twimg.com/profile_banners/2244994945/1700000000","profile_interstitial_type":"","statuses_count":5120,"translator_type":"none","want_retweets":false,"withheld_in_countries":[],"#;

/// Counts rows and lets them go, as a writer that streams would.
#[derive(Default)]
struct Counting {
    posts: u64,
    rejects: u64,
}

impl Sink for Counting {
    fn records(&mut self, _: u64) {}
    fn read(&mut self, _: u64) {}
    fn account(&mut self, _: Account) {}
    fn post(&mut self, _: Post) {
        self.posts += 1;
    }
    fn connections(&mut self, _: Vec<Connection>) {}
    fn media(&mut self, _: Media) {}
    fn media_field(&mut self, _: MediaField) {}
    fn mail_hop(&mut self, _: MailHop) {}
    fn name(&mut self, _: Name) {}
    fn device(&mut self, _: Device) {}
    fn subscriber(&mut self, _: Subscriber) {}
    fn signature(&mut self, _: Signature) {}
    fn unknown_field(&mut self, _: UnknownField) {}
    fn reject(&mut self, _: Reject) {
        self.rejects += 1;
    }
}

/// The same items every time, of two hundred authors.
fn items() -> Arc<[u8]> {
    let fill = |line: &str| {
        let user = format!("{OF_USER}\"name\":");
        line.replace("\"views\":", &format!("{OF_TWEET}\"views\":")).replace("\"name\":", &user)
    };
    let lines: Vec<String> = SAMPLE.lines().take(TWEETS).map(fill).collect();
    let mut text = String::new();
    for number in 0..ITEMS {
        let line = &lines[number as usize % TWEETS];
        text.push_str(&line.replace("2244994945", &format!("22{:08}", number % 200)));
        text.push('\n');
    }
    text.into_bytes().into()
}

#[divan::bench(sample_count = 10, args = [1, 2])]
fn captured_tweets(bencher: divan::Bencher<'_, '_>, threads: usize) {
    let items = items();
    let open = || Ok(Box::new(Cursor::new(Arc::clone(&items))) as Box<dyn std::io::Read + Send>);
    let settings = ImportSettings::default();
    let source = Source {
        exhibit: ExhibitNo::top(1),
        name: "items.ndjson",
        len: items.len() as u64,
        open: &open,
    };
    let Ok(pool) = rayon::ThreadPoolBuilder::new().num_threads(threads).build() else { return };
    bencher.counter(ItemsCount::new(ITEMS)).counter(BytesCount::new(items.len())).bench_local(
        || {
            let counted = pool.install(|| {
                let mut sink = Counting::default();
                import(&source, &settings, &mut sink);
                (sink.posts, sink.rejects)
            });
            assert_eq!(counted, (ITEMS, 0));
            counted
        },
    );
}

fn main() {
    divan::main();
}
