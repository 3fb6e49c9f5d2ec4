//! Finds what an id names and what it rests on.

use faisceau_model::rows::{
    Account, Address, AddressVerdict, Answer, ClockCheck, Comparison, Connection, Contribution,
    CoordinationGroup, Device, Explanation as InnocentExplanation, Identity, Link, MailHop,
    MailOrigin, MailVerdict, Media, MediaField, Name, Post, Raid, Reject, Request, SignIn,
    Signature, Subscriber, UnknownField,
};
use faisceau_model::table::Row;
use faisceau_model::{AccountKey, RowId};
use faisceau_tables::Wanted;

use crate::acts::of_act;
use crate::case::Case;
use crate::error::CaseError;
use crate::record::RunRecord;
use crate::reviews::pair;
use crate::why::explanation::Explanation;
use crate::why::rows::{facts, id, rests_on};
use crate::why::selection::Selection;
use crate::why::waterfall::Waterfall;

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
        let wanted = [("a", &a), ("b", &b)];
        let wanted = wanted.map(|(name, key)| (name.to_owned(), Wanted::Text(key.to_string())));
        let (_, links) = self.select::<Link>(&wanted, usize::MAX)?;
        let found: Result<Vec<_>, _> = links.iter().map(|link| self.link(link, SHOWN)).collect();
        let mut found = found?;
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
        let behind: Vec<&str> = link.rows.iter().map(String::as_str).collect();
        let comparisons: Vec<Comparison> = self.find("id", &behind)?;
        let shifts = RunRecord::read(&self.tables())?.summary.style_shifts;
        node.waterfall = Some(Waterfall::of(
            link,
            (&comparisons, &shifts),
            &self.find("link", &[link.id.as_str()])?,
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
            let rows: Vec<Account> = self.find("account", &[account.as_str()])?;
            let row = rows.first();
            let row = row.ok_or_else(|| CaseError::UnknownId(account.to_string()))?;
            node.rests_on.push(self.ground(row, "account")?);
        }
        Ok(node)
    }

    pub(super) fn walk(&self, text: &str, shown: usize) -> Result<Explanation, CaseError> {
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
                self.derived_row::<Comparison>(text, "comparison under one signal", shown)
            }
            Some(InnocentExplanation::PREFIX) => self.derived_row::<InnocentExplanation>(
                text,
                "innocent explanation of a link",
                shown,
            ),
            Some(Contribution::PREFIX) => {
                self.derived_row::<Contribution>(text, "part of a comparison of style", shown)
            }
            Some(Raid::PREFIX) => {
                self.derived_row::<Raid>(text, "burst of several accounts", shown)
            }
            Some(Identity::PREFIX) => {
                self.derived_row::<Identity>(text, "group of accounts", shown)
            }
            Some(CoordinationGroup::PREFIX) => {
                self.derived_row::<CoordinationGroup>(text, "accounts that act together", shown)
            }
            Some(Request::PREFIX) => self.derived_row::<Request>(text, "request", shown),
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
    fn derived_row<R: Row>(
        &self,
        text: &str,
        title: &str,
        shown: usize,
    ) -> Result<Explanation, CaseError> {
        let row = self.row::<R>(text)?;
        self.derived(&row, title, shown)
    }

    pub(super) fn derived<R: Row>(
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

    pub(super) fn ground<R: Row>(&self, row: &R, title: &str) -> Result<Explanation, CaseError> {
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

    fn row<R: Row>(&self, text: &str) -> Result<R, CaseError> {
        let found: Vec<R> = self.find("id", &[text])?;
        found.into_iter().next().ok_or_else(|| CaseError::UnknownId(text.to_owned()))
    }

    fn sentence(&self, text: &str, shown: usize) -> Result<Explanation, CaseError> {
        let (said, support) = self.said(text)?;
        let mut node = Explanation::new(text, "sentence of the note").fact("text", said);
        self.support(&mut node, &support, shown)?;
        Ok(node)
    }
}

/// A sentence (`S12`), a row of a table (`T3.2`) or a figure (`F1`) of the note.
fn is_said(text: &str) -> bool {
    let rest = text.strip_prefix(['S', 'T', 'F']);
    rest.is_some_and(|r| !r.is_empty() && r.bytes().all(|b| b.is_ascii_digit() || b == b'.'))
}
