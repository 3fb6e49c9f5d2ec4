//! The text for a report to PHAROS: public content only.
//!
//! In: the messages under examination that stand at a public address, the facts that the case
//! states. Out: what the form asks. Nothing without a public address. Refuses: private messages.
//! Insult and defamation have no place there: the text says so, and no press offence is named.

use faisceau_graph::law::Fact;

use super::attached::{said, texts};
use super::deadlines::when;
use super::desk::{Desk, section};
use super::posts::{Item, support_of};
use super::share::shown;
use crate::kind::DocumentKind;
use crate::model::{Block, Callout, Document};
use crate::sentence::Support;
use crate::writer::{Limit, Writer, column};

/// Messages listed.
const MESSAGES: usize = 100;

pub(super) fn draft(desk: &Desk<'_>) -> Option<Document> {
    let located: Vec<&Item<'_>> = desk.items().filter(|item| item.located()).collect();
    if located.is_empty() {
        return None;
    }
    let mut w = Writer::default();
    let w = &mut w;
    let words = &texts().pharos;
    let before = Callout { title: "Avant de signaler".to_owned(), statements: said(&words.before) };
    let mut blocks = vec![Block::Callout(before)];
    if desk.input.stated.states(Fact::Minor) {
        let text = "Le dossier déclare la victime mineure.";
        let mut paragraph = vec![w.say(text, Support::one("set:case.facts"))];
        paragraph.extend(said(&words.minor));
        blocks.push(Block::Paragraph(paragraph));
    }
    blocks.push(Block::Heading("Ce que le formulaire demande".into()));
    blocks.push(Block::List(said(&words.form)));
    blocks.push(Block::Heading("Description".into()));
    blocks.push(Block::List(desk.grounds(w)));
    blocks.push(messages(desk, &located, w));
    Some(desk.document(DocumentKind::Pharos, vec![section("", blocks)]))
}

fn messages(desk: &Desk<'_>, located: &[&Item<'_>], w: &mut Writer) -> Block {
    let columns = vec![
        column("URL", 10),
        column("Date et heure déclarées (UTC ; Paris)", 7),
        column("Compte", 7),
        column("Ce que dit le message", 10),
        column("Pièce", 3),
    ];
    let share = shown(located, MESSAGES);
    let cells = share.iter().map(|item| {
        let cells = vec![
            item.url(),
            when(&item.post.at),
            desk.index.name_and_key(&item.post.account),
            item.excerpt(),
            item.exhibit(),
        ];
        (cells, item.support())
    });
    let limit =
        Limit::listed(share.len(), ["message", "messages"], support_of(located.iter().copied()));
    w.table("Contenus publics à signaler", columns, cells, located.len(), limit)
}
