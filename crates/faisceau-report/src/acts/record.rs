//! What the *commissaire de justice* is asked to record, and under what conditions.
//!
//! In: the messages and accounts under examination. Out: the public addresses in order, what each
//! page is to show, the conditions of access. Refuses: what only a stratagem would reach.

use faisceau_model::{Role, excerpt};

use super::attached::{line, said, texts};
use super::deadlines::when;
use super::desk::{Desk, aimed, section};
use super::posts::{Item, Place, support_of};
use super::share::{Share, shown};
use crate::french::counted;
use crate::index::{NAME, cut};
use crate::kind::DocumentKind;
use crate::language::Language;
use crate::model::{Block, Document, Section};
use crate::sections::links::masked;
use crate::sentence::{Statement, Support};
use crate::text::Text;
use crate::writer::{Limit, Writer, column};

/// Pages listed for each addressee.
const PAGES: usize = 200;
/// Profiles listed.
const PROFILES: usize = 200;

pub(super) fn draft(desk: &Desk<'_>) -> Option<Document> {
    let accounts = desk.index.of_role(Role::Examined).count();
    if accounts == 0 {
        return None;
    }
    let mut w = Writer::default();
    let w = &mut w;
    let record = &texts().record;
    let mut head = vec![Block::Paragraph(said(&record.object))];
    head.push(Block::List(place(desk, w)));
    let mut sections = vec![
        section("", head),
        section(
            "Conditions d'accès",
            vec![Block::Numbered(said(&record.access)), Block::Paragraph(said(&record.stratagem))],
        ),
    ];
    sections.push(section("Messages publics", messages(desk, w)));
    let profile = vec![Block::Paragraph(said(&record.profile)), profiles(desk, w)];
    sections.push(section("Profils", profile));
    sections.extend(private(desk, w));
    Some(desk.document(DocumentKind::Record, sections))
}

/// From where, and for whom.
fn place(desk: &Desk<'_>, w: &mut Writer) -> Vec<Statement> {
    let case = desk.index.input.case;
    let mut out = Vec::new();
    let mut given = |label: &str, text: &str, setting: &str, blank: &str| {
        let said = Text::from(format!("{label} : ")).given(text, 160, blank);
        let fact = !text.trim().is_empty();
        out.push(if fact { w.say(said, Support::one(setting)) } else { line(said) });
    };
    given("Demande faite pour", &case.claimant, "set:case.claimant", "personne demanderesse");
    given(
        "Lieu d'accès au contenu, qui peut fonder la compétence",
        &case.access_place,
        "set:case.access_place",
        "lieu d'où le contenu a été atteint",
    );
    out
}

fn messages(desk: &Desk<'_>, w: &mut Writer) -> Vec<Block> {
    let mut blocks = vec![Block::Paragraph(said(&texts().record.post))];
    let located: Vec<&Item<'_>> = desk.items().filter(|item| item.located()).collect();
    if located.is_empty() {
        let text = "Aucun message des comptes examinés n'a d'adresse publique dans les pièces.";
        blocks.push(Block::Paragraph(vec![w.say(text, Support::one("posts"))]));
    }
    blocks.extend(aimed(&located, w).map(|said| Block::Paragraph(vec![said])));
    for host in &desk.hosts {
        let items: Vec<&Item<'_>> = host.items.iter().filter(|item| item.located()).collect();
        if items.is_empty() {
            continue;
        }
        let columns = vec![
            column("URL à ouvrir", 11),
            column("Compte", 7),
            column("Identifiant du contenu", 5),
            column("Instant déclaré (UTC ; Paris)", 7),
            column("À relever en particulier", 8),
            column("Capture", 3),
        ];
        let share = shown(&items, PAGES);
        let cells = share.iter().map(|item| {
            let cells = vec![
                item.url(),
                desk.index.name_and_key(&item.post.account),
                item.content_id(),
                when(&item.post.at),
                to_record(item),
                item.exhibit(),
            ];
            (cells, item.support())
        });
        let caption = Text::from("Pages à constater : ").data(&host.name, 70);
        let limit =
            Limit::listed(share.len(), ["page", "pages"], support_of(items.iter().copied()));
        blocks.push(w.table(caption, columns, cells, items.len(), limit));
    }
    let (unusable, unknown) = (of(desk, Place::Unusable), of(desk, Place::Unknown));
    let lost: Vec<&Item<'_>> = unusable.into_iter().chain(unknown).collect();
    if !lost.is_empty() {
        let text = format!(
            "{} sans adresse publique exploitable dans les pièces : à retrouver en ligne par le compte et la date, ou à constater sur la pièce elle-même.",
            counted(lost.len(), "message public est", "messages publics sont")
        );
        blocks.push(Block::Paragraph(vec![w.say(text, support_of(lost))]));
    }
    blocks
}

fn of<'d>(desk: &'d Desk<'_>, place: Place<'_>) -> Vec<&'d Item<'d>> {
    desk.items().filter(|item| item.place == place).collect()
}

/// What the page holds beyond the text.
fn to_record(item: &Item<'_>) -> Text {
    let media = item.post.media.len();
    let mut parts: Vec<String> = Vec::new();
    if media > 0 {
        parts.push(counted(media, "image ou vidéo jointe", "images ou vidéos jointes"));
    }
    if item.post.kind == faisceau_model::PostKind::Forwarded {
        parts.push("message repris d'un autre : relever aussi la source".to_owned());
    }
    if item.post.at.known().is_none() {
        parts.push("date et heure affichées, absentes des pièces".to_owned());
    }
    if item.aims {
        parts.push("mention d'un compte de la personne demanderesse".to_owned());
    }
    if parts.is_empty() { "texte, date et heure".into() } else { parts.join(" ; ").into() }
}

fn profiles(desk: &Desk<'_>, w: &mut Writer) -> Block {
    let columns = vec![
        column("Compte", 8),
        column("Pseudonymes à la capture", 8),
        column("Identifiant immuable", 6),
        column("À relever", 8),
    ];
    let accounts: Vec<_> = desk.index.of_role(Role::Examined).collect();
    let total = accounts.len();
    let cells = accounts.into_iter().map(|(key, known)| {
        let names = known
            .names()
            .iter()
            .take(4)
            .map(|name| Text::new().quoted(Language::French, name, NAME));
        let names =
            if known.names().is_empty() { "inconnu".into() } else { Text::join(names, ", ") };
        let id = known.native_id;
        let cells = vec![
            Text::new().code(cut(key.as_str())),
            names,
            id.map_or_else(|| Text::new().strong("inconnu"), |id| Text::new().code(cut(id))),
            match id {
                Some(_) => "profil, et l'identifiant dans la source de la page".into(),
                None => "profil, et l'identifiant immuable, qui manque au dossier".into(),
            },
        ];
        (cells, desk.index.account_support(key))
    });
    let limit = Limit::of(PROFILES, ["profil", "profils"], "accounts?role=examined");
    w.table("Profils à constater", columns, cells, total, limit)
}

fn private(desk: &Desk<'_>, w: &mut Writer) -> Option<Section> {
    let items: Vec<&Item<'_>> = of(desk, Place::Private);
    let share: Share<'_> = shown(&items, PAGES);
    if items.is_empty() {
        return None;
    }
    let text = format!(
        "{} : aucune page publique n'existe ; à constater depuis le compte ou la boîte qui les a reçus, sans autre connexion.",
        counted(items.len(), "message n'est pas public", "messages ne sont pas publics")
    );
    let columns = vec![
        column("Compte expéditeur", 8),
        column("Instant déclaré (UTC ; Paris)", 8),
        column("Identifiant du contenu", 6),
        column("Destinataire ou fil", 6),
        column("Pièce", 3),
    ];
    let paragraph = Block::Paragraph(vec![w.say(text, support_of(items.iter().copied()))]);
    let cells = share.iter().map(|item| {
        let to = item.post.target.known().or_else(|| item.post.thread.known());
        let cells = vec![
            desk.index.name_and_key(&item.post.account),
            when(&item.post.at),
            item.content_id(),
            to.map_or_else(
                || "non consigné".into(),
                |to| Text::new().data(&masked(&excerpt(to, 400)), 48),
            ),
            item.exhibit(),
        ];
        (cells, item.support())
    });
    let limit =
        Limit::listed(share.len(), ["message", "messages"], support_of(items.iter().copied()));
    let table = w.table("Messages non publics à constater", columns, cells, items.len(), limit);
    Some(section("Messages non publics", vec![paragraph, table]))
}
