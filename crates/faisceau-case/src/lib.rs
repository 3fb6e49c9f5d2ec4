//! A case on disk and the pipeline over it: the calls that every front end makes.
//!
//! In: a folder, and what a person asks. Out: values that a front end prints. It owns the one
//! direction of the program: exhibits, tables, enrichment, comparison, weighing, graph, report.
//! What it refuses: to print, to read the clock or the environment, to open a socket, and to
//! change an exhibit.

mod accounts;
mod acts;
mod address;
mod ahead;
mod answers;
mod bundled;
mod cards;
mod case;
mod collecting;
mod contributions;
mod dataset_sources;
mod datasets;
mod demo;
mod error;
mod examined;
mod explained;
mod exports;
mod filed;
mod graph;
mod groups;
mod ingest;
mod law_check;
mod mails;
mod mapping;
mod media_join;
mod own_reference;
mod owners;
mod packages;
mod pins;
mod positions;
mod progress;
mod provenance;
mod queries;
mod record;
mod rendered;
mod report;
mod reviews;
mod run;
mod said;
mod settings;
mod sign_ins;
mod sound;
mod status;
mod summary;
mod taken;
mod time_stamps;
mod tor_pins;
mod validation;
mod verdicts;
mod weighed;
mod why;

pub use acts::{ActIssued, ActsIssued, ActsWish};
pub use address::{AddressAnswer, AddressReport, ExoneratorView, ask_address};
pub use answers::Tie;
pub use cards::{SignalCard, signal_cards};
pub use case::Case;
pub use collecting::{Collecting, TakenIn};
pub use dataset_sources::Renewed;
pub use datasets::{DatasetCheck, DatasetStatus, dataset_status};
pub use demo::{Demo, demo};
pub use error::CaseError;
pub use exports::ExportMade;
pub use faisceau_datasets::DatasetKind;
pub use faisceau_enrich::Asked;
pub use faisceau_export::{
    CsvOptions, Format as ExportFormat, Options as ExportOptions, TableOptions,
};
pub use faisceau_graph::NodeKind;
pub use faisceau_import::{
    Format, Group as FormatGroup, Proposal, ProposalNote, TableMapping, formats,
};
pub use faisceau_report::{DocumentKind, Language, Rendering};
pub use faisceau_store::Sha256Sum;
pub use faisceau_weigh::{LEAST_ACCOUNTS, Shift, Unmade};
pub use filed::Filed;
pub use graph::{Answered, Hop, InCommon, Period};
pub use groups::{GroupShown, Weakest};
pub use law_check::{LawCheck, LawFlag, law_check};
pub use own_reference::{MadeReference, ReferenceSummary, ReferenceWish, make_reference};
pub use pins::{PinWish, PinnedFile};
pub use progress::{Progress, Step};
pub use record::{PinnedDataset, RunRecord, SourceDistance, TableHash};
pub use report::Issued;
pub use settings::{
    AccountSetting, CaseSection, CaseSettings, CompareSection, DatasetSource, EnrichSection,
};
pub use status::{AccountStatus, FileStatus, SignInStatus, Status};
pub use summary::{PlanSummary, Summary, Unsought};
pub use taken::Taken;
pub use time_stamps::{Shows, Stamped, Subject, TimeStamp};
pub use tor_pins::TorPinned;
pub use validation::{
    Scope, ValidationCut, ValidationWish, page as validation_page, table as validation_table,
    validation,
};
pub use why::{Bar, Explanation, ReviewShown, Waterfall};

/// Questions in SQL and their answers.
pub mod query {
    pub use faisceau_query::{
        Answer, Format as OutputFormat, Limits, QueryError, Screen, Session, Style, TableKind, csv,
        json, json_lines, parquet, screen,
    };
}
