//! The signal `shared_link`.
//!
//! In: posts. Out: one score for each pair of accounts that posted one link, or links to one
//! little-known site.

use std::collections::BTreeSet;

use faisceau_model::rows::Post;
use faisceau_model::{AccountKey, Family};

use super::link::links;
use super::strongest::{Common, strongest};
use crate::activity::Activity;
use crate::card::Card;
use crate::compare::Finding;
use crate::holdings::{Holdings, Shared};
use crate::identifiers::own_lines;

/// Sites that everybody links to: having one in common says nothing.
const EVERYBODYS: [&str; 40] = [
    "amazon.com",
    "amazon.fr",
    "bbc.co.uk",
    "bbc.com",
    "bfmtv.com",
    "bit.ly",
    "bsky.app",
    "discord.com",
    "discord.gg",
    "doi.org",
    "facebook.com",
    "fb.me",
    "francetvinfo.fr",
    "github.com",
    "google.com",
    "google.fr",
    "imgur.com",
    "instagram.com",
    "lefigaro.fr",
    "lemonde.fr",
    "leparisien.fr",
    "liberation.fr",
    "linkedin.com",
    "medium.com",
    "nytimes.com",
    "pastebin.com",
    "pic.twitter.com",
    "reddit.com",
    "spotify.com",
    "stackoverflow.com",
    "t.co",
    "t.me",
    "theguardian.com",
    "threads.net",
    "tiktok.com",
    "tinyurl.com",
    "twitch.tv",
    "wikipedia.org",
    "x.com",
    "youtube.com",
];

/// The card.
pub const CARD: Card = Card {
    name: "shared_link",
    family: Family::Objects,
    measures: "Whether two accounts posted the same link (without scheme, www, fragment, tracking \
        parameters and codes of the sharer). The score is -log10 of the frequency of this very \
        link among the other accounts active in the same period, 30 days around, \
        (k + 1/2) / (N + 1) for k of N accounts. Of several links the rarest counts, the rows of \
        the others are listed. Without a common link, a common site does, by the same formula, \
        and weighs less; a list of sites that everybody links to is left out.",
    source: "posts, without forwarded ones and quoted lines",
    needs: "one common link or site. One that more than 50 accounts posted is common and gives \
        no comparison",
    innocent: &["common_event", "common_site", "common_subject", "copied_link"],
    depends_on: "Images and phrases of the same posts: of what was posted the strongest counts, \
        they are never multiplied. Delays between the posts belong to coordination.",
    validation: "Halves of one account and different accounts on shares of one topic (example \
        `discrete`): different accounts agreed as often as halves of one, so that a common link \
        says next to nothing of one hand. The links of the text corpora are masked.",
    reference: "Fellegi and Sunter, JASA 1969; term frequency adjustment as in Splink",
};

/// Compares the accounts.
pub(crate) fn findings(
    accounts: &[AccountKey],
    posts: &[Post],
    activity: &Activity,
) -> Vec<Finding> {
    let (mut pages, mut sites) = (Holdings::default(), Holdings::default());
    for line in own_lines(posts) {
        for link in links(line.text) {
            if !is_everybodys(&link.host) {
                sites.add(link.host.clone(), line.account, line.trace(String::new()));
            }
            // The first page of a site is the site.
            if link.page != link.host {
                pages.add(link.page, line.account, line.trace(String::new()));
            }
        }
    }
    let of_pages = pages.shared(accounts, activity);
    let paired: BTreeSet<(&AccountKey, &AccountKey)> =
        of_pages.iter().map(|shared| (shared.a, shared.b)).collect();
    let mut of_sites = sites.shared(accounts, activity);
    of_sites.retain(|shared| !paired.contains(&(shared.a, shared.b)));
    let pages = of_pages.len();
    let all: Vec<Shared<'_, '_>> = of_pages.into_iter().chain(of_sites).collect();
    let scored = all.iter().map(|shared| (shared.a, shared.b, shared.rarity()));
    strongest(&CARD, scored, |at| all.get(at).map(|shared| common(shared, at >= pages)))
}

fn is_everybodys(host: &str) -> bool {
    EVERYBODYS.iter().any(|site| {
        host.strip_suffix(site).is_some_and(|start| start.is_empty() || start.ends_with('.'))
    })
}

fn common(shared: &Shared<'_, '_>, site: bool) -> Common {
    let mut innocent = BTreeSet::from(["common_event", "common_subject", "copied_link"]);
    if site {
        innocent.insert("common_site");
    }
    Common {
        value: shared.value.to_owned(),
        population: shared.population,
        innocent,
        rows: shared.rows(),
    }
}
