//! Whether a token states that it is qualified. In: the extensions of the token and of the
//! certificate of its signer. Out: the statements, as they stand there.
//!
//! RFC 3739, 3.2.6; ETSI EN 319 422, 9.1 and annex B (`esi4-qtstStatement-1`); ETSI EN 319 412-5.
//!
//! Regulation (EU) 910/2014 (eIDAS), articles 41 and 42: the presumption of the accuracy of date and
//! time and of the integrity of the data is for *qualified* electronic time stamps alone. A token
//! that states so is a claim of its authority. It is qualified if the authority had that status for
//! this service in the trusted list of its member state at that instant, and that list is not read
//! here: the question stays [open](crate::Open::TrustedList). By article 41 (1), another is not
//! refused as evidence for that reason alone.

use der::{Decode, Tag};
use x509_cert::ext::Extension;

use crate::certificate::Certificate;
use crate::element::Element;
use crate::tst_info::TstInfo;
use crate::{ENTRIES_LIMIT, Oid, oid};

/// Whether the token states that it is a qualified electronic time stamp. No more than a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Qualified {
    /// The token carries `esi4-qtstStatement-1`. Not the check against the trusted list.
    Stated,
    /// It does not. A certificate that is stated to be qualified does not make a token so.
    NotStated,
}

/// Where a statement stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In what the authority signed.
    Token,
    /// In the certificate of the signer.
    Certificate,
}

/// One statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Its identifier.
    pub oid: Oid,
    /// Where it stands.
    pub place: Place,
    /// What it means; `None` for one that is not named here.
    pub meaning: Option<&'static str>,
}

/// The statements on being qualified, and what they come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Qualification {
    /// What the token states.
    pub stated: Qualified,
    /// Everything that was found.
    pub statements: Vec<Statement>,
    /// Statements that cannot be read: where.
    pub unread: Vec<Place>,
}

impl Qualification {
    pub(crate) fn of(info: &TstInfo<'_>, signer: Option<&Certificate<'_>>) -> Self {
        let mut found =
            Self { stated: Qualified::NotStated, statements: Vec::new(), unread: Vec::new() };
        let in_token = info.extensions.iter().filter(|one| one.oid == oid::QC_STATEMENTS);
        in_token.for_each(|extension| found.read(extension.value, Place::Token));
        let extensions = signer.and_then(|one| one.x509.tbs_certificate.extensions.as_deref());
        let of_certificate = |one: &&Extension| one.extn_id == oid::QC_STATEMENTS;
        for extension in extensions.unwrap_or_default().iter().filter(of_certificate) {
            found.read(extension.extn_value.as_bytes(), Place::Certificate);
        }
        if info.policy == oid::BEST_PRACTICES.to_string() {
            found.add(oid::BEST_PRACTICES, Place::Token);
        }
        let states =
            |one: &Statement| one.oid == oid::QUALIFIED_TIME_STAMP && one.place == Place::Token;
        if found.statements.iter().any(states) {
            found.stated = Qualified::Stated;
        }
        found
    }

    fn add(&mut self, oid: Oid, place: Place) {
        self.statements.push(Statement { oid, place, meaning: meaning(oid) });
    }

    fn read(&mut self, value: &[u8], place: Place) {
        match statements(value) {
            Some(all) => all.into_iter().for_each(|oid| self.add(oid, place)),
            None => self.unread.push(place),
        }
    }
}

/// The identifiers of the statements, and of the types that `QcType` lists.
fn statements(value: &[u8]) -> Option<Vec<Oid>> {
    const WHAT: &str = "statements";
    let list = Element::only(value, Tag::Sequence, WHAT).ok()?;
    let mut all = Vec::new();
    for statement in list.fields(WHAT).ok()?.all(Tag::Sequence, ENTRIES_LIMIT).ok()? {
        let mut fields = statement.fields(WHAT).ok()?;
        let oid = fields.next(Tag::ObjectIdentifier, WHAT).ok()?.oid(WHAT).ok()?;
        let information = fields.any().ok()?;
        fields.end().ok()?;
        all.push(oid);
        if oid == oid::QC_TYPE {
            for kind in
                information?.fields(WHAT).ok()?.all(Tag::ObjectIdentifier, ENTRIES_LIMIT).ok()?
            {
                all.push(Oid::from_der(kind.raw).ok()?);
            }
        }
    }
    Some(all)
}

fn meaning(oid: Oid) -> Option<&'static str> {
    Some(match oid {
        oid::QUALIFIED_TIME_STAMP => "states a qualified electronic time stamp (EN 319 422)",
        oid::QC_COMPLIANCE => "states a qualified certificate of the EU (EN 319 412-5)",
        oid::QC_DEVICE => "states a key in a qualified device (EN 319 412-5)",
        oid::QC_TYPE => "states the type of the certificate (EN 319 412-5)",
        oid::QC_TYPE_SIGNATURE => "a certificate for electronic signatures",
        oid::QC_TYPE_SEAL => "a certificate for electronic seals",
        oid::QC_TYPE_WEB => "a certificate for web sites",
        oid::BEST_PRACTICES => "the best-practices policy for time stamps (EN 319 421)",
        _ => return None,
    })
}
