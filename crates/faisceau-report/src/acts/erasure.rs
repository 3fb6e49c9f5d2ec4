//! Requests for erasure (GDPR, article 17), one an addressee.
//!
//! In: the messages under examination that stand at a public address. Out: a letter for each
//! addressee with the addresses; the law for minors only where the case states that the victim is
//! one. Nothing without a public address.

use faisceau_graph::law::Fact;

use super::attached::{line, said, texts};
use super::desk::{Desk, section};
use super::notices::{addressee, notifier};
use super::posts::{Host, Item, support_of};
use super::share::shown;
use crate::kind::DocumentKind;
use crate::model::{Block, Callout, Document, Section};
use crate::sentence::Support;
use crate::text::Text;
use crate::writer::{Limit, Writer, column};

/// Addresses listed in one letter.
const ADDRESSES: usize = 100;

pub(super) fn draft(desk: &Desk<'_>) -> Option<Document> {
    if !desk.items().any(concerns) {
        return None;
    }
    let mut w = Writer::default();
    let w = &mut w;
    let words = &texts().erasure;
    let before = Callout { title: "Avant d'envoyer".to_owned(), statements: said(&words.before) };
    let mut first = vec![Block::Callout(before), Block::List(said(&words.after))];
    if desk.input.stated.states(Fact::Minor) {
        let text = "Le dossier déclare la victime mineure.";
        let mut paragraph = vec![w.say(text, Support::one("set:case.facts"))];
        paragraph.extend(said(&words.minor));
        first.push(Block::Paragraph(paragraph));
    }
    let mut sections = vec![section("", first)];
    for host in desk.hosts.iter().filter(|host| host.items.iter().any(concerns)) {
        sections.push(letter(desk, host, w));
    }
    Some(desk.document(DocumentKind::Erasure, sections))
}

/// Whether a message has an address and is directed at the claimant or names her: nobody asks for
/// the erasure of what is not about her.
fn concerns(item: &Item<'_>) -> bool {
    item.located() && item.aims
}

fn letter(desk: &Desk<'_>, host: &Host<'_>, w: &mut Writer) -> Section {
    let words = &texts().erasure;
    let located: Vec<&Item<'_>> = host.items.iter().filter(|item| concerns(item)).collect();
    let share = shown(&located, ADDRESSES);
    let columns = vec![
        column("URL", 12),
        column("Identifiant du contenu", 5),
        column("Compte", 8),
        column("Pièce", 3),
    ];
    let cells = share.iter().map(|item| {
        let cells = vec![
            item.url(),
            item.content_id(),
            desk.index.name_and_key(&item.post.account),
            item.exhibit(),
        ];
        (cells, item.support())
    });
    let mut blocks = vec![Block::Paragraph(vec![addressee(host)])];
    blocks.push(Block::List(notifier(desk, w)));
    blocks.extend(said(&words.body).into_iter().map(|said| Block::Paragraph(vec![said])));
    let all = support_of(located.iter().copied());
    let limit = Limit::listed(share.len(), ["adresse", "adresses"], all);
    let caption = Text::from("Données à effacer : ").data(&host.name, 70);
    blocks.push(w.table(caption, columns, cells, located.len(), limit));
    blocks.push(Block::List(said(&words.ground)));
    let sign = Text::from("Fait à ").blank("lieu").plain(", le ").blank("date").plain(".");
    blocks.push(Block::Paragraph(vec![line(sign)]));
    section(&format!("Lettre à : {}", faisceau_model::excerpt(&host.name, 70)), blocks)
}
