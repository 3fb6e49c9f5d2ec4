//! Which kind of document a text is, and where the documents of one file begin.

/// The kinds that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Consensus,
    ExitList,
    Descriptor,
    Certificate,
}

const FIRST: [(&[u8], Kind); 5] = [
    (b"network-status-version ", Kind::Consensus),
    (b"ExitNode ", Kind::ExitList),
    (b"Downloaded ", Kind::ExitList),
    (b"router ", Kind::Descriptor),
    (b"dir-key-certificate-version ", Kind::Certificate),
];

/// The kind by the first line that is not an annotation.
pub(crate) fn kind(text: &[u8]) -> Option<Kind> {
    let line = text.split(|byte| *byte == b'\n').find(|line| !line.starts_with(b"@"))?;
    FIRST.iter().find(|(word, _)| line.starts_with(word)).map(|(_, kind)| *kind)
}

/// The documents of a file, each with the line, from 0, at which it begins. A file of certificates
/// is one; each descriptor is one; the others begin at an `@type` line or at the first line.
pub(crate) fn split(text: &[u8]) -> Vec<(usize, &[u8])> {
    let mut starts = vec![0];
    let tagged = memchr::memmem::find_iter(text, b"\n@type ").map(|at| at + 1);
    starts.extend(tagged);
    let routers = memchr::memmem::find_iter(text, b"\nrouter ").map(|at| at + 1);
    // The annotation that stands before a `router` line has already begun the document.
    starts.extend(routers.filter(|at| {
        !text[..at - 1].rsplit(|b| *b == b'\n').next().is_some_and(|l| l.starts_with(b"@"))
    }));
    starts.sort_unstable();
    starts.push(text.len());
    let (mut line, mut out) = (0, Vec::new());
    for part in starts.windows(2) {
        let document = &text[part[0]..part[1]];
        if !document.is_empty() {
            out.push((line, document));
        }
        line += memchr::memchr_iter(b'\n', document).count();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_in_a_row_are_parted() {
        let text = b"@type server-descriptor 1.0\nrouter a\n@type x\nrouter b\nx\nrouter c\n";
        let lines: Vec<usize> = split(text).iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [0, 2, 5]);
        assert!(split(text).iter().all(|(_, part)| kind(part) == Some(Kind::Descriptor)));
        assert_eq!(kind(b"hello"), None);
    }
}
