//! A signature in COSE. In: its bytes, and the message. Out: whether the key of the certificate that
//! comes with it made it.
//!
//! RFC 9052, 4.2 and 4.4 (<https://www.rfc-editor.org/rfc/rfc9052>); RFC 9360 (`x5chain`); RFC 9053,
//! RFC 8230 (algorithms). The chain of certificates is not followed to anyone who is trusted: that a
//! signature holds says nothing about who made it.

use sha2::{Digest, Sha256, Sha384, Sha512};

use super::cbor::{Item, Value};
use super::certificate::Key;

/// Header labels: algorithm, chain of certificates.
const ALGORITHM: i128 = 1;
const CHAIN: i128 = 33;

/// `id-ecPublicKey`, `prime256v1`, `secp384r1`, `secp521r1`, `rsaEncryption`, `id-RSASSA-PSS`, `id-Ed25519`.
const EC: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1];
const P256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7];
const P384: &[u8] = &[0x2b, 0x81, 4, 0, 0x22];
const P521: &[u8] = &[0x2b, 0x81, 4, 0, 0x23];
const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1];
const RSA_PSS: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 10];
const ED25519: &[u8] = &[0x2b, 0x65, 0x70];

/// A `COSE_Sign1`.
#[derive(Debug)]
pub(super) struct Signed<'a> {
    protected: &'a [u8],
    pub(super) algorithm: Option<i128>,
    /// The certificates, the one of the signer first.
    pub(super) chain: Vec<Item<'a>>,
    /// What stands under the headers that are not signed.
    pub(super) unprotected: Item<'a>,
    /// The message, where it is not elsewhere.
    pub(super) payload: Option<&'a [u8]>,
    signature: &'a [u8],
}

impl<'a> Signed<'a> {
    pub(super) fn read(bytes: &'a [u8]) -> Option<Self> {
        let item = Item::read(bytes)?;
        let [protected, unprotected, payload, signature] = item.array() else { return None };
        let headers = match protected.bytes()? {
            [] => Item { value: Value::Map(Vec::new()), at: 0..0 },
            bytes => Item::read(bytes)?,
        };
        let of_chain =
            |item: &Item<'a>| item.number(CHAIN).or_else(|| item.get("x5chain")).cloned();
        // Places within the protected headers are counted from these bytes on, not from the whole.
        let from = protected.at.end - protected.bytes()?.len();
        let chain = match (of_chain(&headers), of_chain(unprotected)) {
            (Some(chain), _) => moved(&chain, from),
            (None, Some(chain)) => moved(&chain, 0),
            (None, None) => Vec::new(),
        };
        Some(Self {
            protected: protected.bytes()?,
            algorithm: headers.number(ALGORITHM).and_then(Item::integer),
            chain,
            unprotected: unprotected.clone(),
            payload: payload.bytes(),
            signature: signature.bytes()?,
        })
    }

    /// The name of the algorithm, as the registry of IANA has it.
    pub(super) fn algorithm_name(&self) -> Option<&'static str> {
        Some(match self.algorithm? {
            -7 => "ES256",
            -35 => "ES384",
            -36 => "ES512",
            -8 => "EdDSA",
            -37 => "PS256",
            -38 => "PS384",
            -39 => "PS512",
            _ => return None,
        })
    }

    /// Whether this key made the signature of a message; `None` for an algorithm that is not read.
    pub(super) fn holds(&self, key: &Key<'_>, message: &[u8]) -> Option<bool> {
        let mut signed = vec![0x84, 0x6a];
        signed.extend(b"Signature1");
        for bytes in [self.protected, b"", message] {
            signed.extend(head_of_bytes(bytes.len() as u64));
            signed.extend(bytes);
        }
        match (self.algorithm?, key.algorithm) {
            (-7, EC) => elliptic(key, &Sha256::digest(&signed), self.signature),
            (-35, EC) => elliptic(key, &Sha384::digest(&signed), self.signature),
            (-36, EC) => elliptic(key, &Sha512::digest(&signed), self.signature),
            (-37, RSA | RSA_PSS) => {
                let padding = rsa::Pss::new::<rsa::sha2::Sha256>();
                Some(rsa_holds(key, padding, &Sha256::digest(&signed), self.signature))
            }
            (-38, RSA | RSA_PSS) => {
                let padding = rsa::Pss::new::<rsa::sha2::Sha384>();
                Some(rsa_holds(key, padding, &Sha384::digest(&signed), self.signature))
            }
            (-39, RSA | RSA_PSS) => {
                let padding = rsa::Pss::new::<rsa::sha2::Sha512>();
                Some(rsa_holds(key, padding, &Sha512::digest(&signed), self.signature))
            }
            (-8, ED25519) => Some(edwards(key, &signed, self.signature).unwrap_or(false)),
            _ => None,
        }
    }
}

/// A certificate, or a list of them, with places counted from elsewhere.
fn moved<'a>(chain: &Item<'a>, from: usize) -> Vec<Item<'a>> {
    let one = std::slice::from_ref(chain);
    let all = if chain.bytes().is_some() { one } else { chain.array() };
    let place = |item: &Item<'a>| item.at.start + from..item.at.end + from;
    all.iter().map(|item| Item { value: item.value.clone(), at: place(item) }).collect()
}

/// The head of a byte string of CBOR.
fn head_of_bytes(length: u64) -> Vec<u8> {
    match (u8::try_from(length), u16::try_from(length), u32::try_from(length)) {
        (Ok(short @ 0..=23), ..) => vec![0x40 | short],
        (Ok(short), ..) => vec![0x58, short],
        (_, Ok(short), _) => [&[0x59], short.to_be_bytes().as_slice()].concat(),
        (_, _, Ok(short)) => [&[0x5a], short.to_be_bytes().as_slice()].concat(),
        _ => [&[0x5b], length.to_be_bytes().as_slice()].concat(),
    }
}

fn elliptic(key: &Key<'_>, hash: &[u8], signature: &[u8]) -> Option<bool> {
    use p256::ecdsa::signature::hazmat::PrehashVerifier;
    let held = match key.curve? {
        P256 => {
            let key = p256::ecdsa::VerifyingKey::from_sec1_bytes(key.bits).ok();
            let signature = p256::ecdsa::Signature::from_slice(signature).ok();
            key.zip(signature).map(|(key, signature)| key.verify_prehash(hash, &signature).is_ok())
        }
        P384 => {
            let key = p384::ecdsa::VerifyingKey::from_sec1_bytes(key.bits).ok();
            let signature = p384::ecdsa::Signature::from_slice(signature).ok();
            key.zip(signature).map(|(key, signature)| key.verify_prehash(hash, &signature).is_ok())
        }
        P521 => {
            let key = p521::ecdsa::VerifyingKey::from_sec1_bytes(key.bits).ok();
            let signature = p521::ecdsa::Signature::from_slice(signature).ok();
            key.zip(signature).map(|(key, signature)| key.verify_prehash(hash, &signature).is_ok())
        }
        _ => return None,
    };
    Some(held.unwrap_or(false))
}

fn rsa_holds(key: &Key<'_>, padding: rsa::Pss, hash: &[u8], signature: &[u8]) -> bool {
    use rsa::pkcs1::DecodeRsaPublicKey;
    rsa::RsaPublicKey::from_pkcs1_der(key.bits)
        .is_ok_and(|key| key.verify(padding, hash, signature).is_ok())
}

fn edwards(key: &Key<'_>, message: &[u8], signature: &[u8]) -> Option<bool> {
    let key = ed25519_dalek::VerifyingKey::from_bytes(key.bits.try_into().ok()?).ok()?;
    let signature = ed25519_dalek::Signature::from_slice(signature).ok()?;
    Some(key.verify_strict(message, &signature).is_ok())
}
