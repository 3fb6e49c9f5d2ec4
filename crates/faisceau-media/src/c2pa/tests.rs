//! A manifest store written from the standard, with a key of its own.

use p256::ecdsa::signature::hazmat::PrehashSigner;
use p256::ecdsa::{Signature, SigningKey};
use proptest::prelude::*;
use sha2::{Digest, Sha256};

use super::*;
use crate::Description;

// CBOR (RFC 8949, 3).

fn head(kind: u8, number: usize) -> Vec<u8> {
    match number {
        0..=23 => vec![kind << 5 | number as u8],
        24..=255 => vec![kind << 5 | 0x18, number as u8],
        _ => vec![kind << 5 | 0x19, (number >> 8) as u8, number as u8],
    }
}

fn text(text: &str) -> Vec<u8> {
    [head(3, text.len()), text.as_bytes().to_vec()].concat()
}

fn bytes(bytes: &[u8]) -> Vec<u8> {
    [head(2, bytes.len()), bytes.to_vec()].concat()
}

fn list(items: &[Vec<u8>]) -> Vec<u8> {
    [head(4, items.len()), items.concat()].concat()
}

fn map(entries: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let body = entries.iter().flat_map(|(key, value)| [text(key), value.clone()].concat());
    [head(5, entries.len()), body.collect()].concat()
}

// JUMBF (ISO/IEC 19566-5, Annex A).

fn boxed(kind: &str, body: &[u8]) -> Vec<u8> {
    [&(body.len() as u32 + 8).to_be_bytes(), kind.as_bytes(), body].concat()
}

/// What stands within a superbox.
fn content(kind: &str, label: &str, boxes: &[Vec<u8>]) -> Vec<u8> {
    let tail = [0, 0x11, 0, 0x10, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71];
    let description = [kind.as_bytes(), &tail, &[3], label.as_bytes(), &[0]].concat();
    [boxed("jumd", &description), boxes.concat()].concat()
}

fn superbox(kind: &str, label: &str, boxes: &[Vec<u8>]) -> Vec<u8> {
    boxed("jumb", &content(kind, label, boxes))
}

// A certificate (RFC 5280, 4.1), the signature of which is left out: nobody checks it here.

fn der(tag: u8, body: &[u8]) -> Vec<u8> {
    let length = match body.len() {
        short @ 0..=0x7f => vec![short as u8],
        long => vec![0x82, (long >> 8) as u8, long as u8],
    };
    [vec![tag], length, body.to_vec()].concat()
}

fn sequence(parts: &[Vec<u8>]) -> Vec<u8> {
    der(0x30, &parts.concat())
}

fn name(common: &str, organization: &str) -> Vec<u8> {
    let one = |last: u8, value: &str| {
        der(0x31, &sequence(&[der(6, &[0x55, 4, last]), der(0x0c, value.as_bytes())]))
    };
    sequence(&[one(10, organization), one(3, common)])
}

fn key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32].into()).unwrap()
}

fn certificate() -> Vec<u8> {
    let point = key().verifying_key().to_encoded_point(false);
    let algorithm = sequence(&[
        der(6, &[0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1]),
        der(6, &[0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7]),
    ]);
    let signed = sequence(&[
        der(0xa0, &der(2, &[2])),
        der(2, &[0x12, 0x34]),
        sequence(&[]),
        name("The Issuer", "Issuers"),
        sequence(&[der(0x17, b"250102030405Z"), der(0x18, b"20510102030405Z")]),
        name("The Signer", "Signers"),
        sequence(&[algorithm, der(3, &[&[0], point.as_bytes()].concat())]),
    ]);
    sequence(&[signed, sequence(&[]), der(3, &[0])])
}

/// A token with a time, and nothing else that would be read (RFC 3161, 2.4.2).
fn token() -> Vec<u8> {
    let info = sequence(&[
        der(2, &[1]),
        der(6, &[1]),
        sequence(&[]),
        der(2, &[9]),
        der(0x18, b"20250607080910Z"),
    ]);
    let content = sequence(&[der(6, &[1]), der(0xa0, &der(4, &info))]);
    let signed = sequence(&[der(2, &[3]), der(0x31, &[]), content]);
    let identifier = der(6, &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 2]);
    sequence(&[sequence(&[der(2, &[0])]), sequence(&[identifier, der(0xa0, &signed)])])
}

/// `COSE_Sign1` (RFC 9052, 4.2) over a message that stands elsewhere.
fn signature(message: &[u8]) -> Vec<u8> {
    // {1: -7, 33: certificate}
    let protected = [vec![0xa2, 1, 0x26], head(0, 33), bytes(&certificate())].concat();
    let structure = list(&[text("Signature1"), bytes(&protected), bytes(b""), bytes(message)]);
    let signature: Signature = key().sign_prehash(&Sha256::digest(&structure)).unwrap();
    let stamp = map(&[("tstTokens", list(&[map(&[("val", bytes(&token()))])]))]);
    let parts =
        [bytes(&protected), map(&[("sigTst2", stamp)]), vec![0xf6], bytes(&signature.to_bytes())];
    [vec![0xd2], list(&parts)].concat()
}

const LABEL: &str = "urn:c2pa:00000000-0000-4000-8000-000000000001";

/// The assertions of a manifest for a file: labels and what stands within their superboxes.
fn assertions(file: &[u8], exclusion: Range) -> Vec<(&'static str, Vec<u8>)> {
    let action = map(&[
        ("action", text("c2pa.created")),
        ("when", text("2025-01-02T03:04:05Z")),
        ("softwareAgent", map(&[("name", text("Painter")), ("version", text("3"))])),
        ("digitalSourceType", text("trainedAlgorithmicMedia")),
    ]);
    let ingredient = map(&[
        ("dc:title", text("parent.jpg")),
        ("documentID", text("xmp.did:1")),
        ("instanceID", text("xmp.iid:2")),
        ("relationship", text("parentOf")),
    ]);
    let left_out =
        [file.get(..exclusion.0).unwrap(), file.get(exclusion.0 + exclusion.1..).unwrap()];
    let hash = Sha256::digest(left_out.concat());
    let range = map(&[("start", head(0, exclusion.0)), ("length", head(0, exclusion.1))]);
    let binding =
        map(&[("exclusions", list(&[range])), ("alg", text("sha256")), ("hash", bytes(&hash))]);
    let author = br#"{"@type":"CreativeWork","author":[{"@type":"Person","name":"Zoe"}]}"#;
    let cbor = |label, body: Vec<u8>| (label, content("cbor", label, &[boxed("cbor", &body)]));
    let work = "stds.schema-org.CreativeWork";
    vec![
        cbor("c2pa.actions.v2", map(&[("actions", list(&[action]))])),
        cbor("c2pa.ingredient.v3__1", ingredient),
        cbor("c2pa.hash.data", binding),
        (work, content("json", work, &[boxed("json", author)])),
    ]
}

type Range = (usize, usize);

/// A store with one manifest, whose claim names the first assertions only, as many as are told.
fn store_of(assertions: &[(&'static str, Vec<u8>)], claimed: usize) -> Vec<u8> {
    let links: Vec<Vec<u8>> = assertions[..claimed]
        .iter()
        .map(|(label, body)| {
            let url = format!("self#jumbf=c2pa.assertions/{label}");
            map(&[("url", text(&url)), ("hash", bytes(&Sha256::digest(body)))])
        })
        .collect();
    let claim = map(&[
        ("instanceID", text("xmp.iid:9")),
        ("dc:title", text("A title")),
        ("claim_generator_info", map(&[("name", text("Tool")), ("version", text("1.2"))])),
        ("alg", text("sha256")),
        ("created_assertions", list(&links)),
    ]);
    let boxes: Vec<Vec<u8>> = assertions.iter().map(|(_, body)| boxed("jumb", body)).collect();
    let manifest = superbox(
        "c2ma",
        LABEL,
        &[
            superbox("c2as", "c2pa.assertions", &boxes),
            superbox("c2cl", "c2pa.claim.v2", &[boxed("cbor", &claim)]),
            superbox("c2cs", "c2pa.signature", &[boxed("cbor", &signature(&claim))]),
        ],
    );
    superbox("c2pa", "c2pa", &[manifest])
}

fn store() -> Vec<u8> {
    store_of(&assertions(b"picture", (0, 0)), 4)
}

fn described(store: &[u8]) -> Description {
    let mut out = Collector::default();
    read(&Part::at(store, 1_000), &mut out);
    out.found
}

fn value<'a>(description: &'a Description, name: &str) -> Option<&'a str> {
    description.value(&[C2PA], name)
}

#[test]
fn a_manifest_is_read_and_holds() {
    let store = store();
    let found = described(&store);
    for (name, expected) in [
        ("Manifests", "1"),
        ("ManifestLabel", LABEL),
        ("SignatureState", "valid"),
        ("Title", "A title"),
        ("InstanceID", "xmp.iid:9"),
        ("ClaimGeneratorInfo", "Tool 1.2"),
        ("SignatureAlg", "ES256"),
        ("SignerCommonName", "The Signer"),
        ("SignerOrganization", "Signers"),
        ("IssuerCommonName", "The Issuer"),
        ("CertificateSerial", "1234"),
        ("CertificateNotBefore", "2025:01:02 03:04:05Z"),
        ("CertificateNotAfter", "2051:01:02 03:04:05Z"),
        ("TimestampTime", "2025:06:07 08:09:10Z"),
        ("ActionsAction", "c2pa.created"),
        ("ActionsWhen", "2025-01-02T03:04:05Z"),
        ("ActionsSoftwareAgent", "Painter 3"),
        ("ActionsDigitalSourceType", "trainedAlgorithmicMedia"),
        ("IngredientTitle", "parent.jpg"),
        ("IngredientDocumentID", "xmp.did:1"),
        ("IngredientRelationship", "parentOf"),
        ("AuthorName", "Zoe"),
    ] {
        assert_eq!(value(&found, name), Some(expected), "{name}");
    }
    assert!(found.flaws.is_empty(), "{:?}", found.flaws);
    let title = found.fields.iter().find(|field| field.name == "Title").unwrap();
    let at = title.at.start as usize - 1_000..title.at.end as usize - 1_000;
    assert_eq!(store[at], text("A title"));
}

/// The store with one text replaced by another of the same length.
fn with(store: &[u8], from: &str, to: &str) -> Vec<u8> {
    let at = memchr::memmem::find(store, from.as_bytes()).unwrap();
    let mut changed = store.to_vec();
    changed[at..at + to.len()].copy_from_slice(to.as_bytes());
    changed
}

#[test]
fn each_kind_of_change_has_its_state() {
    let store = store();
    let state = |store: &[u8]| value(&described(store), "SignatureState").map(str::to_owned);
    let is = |store: &[u8], expected: &str| assert_eq!(state(store).as_deref(), Some(expected));
    // The claim is not what was signed.
    is(&with(&store, "A title", "B title"), "invalid");
    // An assertion is not what was claimed.
    is(&with(&store, "Painter", "Printer"), "assertion_altered");
    // An assertion that nobody claimed.
    is(&store_of(&assertions(b"picture", (0, 0)), 3), "assertion_altered");
    // One that is claimed twice.
    let mut twice = assertions(b"picture", (0, 0));
    twice.insert(0, twice[0].clone());
    is(&store_of(&twice, 5), "assertion_altered");
    // One that was claimed is not there: its label is another.
    is(&with(&store, "c2pa.actions.v2\0", "c2pa.actions.v1\0"), "assertion_altered");
    is(&with(&store, "c2pa.signature\0", "c2pa.signaturf\0"), "unreadable");
    // A certificate with another kind of key: id-ecPublicKey is told with another last number.
    let algorithm = memchr::memmem::find(&store, &[0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1]).unwrap();
    let mut other = store.clone();
    other[algorithm + 6] = 9;
    is(&other, "unsupported");
}

#[test]
fn the_binding_is_over_the_file_without_what_is_left_out() {
    let state = |exclusion: Range, own: std::ops::Range<u64>, file: &[u8]| {
        let store = store_of(&assertions(&[b'a'; 900], exclusion), 4);
        binding(&Part::unpacked(&store, own), file)
    };
    let mut file = [b'a'; 900];
    file[100..200].fill(b'#');
    assert_eq!(state((100, 100), 110..200, &file), Binding::Holds);
    // The manifest itself is at another place: what is left out may be anything.
    assert_eq!(state((100, 100), 700..800, &file), Binding::HoldsInPart);
    file[50] = b'!';
    assert_eq!(state((100, 100), 110..200, &file), Binding::Broken);
    assert_eq!(state((100, 100), 110..200, &file[..150]), Binding::Broken);
    let without = store_of(&assertions(b"", (0, 0))[..2], 2);
    assert_eq!(binding(&Part::at(&without, 0), b""), Binding::Unsupported);
}

#[test]
fn the_last_manifest_is_the_active_one() {
    let one = store();
    let body = &Superbox::read(&Part::at(&one[8..], 0)).unwrap().boxes;
    let manifest = boxed("jumb", body[0].1.bytes());
    let older = with(&manifest, LABEL, "urn:c2pa:ffffffff");
    let found = described(&superbox("c2pa", "c2pa", &[older, manifest]));
    assert_eq!(value(&found, "ManifestLabel"), Some(LABEL));
    assert_eq!(found.fields.iter().filter(|field| field.name == "ManifestLabel").count(), 2);
}

#[test]
fn what_is_no_store_is_told() {
    assert_eq!(described(b"").flaws.len(), 1);
    assert_eq!(described(&superbox("c2pa", "c2pa", &[])).flaws.len(), 1);
    let compressed = superbox("c2pa", "c2pa", &[superbox("c2cm", "x", &[])]);
    assert_eq!(described(&compressed).flaws.len(), 1);
}

proptest! {
    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        described(&bytes);
        described(&superbox("c2pa", "c2pa", &[superbox("c2ma", "x", &[bytes])]));
    }

    #[test]
    fn a_change_that_stays_valid_says_the_same(
        index in any::<prop::sample::Index>(),
        by in 1u8..,
    ) {
        let mut store = store();
        let before = described(&store);
        let first = memchr::memmem::find(&store, b"c2pa.assertions").unwrap() + 16;
        let last = memchr::memmem::find(&store, b"c2pa.signature").unwrap() - 33;
        let at = first + index.index(last - first);
        store[at] ^= by;
        let found = described(&store);
        // The description of the box of the claim is not signed.
        prop_assert!(value(&found, "SignatureState") != Some("valid") || found == before);
    }

    #[test]
    fn any_change_is_read(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut store = store();
        for (index, byte) in changes {
            let at = index.index(store.len());
            store[at] = byte;
        }
        let end = 1_000 + store.len() as u64;
        let found = described(&store);
        prop_assert!(found.fields.iter().all(|field| field.at.end <= end));
        binding(&Part::at(&store, 0), b"picture");
        described(&store[..cut.index(store.len())]);
    }
}
