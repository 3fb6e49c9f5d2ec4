//! Gathers what rows say of two nodes, then draws each pair once.
//!
//! In: observations in any order, one for each row. Out: nodes in their order, and edges in the
//! order of their ends, each with its count, its span and the first rows. A million rows share few
//! nodes: they are numbered as they come, and sorted once.

#![expect(clippy::disallowed_types, reason = "a HashMap that is looked up and never walked")]

use std::collections::HashMap;

use faisceau_model::{Moment, RowId};

use super::edge::{Edge, Observation};
use super::input::Window;
use super::node::{Node, NodeKind};

/// Row ids kept on an observed edge; its count tells how many there are.
pub const ROWS_PER_EDGE: usize = 32;

/// One row that says that two nodes belong together.
struct Seen {
    a: u32,
    b: u32,
    what: Observation,
    row: RowId,
    at: Option<Moment>,
}

/// What was gathered so far.
#[derive(Default)]
pub(super) struct Gathered {
    /// For each kind, the number of each value.
    numbers: [HashMap<Box<str>, u32>; NodeKind::ALL.len()],
    nodes: u32,
    seen: Vec<Seen>,
    window: Window,
    undated: u64,
}

/// The nodes in order, the edges between their numbers, and how many rows had no date.
pub(super) struct Drawn {
    pub(super) nodes: Vec<Node>,
    pub(super) edges: Vec<(u32, u32, Edge)>,
    pub(super) undated: u64,
}

impl Gathered {
    /// Nothing yet, of a stretch of time.
    pub(super) fn within(window: Window) -> Self {
        Self { window, ..Self::default() }
    }

    /// The number of a node, which stands in the graph from now on, and whether it is new.
    pub(super) fn add(&mut self, kind: NodeKind, value: &str) -> (u32, bool) {
        let numbers = &mut self.numbers[kind as usize];
        if let Some(number) = numbers.get(value) {
            return (*number, false);
        }
        let number = self.nodes;
        self.nodes += 1;
        numbers.insert(value.into(), number);
        (number, true)
    }

    /// The number of a node, which stands in the graph from now on.
    pub(super) fn node(&mut self, kind: NodeKind, value: &str) -> u32 {
        self.add(kind, value).0
    }

    /// Whether a node stands in the graph.
    pub(super) fn has(&self, kind: NodeKind, value: &str) -> bool {
        self.numbers[kind as usize].contains_key(value)
    }

    /// Whether a row of that time is taken. Counts those that have no time where one is asked for.
    pub(super) fn takes(&mut self, at: Option<Moment>) -> bool {
        self.undated += u64::from(at.is_none() && !self.window.is_open());
        self.window.takes(at)
    }

    /// Notes that a row joins two nodes.
    pub(super) fn see(
        &mut self,
        what: Observation,
        (a, b): (u32, u32),
        row: &RowId,
        at: Option<Moment>,
    ) {
        self.seen.push(Seen { a, b, what, row: row.clone(), at });
    }

    /// Sorts everything and draws it.
    pub(super) fn draw(self) -> Drawn {
        let Self { numbers, nodes: count, mut seen, undated, .. } = self;
        let mut place = vec![u32::MAX; count as usize];
        let mut nodes = Vec::with_capacity(count as usize);
        for (kind, numbers) in NodeKind::ALL.into_iter().zip(numbers) {
            // A key that is no account would be an error of the importer: it is no node.
            let mut of_kind: Vec<(Node, u32)> = numbers
                .into_iter()
                .filter_map(|(value, number)| Some((kind.node(&value)?, number)))
                .collect();
            of_kind.sort_unstable();
            for (node, number) in of_kind {
                place[number as usize] = nodes.len() as u32;
                nodes.push(node);
            }
        }
        for one in &mut seen {
            (one.a, one.b) = (place[one.a as usize], place[one.b as usize]);
        }
        seen.retain(|one| one.a != u32::MAX && one.b != u32::MAX);
        seen.sort_unstable_by(|x, y| {
            (x.what, x.a, x.b).cmp(&(y.what, y.a, y.b)).then_with(|| x.row.cmp(&y.row))
        });
        let edges = seen
            .chunk_by(|x, y| (x.what, x.a, x.b) == (y.what, y.a, y.b))
            .filter_map(|rows| rows.first().map(|first| (first.a, first.b, edge(first.what, rows))))
            .collect();
        Drawn { nodes, edges, undated }
    }
}

fn edge(what: Observation, seen: &[Seen]) -> Edge {
    let mut span: Option<(Moment, Moment)> = None;
    for at in seen.iter().filter_map(|one| one.at) {
        let (first, last) = span.unwrap_or((at, at));
        span = Some((first.min(at), last.max(at)));
    }
    let mut rows: Vec<RowId> = Vec::with_capacity(seen.len().min(ROWS_PER_EDGE));
    let mut count = 0;
    let mut last: Option<&RowId> = None;
    // One row may say a thing twice: a link that stands twice in a post.
    for one in seen.iter().filter(|one| last.replace(&one.row) != Some(&one.row)) {
        count += 1;
        if rows.len() < ROWS_PER_EDGE {
            rows.push(one.row.clone());
        }
    }
    Edge::Observed { what, count, span, rows }
}
