//! Persons and threads that several accounts under examination write to.

use std::collections::{BTreeMap, BTreeSet};

use faisceau_model::rows::Post;
use faisceau_model::{AccountKey, excerpt};

use super::links;
use crate::index::Index;
use crate::language::{Language, said};
use crate::model::Block;
use crate::sentence::Support;
use crate::text::Text;
use crate::writer::{Limit, Writer, column, numbers};

/// Targets shown.
const SHOWN: usize = 20;

/// What several accounts write to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Recipient,
    Thread,
}

impl Kind {
    fn word(self, lang: Language) -> &'static str {
        match self {
            Self::Recipient => lang.pick("destinataire", "recipient"),
            Self::Thread => lang.pick("fil", "thread"),
        }
    }
}

/// One of them.
pub(super) struct Target<'p> {
    kind: Kind,
    name: &'p str,
    accounts: BTreeSet<&'p AccountKey>,
    posts: Vec<&'p Post>,
}

/// Those of two accounts or more, with the most accounts first.
pub(super) fn shared<'p>(posts: &[&'p Post]) -> Vec<Target<'p>> {
    let mut of: BTreeMap<(Kind, &str, &str), Vec<&Post>> = BTreeMap::new();
    for post in posts {
        let platform = post.account.platform();
        let named = [(Kind::Recipient, &post.target), (Kind::Thread, &post.thread)];
        for (kind, name) in named {
            if let Some(name) = name.known().map(|name| name.trim()).filter(|n| !n.is_empty()) {
                of.entry((kind, platform, name)).or_default().push(post);
            }
        }
    }
    let mut all: Vec<Target<'p>> = of
        .into_iter()
        .map(|((kind, _, name), posts)| {
            let accounts = posts.iter().map(|post| &post.account).collect();
            Target { kind, name, accounts, posts }
        })
        .filter(|target| target.accounts.len() > 1)
        .collect();
    all.sort_by_key(|t| (usize::MAX - t.accounts.len(), usize::MAX - t.posts.len()));
    all
}

pub(super) fn table(index: &Index<'_>, shared: &[Target<'_>], w: &mut Writer) -> Option<Block> {
    if shared.is_empty() {
        return None;
    }
    let lang = index.lang;
    let columns = vec![
        column(lang.pick("Destinataire ou fil", "Recipient or thread"), 9),
        numbers(lang.pick("Comptes", "Accounts"), 3),
        numbers("Messages", 3),
        column(lang.pick("Comptes, par premier message", "Accounts, by first message"), 9),
        column(lang.pick("Premier et dernier datés", "First and last dated"), 7),
    ];
    let cells = shared.iter().take(SHOWN).map(|target| {
        let mut order: Vec<(Option<_>, &AccountKey)> = target
            .accounts
            .iter()
            .map(|key| {
                let own = target.posts.iter().filter(|post| post.account == **key);
                (own.filter_map(|post| post.at.known().copied()).min(), *key)
            })
            .collect();
        order.sort_by_key(|(at, key)| (at.is_none(), *at, *key));
        let names = order.iter().take(6).map(|(_, key)| index.name(key));
        let names = Text::join(names, ", ");
        let names = match order.len().saturating_sub(6) {
            0 => names,
            rest => names.plain(said!(lang, " et {}", " and {}", lang.others(rest))),
        };
        let times = || target.posts.iter().filter_map(|post| post.at.known().copied());
        let span = match (times().min(), times().max()) {
            (Some(first), Some(last)) => {
                said!(lang, "{} ; {}", "{}; {}", lang.instant(first), lang.instant(last))
            }
            _ => lang.pick("aucun message daté", "no dated message").to_owned(),
        };
        let name = links::masked(&excerpt(target.name, 400));
        let cells = vec![
            Text::from(format!("{} ", target.kind.word(lang))).quoted(lang, &name, 60),
            lang.count(target.accounts.len()).into(),
            lang.count(target.posts.len()).into(),
            names,
            span.into(),
        ];
        (cells, Support::every(target.posts.iter().map(|post| &post.id), "posts"))
    });
    let every: BTreeSet<_> =
        shared.iter().flat_map(|target| target.posts.iter().map(|post| &post.id)).collect();
    let nouns = lang.pick(["ligne", "lignes"], ["row", "rows"]);
    let limit = Limit::listed(SHOWN, nouns, Support::every(every, "posts"));
    let caption = lang.pick(
        "Destinataires et fils où deux comptes examinés au moins ont écrit",
        "Recipients and threads to which at least two accounts under examination wrote",
    );
    Some(w.table(caption, columns, cells, shared.len(), limit))
}
