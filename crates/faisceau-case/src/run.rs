//! `run`: exhibits → tables → enrichment → comparison → weighing → graph, in that one direction.
//!
//! Everything written here is a pure function of the exhibits, `case.toml`, the overlay and the
//! bundled datasets. The tables are made in a folder beside `tables/` and take its place when all
//! of them are whole.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use faisceau_enrich::{Enrichment, Overlay};
use faisceau_graph::{
    Activity, ClusterSettings, RequestInput, RequestSettings, coordination_groups, identities,
    requests_and_plan,
};
use faisceau_import::Imported;
use faisceau_model::rows::{ExhibitRow, Post};
use faisceau_model::{Absent, ExhibitNo, Maybe, Sink as _};
use faisceau_signals::Material;
use faisceau_signals::coordination::raids;
use faisceau_store::{Exhibit, Sha256Sum, empty_folder, replace_folder};
use faisceau_tables::TableError;
use jiff::Timestamp;

use crate::accounts::complete_accounts;
use crate::ahead::{Ahead, read_ahead};
use crate::answers;
use crate::bundled::Bundled;
use crate::case::{Case, settings_text};
use crate::collecting::CAPTURE;
use crate::error::CaseError;
use crate::examined::Examined;
use crate::explained::{Linked, explained};
use crate::ingest::{Counts, Ingest, Ingested};
use crate::mails::JudgedMails;
use crate::media_join::join;
use crate::packages::package_problem;
use crate::positions::protect;
use crate::progress::{Progress, Step};
use crate::record::RunRecord;
use crate::summary::{Made, Summary};
use crate::verdicts::verdicts;
use crate::weighed::{Weighed, weighed};

/// What was read of the exhibits.
struct Read {
    exhibits: Vec<ExhibitRow>,
    counts: BTreeMap<ExhibitNo, Counts>,
    ingested: Ingested,
    mails: JudgedMails,
}

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
        let bundled = Bundled::load(self)?;
        let (overlay, overlay_sha256) = self.overlay()?;
        let fresh = self.root().join(".tables-new");
        let io = |action| {
            let path = fresh.clone();
            move |source| CaseError::Io { action, path, source }
        };
        empty_folder(&fresh).map_err(io("make"))?;

        let proxies = self.settings().enrich.proxies();
        let with = Enrichment {
            bundle: bundled.datasets(),
            overlay: &overlay,
            proxies: &proxies,
            tor: bundled.tor.as_ref(),
        };
        let read = self.ingest(&fresh, &bundled, with, progress)?;
        let Read { exhibits, counts, mut ingested, mails } = read;
        let summary = self.derive(
            &fresh,
            (&bundled, &overlay),
            (exhibits, &counts),
            (&mut ingested, mails),
            progress,
        )?;
        let distances = ingested.distances.iter().map(|(source, d)| (&**source, *d));
        let record = RunRecord::of(self, overlay_sha256, &summary, distances, &fresh)?;
        record.write(&fresh)?;
        // Nothing that was learnt of the old tables outlives them, and nothing holds them open.
        self.sound_tables.take();
        replace_folder(&fresh, &self.tables()).map_err(io("put in place"))?;
        self.store.write_holding(lock, who, now)?.record("run", record.journal_fields())?;
        Ok(summary)
    }

    /// The investigator's ranges, and the hash of the bytes that they were read from.
    pub(crate) fn overlay(&self) -> Result<(Overlay, Option<String>), CaseError> {
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
        with: Enrichment<'_>,
        progress: Progress<'_>,
    ) -> Result<Read, CaseError> {
        let settings = self.import_settings()?;
        let activity = Activity::new(&bundled.law, self.request_settings()?);
        let mut sink = Ingest::create(folder, with, activity)?;
        let total = self.store.exhibits().len() as u64;
        let archives: BTreeSet<_> = self.store.exhibits().filter_map(|e| e.parent).collect();
        let (mut rows, mut counted) = (Vec::new(), BTreeMap::new());
        let exhibits: Vec<_> = self.store.exhibits().collect();
        let captured = self.captured();
        let mut ahead = BTreeMap::new();
        for (done, exhibit) in exhibits.iter().copied().enumerate() {
            progress(&Step { stage: "import", what: &exhibit.name, done: done as u64, total });
            // Same bytes twice are read once: a duplicate would count as a second observation.
            // An archive is read through its members, for a stored one looks like what it holds.
            // What the browser of a collection made is nobody's image and nobody's document.
            let elsewhere = exhibit.same_as.is_some()
                || exhibit.kind.is_opened()
                || captured.contains(&exhibit.no);
            // Nothing is made of bytes that are not those that were taken in: they are hashed while
            // they are read, and the run ends before anything of them takes its place.
            if !ahead.contains_key(&exhibit.no) && !elsewhere {
                ahead.append(&mut read_ahead(&self.store, &exhibits[done..], &settings));
            }
            let imported =
                if let Some(Ahead { checked, rows, imported }) = ahead.remove(&exhibit.no) {
                    checked?;
                    if elsewhere {
                        None
                    } else {
                        rows.replay(&mut sink);
                        Some(imported)
                    }
                } else {
                    let store = &self.store;
                    let (checked, imported) = std::thread::scope(|scope| {
                        let check = scope.spawn(|| store.check_exhibit(exhibit.no));
                        let read =
                            (!elsewhere).then(|| self.read_exhibit(exhibit, &settings, &mut sink));
                        (check.join(), read)
                    });
                    checked.map_err(|_| panicked("exhibit check"))??;
                    imported
                };
            let counts = sink.take_counts();
            let tally = counts.tally;
            counted.insert(exhibit.no, counts);
            if !tally.balances() {
                return Err(CaseError::Unbalanced {
                    exhibit: exhibit.no.to_string(),
                    records: tally.records,
                    read: tally.read,
                    rejected: tally.rejected,
                });
            }
            let format = if captured.contains(&exhibit.no) {
                Some(CAPTURE)
            } else {
                imported.as_ref().and_then(Imported::name)
            };
            let problem = match (&imported, exhibit.same_as) {
                (_, Some(first)) => Some(format!("same bytes as exhibit {first}")),
                (Some(imported), _) => imported.problem.clone(),
                (None, None) => package_problem(&self.store, exhibit),
            };
            rows.push(ExhibitRow {
                exhibit: exhibit.no,
                sha256: exhibit.sha256.to_string(),
                name: exhibit.name.clone(),
                bytes: exhibit.bytes as i64,
                parent: Maybe::or_absent(exhibit.parent, Absent::NotApplicable),
                format: format_of(exhibit, format, archives.contains(&exhibit.no)),
                records: tally.records as i64,
                read: tally.read as i64,
                rejected: tally.rejected as i64,
                set_aside: tally.set_aside as i64,
                first: Maybe::or_absent(tally.first, Absent::NoData),
                last: Maybe::or_absent(tally.last, Absent::NoData),
                problem: Maybe::or_absent(problem, Absent::NotApplicable),
            });
        }
        // Only now are all DNS answers read; what mails say of addresses is looked up with the rest.
        let mut mails = self.judge_mails(sink.kept())?;
        for connection in std::mem::take(&mut mails.seen) {
            let exhibit = connection.exhibit;
            sink.connections(vec![connection]);
            counted.entry(exhibit).or_default().add_uses(&sink.take_counts());
        }
        Ok(Read { exhibits: rows, counts: counted, ingested: sink.finish()?, mails })
    }

    /// The floor of the settings, raised by the accounts among which pairs were found.
    pub(crate) fn cluster_settings(&self, compared: usize) -> ClusterSettings {
        let floor_log10 = self.settings().compare.floor_log10;
        ClusterSettings { floor_log10, ..ClusterSettings::default() }.among(compared)
    }

    fn request_settings(&self) -> Result<RequestSettings, CaseError> {
        Ok(RequestSettings { as_of: Some(self.as_of()?), ..RequestSettings::default() })
    }

    /// Completes the accounts from all tables, and gives them their roles.
    fn know_accounts(&self, ingested: &mut Ingested) {
        complete_accounts(ingested);
        self.set_roles(&mut ingested.accounts);
    }

    /// Compares, weighs, groups, and says what to ask.
    fn derive(
        &self,
        folder: &Path,
        (bundled, overlay): (&Bundled, &Overlay),
        (exhibits, counts): (Vec<ExhibitRow>, &BTreeMap<ExhibitNo, Counts>),
        (ingested, mails): (&mut Ingested, JudgedMails),
        progress: Progress<'_>,
    ) -> Result<Summary, CaseError> {
        let mut stage = |what, done| progress(&Step { stage: "compare", what, done, total: 4 });
        self.know_accounts(ingested);
        let examined = self.examined(ingested);
        let posts = needed_posts(folder, &examined, !ingested.media.is_empty())?;
        let mut media = join(
            std::mem::take(&mut ingested.media),
            &posts,
            &self.aliases(),
            &self.store.exhibits().map(|exhibit| (exhibit.no, &*exhibit.name)).collect(),
        );
        protect(&mut media, |account| self.settings().role_of(account));

        let verdicts = verdicts(&ingested.bound, bundled, overlay, &ingested.names);
        let sign_ins = self.sign_ins(folder, ingested)?;

        let material = Material {
            accounts: &examined.compared,
            account_rows: &ingested.accounts,
            devices: &ingested.devices,
            posts: &posts,
            addresses: &ingested.bound,
            media: &media,
            reference: &bundled.reference,
        };
        let Weighed { comparisons, links, contributions, shifts, unsought } =
            weighed(&material, &bundled.calibration, &mut stage);
        stage("groups and requests", 2);
        let ties = self.ties();
        let groups = identities(&links, &self.cluster_settings(examined.compared.len()));
        let together = coordination_groups(&links, &self.cluster_settings(examined.compared.len()));
        let linked = Linked {
            links: &links,
            comparisons: &comparisons,
            identities: &groups,
            posts: &posts,
            media: &media,
            verdicts: &verdicts,
        };
        let explained = explained(folder, ingested, &linked)?;
        let (asked, plan) = requests_and_plan(&RequestInput {
            accounts: &ingested.accounts,
            activity: &ingested.activity,
            addresses: &ingested.bound,
            verdicts: &verdicts,
            identities: &groups,
            law: &bundled.law,
            facts: &self.settings().case.facts,
            answers: &answers::pairs(&ties),
            settings: self.request_settings()?,
        });
        let answered = answers::rows(&ties, counts, &asked);
        answers::mark_subscribers(&mut ingested.subscribers, &ties);
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
            plan,
            shifts,
            unsought,
            settings: self.settings(),
            as_of: self.as_of()?,
        });
        ingested.accounts.sort_by(|x, y| (x.exhibit, &x.id).cmp(&(y.exhibit, &y.id)));
        let accounts = std::mem::take(&mut ingested.accounts);
        let mail_hops = std::mem::take(&mut ingested.mail_hops);
        let names = std::mem::take(&mut ingested.names);
        let devices = std::mem::take(&mut ingested.devices);
        let subscribers = std::mem::take(&mut ingested.subscribers);
        let signatures = std::mem::take(&mut ingested.signatures);
        let unknown_fields = std::mem::take(&mut ingested.unknown_fields);
        // Each waits for the disk to flush: together they wait once.
        let writing: Vec<Writing<'_>> = vec![
            Box::new(|| faisceau_tables::write(folder, exhibits)),
            Box::new(|| faisceau_tables::write(folder, accounts)),
            Box::new(|| faisceau_tables::write(folder, media)),
            Box::new(|| faisceau_tables::write(folder, mail_hops)),
            Box::new(|| faisceau_tables::write(folder, mails.verdicts)),
            Box::new(|| faisceau_tables::write(folder, mails.origins)),
            Box::new(|| faisceau_tables::write(folder, names)),
            Box::new(|| faisceau_tables::write(folder, verdicts)),
            Box::new(|| faisceau_tables::write(folder, sign_ins)),
            Box::new(|| faisceau_tables::write(folder, devices)),
            Box::new(|| faisceau_tables::write(folder, subscribers)),
            Box::new(|| faisceau_tables::write(folder, signatures)),
            Box::new(|| faisceau_tables::write(folder, unknown_fields)),
            Box::new(|| faisceau_tables::write(folder, answered)),
            Box::new(|| faisceau_tables::write(folder, comparisons)),
            Box::new(|| faisceau_tables::write(folder, links)),
            Box::new(|| faisceau_tables::write(folder, contributions)),
            Box::new(|| faisceau_tables::write(folder, explained)),
            Box::new(|| faisceau_tables::write(folder, raids(&posts))),
            Box::new(|| faisceau_tables::write(folder, groups)),
            Box::new(|| faisceau_tables::write(folder, together)),
            Box::new(|| faisceau_tables::write(folder, asked)),
        ];
        write_together(writing)?;
        Ok(summary)
    }
}

fn write_together(writing: Vec<Writing<'_>>) -> Result<(), CaseError> {
    std::thread::scope(|scope| {
        let threads: Vec<_> = writing.into_iter().map(|write| scope.spawn(write)).collect();
        threads.into_iter().try_for_each(|thread| match thread.join() {
            Ok(outcome) => outcome.map(drop).map_err(CaseError::from),
            Err(_) => Err(panicked("table writer")),
        })
    })
}

fn panicked(what: &'static str) -> CaseError {
    CaseError::Bundled { what, message: "a thread panicked".to_owned() }
}

/// Most posts of which those of accounts that are not compared are held too.
const MOST_POSTS: usize = 1_000_000;

/// The posts that the comparisons need, in the order of their table: those of the accounts that
/// are compared, and, where the case has images, those that show one. The others are the
/// population against which pairs stand out, and are held where there are not too many.
fn needed_posts(folder: &Path, examined: &Examined, images: bool) -> Result<Vec<Post>, CaseError> {
    let needed = |post: &Post| {
        (images && !post.media.is_empty()) || examined.compared.binary_search(&post.account).is_ok()
    };
    let (mut kept, mut whole) = (Vec::new(), true);
    faisceau_tables::read_batches::<Post>(folder, |posts| {
        if whole && kept.len() + posts.len() > MOST_POSTS {
            whole = false;
            kept.retain(needed);
        }
        kept.extend(posts.into_iter().filter(|post| whole || needed(post)));
        true
    })?;
    Ok(kept)
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
