//! The documents: what they look like, and that any text comes back out of them.

#![expect(clippy::unwrap_used, reason = "the functions beside the tests are tests too")]

mod planting;

use std::collections::BTreeMap;

use faisceau_export::{Format, PlainEdge, PlainGraph, PlainNode, Source, Value, export};
use planting::{HOSTILE, content, graph, written};
use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};

#[test]
fn graphml_looks_like_this() {
    insta::assert_snapshot!(content(&graph(), Format::GraphMl, false));
}

#[test]
fn gexf_looks_like_this() {
    insta::assert_snapshot!(content(&graph(), Format::Gexf, false));
}

#[test]
fn gexf_with_times_looks_like_this() {
    let all = content(&graph(), Format::Gexf, true);
    let lines: Vec<&str> =
        all.lines().filter(|line| line.contains("<graph") || line.contains("<spell")).collect();
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn graphology_looks_like_this() {
    insta::assert_snapshot!(content(&graph(), Format::Graphology, false));
}

#[test]
fn an_export_counts_what_it_wrote_and_warns_of_browsers() {
    let folder = tempfile::tempdir().unwrap();
    let exported = written(&graph(), Format::Graphology, false, folder.path());
    let counts: Vec<(&str, &str, u64)> =
        exported.written.iter().map(|one| (one.file.as_str(), one.what, one.count)).collect();
    assert_eq!(counts, [("graph.json", "nodes", 6), ("graph.json", "edges", 6)]);
    assert!(exported.warnings.is_empty());

    let node = |n| PlainNode {
        id: format!("phrase:{n}"),
        kind: "phrase",
        label: String::new(),
        attributes: vec![],
    };
    let many = PlainGraph { nodes: (0..10_001).map(node).collect(), edges: vec![] };
    let folder = tempfile::tempdir().unwrap();
    let exported = written(&many, Format::Graphology, false, folder.path());
    assert_eq!(exported.written[0].count, 10_001);
    assert!(exported.warnings[0].contains("10001"), "{:?}", exported.warnings);
}

#[test]
fn a_graph_that_no_format_can_hold_leaves_no_file() {
    let mut graph = graph();
    graph.edges[0].target = "address:nowhere".to_owned();
    let card = planting::card();
    for format in [Format::GraphMl, Format::Gexf, Format::Graphology] {
        let folder = tempfile::tempdir().unwrap();
        let tables = folder.path();
        let source = Source { case: &card, tables, graph: &graph, reviews: &[], acts: &[] };
        let error = export(format, &source, folder.path()).unwrap_err().to_string();
        assert!(error.contains("`address:nowhere`, which is no node"), "{error}");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}

#[test]
fn the_same_graph_is_written_with_the_same_bytes() {
    for format in [Format::GraphMl, Format::Gexf, Format::Graphology] {
        assert_eq!(content(&graph(), format, true), content(&graph(), format, true));
    }
}

#[test]
fn an_empty_graph_is_a_document() {
    let empty = PlainGraph::default();
    for format in [Format::GraphMl, Format::Gexf] {
        assert_eq!(texts(&content(&empty, format, false)).0.len(), 0);
    }
    let json: serde_json::Value =
        serde_json::from_str(&content(&empty, Format::Graphology, false)).unwrap();
    assert_eq!(json["nodes"], serde_json::json!([]));
}

#[test]
fn a_text_of_a_megabyte_is_kept() {
    let long = "<é\u{0}".repeat(200_000);
    let graph = hostile(&long, "b");
    for format in [Format::GraphMl, Format::Gexf] {
        assert_eq!(
            restored(&texts(&content(&graph, format, false)).0[0]),
            format!("phrase:{long}")
        );
    }
    let json: serde_json::Value =
        serde_json::from_str(&content(&graph, Format::Graphology, false)).unwrap();
    assert_eq!(restored(json["nodes"][0]["attributes"]["label"].as_str().unwrap()), long);
}

#[test]
fn no_document_holds_markup_of_a_text() {
    for format in [Format::GraphMl, Format::Gexf, Format::Graphology] {
        for dynamic in [false, true] {
            let all = content(&hostile(HOSTILE, HOSTILE), format, dynamic);
            assert!(!all.contains("<script") && !all.contains("</script"), "{format}");
            assert!(!all.contains(['\u{0}', '\u{1b}', '\u{202e}', '\u{fffe}']), "{format}");
        }
    }
}

/// Two nodes and an edge that say a text wherever they can.
fn hostile(text: &str, other: &str) -> PlainGraph {
    let said = |text: &str| vec![("said".into(), Value::Text(text.to_owned()))];
    let node = |id: String, text: &str| PlainNode {
        id,
        kind: "phrase",
        label: text.to_owned(),
        attributes: said(text),
    };
    let (a, b) = (format!("phrase:{text}"), format!("other:{other}"));
    let edge = PlainEdge {
        id: other.to_owned(),
        source: a.clone(),
        target: b.clone(),
        kind: "wrote",
        observed: true,
        label: text.to_owned(),
        attributes: said(other),
    };
    PlainGraph { nodes: vec![node(a, text), node(b, other)], edges: vec![edge] }
}

/// The characters in place of their names.
fn restored(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("⟦U+") {
        let (hex, after) = after.split_once('⟧').unwrap();
        out.push_str(before);
        out.push(char::from_u32(u32::from_str_radix(hex, 16).unwrap()).unwrap());
        rest = after;
    }
    out + rest
}

fn attributes(start: &BytesStart<'_>) -> BTreeMap<String, String> {
    start
        .attributes()
        .map(|attribute| {
            let attribute = attribute.unwrap();
            let name = attribute.key.as_ref().to_owned();
            (name, unescape(&attribute.value).unwrap().into_owned())
        })
        .collect()
}

fn named(of: &BTreeMap<String, String>, name: &str) -> Option<String> {
    of.get(name).cloned()
}

/// Of a document: the ids, ends and labels in attributes in their order, and the texts that
/// elements hold or that are values of attributes of the graph.
fn texts(document: &str) -> (Vec<String>, Vec<String>) {
    let mut reader = Reader::from_str(document);
    let (mut ids, mut values, mut data) = (Vec::new(), Vec::new(), None::<String>);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) | Event::Empty(start) => {
                let name = start.name().as_ref().to_owned();
                let of = attributes(&start);
                if name == "node" || name == "edge" {
                    ids.extend(
                        ["id", "source", "target", "label"]
                            .iter()
                            .filter_map(|name| named(&of, name)),
                    );
                } else if name == "data" {
                    data = Some(String::new());
                } else if name == "attvalue" {
                    values.extend(named(&of, "value"));
                }
            }
            Event::Text(piece) => {
                if let Some(data) = &mut data {
                    data.push_str(&piece);
                }
            }
            Event::GeneralRef(reference) => {
                if let Some(data) = &mut data {
                    data.push_str(&unescape(&format!("&{};", &*reference)).unwrap());
                }
            }
            Event::End(_) => values.extend(data.take()),
            Event::Eof => return (ids, values),
            _ => {}
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_text_comes_back_out_of_xml(
        text in "(?s)[\u{0}-\u{7f}⟦⟧\u{200e}-\u{2029}\u{fff0}-\u{ffff}]{0,30}",
        other: String,
    ) {
        let graph = hostile(&text, &other);
        let (a, b) = (format!("phrase:{text}"), format!("other:{other}"));
        let gexf = texts(&content(&graph, Format::Gexf, true));
        let ids: Vec<String> = gexf.0.iter().map(|id| restored(id)).collect();
        prop_assert_eq!(ids.iter().collect::<Vec<_>>(), [&a, &text, &b, &other, &other, &a, &b, &text]);
        let values: Vec<String> = gexf.1.iter().map(|value| restored(value)).collect();
        prop_assert_eq!(values, ["phrase", &text, "phrase", &other, "wrote", "true", &other]);

        let graphml = texts(&content(&graph, Format::GraphMl, false));
        let ids: Vec<String> = graphml.0.iter().map(|id| restored(id)).collect();
        prop_assert_eq!(ids.iter().collect::<Vec<_>>(), [&a, &b, &other, &a, &b]);
        let values: Vec<String> =
            graphml.1.iter().skip(6).map(|value| restored(value)).collect();
        prop_assert_eq!(
            values,
            [&text, "phrase", &text, &other, "phrase", &other, &text, "wrote", "true", &other]
        );
    }

    #[test]
    fn any_text_comes_back_out_of_json(text: String, other: String) {
        let json: serde_json::Value =
            serde_json::from_str(&content(&hostile(&text, &other), Format::Graphology, false)).unwrap();
        let said = |value: &serde_json::Value| restored(value.as_str().unwrap());
        prop_assert_eq!(said(&json["nodes"][0]["key"]), format!("phrase:{text}"));
        prop_assert_eq!(said(&json["nodes"][0]["attributes"]["label"]), text.clone());
        prop_assert_eq!(said(&json["edges"][0]["key"]), other.clone());
        prop_assert_eq!(said(&json["edges"][0]["attributes"]["label"]), text);
        prop_assert_eq!(said(&json["edges"][0]["attributes"]["said"]), other);
    }
}
