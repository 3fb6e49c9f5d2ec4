//! What a certificate may be used for. In: the certificates of a chain. Out: what they may not.
//!
//! RFC 3161, 2.3: the signer's extended key usage is critical and time stamping alone. RFC 5280,
//! 4.2: key usage and critical extensions; 6.1.1 (d): what a root says of itself.

use jiff::Timestamp;
use x509_cert::ext::Extension;
use x509_cert::ext::pkix::{BasicConstraints, ExtendedKeyUsage, KeyUsage, KeyUsages};

use crate::certificate::Certificate;
use crate::chain::KNOWN_EXTENSIONS;
use crate::{Finding, oid};

/// Extended key usage of the signer.
pub(crate) fn extended(signer: &Certificate<'_>) -> Result<(), Finding> {
    let fail = |why: String| Err(Finding::ExtendedKeyUsage(why));
    match signer.x509.tbs_certificate.get::<ExtendedKeyUsage>() {
        Err(error) => fail(format!("it cannot be read ({error})")),
        Ok(None) => fail("it has none".to_owned()),
        Ok(Some((critical, ExtendedKeyUsage(purposes)))) => match purposes.as_slice() {
            [oid::TIME_STAMPING] if critical => Ok(()),
            [oid::TIME_STAMPING] => fail("it is not marked critical".to_owned()),
            purposes if purposes.contains(&oid::TIME_STAMPING) => {
                fail("time stamping is not its only purpose".to_owned())
            }
            _ => fail("time stamping is none of its purposes".to_owned()),
        },
    }
}

/// Extended key usage of an authority: none, or one that allows time stamps below it.
pub(crate) fn allows_time_stamping(authority: &Certificate<'_>) -> Result<bool, Finding> {
    match authority.x509.tbs_certificate.get::<ExtendedKeyUsage>() {
        Ok(None) => Ok(true),
        Ok(Some((_, ExtendedKeyUsage(purposes)))) => {
            Ok(purposes.contains(&oid::TIME_STAMPING) || purposes.contains(&oid::ANY_PURPOSE))
        }
        Err(_) => Err(Finding::Chain(format!(
            "the extended key usage of {} cannot be read",
            authority.facts.subject
        ))),
    }
}

/// Refuses a critical extension that is not looked at, and one that stands there twice.
pub(crate) fn known_extensions(certificate: &Certificate<'_>) -> Result<(), Finding> {
    let all = certificate.x509.tbs_certificate.extensions.as_deref().unwrap_or_default();
    let subject = &certificate.facts.subject;
    let unknown = |one: &&Extension| one.critical && !KNOWN_EXTENSIONS.contains(&one.extn_id);
    if let Some(extension) = all.iter().find(unknown) {
        let oid = extension.extn_id;
        return Err(Finding::Chain(format!(
            "the critical extension {oid} of {subject} is not known"
        )));
    }
    let mut names: Vec<_> = all.iter().map(|one| one.extn_id).collect();
    names.sort_unstable();
    match names.array_windows::<2>().find(|[one, next]| one == next) {
        Some([oid, _]) => {
            Err(Finding::Chain(format!("the extension {oid} of {subject} is double")))
        }
        None => Ok(()),
    }
}

/// Key usage of the signer, where it has one: signatures, and nothing else.
pub(crate) fn of_signer(signer: &Certificate<'_>) -> Result<(), Finding> {
    let Some(KeyUsage(found)) = key_usage(signer)? else { return Ok(()) };
    let signing = KeyUsages::DigitalSignature | KeyUsages::NonRepudiation;
    let subject = signer.facts.subject.clone();
    if (found & signing).is_empty() {
        return Err(Finding::KeyUsage { subject, why: "not for signatures" });
    }
    if !(found - signing).is_empty() {
        return Err(Finding::KeyUsage { subject, why: "for more than signatures" });
    }
    Ok(())
}

/// Each authority may sign certificates; the root is one, was valid, and allows so many below it.
pub(crate) fn of_authorities(
    intermediates: &[&Certificate<'_>],
    root: &Certificate<'_>,
    at: Timestamp,
) -> Result<(), Finding> {
    for authority in intermediates.iter().copied().chain([root]) {
        let usage = key_usage(authority)?;
        if usage.is_some_and(|KeyUsage(usage)| !usage.contains(KeyUsages::KeyCertSign)) {
            let subject = authority.facts.subject.clone();
            return Err(Finding::KeyUsage { subject, why: "not for signing certificates" });
        }
    }
    let subject = || root.facts.subject.clone();
    if !root.is_valid_at(at) {
        return Err(Finding::NotValidAtInstant {
            subject: subject(),
            not_before: root.facts.not_before,
            not_after: root.facts.not_after,
        });
    }
    let constraints = root.x509.tbs_certificate.get::<BasicConstraints>();
    let constraints = constraints.map_err(|_| Finding::RootIsNoAuthority(subject()))?;
    match constraints {
        Some((_, BasicConstraints { ca: true, path_len_constraint })) => {
            // Those issued to themselves are not counted (RFC 5280, 6.1.4 (l)).
            let count = intermediates.iter().filter(|one| one.subject != one.issuer).count();
            if path_len_constraint.is_some_and(|limit| count > usize::from(limit)) {
                let why = "more certificates below the root than it may have".to_owned();
                return Err(Finding::Chain(why));
            }
            Ok(())
        }
        // Version 1 has no extensions: who hands it in as a root says what it is.
        None if root.x509.tbs_certificate.version == x509_cert::Version::V1 => Ok(()),
        _ => Err(Finding::RootIsNoAuthority(subject())),
    }
}

fn key_usage(certificate: &Certificate<'_>) -> Result<Option<KeyUsage>, Finding> {
    match certificate.x509.tbs_certificate.get::<KeyUsage>() {
        Ok(found) => Ok(found.map(|(_, usage)| usage)),
        Err(_) => {
            Err(Finding::KeyUsage { subject: certificate.facts.subject.clone(), why: "unreadable" })
        }
    }
}
