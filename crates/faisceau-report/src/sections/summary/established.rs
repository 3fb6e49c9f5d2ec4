//! What is established: exhibits, records, accounts, groups and links under H1.

use std::collections::BTreeSet;

use faisceau_model::rows::{Identity, Link, Media};
use faisceau_model::{AccountKey, ExhibitNo, Place, Relation, Role};

use super::LISTED;
use crate::index::Index;
use crate::language::{Language, said};
use crate::sections::addresses::{OF_ACCOUNTS, bound};
use crate::sections::links::{all, chosen, favours};
use crate::sentence::{Statement, Support};
use crate::text::Text;
use crate::writer::Writer;

const GROUPS: usize = 3;

pub(super) fn statements(index: &Index<'_>, w: &mut Writer) -> Vec<Statement> {
    let mut out = vec![intake(index, w), material(index, w), examined(index, w)];
    let groups = index.input.identities;
    let shown = groups.iter().take(GROUPS).enumerate();
    out.extend(shown.map(|(i, row)| group(index, i + 1, row, w)));
    if groups.len() > GROUPS {
        let text = said!(
            index.lang,
            "{} ; tous sont en section 5.",
            "{}; all of them are in section 5.",
            index.lang.counted(
                groups.len(),
                ["groupe est formé en tout", "groupes sont formés en tout"],
                ["group is formed in all", "groups are formed in all"]
            )
        );
        out.push(w.say(text, Support::one("identities")));
    }
    out.extend(outside_groups(index, w));
    out.extend(together(index, w));
    out
}

fn intake(index: &Index<'_>, w: &mut Writer) -> Statement {
    let (lang, rows) = (index.lang, index.input.exhibits);
    let members = rows.iter().filter(|row| row.parent.known().is_some()).count();
    let text = said!(
        lang,
        "{} sans altération, dont {} d'archives ; l'empreinte SHA-256 de chacune est à l'annexe A.",
        "{} unaltered, of which {}; the SHA-256 hash of each is in annex A.",
        lang.counted(
            rows.len(),
            ["pièce est prise", "pièces sont prises"],
            ["exhibit is taken in", "exhibits are taken in"]
        ),
        lang.counted(
            members,
            ["membre", "membres"],
            ["is a member of an archive", "are members of archives"]
        ),
    );
    w.say(text, Support::one("exhibits").and("exhibits?parent=*"))
}

fn material(index: &Index<'_>, w: &mut Writer) -> Statement {
    let (lang, input) = (index.lang, index.input);
    let uses = usize::try_from(input.uses).unwrap_or(0);
    let mut found: Vec<(&[&str], String)> = Vec::new();
    let mut add = |n: usize, tables, words: String| {
        if n > 0 {
            found.push((tables, words));
        }
    };
    let posts = lang.counted(input.posts.len(), ["message", "messages"], ["message", "messages"]);
    add(input.posts.len(), &["posts"], posts);
    let connections = said!(
        lang,
        "{} (dont {} d'un compte désigné)",
        "{} (of which {} tied to a named account)",
        lang.counted(uses, ["connexion", "connexions"], ["connection", "connections"]),
        lang.count(bound(index).count())
    );
    add(uses, &["addresses", OF_ACCOUNTS], connections);
    add(input.media.len(), &["media"], images(lang, input.media));
    let hops = lang.counted(
        input.mail_hops.len(),
        ["étape de courriel", "étapes de courriels"],
        ["email hop", "email hops"],
    );
    add(input.mail_hops.len(), &["mail_hops"], hops);
    if found.is_empty() {
        let text = lang.pick(
            "Ni message, ni connexion, ni image n'y a été lu.",
            "No message, connection or image was read in them.",
        );
        return w.say(text, Support::one("exhibits"));
    }
    let (tables, words): (Vec<&[&str]>, Vec<String>) = found.into_iter().unzip();
    let text = said!(lang, "On y lit {}.", "What was read in them: {}.", lang.list(&words, LISTED));
    w.say(text, Support::rows(tables.concat(), "exhibits"))
}

/// An image that several accounts posted has a row for each of them.
fn images(lang: Language, rows: &[Media]) -> String {
    let places: BTreeSet<(ExhibitNo, &Place)> =
        rows.iter().map(|row| (row.exhibit, &row.place)).collect();
    let words = if rows.iter().all(|row| row.mime.starts_with("image/")) {
        lang.counted(places.len(), ["image", "images"], ["image", "images"])
    } else {
        lang.counted(
            places.len(),
            ["image, vidéo ou document", "images, vidéos et documents"],
            ["image, video or document", "images, videos and documents"],
        )
    };
    if places.len() == rows.len() {
        return words;
    }
    let lines = lang.counted(rows.len(), ["ligne", "lignes"], ["row", "rows"]);
    said!(
        lang,
        "{words} ({lines}, une par compte qui la publie)",
        "{words} ({lines}, one for each file and each account that publishes it)"
    )
}

fn examined(index: &Index<'_>, w: &mut Writer) -> Statement {
    let lang = index.lang;
    let keys: Vec<&AccountKey> = index.of_role(Role::Examined).map(|(key, _)| key).collect();
    let platforms: BTreeSet<&str> = keys.iter().map(|key| key.platform()).collect();
    let text = said!(
        lang,
        "{}{} sur {} ; {}.",
        "{}{} on {}; {}.",
        lang.counted(
            keys.len(),
            ["compte est examiné", "comptes sont examinés"],
            ["account is under examination", "accounts are under examination"]
        ),
        index.rows_of(Role::Examined, keys.len()),
        lang.counted(platforms.len(), ["service", "services"], ["service", "services"]),
        lang.counted(
            index.of_relation(Relation::SameHand).count(),
            ["rapprochement de deux comptes est pesé", "rapprochements de deux comptes sont pesés"],
            ["link between two accounts is weighed", "links between two accounts are weighed"]
        ),
    );
    w.say(text, Support::one("accounts?role=examined").and(all(Relation::SameHand)))
}

fn group(index: &Index<'_>, number: usize, row: &Identity, w: &mut Writer) -> Statement {
    let lang = index.lang;
    let shown = row.members.iter().take(LISTED).map(|member| index.member(member));
    let mut text = Text::new()
        .strong(said!(lang, "Groupe {number}", "Group {number}"))
        .plain(said!(
            lang,
            " – {} : ",
            " – {}: ",
            lang.counted(row.members.len(), ["compte", "comptes"], ["account", "accounts"])
        ))
        .then(Text::join(shown, ", "));
    if row.members.len() > LISTED {
        let rest = row.members.len() - LISTED;
        let rest = lang.others(rest);
        text = text.plain(said!(lang, " et {rest}", " and {rest}"));
    }
    text = text.plain(lang.pick(". Lien le plus faible : ", ". Weakest link: "));
    let log10 = lang.signed(row.weakest);
    text = match index.link(&row.weakest_link).and_then(|link| Some((link, favours(link)?))) {
        Some((link, favoured)) => {
            let hands = if favoured == "H1" {
                lang.pick("une seule main", "the same hand")
            } else {
                lang.pick("des mains différentes", "different hands")
            };
            text.strong(lang.band(&link.band_fr)).plain(said!(
                lang,
                " à {favoured} ({hands} ; log10 {log10}).",
                " for {favoured} ({hands}; log10 {log10})."
            ))
        }
        None => {
            text.plain(said!(lang, "log10 {log10}, sans soutien.", "log10 {log10}, no support."))
        }
    };
    let support = Support::one(&row.id).and(&row.weakest_link);
    w.say(text, support.and_all(row.rows.iter().take(24)))
}

/// Links under H1 that no group holds.
fn outside_groups(index: &Index<'_>, w: &mut Writer) -> Option<Statement> {
    let lang = index.lang;
    let grouped: BTreeSet<&str> =
        index.input.identities.iter().flat_map(|row| &row.rows).map(String::as_str).collect();
    let free: Vec<&Link> = index
        .of_relation(Relation::SameHand)
        .filter(|link| favours(link) == Some("H1") && !grouped.contains(link.id.as_str()))
        .collect();
    let strongest = free.iter().max_by(|a, b| a.total.total_cmp(&b.total))?;
    let text = Text::from(said!(
        lang,
        "Hors groupe, {} H1, au plus un ",
        "Outside the groups, {} H1, with at most ",
        lang.counted(
            free.len(),
            ["rapprochement soutient", "rapprochements soutiennent"],
            ["link supports", "links support"]
        ),
    ))
    .strong(lang.band(&strongest.band_fr))
    .plain(said!(
        lang,
        " (sur {}).",
        " (out of {}).",
        lang.count(index.of_relation(Relation::SameHand).count())
    ));
    let support = Support::every(free.iter().map(|link| &link.id), "links");
    Some(w.say(text, support.and(all(Relation::SameHand))))
}

/// Raids and acting together, which say nothing of who holds an account.
fn together(index: &Index<'_>, w: &mut Writer) -> Option<Statement> {
    let (lang, raids) = (index.lang, index.input.raids.len());
    let links = index.of_relation(Relation::Coordination);
    let links = links.filter(|link| favours(link) == Some("H1")).count();
    let text = said!(
        lang,
        "Action concertée (section 4 bis) : {}, {} ; rien de cela n'entre dans les groupes.",
        "Coordinated action (section 4 bis): {}, {}; none of this counts towards the groups.",
        lang.counted(raids, ["raid relevé", "raids relevés"], ["raid found", "raids found"]),
        lang.counted(
            links,
            ["rapprochement en faveur de H1", "rapprochements en faveur de H1"],
            ["link in favour of H1", "links in favour of H1"]
        ),
    );
    let support = Support::one("raids").and(chosen(Relation::Coordination, "H1"));
    (raids + links > 0).then(|| w.say(text, support))
}
