//! Which reader takes the rows of which table.

use faisceau_model::{Place, Sink};

use super::kinds::Kind;
use super::site::Site;
use super::{phpbb, wordpress};
use crate::json::Flaw;
use crate::tables::cells::Cells;

/// Reads one row of a table.
pub(super) fn row(
    kind: Kind,
    cells: &dyn Cells,
    place: &Place,
    site: &mut Site<'_>,
    sink: &mut dyn Sink,
) -> Result<(), Flaw> {
    match kind {
        Kind::WpComments => wordpress::comment(cells, place, site, sink),
        Kind::WpUsers => wordpress::user(cells, place, site, sink),
        Kind::WpUserMeta => wordpress::sessions(cells, place, site, sink),
        Kind::BbPosts => phpbb::post(cells, place, site, sink),
        Kind::BbMessages => phpbb::message(cells, place, site, sink),
        Kind::BbUsers => phpbb::user(cells, place, site, sink),
        Kind::BbSessions => phpbb::session(cells, place, site, sink),
        Kind::BbKeys => phpbb::key(cells, place, site, sink),
        Kind::BbAttempts => phpbb::attempt(cells, place, site, sink),
        Kind::BbLog => phpbb::action(cells, place, site, sink),
    }
}
