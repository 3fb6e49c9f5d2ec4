//! What the words of a header say of its column.
//!
//! In: a header. Out: the values that it may name, and how surely. Refused: other languages than
//! French and English; the shape of the cells remains.

use faisceau_model::SubscriberCategory as Datum;

use super::Role::{self, Column, Since, Subscriber};

/// A role and the words that name it, without accents.
const WORDS: [(Role, &[&str]); 26] = [
    (Column("ip"), &["ip", "adresse ip", "ip address", "client ip", "source ip", "remote addr"]),
    (Column("port"), &["port", "port source", "source port", "ip port"]),
    (
        Column("time"),
        &[
            "date",
            "time",
            "date heure",
            "date et heure",
            "date time",
            "datetime",
            "timestamp",
            "horodatage",
            "created",
            "created at",
            "posted",
            "published",
            "debut",
            "start",
        ],
    ),
    (Column("clock"), &["heure", "time", "hour", "clock"]),
    (
        Column("user_agent"),
        &["user agent", "useragent", "navigateur", "browser", "appareil", "device", "terminal"],
    ),
    (
        Column("action"),
        &["action", "event", "evenement", "operation", "activity", "activite", "type"],
    ),
    (
        Column("account_id"),
        &[
            "account id",
            "user id",
            "userid",
            "uid",
            "author id",
            "author uid",
            "id compte",
            "id utilisateur",
            "id du compte",
            "dsid",
            "ds id",
        ],
    ),
    (
        Column("handle"),
        &[
            "username",
            "user name",
            "pseudo",
            "pseudonyme",
            "handle",
            "screen name",
            "login",
            "identifiant",
            "utilisateur",
            "nom d utilisateur",
            "user",
            "author",
            "auteur",
            "compte",
            "membre",
            "apple id",
        ],
    ),
    (Column("display_name"), &["display name", "nom affiche", "nom public", "author name"]),
    (
        Column("text"),
        &[
            "message",
            "texte",
            "text",
            "contenu",
            "content",
            "body",
            "commentaire",
            "comment",
            "post",
            "publication",
        ],
    ),
    (Column("content_id"), &["id", "message id", "post id", "content id", "id message"]),
    (Column("permalink"), &["url", "lien", "link", "permalink"]),
    (
        Column("thread"),
        &["thread", "topic", "sujet", "fil", "conversation", "discussion", "channel", "salon"],
    ),
    (Column("target"), &["destinataire", "recipient", "to", "target"]),
    (Column("lang"), &["lang", "langue", "language"]),
    (Column("media"), &["media", "files", "fichiers", "pieces jointes", "attachments"]),
    (
        Subscriber(Datum::Birth),
        &[
            "naissance",
            "date de naissance",
            "lieu de naissance",
            "ne le",
            "nee le",
            "birth date",
            "date of birth",
            "birthday",
            "dob",
        ],
    ),
    (
        Subscriber(Datum::Email),
        &["email", "e mail", "mail", "courriel", "adresse e mail", "adresse email", "adresse mail"],
    ),
    (
        Subscriber(Datum::Phone),
        &[
            "telephone",
            "tel",
            "phone",
            "phone number",
            "numero de telephone",
            "mobile",
            "portable",
            "msisdn",
            "ligne",
            "numero d appel",
        ],
    ),
    (
        Subscriber(Datum::Name),
        &[
            "nom",
            "prenom",
            "nom prenom",
            "nom et prenom",
            "name",
            "first name",
            "last name",
            "full name",
            "subscriber name",
            "raison sociale",
            "titulaire",
            "abonne",
        ],
    ),
    (
        Subscriber(Datum::PostalAddress),
        &[
            "adresse",
            "adresse postale",
            "address",
            "postal address",
            "code postal",
            "postal code",
            "zip",
            "ville",
            "commune",
            "city",
            "rue",
            "street",
        ],
    ),
    (
        Subscriber(Datum::Payment),
        &["iban", "rib", "bic", "carte bancaire", "paiement", "moyen de paiement", "payment"],
    ),
    (
        Subscriber(Datum::Identifier),
        &[
            "imei",
            "imsi",
            "iccid",
            "contrat",
            "numero de contrat",
            "contract",
            "customer id",
            "numero client",
            "reference client",
            "identifiant client",
            "mac",
            "adresse mac",
        ],
    ),
    (
        Since,
        &[
            "date de souscription",
            "souscription",
            "date d abonnement",
            "date d activation",
            "activation",
            "client depuis",
            "since",
            "subscription date",
        ],
    ),
    (Column("client"), &["client", "application", "app", "source"]),
    (Column("kind"), &["kind", "nature"]),
];

/// How well a header names a role: whole headers before parts of them, more words before fewer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Fit {
    whole: bool,
    words: usize,
}

impl Fit {
    /// No word at all: only the cells speak.
    pub(super) const SHAPE: Self = Self { whole: false, words: 0 };

    /// Whether the header is these words and no others.
    pub(super) const fn is_whole(self) -> bool {
        self.whole
    }
}

/// The roles that a header may name, best first.
pub(super) fn roles(header: &str) -> Vec<(Fit, Role)> {
    let header = tidy(header);
    let padded = format!(" {header} ");
    let mut found: Vec<(Fit, Role)> = Vec::new();
    for (role, phrases) in WORDS {
        let fits = phrases.iter().filter(|phrase| padded.contains(&format!(" {phrase} ")));
        let fit =
            fits.map(|phrase| Fit { whole: **phrase == header, words: phrase.split(' ').count() });
        found.extend(fit.max().map(|fit| (fit, role)));
    }
    // Stable: among equals the order of the words above.
    found.sort_by(|(a, _), (b, _)| b.cmp(a));
    found
}

/// A header in lower case, without accents, in words: `userAgent`, `user_agent` and `User-Agent`
/// are one.
pub(crate) fn tidy(header: &str) -> String {
    let mut text = String::new();
    let mut lower = false;
    for c in header.chars().take(200) {
        if c.is_uppercase() && lower {
            text.push(' ');
        }
        lower = c.is_lowercase();
        text.extend(plain(c).to_lowercase());
    }
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

fn plain(c: char) -> char {
    match c {
        'à' | 'â' | 'ä' | 'À' | 'Â' => 'a',
        'é' | 'è' | 'ê' | 'ë' | 'É' | 'È' | 'Ê' => 'e',
        'î' | 'ï' | 'Î' => 'i',
        'ô' | 'ö' | 'Ô' => 'o',
        'ù' | 'û' | 'ü' | 'Ù' => 'u',
        'ç' | 'Ç' => 'c',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_told_in_any_spelling() {
        for (header, role) in [
            ("Adresse IP", Column("ip")),
            ("userAgent", Column("user_agent")),
            ("User-Agent", Column("user_agent")),
            ("Adresse e-mail", Subscriber(Datum::Email)),
            ("Date de naissance", Subscriber(Datum::Birth)),
            ("Prénom", Subscriber(Datum::Name)),
            ("author.uid", Column("account_id")),
            ("Date/Heure (UTC)", Column("time")),
            ("N° de téléphone", Subscriber(Datum::Phone)),
            ("Port source", Column("port")),
            ("Nom d'utilisateur", Column("handle")),
        ] {
            assert_eq!(roles(header).first().map(|(_, role)| *role), Some(role), "{header}");
        }
        assert_eq!(roles("xyz"), []);
    }
}
