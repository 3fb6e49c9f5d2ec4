//! An own authority, made anew for each site: root, intermediate, and what they sign (RFC 5280).

use std::io;
use std::sync::Arc;

use rcgen::{
    BasicConstraints, Certificate, CertificateParams, CustomExtension, DnType,
    ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, KeyUsagePurpose, date_time_ymd,
};
use rustls::ServerConfig;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

/// The names that the site's certificate is for.
const NAMES: [&str; 3] = ["localhost", "site.test", "127.0.0.1"];

/// Extended key usage (RFC 5280, section 4.2.1.12).
const EXTENDED_KEY_USAGE: [u64; 4] = [2, 5, 29, 37];
/// A sequence with id-kp-timeStamping alone, as RFC 3161, section 2.3, asks for.
const TIME_STAMPING: [u8; 12] =
    [0x30, 0x0a, 0x06, 0x08, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x08];

/// A certificate with its key.
pub(crate) struct Holder {
    pub(crate) certificate: Certificate,
    pub(crate) key: KeyPair,
}

/// Root, intermediate and the site's certificate.
pub(crate) struct Chain {
    pub(crate) root: Certificate,
    intermediate: Certificate,
    leaf: Holder,
    issuer: Issuer<'static, KeyPair>,
}

fn failed(error: impl std::fmt::Display) -> io::Error {
    io::Error::other(format!("no certificate: {error}"))
}

fn params(names: &[&str], common_name: &str) -> io::Result<CertificateParams> {
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let mut params = CertificateParams::new(names).map_err(failed)?;
    params.distinguished_name.push(DnType::CommonName, common_name);
    params.distinguished_name.push(DnType::OrganizationName, "faisceau, tests");
    params.not_before = date_time_ymd(2024, 1, 1);
    params.not_after = date_time_ymd(2044, 1, 1);
    Ok(params)
}

fn authority(common_name: &str) -> io::Result<CertificateParams> {
    let mut params = params(&[], common_name)?;
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    Ok(params)
}

impl Chain {
    pub(crate) fn new() -> io::Result<Self> {
        let (root_params, root_key) =
            (authority("Test root")?, KeyPair::generate().map_err(failed)?);
        let root = root_params.self_signed(&root_key).map_err(failed)?;
        let root_issuer = Issuer::new(root_params, root_key);

        let mut params_between = authority("Test intermediate")?;
        params_between.use_authority_key_identifier_extension = true;
        let key = KeyPair::generate().map_err(failed)?;
        let intermediate = params_between.signed_by(&key, &root_issuer).map_err(failed)?;
        let issuer = Issuer::new(params_between, key);

        let mut leaf = params(&NAMES, "localhost")?;
        leaf.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        leaf.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        leaf.use_authority_key_identifier_extension = true;
        let key = KeyPair::generate().map_err(failed)?;
        let certificate = leaf.signed_by(&key, &issuer).map_err(failed)?;
        Ok(Self { root, intermediate, leaf: Holder { certificate, key }, issuer })
    }

    /// TLS 1.2 and 1.3, with leaf and intermediate, without the root.
    pub(crate) fn server(&self) -> io::Result<Arc<ServerConfig>> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let chain = vec![self.leaf.certificate.der().clone(), self.intermediate.der().clone()];
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(self.leaf.key.serialize_der()));
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(failed)?
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .map_err(failed)?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Arc::new(config))
    }

    /// A certificate that stamps times, from the intermediate; its validity ended long ago if
    /// `expired`.
    pub(crate) fn stamping(&self, expired: bool) -> io::Result<Holder> {
        let mut params = params(&[], "Test time-stamping unit")?;
        if expired {
            params.not_before = date_time_ymd(2014, 1, 1);
            params.not_after = date_time_ymd(2016, 1, 1);
        }
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        let mut usage =
            CustomExtension::from_oid_content(&EXTENDED_KEY_USAGE, TIME_STAMPING.to_vec());
        usage.set_criticality(true);
        params.custom_extensions = vec![usage];
        params.use_authority_key_identifier_extension = true;
        let key = KeyPair::generate().map_err(failed)?;
        let certificate = params.signed_by(&key, &self.issuer).map_err(failed)?;
        Ok(Holder { certificate, key })
    }

    /// Intermediate and root, as PEM.
    pub(crate) fn above_pem(&self) -> String {
        self.intermediate.pem() + &self.root.pem()
    }
}
