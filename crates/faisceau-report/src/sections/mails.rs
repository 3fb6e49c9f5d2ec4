//! Section 6 bis: the mails of the case: who handed each over, who names an origin, what
//! authenticates it.

use std::collections::BTreeMap;

use faisceau_model::rows::{MailOrigin, MailVerdict};
use faisceau_model::{AccountKey, MailMechanism, MailVerdictBy, Trust};

use crate::french::{count, counted};
use crate::index::Index;
use crate::model::Block;
use crate::sentence::{Statement, Support};
use crate::text::Text;
use crate::wording::prose;
use crate::writer::{Limit, Writer, column, numbers};

/// Mails shown.
const SHOWN: usize = 60;
/// Rows of the body.
const GROUPS: usize = 20;

pub(super) fn blocks(index: &Index<'_>, w: &mut Writer) -> Vec<Block> {
    let mut paragraph = vec![counts(index, w)];
    paragraph.extend(trusted(index, w));
    paragraph.extend(backwards(index, w));
    vec![
        Block::Paragraph(paragraph),
        Block::Paragraph(prose(&index.words.prose.mail_boundary)),
        by_account(index, w),
        Block::Paragraph(prose(&index.words.prose.mail_innocent)),
    ]
}

/// Annex K.
pub(super) fn annex(index: &Index<'_>, w: &mut Writer) -> Vec<Block> {
    vec![table(index, w)]
}

/// The mails of each account that read alike.
fn by_account(index: &Index<'_>, w: &mut Writer) -> Block {
    let mut of: BTreeMap<(&AccountKey, &str, Trust), Vec<&MailOrigin>> = BTreeMap::new();
    for row in index.input.mail_origins {
        of.entry((&row.account, &row.verdict, row.trust)).or_default().push(row);
    }
    let columns = vec![
        column("Compte", 9),
        numbers("Courriels", 3),
        column("Premier ; dernier vu (UTC)", 9),
        column("Lecture", 12),
        column("Origine vue par", 6),
    ];
    let total = of.len();
    let cells = of.into_iter().map(|((account, verdict, trust), rows)| {
        let times = || rows.iter().filter_map(|row| row.at.known().copied());
        let period = match times().min().zip(times().max()) {
            Some((first, last)) if first == last => first.to_string(),
            Some((first, last)) => format!("{first} ; {last}"),
            None => "–".to_owned(),
        };
        let seen = match trust {
            Trust::Trusted => "un serveur du destinataire",
            Trust::Declared => "déclarée ou inconnue",
        };
        let cells = vec![
            index.name_and_key(account),
            count(rows.len()).into(),
            period.into(),
            index.words.mail_verdict(verdict).into(),
            seen.into(),
        ];
        (cells, Support::every(rows.iter().map(|row| &row.id), "mail_origins"))
    });
    let limit = Limit::of(GROUPS, ["ligne", "lignes"], "mail_origins");
    w.table("Courriels de chaque compte ; chacun est à l'annexe K", columns, cells, total, limit)
}

fn counts(index: &Index<'_>, w: &mut Writer) -> Statement {
    let text = format!(
        "Le dossier contient {}.",
        counted(
            index.input.mail_origins.len(),
            "courriel dont l'acheminement a été lu",
            "courriels dont l'acheminement a été lu"
        )
    );
    w.say(text, Support::one("mail_origins"))
}

/// How many origins a trusted server saw itself.
fn trusted(index: &Index<'_>, w: &mut Writer) -> Vec<Statement> {
    let of = |trust| index.input.mail_origins.iter().filter(|row| row.trust == trust).count();
    let text = format!(
        "Pour {}, l'adresse d'origine a été vue par un serveur du destinataire ; pour {}, elle \
         n'est que déclarée ou n'est pas connue.",
        counted(of(Trust::Trusted), "courriel", "courriels"),
        counted(of(Trust::Declared), "courriel", "courriels"),
    );
    let support = Support::one("mail_origins?trust=trusted").and("mail_origins?trust=declared");
    vec![w.say(text, support)]
}

fn backwards(index: &Index<'_>, w: &mut Writer) -> Option<Statement> {
    let notes = |row: &&MailOrigin| row.notes.iter().any(|note| note == "time_runs_backwards");
    let rows: Vec<&MailOrigin> = index.input.mail_origins.iter().filter(notes).collect();
    let number = rows.len();
    let text = format!(
        "Dans {}, les horloges des serveurs successifs se contredisent.",
        counted(number, "courriel", "courriels")
    );
    (number > 0)
        .then(|| w.say(text, Support::every(rows.iter().map(|row| &row.id), "mail_origins")))
}

fn table(index: &Index<'_>, w: &mut Writer) -> Block {
    let columns = vec![
        numbers("Pièce", 2),
        column("Compte", 6),
        column("Vu le (UTC)", 5),
        column("Remis par", 7),
        column("Origine", 7),
        column("Qui la nomme", 5),
        column("Authentification", 7),
        column("Lecture", 9),
    ];
    let rows = index.input.mail_origins;
    let cells = rows.iter().map(|row| {
        let verdicts = verdicts(index, row);
        let cells = vec![
            row.exhibit.to_string().into(),
            index.name_and_key(&row.account),
            row.at.known().map_or("–".into(), |at| at.to_string().into()),
            row.handed_over_by.known().map_or("–".into(), |ip| Text::new().code(ip)),
            origin(row),
            claimed(index, row),
            authentication(index, &verdicts),
            reading(index, row),
        ];
        let support = Support::one(&row.id).and_all(verdicts.iter().map(|row| &row.id));
        (cells, support)
    });
    let limit = Limit::of(SHOWN, ["courriel", "courriels"], "mail_origins");
    w.table("D'où vient chaque courriel, et qui le dit", columns, cells, rows.len(), limit)
}

/// The verdicts on one mail.
fn verdicts<'a>(index: &Index<'a>, row: &MailOrigin) -> Vec<&'a MailVerdict> {
    let all = index.input.mail_verdicts.iter();
    all.filter(|verdict| verdict.exhibit == row.exhibit && verdict.place == row.place).collect()
}

fn origin(row: &MailOrigin) -> Text {
    let Some(ip) = row.ip.known() else { return "–".into() };
    let text = Text::new().code(ip);
    match row.port.known() {
        Some(port) => text.plain(format!(", port {port}")),
        None => text,
    }
}

fn claimed(index: &Index<'_>, row: &MailOrigin) -> Text {
    let Some(by) = row.claimed_by.known() else { return "–".into() };
    let code = match (by.as_str(), row.trust) {
        ("received", Trust::Trusted) => "received_trusted",
        ("received", Trust::Declared) => "received_declared",
        _ => return Text::new().code(by),
    };
    index.words.mail_claim(code).into()
}

/// Each mechanism with its results: computed here, or reported by the recipient's server.
fn authentication(index: &Index<'_>, verdicts: &[&MailVerdict]) -> Text {
    let said = MailMechanism::ALL.iter().filter_map(|mechanism| {
        let mut words: Vec<String> = Vec::new();
        let of =
            |row: &&&MailVerdict| row.mechanism == *mechanism && row.by != MailVerdictBy::Claimed;
        for row in verdicts.iter().filter(of) {
            let result = index.words.mail_result(row.result.as_str());
            let word = match row.by {
                MailVerdictBy::Recomputed => result.to_owned(),
                _ => format!("{result} selon le serveur"),
            };
            if !words.contains(&word) {
                words.push(word);
            }
        }
        let name = mechanism.as_str().to_ascii_uppercase();
        (!words.is_empty()).then(|| Text::from(format!("{name} : {}", words.join(", "))))
    });
    let text = Text::join(said, " ; ");
    if text.runs().is_empty() { "–".into() } else { text }
}

/// The verdict, the provider to ask, and what must be known with them.
fn reading(index: &Index<'_>, row: &MailOrigin) -> Text {
    let mut text = Text::from(index.words.mail_verdict(&row.verdict));
    if let Some(provider) = row.provider.known() {
        text = text.plain(" ; prestataire à interroger : ").data(provider, 60);
    }
    row.notes.iter().fold(text, |text, note| text.plain(" ; ").plain(index.words.mail_note(note)))
}
