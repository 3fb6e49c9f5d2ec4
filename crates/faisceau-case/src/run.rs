//! `run`: exhibits → tables → enrichment → comparison → weighing → graph, in that one direction.
//!
//! Everything written here is a pure function of the exhibits, `case.toml`, the overlay and the
//! bundled datasets. The tables are made in a folder beside `tables/` and take its place when all
//! of them are whole.

use std::collections::BTreeSet;
use std::path::Path;

use faisceau_enrich::Overlay;
use faisceau_graph::{ClusterSettings, RequestInput, RequestSettings, identities, requests};
use faisceau_import::{Format, Source, import};
use faisceau_model::rows::ExhibitRow;
use faisceau_model::{Absent, Maybe};
use faisceau_signals::{Material, compare};
use faisceau_store::{Exhibit, Sha256Sum, empty_folder, replace_folder};
use faisceau_tables::TableError;
use faisceau_weigh::weigh;
use jiff::Timestamp;

use crate::accounts::complete_accounts;
use crate::bundled::Bundled;
use crate::case::{Case, settings_text};
use crate::error::CaseError;
use crate::ingest::{Ingest, Ingested};
use crate::media_join::join;
use crate::progress::{Progress, Step};
use crate::record::RunRecord;
use crate::summary::{Made, Summary};

/// Writes one table and says how many rows it has.
type Writing<'a> = Box<dyn FnOnce() -> Result<u64, TableError> + Send + 'a>;

impl Case {
    /// Makes `tables/` anew and journals what was made.
    pub fn run(
        &mut self,
        who: &str,
        now: Timestamp,
        progress: Progress<'_>,
    ) -> Result<Summary, CaseError> {
        // Held to the end: another run would put its tables in the place of these.
        let lock = self.store.lock()?;
        if self.store.exhibits().len() == 0 {
            return Err(CaseError::NotYet {
                what: "the case holds no exhibit".to_owned(),
                hint: "faisceau add PATH…",
            });
        }
        let bundled = Bundled::load()?;
        let (overlay, overlay_sha256) = self.overlay()?;
        let fresh = self.root().join(".tables-new");
        let io = |action| {
            let path = fresh.clone();
            move |source| CaseError::Io { action, path, source }
        };
        empty_folder(&fresh).map_err(io("make"))?;

        let (exhibits, mut ingested) = self.ingest(&fresh, &bundled, &overlay, progress)?;
        let summary = self.derive(&fresh, &bundled, exhibits, &mut ingested, progress)?;
        let distances = ingested.distances.iter().map(|(source, d)| (&**source, *d));
        let record = RunRecord::of(self, overlay_sha256, &summary, distances, &fresh)?;
        record.write(&fresh)?;
        replace_folder(&fresh, &self.tables()).map_err(io("put in place"))?;
        self.store.write_holding(lock, who, now)?.record("run", record.journal_fields())?;
        Ok(summary)
    }

    /// The investigator's ranges, and the hash of the bytes that they were read from.
    fn overlay(&self) -> Result<(Overlay, Option<String>), CaseError> {
        let Some(name) = &self.settings().enrich.overlay else {
            return Ok((Overlay::default(), None));
        };
        let path = self.root().join(name);
        let text = settings_text(&path, 64 << 20)?;
        let overlay = Overlay::parse(&text)
            .map_err(|e| CaseError::Settings { path: path.clone(), message: e.to_string() })?;
        Ok((overlay, Some(Sha256Sum::of(text.as_bytes()).to_string())))
    }

    /// Reads every exhibit, in order.
    fn ingest(
        &self,
        folder: &Path,
        bundled: &Bundled,
        overlay: &Overlay,
        progress: Progress<'_>,
    ) -> Result<(Vec<ExhibitRow>, Ingested), CaseError> {
        let mut settings = self.settings().import.clone();
        settings.x_archive_owners = self.x_archive_owners();
        let mut sink = Ingest::create(folder, bundled.datasets, overlay)?;
        let total = self.store.exhibits().len() as u64;
        let archives: BTreeSet<_> = self.store.exhibits().filter_map(|e| e.parent).collect();
        let store = &self.store;
        let mut rows = Vec::new();
        for (done, exhibit) in self.store.exhibits().enumerate() {
            progress(&Step { stage: "import", what: &exhibit.name, done: done as u64, total });
            let open = || {
                let file = store.open_exhibit(exhibit.no)?;
                Ok(Box::new(file) as Box<dyn std::io::Read + Send>)
            };
            let source = Source {
                exhibit: exhibit.no,
                name: &exhibit.name,
                len: exhibit.bytes,
                open: &open,
            };
            // Nothing is made of bytes that are not those that were taken in.
            self.store.check_exhibit(exhibit.no)?;
            // Same bytes twice are read once: a duplicate would count as a second observation.
            // An archive is read through its members, for a stored one looks like what it holds.
            let elsewhere = exhibit.same_as.is_some() || exhibit.kind.is_opened();
            let imported = (!elsewhere).then(|| import(&source, &settings, &mut sink));
            let tally = sink.take_tally();
            if !tally.balances() {
                return Err(CaseError::Unbalanced {
                    exhibit: exhibit.no.to_string(),
                    records: tally.records,
                    read: tally.read,
                    rejected: tally.rejected,
                });
            }
            let format = imported.as_ref().and_then(|i| i.format);
            let problem = match (&imported, exhibit.same_as) {
                (_, Some(first)) => Some(format!("same bytes as exhibit {first}")),
                (Some(imported), _) => imported.problem.clone(),
                (None, None) => None,
            };
            rows.push(ExhibitRow {
                exhibit: exhibit.no,
                sha256: exhibit.sha256.to_string(),
                name: exhibit.name.clone(),
                bytes: exhibit.bytes as i64,
                parent: Maybe::or_absent(exhibit.parent, Absent::NotApplicable),
                format: format_of(
                    exhibit,
                    format.map(Format::as_str),
                    archives.contains(&exhibit.no),
                ),
                records: tally.records as i64,
                read: tally.read as i64,
                rejected: tally.rejected as i64,
                set_aside: tally.set_aside as i64,
                problem: Maybe::or_absent(problem, Absent::NotApplicable),
            });
        }
        Ok((rows, sink.finish()?))
    }

    /// Compares, weighs, groups, and says what to ask.
    fn derive(
        &self,
        folder: &Path,
        bundled: &Bundled,
        exhibits: Vec<ExhibitRow>,
        ingested: &mut Ingested,
        progress: Progress<'_>,
    ) -> Result<Summary, CaseError> {
        let mut stage = |what, done| progress(&Step { stage: "compare", what, done, total: 4 });
        let media = join(std::mem::take(&mut ingested.media), &ingested.posts, &self.aliases());
        complete_accounts(ingested);
        self.set_roles(&mut ingested.accounts);
        let examined = self.examined(&ingested.accounts, &ingested.posts);

        stage("signals", 0);
        let comparisons = compare(&Material {
            accounts: &examined.compared,
            posts: &ingested.posts,
            addresses: &ingested.bound,
            media: &media,
            reference: &bundled.reference,
        });
        stage("weighing", 1);
        let count = examined.compared.len();
        let pairs = count * count.saturating_sub(1) / 2;
        let links = weigh(&comparisons, &bundled.calibration, pairs);
        stage("groups and requests", 2);
        let settings = ClusterSettings {
            floor_log10: self.settings().compare.floor_log10,
            ..ClusterSettings::default()
        };
        let groups = identities(&links, &settings);
        let asked = requests(&RequestInput {
            accounts: &ingested.accounts,
            posts: &ingested.posts,
            addresses: &ingested.bound,
            identities: &groups,
            law: &bundled.law,
            facts: &self.settings().case.facts,
            settings: RequestSettings { as_of: Some(self.as_of()?), ..RequestSettings::default() },
        });
        stage("tables", 3);
        let summary = Summary::of(&Made {
            exhibits: &exhibits,
            ingested,
            media: &media,
            examined: &examined,
            comparisons: &comparisons,
            links: &links,
            groups: &groups,
            requests: &asked,
            settings: self.settings(),
            as_of: self.as_of()?,
        });
        ingested.accounts.sort_by(|x, y| (x.exhibit, &x.id).cmp(&(y.exhibit, &y.id)));
        let accounts = std::mem::take(&mut ingested.accounts);
        let posts = std::mem::take(&mut ingested.posts);
        let mail_hops = std::mem::take(&mut ingested.mail_hops);
        // Each waits for the disk to flush: together they wait once.
        let writing: Vec<Writing<'_>> = vec![
            Box::new(|| faisceau_tables::write(folder, exhibits)),
            Box::new(|| faisceau_tables::write(folder, accounts)),
            Box::new(|| faisceau_tables::write(folder, posts)),
            Box::new(|| faisceau_tables::write(folder, media)),
            Box::new(|| faisceau_tables::write(folder, mail_hops)),
            Box::new(|| faisceau_tables::write(folder, comparisons)),
            Box::new(|| faisceau_tables::write(folder, links)),
            Box::new(|| faisceau_tables::write(folder, groups)),
            Box::new(|| faisceau_tables::write(folder, asked)),
        ];
        std::thread::scope(|scope| {
            let threads: Vec<_> = writing.into_iter().map(|write| scope.spawn(write)).collect();
            threads.into_iter().try_for_each(|thread| match thread.join() {
                Ok(outcome) => outcome.map(drop).map_err(CaseError::from),
                Err(_) => Err(CaseError::Bundled {
                    what: "table writer",
                    message: "a thread panicked".to_owned(),
                }),
            })
        })?;
        Ok(summary)
    }
}

/// An archive is read through its members, a repeated exhibit through the first of its kind.
fn format_of(exhibit: &Exhibit, format: Option<&str>, has_members: bool) -> Maybe<String> {
    match format {
        Some(format) => Maybe::Known(format.to_owned()),
        None if has_members => Maybe::Known("archive".to_owned()),
        None if exhibit.same_as.is_some() => Maybe::Missing(Absent::NotApplicable),
        None => Maybe::Missing(Absent::NoData),
    }
}
