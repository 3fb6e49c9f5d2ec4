//! Section 7: what to ask, of whom, before when: of platforms each category apart, of access
//! operators address by address.

mod second_hop;

use faisceau_model::rows::Request;
use faisceau_model::{Head, Maybe};

use crate::french::{count, counted, instant, iso_day, list, paris, term};
use crate::index::{Index, cut};
use crate::model::Block;
use crate::sentence::{Statement, Support};
use crate::text::Text;
use crate::wording::prose;
use crate::writer::{Limit, Writer, column};

const SHOWN: usize = 40;
/// Requests of a head in the body, unless the minimal plan has more.
const IN_BODY: usize = 5;
/// Requests of the minimal plan in the body.
const PLAN_IN_BODY: usize = 15;
/// The column of the ground, left out where one ground serves all rows.
const GROUND: usize = 3;

pub(super) fn blocks(index: &Index<'_>, w: &mut Writer) -> Vec<Block> {
    let mut blocks = vec![
        Block::Paragraph(prose(&index.words.prose.requests)),
        Block::Paragraph(prose(&index.words.prose.order_of_acts)),
        Block::Paragraph(overview(index, w)),
    ];
    for &head in Head::ALL {
        let rows: Vec<&Request> =
            in_order(index).into_iter().filter(|row| row.head == head && row.hop == 1).collect();
        if rows.is_empty() {
            continue;
        }
        let words = index.words.head(head.as_str());
        blocks.push(Block::Heading(words.title.as_str().into()));
        blocks.push(Block::Paragraph(prose(&words.text)));
        let shared = rows.iter().all(|row| ground(row) == ground(rows[0]));
        if shared {
            let support = Support::rows(rows.iter().map(|row| &row.id), &of_head(head));
            blocks.push(Block::Paragraph(vec![shared_ground(&rows, support, w)]));
        }
        blocks.push(table(index, head, &rows, shared, (IN_BODY, w)));
    }
    blocks.extend(second_hop::blocks(index, w));
    blocks
}

/// Annex I: the requests that the body only counts, and those to access operators one by one.
pub(super) fn annex(index: &Index<'_>, w: &mut Writer) -> Vec<Block> {
    let mut blocks = Vec::new();
    for &head in Head::ALL {
        let rows: Vec<&Request> =
            in_order(index).into_iter().filter(|row| row.head == head && row.hop == 1).collect();
        if shown(&rows, IN_BODY).len() < rows.len() {
            let shared = rows.iter().all(|row| ground(row) == ground(rows[0]));
            blocks.push(table(index, head, &rows, shared, (SHOWN, w)));
        }
    }
    blocks.extend(second_hop::annex(index, w));
    if blocks.is_empty() {
        let text = "Toutes les demandes sont en section 7.";
        blocks.push(Block::Paragraph(vec![w.say(text, Support::one("requests"))]));
    }
    blocks
}

/// The ground that all these requests share.
fn shared_ground(rows: &[&Request], support: Support, w: &mut Writer) -> Statement {
    let asked = counted(rows.len(), "demande", "demandes");
    let text = Text::from(format!("Fondement ({asked}) : ")).then(ground(rows[0])).plain(".");
    w.say(text, support)
}

/// Requests by the last day kept, those without one at the end.
pub(crate) fn in_order<'a>(index: &Index<'a>) -> Vec<&'a Request> {
    let mut rows: Vec<&Request> = index.input.requests.iter().collect();
    rows.sort_by(|a, b| {
        let key = |row: &'a Request| (row.last_day.known().is_none(), row.last_day.known());
        key(a)
            .cmp(&key(b))
            .then_with(|| (a.head, &a.addressee, &a.id).cmp(&(b.head, &b.addressee, &b.id)))
    });
    rows
}

/// Whether the data asked for are gone on the day of the note.
pub(crate) fn is_past(index: &Index<'_>, row: &Request) -> bool {
    row.last_day.known().is_some_and(|day| index.is_past(day))
}

/// The requests of a head to platforms.
fn of_head(head: Head) -> String {
    format!("requests?head={head}&hop=1")
}

fn overview(index: &Index<'_>, w: &mut Writer) -> Vec<Statement> {
    let rows = index.input.requests;
    if rows.is_empty() {
        return vec![w.say("Aucune demande ne résulte de l'analyse.", Support::one("requests"))];
    }
    let minimal = rows.iter().filter(|row| row.minimal).count();
    let past: Vec<&Request> = rows.iter().filter(|row| is_past(index, row)).collect();
    let text = format!(
        "{}, dont {} dans le plan minimal.",
        counted(rows.len(), "demande est possible", "demandes sont possibles"),
        count(minimal)
    );
    let mut out = vec![w.say(text, Support::one("requests").and("requests?minimal=true"))];
    if !past.is_empty() {
        let text = format!(
            "Pour {}, le délai de conservation est dépassé au {}.",
            counted(past.len(), "demande", "demandes"),
            crate::french::day(index.input.case.as_of)
        );
        out.push(w.say(text, Support::every(past.iter().map(|row| &row.id), "requests")));
    }
    out
}

fn table(
    index: &Index<'_>,
    head: Head,
    rows: &[&Request],
    shared: bool,
    (room, w): (usize, &mut Writer),
) -> Block {
    let mut columns = vec![
        column("Dernier jour conservé", 6),
        column("Destinataire", 6),
        column("Objet", 10),
        column("Fondement et peine encourue", 7),
        column("Réponse attendue ; à noter", 10),
        column("Plan minimal", 4),
    ];
    if shared {
        columns.remove(GROUND);
    }
    let total = rows.len();
    let shown = shown(rows, room);
    let room = shown.len();
    let cells = shown.into_iter().map(|row| {
        let mut cells = vec![
            last_day(index, row),
            Text::new().data(&row.addressee, 60),
            object(index, row),
            ground(row),
            expected(index, row),
            if row.minimal { Text::new().strong("oui") } else { "–".into() },
        ];
        if shared {
            cells.remove(GROUND);
        }
        (cells, Support::one(&row.id).and_all(row.rows.iter().take(24)))
    });
    let selection = of_head(head);
    let limit = Limit::of(room, ["demande", "demandes"], &selection);
    let in_annex = total.min(SHOWN);
    let limit = if room < in_annex {
        limit.amounting_to(format!(" ; l'annexe I en donne {}", count(in_annex)))
    } else {
        limit
    };
    let caption = format!("Demandes au titre de {head}, par dernier jour de conservation");
    w.table(caption, columns, cells, total, limit)
}

/// The minimal plan, and of the others those with the earliest last days, as far as there is room.
fn shown<'a>(rows: &[&'a Request], room: usize) -> Vec<&'a Request> {
    let mut spare = room.saturating_sub(rows.iter().filter(|row| row.minimal).count());
    let keep = |row: &&&Request| {
        let kept = row.minimal || spare > 0;
        spare -= usize::from(kept && !row.minimal);
        kept
    };
    rows.iter()
        .filter(keep)
        .take(if room < SHOWN { PLAN_IN_BODY } else { SHOWN })
        .copied()
        .collect()
}

pub(crate) fn last_day(index: &Index<'_>, row: &Request) -> Text {
    match &row.last_day {
        Maybe::Known(day) if index.is_past(day) => {
            Text::new().strong("dépassé").plain(format!(" ({})", iso_day(&cut(day))))
        }
        Maybe::Known(day) => Text::new().strong(iso_day(&cut(day))),
        // The contract of a subscription has no known end; a connection has no known instant.
        Maybe::Missing(_) if row.head != Head::C3 && row.ip.known().is_none() => {
            "durée courant de la fin du contrat, date inconnue".into()
        }
        Maybe::Missing(_) => "durée courant de la connexion, instant inconnu".into(),
    }
}

/// What the request bears on: an account, or an address with its port and instant.
pub(super) fn object(index: &Index<'_>, row: &Request) -> Text {
    let Maybe::Known(ip) = &row.ip else {
        return match &row.account {
            Maybe::Known(key) => Text::from("compte ").then(index.name_and_key(key)),
            Maybe::Missing(_) => "sans objet désigné".into(),
        };
    };
    let text = Text::new().code(cut(ip));
    let text = match row.port.known() {
        Some(port) => text.plain(", port ").code(port.to_string()),
        None => text.plain(", ").strong("port absent"),
    };
    match row.at.known() {
        Some(at) => {
            let local = paris(*at).map_or_else(String::new, |local| format!(" ; {local}"));
            text.plain(format!(", le {}{local}", instant(*at)))
        }
        None => text.plain(", instant absent"),
    }
}

fn ground(row: &Request) -> Text {
    let text = match &row.ground {
        // The law files name an article of the criminal code by its number alone.
        Maybe::Known(ground) if ground.bytes().all(|b| b.is_ascii_digit() || b == b'-') => {
            Text::from("faits susceptibles de relever de l'article ")
                .data(ground, 40)
                .plain(" du code pénal")
        }
        Maybe::Known(ground) => Text::from("faits susceptibles de relever de : ").data(ground, 120),
        Maybe::Missing(_) => "à préciser".into(),
    };
    match row.max_penalty.known() {
        Some(years) => text.plain(format!(" ; peine maximale : {}", term(*years))),
        None => text,
    }
}

fn expected(index: &Index<'_>, row: &Request) -> Text {
    let code = cut(&row.expected);
    let text = Text::from(index.words.expected(&code));
    if row.missing.is_empty() {
        return text;
    }
    let missing: Vec<String> =
        row.missing.iter().map(|code| index.words.missing(&cut(code)).to_owned()).collect();
    text.plain(format!(" ; à noter : {}", list(&missing, 5)))
}
