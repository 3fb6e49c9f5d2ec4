//! Section 4 ter: how often the accounts under examination acted, and what bears on concertation
//! or on the knowledge of a repetition.
//!
//! In: the messages of those accounts, the raids, the links of acting together. Out: counts, each
//! with its rows, what may show it and what does not. Refuses: a conclusion.

mod counts;
mod quotes;
mod targets;

use std::collections::{BTreeMap, BTreeSet};

use faisceau_model::rows::{Link, Post};
use faisceau_model::{AccountKey, Relation, Role};

use crate::french::{count, counted};
use crate::index::{Index, of_account};
use crate::mentions::Names;
use crate::model::Block;
use crate::sentence::{Statement, Support};
use crate::wording::prose;
use crate::writer::Writer;

use super::links;

pub(super) fn blocks(index: &Index<'_>, w: &mut Writer) -> Vec<Block> {
    let mut posts: Vec<&Post> = index
        .input
        .posts
        .iter()
        .filter(|post| index.role(&post.account) == Some(Role::Examined))
        .collect();
    if posts.is_empty() {
        let text = "Les pièces ne contiennent aucun message des comptes examinés.";
        return vec![Block::Paragraph(vec![w.say(text, Support::one("posts"))])];
    }
    posts.sort_by(|a, b| a.id.cmp(&b.id));
    let claimant = Names::of(index, Role::Claimant);
    let aimed: BTreeSet<&str> = posts
        .iter()
        .filter(|post| !claimant.in_post(post).is_empty())
        .map(|post| post.id.as_str())
        .collect();
    let mut blocks = vec![Block::Paragraph(prose(&index.words.prose.repetition))];
    // Without an account of the claimant's, nothing can be said to be addressed to one.
    let aimed = index.of_role(Role::Claimant).next().is_some().then_some(&aimed);
    blocks.push(Block::Paragraph(counts::overview(&posts, aimed, w)));
    blocks.push(counts::by_account(index, &posts, aimed, w));
    blocks.extend(counts::by_day(&posts, aimed, w));
    blocks.push(Block::Heading(
        "Ce qui peut montrer une concertation ou la connaissance d'une répétition".into(),
    ));
    let naming = naming(index, &posts);
    let quoting = quotes::quoting(&posts);
    let shared = targets::shared(&posts);
    blocks.push(Block::List(shows(index, &naming, &quoting, shared.len(), w)));
    blocks.extend(targets::table(index, &shared, w));
    blocks.push(Block::Heading("Ce qui ne le montre pas".into()));
    let not = shows_not(index, &posts, w);
    if !not.is_empty() {
        blocks.push(Block::List(not));
    }
    blocks.push(Block::Paragraph(prose(&index.words.prose.repetition_limits)));
    blocks
}

/// Messages that are addressed to another account under examination of the same platform, or name
/// it.
fn naming<'p>(index: &Index<'_>, posts: &[&'p Post]) -> Vec<&'p Post> {
    let examined = Names::of(index, Role::Examined);
    let another = |post: &Post| {
        let other =
            |key: &&AccountKey| **key != post.account && key.platform() == post.account.platform();
        examined.in_post(post).iter().any(other)
    };
    posts.iter().copied().filter(|post| another(post)).collect()
}

fn shows(
    index: &Index<'_>,
    naming: &[&Post],
    quoting: &[(&Post, &Post)],
    shared: usize,
    w: &mut Writer,
) -> Vec<Statement> {
    let raids = index.input.raids;
    let mut out = Vec::new();
    let text = match raids.len() {
        0 => "Aucun raid n'a été relevé.".to_owned(),
        n => {
            let among: BTreeSet<&str> = raids
                .iter()
                .flat_map(|raid| raid.accounts.iter().map(String::as_str))
                .filter(|key| examined(index, key))
                .collect();
            format!(
                "{} (section 4 bis) ; {} y prennent part.",
                counted(n, "raid relevé", "raids relevés"),
                counted(among.len(), "compte examiné", "comptes examinés"),
            )
        }
    };
    out.push(w.say(text, Support::one("raids")));
    let concerted: Vec<&Link> = index.of_relation(Relation::Coordination).collect();
    let favour = |side: &str| {
        concerted.iter().filter(|l| l.favours.known().is_some_and(|f| f == side)).count()
    };
    if concerted.is_empty() {
        let text = "Aucun rapprochement d'action concertée n'est pesé.";
        out.push(w.say(text, Support::one(links::all(Relation::Coordination))));
    } else {
        let text = format!(
            "{}, dont {} en faveur de H1 et {} en faveur de H2 (section 4 bis).",
            counted(
                concerted.len(),
                "rapprochement d'action concertée pesé",
                "rapprochements d'action concertée pesés"
            ),
            count(favour("H1")),
            count(favour("H2")),
        );
        out.push(w.say(text, Support::one(links::all(Relation::Coordination))));
    }
    let text = match naming.len() {
        0 => "Aucun message ne s'adresse à un autre compte examiné de la même plateforme ni ne le nomme.".to_owned(),
        1 => "1 message s'adresse à un autre compte examiné de la même plateforme, ou le nomme.".to_owned(),
        n => format!(
            "{} messages s'adressent à un autre compte examiné de la même plateforme, ou le nomment.",
            count(n)
        ),
    };
    out.push(w.say(text, Support::every(naming.iter().map(|post| &post.id), "posts")));
    let text = match quoting.len() {
        0 => "Aucun message ne cite une ligne entière d'un message antérieur d'un autre compte examiné.".to_owned(),
        n => format!(
            "{} une ligne entière d'un message antérieur d'un autre compte examiné.",
            counted(n, "message cite", "messages citent")
        ),
    };
    let sources: BTreeSet<_> = quoting.iter().map(|(_, source)| &source.id).collect();
    let support = Support::every(quoting.iter().map(|(post, _)| &post.id), "posts");
    out.push(w.say(text, support.and_all(sources.into_iter().take(24))));
    let text = match shared {
        0 => "Aucun destinataire ni fil n'est commun à deux comptes examinés.".to_owned(),
        1 => "1 destinataire ou fil est commun à deux comptes examinés au moins.".to_owned(),
        n => format!(
            "{} destinataires ou fils sont communs à deux comptes examinés au moins.",
            count(n)
        ),
    };
    out.push(w.say(text, Support::one("posts")));
    out
}

fn shows_not(index: &Index<'_>, posts: &[&Post], w: &mut Writer) -> Vec<Statement> {
    let raided: BTreeSet<&str> = index
        .input
        .raids
        .iter()
        .flat_map(|raid| raid.accounts.iter().map(String::as_str))
        .collect();
    let active: BTreeSet<&AccountKey> = posts.iter().map(|post| &post.account).collect();
    let mut out = Vec::new();
    let alone: Vec<&AccountKey> =
        active.iter().copied().filter(|key| !raided.contains(key.as_str())).collect();
    if !alone.is_empty() {
        let text = format!(
            "{} part à aucun raid relevé.",
            counted(
                alone.len(),
                "compte examiné qui a des messages ne prend",
                "comptes examinés qui ont des messages ne prennent"
            )
        );
        let known = alone.iter().filter_map(|key| index.accounts.get(key));
        let rows = known.flat_map(|known| &known.rows);
        out.push(w.say(text, Support::every(rows, "accounts").and("raids")));
    }
    let mut sizes: BTreeMap<&AccountKey, usize> = BTreeMap::new();
    for post in posts {
        *sizes.entry(&post.account).or_default() += 1;
    }
    let once: Vec<&AccountKey> =
        sizes.iter().filter(|(_, size)| **size == 1).map(|(key, _)| *key).collect();
    if !once.is_empty() {
        let text = format!(
            "{} qu'un message dans les pièces.",
            counted(once.len(), "compte examiné n'a", "comptes examinés n'ont")
        );
        let selections = once.iter().map(|key| of_account("posts", key));
        out.push(w.say(text, Support::every(selections, "posts")));
    }
    let undated: Vec<&&Post> = posts.iter().filter(|post| post.at.known().is_none()).collect();
    if !undated.is_empty() {
        let text = format!(
            "{} : aucun ordre ne peut en être tiré.",
            counted(undated.len(), "message est sans date", "messages sont sans date")
        );
        out.push(w.say(text, Support::every(undated.iter().map(|post| &post.id), "posts")));
    }
    out
}

fn examined(index: &Index<'_>, key: &str) -> bool {
    key.parse().is_ok_and(|key| index.role(&key) == Some(Role::Examined))
}
