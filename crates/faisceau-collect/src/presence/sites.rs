//! A file of sites in the form of `WhatsMyName` (`wmn-data.json`).
//!
//! Keys after `wmn-data-schema.json` of WebBreacher/WhatsMyName. The file is the user's: it is under
//! CC BY-SA 4.0 and not part of this program.
//!
//! In: the bytes. Out: each site, or why it is none, in the order of the file. Refused: a file that
//! is larger than [`MAX_FILE`] or names more sites than [`MAX_SITES`].

use data_encoding::HEXLOWER;
use std::collections::BTreeMap;

use faisceau_model::excerpt;
use serde::Deserialize;
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

/// Largest file, in bytes.
const MAX_FILE: usize = 32 << 20;
/// Most sites.
const MAX_SITES: usize = 20_000;
/// Longest entry, in bytes.
const MAX_ENTRY: usize = 64 << 10;
/// What stands for the handle.
pub(super) const ACCOUNT: &str = "{account}";

/// A site and how it tells that it knows a name.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Site {
    /// Its name.
    pub name: String,
    /// What is asked, with `{account}` for the handle.
    pub(super) uri_check: String,
    /// What is shown to people, if it is another page.
    pub(super) uri_pretty: Option<String>,
    /// The body of a POST.
    #[serde(default, deserialize_with = "some_text")]
    pub(super) post_body: Option<String>,
    #[serde(default)]
    pub(super) headers: BTreeMap<String, String>,
    /// Characters that the handle loses there.
    pub(super) strip_bad_char: Option<String>,
    /// The status where the name exists.
    pub(super) e_code: u16,
    /// What the body holds where it does.
    #[serde(default)]
    pub(super) e_string: String,
    /// What the body holds where the name is missing.
    #[serde(default)]
    pub(super) m_string: String,
    /// The status where it is.
    pub(super) m_code: u16,
    /// The category.
    #[serde(default)]
    pub cat: String,
    /// Whether the authors of the file hold that it still works.
    pub(super) valid: Option<bool>,
    /// What keeps programs away from it.
    #[serde(default)]
    pub(super) protection: Vec<String>,
}

/// A text that is not empty.
fn some_text<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<String>, D::Error> {
    Ok(Option::<String>::deserialize(deserializer)?.filter(|text| !text.is_empty()))
}

/// An entry of the file that is no site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoSite {
    /// Its name, as far as it has one.
    pub name: String,
    /// Why it is none.
    pub why: String,
}

/// The sites of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteFile {
    /// SHA-256 of the file, lower-case hexadecimal.
    pub sha256: String,
    /// The sites, and what is none, in the order of the file.
    pub sites: Vec<Result<Site, NoSite>>,
    /// What the file says of its licence.
    pub licence: Vec<String>,
}

/// Why a file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SiteFileError {
    /// It is too large.
    #[error("the file of sites is larger than {MAX_FILE} bytes")]
    TooLarge,
    /// It names too many sites.
    #[error("the file names more than {MAX_SITES} sites")]
    TooMany,
    /// It is not of that form.
    #[error("not a file of sites in the form of WhatsMyName: {0}")]
    Form(String),
}

#[derive(Deserialize)]
struct File<'f> {
    #[serde(borrow)]
    sites: Vec<&'f RawValue>,
    #[serde(default)]
    license: Vec<String>,
}

#[derive(Deserialize)]
struct Named {
    name: Option<String>,
}

impl SiteFile {
    /// Reads a file.
    pub fn read(bytes: &[u8]) -> Result<Self, SiteFileError> {
        if bytes.len() > MAX_FILE {
            return Err(SiteFileError::TooLarge);
        }
        let body = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let form = |error: String| SiteFileError::Form(excerpt(&error, 200));
        let file: File<'_> =
            serde_json::from_slice(body).map_err(|error| form(error.to_string()))?;
        if file.sites.len() > MAX_SITES {
            return Err(SiteFileError::TooMany);
        }
        let sites = file.sites.iter().map(|raw| site(raw.get())).collect();
        let licence = file.license.iter().take(20).map(|line| excerpt(line, 200)).collect();
        let digest: [u8; 32] = Sha256::digest(bytes).into();
        Ok(Self { sha256: HEXLOWER.encode(&digest), sites, licence })
    }
}

fn site(raw: &str) -> Result<Site, NoSite> {
    let named = || serde_json::from_str::<Named>(raw).ok().and_then(|named| named.name);
    let no = |why: String| {
        let name = named().map_or_else(|| "?".to_owned(), |name| excerpt(&name, 80));
        Err(NoSite { name, why: excerpt(&why, 200) })
    };
    if raw.len() > MAX_ENTRY {
        return no(format!("the entry is longer than {MAX_ENTRY} bytes"));
    }
    match serde_json::from_str::<Site>(raw) {
        Ok(site) => Ok(Site { name: excerpt(&site.name, 80), ..site }),
        Err(error) => no(format!("the entry cannot be read: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const FILE: &str = r#"{"license":["Copyright (C) 2026 Somebody","CC BY-SA 4.0"],"authors":[],"categories":["social"],"sites":[
      {"name":"Alpha","uri_check":"https://alpha.example.net/{account}","e_code":200,"e_string":"profile","m_string":"not found","m_code":404,"known":["a","b"],"cat":"social"},
      {"name":"Beta\u001b[2J","uri_check":"https://beta.example.net/","post_body":"","e_code":"200"},
      7, {"e_code":99999}]}"#;

    #[test]
    fn sites_are_read_one_by_one() {
        let file = SiteFile::read(FILE.as_bytes()).unwrap();
        assert_eq!(file.sites.len(), 4);
        assert_eq!(file.sites[0].as_ref().unwrap().name, "Alpha");
        let why: Vec<_> = file.sites.iter().filter_map(|site| site.as_ref().err()).collect();
        assert_eq!((why[0].name.as_str(), why[1].name.as_str()), ("Beta␛[2J", "?"));
        assert_eq!(file.licence.len(), 2);
        assert_eq!(file.sha256.len(), 64);
    }

    #[test]
    fn what_is_no_file_of_sites_says_so() {
        let deep = format!("{{\"sites\":{}", "[".repeat(200_000));
        for bad in ["", "[]", "{}", "{\"sites\":7}", "<html>", &deep] {
            assert!(
                matches!(SiteFile::read(bad.as_bytes()), Err(SiteFileError::Form(_))),
                "{bad:.20}"
            );
        }
        let many = format!("{{\"sites\":[{}1]}}", "1,".repeat(MAX_SITES));
        assert_eq!(SiteFile::read(many.as_bytes()), Err(SiteFileError::TooMany));
        assert_eq!(SiteFile::read(&vec![b' '; MAX_FILE + 1]), Err(SiteFileError::TooLarge));
    }

    proptest! {
        #[test]
        fn nothing_makes_it_fail(at in 0..FILE.len(), byte: u8) {
            let mut bytes = FILE.as_bytes().to_vec();
            bytes[at] = byte;
            let _ = SiteFile::read(&bytes);
            let _ = SiteFile::read(&bytes[..at]);
        }
    }
}
