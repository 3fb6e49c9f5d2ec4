//! TLS over an open connection: the certificates that the other end showed are kept.
//!
//! In: a stream, the name of the server. Out: a stream that is encrypted, and what the session was.
//! Refused: a certificate that the roots of this machine, or those that the user added, do not lead
//! to, or that is of another name or time. Only HTTP/1.1 is offered: its bytes are what a web archive
//! keeps.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

use crate::dial::Deadline;

/// What a client trusts, and how it speaks.
#[derive(Clone)]
pub struct Tls {
    config: Arc<ClientConfig>,
    roots: usize,
    added: usize,
}

/// TLS that cannot be set up.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// No certificate is trusted.
    #[error("this machine has no root certificates, and none were named: {0}")]
    NoRoots(String),
    /// A certificate that was named is none.
    #[error("a root certificate that was named cannot be read: {0}")]
    Root(String),
    /// The library refuses to be set up.
    #[error("TLS cannot be set up: {0}")]
    Setup(String),
}

/// What a session was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// `TLSv1_3`, as the library names it.
    pub version: String,
    /// The cipher suite.
    pub cipher: String,
    /// The certificates that the other end showed, DER, the server's first.
    pub chain: Vec<Vec<u8>>,
}

impl Tls {
    /// Trusts the roots of this machine, and `added` (DER).
    pub fn new(added: &[Vec<u8>]) -> Result<Self, TlsError> {
        let mut store = RootCertStore::empty();
        let native = rustls_native_certs::load_native_certs();
        let (roots, _) = store.add_parsable_certificates(native.certs);
        for der in added {
            let der = CertificateDer::from_slice(der).into_owned();
            store.add(der).map_err(|error| TlsError::Root(error.to_string()))?;
        }
        if store.is_empty() {
            let why = native.errors.first().map(ToString::to_string).unwrap_or_default();
            return Err(TlsError::NoRoots(why));
        }
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| TlsError::Setup(error.to_string()))?
            .with_root_certificates(store)
            .with_no_client_auth();
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        // A ticket of an earlier session would tell two requests of one user.
        config.resumption = rustls::client::Resumption::disabled();
        Ok(Self { config: Arc::new(config), roots, added: added.len() })
    }

    /// How many roots of this machine are trusted, and how many were added.
    pub fn roots(&self) -> (usize, usize) {
        (self.roots, self.added)
    }

    /// Speaks TLS over a connection.
    ///
    /// # Errors
    /// When the certificate is not trusted, or the other end speaks no TLS.
    pub(crate) fn connect(
        &self,
        mut stream: TcpStream,
        host: &str,
        deadline: Deadline,
    ) -> io::Result<(Secured, Session)> {
        let name = ServerName::try_from(host.trim_matches(['[', ']']).to_owned())
            .map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error.to_string()))?;
        let mut session = ClientConnection::new(Arc::clone(&self.config), name)
            .map_err(|error| io::Error::other(error.to_string()))?;
        while session.is_handshaking() {
            deadline.set(&stream)?;
            session.complete_io(&mut stream)?;
        }
        let said = Session {
            version: session.protocol_version().map_or("", |v| v.as_str().unwrap_or("")).to_owned(),
            cipher: session
                .negotiated_cipher_suite()
                .map_or("", |suite| suite.suite().as_str().unwrap_or(""))
                .to_owned(),
            chain: session
                .peer_certificates()
                .unwrap_or_default()
                .iter()
                .map(|certificate| certificate.as_ref().to_vec())
                .collect(),
        };
        Ok((Secured(StreamOwned::new(session, stream)), said))
    }
}

/// An encrypted connection.
pub(crate) struct Secured(StreamOwned<ClientConnection, TcpStream>);

impl Secured {
    pub(crate) fn stream(&self) -> &TcpStream {
        &self.0.sock
    }
}

impl Read for Secured {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer)
    }
}

impl Write for Secured {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl crate::dns::ReadWrite for Secured {
    fn set_timeout(&mut self, timeout: Duration) -> io::Result<()> {
        self.0.sock.set_read_timeout(Some(timeout))?;
        self.0.sock.set_write_timeout(Some(timeout))
    }
}

impl Tls {
    /// Opens a stream over TLS to an address whose certificate has to bear the name.
    ///
    /// # Errors
    /// When it cannot be reached in time, or the certificate is not trusted.
    pub fn dial(
        &self,
        name: &str,
        address: SocketAddr,
        timeout: Duration,
    ) -> io::Result<Box<dyn crate::dns::ReadWrite + Send>> {
        let stream = TcpStream::connect_timeout(&address, timeout)?;
        let (secured, _) =
            self.without_protocol().connect(stream, name, Deadline::after(timeout))?;
        Ok(Box::new(secured))
    }

    /// The same, without naming HTTP.
    fn without_protocol(&self) -> Self {
        let mut config = ClientConfig::clone(&self.config);
        config.alpn_protocols.clear();
        Self { config: Arc::new(config), ..self.clone() }
    }
}
