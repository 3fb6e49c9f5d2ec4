//! Authenticates the mails among the exhibits and says where each came from.
//!
//! In: the mails and hops of a run, the DNS answers among its exhibits, `[mail]` of `case.toml`.
//! Out: verdicts and origins; the hops learn which of them are trusted. The bytes of each mail are
//! read again from its exhibit, whose hash the run has checked.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

use faisceau_enrich::{Bench, Mail, Recipients, Records, judge};
use faisceau_import::mail_again;
use faisceau_model::rows::{MailHop, MailOrigin, MailVerdict};
use faisceau_model::{ExhibitNo, Place, Trust};

use crate::bundled::mail_providers;
use crate::case::Case;
use crate::error::CaseError;
use crate::ingest::{Ingested, MailFound};

/// Largest mail that is read again; the importers take no larger one.
const MAX_MAIL: u64 = 64 << 20;

impl Case {
    /// The verdicts on each mail and its origin; completes the hops.
    pub(crate) fn judge_mails(
        &self,
        ingested: &mut Ingested,
    ) -> Result<(Vec<MailVerdict>, Vec<MailOrigin>), CaseError> {
        let (mut verdicts, mut origins) = (Vec::new(), Vec::new());
        let mails = std::mem::take(&mut ingested.mails);
        if mails.is_empty() {
            return Ok((verdicts, origins));
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
            verdicts.extend(judged.verdicts);
            origins.push(judged.origin);
        }
        Ok((verdicts, origins))
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
