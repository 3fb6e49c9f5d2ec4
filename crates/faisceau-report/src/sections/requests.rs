//! Section 7: what to ask, of whom, before when: of platforms each category apart, of access
//! operators address by address.

mod second_hop;

use faisceau_model::rows::Request;
use faisceau_model::{Head, Maybe, Moment};

use crate::french::paris;
use crate::index::{Index, cut};
use crate::language::{Language, said};
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
        let shared = have_one_ground(&rows);
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
            let shared = have_one_ground(&rows);
            blocks.push(table(index, head, &rows, shared, (SHOWN, w)));
        }
    }
    blocks.extend(second_hop::annex(index, w));
    if blocks.is_empty() {
        let text = w
            .lang
            .pick("Toutes les demandes sont en section 7.", "All the requests are in section 7.");
        blocks.push(Block::Paragraph(vec![w.say(text, Support::one("requests"))]));
    }
    blocks
}

/// Whether one ground serves all these requests, in the words of either language.
fn have_one_ground(rows: &[&Request]) -> bool {
    let of = |row: &Request| ground(Language::French, row);
    rows.iter().all(|row| of(row) == of(rows[0]))
}

/// The ground that all these requests share.
fn shared_ground(rows: &[&Request], support: Support, w: &mut Writer) -> Statement {
    let lang = w.lang;
    let asked = lang.counted(rows.len(), ["demande", "demandes"], ["request", "requests"]);
    let text = Text::from(said!(lang, "Fondement ({asked}) : ", "Ground ({asked}): "));
    let text = text.then(ground(lang, rows[0])).plain(".");
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
    let lang = index.lang;
    let rows = index.input.requests;
    if rows.is_empty() {
        let text = lang.pick(
            "Aucune demande ne résulte de l'analyse.",
            "No request follows from the analysis.",
        );
        return vec![w.say(text, Support::one("requests"))];
    }
    let minimal = rows.iter().filter(|row| row.minimal).count();
    let past: Vec<&Request> = rows.iter().filter(|row| is_past(index, row)).collect();
    let text = said!(
        lang,
        "{}, dont {} dans le plan minimal.",
        "{}, of which {} in the minimal plan.",
        lang.counted(
            rows.len(),
            ["demande est possible", "demandes sont possibles"],
            ["request is possible", "requests are possible"],
        ),
        lang.count(minimal)
    );
    let mut out = vec![w.say(text, Support::one("requests").and("requests?minimal=true"))];
    if !past.is_empty() {
        let text = said!(
            lang,
            "Pour {}, le délai de conservation est dépassé au {}.",
            "For {}, the retention period has expired as at {}.",
            lang.counted(past.len(), ["demande", "demandes"], ["request", "requests"]),
            lang.day(index.input.case.as_of)
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
    let lang = index.lang;
    let mut columns = vec![
        column(lang.pick("Dernier jour conservé", "Last day of retention"), 6),
        column(lang.pick("Destinataire", "Addressee"), 6),
        column(lang.pick("Objet", "Subject"), 10),
        column(lang.pick("Fondement et peine encourue", "Ground and maximum penalty"), 7),
        column(lang.pick("Réponse attendue ; à noter", "Expected answer; notes"), 10),
        column(lang.pick("Plan minimal", "Minimal plan"), 4),
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
            ground(lang, row),
            expected(index, row),
            planned(lang, row),
        ];
        if shared {
            cells.remove(GROUND);
        }
        (cells, Support::one(&row.id).and_all(row.rows.iter().take(24)))
    });
    let selection = of_head(head);
    let nouns = lang.pick(["demande", "demandes"], ["request", "requests"]);
    let limit = Limit::of(room, nouns, &selection);
    let in_annex = total.min(SHOWN);
    let limit = if room < in_annex {
        let in_annex = lang.count(in_annex);
        limit.amounting_to(said!(
            lang,
            " ; l'annexe I en donne {in_annex}",
            "; annex I gives {in_annex}"
        ))
    } else {
        limit
    };
    let caption = said!(
        lang,
        "Demandes au titre de {head}, par dernier jour de conservation",
        "Requests under {head}, by last day of retention"
    );
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

/// Whether the minimal plan has it.
fn planned(lang: Language, row: &Request) -> Text {
    if row.minimal { Text::new().strong(lang.pick("oui", "yes")) } else { "–".into() }
}

pub(crate) fn last_day(index: &Index<'_>, row: &Request) -> Text {
    let lang = index.lang;
    match &row.last_day {
        Maybe::Known(day) if index.is_past(day) => Text::new()
            .strong(lang.pick("dépassé", "expired"))
            .plain(format!(" ({})", lang.iso_day(&cut(day)))),
        Maybe::Known(day) => Text::new().strong(lang.iso_day(&cut(day))),
        // The contract of a subscription has no known end; a connection has no known instant.
        Maybe::Missing(_) if row.head != Head::C3 && row.ip.known().is_none() => {
            let fr = "durée courant de la fin du contrat, date inconnue";
            lang.pick(fr, "period running from the end of the contract, date unknown").into()
        }
        Maybe::Missing(_) => lang
            .pick(
                "durée courant de la connexion, instant inconnu",
                "period running from the connection, instant unknown",
            )
            .into(),
    }
}

/// What the request bears on: an account, or an address with its port and instant.
pub(super) fn object(index: &Index<'_>, row: &Request) -> Text {
    let lang = index.lang;
    let Maybe::Known(ip) = &row.ip else {
        return match &row.account {
            Maybe::Known(key) => {
                Text::from(lang.pick("compte ", "account ")).then(index.name_and_key(key))
            }
            Maybe::Missing(_) => lang.pick("sans objet désigné", "no subject named").into(),
        };
    };
    let text = Text::new().code(cut(ip));
    // These words are the same in both languages.
    let text = match row.port.known() {
        Some(port) => text.plain(", port ").code(port.to_string()),
        None => text.plain(", ").strong("port absent"),
    };
    match row.at.known() {
        Some(at) => text.plain(said!(
            lang,
            ", le {}{}",
            ", on {}{}",
            lang.instant(*at),
            in_paris(lang, *at)
        )),
        None => text.plain(", instant absent"),
    }
}

/// The same instant on the clocks of Paris, behind another.
fn in_paris(lang: Language, at: Moment) -> String {
    let apart = lang.pick(" ; ", "; ");
    paris(at).map_or_else(String::new, |local| format!("{apart}{local}"))
}

fn ground(lang: Language, row: &Request) -> Text {
    let text = match &row.ground {
        // The law files name an article of the criminal code by its number alone.
        Maybe::Known(ground) if ground.bytes().all(|b| b.is_ascii_digit() || b == b'-') => {
            let facts = lang.pick(
                "faits susceptibles de relever de l'article ",
                "facts that may fall under article ",
            );
            Text::from(facts)
                .data(ground, 40)
                .plain(lang.pick(" du code pénal", " of the Criminal Code"))
        }
        Maybe::Known(ground) => {
            let facts =
                lang.pick("faits susceptibles de relever de : ", "facts that may fall under: ");
            Text::from(facts).data(ground, 120)
        }
        Maybe::Missing(_) => lang.pick("à préciser", "to be specified").into(),
    };
    match row.max_penalty.known() {
        Some(years) => text.plain(said!(
            lang,
            " ; peine maximale : {}",
            "; maximum penalty: {}",
            lang.term(*years)
        )),
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
    let missing = index.lang.list(&missing, 5);
    text.plain(said!(index.lang, " ; à noter : {missing}", "; note: {missing}"))
}
