//! The chain from a signer to a root that was handed in. In: certificates, roots, an instant. Out:
//! the certificates of the chain, or why there is none.
//!
//! RFC 5280, 6: signatures, names, validity at the instant, basic constraints, path length, key
//! usage, extended key usage, name constraints, critical extensions. Not `rustls-webpki`: it refuses a
//! critical `certificatePolicies` or `qcStatements`, which authorities of the EU write into the very
//! certificates that they stamp with. Any policy is accepted here, so that policies alone refuse
//! nothing (6.1.1 (c) to (e)); a critical extension that could make them is refused as unknown.
//!
//! The validity of the signer and the root, and what the root says of itself, are checks of their
//! own (see [`usage`]). The search is bounded in depth and in signatures.

use jiff::Timestamp;
use x509_cert::ext::pkix::BasicConstraints;

use crate::certificate::Certificate;
use crate::{Finding, Roots, TimestampError, names, oid, usage};

/// Certificates between the signer and the root: real chains have two at most.
const DEPTH_LIMIT: usize = 8;
/// Signatures that one search checks: many certificates can have one name.
const SIGNATURES_LIMIT: usize = 64;

/// The certificates above the signer, from its issuer to the root.
#[derive(Debug)]
pub(crate) struct Path<'a> {
    pub(crate) intermediates: Vec<&'a Certificate<'a>>,
    pub(crate) root: &'a Certificate<'a>,
}

/// What is searched, and what was found on the way.
struct Search<'a> {
    others: &'a [Certificate<'a>],
    roots: &'a [Certificate<'a>],
    at: Timestamp,
    signatures: usize,
    /// Why the first way that seemed to lead on did not.
    finding: Option<Finding>,
}

/// The roots as certificates: all were read when they were handed in.
pub(crate) fn read(roots: &Roots) -> Result<Vec<Certificate<'_>>, TimestampError> {
    roots.certificates.iter().map(|der| Certificate::read(der)).collect()
}

pub(crate) fn follow<'a>(
    signer: &'a Certificate<'a>,
    others: &'a [Certificate<'a>],
    roots: &'a [Certificate<'a>],
    at: Timestamp,
) -> Result<Path<'a>, Finding> {
    usage::known_extensions(signer)?;
    if is_authority(signer)?.is_some() {
        return Err(Finding::Chain("the signer is an authority for certificates".to_owned()));
    }
    let mut search = Search { others, roots, at, signatures: 0, finding: None };
    let mut path = vec![signer];
    match search.extend(&mut path) {
        Some(root) => Ok(Path { intermediates: path.split_off(1), root }),
        None => Err(search
            .finding
            .unwrap_or_else(|| Finding::UnknownIssuer { issuer: signer.facts.issuer.clone() })),
    }
}

impl<'a> Search<'a> {
    /// Goes on from the last certificate; recursion ends at [`DEPTH_LIMIT`].
    fn extend(&mut self, path: &mut Vec<&'a Certificate<'a>>) -> Option<&'a Certificate<'a>> {
        let last = *path.last()?;
        // Of several with one name and one key, the one that was valid then.
        let (valid, not): (Vec<_>, Vec<_>) = self
            .roots
            .iter()
            .filter(|root| last.names_issuer(root))
            .partition(|root| root.is_valid_at(self.at));
        for root in valid.into_iter().chain(not) {
            if self.is_signed(last, root) && self.keep(names::allowed(root, path)) {
                return Some(root);
            }
        }
        if path.len() > DEPTH_LIMIT {
            self.keep::<()>(Err(Finding::Chain("it is too long".to_owned())));
            return None;
        }
        for next in self.others.iter().filter(|next| last.names_issuer(next)) {
            let is_new = path.iter().all(|known| known.der != next.der);
            if !is_new || !self.is_signed(last, next) {
                continue;
            }
            let fits = may_certify(next, path, self.at);
            if self.keep(fits) {
                path.push(next);
                if let Some(root) = self.extend(path) {
                    return Some(root);
                }
                path.pop();
            }
        }
        None
    }

    fn is_signed(&mut self, certificate: &Certificate<'_>, by: &Certificate<'_>) -> bool {
        if self.signatures == SIGNATURES_LIMIT {
            let text = format!("the search was given up after {SIGNATURES_LIMIT} signatures");
            return self.keep::<()>(Err(Finding::Chain(text)));
        }
        self.signatures += 1;
        self.keep(certificate.is_signed_by(by))
    }

    fn keep<T>(&mut self, result: Result<T, Finding>) -> bool {
        match result {
            Ok(_) => true,
            Err(finding) => {
                self.finding.get_or_insert(finding);
                false
            }
        }
    }
}

/// Whether an authority may stand above these certificates (RFC 5280, 6.1.4).
fn may_certify(
    authority: &Certificate<'_>,
    below: &[&Certificate<'_>],
    at: Timestamp,
) -> Result<(), Finding> {
    let fail = |why: &str| Err(Finding::Chain(format!("{} {why}", authority.facts.subject)));
    if !authority.is_valid_at(at) {
        return Err(Finding::NotValidAtInstant {
            subject: authority.facts.subject.clone(),
            not_before: authority.facts.not_before,
            not_after: authority.facts.not_after,
        });
    }
    let Some(constraints) = is_authority(authority)? else {
        return fail("is no authority for certificates");
    };
    // The signer is not counted, nor who is issued to itself (6.1.4 (l)).
    let count = below.iter().skip(1).filter(|one| one.subject != one.issuer).count();
    if constraints.path_len_constraint.is_some_and(|limit| count > usize::from(limit)) {
        return fail("has more authorities below it than it may have");
    }
    usage::known_extensions(authority)?;
    if !usage::allows_time_stamping(authority)? {
        return fail("is an authority, but not for time stamps");
    }
    names::allowed(authority, below)
}

fn is_authority(certificate: &Certificate<'_>) -> Result<Option<BasicConstraints>, Finding> {
    let found = certificate.x509.tbs_certificate.get::<BasicConstraints>();
    let found = found.map_err(|_| {
        let subject = &certificate.facts.subject;
        Finding::Chain(format!("the basic constraints of {subject} cannot be read"))
    })?;
    Ok(found.map(|(_, constraints)| constraints).filter(|constraints| constraints.ca))
}

/// Extensions that are looked at here or elsewhere in this crate, or that refuse nothing.
pub(crate) const KNOWN_EXTENSIONS: &[crate::Oid] = &[
    oid::KEY_USAGE,
    oid::EXTENDED_KEY_USAGE,
    oid::BASIC_CONSTRAINTS,
    oid::NAME_CONSTRAINTS,
    oid::SUBJECT_ALT_NAME,
    oid::CERTIFICATE_POLICIES,
    oid::QC_STATEMENTS,
];
