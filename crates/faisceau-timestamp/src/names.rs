//! Name constraints of an authority. In: its certificate, and those below it. Out: whether their
//! names are among those that it may certify.
//!
//! RFC 5280, 4.2.1.10. Directory names are compared part by part. Another kind of name is never
//! compared: where an authority constrains that kind and a certificate has one, it is refused.

use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::ext::pkix::{NameConstraints, SubjectAltName};

use crate::Finding;
use crate::certificate::Certificate;

/// The first of `below` is the signer.
pub(crate) fn allowed(
    authority: &Certificate<'_>,
    below: &[&Certificate<'_>],
) -> Result<(), Finding> {
    let unreadable = |of: &Certificate<'_>| {
        Finding::Chain(format!("names of {} cannot be read", of.facts.subject))
    };
    let found = authority.x509.tbs_certificate.get::<NameConstraints>();
    let Some((_, constraints)) = found.map_err(|_| unreadable(authority))? else { return Ok(()) };
    for (at, one) in below.iter().enumerate() {
        // Who is issued to itself is left out, unless it is the signer (RFC 5280, 6.1.3 (b)).
        if at > 0 && one.subject == one.issuer {
            continue;
        }
        let tbs = &one.x509.tbs_certificate;
        let others = tbs.get::<SubjectAltName>().map_err(|_| unreadable(one))?;
        let mut names = others.map(|(_, names)| names.0).unwrap_or_default();
        if !tbs.subject.0.is_empty() {
            names.push(GeneralName::DirectoryName(tbs.subject.clone()));
        }
        if !names.iter().all(|name| is_allowed(name, &constraints)) {
            return Err(Finding::Chain(format!(
                "{} has a name that {} may not certify",
                one.facts.subject, authority.facts.subject
            )));
        }
    }
    Ok(())
}

fn is_allowed(name: &GeneralName, constraints: &NameConstraints) -> bool {
    let same_kind =
        |base: &&GeneralName| std::mem::discriminant(*base) == std::mem::discriminant(name);
    let excluded = constraints.excluded_subtrees.iter().flatten().map(|tree| &tree.base);
    let mut excluded = excluded.filter(same_kind);
    let permitted = constraints.permitted_subtrees.iter().flatten().map(|tree| &tree.base);
    let permitted: Vec<_> = permitted.filter(same_kind).collect();
    let GeneralName::DirectoryName(name) = name else {
        return permitted.is_empty() && excluded.next().is_none();
    };
    let is_below = |base: &GeneralName| match base {
        GeneralName::DirectoryName(base) => name.0.starts_with(&base.0),
        _ => false,
    };
    !excluded.any(is_below) && (permitted.is_empty() || permitted.into_iter().any(is_below))
}
