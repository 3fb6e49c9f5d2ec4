//! Deadlines of press law message by message, of *délits* by account.

use std::collections::BTreeMap;

use faisceau_model::{AccountKey, PostKind};

use super::super::attached::{said, texts};
use super::super::deadlines::Last;
use super::super::desk::{Desk, section};
use super::super::posts::{Item, support_of};
use crate::french::{count, counted, day};
use crate::model::{Block, Section};
use crate::sentence::{Statement, Support};
use crate::text::Text;
use crate::writer::{Limit, Writer, column, numbers};

/// Messages shown.
const MESSAGES: usize = 150;
/// Accounts shown.
const ACCOUNTS: usize = 200;
const PRESS: &str = "press";
const PRESS_YEAR: &str = "press_discriminatory";
const DELIT: &str = "delit";

/// A message with its deadlines.
struct Dated<'i> {
    item: &'i Item<'i>,
    press: Last,
    year: Option<Last>,
    delit: Last,
}

impl Dated<'_> {
    /// What can still be kept comes first: three months, then perhaps three months, then a year.
    fn urgency(&self) -> (u8, Option<jiff::civil::Date>) {
        match (self.press, self.year) {
            (Last::Open(day), _) => (0, Some(day)),
            (Last::MayBePast(day), _) => (1, Some(day)),
            (Last::Past(_), Some(Last::Open(day))) => (2, Some(day)),
            (Last::Past(_), _) => (3, None),
            (Last::Unknown, _) => (4, None),
        }
    }
}

pub(super) fn sections(desk: &Desk<'_>, w: &mut Writer) -> Vec<Section> {
    let law = desk.input.law;
    let today = desk.today();
    let of = |code: &str, item: &Item<'_>| Last::of(law.deadline(code), item.window, today);
    let public = |item: &Item<'_>| matches!(item.post.kind, PostKind::Public | PostKind::Forwarded);
    let mut dated: Vec<Dated<'_>> = desk
        .items()
        .map(|item| Dated {
            item,
            press: of(PRESS, item),
            // Not public: three months, even for what a motive would bring to a year.
            year: public(item).then(|| of(PRESS_YEAR, item)),
            delit: of(DELIT, item),
        })
        .collect();
    if dated.is_empty() {
        return Vec::new();
    }
    dated.sort_by(|a, b| {
        let key = |d: &Dated<'_>| (d.urgency(), d.press, !d.item.aims);
        key(a).cmp(&key(b)).then_with(|| a.item.post.id.cmp(&b.item.post.id))
    });
    let words = &texts().checklist;
    let press = vec![
        Block::List(said(&words.press)),
        Block::List(overview(&dated, w)),
        messages(desk, &dated, w),
    ];
    let delits = vec![Block::Paragraph(said(&words.delits)), accounts(desk, &dated, w)];
    vec![
        section("Droit de la presse, message par message", press),
        section("Prescription des délits, compte par compte", delits),
    ]
}

/// How many messages each state holds.
fn overview(dated: &[Dated<'_>], w: &mut Writer) -> Vec<Statement> {
    type Keep = fn(&Dated<'_>) -> bool;
    let states: [(&str, &str, &str, Keep); 5] = [
        ("message", "messages", "trois mois encore ouverts", |d| d.press.open().is_some()),
        ("message", "messages", "trois mois peut-être dépassés", |d| {
            matches!(d.press, Last::MayBePast(_))
        }),
        ("message", "messages", "trois mois dépassés", |d| matches!(d.press, Last::Past(_))),
        (
            "message public",
            "messages publics",
            "un an (mobile discriminatoire) encore ouvert, trois mois non",
            |d| d.press.open().is_none() && d.year.is_some_and(|last| last.open().is_some()),
        ),
        ("message", "messages", "date inconnue, aucun jour calculé", |d| d.press == Last::Unknown),
    ];
    let mut out = Vec::new();
    for (one, many, what, keep) in states {
        let kept: Vec<&Dated<'_>> = dated.iter().filter(|d| keep(d)).collect();
        if let Some(first) = kept.first() {
            let next = match first.press {
                Last::Open(date) if what.ends_with("ouverts") => {
                    format!(" ; premier dernier jour : {}", day(date))
                }
                _ => String::new(),
            };
            let text = format!("{} : {what}{next}.", counted(kept.len(), one, many));
            out.push(w.say(text, support_of(kept.iter().map(|d| d.item))));
        }
    }
    out
}

fn messages(desk: &Desk<'_>, dated: &[Dated<'_>], w: &mut Writer) -> Block {
    let columns = vec![
        column("Trois mois (art. 65)", 8),
        column("Un an (art. 65-3)", 8),
        column("Compte", 7),
        column("Message", 11),
        column("Instant déclaré (UTC ; Paris)", 8),
        column("Pièce", 3),
    ];
    let cells = dated.iter().take(MESSAGES).map(|d| {
        let place = if d.item.located() { d.item.url() } else { d.item.excerpt() };
        let cells = vec![
            d.press.text(),
            d.year.map_or_else(|| "non public : trois mois".into(), Last::text),
            desk.index.name_and_key(&d.item.post.account),
            place,
            d.item.declared(),
            d.item.exhibit(),
        ];
        (cells, d.item.dated_support())
    });
    let all = support_of(dated.iter().map(|d| d.item));
    let limit = Limit::listed(MESSAGES, ["message", "messages"], all);
    let caption = "Dernier jour de chaque message, le plus proche encore ouvert d'abord";
    w.table(caption, columns, cells, dated.len(), limit)
}

fn accounts(desk: &Desk<'_>, dated: &[Dated<'_>], w: &mut Writer) -> Block {
    let mut of: BTreeMap<&AccountKey, Vec<&Dated<'_>>> = BTreeMap::new();
    for d in dated {
        of.entry(&d.item.post.account).or_default().push(d);
    }
    let columns = vec![
        column("Compte", 8),
        numbers("Messages", 3),
        numbers("Sans date", 3),
        column("Six ans, premier message daté", 6),
        column("Six ans, dernier message daté (harcèlement, à vérifier)", 7),
    ];
    let total = of.len();
    let cells = of.into_iter().map(|(key, rows)| {
        let known = |d: &&&Dated<'_>| d.delit != Last::Unknown;
        let day_of = |last: Last| match last {
            Last::Open(day) | Last::MayBePast(day) | Last::Past(day) => Some(day),
            Last::Unknown => None,
        };
        let first = rows.iter().filter(known).min_by_key(|d| (day_of(d.delit), d.delit));
        let last = rows.iter().filter(known).max_by_key(|d| (day_of(d.delit), d.delit));
        let undated = rows.iter().filter(|d| d.delit == Last::Unknown).count();
        let text = |d: Option<&&Dated<'_>>| d.map_or(Last::Unknown, |d| d.delit).text();
        let cells: Vec<Text> = vec![
            desk.index.name_and_key(key),
            count(rows.len()).into(),
            count(undated).into(),
            text(first),
            text(last),
        ];
        (cells, Support::every(rows.iter().map(|d| &d.item.post.id), "posts"))
    });
    let limit = Limit::listed(ACCOUNTS, ["compte", "comptes"], Support::one("posts"));
    w.table("Action publique des délits", columns, cells, total, limit)
}
