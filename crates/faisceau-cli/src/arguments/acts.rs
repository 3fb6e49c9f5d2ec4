//! Arguments of `faisceau acts` and `faisceau law`.

use clap::Subcommand;
use faisceau_case::{DocumentKind, Rendering};

/// Which acts, in which formats.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct ActsArguments {
    /// Only these acts: assignation, requete, plainte-contre-x and the like; default: all.
    #[arg(long, value_name = "KIND", value_delimiter = ',', value_parser = kind)]
    pub(crate) only: Vec<DocumentKind>,
    /// The formats: pdf, docx, html, xlsx; default: docx and pdf, of the table of requests xlsx too.
    /// JSON, which `why` reads, is always written.
    #[arg(long, value_name = "FORMAT", value_delimiter = ',')]
    pub(crate) format: Vec<Rendering>,
    /// Put third parties and minors under pseudonyms, into `out/depot/actes/`; the key stays in `out/`.
    #[arg(long)]
    pub(crate) filed: bool,
}

/// What to do with the law files.
#[derive(Debug, Clone, Subcommand)]
pub(crate) enum LawAction {
    /// List the entries that are old, or were not read in the text itself.
    Check,
}

/// A kind of act by the stem of its file.
fn kind(text: &str) -> Result<DocumentKind, String> {
    let acts = || DocumentKind::ALL.into_iter().filter(|kind| *kind != DocumentKind::Note);
    acts().find(|kind| kind.stem() == text).ok_or_else(|| {
        let known: Vec<&str> = acts().map(DocumentKind::stem).collect();
        format!("no act is called so; there are: {}", known.join(", "))
    })
}
