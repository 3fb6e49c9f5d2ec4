//! The header fields of a mail as the bytes stand, and the canonical forms of RFC 6376, section 3.4.
//!
//! In: the bytes of a mail, with the line ends that the exhibit has. Out: its fields from the top,
//! its body, and both in the forms that signatures are made over. Refused: fields beyond
//! [`MAX_FIELDS`]; a line without a colon is passed over.
//!
//! Trap: files saved on Unix have lost the CR of each line; it is put back before anything is hashed.

/// Fields read of one mail.
const MAX_FIELDS: usize = 4000;

/// One header field.
#[derive(Debug, Clone, Copy)]
pub(super) struct Field<'a> {
    name: &'a [u8],
    value: &'a [u8],
}

/// A mail taken apart.
#[derive(Debug)]
pub(super) struct Letter<'a> {
    /// The fields, topmost first.
    pub(super) fields: Vec<Field<'a>>,
    /// What follows the empty line.
    pub(super) body: &'a [u8],
}

/// A canonical form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// As it stands.
    Simple,
    /// Case, folding and white space do not count.
    Relaxed,
}

impl<'a> Letter<'a> {
    /// Takes a mail apart.
    pub(super) fn of(raw: &'a [u8]) -> Self {
        let (mut fields, mut at) = (Vec::new(), 0);
        while at < raw.len() && fields.len() < MAX_FIELDS {
            let end = field_end(raw, at);
            let field = &raw[at..end];
            at = end;
            if matches!(field, b"\n" | b"\r\n") {
                break;
            }
            if let Some(colon) = field.iter().position(|&b| b == b':') {
                fields.push(Field { name: &field[..colon], value: &field[colon + 1..] });
            }
        }
        Self { fields, body: &raw[at..] }
    }

    /// The fields of a name, topmost first, with their positions.
    pub(super) fn named<'s>(
        &'s self,
        name: &'s str,
    ) -> impl DoubleEndedIterator<Item = (usize, &'s Field<'a>)> {
        self.fields.iter().enumerate().filter(move |(_, field)| field.is(name))
    }

    /// The text of the first field of a name.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        self.named(name).next().map(|(_, field)| field.text())
    }
}

/// The byte after a field and its continuation lines.
fn field_end(raw: &[u8], start: usize) -> usize {
    let mut at = start;
    loop {
        at = raw[at..].iter().position(|&b| b == b'\n').map_or(raw.len(), |line| at + line + 1);
        let empty = matches!(&raw[start..at], b"\n" | b"\r\n");
        if empty || !matches!(raw.get(at), Some(b' ' | b'\t')) {
            return at;
        }
    }
}

impl Field<'_> {
    /// Whether this is its name.
    pub(super) fn is(&self, name: &str) -> bool {
        self.name.trim_ascii().eq_ignore_ascii_case(name.as_bytes())
    }

    /// The value on one line.
    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&collapsed(self.value)).into_owned()
    }

    /// The canonical field with its line end. `unsigned` empties the tag `b=`, as its signer did.
    pub(super) fn canonical(&self, form: Form, unsigned: bool) -> Vec<u8> {
        let emptied = if unsigned { without_b(self.value) } else { self.value.to_vec() };
        let mut out = Vec::with_capacity(self.name.len() + emptied.len() + 3);
        match form {
            Form::Simple => {
                out.extend_from_slice(self.name);
                out.push(b':');
                out.extend_from_slice(trim_line_end(&with_crlf(&emptied)));
            }
            Form::Relaxed => {
                out.extend(self.name.trim_ascii().to_ascii_lowercase());
                out.push(b':');
                out.extend(collapsed(&emptied));
            }
        }
        out.extend_from_slice(b"\r\n");
        out
    }
}

/// The canonical body.
pub(super) fn canonical_body(body: &[u8], form: Form) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len() + 2);
    for line in body.split(|&b| b == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        match form {
            Form::Simple => out.extend_from_slice(line),
            Form::Relaxed => push_collapsed(line, &mut out),
        }
        out.extend_from_slice(b"\r\n");
    }
    while out.ends_with(b"\r\n\r\n") {
        out.truncate(out.len() - 2);
    }
    if out == b"\r\n" && form == Form::Relaxed {
        out.clear();
    }
    out
}

/// Runs of white space become one; none is left at the end of the line.
fn push_collapsed(line: &[u8], out: &mut Vec<u8>) {
    let mut space = false;
    for &byte in line {
        if matches!(byte, b' ' | b'\t') {
            space = true;
            continue;
        }
        if std::mem::take(&mut space) {
            out.push(b' ');
        }
        out.push(byte);
    }
}

/// A value unfolded, runs of white space made one, none at the ends.
fn collapsed(value: &[u8]) -> Vec<u8> {
    let unfolded: Vec<u8> = value.iter().copied().filter(|b| !matches!(b, b'\r' | b'\n')).collect();
    let mut out = Vec::with_capacity(unfolded.len());
    push_collapsed(unfolded.trim_ascii_start(), &mut out);
    out
}

fn with_crlf(value: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(value.len() + 8);
    for &byte in value {
        if byte == b'\n' && out.last() != Some(&b'\r') {
            out.push(b'\r');
        }
        out.push(byte);
    }
    out
}

fn trim_line_end(value: &[u8]) -> &[u8] {
    value.strip_suffix(b"\r\n").unwrap_or(value)
}

/// The value of a signature field with an empty `b=`.
fn without_b(value: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(value.len());
    for (index, tag) in value.split(|&b| b == b';').enumerate() {
        if index > 0 {
            out.push(b';');
        }
        let equals = tag.iter().position(|&b| b == b'=');
        match equals.filter(|&at| tag[..at].trim_ascii() == b"b") {
            Some(at) => out.extend_from_slice(&tag[..=at]),
            None => out.extend_from_slice(tag),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    // RFC 6376, section 3.4.5.
    #[test]
    fn the_examples_of_the_rfc() {
        let raw = b"A: X\r\nB : Y\t\r\n\tZ  \r\n\r\n C \r\nD \t E\r\n\r\n\r\n";
        let letter = Letter::of(raw);
        let header = |form| {
            let fields = letter.fields.iter().flat_map(|f| f.canonical(form, false));
            String::from_utf8(fields.collect()).unwrap()
        };
        assert_eq!(header(Form::Relaxed), "a:X\r\nb:Y Z\r\n");
        assert_eq!(header(Form::Simple), "A: X\r\nB : Y\t\r\n\tZ  \r\n");
        assert_eq!(canonical_body(letter.body, Form::Relaxed), b" C\r\nD E\r\n");
        assert_eq!(canonical_body(letter.body, Form::Simple), b" C \r\nD \t E\r\n");
    }

    #[test]
    fn an_empty_body_is_nothing_or_one_line_end() {
        assert_eq!(canonical_body(b"", Form::Relaxed), b"");
        assert_eq!(canonical_body(b"\n\n", Form::Simple), b"\r\n");
    }
}
