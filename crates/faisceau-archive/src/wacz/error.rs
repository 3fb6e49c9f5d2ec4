//! What is wrong with a package.

/// Why a package cannot be read at all.
#[derive(Debug, thiserror::Error)]
pub enum WaczError {
    /// It is no ZIP archive.
    #[error("this is no WACZ: {0}")]
    Zip(String),
    /// It has no list of its files.
    #[error("this is no WACZ: `datapackage.json` {0}")]
    Package(String),
    /// The system cannot read it.
    #[error("the package cannot be read: {0}")]
    Read(#[from] std::io::Error),
    /// What is to be written cannot be.
    #[error("the package cannot be written: {0}")]
    Write(String),
    /// The key that is to seal it does not.
    #[error("the key cannot seal: {0}")]
    Key(String),
    /// The time stamp that is to seal it is refused.
    #[error("the time stamp cannot seal: {0}")]
    Stamp(String),
}

/// What is wrong with the package as a whole.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PackageFlaw {
    /// A version other than 1.0 and 1.1.
    #[error("the version of the package is {0}")]
    Version(String),
    /// Two files of the archive have one name: programs differ in which they read.
    #[error("the archive has two files named `{0}`")]
    Twice(String),
    /// The list of files has one path twice.
    #[error("the list of files has `{0}` twice")]
    ListedTwice(String),
    /// More files, pages or lines than are read.
    #[error("more {what} than {limit}: the rest is not read")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// How many are read.
        limit: usize,
    },
    /// Lines of `pages.jsonl` that are no pages.
    #[error("{0} lines of the list of pages cannot be read")]
    Pages(usize),
    /// The package has no archive.
    #[error("the package has no file in `archive/`")]
    NoArchive,
}

/// What is wrong with a seal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SealFlaw {
    /// The file of the seal cannot be read.
    #[error("`datapackage-digest.json` cannot be read: {0}")]
    Unread(String),
    /// `datapackage.json` was changed.
    #[error("the digest of `datapackage.json` is not the one that is sealed")]
    Digest,
    /// The signature is over another digest.
    #[error("what is signed is not the digest of `datapackage.json`")]
    OtherDigest,
    /// The two times differ.
    #[error("the signed time of creation ({signed}) is not that of the package ({stated})")]
    Created {
        /// As signed.
        signed: String,
        /// As the package states.
        stated: String,
    },
    /// A property that wacz-auth does not have, or one of the other form of signature.
    #[error("the seal has the property `{0}`, which it may not")]
    Property(String),
    /// Something that must be there is not, or cannot be read.
    #[error("the seal's `{0}` is missing or cannot be read")]
    Missing(&'static str),
    /// The signature is not by that key over that digest.
    #[error("the signature is not by the key over the digest")]
    Signature,
    /// The certificate is for another name.
    #[error("the certificate is not for the domain `{0}`")]
    Domain(String),
    /// The chain ends at no trusted root, or is broken.
    #[error("the chain of certificates is refused: {0}")]
    Chain(String),
    /// The time stamp is refused.
    #[error("the time stamp is refused: {0}")]
    Stamp(String),
    /// Nobody checked the time stamp.
    #[error("the time stamp was not checked")]
    StampUnchecked,
    /// The time stamp is not of the time of creation (wacz-auth: ten minutes).
    #[error(
        "the time stamp is of {stamped}, the package of {created}: more than ten minutes apart"
    )]
    Apart {
        /// Of the stamp.
        stamped: String,
        /// Of the package.
        created: String,
    },
}
