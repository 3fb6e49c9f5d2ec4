//! Content Credentials (C2PA). In: the bytes of a manifest store, which is a superbox of JUMBF. Out:
//! who or what says to have made the file, how, from what, and whether that statement is whole.
//!
//! C2PA 2.2 (<https://spec.c2pa.org/specifications/specifications/2.2/specs/C2PA_Specification.html>)
//! and 1.x, whose manifests are still met; ISO/IEC 19566-5 (JUMBF). All fields are in the group
//! `C2PA`, under names of our own. The active manifest, the last one, comes first; the fields of the
//! others, which are those of its ingredients, follow under the same names, each behind its
//! `ManifestLabel`.
//!
//! `SignatureState` is `valid` where the signature is that of the certificate which comes with it and
//! all assertions are those that were claimed. It says nothing about who the signer is: no list of
//! trust is asked, no revocation, no expiry, and anyone can write a certificate. Time stamps are
//! shown, and not checked. Refused: compressed manifests, manifests that are not in the file.

mod assertions;
mod binding;
mod box_binding;
mod cbor;
mod certificate;
mod claim;
mod cose;
mod der;
mod identity;
mod json;
mod jumbf;
mod manifest;
mod signer;
mod timestamp;

pub(crate) use binding::Binding;

use crate::collector::Collector;
use crate::part::Part;
use jumbf::Superbox;
use manifest::Manifest;

const C2PA: &str = "C2PA";
/// Most manifests of a store.
const MANIFESTS: usize = 64;

/// Reads a manifest store.
pub(crate) fn read(part: &Part<'_>, out: &mut Collector) {
    let Some(store) = store(part) else {
        out.flaw(part.whole().start, "a manifest store that is none");
        return;
    };
    let mut manifests: Vec<Superbox<'_>> = store.inner().take(MANIFESTS).collect();
    let Some(active) = manifests.pop() else {
        out.flaw(part.whole().start, "a manifest store without a manifest");
        return;
    };
    out.add(C2PA, "Manifests", &(manifests.len() + 1).to_string(), part.whole());
    for superbox in std::iter::once(active).chain(manifests) {
        let at = superbox.body.whole();
        out.add(C2PA, "ManifestLabel", &superbox.label, at.clone());
        match &superbox.kind {
            b"c2ma" | b"c2um" => {}
            b"c2cm" => {
                out.flaw(at.start, "a compressed manifest is not read");
                continue;
            }
            _ => {
                out.flaw(at.start, "a manifest of an unknown kind");
                continue;
            }
        }
        let manifest = Manifest::read(&superbox);
        if manifest.doubled {
            out.flaw(at.start, "a manifest with two claims, signatures or stores of assertions");
        }
        out.add(C2PA, "SignatureState", manifest.state().name(), at);
        claim::fields(&manifest, out);
        signer::fields(&manifest, out);
        assertions::fields(&manifest, out);
    }
}

/// Checks that the file is the one that the active manifest was made for. The answer is worth
/// something only where `SignatureState` of that manifest is `valid`.
pub(crate) fn binding(part: &Part<'_>, file: &[u8]) -> Binding {
    let active = store(part).and_then(|store| store.inner().take(MANIFESTS).last());
    active.map_or(Binding::Unsupported, |active| {
        binding::check(&Manifest::read(&active), &part.whole(), file)
    })
}

fn store<'a>(part: &Part<'a>) -> Option<Superbox<'a>> {
    let outer = jumbf::boxes(part).into_iter().find(|(kind, _)| kind == b"jumb");
    Superbox::read(&outer?.1).filter(|store| store.kind == *b"c2pa")
}

#[cfg(test)]
mod tests;
