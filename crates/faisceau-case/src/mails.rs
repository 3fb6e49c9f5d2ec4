//! Authenticates the mails among the exhibits and says where each came from.
//!
//! In: the mails and hops of a run, the DNS answers among its exhibits, `[mail]` of `case.toml`.
//! Out: verdicts and origins; the hops learn which of them are trusted; a use of the address of a
//! client that the recipient's server saw. The bytes of each mail are read again from its exhibit,
//! whose hash the run has checked.
//!
//! Trap: who wrote `From` may not be who used the address. Unless the domain of `From` is
//! authenticated, the use is marked as declared: the operator is asked, and no account is compared
//! by it.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

use faisceau_enrich::{Bench, Judged, Mail, Recipients, Records, judge};
use faisceau_import::mail_again;
use faisceau_model::rows::{Connection, MailHop, MailOrigin, MailVerdict};
use faisceau_model::{ExhibitNo, MailMechanism, MailResult, MailVerdictBy, Maybe, Place, Trust};

use crate::bundled::mail_providers;
use crate::case::Case;
use crate::error::CaseError;
use crate::ingest::{Ingested, MailFound, can_be_answered};

/// Largest mail that is read again; the importers take no larger one.
const MAX_MAIL: u64 = 64 << 20;

/// What was found of the mails of a run.
#[derive(Debug, Default)]
pub(crate) struct JudgedMails {
    pub(crate) verdicts: Vec<MailVerdict>,
    pub(crate) origins: Vec<MailOrigin>,
    /// Addresses of clients that a server of the recipient saw.
    pub(crate) seen: Vec<Connection>,
}

impl Case {
    /// The verdicts on each mail and its origin; completes the hops.
    pub(crate) fn judge_mails(&self, ingested: &mut Ingested) -> Result<JudgedMails, CaseError> {
        let mut all = JudgedMails::default();
        let mails = std::mem::take(&mut ingested.mails);
        if mails.is_empty() {
            return Ok(all);
        }
        let bench = Bench {
            recipients: &self.recipients()?,
            records: &Records::of(&ingested.names),
            providers: &mail_providers()?,
        };
        // A stable sort keeps the hops of one mail in their order, from the sender up.
        ingested.mail_hops.sort_by(|a, b| key(a).cmp(&key(b)));
        let mut opened = None;
        for mail in &mails {
            let raw = self.mail_bytes(mail, &mut opened)?;
            let hops = hops_of(&mut ingested.mail_hops, mail);
            let judged = judge(&described(mail, &raw, hops), &bench);
            for hop in hops.iter_mut().rev().take(judged.trusted) {
                hop.trust = Trust::Trusted;
            }
            all.seen.extend(seen(&judged, hops));
            all.verdicts.extend(judged.verdicts);
            all.origins.push(judged.origin);
        }
        Ok(all)
    }

    fn recipients(&self) -> Result<Recipients, CaseError> {
        let entries = &self.settings().mail.trusted;
        Recipients::parse(entries).map_err(|entry| CaseError::Settings {
            path: self.root().join("case.toml"),
            message: format!("[mail] trusted: `{entry}` is no host and no range"),
        })
    }

    /// The bytes of a mail, once more. A box stays open from one mail to the next.
    fn mail_bytes(
        &self,
        mail: &MailFound,
        opened: &mut Option<(ExhibitNo, File)>,
    ) -> Result<Vec<u8>, CaseError> {
        let read = |opened: &mut Option<(ExhibitNo, File)>| -> io::Result<Vec<u8>> {
            let file = match opened.take() {
                Some((exhibit, file)) if exhibit == mail.exhibit => file,
                _ => self.store.open_exhibit(mail.exhibit)?,
            };
            let (_, file) = opened.insert((mail.exhibit, file));
            let (start, len) = match mail.place {
                Place::Bytes { start, len } => (start, len),
                _ => (0, MAX_MAIL),
            };
            file.seek(SeekFrom::Start(start))?;
            let mut bytes = Vec::new();
            file.take(len.min(MAX_MAIL)).read_to_end(&mut bytes)?;
            Ok(mail_again(&bytes, &mail.place))
        };
        read(opened).map_err(|source| CaseError::Place {
            exhibit: mail.exhibit.to_string(),
            place: mail.place.to_string(),
            source,
        })
    }
}

/// The use of an address by a client that handed its mail to the recipient's server itself, where an
/// operator can answer from it.
fn seen(judged: &Judged, hops: &[MailHop]) -> Option<Connection> {
    let origin = &judged.origin;
    if origin.verdict != "direct_from_client" || origin.trust != Trust::Trusted {
        return None;
    }
    let gate = hops.get(hops.len().checked_sub(judged.trusted)?)?;
    let ip = origin.ip.known()?.clone();
    let server = gate.by.known().map_or("mail", String::as_str);
    // The reader of mails has given the first number of this place to `X-Originating-IP`.
    let connection = Connection {
        account: Maybe::Known(origin.account.clone()),
        at: origin.at,
        port: origin.port,
        request: Maybe::Known("Received (line of the recipient's server)".to_owned()),
        declared: !is_from_authenticated(&judged.verdicts),
        ..Connection::new(origin.exhibit, &origin.place, 1, ip, server)
    };
    can_be_answered(&connection).then_some(connection)
}

/// Whether the domain of `From` stands behind the mail, by what was computed here. A report of the
/// recipient's server does not do: a sender can write one right below the line of that server.
fn is_from_authenticated(verdicts: &[MailVerdict]) -> bool {
    verdicts.iter().any(|row| {
        let aligned = row.mechanism == MailMechanism::Dmarc || row.aligned.known() == Some(&true);
        row.by == MailVerdictBy::Recomputed && row.result == MailResult::Pass && aligned
    })
}

fn key(hop: &MailHop) -> (ExhibitNo, &Place) {
    (hop.exhibit, &hop.place)
}

/// The hops of a mail, from the sender up.
fn hops_of<'h>(hops: &'h mut [MailHop], mail: &MailFound) -> &'h mut [MailHop] {
    let wanted = (mail.exhibit, &mail.place);
    let start = hops.partition_point(|hop| key(hop) < wanted);
    let end = hops.partition_point(|hop| key(hop) <= wanted);
    &mut hops[start..end]
}

fn described<'a>(mail: &'a MailFound, raw: &'a [u8], hops: &'a [MailHop]) -> Mail<'a> {
    Mail {
        raw,
        exhibit: mail.exhibit,
        place: &mail.place,
        message: &mail.message,
        account: &mail.account,
        declared: mail.at,
        hops,
    }
}
