//! Second clocks: what ids and servers say of the time of a post, or of the creation of an
//! account.
//!
//! In: posts and accounts. Out: one [`ClockCheck`] for each that has a second clock, in the order
//! given. Refused: ids older than their platform's scheme, and a verdict where the declared time
//! is missing.
//!
//! Layouts: X and Discord snowflakes (Twitter engineering blog, 2010-06-01; Discord developer
//! documentation, « Snowflakes »), Instagram (« Sharding & IDs at Instagram », 2012), Mastodon
//! (`lib/mastodon/snowflake.rb`), Bluesky (AT Protocol specification, « Record Key: TID »);
//! `TikTok` is not documented by its maker, but the upper half of its ids is a Unix time.

mod scheme;

use faisceau_model::rows::{Account, ClockCheck, Post};
use faisceau_model::{AccountKey, ClockVerdict, ExhibitNo, Maybe, Moment, Place, Precision, RowId};

use scheme::{Scheme, of_account, of_post};

/// What a server may take between what its clients declare and what it stamps, in milliseconds:
/// queues and short network failures, not an edited date.
const STAMP_TOLERANCE: i64 = 10 * 60 * 1000;

/// Compares each second clock with the declared time.
pub fn clock_checks(posts: &[Post], accounts: &[Account]) -> Vec<ClockCheck> {
    let mut rows = Vec::new();
    for post in posts {
        let about = About {
            exhibit: post.exhibit,
            place: &post.place,
            row: &post.id,
            account: &post.account,
            declared: post.at,
            until: post.until,
        };
        let id = post.content_id.known();
        let found = id.and_then(|id| Some((id, of_post(post.account.platform(), id)?)));
        rows.extend(found.map(|(id, scheme)| about.against_id(id, &scheme)));
        if let Maybe::Known(stamped) = post.stamped {
            rows.push(about.against("server-stamp", None, stamped, STAMP_TOLERANCE, false));
        }
    }
    for account in accounts {
        let about = About {
            exhibit: account.exhibit,
            place: &account.place,
            row: &account.id,
            account: &account.account,
            declared: account.created,
            until: Maybe::Missing(faisceau_model::Absent::NotApplicable),
        };
        let id = account.account.native();
        let found = of_account(account.account.platform(), id);
        rows.extend(found.map(|scheme| about.against_id(id, &scheme)));
    }
    rows
}

/// What is dated.
struct About<'a> {
    exhibit: ExhibitNo,
    place: &'a Place,
    row: &'a RowId,
    account: &'a AccountKey,
    declared: Maybe<Moment>,
    until: Maybe<Moment>,
}

impl About<'_> {
    fn against_id(&self, id: &str, scheme: &Scheme) -> ClockCheck {
        self.against(scheme.name, Some(id), scheme.implied, scheme.tolerance, scheme.client_made)
    }

    fn against(
        &self,
        scheme: &str,
        id: Option<&str>,
        implied: Moment,
        tolerance: i64,
        client_made: bool,
    ) -> ClockCheck {
        let verdict = match self.declared {
            Maybe::Missing(_) => ClockVerdict::Alone,
            Maybe::Known(declared) if self.agrees(declared, implied, tolerance) => {
                ClockVerdict::Agrees
            }
            Maybe::Known(_) => ClockVerdict::Disagrees,
        };
        let prefix = if scheme == "server-stamp" { "clks" } else { "clk" };
        ClockCheck {
            id: self.row.with_prefix(prefix),
            exhibit: self.exhibit,
            place: self.place.clone(),
            row: self.row.clone(),
            account: self.account.clone(),
            scheme: scheme.to_owned(),
            native_id: Maybe::or_absent(
                id.map(str::to_owned),
                faisceau_model::Absent::NotApplicable,
            ),
            implied,
            declared: self.declared,
            difference: self
                .declared
                .map(|declared| (declared.at_us() - implied.at_us()).div_euclid(1000)),
            tolerance,
            verdict,
            client_made,
        }
    }

    /// Whether the second clock falls into the interval that the declared time names, give or
    /// take the tolerance.
    fn agrees(&self, declared: Moment, implied: Moment, tolerance: i64) -> bool {
        let end = match self.until {
            Maybe::Known(until) => until.at_us(),
            Maybe::Missing(_) => declared.at_us() + length_us(declared.precision()),
        };
        let tolerance = tolerance * 1000;
        (declared.at_us() - tolerance..=end + tolerance).contains(&implied.at_us())
    }
}

/// The length of the interval that a time of this precision names, in microseconds.
const fn length_us(precision: Precision) -> i64 {
    const SECOND: i64 = 1_000_000;
    match precision {
        Precision::Micro => 1,
        Precision::Milli => 1000,
        Precision::Second => SECOND,
        Precision::Minute => 60 * SECOND,
        Precision::Hour => 3600 * SECOND,
        // A local day whose zone is not known starts up to 14 hours away.
        Precision::Day => 38 * 3600 * SECOND,
        Precision::Month => 32 * 24 * 3600 * SECOND,
        Precision::Year | Precision::Interval => 367 * 24 * 3600 * SECOND,
    }
}

#[cfg(test)]
mod tests;
