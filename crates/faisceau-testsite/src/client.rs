//! The simplest client: sends bytes, keeps all that comes until the end.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

use crate::Site;

pub(crate) fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    stream
}

pub(crate) fn request(target: &str) -> Vec<u8> {
    format!("GET {target} HTTP/1.1\r\nHost: site.test\r\nConnection: close\r\n\r\n").into_bytes()
}

/// All that comes, and whether the end was an error.
pub(crate) fn exchange(address: SocketAddr, bytes: &[u8]) -> (Vec<u8>, io::Result<usize>) {
    let mut stream = connect(address);
    stream.write_all(bytes).unwrap();
    let mut all = Vec::new();
    let end = stream.read_to_end(&mut all);
    (all, end)
}

pub(crate) fn raw(address: SocketAddr, bytes: &[u8]) -> Vec<u8> {
    let (all, end) = exchange(address, bytes);
    end.unwrap();
    all
}

pub(crate) fn get(address: SocketAddr, target: &str) -> Vec<u8> {
    raw(address, &request(target))
}

/// The head with its empty line, and the body as it was framed.
pub(crate) fn parts(answer: &[u8]) -> (String, Vec<u8>) {
    let end = answer.windows(4).position(|window| window == b"\r\n\r\n").unwrap() + 4;
    (String::from_utf8(answer[..end].to_vec()).unwrap(), answer[end..].to_vec())
}

pub(crate) fn body(address: SocketAddr, target: &str) -> Vec<u8> {
    parts(&get(address, target)).1
}

/// The first bytes of an answer that has no end.
pub(crate) fn first(address: SocketAddr, target: &str, count: usize) -> Vec<u8> {
    let mut stream = connect(address);
    stream.write_all(&request(target)).unwrap();
    let mut bytes = vec![0; count];
    stream.read_exact(&mut bytes).unwrap();
    bytes
}

pub(crate) fn try_tls(
    address: SocketAddr,
    root: &[u8],
    name: &str,
    target: &str,
) -> io::Result<Vec<u8>> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from(root.to_vec())).unwrap();
    let config =
        ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
    let name = ServerName::try_from(name.to_owned()).unwrap();
    let tls = ClientConnection::new(Arc::new(config), name).unwrap();
    let mut stream = StreamOwned::new(tls, connect(address));
    stream.write_all(&request(target))?;
    let mut all = Vec::new();
    stream.read_to_end(&mut all)?;
    Ok(all)
}

pub(crate) fn get_tls(site: &Site, target: &str) -> Vec<u8> {
    try_tls(site.https(), site.root_der(), "site.test", target).unwrap()
}
