//! The object identifiers that a token is read by.

use crate::Oid;

const fn oid(text: &str) -> Oid {
    Oid::new_unwrap(text)
}

/// `id-signedData` (RFC 5652, 5.1).
pub(crate) const SIGNED_DATA: Oid = oid("1.2.840.113549.1.7.2");
/// `id-ct-TSTInfo` (RFC 3161, 2.4.2).
pub(crate) const TST_INFO: Oid = oid("1.2.840.113549.1.9.16.1.4");

/// Attributes (RFC 5652, 11; RFC 2634, 5.4; RFC 5035, 3).
pub(crate) const CONTENT_TYPE: Oid = oid("1.2.840.113549.1.9.3");
pub(crate) const MESSAGE_DIGEST: Oid = oid("1.2.840.113549.1.9.4");
pub(crate) const SIGNING_CERTIFICATE: Oid = oid("1.2.840.113549.1.9.16.2.12");
pub(crate) const SIGNING_CERTIFICATE_V2: Oid = oid("1.2.840.113549.1.9.16.2.47");

/// Hash functions.
pub(crate) const MD5: Oid = oid("1.2.840.113549.2.5");
pub(crate) const SHA1: Oid = oid("1.3.14.3.2.26");
pub(crate) const SHA224: Oid = oid("2.16.840.1.101.3.4.2.4");
pub(crate) const SHA256: Oid = oid("2.16.840.1.101.3.4.2.1");
pub(crate) const SHA384: Oid = oid("2.16.840.1.101.3.4.2.2");
pub(crate) const SHA512: Oid = oid("2.16.840.1.101.3.4.2.3");
pub(crate) const SHA3_256: Oid = oid("2.16.840.1.101.3.4.2.8");
pub(crate) const SHA3_384: Oid = oid("2.16.840.1.101.3.4.2.9");
pub(crate) const SHA3_512: Oid = oid("2.16.840.1.101.3.4.2.10");

/// Signatures (RFC 8017, RFC 5758, RFC 8410).
pub(crate) const RSA: Oid = oid("1.2.840.113549.1.1.1");
pub(crate) const RSA_MD5: Oid = oid("1.2.840.113549.1.1.4");
pub(crate) const RSA_SHA1: Oid = oid("1.2.840.113549.1.1.5");
pub(crate) const MGF1: Oid = oid("1.2.840.113549.1.1.8");
pub(crate) const RSA_PSS: Oid = oid("1.2.840.113549.1.1.10");
pub(crate) const RSA_SHA256: Oid = oid("1.2.840.113549.1.1.11");
pub(crate) const RSA_SHA384: Oid = oid("1.2.840.113549.1.1.12");
pub(crate) const RSA_SHA512: Oid = oid("1.2.840.113549.1.1.13");
pub(crate) const ECDSA_SHA1: Oid = oid("1.2.840.10045.4.1");
pub(crate) const ECDSA_SHA256: Oid = oid("1.2.840.10045.4.3.2");
pub(crate) const ECDSA_SHA384: Oid = oid("1.2.840.10045.4.3.3");
pub(crate) const ECDSA_SHA512: Oid = oid("1.2.840.10045.4.3.4");
pub(crate) const ED25519: Oid = oid("1.3.101.112");

/// Keys (RFC 5480).
pub(crate) const EC: Oid = oid("1.2.840.10045.2.1");
pub(crate) const P256: Oid = oid("1.2.840.10045.3.1.7");
pub(crate) const P384: Oid = oid("1.3.132.0.34");
pub(crate) const P521: Oid = oid("1.3.132.0.35");

/// `id-kp-timeStamping`, `anyExtendedKeyUsage` (RFC 5280, 4.2.1.12).
pub(crate) const TIME_STAMPING: Oid = oid("1.3.6.1.5.5.7.3.8");
pub(crate) const ANY_PURPOSE: Oid = oid("2.5.29.37.0");

/// Extensions of certificates (RFC 5280, 4.2.1).
pub(crate) const KEY_USAGE: Oid = oid("2.5.29.15");
pub(crate) const SUBJECT_ALT_NAME: Oid = oid("2.5.29.17");
pub(crate) const BASIC_CONSTRAINTS: Oid = oid("2.5.29.19");
pub(crate) const NAME_CONSTRAINTS: Oid = oid("2.5.29.30");
pub(crate) const CERTIFICATE_POLICIES: Oid = oid("2.5.29.32");
pub(crate) const EXTENDED_KEY_USAGE: Oid = oid("2.5.29.37");

/// `id-pe-qcStatements` (RFC 3739, 3.2.6), and the statements of ETSI that are named.
pub(crate) const QC_STATEMENTS: Oid = oid("1.3.6.1.5.5.7.1.3");
pub(crate) const QC_COMPLIANCE: Oid = oid("0.4.0.1862.1.1");
pub(crate) const QC_DEVICE: Oid = oid("0.4.0.1862.1.4");
pub(crate) const QC_TYPE: Oid = oid("0.4.0.1862.1.6");
pub(crate) const QC_TYPE_SIGNATURE: Oid = oid("0.4.0.1862.1.6.1");
pub(crate) const QC_TYPE_SEAL: Oid = oid("0.4.0.1862.1.6.2");
pub(crate) const QC_TYPE_WEB: Oid = oid("0.4.0.1862.1.6.3");
pub(crate) const QUALIFIED_TIME_STAMP: Oid = oid("0.4.0.19422.1.1");
/// The best-practices policy for time stamps (ETSI EN 319 421, 5.2).
pub(crate) const BEST_PRACTICES: Oid = oid("0.4.0.2023.1.1");
