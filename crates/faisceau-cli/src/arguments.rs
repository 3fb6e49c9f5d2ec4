//! The command line.

mod acts;
mod collect;
mod export;
mod graph;
mod page;
mod query;
mod validate;
mod web;

use std::net::IpAddr;
use std::path::PathBuf;

use clap::{Parser, Subcommand};
use faisceau_case::{DatasetKind, Language, Rendering};
use faisceau_model::{ExhibitNo, Moment, Precision};

pub(crate) use acts::{ActsArguments, LawAction};
pub(crate) use collect::{
    BlocklistArguments, CollectSource, DnsArguments, LookupArguments, PresenceArguments,
    ProfileArguments, RdapArguments, TimestampArguments,
};
pub(crate) use export::ExportArguments;
pub(crate) use graph::{GraphQuestion, PeriodArguments, ReviewArguments};
pub(crate) use page::{PageArguments, SealArguments};
pub(crate) use query::QueryArguments;
pub(crate) use validate::{CutArgument, ReferenceAction, ReferenceArguments, ValidateArguments};
pub(crate) use web::{ResolverArguments, RobotsArguments, WebArguments};

/// From exhibits to a note: takes in what a victim of cyber-harassment holds, compares the
/// accounts, and says whom the judge may ask for what, by when. It links accounts; it never says
/// who a person is.
#[derive(Debug, Parser)]
#[command(version, about, max_term_width = 100)]
pub(crate) struct Arguments {
    /// The case to work on.
    #[arg(long, global = true, value_name = "DIR", default_value = ".", help_heading = "Input")]
    pub(crate) case: PathBuf,
    /// Who acts, for the journal; default: your login name.
    #[arg(long, global = true, value_name = "NAME", help_heading = "Input")]
    pub(crate) who: Option<String>,
    /// Print JSON for machines.
    #[arg(long, global = true, help_heading = "Output")]
    pub(crate) json: bool,
    /// Print no progress and no summary; warnings and errors stay.
    #[arg(long, short, global = true, help_heading = "Output")]
    pub(crate) quiet: bool,
    /// Threads to work with; default: one a core. The result does not depend on it.
    #[arg(
        long,
        global = true,
        value_name = "N",
        help_heading = "Output",
        value_parser = clap::value_parser!(u16).range(1..=256)
    )]
    pub(crate) threads: Option<u16>,
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make the bundled demonstration case, run it and write its note.
    Demo {
        /// Folder to make.
        #[arg(default_value = "faisceau-demo")]
        dir: PathBuf,
    },
    /// Open a case in a new folder.
    New {
        /// Folder to make.
        dir: PathBuf,
        /// What the case is called; default: the name of the folder.
        #[arg(long)]
        title: Option<String>,
    },
    /// Take exhibits in: files, folders, archives.
    Add {
        /// What to take in. Originals are copied, never altered.
        #[arg(required = true, value_name = "PATH")]
        paths: Vec<PathBuf>,
        /// The request that they answer, as `faisceau requests` names it (`req:3`).
        #[arg(long, value_name = "REQUEST")]
        answers: Option<String>,
    },
    /// Ask a public source and take the answers in as an exhibit. The only command that reaches out.
    Collect {
        /// The source.
        #[command(subcommand)]
        source: CollectSource,
    },
    /// Check web archives (WACZ, WARC): digests, index, seal and its time stamp, offline.
    Archive(ArchiveArguments),
    /// Read the exhibits, look addresses up, compare, weigh, draw the graph.
    Run,
    /// Write the note into `out/`: as PDF, or in the formats asked for, and as JSON.
    Report {
        /// The formats: pdf, docx, html, xlsx (the tables alone). JSON, which `why` reads, is always
        /// written.
        #[arg(long, value_name = "FORMAT", value_delimiter = ',', default_value = "pdf")]
        format: Vec<Rendering>,
        /// The language: fr, or en for an edition with the same sentences under the same numbers,
        /// which goes into `note-en.pdf` beside the French one.
        #[arg(long, value_name = "LANGUAGE", default_value = "fr")]
        lang: Language,
        /// Write the version that may be handed over instead, into `out/depot/`: third parties and
        /// minors under pseudonyms, no position. The key goes into `out/`, apart.
        #[arg(long)]
        filed: bool,
    },
    /// Draft the acts that a lawyer corrects and files, into `out/actes/`: assignation, requête,
    /// plainte contre X and what goes with them.
    Acts(ActsArguments),
    /// Look at the law that the acts rest on.
    Law {
        /// What to do.
        #[command(subcommand)]
        action: LawAction,
    },
    /// Say what the case holds and what to do next.
    Status,
    /// Walk an id down to the bytes it rests on: a sentence of the note (S12) or of an act
    /// (assignation-x:S3), a link (lnk:3), a row, two accounts.
    Why {
        /// The id, or two accounts.
        #[arg(required = true, num_args = 1..=2, value_name = "ID")]
        ids: Vec<String>,
    },
    /// Say what every source knows of an address at an instant: operator, country, Tor, VPN,
    /// hosting, relay, each with its date. Inside a case, its ranges and names answer too.
    Address(AddressArguments),
    /// Ask the graph: what stands next to a node, how two nodes are joined, what several share, who
    /// may be one hand, who acts together.
    Graph {
        /// The question.
        #[command(subcommand)]
        question: GraphQuestion,
    },
    /// Ask the tables in SQL: a table on the screen, CSV, JSON or Parquet in a file.
    Query(QueryArguments),
    /// Let the graph and the tables leave in a format that another tool reads.
    Export(ExportArguments),
    /// Decide whether a link may be used. The decision is journalled, shown wherever the link is, and
    /// changes no figure.
    Review(ReviewArguments),
    /// Say what a signal measures, needs, and is worth; without a name, list the signals.
    Explain {
        /// The signal.
        signal: Option<String>,
    },
    /// List the formats that are read: versions seen, date checked, sample.
    Formats {
        /// One format, with all that is known of it.
        name: Option<String>,
    },
    /// Propose how the columns of a table are read, and save it.
    Map(MapArguments),
    /// List what may be asked of whom, by when, and what was answered.
    Requests,
    /// Say which request an exhibit answers.
    Answer {
        /// Number of the exhibit.
        exhibit: ExhibitNo,
        /// The request, as `faisceau requests` names it (`req:3`).
        request: String,
    },
    /// Re-hash every exhibit and check the journal.
    Verify,
    /// Measure the signals on a corpus whose authors are known: error figures by amount of material.
    Validate(ValidateArguments),
    /// Make a reference population, against which accounts stand out, of your own material.
    Reference {
        /// What to do.
        #[command(subcommand)]
        action: ReferenceAction,
    },
    /// Show, pin and check datasets, with their age against the events of the case.
    Datasets {
        /// What to do with them.
        #[command(subcommand)]
        action: DatasetsAction,
    },
}

/// How a table is to be mapped.
#[derive(Debug, clap::Args)]
pub(crate) struct MapArguments {
    /// Number of the exhibit.
    pub(crate) exhibit: ExhibitNo,
    /// The platform or site that the table is of, which it does not say itself.
    #[arg(long, value_name = "NAME")]
    pub(crate) platform: Option<String>,
    /// IANA zone of times that carry no offset.
    #[arg(long, value_name = "ZONE")]
    pub(crate) zone: Option<String>,
    /// Append the mapping to `case.toml`.
    #[arg(long)]
    pub(crate) save: bool,
}

/// An address and an instant.
#[derive(Debug, clap::Args)]
pub(crate) struct AddressArguments {
    /// The address, IPv4 or IPv6.
    pub(crate) ip: IpAddr,
    /// When it was used, with its offset: `2026-03-01T14:05:12+01:00`, or a day in UTC:
    /// `2026-03-01`. Without it the newest data answer, and no history does.
    #[arg(long, value_name = "INSTANT", value_parser = instant)]
    pub(crate) at: Option<Moment>,
    /// The source port that it was used with.
    #[arg(long, value_name = "PORT")]
    pub(crate) port: Option<u16>,
}

/// An instant with its offset, or a day.
fn instant(text: &str) -> Result<Moment, String> {
    let day = || {
        let start = Moment::from_rfc3339(&format!("{text}T00:00:00Z"))?;
        Moment::new(start.at_us(), Precision::Day, start.zone())
    };
    Moment::from_rfc3339(text).or_else(day).ok_or_else(|| {
        "no instant such as 2026-03-01T14:05:12+01:00, and no day such as 2026-03-01".to_owned()
    })
}

/// What to do with the datasets.
#[derive(Debug, Clone, Subcommand)]
pub(crate) enum DatasetsAction {
    /// List them: date, licence, source, hash, distance to the case's events.
    List,
    /// Pin files to the case: MMDB databases, `first,last,asn,name` tables, lists of prefixes or
    /// AS numbers, geofeeds. What they are is told by their content.
    Add(PinArguments),
    /// Fetch the datasets of each `[[dataset_source]]` of `case.toml` anew. Whoever runs its server sees
    /// your address and what you fetch, nothing of the case. Older ones stay.
    Update(UpdateArguments),
    /// Re-hash and re-read the datasets that the case pins, and say how old they are.
    Check,
    /// Stop using a dataset of the case. Its bytes stay, for earlier runs rest on them.
    Remove {
        /// The dataset, as `name@date`.
        id: String,
    },
}

/// Web archives to check.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct ArchiveArguments {
    /// The files.
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Root certificates to trust for seals and their time stamps, as PEM or DER. None is built in.
    #[arg(long = "root", value_name = "FILE")]
    pub(crate) roots: Vec<PathBuf>,
}

/// Datasets to fetch.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct UpdateArguments {
    /// Their names; default: all.
    #[arg(value_name = "NAME")]
    pub(crate) names: Vec<String>,
    #[command(flatten)]
    pub(crate) web: WebArguments,
}

/// Datasets to pin.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct PinArguments {
    /// The files.
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// What it answers, where the file does not say: city, country, asn, anonymity, vpn, hosting,
    /// relay, cdn.
    #[arg(long, value_name = "KIND")]
    pub(crate) kind: Option<DatasetKind>,
    /// What sources call it; default: the name of the file.
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
    /// The day of the data, where the file does not say.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) date: Option<String>,
    /// The licence under which you hold it.
    #[arg(long, value_name = "TEXT")]
    pub(crate) licence: Option<String>,
    /// The credit to print.
    #[arg(long, value_name = "TEXT")]
    pub(crate) credit: Option<String>,
    /// Where you obtained it.
    #[arg(long, value_name = "TEXT")]
    pub(crate) source: Option<String>,
}
