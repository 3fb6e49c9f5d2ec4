//! A small graph with one of everything: each type of value, parallel edges, a link of each
//! relation, a decision, times of several precisions, and what an adversary would write.

use std::path::Path;

use faisceau_export::{
    Attributes, CaseCard, Exported, Format, Options, PlainEdge, PlainGraph, PlainNode, Source,
    Value, export_with,
};
use faisceau_model::{Moment, Precision, ZoneSource};

/// What an adversary would write into a name.
pub(crate) const HOSTILE: &str = "]]></data><script>alert(1)</script> &amp; \"'\u{0}\u{1b}[31m\u{202e}txt.exe\u{fffe}\r\n\t=1+1⟦ é 🦀";

fn text(value: &str) -> Value {
    Value::Text(value.to_owned())
}

fn time(value: &str) -> Value {
    Value::Time(Moment::from_rfc3339(value).unwrap())
}

fn node(kind: &'static str, value: &str, attributes: Attributes) -> PlainNode {
    PlainNode { id: format!("{kind}:{value}"), kind, label: value.to_owned(), attributes }
}

fn edge(kind: &'static str, label: &str, a: &str, b: &str, attributes: Attributes) -> PlainEdge {
    PlainEdge {
        id: format!("{label}|{a}|{b}"),
        source: a.to_owned(),
        target: b.to_owned(),
        kind,
        observed: kind != "link",
        label: label.to_owned(),
        attributes,
    }
}

fn link(label: &str, total: f64) -> PlainEdge {
    let attributes = vec![
        ("relation".into(), text(label)),
        ("log10_lr".into(), Value::Float(total)),
        ("log10_lr_low".into(), Value::Float(total - 1.0)),
        ("rows".into(), text("lnk:1")),
        ("review".into(), text("dismiss")),
        ("review_because".into(), text(HOSTILE)),
    ];
    edge("link", label, "account:x:1", "account:forum:@b", attributes)
}

/// The graph.
pub(crate) fn graph() -> PlainGraph {
    let day = Moment::new(1_767_225_600_000_000, Precision::Day, ZoneSource::Assumed).unwrap();
    let seen = |count, span: Option<(Value, Value)>| {
        let mut attributes: Attributes = vec![
            ("count".into(), Value::Int(count)),
            ("rows".into(), text("adr:1:l7@0 adr:1:l8@9")),
        ];
        if let Some((first, last)) = span {
            attributes.extend([("first".into(), first), ("last".into(), last)]);
        }
        attributes
    };
    let at = "2026-01-02T10:00:00.000001Z";
    PlainGraph {
        nodes: vec![
            node(
                "account",
                "x:1",
                vec![
                    ("platform".into(), text("x")),
                    ("posts".into(), Value::Int(9_007_199_254_740_993)),
                    ("frozen".into(), Value::Bool(true)),
                    ("created".into(), time("2020-02-29T23:59:59.5Z")),
                    ("ratio".into(), Value::Float(0.1)),
                ],
            ),
            node("account", "forum:@b", vec![("platform".into(), text("forum"))]),
            node("address", "2001:db8::1", vec![]),
            node("image", "aa", vec![("frozen".into(), Value::Bool(false))]),
            node("phrase", HOSTILE, vec![("note".into(), text(""))]),
            node("phrase", "alone", vec![]),
        ],
        edges: vec![
            edge(
                "used",
                "used",
                "account:x:1",
                "address:2001:db8::1",
                seen(2, Some((time(at), time(at)))),
            ),
            edge("used", "used", "account:forum:@b", "address:2001:db8::1", seen(i64::MAX, None)),
            edge(
                "posted",
                "posted",
                "account:x:1",
                "image:aa",
                seen(1, Some((Value::Time(day), Value::Time(day)))),
            ),
            edge("wrote", "wrote", "account:x:1", &format!("phrase:{HOSTILE}"), seen(1, None)),
            link("same_hand", 2.5),
            link("coordination", -0.25),
        ],
    }
}

/// The case that the graph is of.
pub(crate) fn card() -> CaseCard {
    CaseCard {
        title: format!("Planted {HOSTILE}"),
        as_of: "2026-03-01".to_owned(),
        tool: "faisceau 0.1.0".to_owned(),
        exhibits_sha256: "e".repeat(64),
        tables_sha256: "t".repeat(64),
    }
}

/// Writes a graph into a folder.
pub(crate) fn written(
    graph: &PlainGraph,
    format: Format,
    dynamic: bool,
    folder: &Path,
) -> Exported {
    let card = card();
    let source = Source { case: &card, tables: folder, graph, reviews: &[], acts: &[] };
    export_with(format, &source, folder, &Options { dynamic, ..Options::default() }).unwrap()
}

/// The one file of an export.
pub(crate) fn content(graph: &PlainGraph, format: Format, dynamic: bool) -> String {
    let folder = tempfile::tempdir().unwrap();
    let exported = written(graph, format, dynamic, folder.path());
    std::fs::read_to_string(folder.path().join(&exported.written[0].file)).unwrap()
}
