//! The acts of posts on targets.
//!
//! In: posts. Out: targets with their acts in the order of time, and the acts of the whole corpus.
//! Left out: posts whose time is guessed, an interval, or coarser than an hour, and replies of an
//! account to itself.

use std::collections::{BTreeMap, BTreeSet};

use faisceau_model::rows::Post;
use faisceau_model::{AccountKey, Moment, RowId};

use crate::coordination::links::pointers;
use crate::coordination::objects::{target, timed};

/// One post on one target.
#[derive(Debug, Clone)]
pub(super) struct Act {
    /// Seconds since the Unix epoch.
    pub(super) at: i64,
    pub(super) account: u32,
    pub(super) moment: Moment,
    pub(super) width: u32,
    pub(super) row: RowId,
}

/// A target and its acts, in the order of time.
#[derive(Debug, Clone)]
pub(super) struct Target {
    /// Its place among the targets.
    pub(super) number: usize,
    pub(super) kind: &'static str,
    pub(super) name: String,
    pub(super) acts: Vec<Act>,
}

/// All acts.
#[derive(Debug, Clone, Default)]
pub(super) struct Acts {
    /// In the order of kind and name.
    pub(super) targets: Vec<Target>,
    /// Times of all posts that can be used, in order: the activity of the corpus.
    pub(super) times: Vec<i64>,
    accounts: Vec<String>,
}

impl Acts {
    pub(super) fn of(posts: &[Post]) -> Self {
        let names: BTreeSet<&AccountKey> = posts.iter().map(|post| &post.account).collect();
        let numbers: BTreeMap<&AccountKey, u32> = names.iter().copied().zip(0..).collect();
        let mut targets = BTreeMap::<(&'static str, String), Vec<Act>>::new();
        let mut times = Vec::new();
        for post in posts {
            let (Some((moment, width)), Some(&account)) = (timed(post), numbers.get(&post.account))
            else {
                continue;
            };
            times.push(moment.at_s());
            for target in targets_of(post) {
                let row = post.id.clone();
                let act = Act { at: moment.at_s(), account, moment, width, row };
                targets.entry(target).or_default().push(act);
            }
        }
        times.sort_unstable();
        let target = |(number, ((kind, name), mut acts)): (usize, (_, Vec<Act>))| {
            acts.sort_by(|x, y| {
                (x.at, x.account, &x.row, x.moment).cmp(&(y.at, y.account, &y.row, y.moment))
            });
            Target { number, kind, name, acts }
        };
        let accounts = names.into_iter().map(|key| key.as_str().to_owned()).collect();
        Self { targets: targets.into_iter().enumerate().map(target).collect(), times, accounts }
    }

    /// The key of an account.
    pub(super) fn name(&self, account: u32) -> String {
        self.accounts.get(account as usize).cloned().unwrap_or_default()
    }
}

fn targets_of(post: &Post) -> BTreeSet<(&'static str, String)> {
    let mut targets = BTreeSet::new();
    let found = pointers(post.text.known().map_or("", String::as_str));
    targets.extend(found.links.into_iter().map(|link| ("link", link)));
    targets.extend(found.hashtags.into_iter().map(|tag| ("hashtag", tag)));
    let own = post.account.native().trim_start_matches('@').to_lowercase();
    let accounts = found.mentions.into_iter().chain(target(post));
    targets.extend(accounts.filter(|name| *name != own).map(|name| ("account", name)));
    if let Some(thread) = post.thread.known().map(|thread| thread.trim())
        && !thread.is_empty()
    {
        targets.insert(("thread", thread.to_owned()));
    }
    targets
}
