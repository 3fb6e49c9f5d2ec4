//! The rows that a selection names.

use faisceau_model::rows::{
    Account, Address, AddressVerdict, Answer, ClockCheck, Comparison, Connection, Contribution,
    CoordinationGroup, Device, ExhibitRow, Explanation as InnocentExplanation, Identity, Link,
    MailHop, MailOrigin, MailVerdict, Media, MediaField, Name, Post, Raid, Reject, Request, SignIn,
    Signature, Subscriber, UnknownField,
};
use faisceau_model::table::Row;
use faisceau_tables::has_column;

use crate::case::Case;
use crate::error::CaseError;
use crate::why::explanation::Explanation;
use crate::why::rows::id;
use crate::why::selection::Selection;

impl Case {
    pub(super) fn selection(
        &self,
        text: &str,
        selection: &Selection,
        shown: usize,
    ) -> Result<Explanation, CaseError> {
        match selection.table.as_str() {
            Post::TABLE => self.selected::<Post>(text, selection, "messages", shown),
            Address::TABLE => self.selected::<Address>(text, selection, "addresses", shown),
            Connection::TABLE => self.selected::<Connection>(text, selection, "connections", shown),
            Account::TABLE => self.selected::<Account>(text, selection, "accounts", shown),
            Media::TABLE => self.selected::<Media>(text, selection, "images", shown),
            MediaField::TABLE => {
                self.selected::<MediaField>(text, selection, "fields of metadata", shown)
            }
            MailHop::TABLE => self.selected::<MailHop>(text, selection, "hops of mails", shown),
            AddressVerdict::TABLE => {
                self.selected::<AddressVerdict>(text, selection, "verdicts on addresses", shown)
            }
            MailVerdict::TABLE => {
                self.selected::<MailVerdict>(text, selection, "verdicts on mails", shown)
            }
            MailOrigin::TABLE => self.selected::<MailOrigin>(text, selection, "origins", shown),
            Name::TABLE => {
                self.selected::<Name>(text, selection, "DNS and registry answers", shown)
            }
            SignIn::TABLE => self.selected::<SignIn>(text, selection, "sign-ins", shown),
            Device::TABLE => self.selected::<Device>(text, selection, "devices", shown),
            Subscriber::TABLE => {
                self.selected::<Subscriber>(text, selection, "declared data", shown)
            }
            Signature::TABLE => self.selected::<Signature>(text, selection, "signatures", shown),
            ClockCheck::TABLE => {
                self.selected::<ClockCheck>(text, selection, "clock checks", shown)
            }
            Answer::TABLE => self.selected::<Answer>(text, selection, "answers", shown),
            UnknownField::TABLE => {
                self.selected::<UnknownField>(text, selection, "unknown fields", shown)
            }
            Reject::TABLE => self.selected::<Reject>(text, selection, "records not read", shown),
            Link::TABLE => self.selected::<Link>(text, selection, "links", shown),
            Comparison::TABLE => self.selected::<Comparison>(text, selection, "comparisons", shown),
            InnocentExplanation::TABLE => {
                self.selected::<InnocentExplanation>(text, selection, "explanations", shown)
            }
            Contribution::TABLE => {
                self.selected::<Contribution>(text, selection, "parts of style", shown)
            }
            Raid::TABLE => self.selected::<Raid>(text, selection, "raids", shown),
            Identity::TABLE => self.selected::<Identity>(text, selection, "groups", shown),
            CoordinationGroup::TABLE => self.selected::<CoordinationGroup>(
                text,
                selection,
                "groups that act together",
                shown,
            ),
            Request::TABLE => self.selected::<Request>(text, selection, "requests", shown),
            ExhibitRow::TABLE => self.selected::<ExhibitRow>(text, selection, "exhibits", shown),
            _ => Err(CaseError::UnknownId(text.to_owned())),
        }
    }

    fn selected<R: Row>(
        &self,
        text: &str,
        selection: &Selection,
        what: &str,
        shown: usize,
    ) -> Result<Explanation, CaseError> {
        if !selection.wanted.iter().all(|(name, _)| has_column::<R>(name)) {
            return Err(CaseError::UnknownId(text.to_owned()));
        }
        let (count, first) = self.select::<R>(&selection.wanted, shown.max(1))?;
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
}
