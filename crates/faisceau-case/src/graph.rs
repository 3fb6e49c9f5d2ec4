//! Questions to the graph of a case: what an account touches, how two nodes are joined, what
//! several have in common.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use faisceau_graph::{CaseGraph, Edge, GraphBuilder, Mention, Node, Observation, Step, Window};
use faisceau_model::rows::{Account, Address, Comparison, Post, TableVisitor, every_table};
use faisceau_model::table::{Cell, Row};
use faisceau_model::{AccountKey, Moment, Precision, excerpt, inert};
use faisceau_signals::{Mentioned, mentions};
use faisceau_tables::{read, read_batches};
use serde::Serialize;

use crate::case::Case;
use crate::error::CaseError;

/// Longest name of a node that is shown.
const LONGEST: usize = 120;

/// One step from a node to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hop {
    /// The node that is reached: its kind and its name.
    pub node: String,
    /// What joins it: an observation, or a weighed link.
    pub edge: String,
    /// The rows of the edge, for `faisceau why`.
    pub rows: Vec<String>,
}

/// What several nodes have in common.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InCommon {
    /// The node that they share.
    pub node: String,
    /// For each of those asked about, what joins it.
    pub by: Vec<Hop>,
}

/// Which part of the time of a case is looked at. An end is an instant (RFC 3339), a day, or a row
/// with a time, such as the post of the first threat.
#[derive(Debug, Clone, Default)]
pub struct Period {
    /// From there on.
    pub since: Option<String>,
    /// Before that.
    pub before: Option<String>,
}

/// An answer, and the rows without a time that the period left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Answered<T> {
    /// The answer.
    pub found: T,
    /// Rows that a period left out since they carry no time.
    pub undated: u64,
}

impl Case {
    /// What stands next to a node, of one kind if it is named.
    pub fn neighbours(
        &self,
        node: &str,
        kind: Option<&str>,
        period: &Period,
    ) -> Result<Answered<Vec<Hop>>, CaseError> {
        let graph = self.graph(period)?;
        let node = find(&graph, node)?;
        let steps = graph.neighbours(&node);
        let wanted = |step: &&Step<'_>| kind.is_none_or(|kind| step.node.kind().as_str() == kind);
        let found = steps.iter().filter(wanted).map(hop).collect();
        Ok(Answered { found, undated: graph.undated() })
    }

    /// The shortest way between two nodes, over what was observed and links whose interval lies above
    /// LR 1; empty if there is none.
    pub fn path(
        &self,
        from: &str,
        to: &str,
        period: &Period,
    ) -> Result<Answered<Vec<Hop>>, CaseError> {
        let graph = self.graph(period)?;
        let (from, to) = (find(&graph, from)?, find(&graph, to)?);
        let found = graph.path(&from, &to).unwrap_or_default().iter().map(hop).collect();
        Ok(Answered { found, undated: graph.undated() })
    }

    /// What several nodes all touch.
    pub fn common(
        &self,
        nodes: &[String],
        period: &Period,
    ) -> Result<Answered<Vec<InCommon>>, CaseError> {
        let graph = self.graph(period)?;
        let nodes: Vec<Node> = nodes.iter().map(|n| find(&graph, n)).collect::<Result<_, _>>()?;
        let shared = graph.common(&nodes);
        let found = shared.iter().map(|one| InCommon {
            node: name(one.node),
            by: nodes
                .iter()
                .zip(&one.edges)
                .map(|(node, edge)| hop(&Step { edge, node }))
                .collect(),
        });
        Ok(Answered { found: found.collect(), undated: graph.undated() })
    }

    /// The graph of the tables, in a period.
    pub(crate) fn graph(&self, period: &Period) -> Result<CaseGraph, CaseError> {
        self.checked_record()?;
        let window = self.window(period)?;
        let tables = self.tables();
        let mut graph = GraphBuilder::new(window);
        let accounts: Vec<Account> = read(&tables)?;
        graph.accounts(&accounts);
        read_batches::<Address>(&tables, |rows| {
            graph.addresses(&rows);
            true
        })?;
        let profiles: Vec<Mention> = mentions(&accounts, &[]).map(mention).collect();
        graph.mentions(&profiles);
        let comparisons: Vec<Comparison> = read(&tables)?;
        let phrases = phrases(&comparisons);
        // Texts are read in batches and not held.
        read_batches::<Post>(&tables, |posts| {
            for post in posts.iter().filter(|post| window.takes(post.at.known().copied())) {
                graph.posts(&post.account, 1);
            }
            let mut written: Vec<Mention> = mentions(&[], &posts).map(mention).collect();
            written.extend(posts.iter().flat_map(|post| said_in(post, &phrases)));
            graph.mentions(&written);
            true
        })?;
        graph.media(&read(&tables)?);
        graph.devices(&read(&tables)?);
        Ok(graph.finish(&read(&tables)?, &read(&tables)?))
    }

    fn window(&self, period: &Period) -> Result<Window, CaseError> {
        let end =
            |text: &Option<String>| text.as_deref().map(|text| self.instant(text)).transpose();
        Ok(Window { from: end(&period.since)?, before: end(&period.before)? })
    }

    /// The instant that a text names: RFC 3339, a day in UTC, or a row with a time.
    fn instant(&self, text: &str) -> Result<Moment, CaseError> {
        let day = || {
            let start = Moment::from_rfc3339(&format!("{text}T00:00:00Z"))?;
            Moment::new(start.at_us(), Precision::Day, start.zone())
        };
        if let Some(moment) = Moment::from_rfc3339(text).or_else(day) {
            return Ok(moment);
        }
        let mut clock = Clock { case: self, row: text, at: None };
        every_table(&mut clock)?;
        clock.at.ok_or_else(|| CaseError::Instant { text: excerpt(text, 60) })
    }
}

/// Looks for the first time of a row.
struct Clock<'a> {
    case: &'a Case,
    row: &'a str,
    at: Option<Moment>,
}

impl TableVisitor for Clock<'_> {
    type Error = CaseError;

    fn table<R: Row>(&mut self) -> Result<(), CaseError> {
        let prefix = self.row.strip_prefix(R::PREFIX).is_some_and(|rest| rest.starts_with(':'));
        let named = R::COLUMNS.iter().any(|column| column.name == "id");
        if !prefix || !named || self.at.is_some() {
            return Ok(());
        }
        let rows: Vec<R> = self.case.find("id", &[self.row])?;
        for row in &rows {
            row.cells(&mut |cell| {
                if let (Cell::Moment(at), None) = (cell, self.at) {
                    self.at = Some(at);
                }
            });
        }
        Ok(())
    }
}

/// The signals whose shared value is a phrase.
const PHRASES: [&str; 2] = ["rare_phrase", "shared_phrase"];

/// The phrases that accounts share, by the posts in which the comparisons found them.
fn phrases(comparisons: &[Comparison]) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut phrases: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for row in comparisons.iter().filter(|row| PHRASES.contains(&row.signal.as_str())) {
        let Some(phrase) = row.shared.known() else { continue };
        for post in &row.rows {
            phrases.entry(post.as_str()).or_default().insert(phrase.as_str());
        }
    }
    phrases
}

/// The phrases of a post.
fn said_in<'p>(
    post: &'p Post,
    phrases: &'p BTreeMap<&str, BTreeSet<&str>>,
) -> impl Iterator<Item = Mention> + 'p {
    phrases.get(post.id.as_str()).into_iter().flatten().map(|phrase| Mention {
        account: post.account.clone(),
        node: Node::Phrase((*phrase).to_owned()),
        domain: None,
        profile: false,
        row: post.id.clone(),
        at: post.at.known().copied(),
    })
}

fn mention(one: faisceau_signals::Mention<'_>) -> Mention {
    let (node, domain) = match one.what {
        Mentioned::Link { page, host } => (Node::Url(page), Some(host)),
        Mentioned::Mail(address) => (Node::Mail(address), None),
        Mentioned::Phone(digits) => (Node::Phone(digits), None),
    };
    Mention {
        account: one.account.clone(),
        node,
        domain,
        profile: one.profile,
        row: one.row.clone(),
        at: one.at,
    }
}

/// The node that a text names: `kind:value`, an account, an address, or the SHA-256 of a picture.
fn find(graph: &CaseGraph, text: &str) -> Result<Node, CaseError> {
    let named = || {
        let (kind, value) = text.split_once(':')?;
        Node::of(kind, value)
    };
    let plain = || {
        if let Ok(ip) = text.parse::<IpAddr>() {
            return Some(Node::Address(ip.to_string()));
        }
        if text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Some(Node::Image(text.to_ascii_lowercase()));
        }
        text.parse::<AccountKey>().ok().map(Node::Account)
    };
    let there = |node: &Node| graph.node(node).is_some();
    plain()
        .filter(there)
        .or_else(|| named().filter(there))
        .ok_or_else(|| CaseError::UnknownId(text.to_owned()))
}

fn name(node: &Node) -> String {
    excerpt(&inert(&node.to_string()), LONGEST)
}

fn hop(step: &Step<'_>) -> Hop {
    let (edge, rows) = match step.edge {
        Edge::Observed { what, count, span, rows } => {
            let span = span.map(|(first, last)| {
                if first == last { format!(", {first}") } else { format!(", {first} to {last}") }
            });
            let times = if *count == 1 { "once".to_owned() } else { format!("{count} times") };
            (format!("{} {times}{}", said(*what), span.unwrap_or_default()), texts(rows))
        }
        Edge::Link { id, relation, total, low, high } => (
            format!("{relation}, log10 LR {total:+.2} [{low:+.2}; {high:+.2}]"),
            vec![id.to_string()],
        ),
    };
    Hop { node: name(step.node), edge, rows }
}

const fn said(what: Observation) -> &'static str {
    match what {
        Observation::Used => "address used",
        Observation::Posted => "picture posted",
        Observation::TakenWith => "says that it was taken with",
        Observation::Within => "stands in the network",
        Observation::UsedDevice => "device used",
        Observation::Shared => "link shared",
        Observation::LeadsTo => "link leads there",
        Observation::Resolved => "resolved",
        Observation::Carries => "stands in the profile",
        Observation::Wrote => "written",
    }
}

fn texts(rows: &[faisceau_model::RowId]) -> Vec<String> {
    rows.iter().map(ToString::to_string).collect()
}
