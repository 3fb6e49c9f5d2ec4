//! Notifications of illegal content (DSA, article 16), one item a message.
//!
//! In: the messages under examination, by addressee. Out: for each, its exact address, the ids of
//! content and account, what it says; the parts of article 16 § 2 that all share; apart, what
//! cannot be notified yet and why. Refuses: to say of a message that it is illegal.

use super::attached::{line, said, texts};
use super::deadlines::when;
use super::desk::{Desk, aimed, section};
use super::posts::{Host, Item, Place, support_of};
use super::share::shown;
use crate::french::counted;
use crate::kind::DocumentKind;
use crate::model::{Block, Callout, Document, Section};
use crate::sections::links::masked;
use crate::sentence::{Statement, Support};
use crate::text::Text;
use crate::writer::{Limit, Writer, column};

/// Messages listed for all addressees together.
const ITEMS: usize = 300;
/// Messages without an address listed for each addressee.
const UNLOCATED: usize = 40;

pub(super) fn draft(desk: &Desk<'_>) -> Option<Document> {
    if desk.hosts.is_empty() {
        return None;
    }
    let mut w = Writer::default();
    let w = &mut w;
    let words = &texts().notices;
    let before = Callout { title: "Avant de notifier".to_owned(), statements: said(&words.before) };
    let mut first = vec![Block::Callout(before)];
    first.push(Block::Heading("Pour chaque notification (DSA, art. 16, § 2)".into()));
    first.push(Block::List(said(&words.parts)));
    first.push(Block::Heading("Textes dont les faits sont susceptibles de relever".into()));
    first.push(Block::List(desk.grounds(w)));
    first.push(Block::Heading("Notifiant".into()));
    first.push(Block::List(notifier(desk, w)));
    let mut sections = vec![section("", first)];
    // Each addressee has its share, the small ones whole.
    let located: Vec<&Item<'_>> = desk.items().filter(|item| item.located()).collect();
    let share = shown(&located, ITEMS);
    for host in &desk.hosts {
        sections.push(of_host(desk, host, &share, w));
    }
    Some(desk.document(DocumentKind::Notices, sections))
}

/// Name and address of the notifier, blanks where the case file has none.
pub(super) fn notifier(desk: &Desk<'_>, w: &mut Writer) -> Vec<Statement> {
    let claimant = &desk.input.facts.claimant;
    let mut out = Vec::new();
    let mut given = |label: &str, text: &str, setting: &str, blank: &str| {
        let said = Text::from(format!("{label} : ")).given(text, 200, blank);
        let fact = !text.trim().is_empty();
        out.push(if fact { w.say(said, Support::one(setting)) } else { line(said) });
    };
    given("Nom", &claimant.names, "set:acts.claimant.names", "nom et prénoms");
    given(
        "Adresse électronique",
        &claimant.email,
        "set:acts.claimant.email",
        "adresse électronique",
    );
    out
}

fn of_host(desk: &Desk<'_>, host: &Host<'_>, share: &[&Item<'_>], w: &mut Writer) -> Section {
    let mut blocks = vec![Block::Paragraph(vec![addressee(host)])];
    let of = |keep: &dyn Fn(&Item<'_>) -> bool| -> Vec<&Item<'_>> {
        host.items.iter().filter(|item| keep(item)).collect()
    };
    let located = of(&|item| item.located());
    if !located.is_empty() {
        blocks.extend(aimed(&located, w).map(|said| Block::Paragraph(vec![said])));
        blocks.push(items(desk, host, &located, share, w));
    }
    let lost = of(&|item| matches!(item.place, Place::Unknown | Place::Unusable));
    if !lost.is_empty() {
        blocks.push(Block::Heading("Messages publics dont l'URL manque".into()));
        blocks.push(Block::Paragraph(said(&texts().notices.unlocated)));
        blocks.push(unlocated(desk, &lost, w));
    }
    let private = of(&|item| item.place == Place::Private);
    if !private.is_empty() {
        let text =
            counted(private.len(), "message n'est pas public.", "messages ne sont pas publics.");
        let mut paragraph = vec![w.say(text, support_of(private))];
        paragraph.extend(said(&texts().notices.private));
        blocks.push(Block::Heading("Messages non publics".into()));
        blocks.push(Block::Paragraph(paragraph));
    }
    section(&format!("À l'attention de : {}", faisceau_model::excerpt(&host.name, 70)), blocks)
}

/// Where it is to be sent, as far as the law files know.
pub(super) fn addressee(host: &Host<'_>) -> Statement {
    let text = match host.entry {
        Some(to) => {
            let contact = to.dsa_contact.as_deref();
            let text = Text::from(to.legal_name.as_str()).plain(format!(", {}", to.seat));
            let text = contact.map_or(text.clone(), |contact| text.plain(format!(" ; {contact}")));
            text.plain(" – ").strong("à vérifier au jour de l'envoi").plain(".")
        }
        None => Text::new()
            .blank(&format!(
                "dénomination, siège et point de contact électronique : {}",
                faisceau_model::excerpt(&host.name, 70)
            ))
            .plain("."),
    };
    line(text)
}

fn items(
    desk: &Desk<'_>,
    host: &Host<'_>,
    located: &[&Item<'_>],
    share: &[&Item<'_>],
    w: &mut Writer,
) -> Block {
    let columns = vec![
        column("URL exacte", 10),
        column("Identifiant du contenu", 5),
        column("Compte (pseudonyme à la capture, identifiant)", 7),
        column("Instant déclaré (UTC ; Paris)", 7),
        column("Ce que dit le message", 10),
        column("Pièce", 3),
    ];
    let ours: Vec<&&Item<'_>> =
        share.iter().filter(|item| located.iter().any(|own| std::ptr::eq(*own, **item))).collect();
    let cells = ours.iter().map(|item| {
        let cells = vec![
            item.url(),
            item.content_id(),
            desk.index.name_and_key(&item.post.account),
            when(&item.post.at),
            item.excerpt(),
            item.exhibit(),
        ];
        (cells, item.support())
    });
    let caption =
        Text::from("Messages à notifier, s'ils sont tenus pour illicites : ").data(&host.name, 70);
    let all = support_of(located.iter().copied());
    let limit = Limit::listed(ours.len(), ["message", "messages"], all);
    w.table(caption, columns, cells, located.len(), limit)
}

fn unlocated(desk: &Desk<'_>, lost: &[&Item<'_>], w: &mut Writer) -> Block {
    let columns = vec![
        column("Compte", 8),
        column("Identifiant du contenu", 5),
        column("Instant déclaré (UTC ; Paris)", 7),
        column("Fil", 5),
        column("Ce qui manque", 6),
        column("Pièce", 3),
    ];
    let share = shown(lost, UNLOCATED);
    let cells = share.iter().map(|item| {
        let mut missing = vec![match item.place {
            Place::Unusable => "URL à relever dans la pièce",
            _ => "URL",
        }];
        if item.post.content_id.known().is_none() {
            missing.push("identifiant du contenu");
        }
        if item.post.at.known().is_none() {
            missing.push("date et heure");
        }
        let thread = item.post.thread.known();
        let cells = vec![
            desk.index.name_and_key(&item.post.account),
            item.content_id(),
            when(&item.post.at),
            thread.map_or_else(
                || "–".into(),
                |thread| Text::new().data(&masked(&faisceau_model::excerpt(thread, 400)), 48),
            ),
            missing.join(" ; ").into(),
            item.exhibit(),
        ];
        (cells, item.support())
    });
    let all = support_of(lost.iter().copied());
    let limit = Limit::listed(share.len(), ["message", "messages"], all);
    w.table("Messages sans URL exploitable", columns, cells, lost.len(), limit)
}
