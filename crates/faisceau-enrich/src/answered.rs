//! Whether a row of `names` says something.
//!
//! In: a row. Out: yes or no. Refused: to believe an answer that its zone did not sign as it came.

use faisceau_model::rows::Name;
use faisceau_model::{Absent, Maybe};

/// Whether a server knew: with a value, or that there is none. A server that failed, a referral, a
/// value that cannot be read and an answer that is not what its zone signed leave the question open.
pub(crate) fn is_an_answer(row: &Name) -> bool {
    let answered = row.status.known().is_none_or(|s| matches!(&**s, "NOERROR" | "NXDOMAIN"));
    match row.value {
        _ if is_bogus(row) => false,
        Maybe::Known(_) => true,
        Maybe::Missing(reason) => reason == Absent::NoData && answered,
    }
}

/// Whether the answer is not what its zone signed: somebody on the way wrote it.
pub(crate) fn is_bogus(row: &Name) -> bool {
    row.dnssec.known().is_some_and(|state| state == "bogus")
}
