//! What is established: exhibits, records, accounts, groups and links under H1.

use std::collections::BTreeSet;

use faisceau_model::rows::{Identity, Link, Media};
use faisceau_model::{AccountKey, ExhibitNo, Place, Relation, Role};

use super::LISTED;
use crate::french::{count, counted, list, signed};
use crate::index::Index;
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
        let text = format!(
            "{} ; tous sont en section 5.",
            counted(groups.len(), "groupe est formé en tout", "groupes sont formés en tout")
        );
        out.push(w.say(text, Support::one("identities")));
    }
    out.extend(outside_groups(index, w));
    out.extend(together(index, w));
    out
}

fn intake(index: &Index<'_>, w: &mut Writer) -> Statement {
    let rows = index.input.exhibits;
    let members = rows.iter().filter(|row| row.parent.known().is_some()).count();
    let text = format!(
        "{} sans altération, dont {} d'archives ; l'empreinte SHA-256 de chacune est à l'annexe A.",
        counted(rows.len(), "pièce est prise", "pièces sont prises"),
        counted(members, "membre", "membres"),
    );
    w.say(text, Support::one("exhibits").and("exhibits?parent=*"))
}

fn material(index: &Index<'_>, w: &mut Writer) -> Statement {
    let input = index.input;
    let uses = usize::try_from(input.uses).unwrap_or(0);
    let mut found: Vec<(&[&str], String)> = Vec::new();
    let mut add = |n: usize, tables, words: String| {
        if n > 0 {
            found.push((tables, words));
        }
    };
    let posts = counted(input.posts.len(), "message", "messages");
    add(input.posts.len(), &["posts"], posts);
    let connections = format!(
        "{} (dont {} d'un compte désigné)",
        counted(uses, "connexion", "connexions"),
        count(bound(index).count())
    );
    add(uses, &["addresses", OF_ACCOUNTS], connections);
    add(input.media.len(), &["media"], images(input.media));
    let hops = counted(input.mail_hops.len(), "étape de courriel", "étapes de courriels");
    add(input.mail_hops.len(), &["mail_hops"], hops);
    if found.is_empty() {
        let text = "Ni message, ni connexion, ni image n'y a été lu.";
        return w.say(text, Support::one("exhibits"));
    }
    let (tables, words): (Vec<&[&str]>, Vec<String>) = found.into_iter().unzip();
    let text = format!("On y lit {}.", list(&words, LISTED));
    w.say(text, Support::rows(tables.concat(), "exhibits"))
}

/// An image that several accounts posted has a row for each of them.
fn images(rows: &[Media]) -> String {
    let places: BTreeSet<(ExhibitNo, &Place)> =
        rows.iter().map(|row| (row.exhibit, &row.place)).collect();
    let words = if rows.iter().all(|row| row.mime.starts_with("image/")) {
        counted(places.len(), "image", "images")
    } else {
        counted(places.len(), "image, vidéo ou document", "images, vidéos et documents")
    };
    if places.len() == rows.len() {
        return words;
    }
    let lines = counted(rows.len(), "ligne", "lignes");
    format!("{words} ({lines}, une par compte qui la publie)")
}

fn examined(index: &Index<'_>, w: &mut Writer) -> Statement {
    let keys: Vec<&AccountKey> = index.of_role(Role::Examined).map(|(key, _)| key).collect();
    let platforms: BTreeSet<&str> = keys.iter().map(|key| key.platform()).collect();
    let text = format!(
        "{}{} sur {} ; {}.",
        counted(keys.len(), "compte est examiné", "comptes sont examinés"),
        index.rows_of(Role::Examined, keys.len()),
        counted(platforms.len(), "service", "services"),
        counted(
            index.of_relation(Relation::SameHand).count(),
            "rapprochement de deux comptes est pesé",
            "rapprochements de deux comptes sont pesés"
        ),
    );
    w.say(text, Support::one("accounts?role=examined").and(all(Relation::SameHand)))
}

fn group(index: &Index<'_>, number: usize, row: &Identity, w: &mut Writer) -> Statement {
    let shown = row.members.iter().take(LISTED).map(|member| index.member(member));
    let mut text = Text::new()
        .strong(format!("Groupe {number}"))
        .plain(format!(" – {} : ", counted(row.members.len(), "compte", "comptes")))
        .then(Text::join(shown, ", "));
    if row.members.len() > LISTED {
        let rest = row.members.len() - LISTED;
        text = text.plain(format!(" et {}", counted(rest, "autre", "autres")));
    }
    text = text.plain(". Lien le plus faible : ");
    text = match index.link(&row.weakest_link).and_then(|link| Some((link, favours(link)?))) {
        Some((link, favoured)) => text.strong(&link.band_fr).plain(format!(
            " à {favoured} ({} ; log10 {}).",
            if favoured == "H1" { "une seule main" } else { "des mains différentes" },
            signed(row.weakest)
        )),
        None => text.plain(format!("log10 {}, sans soutien.", signed(row.weakest))),
    };
    let support = Support::one(&row.id).and(&row.weakest_link);
    w.say(text, support.and_all(row.rows.iter().take(24)))
}

/// Links under H1 that no group holds.
fn outside_groups(index: &Index<'_>, w: &mut Writer) -> Option<Statement> {
    let grouped: BTreeSet<&str> =
        index.input.identities.iter().flat_map(|row| &row.rows).map(String::as_str).collect();
    let free: Vec<&Link> = index
        .of_relation(Relation::SameHand)
        .filter(|link| favours(link) == Some("H1") && !grouped.contains(link.id.as_str()))
        .collect();
    let strongest = free.iter().max_by(|a, b| a.total.total_cmp(&b.total))?;
    let text = Text::from(format!(
        "Hors groupe, {} H1, au plus un ",
        counted(free.len(), "rapprochement soutient", "rapprochements soutiennent"),
    ))
    .strong(&strongest.band_fr)
    .plain(format!(" (sur {}).", count(index.of_relation(Relation::SameHand).count())));
    let support = Support::every(free.iter().map(|link| &link.id), "links");
    Some(w.say(text, support.and(all(Relation::SameHand))))
}

/// Raids and acting together, which say nothing of who holds an account.
fn together(index: &Index<'_>, w: &mut Writer) -> Option<Statement> {
    let raids = index.input.raids.len();
    let links = index.of_relation(Relation::Coordination);
    let links = links.filter(|link| favours(link) == Some("H1")).count();
    let text = format!(
        "Action concertée (section 4 bis) : {}, {} ; rien de cela n'entre dans les groupes.",
        counted(raids, "raid relevé", "raids relevés"),
        counted(links, "rapprochement en faveur de H1", "rapprochements en faveur de H1"),
    );
    let support = Support::one("raids").and(chosen(Relation::Coordination, "H1"));
    (raids + links > 0).then(|| w.say(text, support))
}
