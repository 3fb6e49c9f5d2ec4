//! Verifies a token. In: its bytes, the data it is over, the roots that are trusted, more
//! certificates. Out: a [`Verdict`] with every check. Offline: nobody is asked.
//!
//! RFC 3161, 2.2 and 2.4.2; RFC 5816; RFC 5652, 5.4 and 5.6. Nothing stops at the first failure, so
//! that a reader sees all of them.

mod attributes;

use jiff::Timestamp;

use crate::certificate::Certificate;
use crate::element::hex;
use crate::hash::HashAlgorithm;
use crate::signature::Scheme;
use crate::signed_data::SignedData;
use crate::token::token_bytes;
use crate::tst_info::TstInfo;
use crate::{
    CERTIFICATES_LIMIT, ChainLink, Check, CheckResult, Finding, Note, Open, Outcome, Qualification,
    Roots, TimestampError, Token, Verdict, ber, chain, oid, usage,
};

/// What a token should be over.
#[derive(Clone, Copy)]
pub enum Over<'a> {
    /// The data.
    Data(&'a [u8]),
    /// Its SHA-256: enough for a token over a SHA-256.
    Sha256([u8; 32]),
    /// Its digest by the function that the token names; `None` where there is none.
    Digests(&'a dyn Fn(HashAlgorithm) -> Option<Vec<u8>>),
}

impl std::fmt::Debug for Over<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Data(data) => write!(f, "Data({} bytes)", data.len()),
            Self::Sha256(digest) => write!(f, "Sha256({})", hex(digest)),
            Self::Digests(_) => f.write_str("Digests(_)"),
        }
    }
}

impl<'a> From<&'a [u8]> for Over<'a> {
    fn from(data: &'a [u8]) -> Self {
        Self::Data(data)
    }
}

impl Over<'_> {
    fn digest(&self, hash: HashAlgorithm) -> Option<Vec<u8>> {
        match self {
            Self::Data(data) => hash.digest(data),
            Self::Sha256(digest) => (hash == HashAlgorithm::Sha256).then(|| digest.to_vec()),
            Self::Digests(of) => of(hash),
        }
    }
}

/// Verifies a token, or the answer of an authority with one in it.
///
/// `certificates` are more certificates in DER, such as that of a signer whose token carries none,
/// and of those between it and a root.
///
/// # Errors
///
/// What is no token of RFC 3161 is an error. What is one and does not hold is a verdict that says so.
pub fn verify(
    token: &[u8],
    over: Over<'_>,
    roots: &Roots,
    certificates: &[impl AsRef<[u8]>],
) -> Result<Verdict, TimestampError> {
    if certificates.len() > CERTIFICATES_LIMIT {
        let what = "certificates beside the token";
        return Err(TimestampError::TooMany { what, limit: CERTIFICATES_LIMIT });
    }
    let bytes = token_bytes(token)?;
    let definite = ber::definite(bytes)?;
    let data = SignedData::read(&definite)?;
    let info = TstInfo::read(data.content)?;
    let token = Token::of(bytes, &data, &info);
    let all: Vec<&[u8]> =
        data.certificates.iter().copied().chain(certificates.iter().map(AsRef::as_ref)).collect();
    let readable: Vec<_> = all.iter().filter_map(|der| Certificate::read(der).ok()).collect();
    let roots = chain::read(roots)?;
    let signer = attributes::signer(&data.signer, &readable);

    let mut checks = Checks(Vec::with_capacity(Check::ALL.len()));
    checks.add(Check::Version, data.version.clone().and_then(|()| data.signer.version.clone()));
    checks.add(Check::Imprint, imprint(&info, over));
    checks.add(
        Check::SignerCertificate,
        signer.map(drop).ok_or_else(|| Finding::NoSignerCertificate(token.signer.name.clone())),
    );
    checks.add(Check::ContentType, attributes::content_type(&data.signer));
    checks.add(Check::MessageDigest, attributes::message_digest(&data));
    let missing = Outcome::NotMade(Check::SignerCertificate);
    let of_signer = |check: fn(&Certificate<'_>, &SignedData<'_>) -> Result<(), Finding>| {
        signer.map_or_else(|| missing.clone(), |signer| outcome(check(signer, &data)))
    };
    checks.push(
        Check::SigningCertificate,
        of_signer(|signer, data| attributes::signing_certificate(&data.signer, signer)),
    );
    checks.push(Check::Signature, of_signer(signature));
    checks.add(Check::Extensions, extensions(&info));
    let named = signer.map(|signer| signer.is_called(info.authority, &token));
    checks.push(Check::AuthorityName, named.map_or_else(|| missing.clone(), outcome));
    checks.push(Check::ExtendedKeyUsage, of_signer(|signer, _| usage::extended(signer)));
    checks.push(Check::KeyUsage, of_signer(|signer, _| usage::of_signer(signer)));
    let valid = signer.map(|signer| valid_at(signer, info.gen_time));
    checks.push(Check::ValidAtInstant, valid.map_or_else(|| missing.clone(), outcome));

    let mut links = Vec::new();
    let mut root_given = false;
    match signer {
        None => {
            checks.push(Check::Chain, missing.clone());
            checks.push(Check::Authorities, missing);
        }
        Some(signer) => {
            links.push(ChainLink { facts: signer.facts.clone(), is_root: false });
            match chain::follow(signer, &readable, &roots, info.gen_time) {
                Err(finding) => {
                    checks.push(Check::Chain, Outcome::Failed(finding));
                    checks.push(Check::Authorities, Outcome::NotMade(Check::Chain));
                }
                Ok(path) => {
                    root_given = true;
                    checks.push(Check::Chain, Outcome::Passed);
                    checks.add(Check::Authorities, authorities(&path, info.gen_time, &mut links));
                }
            }
        }
    }
    let notes = notes(&data, &token, &links);
    let qualification = Qualification::of(&info, signer);
    Ok(Verdict {
        token,
        chain: links,
        root_given,
        qualification,
        checks: checks.0,
        notes,
        open: Open::ALL,
    })
}

struct Checks(Vec<CheckResult>);

impl Checks {
    fn push(&mut self, check: Check, outcome: Outcome) {
        self.0.push(CheckResult { check, outcome });
    }

    fn add(&mut self, check: Check, result: Result<(), Finding>) {
        self.push(check, outcome(result));
    }
}

fn outcome(result: Result<(), Finding>) -> Outcome {
    result.map_or_else(Outcome::Failed, |()| Outcome::Passed)
}

fn imprint(info: &TstInfo<'_>, over: Over<'_>) -> Result<(), Finding> {
    if info.hash.is_broken() {
        return Err(Finding::BrokenHash(info.hash));
    }
    let data = over.digest(info.hash).ok_or(Finding::NoDigest(info.hash))?;
    if data == info.imprint {
        return Ok(());
    }
    let token = hex(info.imprint.get(..64).unwrap_or(info.imprint));
    Err(Finding::ImprintDiffers { hash: info.hash, token, data: hex(&data) })
}

fn signature(signer: &Certificate<'_>, data: &SignedData<'_>) -> Result<(), Finding> {
    let info = &data.signer;
    let scheme = Scheme::read(&info.algorithm, info.digest)?;
    let key = signer.key().ok_or_else(|| signer.unknown_key())?;
    if let Some(bits) = key.refused_bits() {
        return Err(Finding::RefusedKey(bits));
    }
    if scheme.holds(key, &info.signed, info.signature) { Ok(()) } else { Err(Finding::Signature) }
}

/// `qcStatements` is the one extension that is read.
fn extensions(info: &TstInfo<'_>) -> Result<(), Finding> {
    let unknown = |oid| oid != oid::QC_STATEMENTS;
    match info.extensions.iter().find(|one| one.critical && unknown(one.oid)) {
        Some(extension) => Err(Finding::CriticalExtension(extension.oid)),
        None => Ok(()),
    }
}

fn valid_at(signer: &Certificate<'_>, at: Timestamp) -> Result<(), Finding> {
    if signer.is_valid_at(at) {
        return Ok(());
    }
    Err(Finding::NotValidAtInstant {
        subject: signer.facts.subject.clone(),
        not_before: signer.facts.not_before,
        not_after: signer.facts.not_after,
    })
}

/// Checks the authorities of a chain, and adds them to its links.
fn authorities(
    path: &chain::Path<'_>,
    at: Timestamp,
    links: &mut Vec<ChainLink>,
) -> Result<(), Finding> {
    for one in &path.intermediates {
        links.push(ChainLink { facts: one.facts.clone(), is_root: false });
    }
    links.push(ChainLink { facts: path.root.facts.clone(), is_root: true });
    usage::of_authorities(&path.intermediates, path.root, at)
}

fn notes(data: &SignedData<'_>, token: &Token, links: &[ChainLink]) -> Vec<Note> {
    let mut notes = Vec::new();
    if token.accuracy.is_none() {
        notes.push(Note::NoAccuracy);
    }
    if data.signer.unsigned > 0 {
        notes.push(Note::UnsignedAttributes(data.signer.unsigned));
    }
    if data.revocation_lists > 0 {
        notes.push(Note::RevocationLists(data.revocation_lists));
    }
    if token.unread_certificates > 0 {
        notes.push(Note::UnreadCertificates(token.unread_certificates));
    }
    // Without a chain none is used, and the token lists them all.
    if links.last().is_none_or(|last| !last.is_root) {
        return notes;
    }
    let used = |one: &&crate::CertificateFacts| links.iter().any(|link| link.facts == **one);
    for one in token.certificates.iter().filter(|one| !used(one)) {
        notes.push(Note::UnusedCertificate(format!(
            "{}, SHA-256 {}",
            one.subject,
            hex(&one.sha256)
        )));
    }
    notes
}
