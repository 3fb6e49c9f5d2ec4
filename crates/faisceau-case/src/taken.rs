//! What exhibits are taken for, before any run: format, records, rejects, first and last time.

use std::io;

use faisceau_import::{Format, ImportSettings, KeyExhibit, Recipe, Source, import, openpgp_key};
use faisceau_model::rows::{
    Account, Connection, Device, MailHop, Media, MediaField, Name, Post, Reject, Signature,
    Subscriber, UnknownField,
};
use faisceau_model::{ExhibitNo, Sink, Tally};
use faisceau_store::{Exhibit, Sha256Sum, Store};

use crate::case::{Case, settings_text};
use crate::error::CaseError;
use crate::packages::package_problem;
use crate::progress::{Progress, Step};

/// Largest recipe, in bytes.
const RECIPE_LIMIT: u64 = 1 << 20;
/// Largest exhibit that may hold keys, in bytes.
const KEY_LIMIT: u64 = 1 << 20;

/// What an exhibit is taken for.
#[derive(Debug, Clone)]
pub struct Taken {
    /// The exhibit.
    pub exhibit: ExhibitNo,
    /// Its name, made inert.
    pub name: String,
    /// The format that its content shows.
    pub format: Option<&'static Format>,
    /// Whether it is an archive, which is read through its members.
    pub archive: bool,
    /// The exhibit that has the same bytes, which is read in its place.
    pub same_as: Option<ExhibitNo>,
    /// Records, rejects, first and last time.
    pub tally: Tally,
    /// Names of fields that the format does not know.
    pub unknown_fields: usize,
    /// What could not be done with it as a whole.
    pub problem: Option<String>,
}

impl Case {
    /// Reads exhibits as a run would, and keeps nothing but the counts.
    pub fn taken(
        &self,
        exhibits: &[ExhibitNo],
        progress: Progress<'_>,
    ) -> Result<Vec<Taken>, CaseError> {
        let settings = ImportSettings { blind: true, ..self.import_settings()? };
        let total = exhibits.len() as u64;
        let mut taken = Vec::new();
        for (done, exhibit) in exhibits.iter().filter_map(|no| self.store.exhibit(*no)).enumerate()
        {
            progress(&Step { stage: "read", what: &exhibit.name, done: done as u64, total });
            let mut sink = Counting::default();
            let opened = exhibit.kind.is_opened() || exhibit.same_as.is_some();
            let imported = (!opened).then(|| self.read_exhibit(exhibit, &settings, &mut sink));
            let problem = imported.as_ref().and_then(|imported| imported.problem.clone());
            let problem = problem.or_else(|| package_problem(&self.store, exhibit));
            taken.push(Taken {
                exhibit: exhibit.no,
                name: exhibit.name.clone(),
                format: imported.and_then(|imported| imported.format),
                archive: exhibit.kind.is_opened(),
                same_as: exhibit.same_as,
                tally: sink.tally,
                unknown_fields: sink.unknown_fields,
                problem,
            });
        }
        Ok(taken)
    }

    /// The settings of the importers, with what the exhibits themselves say.
    pub(crate) fn import_settings(&self) -> Result<ImportSettings, CaseError> {
        let mut settings = self.settings().import.clone();
        settings.recipes = self.recipes()?;
        settings.owners = self.owners();
        settings.keys = self.keys();
        Ok(settings)
    }

    /// The recipes for saved pages that the case brings along.
    fn recipes(&self) -> Result<Vec<Recipe>, CaseError> {
        let files = self.settings().import.recipe_files.iter();
        files
            .map(|name| {
                let path = self.root().join(name);
                let text = settings_text(&path, RECIPE_LIMIT)?;
                Recipe::parse(&text)
                    .map_err(|e| CaseError::Settings { path, message: e.to_string() })
            })
            .collect()
    }

    /// SHA-256 over the recipes of the case, if it has any.
    pub(crate) fn recipes_hash(&self) -> Result<Option<String>, CaseError> {
        let files = &self.settings().import.recipe_files;
        let texts: Vec<String> = files
            .iter()
            .map(|name| settings_text(&self.root().join(name), RECIPE_LIMIT))
            .collect::<Result<_, _>>()?;
        let hash = || Sha256Sum::of(texts.join("\0").as_bytes()).to_string();
        Ok((!texts.is_empty()).then(hash))
    }

    /// The OpenPGP keys among the exhibits, by which signatures are checked.
    fn keys(&self) -> Vec<KeyExhibit> {
        let key = |exhibit: &Exhibit| {
            let armoured = self.small_text(exhibit, KEY_LIMIT)?;
            openpgp_key(&armoured).then_some(KeyExhibit { exhibit: exhibit.no, armoured })
        };
        self.store.exhibits().filter_map(key).collect()
    }

    /// Reads one exhibit.
    pub(crate) fn read_exhibit(
        &self,
        exhibit: &Exhibit,
        settings: &ImportSettings,
        sink: &mut dyn Sink,
    ) -> faisceau_import::Imported {
        read_exhibit(&self.store, exhibit, settings, sink)
    }
}

/// Reads one exhibit of a store.
pub(crate) fn read_exhibit(
    store: &Store,
    exhibit: &Exhibit,
    settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> faisceau_import::Imported {
    let open = || -> io::Result<Box<dyn io::Read + Send>> {
        Ok(Box::new(store.open_exhibit(exhibit.no)?))
    };
    let source =
        Source { exhibit: exhibit.no, name: &exhibit.name, len: exhibit.bytes, open: &open };
    import(&source, settings, sink)
}

/// A sink that counts and lets go.
#[derive(Default)]
struct Counting {
    tally: Tally,
    unknown_fields: usize,
}

impl Sink for Counting {
    fn records(&mut self, count: u64) {
        self.tally.records += count;
    }

    fn read(&mut self, count: u64) {
        self.tally.read += count;
    }

    fn post(&mut self, row: Post) {
        self.tally.saw(&row.at);
    }

    fn connections(&mut self, rows: Vec<Connection>) {
        for row in &rows {
            self.tally.saw(&row.at);
        }
    }

    fn unknown_field(&mut self, _: UnknownField) {
        self.unknown_fields += 1;
    }

    fn reject(&mut self, row: Reject) {
        self.tally.rejected(row.reason);
    }

    fn account(&mut self, _: Account) {}
    fn media(&mut self, _: Media) {}
    fn media_field(&mut self, _: MediaField) {}
    fn mail_hop(&mut self, _: MailHop) {}
    fn name(&mut self, _: Name) {}
    fn device(&mut self, _: Device) {}
    fn subscriber(&mut self, _: Subscriber) {}
    fn signature(&mut self, _: Signature) {}
}
