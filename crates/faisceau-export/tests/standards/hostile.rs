//! Texts of an adversary in every place that takes one.

use std::collections::BTreeSet;

use faisceau_export::{Format, Value};
use proptest::prelude::*;

use crate::case::{count, objects};
use crate::planted::{A, rows};

/// What JSON, terminals, RDF, databases and ids stumble over.
fn text() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "\0",
        "\u{1b}[31m",
        "\u{9b}",
        "\u{202e}",
        "\u{2028}",
        "\u{feff}",
        "\u{ffff}",
        "\"",
        "\\",
        "\"}]}",
        "</script>",
        "{\"@id\":\"x\"}",
        "@value",
        "kb:",
        "../..",
        "%",
        "\r\n",
        "\t",
        "'",
        "=1+1",
        "é",
        "😀",
        " ",
        "|",
        "account:",
        "\u{10ffff}",
        "::",
        "a@b",
    ]);
    prop::collection::vec(pieces, 0..6).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn a_text_is_a_text_and_every_node_and_edge_is_there(text in text(), long in 0_usize..2) {
        let text = format!("{text}{}", "z".repeat(long * 70_000));
        let case = rows(&text).case(&text);
        let (nodes, edges) = (case.graph.nodes.len() as u64, case.graph.edges.len() as u64);
        for format in [Format::Stix, Format::Case, Format::Ftm] {
            let (exported, file) = case.export(format);
            prop_assert!(!file.contains(|c: char| c.is_control() && c != '\n'));
            let steers = file.contains(['\u{202e}', '\u{2028}', '\u{feff}', '\u{ffff}']);
            prop_assert!(!steers, "{} steers its reader", format);
            let objects = objects(&file);
            let name = if format == Format::Case { "@id" } else { "id" };
            let ids: BTreeSet<&str> = objects.iter().map(|o| o[name].as_str().unwrap()).collect();
            prop_assert_eq!(ids.len(), objects.len(), "an id stands twice in {}", format);
            if format == Format::Ftm {
                let all = ["nodes as entities", "nodes as values", "nodes without entity"];
                prop_assert_eq!(all.map(|what| count(&exported, what)).iter().sum::<u64>(), nodes);
                let all = [
                    "edges as links", "edges as similarities", "edges as notes", "edges left out",
                ];
                prop_assert_eq!(all.map(|what| count(&exported, what)).iter().sum::<u64>(), edges);
            } else {
                prop_assert_eq!(count(&exported, "nodes"), nodes);
                prop_assert_eq!(count(&exported, "edges"), edges);
            }
        }
    }
}

#[test]
fn figures_that_are_no_numbers_are_left_out_and_not_null() {
    let mut case = rows("").case("");
    for edge in &mut case.graph.edges {
        for (_, value) in &mut edge.attributes {
            if let Value::Float(value) = value {
                *value = f64::NAN;
            }
        }
    }
    for format in [Format::Stix, Format::Case] {
        let (_, file) = case.export(format);
        assert!(!file.contains("null") && !file.contains("NaN"), "{format}");
    }
}

#[test]
fn an_edge_without_end_and_an_empty_graph_are_counted() {
    let mut case = rows("").case("");
    case.graph.nodes.retain(|node| node.id != format!("account:{A}"));
    let gone =
        case.graph.edges.iter().filter(|edge| edge.source.ends_with(A) || edge.target.ends_with(A));
    let gone = gone.count() as u64;
    assert!(gone > 5);
    for format in [Format::Stix, Format::Case] {
        let (exported, _) = case.export(format);
        assert_eq!(count(&exported, "edges left out"), gone, "{format}");
    }
    case.graph.nodes.clear();
    case.graph.edges.clear();
    for format in [Format::Stix, Format::Case, Format::Ftm] {
        let (exported, file) = case.export(format);
        assert!(!exported.written.is_empty() && !file.is_empty());
        assert!(objects(&file).len() > 2, "{format}");
    }
}

#[test]
fn two_values_that_look_alike_stay_two_objects() {
    let mut case = rows("").case("");
    let phone = case.graph.nodes.iter().find(|node| node.kind == "phone").unwrap().clone();
    case.graph.nodes.push(faisceau_export::PlainNode {
        id: "account:telephone-number:@+442079460123".into(),
        kind: "account",
        ..phone
    });
    let (exported, file) = case.export(Format::Stix);
    assert_eq!(count(&exported, "nodes"), case.graph.nodes.len() as u64);
    let objects = objects(&file);
    let ids: BTreeSet<&str> = objects.iter().map(|o| o["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), objects.len());
}
