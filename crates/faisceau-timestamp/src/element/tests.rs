//! Elements: what DER is, numbers, limits.

use super::*;

#[test]
fn ber_is_refused_and_der_is_read() {
    let element = Element::only(&[4, 2, 7, 8], Tag::OctetString, "x").unwrap();
    assert_eq!((element.raw, element.value), (&[4, 2, 7, 8][..], &[7, 8][..]));
    for bytes in [
        &[0x30, 0x80, 0, 0][..], // indefinite
        &[4, 0x81, 2, 7, 8],     // overlong
        &[4, 2, 7],              // cut
        &[4, 2, 7, 8, 9],        // more behind
        &[0x24, 4, 4, 2, 7, 8],  // in parts
        &[4, 0x84, 0xff, 0xff, 0xff, 0xff],
        &[],
    ] {
        let tag = if bytes.first() == Some(&0x30) { Tag::Sequence } else { Tag::OctetString };
        assert!(Element::only(bytes, tag, "x").is_err(), "{bytes:x?}");
    }
}

#[test]
fn integers_are_the_shortest_and_not_negative() {
    let number = |bytes| Element { tag: Tag::Integer, raw: bytes, value: bytes }.number("x");
    assert_eq!(number(&[0]), Ok(0));
    assert_eq!(number(&[0, 0x80]), Ok(128));
    assert_eq!(number(&[0, 255, 255, 255, 255, 255, 255, 255, 255]), Ok(u64::MAX));
    assert!(number(&[0, 1]).is_err());
    assert!(number(&[0x80]).is_err());
    assert!(number(&[]).is_err());
    assert!(number(&[1, 0, 0, 0, 0, 0, 0, 0, 0]).is_err());
}

#[test]
fn object_identifiers_of_any_length_are_shown() {
    let text =
        |bytes| Element { tag: Tag::ObjectIdentifier, raw: bytes, value: bytes }.oid_text("x");
    assert_eq!(text(&[0x2a, 3]).as_deref(), Ok("1.2.3"));
    assert_eq!(text(&[4, 0, 0x8f, 0x67, 1, 1]).as_deref(), Ok("0.4.0.2023.1.1"));
    assert_eq!(text(&[0x82, 0x12, 5]).as_deref(), Ok("2.194.5"));
    assert_eq!(text(&[0x51]).as_deref(), Ok("2.1"));
    let of_a_uuid = [&[0x69, 0x83][..], &[0xff; 17], &[0x7f]].concat();
    assert_eq!(text(&of_a_uuid).as_deref(), Ok(format!("2.25.{}", u128::MAX).as_str()));
    for wrong in [
        &[][..],
        &[0x80, 1],
        &[0x2a, 0x80],
        &[0x2a, 0x80, 1],
        &[&[0x2a][..], &[0xff; 20], &[1]].concat(),
        &[1; 200],
    ] {
        assert!(text(wrong).is_err(), "{wrong:x?}");
    }
}

#[test]
fn integers_of_any_length_and_sign_are_shown() {
    let text = |bytes| Element { tag: Tag::Integer, raw: bytes, value: bytes }.integer_text();
    assert_eq!(text(&[0]), "00");
    assert_eq!(text(&[0, 0x82, 1]), "8201");
    assert_eq!(text(&[0xff]), "-01");
    assert_eq!(text(&[0x82, 0]), "-7e00");
    assert_eq!(text(&[0x80]), "-80");
}

#[test]
fn nesting_and_numbers_of_elements_are_bounded() {
    let mut deep = vec![0x30, 0];
    for _ in 0..40 {
        deep.splice(0..0, [0x30, u8::try_from(deep.len()).unwrap()]);
    }
    assert!(bounded(&deep, "x").unwrap_err().to_string().contains("too deep"));
    assert!(bounded(&[5, 0].repeat(ELEMENTS_LIMIT), "x").is_ok());
    let many = [5, 0].repeat(ELEMENTS_LIMIT + 1);
    assert!(matches!(bounded(&many, "x"), Err(TimestampError::TooMany { .. })));
}

#[test]
fn long_and_hostile_text_is_cut_and_inert() {
    assert_eq!(shown("a\u{1b}[31m"), "a␛[31m");
    let long = shown(&"é".repeat(TEXT_LIMIT + 1));
    assert_eq!(long.chars().count(), TEXT_LIMIT + 1);
    assert!(long.ends_with('…'));
}
