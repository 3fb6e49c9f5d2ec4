//! A time-stamp token. In: DER. Out: the time that it tells. Its signature is not checked.
//!
//! RFC 3161, 2.4.2 (<https://www.rfc-editor.org/rfc/rfc3161>); RFC 5652, 5.1.

use super::der::{self, Elements, IDENTIFIER, INTEGER, OCTETS, SEQUENCE, SET};

/// `id-signedData`.
const SIGNED_DATA: [u8; 9] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 2];

/// The time of a token, or of the answer of a time-stamping authority that holds one.
pub(super) fn time(bytes: &[u8]) -> Option<String> {
    let mut outer = Elements(bytes).within(SEQUENCE)?;
    // An answer begins with its status.
    outer.pass(SEQUENCE);
    let mut token = match outer.next()? {
        inner if inner.tag == SEQUENCE => Elements(inner.body),
        _ => Elements(bytes).within(SEQUENCE)?,
    };
    if token.expect(IDENTIFIER)? != SIGNED_DATA {
        return None;
    }
    let mut signed = token.within(0xa0)?.within(SEQUENCE)?;
    signed.expect(INTEGER)?;
    signed.expect(SET)?;
    let mut content = signed.within(SEQUENCE)?;
    content.expect(IDENTIFIER)?;
    let mut info = Elements(content.within(0xa0)?.expect(OCTETS)?).within(SEQUENCE)?;
    info.expect(INTEGER)?;
    info.expect(IDENTIFIER)?;
    info.expect(SEQUENCE)?;
    info.expect(INTEGER)?;
    info.next().and_then(der::time)
}
