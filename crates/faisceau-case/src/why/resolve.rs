//! Finds what an id names and what it rests on.

use faisceau_model::rows::{
    Account, Address, AddressVerdict, Answer, ClockCheck, Comparison, Connection, Contribution,
    CoordinationGroup, Device, ExhibitRow, Explanation as InnocentExplanation, Identity, Link,
    MailHop, MailOrigin, MailVerdict, Media, MediaField, Name, Post, Raid, Reject, Request, SignIn,
    Signature, Subscriber, UnknownField,
};
use faisceau_model::table::Row;
use faisceau_model::{AccountKey, ExhibitNo, Place, RowId, tells_place};
use faisceau_tables::read_where;

use crate::acts::of_act;
use crate::case::Case;
use crate::error::CaseError;
use crate::record::RunRecord;
use crate::reviews::pair;
use crate::why::explanation::Explanation;
use crate::why::rows::{facts, has_column, id, rests_on, value};
use crate::why::selection::Selection;
use crate::why::waterfall::Waterfall;

/// What the note may rest on besides what `case.toml` and the record of the run hold.
const SETTINGS: [&str; 36] = [
    "acts.astreinte_eur",
    "acts.claimant.born",
    "acts.claimant.domicile",
    "acts.claimant.email",
    "acts.claimant.names",
    "acts.claimant.nationality",
    "acts.claimant.profession",
    "acts.costs_eur",
    "acts.court",
    "acts.days",
    "acts.effects",
    "acts.hearing",
    "acts.lawyer",
    "acts.other_exhibits",
    "acts.reason_against_contradiction",
    "case.access_place",
    "case.as_of",
    "case.capacity",
    "case.claimant",
    "case.claimant_domicile",
    "case.date",
    "case.facts",
    "case.journal",
    "case.mission",
    "compare.floor_applied",
    "compare.floor_log10",
    "compare.max_accounts",
    "datasets",
    "enrich.overlay",
    "import.service",
    "import.zone",
    "mail.trusted",
    "overlay_sha256",
    "tool",
    "validation",
    "version",
];

/// Children shown under one node.
const SHOWN: usize = 5;

impl Case {
    /// Walks an id down to the bytes.
    ///
    /// Takes a sentence of the note (`S12`) or of an act (`assignation-x:S3`), a row of any table, an exhibit (`exh:4`), a dataset
    /// (`dat:tor`), a line of the journal (`jrn:12`), a setting (`set:…`) or a selection
    /// (`posts?account=x:1`).
    pub fn why(&self, id: &str) -> Result<Explanation, CaseError> {
        self.checked_record()?;
        self.walk(id.trim(), SHOWN)
    }

    /// Walks the links between two accounts down to the bytes, each as a waterfall.
    pub fn why_pair(&self, a: &str, b: &str) -> Result<Explanation, CaseError> {
        self.checked_record()?;
        let (a, b) = pair(a, b)?;
        let links: Vec<Link> = read_where(&self.tables(), "a", &[a.as_str()])?;
        let mut found = Vec::new();
        for link in links.into_iter().filter(|link| link.b == b) {
            found.push(self.link(&link, SHOWN)?);
        }
        match found.len() {
            0 => self.unlinked(&a, &b),
            1 => Ok(found.swap_remove(0)),
            _ => {
                let title = "links between two accounts, which are not added";
                let mut node = Explanation::new(format!("{a} {b}"), title);
                node.rests_on = found;
                Ok(node)
            }
        }
    }

    /// A link with its waterfall.
    fn link(&self, link: &Link, shown: usize) -> Result<Explanation, CaseError> {
        let mut node = self.derived(link, "link between two accounts", shown)?;
        let review = self.review_of(&link.a, &link.b);
        let tables = self.tables();
        let behind: Vec<&str> = link.rows.iter().map(String::as_str).collect();
        node.waterfall = Some(Waterfall::of(
            link,
            &read_where(&tables, "id", &behind)?,
            &read_where(&tables, "link", &[link.id.as_str()])?,
            review.as_ref(),
        ));
        Ok(node)
    }

    /// Two accounts without a link: they are known, and no signal had enough material of both.
    fn unlinked(&self, a: &AccountKey, b: &AccountKey) -> Result<Explanation, CaseError> {
        let mut node = Explanation::new(
            format!("{a} {b}"),
            "no link: no signal had enough material of both, or one is not under examination",
        );
        if let Some(review) = self.review_of(a, b) {
            let said = format!("{} by {}: {}", review.decision, review.who, review.because);
            node = node.fact("reviewed", said).fact("decided on", &review.figures);
            node.rests_on.extend(self.act(review.seq));
        }
        for account in [a, b] {
            let rows: Vec<Account> = read_where(&self.tables(), "account", &[account.as_str()])?;
            let row = rows.first();
            let row = row.ok_or_else(|| CaseError::UnknownId(account.to_string()))?;
            node.rests_on.push(self.ground(row, "account")?);
        }
        Ok(node)
    }

    fn walk(&self, text: &str, shown: usize) -> Result<Explanation, CaseError> {
        if let Some(selection) = Selection::parse(text) {
            return self.selection(text, &selection, shown);
        }
        let unknown = || CaseError::UnknownId(text.to_owned());
        if is_said(text) {
            return self.sentence(text, shown);
        }
        if let Some((stem, id)) = of_act(text) {
            let (said, support) = self.said_in_act(stem, id)?;
            let mut node = Explanation::new(text, "sentence of an act").fact("text", said);
            self.support(&mut node, &support, shown)?;
            return Ok(node);
        }
        match text.split_once(':').map(|(prefix, _)| prefix) {
            Some("exh") => self.exhibit(text[4..].parse().map_err(|_| unknown())?),
            Some("jrn") => text[4..].parse().ok().and_then(|n| self.act(n)).ok_or_else(unknown),
            Some("dat") => Ok(self.dataset(text).ok_or_else(unknown)?),
            Some("set") => self.setting(text).ok_or_else(unknown),
            Some(Link::PREFIX) => self.link(&self.row::<Link>(text)?, shown),
            Some(Comparison::PREFIX) => {
                self.find::<Comparison>(text, "comparison under one signal", shown)
            }
            Some(InnocentExplanation::PREFIX) => {
                self.find::<InnocentExplanation>(text, "innocent explanation of a link", shown)
            }
            Some(Contribution::PREFIX) => {
                self.find::<Contribution>(text, "part of a comparison of style", shown)
            }
            Some(Raid::PREFIX) => self.find::<Raid>(text, "burst of several accounts", shown),
            Some(Identity::PREFIX) => self.find::<Identity>(text, "group of accounts", shown),
            Some(CoordinationGroup::PREFIX) => {
                self.find::<CoordinationGroup>(text, "accounts that act together", shown)
            }
            Some(Request::PREFIX) => self.find::<Request>(text, "request", shown),
            Some(Post::PREFIX) => self.imported::<Post>(text, "message"),
            Some(Account::PREFIX) => self.imported::<Account>(text, "account"),
            Some(Connection::PREFIX) => self.imported::<Connection>(text, "use of an address"),
            Some(Address::PREFIX) => self.imported::<Address>(text, "address at an instant"),
            Some(Media::PREFIX) => self.imported::<Media>(text, "image"),
            Some(MediaField::PREFIX) => self.imported::<MediaField>(text, "field of metadata"),
            Some(MailHop::PREFIX) => self.imported::<MailHop>(text, "hop of a mail"),
            Some(AddressVerdict::PREFIX) => {
                self.imported::<AddressVerdict>(text, "what a source says of an address")
            }
            Some(MailVerdict::PREFIX) => {
                self.imported::<MailVerdict>(text, "what a mechanism says of a mail")
            }
            Some(MailOrigin::PREFIX) => self.imported::<MailOrigin>(text, "origin of a mail"),
            Some(Name::PREFIX) => self.imported::<Name>(text, "DNS or registry answer"),
            Some(SignIn::PREFIX) => self.imported::<SignIn>(text, "sign-in of the claimant"),
            Some(Device::PREFIX) => self.imported::<Device>(text, "device of an account"),
            Some(Subscriber::PREFIX) => {
                self.imported::<Subscriber>(text, "what an addressee declares of a subscriber")
            }
            Some(Signature::PREFIX) => self.imported::<Signature>(text, "signature"),
            Some(ClockCheck::PREFIX | "clks") => {
                self.imported::<ClockCheck>(text, "second clock beside a declared time")
            }
            Some(Answer::PREFIX) => self.imported::<Answer>(text, "answer to a request"),
            Some(UnknownField::PREFIX) => {
                self.imported::<UnknownField>(text, "field that the format does not know")
            }
            Some(Reject::PREFIX) => self.imported::<Reject>(text, "record not read"),
            _ => Err(unknown()),
        }
    }

    /// A row of a derived table and the rows it rests on.
    fn find<R: Row>(
        &self,
        text: &str,
        title: &str,
        shown: usize,
    ) -> Result<Explanation, CaseError> {
        let row = self.row::<R>(text)?;
        self.derived(&row, title, shown)
    }

    fn derived<R: Row>(
        &self,
        row: &R,
        title: &str,
        shown: usize,
    ) -> Result<Explanation, CaseError> {
        let mut node = Explanation::new(id(row), title);
        node.facts = facts(row);
        self.support(&mut node, &rests_on(row), shown)?;
        Ok(node)
    }

    /// Adds what a node rests on. Deeper levels show fewer, so that a tree stays readable.
    fn support(
        &self,
        node: &mut Explanation,
        ids: &[String],
        shown: usize,
    ) -> Result<(), CaseError> {
        // A note that was altered could name itself as its own support.
        let said = |id: &str| is_said(id) || of_act(id).is_some();
        if said(&node.id) && ids.iter().any(|id| said(id)) {
            return Err(CaseError::UnknownId(node.id.clone()));
        }
        for id in ids.iter().take(shown.max(1)) {
            node.rests_on.push(self.walk(id, shown.saturating_sub(2))?);
        }
        node.more = ids.len().saturating_sub(shown.max(1));
        Ok(())
    }

    /// A row read from an exhibit: its columns, its exhibit, its bytes.
    fn imported<R: Row>(&self, text: &str, title: &str) -> Result<Explanation, CaseError> {
        let row = self.row::<R>(text)?;
        self.ground(&row, title)
    }

    fn ground<R: Row>(&self, row: &R, title: &str) -> Result<Explanation, CaseError> {
        let mut node = Explanation::new(id(row), title);
        node.facts = facts(row);
        if self.withhold(row, &mut node.facts)? {
            return Ok(node.fact("bytes", "withheld: they hold a protected position"));
        }
        let row_id: Option<RowId> = node.id.parse().ok();
        if let Some((exhibit, place)) = row_id.and_then(|id| id.locus()) {
            let sha256 = self.store.exhibit(exhibit).map(|e| e.sha256.to_string());
            node.facts.push(("sha256 of the exhibit".to_owned(), sha256.unwrap_or_default()));
            self.add_bytes(&mut node, exhibit, &place)?;
        }
        Ok(node)
    }

    /// Takes a protected position out of the facts of an image or of a field of it. Says whether
    /// the bytes at its place are the position.
    fn withhold<R: Row>(&self, row: &R, facts: &mut [(String, String)]) -> Result<bool, CaseError> {
        const WITHHELD: &str = "withheld: protected position";
        let told = |name: &str| facts.iter().any(|(n, v)| n == name && v == "true");
        if R::TABLE == Media::TABLE && told("position_protected") {
            for (name, value) in facts.iter_mut() {
                if name == "latitude" || name == "longitude" {
                    WITHHELD.clone_into(value);
                }
            }
            return Ok(false);
        }
        let Some(media) = (R::TABLE == MediaField::TABLE).then(|| value(row, "media")).flatten()
        else {
            return Ok(false);
        };
        if !tells_place(&value(row, "name").unwrap_or_default()) {
            return Ok(false);
        }
        let images: Vec<Media> = read_where(&self.tables(), "id", &[media.as_str()])?;
        if !images.iter().any(|image| image.position_protected) {
            return Ok(false);
        }
        for (_, value) in facts.iter_mut().filter(|(name, _)| name == "value") {
            WITHHELD.clone_into(value);
        }
        Ok(true)
    }

    /// Adds the bytes; an exhibit that is not what was taken in ends the walk.
    fn add_bytes(
        &self,
        node: &mut Explanation,
        exhibit: ExhibitNo,
        place: &Place,
    ) -> Result<(), CaseError> {
        match self.bytes_at(exhibit, place) {
            Ok(bytes) => node.bytes = Some(bytes),
            Err(error) if error.is_integrity() => return Err(error),
            Err(error) => node.facts.push(("bytes".to_owned(), error.to_string())),
        }
        Ok(())
    }

    fn row<R: Row>(&self, text: &str) -> Result<R, CaseError> {
        let found: Vec<R> = read_where(&self.tables(), "id", &[text])?;
        found.into_iter().next().ok_or_else(|| CaseError::UnknownId(text.to_owned()))
    }

    fn selection(
        &self,
        text: &str,
        selection: &Selection,
        shown: usize,
    ) -> Result<Explanation, CaseError> {
        match selection.table.as_str() {
            Post::TABLE => self.select::<Post>(text, selection, "messages", shown),
            Address::TABLE => self.select::<Address>(text, selection, "addresses", shown),
            Connection::TABLE => self.select::<Connection>(text, selection, "connections", shown),
            Account::TABLE => self.select::<Account>(text, selection, "accounts", shown),
            Media::TABLE => self.select::<Media>(text, selection, "images", shown),
            MediaField::TABLE => {
                self.select::<MediaField>(text, selection, "fields of metadata", shown)
            }
            MailHop::TABLE => self.select::<MailHop>(text, selection, "hops of mails", shown),
            AddressVerdict::TABLE => {
                self.select::<AddressVerdict>(text, selection, "verdicts on addresses", shown)
            }
            MailVerdict::TABLE => {
                self.select::<MailVerdict>(text, selection, "verdicts on mails", shown)
            }
            MailOrigin::TABLE => self.select::<MailOrigin>(text, selection, "origins", shown),
            Name::TABLE => self.select::<Name>(text, selection, "DNS and registry answers", shown),
            SignIn::TABLE => self.select::<SignIn>(text, selection, "sign-ins", shown),
            Device::TABLE => self.select::<Device>(text, selection, "devices", shown),
            Subscriber::TABLE => self.select::<Subscriber>(text, selection, "declared data", shown),
            Signature::TABLE => self.select::<Signature>(text, selection, "signatures", shown),
            ClockCheck::TABLE => self.select::<ClockCheck>(text, selection, "clock checks", shown),
            Answer::TABLE => self.select::<Answer>(text, selection, "answers", shown),
            UnknownField::TABLE => {
                self.select::<UnknownField>(text, selection, "unknown fields", shown)
            }
            Reject::TABLE => self.select::<Reject>(text, selection, "records not read", shown),
            Link::TABLE => self.select::<Link>(text, selection, "links", shown),
            Comparison::TABLE => self.select::<Comparison>(text, selection, "comparisons", shown),
            InnocentExplanation::TABLE => {
                self.select::<InnocentExplanation>(text, selection, "explanations", shown)
            }
            Contribution::TABLE => {
                self.select::<Contribution>(text, selection, "parts of style", shown)
            }
            Raid::TABLE => self.select::<Raid>(text, selection, "raids", shown),
            Identity::TABLE => self.select::<Identity>(text, selection, "groups", shown),
            CoordinationGroup::TABLE => {
                self.select::<CoordinationGroup>(text, selection, "groups that act together", shown)
            }
            Request::TABLE => self.select::<Request>(text, selection, "requests", shown),
            ExhibitRow::TABLE => self.select::<ExhibitRow>(text, selection, "exhibits", shown),
            _ => Err(CaseError::UnknownId(text.to_owned())),
        }
    }

    fn select<R: Row>(
        &self,
        text: &str,
        selection: &Selection,
        what: &str,
        shown: usize,
    ) -> Result<Explanation, CaseError> {
        if !selection.wanted.iter().all(|(name, _)| has_column::<R>(name)) {
            return Err(CaseError::UnknownId(text.to_owned()));
        }
        let wanted =
            |row: &R| selection.wanted.iter().all(|(name, w)| w.holds(value(row, name).as_deref()));
        let (mut first, mut count) = (Vec::new(), 0_usize);
        faisceau_tables::read_batches::<R>(&self.tables(), |rows| {
            for row in rows.into_iter().filter(&wanted) {
                count += 1;
                if first.len() < shown.max(1) {
                    first.push(row);
                }
            }
            true
        })?;
        let mut node = Explanation::new(text, format!("{count} {what}"));
        for row in &first {
            node.rests_on.push(match R::TABLE {
                ExhibitRow::TABLE => self.walk(&format!("exh:{}", id(row)), 1)?,
                Link::TABLE
                | Comparison::TABLE
                | InnocentExplanation::TABLE
                | Contribution::TABLE
                | Raid::TABLE
                | Identity::TABLE
                | CoordinationGroup::TABLE
                | Request::TABLE => self.derived(row, what, shown.saturating_sub(2))?,
                _ => self.ground(row, what)?,
            });
        }
        node.more = count - first.len();
        Ok(node)
    }

    fn exhibit(&self, no: ExhibitNo) -> Result<Explanation, CaseError> {
        let exhibit =
            self.store.exhibit(no).ok_or_else(|| CaseError::UnknownId(format!("exh:{no}")))?;
        let mut node = Explanation::new(format!("exh:{no}"), "exhibit")
            .fact("name", &exhibit.name)
            .fact("sha256", exhibit.sha256.to_string())
            .fact("bytes", exhibit.bytes.to_string())
            .fact("added", format!("{} by {}", exhibit.added_at, exhibit.who))
            .fact("journal line", exhibit.line.to_string());
        self.add_bytes(&mut node, no, &Place::Whole)?;
        Ok(node)
    }

    /// A line of the journal.
    fn act(&self, number: u64) -> Option<Explanation> {
        let entry = self.store.journal().iter().find(|entry| entry.seq == number)?;
        let mut node = Explanation::new(format!("jrn:{number}"), "line of the journal")
            .fact("act", &entry.act)
            .fact("at", entry.at.to_string())
            .fact("who", &entry.who)
            .fact("hash", entry.hash.to_string());
        let fields = serde_json::Value::Object(entry.fields.clone()).to_string();
        node.bytes = Some(faisceau_model::excerpt(&fields, 1_000));
        Some(node)
    }

    fn sentence(&self, text: &str, shown: usize) -> Result<Explanation, CaseError> {
        let (said, support) = self.said(text)?;
        let mut node = Explanation::new(text, "sentence of the note").fact("text", said);
        self.support(&mut node, &support, shown)?;
        Ok(node)
    }

    /// A dataset, bundled or pinned by the case.
    fn dataset(&self, text: &str) -> Option<Explanation> {
        let id = text.strip_prefix("dat:")?;
        let mut all = crate::datasets::dataset_status(Some(self)).ok()?.into_iter();
        let dataset = all.find(|d| {
            let name = d.id.split('@').next().unwrap_or(&d.id);
            name == id || crate::datasets::cites(id, &d.id)
        })?;
        let title = if dataset.pinned { "dataset that the case pins" } else { "bundled dataset" };
        Some(
            Explanation::new(text, title)
                .fact("title", dataset.title)
                .fact("source", dataset.source)
                .fact("licence", dataset.licence)
                .fact("date", dataset.date)
                .fact("limits", dataset.limits)
                .fact("sha256", dataset.sha256),
        )
    }

    /// A setting is a line of `case.toml`, which the journal hashes at each run.
    fn setting(&self, text: &str) -> Option<Explanation> {
        let name = text.strip_prefix("set:")?;
        let file = std::fs::read_to_string(self.root().join("case.toml")).ok()?;
        let value: toml::Table = file.parse().ok()?;
        let found = name.split('.').try_fold(toml::Value::Table(value), |at, key| {
            at.as_table().and_then(|table| table.get(key).cloned())
        });
        let record = serde_json::to_value(RunRecord::read(&self.tables()).ok()?).ok()?;
        let recorded = name.split('.').try_fold(&record, |at, key| at.get(key));
        let (title, shown) = match (found, recorded) {
            (Some(value), _) => ("setting of case.toml", value.to_string()),
            (None, Some(value)) => ("record of the run, tables/run.json", value.to_string()),
            (None, None) if SETTINGS.contains(&name) => {
                ("setting that case.toml leaves to the program", "default".to_owned())
            }
            (None, None) => return None,
        };
        Some(Explanation::new(text, title).fact(name, shown))
    }
}

/// A sentence (`S12`), a row of a table (`T3.2`) or a figure (`F1`) of the note.
fn is_said(text: &str) -> bool {
    let rest = text.strip_prefix(['S', 'T', 'F']);
    rest.is_some_and(|r| !r.is_empty() && r.bytes().all(|b| b.is_ascii_digit() || b == b'.'))
}
