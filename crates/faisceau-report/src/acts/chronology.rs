//! The chronology of an act: one row a message, as a judge or an operator needs it designated.
//!
//! In: the messages of the accounts. Out: a table in the order of time with handle at capture and
//! immutable id, permalink and content id, UTC and Paris, source and precision, exhibit, and until
//! when connection data are kept. At most [`SHOWN`] rows, the newest, for only they are still kept;
//! the rest is counted and stands in the table of the case.

use faisceau_model::rows::Post;
use faisceau_model::{AccountKey, Maybe, Moment, PostKind, Precision, ZoneSource, excerpt};

use super::drafting::Drafting;
use super::targets::is_mailbox;
use crate::french::{counted, day, paris};
use crate::index::{NAME, cut, of_account};
use crate::language::Language;
use crate::model::Block;
use crate::sections::links::masked;
use crate::sentence::{Statement, Support};
use crate::text::Text;
use crate::writer::{Limit, Writer, column};

/// Messages shown in one act.
pub(super) const SHOWN: usize = 1000;
/// Characters of a message shown, and of its address, which an act must give whole.
const WORDS: usize = 300;
const URL: usize = 1000;

/// The messages of some accounts, chosen for one act.
pub(super) struct Chronology<'a> {
    /// The newest of them, in the order of time; those without a time last.
    pub(super) shown: Vec<&'a Post>,
    /// All of them.
    pub(super) total: usize,
    /// The messages of each account as selections.
    selections: Vec<String>,
}

impl<'a> Chronology<'a> {
    pub(super) fn of(d: &Drafting<'a>, keys: &[&AccountKey]) -> Self {
        let mut all: Vec<&Post> = keys.iter().flat_map(|key| d.posts_of(key)).copied().collect();
        all.sort_by(|a, b| {
            let key =
                |post: &Post| (post.at.known().is_none(), post.at.known().map(|at| at.at_us()));
            key(a).cmp(&key(b)).then_with(|| a.id.cmp(&b.id))
        });
        let total = all.len();
        let dated = all.partition_point(|post| post.at.known().is_some());
        // The newest dated ones, then as many of the others as there is room for.
        let rest = SHOWN.saturating_sub(dated);
        let start = dated.saturating_sub(SHOWN);
        let shown = all.into_iter().skip(start).take(dated - start + rest).collect();
        let selections = keys.iter().map(|key| of_account("posts", key)).collect();
        Self { shown, total, selections }
    }

    fn all(&self) -> Support {
        Support::every(&self.selections, "posts")
    }

    /// The exhibits of the messages shown.
    pub(super) fn exhibits(&self) -> impl Iterator<Item = faisceau_model::ExhibitNo> {
        self.shown.iter().map(|post| post.exhibit)
    }

    /// How many messages, by how many accounts, over what period.
    pub(super) fn overview(&self, accounts: usize, pieces: Text, w: &mut Writer) -> Statement {
        let of = match accounts {
            1 => "d'un compte désigné".to_owned(),
            n => format!("de {}", counted(n, "compte désigné", "comptes désignés")),
        };
        let mut text = Text::from(format!(
            "Le dossier contient {} {of}",
            counted(self.total, "message", "messages")
        ));
        let times = self.shown.iter().filter_map(|post| post.at.known());
        let (first, last) = (times.clone().min(), times.max());
        if let Some((first, last)) = first.zip(last) {
            let shown = if self.total > self.shown.len() {
                ", pour ceux qui sont énumérés ici"
            } else {
                ""
            };
            text = text.plain(format!(
                ", du {} au {} en UTC{shown}",
                crate::french::iso_day(&first.day_utc()),
                crate::french::iso_day(&last.day_utc()),
            ));
        }
        w.say(text.plain(" (").then(pieces).plain(")."), self.all())
    }

    /// What is said of messages whose connection data are no longer due.
    pub(super) fn past(&self, d: &Drafting<'_>, w: &mut Writer) -> Option<Statement> {
        let today = d.input.note.case.as_of;
        let is_past = |post: &&Post| d.kept(&post.at).is_past();
        let past: Vec<&Post> = self.shown.iter().copied().filter(is_past).collect();
        if past.is_empty() {
            return None;
        }
        let text = format!(
            "Pour {} de ceux qui sont énumérés, le délai d'un an de conservation des données de connexion est dépassé au {} : ces données ne sont plus dues et ne sont demandées que si elles sont encore détenues.",
            counted(past.len(), "message", "messages"),
            day(today),
        );
        Some(w.say(text, Support::every(past.iter().map(|post| &post.id), "posts")))
    }

    /// The table.
    pub(super) fn table(&self, d: &Drafting<'_>, w: &mut Writer) -> Block {
        let columns = vec![
            column("Compte", 8),
            column("Message et adresse", 15),
            column("UTC", 5),
            column("Paris", 5),
            column("Source et précision", 5),
            column("Conservé jusqu'au", 7),
        ];
        let rows = self.shown.iter().map(|post| {
            let cells = vec![
                account(d, &post.account),
                message(post),
                utc(d, &post.at),
                local(&post.at),
                source(d, post),
                d.kept(&post.at).text(),
            ];
            (cells, Support::one(&post.id))
        });
        let limit = Limit::of(SHOWN, ["message", "messages"], "posts").resting_on(self.all());
        let caption = "Messages, dans l'ordre du temps, avec le dernier jour de conservation des données de connexion";
        w.table(caption, columns, rows, self.total, limit)
    }
}

/// The handle at capture and the immutable id; a mailbox is its address.
fn account(d: &Drafting<'_>, key: &AccountKey) -> Text {
    let known = d.index.accounts.get(key);
    let name = known.and_then(|known| known.names().first().copied());
    let named = name.map(|name| Text::new().quoted(Language::French, name, NAME));
    match (known.and_then(|known| known.native_id), named) {
        (Some(id), Some(named)) => named.plain(", id ").code(cut(id)),
        (Some(id), None) => Text::from("id ").code(cut(id)),
        (None, _) if is_mailbox(key) => Text::new().code(key.native().trim_start_matches('@')),
        (None, Some(named)) => named.plain(", ").strong("identifiant immuable inconnu"),
        (None, None) => Text::new().code(cut(key.as_str())),
    }
}

/// The start of the message, then its address and its content id.
fn message(post: &Post) -> Text {
    let text = match &post.text {
        Maybe::Known(words) if !words.trim().is_empty() => {
            Text::new().quoted(Language::French, &masked(&excerpt(words.trim(), 4 * WORDS)), WORDS)
        }
        _ => Text::from("sans texte"),
    };
    let text = text.plain(" ; ");
    let text = match (&post.permalink, post.kind) {
        (Maybe::Known(url), _) => text.data(url, URL),
        (Maybe::Missing(_), PostKind::Private | PostKind::Mail) => {
            text.plain("message non public, sans adresse")
        }
        (Maybe::Missing(_), _) => text.strong("adresse non relevée"),
    };
    match &post.content_id {
        Maybe::Known(id) => text.plain(" ; id ").code(cut(id)),
        Maybe::Missing(_) => text.plain(" ; identifiant du contenu inconnu"),
    }
}

/// The instant in UTC, cut to its precision.
pub(super) fn utc(d: &Drafting<'_>, at: &Maybe<Moment>) -> Text {
    match at {
        Maybe::Known(at) => at.to_string().into(),
        Maybe::Missing(why) => Text::new()
            .strong("date inconnue")
            .plain(format!(" ({})", d.index.words.absent(why.as_str()))),
    }
}

/// The same on the clocks of Paris, with its offset.
pub(super) fn local(at: &Maybe<Moment>) -> Text {
    at.known().and_then(|at| paris(*at)).map_or("–".into(), Text::from)
}

/// How precise an instant is, and its zone where the record does not say it.
pub(super) fn precision(d: &Drafting<'_>, at: Moment) -> Text {
    let text = Text::from(match at.precision() {
        Precision::Micro => "à la microseconde",
        Precision::Milli => "à la milliseconde",
        Precision::Second => "à la seconde",
        Precision::Minute => "à la minute",
        Precision::Hour => "à l'heure",
        Precision::Day => "au jour",
        Precision::Month => "au mois",
        Precision::Year => "à l'année",
        Precision::Interval => "dans un intervalle",
    });
    match at.zone() {
        ZoneSource::Explicit | ZoneSource::Unix => text,
        zone => text.plain(", ").strong(d.index.words.zone(zone.as_str())),
    }
}

/// The exhibit whose time stamp it is, and how precise.
fn source(d: &Drafting<'_>, post: &Post) -> Text {
    let text = Text::from(format!("pièce n° {}", post.exhibit));
    let Some(at) = post.at.known() else { return text };
    let text = text.plain(", ").then(precision(d, *at));
    match post.stamped.known() {
        Some(stamped) => text.plain(format!(" ; reçu par le serveur le {stamped}")),
        None => text,
    }
}
