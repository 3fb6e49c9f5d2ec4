//! What independent readers find: stix2, rdflib with the shapes of CASE, followthemoney.

use std::path::Path;
use std::process::Command;

use faisceau_export::{Format, PlainEdge, PlainGraph};
use serde_json::Value;

use crate::case::Case;
use crate::planted::rows;

const STIX: &str = include_str!("read_stix.py");
const CASE: &str = include_str!("read_case.py");
const FTM: &str = include_str!("read_ftm.py");

/// A Python that has these modules, if there is one.
#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
fn python(modules: &str) -> Option<String> {
    let python = std::env::var("FAISCEAU_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let has = Command::new(&python).args(["-c", &format!("import {modules}")]).output();
    if has.is_ok_and(|ran| ran.status.success()) {
        return Some(python);
    }
    assert!(std::env::var_os("FAISCEAU_NO_SKIP").is_none(), "needs {modules}");
    eprintln!("SKIPPED: needs a Python with {modules} (FAISCEAU_PYTHON)");
    None
}

/// Exports and has the file read.
fn read(case: &Case, format: Format, python: &str, script: &str) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let exported = case.export_into(format, folder.path());
    let file: &Path = &folder.path().join(&exported.written[0].file);
    let scope = &case.acts[0].hash;
    let ran = Command::new(python).args(["-c", script]).arg(file).arg(scope).output().unwrap();
    let said = String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success(), "{format}: {said}");
    serde_json::from_slice(&ran.stdout).unwrap()
}

/// Attributes of all nodes and edges.
fn attributes(graph: &PlainGraph) -> usize {
    let nodes: usize = graph.nodes.iter().map(|node| node.attributes.len()).sum();
    let edges: usize = graph.edges.iter().map(|edge| edge.attributes.len()).sum();
    nodes + edges
}

/// Cases that readers must take whole.
fn cases() -> [(Case, &'static str); 2] {
    let text = "\u{1b}[31m\u{202e}\"}]{\"@id\":1}\\ \n<b>'=1+1 %é😀";
    [(Case::planted(), "planted"), (rows(text).case(text), "hostile")]
}

#[test]
fn stix2_reads_every_node_edge_and_attribute() {
    let Some(python) = python("stix2, stix2validator") else { return };
    for (case, name) in cases() {
        let found = read(&case, Format::Stix, &python, STIX);
        assert_eq!(found["nodes"], case.graph.nodes.len(), "{name}");
        assert_eq!(found["edges"], case.graph.edges.len(), "{name}");
        assert_eq!(found["attributes"], attributes(&case.graph), "{name}");
        let observed = found["types"]["observed-data"].as_u64().unwrap();
        let related = found["relationships"].as_u64().unwrap();
        assert_eq!(observed + related, case.graph.edges.len() as u64, "{name}");
        assert_eq!(found["errors"], serde_json::json!([]), "{name}");
        assert_eq!(found["warnings"], serde_json::json!([]), "{name}");
        assert_eq!(found["valid"], true, "{name}");
    }
}

#[test]
fn the_shapes_of_case_find_nothing() {
    let Some(python) = python("rdflib, case_utils") else { return };
    for (case, name) in cases() {
        let found = read(&case, Format::Case, &python, CASE);
        assert_eq!(found["report"], "", "{name}");
        assert_eq!(found["conforms"], true, "{name}");
        assert_eq!(found["nodes"], case.graph.nodes.len(), "{name}");
        assert_eq!(found["edges"], case.graph.edges.len(), "{name}");
        assert_eq!(found["relationships"], case.graph.edges.len(), "{name}");
        assert_eq!(found["attributes"], attributes(&case.graph), "{name}");
        assert_eq!(found["acts"], case.acts.len(), "{name}");
        assert_eq!(found["records"], 3, "{name}");
        assert_eq!(found["messages"], 2, "{name}");
        assert_eq!(found["annotations"], 2, "{name}");
        assert_eq!(found["ratios"], serde_json::json!([-0.5, 2.31]), "{name}");
    }
}

#[test]
fn followthemoney_reads_every_value() {
    let Some(python) = python("followthemoney") else { return };
    for (case, name) in cases() {
        let found = read(&case, Format::Ftm, &python, FTM);
        assert_eq!(found["changed"], serde_json::json!([]), "{name}");
        assert_eq!(found["foreign"], serde_json::json!([]), "{name}: ids of make_entity_id");
        assert_eq!(found["dangling"], serde_json::json!([]), "{name}");
        let entity = |id: &str| id.starts_with("account:") || id.starts_with("image:");
        let nodes = case.graph.nodes.iter().filter(|node| entity(&node.id)).count();
        let schemata = &found["schemata"];
        let read = schemata["UserAccount"].as_u64().unwrap() + schemata["Image"].as_u64().unwrap();
        assert_eq!(read, nodes as u64, "{name}");
        let edges = |wanted: &dyn Fn(&PlainEdge) -> bool| {
            case.graph.edges.iter().filter(|edge| wanted(edge)).count()
        };
        assert_eq!(found["edges"], edges(&|e| entity(&e.source) && entity(&e.target)), "{name}");
        assert_eq!(found["notes"], edges(&|e| entity(&e.source) != entity(&e.target)), "{name}");
        let addresses = edges(&|e| e.kind == "used" && !e.target.contains("not an"));
        assert_eq!(found["addresses"], addresses, "{name}");
        let entities: u64 = schemata.as_object().unwrap().values().filter_map(Value::as_u64).sum();
        assert_eq!(found["checked"], entities, "{name}: {}", found["said"]);
    }
}
