//! Section 6 bis: the mails of the case: who handed each over, who names an origin, what
//! authenticates it.

use std::collections::BTreeMap;

use faisceau_model::rows::{MailOrigin, MailVerdict};
use faisceau_model::{AccountKey, MailMechanism, MailVerdictBy, Trust};

use crate::index::Index;
use crate::language::said;
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
    let lang = index.lang;
    let mut of: BTreeMap<(&AccountKey, &str, Trust), Vec<&MailOrigin>> = BTreeMap::new();
    for row in index.input.mail_origins {
        of.entry((&row.account, &row.verdict, row.trust)).or_default().push(row);
    }
    let columns = vec![
        column(lang.pick("Compte", "Account"), 9),
        numbers(lang.pick("Courriels", "Emails"), 3),
        column(lang.pick("Premier ; dernier vu (UTC)", "First; last seen (UTC)"), 9),
        column(lang.pick("Lecture", "Reading"), 12),
        column(lang.pick("Origine vue par", "Origin seen by"), 6),
    ];
    let total = of.len();
    let cells = of.into_iter().map(|((account, verdict, trust), rows)| {
        let times = || rows.iter().filter_map(|row| row.at.known().copied());
        let period = match times().min().zip(times().max()) {
            Some((first, last)) if first == last => first.to_string(),
            Some((first, last)) => said!(lang, "{first} ; {last}", "{first}; {last}"),
            None => "–".to_owned(),
        };
        let seen = match trust {
            Trust::Trusted => lang.pick("un serveur du destinataire", "a server of the recipient"),
            Trust::Declared => lang.pick("déclarée ou inconnue", "declared or unknown"),
        };
        let cells = vec![
            index.name_and_key(account),
            lang.count(rows.len()).into(),
            period.into(),
            index.words.mail_verdict(verdict).into(),
            seen.into(),
        ];
        (cells, Support::every(rows.iter().map(|row| &row.id), "mail_origins"))
    });
    let limit = Limit::of(GROUPS, lang.pick(["ligne", "lignes"], ["row", "rows"]), "mail_origins");
    let caption = lang.pick(
        "Courriels de chaque compte ; chacun est à l'annexe K",
        "Emails of each account; each is in annex K",
    );
    w.table(caption, columns, cells, total, limit)
}

fn counts(index: &Index<'_>, w: &mut Writer) -> Statement {
    let lang = index.lang;
    let text = said!(
        lang,
        "Le dossier contient {}.",
        "The case contains {}.",
        lang.counted(
            index.input.mail_origins.len(),
            ["courriel dont l'acheminement a été lu", "courriels dont l'acheminement a été lu"],
            ["email whose routing was read", "emails whose routing was read"]
        )
    );
    w.say(text, Support::one("mail_origins"))
}

/// How many origins a trusted server saw itself.
fn trusted(index: &Index<'_>, w: &mut Writer) -> Vec<Statement> {
    let of = |trust| index.input.mail_origins.iter().filter(|row| row.trust == trust).count();
    let lang = index.lang;
    let mails = |trust| lang.counted(of(trust), ["courriel", "courriels"], ["email", "emails"]);
    let text = said!(
        lang,
        "Pour {}, l'adresse d'origine a été vue par un serveur du destinataire ; pour {}, elle \
         n'est que déclarée ou n'est pas connue.",
        "For {}, the address of origin was seen by a server of the recipient; for {}, it is only \
         declared or is not known.",
        mails(Trust::Trusted),
        mails(Trust::Declared),
    );
    let support = Support::one("mail_origins?trust=trusted").and("mail_origins?trust=declared");
    vec![w.say(text, support)]
}

fn backwards(index: &Index<'_>, w: &mut Writer) -> Option<Statement> {
    let notes = |row: &&MailOrigin| row.notes.iter().any(|note| note == "time_runs_backwards");
    let rows: Vec<&MailOrigin> = index.input.mail_origins.iter().filter(notes).collect();
    let number = rows.len();
    let lang = index.lang;
    let text = said!(
        lang,
        "Dans {}, les horloges des serveurs successifs se contredisent.",
        "In {}, the clocks of the successive servers contradict one another.",
        lang.counted(number, ["courriel", "courriels"], ["email", "emails"])
    );
    (number > 0)
        .then(|| w.say(text, Support::every(rows.iter().map(|row| &row.id), "mail_origins")))
}

fn table(index: &Index<'_>, w: &mut Writer) -> Block {
    let lang = index.lang;
    let columns = vec![
        numbers(lang.pick("Pièce", "Exh."), 2),
        column(lang.pick("Compte", "Account"), 6),
        column(lang.pick("Vu le (UTC)", "Seen on (UTC)"), 5),
        column(lang.pick("Remis par", "Handed over by"), 7),
        column(lang.pick("Origine", "Origin"), 7),
        column(lang.pick("Qui la nomme", "Who names it"), 5),
        column(lang.pick("Authentification", "Authentication"), 7),
        column(lang.pick("Lecture", "Reading"), 9),
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
    let nouns = lang.pick(["courriel", "courriels"], ["email", "emails"]);
    let limit = Limit::of(SHOWN, nouns, "mail_origins");
    let caption = lang.pick(
        "D'où vient chaque courriel, et qui le dit",
        "Where each email comes from, and who says so",
    );
    w.table(caption, columns, cells, rows.len(), limit)
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
    let lang = index.lang;
    let results = MailMechanism::ALL.iter().filter_map(|mechanism| {
        let mut words: Vec<String> = Vec::new();
        let of =
            |row: &&&MailVerdict| row.mechanism == *mechanism && row.by != MailVerdictBy::Claimed;
        for row in verdicts.iter().filter(of) {
            let result = index.words.mail_result(row.result.as_str());
            let word = match row.by {
                MailVerdictBy::Recomputed => result.to_owned(),
                _ => said!(lang, "{result} selon le serveur", "{result} according to the server"),
            };
            if !words.contains(&word) {
                words.push(word);
            }
        }
        let name = mechanism.as_str().to_ascii_uppercase();
        let words = words.join(", ");
        let result = || Text::from(said!(lang, "{name} : {words}", "{name}: {words}"));
        (!words.is_empty()).then(result)
    });
    let text = Text::join(results, lang.pick(" ; ", "; "));
    if text.runs().is_empty() { "–".into() } else { text }
}

/// The verdict, the provider to ask, and what must be known with them.
fn reading(index: &Index<'_>, row: &MailOrigin) -> Text {
    let lang = index.lang;
    let mut text = Text::from(index.words.mail_verdict(&row.verdict));
    if let Some(provider) = row.provider.known() {
        let ask = lang.pick(" ; prestataire à interroger : ", "; provider to be asked: ");
        text = text.plain(ask).data(provider, 60);
    }
    let apart = lang.pick(" ; ", "; ");
    row.notes.iter().fold(text, |text, note| text.plain(apart).plain(index.words.mail_note(note)))
}
