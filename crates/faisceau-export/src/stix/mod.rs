//! A STIX 2.1 bundle, for `OpenCTI`, MISP and whoever reads threat intelligence.
//!
//! Comes in: the graph, the tables, what was decided. Goes out: `bundle.stix.json`, one object a
//! line. Refuses: `threat-actor`, `attributed-to` and `confidence`, for a likelihood ratio is none
//! of these; the names that addressees declared of subscribers; positions of pictures.
//! Source: STIX Version 2.1, OASIS Standard, 10 June 2021.

mod assessments;
mod edges;
mod frame;
mod nodes;
mod syntax;

use std::path::Path;

use faisceau_model::rows::Identity;
use faisceau_tables::read;

use self::assessments::Assessed;
use self::frame::Maker;
use self::nodes::Joined;
use crate::attributes;
use crate::error::ExportError;
use crate::joined::{account_cards, networks, pictures};
use crate::json::{Frame, write_objects};
use crate::source::Source;
use crate::weighed;
use crate::written::Written;

/// The file.
const FILE: &str = "bundle.stix.json";

/// Writes the bundle.
pub(crate) fn write(source: &Source<'_>, folder: &Path) -> Result<Vec<Written>, ExportError> {
    let maker = Maker::of(source)?;
    let joined = Joined {
        cards: account_cards(source.tables)?,
        networks: networks(source.tables, source.graph)?,
        pictures: pictures(source.tables)?,
    };
    let links = weighed::links(source.tables)?;
    let explanations = weighed::explanations(source.tables)?;
    let mut identities: Vec<Identity> = read(source.tables)?;
    identities.sort_by(|x, y| x.members.cmp(&y.members));
    let frame = Frame {
        open: format!("{{\"type\":\"bundle\",\"id\":\"{}\",\"objects\":[\n", maker.bundle()),
        between: ",\n",
        close: "\n]}\n",
    };
    let counted = write_objects(folder, FILE, &frame, |to| {
        for object in maker.describe(source.case) {
            to.put(&object)?;
        }
        let ids = nodes::write(to, &maker, source.graph, &joined)?;
        let edges = edges::write(to, &maker, source.graph, &ids, &links)?;
        let mut done = Assessed::default();
        assessments::explanations(to, &maker, &explanations, &edges, &mut done)?;
        assessments::reviews(to, &maker, source.reviews, &ids, &edges, &mut done)?;
        assessments::identities(to, &maker, &identities, &ids, &edges, &mut done)?;
        Ok([
            ("objects", to.written()),
            ("nodes", ids.len() as u64),
            ("edges", edges.written),
            ("notes of explanations", done.notes),
            ("opinions", done.opinions),
            ("groupings", done.groupings),
            ("edges left out", edges.left_out),
            ("assessments left out", done.left_out),
        ])
    })?;
    let left_out = [
        ("messages left out", messages(source)),
        ("positions left out", joined.pictures.positions),
    ];
    let written = |(what, count)| Written { file: FILE.to_owned(), what, count };
    Ok(counted.into_iter().chain(left_out).map(written).collect())
}

/// Messages of the accounts, for which STIX has no object.
fn messages(source: &Source<'_>) -> u64 {
    let posts = |node: &crate::plain::PlainNode| attributes::integer(&node.attributes, "posts");
    source.graph.nodes.iter().filter_map(posts).map(|posts| posts.max(0) as u64).sum()
}
