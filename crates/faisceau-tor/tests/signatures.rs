//! Signatures of both flavours, by authorities of this test: what counts, and what does not and why.
//!
//! The keys are made from primes that stand below (`openssl prime -generate -hex -bits 512`): they
//! are of this test and of nobody.

#![expect(clippy::unwrap_used, reason = "a test that cannot make its documents fails")]

use std::fmt::Write as _;

use faisceau_tor::{Authorities, Certificates, Consensus, Limits, Signed, TorIndexBuilder};
use rsa::pkcs1::EncodeRsaPublicKey as _;
use rsa::{BigUint, Pkcs1v15Sign, RsaPrivateKey};
use sha1::Digest as _;

/// Three authorities that are known, one that is not, and a signing key.
const PRIMES: [(&str, &str); 5] = [
    (
        "FC712712E70CCAF436A2CF4F42C3197F396541D16CD223C3C882E9EE3BEEEACB0D41FA6DE91792B9813B3720A1B75EA5BC1310ED3D68B892D0E577DF3C8605A1",
        "D95489FFE345BBE986BD8EEFE14B1040E69C8FD7D790D83A4B058A3ECEA1E6D0A3E247A816419CA81CC54107C9C680C8075FC3985F3A5506E7B68A03DAD70687",
    ),
    (
        "D780F2EE8F2AD223C725CBBB452AD11720C13E4BCD06736398C70CD7E37B103E51B533096F75BE8681AC8012E4CA34EFB1F593D53F33FB0FFC9C58DA803F1A09",
        "F1373E96527D7EF5046607448863D14AD2E3300CC1688D27A4121CC859741C8B664FDF828BEFDBA91898AFC4B55155E9751FF95FD53375AF66FA96E7553D966F",
    ),
    (
        "E11E977F60BF626B34239660223BCF0E594522EB18FD8FADC8F68F4285945AA604B010B0CD5950260072C79610E781BCC5AF42ADBAA7B0DF3EC440D35AFEE251",
        "FF5DB8DB632C42F935813D0BA7ABE9290499D0EA85D7CBD3B2C9324DE8BF5D77D20BAE39FDAFA94804D7257E14476ED445F42B7A99572F6DEAE3A12DAEF19E01",
    ),
    (
        "D31D2D4D04909C758C1C3B3D55972E404E994BEA6465052285AEB61E5DB96EDE84B7B796799736F174114D6F94B3C6AC27451AE7F342226265727AC7CA5FFD1B",
        "C675F5C585D3BA79A2BFAD019635ADB8F839715432E1E60312632E0D66E35CBFF57C197D48740B02AF7C20356AF62499A7ABBB24A401C8D3EA13B8FB99D0F7F7",
    ),
    (
        "E3F158589F2FC5DD9EBA5624F4B405CF036986216A0133B67BA21945E1FBC05DE7DBC728948AE438F6C582205D9E832F75CCDB5D51BD6556FEB4020CC00299F9",
        "D1FE23B8F5D0C82E160E560E3AE90F1C799F94929AD2D42A260510BBED8F537B13906A755718966B9983799A4F80773DDC212554C9CE705B4D0F8CD8DA08B459",
    ),
];
const SIGNING: usize = 4;
const STRANGER: usize = 3;

fn key(number: usize) -> RsaPrivateKey {
    let prime = |hex: &str| BigUint::parse_bytes(hex.as_bytes(), 16).unwrap();
    let (p, q) = PRIMES[number];
    RsaPrivateKey::from_p_q(prime(p), prime(q), BigUint::from(65_537_u32)).unwrap()
}

fn der(key: &RsaPrivateKey) -> Vec<u8> {
    key.to_public_key().to_pkcs1_der().unwrap().as_bytes().to_vec()
}

fn fingerprint(number: usize) -> String {
    sha1::Sha1::digest(der(&key(number))).iter().fold(String::new(), |mut out, byte| {
        write!(out, "{byte:02X}").unwrap();
        out
    })
}

/// A block of base64 (RFC 4648).
fn block(label: &str, bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut body = String::new();
    for part in bytes.chunks(3) {
        let bits = part.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte));
        let bits = bits << (8 * (3 - part.len()));
        for place in 0..=part.len() {
            body.push(char::from(DIGITS[(bits >> (18 - 6 * place)) as usize & 63]));
        }
    }
    format!("-----BEGIN {label}-----\n{body}\n-----END {label}-----\n")
}

fn sign(number: usize, digest: &[u8]) -> String {
    block("SIGNATURE", &key(number).sign(Pkcs1v15Sign::new_unprefixed(), digest).unwrap())
}

/// The certificate by which an authority lends its name to the signing key.
fn certificate(number: usize, expires: &str) -> String {
    let mut text = format!(
        "dir-key-certificate-version 3\nfingerprint {}\ndir-key-published 2021-01-01 00:00:00\n\
         dir-key-expires {expires} 00:00:00\ndir-identity-key\n{}dir-signing-key\n{}\
         dir-key-certification\n",
        fingerprint(number),
        block("RSA PUBLIC KEY", &der(&key(number))),
        block("RSA PUBLIC KEY", &der(&key(SIGNING))),
    );
    text += &sign(number, &sha1::Sha1::digest(&text));
    text
}

fn authorities() -> Authorities {
    let mut text = String::new();
    for number in 0..3 {
        let identity = fingerprint(number);
        writeln!(
            text,
            "[[key]]\nname = \"test{number}\"\nidentity = \"{identity}\"\nfrom = \"2020-01-01\""
        )
        .unwrap();
    }
    Authorities::parse(&text).unwrap()
}

/// A consensus of one relay with a signature of each of these.
fn consensus(is_micro: bool, signers: &[usize]) -> String {
    let id = "A".repeat(26);
    let (version, digest) =
        if is_micro { ("3 microdesc", String::new()) } else { ("3", format!(" {id}E")) };
    let body = format!(
        "network-status-version {version}\nvote-status consensus\n\
         valid-after 2021-08-29 19:00:00\nfresh-until 2021-08-29 20:00:00\n\
         valid-until 2021-08-29 22:00:00\n\
         r test {id}A{digest} 2021-08-29 00:00:00 192.0.2.1 443 0\ns Exit Running\n\
         directory-footer\ndirectory-signature "
    );
    let digest = if is_micro {
        <sha2::Sha256 as sha2::Digest>::digest(&body).to_vec()
    } else {
        sha1::Sha1::digest(&body).to_vec()
    };
    let algorithm = if is_micro { "sha256 " } else { "" };
    let one = |number: &usize| {
        let (identity, signing) = (fingerprint(*number), fingerprint(SIGNING));
        format!("{algorithm}{identity} {signing}\n{}", sign(SIGNING, &digest))
    };
    let signatures: Vec<String> = signers.iter().map(one).collect();
    body + &signatures.join("directory-signature ")
}

fn signed(text: &str, certificates: &str) -> Signed {
    let consensus = Consensus::parse(text.as_bytes()).unwrap();
    let mut known = Certificates::default();
    let (_, refused) = known.add(certificates.as_bytes());
    assert!(refused.is_empty(), "{refused:?}");
    let digests = (&consensus.sha1()[..], &consensus.sha256()[..]);
    let at_s = consensus.valid_after_s;
    Signed::count(&consensus.signatures, digests, at_s, &known, &authorities())
}

fn certificates() -> String {
    [0, 1, 2, STRANGER].map(|number| certificate(number, "2022-01-01")).concat()
}

#[test]
fn both_flavours_are_verified_with_their_digest() {
    for is_micro in [false, true] {
        let found = signed(&consensus(is_micro, &[0, 1]), &certificates());
        let expected = Signed { valid: 2, known: 3, ..Signed::default() };
        assert_eq!(found, expected, "{is_micro}");
        assert!(found.is_majority());
        assert!(!signed(&consensus(is_micro, &[0]), &certificates()).is_majority());
    }
}

#[test]
fn one_authority_that_signs_twice_is_one() {
    let found = signed(&consensus(true, &[0, 0, 0]), &certificates());
    assert_eq!((found.valid, found.is_majority()), (1, false));
}

#[test]
fn what_is_not_signed_by_a_known_authority_is_counted_apart() {
    for is_micro in [false, true] {
        let text = consensus(is_micro, &[0, STRANGER]);
        let found = signed(&text, &certificates());
        assert_eq!((found.valid, found.unknown, found.bad), (1, 1, 0));
        let altered = signed(&text.replace("192.0.2.1", "192.0.2.2"), &certificates());
        assert_eq!((altered.valid, altered.unknown, altered.bad), (0, 1, 1));
    }
    // The right digest under the name of the other algorithm.
    let renamed = consensus(true, &[0]).replace(" sha256 ", " sha1 ");
    let renamed = signed(&renamed, &certificates());
    assert_eq!((renamed.valid, renamed.bad), (0, 1));
}

#[test]
fn an_expired_certificate_and_a_missing_one_leave_a_signature_without() {
    let text = consensus(true, &[0, 1, 2]);
    let some = certificate(0, "2022-01-01") + &certificate(1, "2021-08-29");
    let found = signed(&text, &some);
    assert_eq!((found.valid, found.without_certificate, found.bad), (1, 2, 0));
    // A date that was changed is not the one that was signed.
    let last = certificate(1, "2021-08-29").replace("08-29 00:00:00", "08-29 19:00:00");
    let mut known = Certificates::default();
    assert_eq!(known.add(last.as_bytes()).1.len(), 1, "a date that was not signed");
}

#[test]
fn the_index_keeps_the_count() {
    let mut builder = TorIndexBuilder::new(authorities(), Limits::default());
    for text in [consensus(true, &[0, 1, STRANGER]), certificates()] {
        assert_eq!(builder.add("file", text.as_bytes()).unwrap().rejects, []);
    }
    let index = builder.finish();
    let expected = Signed { valid: 2, known: 3, unknown: 1, ..Signed::default() };
    assert_eq!(index.documents()[0].signed, expected);
}
