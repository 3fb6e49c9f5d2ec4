//! The chain from a signer to a root that was handed in. In: certificates, roots, an instant. Out:
//! the certificates of the chain, or why there is none.
//!
//! RFC 5280, 6, by `rustls-webpki`: signatures, validity at the instant, basic constraints, path
//! length, name constraints, extended key usage of every link, unknown critical extensions. It
//! compares names byte by byte, bounds the search, and does not look at key usage nor at the root:
//! see [`usage`](crate::usage). The signatures are checked in [`signature`](crate::signature).

use std::time::Duration;

use jiff::Timestamp;
use rustls_pki_types::{CertificateDer, TrustAnchor, UnixTime};
use webpki::{EndEntityCert, Error, KeyUsage, anchor_from_trusted_cert};

use crate::certificate::Certificate;
use crate::signature::ALGORITHMS;
use crate::{Finding, Roots, oid};

/// The certificates above the signer, from its issuer to the root.
#[derive(Debug)]
pub(crate) struct Path<'a> {
    pub(crate) intermediates: Vec<Vec<u8>>,
    pub(crate) root: &'a [u8],
}

pub(crate) fn follow<'a>(
    signer: &Certificate<'_>,
    others: &[&[u8]],
    roots: &'a Roots,
    at: Timestamp,
) -> Result<Path<'a>, Finding> {
    let fail = |error: &Error| finding(error, signer);
    let seconds = u64::try_from(at.as_second()).unwrap_or_default();
    let at_second = UnixTime::since_unix_epoch(Duration::from_secs(seconds));
    let root_ders: Vec<_> =
        roots.certificates.iter().map(|der| CertificateDer::from(der.as_slice())).collect();
    // One that webpki cannot read is no anchor; it stays among the roots that were handed in.
    let anchors: Vec<(TrustAnchor<'_>, &'a [u8])> = root_ders
        .iter()
        .zip(&roots.certificates)
        .filter_map(|(der, bytes)| Some((anchor_from_trusted_cert(der).ok()?, bytes.as_slice())))
        .collect();
    let only_anchors: Vec<_> = anchors.iter().map(|(anchor, _)| anchor.clone()).collect();
    let others: Vec<_> = others
        .iter()
        .filter(|der| **der != signer.der)
        .map(|der| CertificateDer::from(*der))
        .collect();
    let signer_der = CertificateDer::from(signer.der);
    let end = EndEntityCert::try_from(&signer_der).map_err(|error| fail(&error))?;
    // An authority may leave it out (RFC 5280, 4.2.1.12); the signer may not, which `usage` checks.
    let usage = KeyUsage::required_if_present(oid::TIME_STAMPING_VALUE);
    let path = end
        .verify_for_usage(ALGORITHMS, &only_anchors, &others, at_second, usage, None, None)
        .map_err(|error| fail(&error))?;
    let intermediates = path.intermediate_certificates().map(|one| one.der().to_vec()).collect();
    // A root that was issued again with the same key is the same anchor: the one valid then counts.
    let equal = || anchors.iter().filter(|(anchor, _)| anchor == path.anchor());
    let valid = |der: &[u8]| Certificate::read(der).is_ok_and(|root| root.is_valid_at(at));
    let root = equal().find(|(_, der)| valid(der)).or_else(|| equal().next());
    match root {
        Some((_, root)) => Ok(Path { intermediates, root }),
        None => Err(Finding::Chain("its root is none of those handed in".to_owned())),
    }
}

/// The words for what webpki found.
fn finding(error: &Error, signer: &Certificate<'_>) -> Finding {
    let instant = |time: &UnixTime| {
        let second = i64::try_from(time.as_secs()).unwrap_or(i64::MAX);
        Timestamp::from_second(second).unwrap_or(Timestamp::MAX).to_string()
    };
    let text = match error {
        Error::UnknownIssuer => {
            return Finding::UnknownIssuer { issuer: signer.facts.issuer.clone() };
        }
        Error::CertExpired { not_after, .. } => {
            format!("a certificate of it had expired at {}", instant(not_after))
        }
        Error::CertNotValidYet { not_before, .. } => {
            format!("a certificate of it was valid from {} only", instant(not_before))
        }
        Error::InvalidSignatureForPublicKey => {
            "a signature of a certificate does not hold, or its key is too weak".to_owned()
        }
        Error::UnsupportedSignatureAlgorithmContext(_)
        | Error::UnsupportedSignatureAlgorithmForPublicKeyContext(_) => {
            "a certificate is signed with an algorithm that is not accepted, as SHA-1".to_owned()
        }
        Error::RequiredEkuNotFoundContext(_) | Error::EmptyEkuExtension => {
            "a certificate of it is not for time stamps".to_owned()
        }
        Error::PathLenConstraintViolated => {
            "more certificates below an authority than it may have".to_owned()
        }
        Error::EndEntityUsedAsCa => "a certificate of it is no authority's".to_owned(),
        Error::CaUsedAsEndEntity => "the signer is an authority for certificates".to_owned(),
        Error::NameConstraintViolation => {
            "a name is outside those that an authority may certify".to_owned()
        }
        Error::UnsupportedCriticalExtension => {
            "a certificate of it has a critical extension that is not known".to_owned()
        }
        Error::MaximumSignatureChecksExceeded
        | Error::MaximumPathBuildCallsExceeded
        | Error::MaximumPathDepthExceeded
        | Error::MaximumNameConstraintComparisonsExceeded => {
            format!("the search for it was given up ({error})")
        }
        other => format!("a certificate of it cannot be used ({other})"),
    };
    Finding::Chain(text)
}
