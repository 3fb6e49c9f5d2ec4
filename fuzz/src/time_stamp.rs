//! The fuzz target of time stamps: tokens, answers and certificates.
//!
//! A crash is a panic, an overflow, a hang, memory beyond the limit of the runner, or a broken
//! promise: a token that holds and is not the one of the sample, or that is not read again from its
//! own bytes.

#![no_main]

use faisceau_timestamp::{
    HashAlgorithm, Over, Request, Roots, Token, certificates, read_response, verify,
};
use libfuzzer_sys::fuzz_target;

const CHAIN: &[u8] =
    include_bytes!("../../crates/faisceau-timestamp/tests/fixtures/webrecorder/timestamp_cert.pem");

fuzz_target!(|data: &[u8]| {
    let chain = certificates(CHAIN).expect("the chain of the sample");
    let roots = Roots::from_der(&chain[1]).expect("its root");
    for over in [
        Over::Data(b"nothing that the sample is over"),
        Over::Sha256([0; 32]),
        Over::Digests(&|hash: HashAlgorithm| hash.digest(b"nothing")),
    ] {
        if let Ok(verdict) = verify(data, over, &roots, &chain) {
            assert!(!verdict.holds(), "{verdict:?}");
        }
    }
    if let Ok(token) = Token::read(data) {
        assert_eq!(Token::read(&token.der).as_ref(), Ok(&token));
        let _ = token.interval();
        let own = Roots::from_der(data);
        let _ = verify(data, Over::Sha256([1; 32]), &own.unwrap_or_default(), &[data]);
    }
    let request = Request { digest: [0; 32], nonce: 1, want_certificate: true, policy: None };
    let _ = read_response(data, &request);
    if let Ok(roots) = Roots::from_pem(data) {
        let _ = roots.facts().count();
    }
});
