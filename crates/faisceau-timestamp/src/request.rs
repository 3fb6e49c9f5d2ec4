//! A request for a time stamp. In: a SHA-256, a nonce that was drawn elsewhere, whether the
//! certificate is wanted, a policy. Out: the DER of a `TimeStampReq`.
//!
//! RFC 3161, 2.4.1. An authority learns the digest and the time of asking, nothing of the data.

use der::asn1::{Null, OctetStringRef};
use der::{Encode, Sequence};

use crate::{Oid, oid};

/// What is asked of an authority.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// SHA-256 of the data.
    pub digest: [u8; 32],
    /// A number that the answer must repeat, so that no old answer passes for it.
    pub nonce: u64,
    /// Whether the token must carry the certificate of its signer.
    pub want_certificate: bool,
    /// The policy to stamp under; the authority chooses where there is none.
    pub policy: Option<Oid>,
}

#[derive(Sequence)]
struct AlgorithmIdentifier {
    algorithm: Oid,
    parameters: Null,
}

#[derive(Sequence)]
struct MessageImprint<'a> {
    hash_algorithm: AlgorithmIdentifier,
    hashed_message: OctetStringRef<'a>,
}

#[derive(Sequence)]
struct TimeStampReq<'a> {
    version: u8,
    message_imprint: MessageImprint<'a>,
    req_policy: Option<Oid>,
    nonce: u64,
    #[asn1(default = "Default::default")]
    cert_req: bool,
}

impl Request {
    /// The bytes to send, as [`QUERY_MEDIA_TYPE`](crate::QUERY_MEDIA_TYPE).
    pub fn to_der(&self) -> Vec<u8> {
        let encode = || {
            let request = TimeStampReq {
                version: 1,
                message_imprint: MessageImprint {
                    hash_algorithm: AlgorithmIdentifier {
                        algorithm: oid::SHA256,
                        parameters: Null,
                    },
                    hashed_message: OctetStringRef::new(&self.digest)?,
                },
                req_policy: self.policy,
                nonce: self.nonce,
                cert_req: self.want_certificate,
            };
            request.to_der()
        };
        // Only lengths beyond 256 MiB fail, and all of these are fixed.
        encode().unwrap_or_default()
    }
}

/// The bytes of a request for a time stamp over a SHA-256.
pub fn request(
    digest: [u8; 32],
    nonce: u64,
    want_certificate: bool,
    policy: Option<Oid>,
) -> Vec<u8> {
    Request { digest, nonce, want_certificate, policy }.to_der()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::element::hex;

    #[test]
    fn the_bytes_are_those_of_the_rfc() {
        let policy = Some(Oid::new_unwrap("1.2.3.4.1"));
        let head = "3031300d060960864801650304020105000420";
        let digest = "ab".repeat(32);
        assert_eq!(
            hex(&request([0xab; 32], 0x8000_0000_0000_0001, true, policy)),
            format!("304a020101{head}{digest}06042a03040102090080000000000000010101ff")
        );
        assert_eq!(
            hex(&request([0xab; 32], 1, false, None)),
            format!("3039020101{head}{digest}020101")
        );
    }
}
