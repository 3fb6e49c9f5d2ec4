//! The answer of an authority. In: the bytes of a `TimeStampResp`, and the request. Out: the token,
//! or why there is none.
//!
//! RFC 3161, 2.4.2. Compared with the request: nonce, digest, its algorithm, policy, and that the
//! certificate came where it was asked for. Nothing is verified here: see [`verify`](crate::verify()).

use der::Tag;

use crate::element::{Element, Fields, hex, shown};
use crate::{Failure, HashAlgorithm, Request, TOKEN_LIMIT, TimestampError, Token};

const WHAT: &str = "answer";
/// Messages of an authority that are read.
const TEXTS_LIMIT: usize = 8;

/// Reads an answer and compares it with what was asked.
pub fn read_response(der: &[u8], request: &Request) -> Result<Token, TimestampError> {
    let token = Token::read(token_of_response(der)?)?;
    let differs = |field, found: String, asked: String| {
        Err(TimestampError::OtherRequest { field, found, asked })
    };
    let nonce = hex(&request.nonce.to_be_bytes()).trim_start_matches('0').to_owned();
    let found = token.nonce.as_deref().map(|nonce| nonce.trim_start_matches('0'));
    if found != Some(&nonce) {
        return differs("nonce", found.unwrap_or("missing").to_owned(), nonce);
    }
    if token.hash != HashAlgorithm::Sha256 {
        return differs("hash algorithm", token.hash.to_string(), "SHA-256".to_owned());
    }
    if token.imprint != request.digest {
        return differs("digest", hex(&token.imprint), hex(&request.digest));
    }
    let asked = request.policy.map(|policy| policy.to_string());
    if let Some(policy) = asked.filter(|policy| *policy != token.policy) {
        return differs("policy", token.policy, policy);
    }
    if request.want_certificate && token.signer.certificate.is_none() {
        return Err(TimestampError::NoCertificate);
    }
    Ok(token)
}

/// The bytes of the token in an answer: what is kept beside the data.
pub fn token_of_response(der: &[u8]) -> Result<&[u8], TimestampError> {
    if der.len() > TOKEN_LIMIT {
        let found = der.len();
        return Err(TimestampError::TooLarge { what: WHAT, found, limit: TOKEN_LIMIT });
    }
    let mut fields = Element::only(der, Tag::Sequence, WHAT)?.fields(WHAT)?;
    let status = fields.next(Tag::Sequence, "status")?;
    let token = fields.optional(Tag::Sequence)?;
    fields.end()?;
    granted(status)?;
    token.map(|token| token.raw).ok_or(TimestampError::NoToken)
}

/// Refuses every status but `granted` and `grantedWithMods`.
fn granted(status: Element<'_>) -> Result<(), TimestampError> {
    let mut fields = status.fields("status")?;
    let number = fields.next(Tag::Integer, "status")?.number("status")?;
    let texts = fields.optional(Tag::Sequence)?;
    let bits = fields.optional(Tag::BitString)?;
    fields.end()?;
    let status = match number {
        0 | 1 => return Ok(()),
        2 => "rejection",
        3 => "waiting",
        4 => "revocation warning",
        5 => "revocation notification",
        _ => "a status that RFC 3161 does not name",
    };
    let text = texts.map_or_else(|| Ok(Vec::new()), |texts| messages(texts.fields("messages")?))?;
    let failures = bits.map_or_else(|| Ok(Vec::new()), |bits| failures(bits.value))?;
    Err(TimestampError::NotGranted { status, failures, text })
}

fn messages(mut fields: Fields<'_>) -> Result<Vec<String>, TimestampError> {
    let mut texts = Vec::new();
    let mut more = 0;
    while let Some(text) = fields.any()? {
        if texts.len() < TEXTS_LIMIT {
            texts.push(shown(&String::from_utf8_lossy(text.value)));
        } else {
            more += 1;
        }
    }
    if more > 0 {
        texts.push(format!("({more} more messages)"));
    }
    Ok(texts)
}

/// The bits that are set, from the first byte on its highest bit is 0 (X.690, 8.6).
fn failures(value: &[u8]) -> Result<Vec<Failure>, TimestampError> {
    let (unused, bytes) = match value {
        [unused @ 0..=7, bytes @ ..] if bytes.len() <= 8 => (*unused, bytes),
        _ => return Err(TimestampError::malformed("reasons", "no short bit string")),
    };
    let count = (bytes.len() * 8).saturating_sub(usize::from(unused)) as u8;
    let is_set = |bit: &u8| {
        let byte = bytes.get(usize::from(bit / 8)).copied().unwrap_or_default();
        byte >> (7 - bit % 8) & 1 == 1
    };
    Ok((0..count).filter(is_set).map(Failure::of_bit).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A refusal, as another program would write it.
    fn refusal(status: u8, text: &[u8], bits: &[u8]) -> Vec<u8> {
        let tlv = |tag: u8, value: &[u8]| [&[tag, value.len() as u8], value].concat();
        let info = [tlv(2, &[status]), tlv(0x30, &tlv(12, text)), tlv(3, bits)].concat();
        tlv(0x30, &tlv(0x30, &info))
    }

    #[test]
    fn refusals_have_the_words_of_the_rfc() {
        let error = token_of_response(&refusal(2, b"no \x1b[31m", &[6, 0, 1, 0x40])).unwrap_err();
        let TimestampError::NotGranted { status, failures, text } = &error else {
            panic!("{error}")
        };
        assert_eq!(*status, "rejection");
        assert_eq!(*failures, [Failure::UnacceptedPolicy, Failure::AddInfoNotAvailable]);
        assert_eq!(*text, ["no ␛[31m"]);
        assert_eq!(
            error.to_string(),
            "the authority gave no time stamp: rejection: unacceptedPolicy: it does not stamp under \
             the policy asked for, addInfoNotAvailable: information asked for is not available, \
             \"no ␛[31m\""
        );
        for (bit, failure) in [
            (0, Failure::BadAlg),
            (2, Failure::BadRequest),
            (5, Failure::BadDataFormat),
            (14, Failure::TimeNotAvailable),
            (16, Failure::UnacceptedExtension),
            (25, Failure::SystemFailure),
            (30, Failure::Unnamed(30)),
        ] {
            let bits = (0x8000_0000_u32 >> bit).to_be_bytes();
            assert_eq!(super::failures(&[&[0], &bits[..]].concat()), Ok(vec![failure]));
        }
        assert!(super::failures(&[8, 0]).is_err());
        assert!(super::failures(&[]).is_err());
        assert_eq!(super::failures(&[7]), Ok(Vec::new()));
        assert_eq!(token_of_response(&[0x30, 5, 0x30, 3, 2, 1, 1]), Err(TimestampError::NoToken));
        assert!(matches!(
            token_of_response(&vec![0; TOKEN_LIMIT + 1]),
            Err(TimestampError::TooLarge { .. })
        ));
    }
}
