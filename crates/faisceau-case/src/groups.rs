//! Groups of accounts as an analyst reads them: members, weakest link, what would change them.

use std::fmt::Write;

use faisceau_model::rows::{CoordinationGroup, Identity, Link};
use faisceau_model::{RowId, inert};
use serde::Serialize;

use crate::case::Case;
use crate::error::CaseError;
use crate::why::ReviewShown;

/// A group, and what was decided of its links.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GroupShown {
    /// The row: `idt:1`, or `cgr:1` for a group that acts together.
    pub id: String,
    /// The accounts.
    pub members: Vec<String>,
    /// The link with the lowest total, its ends and the total, log10 LR.
    pub weakest: Weakest,
    /// Lowest mean of one member's links to the rest, log10 LR.
    pub cohesion: f64,
    /// What would split it, as codes.
    pub would_split: Vec<String>,
    /// The accounts nearest to joining it, and what keeps each out.
    pub would_join: Vec<String>,
    /// The links inside.
    pub links: Vec<String>,
    /// Decisions on links inside: link, decision.
    pub reviews: Vec<(String, ReviewShown)>,
}

/// The weakest link of a group.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Weakest {
    /// The row of `links`.
    pub link: String,
    /// Its ends.
    pub between: Option<(String, String)>,
    /// Its total, log10 LR.
    pub total: f64,
}

impl Case {
    /// Groups of accounts that one hand may hold.
    pub fn identities(&self) -> Result<Vec<GroupShown>, CaseError> {
        self.checked_record()?;
        let rows: Vec<Identity> = faisceau_tables::read(&self.tables())?;
        self.groups(rows)
    }

    /// Groups of accounts that act together, whoever holds them.
    pub fn coordination(&self) -> Result<Vec<GroupShown>, CaseError> {
        self.checked_record()?;
        let rows: Vec<CoordinationGroup> = faisceau_tables::read(&self.tables())?;
        let same = |row: CoordinationGroup| Identity {
            id: row.id,
            members: row.members,
            weakest_link: row.weakest_link,
            weakest: row.weakest,
            cohesion: row.cohesion,
            would_split: row.would_split,
            would_join: row.would_join,
            rows: row.rows,
        };
        self.groups(rows.into_iter().map(same).collect())
    }

    fn groups(&self, rows: Vec<Identity>) -> Result<Vec<GroupShown>, CaseError> {
        let links: Vec<Link> = faisceau_tables::read(&self.tables())?;
        let reviews = self.reviews();
        let find = |id: &RowId| links.iter().find(|link| link.id == *id);
        let shown = |row: Identity| {
            let inside =
                links.iter().filter(|link| row.rows.iter().any(|id| *id == link.id.as_str()));
            let decided = inside.filter_map(|link| {
                let review = reviews.iter().find(|r| (&r.a, &r.b) == (&link.a, &link.b))?;
                Some((link.id.to_string(), ReviewShown::from(review)))
            });
            let between = find(&row.weakest_link).map(|l| (l.a.to_string(), l.b.to_string()));
            GroupShown {
                id: row.id.to_string(),
                reviews: decided.collect(),
                members: row.members,
                weakest: Weakest {
                    link: row.weakest_link.to_string(),
                    between,
                    total: row.weakest,
                },
                cohesion: row.cohesion,
                would_split: row.would_split,
                would_join: row.would_join,
                links: row.rows,
            }
        };
        Ok(rows.into_iter().map(shown).collect())
    }
}

impl GroupShown {
    /// The group in some lines.
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        let count = self.members.len();
        // Writing to a `String` cannot fail.
        let _ = writeln!(out, "{} — {count} accounts, cohesion {:+.2}", self.id, self.cohesion);
        for member in &self.members {
            let _ = writeln!(out, "    {}", inert(member));
        }
        let between = self.weakest.between.as_ref();
        let between = between.map(|(a, b)| format!(", {} and {}", inert(a), inert(b)));
        let _ = writeln!(
            out,
            "  weakest link: {} ({:+.2}{})",
            self.weakest.link,
            self.weakest.total,
            between.unwrap_or_default()
        );
        for (name, said) in [("would split it", &self.would_split), ("nearest", &self.would_join)] {
            if !said.is_empty() {
                let _ = writeln!(out, "  {name}: {}", inert(&said.join(", ")));
            }
        }
        for (link, review) in &self.reviews {
            let because = faisceau_model::excerpt(&review.because, 200);
            let _ = writeln!(out, "  reviewed: {link} {}: {because}", review.decision);
        }
        out.truncate(out.trim_end().len());
        out
    }
}
