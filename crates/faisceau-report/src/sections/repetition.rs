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

use crate::index::{Index, of_account};
use crate::language::{Language, said};
use crate::mentions::Names;
use crate::model::Block;
use crate::sentence::{Statement, Support};
use crate::wording::prose;
use crate::writer::Writer;

use super::links;

pub(super) fn blocks(index: &Index<'_>, w: &mut Writer) -> Vec<Block> {
    let lang = index.lang;
    let mut posts: Vec<&Post> = index
        .input
        .posts
        .iter()
        .filter(|post| index.role(&post.account) == Some(Role::Examined))
        .collect();
    if posts.is_empty() {
        let text = lang.pick(
            "Les pièces ne contiennent aucun message des comptes examinés.",
            "The exhibits contain no message of the accounts under examination.",
        );
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
    let heading = lang.pick(
        "Ce qui peut montrer une concertation ou la connaissance d'une répétition",
        "What may show coordination or knowledge of a repetition",
    );
    blocks.push(Block::Heading(heading.into()));
    let naming = naming(index, &posts);
    let quoting = quotes::quoting(&posts);
    let shared = targets::shared(&posts);
    blocks.push(Block::List(shows(index, &naming, &quoting, shared.len(), w)));
    blocks.extend(targets::table(index, &shared, w));
    let heading = lang.pick("Ce qui ne le montre pas", "What does not show it");
    blocks.push(Block::Heading(heading.into()));
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
    let lang = index.lang;
    let mut out = vec![w.say(raids(index), Support::one("raids"))];
    let concerted: Vec<&Link> = index.of_relation(Relation::Coordination).collect();
    let favour = |side: &str| {
        concerted.iter().filter(|l| l.favours.known().is_some_and(|f| f == side)).count()
    };
    if concerted.is_empty() {
        let text = lang.pick(
            "Aucun rapprochement d'action concertée n'est pesé.",
            "No link of coordinated action is weighed.",
        );
        out.push(w.say(text, Support::one(links::all(Relation::Coordination))));
    } else {
        let text = said!(
            lang,
            "{}, dont {} en faveur de H1 et {} en faveur de H2 (section 4 bis).",
            "{}, of which {} in favour of H1 and {} in favour of H2 (section 4 bis).",
            lang.counted(
                concerted.len(),
                [
                    "rapprochement d'action concertée pesé",
                    "rapprochements d'action concertée pesés"
                ],
                ["link of coordinated action weighed", "links of coordinated action weighed"]
            ),
            lang.count(favour("H1")),
            lang.count(favour("H2")),
        );
        out.push(w.say(text, Support::one(links::all(Relation::Coordination))));
    }
    let text = match naming.len() {
        0 => lang
            .pick(
                "Aucun message ne s'adresse à un autre compte examiné de la même plateforme ni ne le nomme.",
                "No message is addressed to, or names, another account under examination on the same platform.",
            )
            .to_owned(),
        1 => lang
            .pick(
                "1 message s'adresse à un autre compte examiné de la même plateforme, ou le nomme.",
                "1 message is addressed to, or names, another account under examination on the same platform.",
            )
            .to_owned(),
        n => said!(
            lang,
            "{} messages s'adressent à un autre compte examiné de la même plateforme, ou le nomment.",
            "{} messages are addressed to, or name, another account under examination on the same platform.",
            lang.count(n)
        ),
    };
    out.push(w.say(text, Support::every(naming.iter().map(|post| &post.id), "posts")));
    let text = match quoting.len() {
        0 => lang
            .pick(
                "Aucun message ne cite une ligne entière d'un message antérieur d'un autre compte examiné.",
                "No message quotes a whole line of an earlier message of another account under examination.",
            )
            .to_owned(),
        n => said!(
            lang,
            "{} une ligne entière d'un message antérieur d'un autre compte examiné.",
            "{} a whole line of an earlier message of another account under examination.",
            lang.counted(
                n,
                ["message cite", "messages citent"],
                ["message quotes", "messages quote"]
            )
        ),
    };
    let sources: BTreeSet<_> = quoting.iter().map(|(_, source)| &source.id).collect();
    let support = Support::every(quoting.iter().map(|(post, _)| &post.id), "posts");
    out.push(w.say(text, support.and_all(sources.into_iter().take(24))));
    out.push(w.say(common(lang, shared), Support::one("posts")));
    out
}

/// How many raids were found, and how many of the accounts under examination are in them.
fn raids(index: &Index<'_>) -> String {
    let (lang, raids) = (index.lang, index.input.raids);
    if raids.is_empty() {
        return lang.pick("Aucun raid n'a été relevé.", "No raid was found.").to_owned();
    }
    let among: BTreeSet<&str> = raids
        .iter()
        .flat_map(|raid| raid.accounts.iter().map(String::as_str))
        .filter(|key| examined(index, key))
        .collect();
    said!(
        lang,
        "{} (section 4 bis) ; {}.",
        "{} (section 4 bis); {}.",
        lang.counted(raids.len(), ["raid relevé", "raids relevés"], ["raid found", "raids found"]),
        lang.counted(
            among.len(),
            ["compte examiné y prend part", "comptes examinés y prennent part"],
            ["account under examination takes part", "accounts under examination take part"]
        ),
    )
}

/// How many recipients and threads are common to accounts under examination.
fn common(lang: Language, shared: usize) -> String {
    match shared {
        0 => lang
            .pick(
                "Aucun destinataire ni fil n'est commun à deux comptes examinés.",
                "No recipient or thread is common to two accounts under examination.",
            )
            .to_owned(),
        1 => lang
            .pick(
                "1 destinataire ou fil est commun à deux comptes examinés au moins.",
                "1 recipient or thread is common to at least two accounts under examination.",
            )
            .to_owned(),
        n => said!(
            lang,
            "{} destinataires ou fils sont communs à deux comptes examinés au moins.",
            "{} recipients or threads are common to at least two accounts under examination.",
            lang.count(n)
        ),
    }
}

fn shows_not(index: &Index<'_>, posts: &[&Post], w: &mut Writer) -> Vec<Statement> {
    let lang = index.lang;
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
        let text = said!(
            lang,
            "{} part à aucun raid relevé.",
            "{} part in none of the raids found.",
            lang.counted(
                alone.len(),
                [
                    "compte examiné qui a des messages ne prend",
                    "comptes examinés qui ont des messages ne prennent"
                ],
                [
                    "account under examination that has messages takes",
                    "accounts under examination that have messages take"
                ]
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
        let text = said!(
            lang,
            "{} qu'un message dans les pièces.",
            "{} only one message in the exhibits.",
            lang.counted(
                once.len(),
                ["compte examiné n'a", "comptes examinés n'ont"],
                ["account under examination has", "accounts under examination have"]
            )
        );
        let selections = once.iter().map(|key| of_account("posts", key));
        out.push(w.say(text, Support::every(selections, "posts")));
    }
    let undated: Vec<&&Post> = posts.iter().filter(|post| post.at.known().is_none()).collect();
    if !undated.is_empty() {
        let text = said!(
            lang,
            "{} : aucun ordre ne peut en être tiré.",
            "{}: no order can be drawn from such messages.",
            lang.counted(
                undated.len(),
                ["message est sans date", "messages sont sans date"],
                ["message has no date", "messages have no date"]
            )
        );
        out.push(w.say(text, Support::every(undated.iter().map(|post| &post.id), "posts")));
    }
    out
}

fn examined(index: &Index<'_>, key: &str) -> bool {
    key.parse().is_ok_and(|key| index.role(&key) == Some(Role::Examined))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_common_agrees_with_its_number() {
        let whole = |n| common(Language::French, n);
        assert!(whole(1).starts_with("1 destinataire ou fil est commun"));
        assert!(whole(2).starts_with("2 destinataires ou fils sont communs"));
        let whole = |n| common(Language::English, n);
        assert!(whole(0).starts_with("No recipient or thread is common"));
        assert!(whole(1).starts_with("1 recipient or thread is common"));
        assert!(whole(2).starts_with("2 recipients or threads are common"));
    }
}
