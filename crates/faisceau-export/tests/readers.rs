//! Independent readers: networkx, lxml and json in Python, graphology in JavaScript where it is.
//! `FAISCEAU_PYTHON` names a Python that has networkx and lxml.

#![expect(clippy::unwrap_used, reason = "the functions beside the tests are tests too")]
#![expect(clippy::print_stderr, reason = "a test that is skipped says so")]
#![expect(clippy::disallowed_methods, reason = "a test starts the readers and writes their input")]

mod planting;

use std::path::Path;
use std::process::Command;

use faisceau_export::{Format, PlainGraph, Value};
use planting::{card, content, graph, written};
use serde_json::{Map, json};

/// A Python with the readers, if there is one.
fn python() -> Option<String> {
    let python = std::env::var("FAISCEAU_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let has = Command::new(&python).args(["-c", "import networkx, lxml.etree"]).output();
    if has.is_ok_and(|ran| ran.status.success()) {
        return Some(python);
    }
    assert!(std::env::var_os("FAISCEAU_NO_SKIP").is_none(), "needs networkx and lxml");
    eprintln!("SKIPPED: needs a Python with networkx and lxml (FAISCEAU_PYTHON)");
    None
}

/// Runs a script of `tests/readers/` on a file, beside what it must find in it.
fn read(python: &str, script: &str, folder: &Path, file: &str) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/readers").join(script);
    std::fs::write(folder.join("expected.json"), expected(&graph()).to_string()).unwrap();
    let ran = Command::new(python).arg(script).arg(file).current_dir(folder).output().unwrap();
    let said = String::from_utf8_lossy(&[ran.stdout, ran.stderr].concat()).into_owned();
    assert!(ran.status.success() && said.contains("equal"), "{said}");
}

fn run(script: &str, format: Format, dynamic: bool) {
    let Some(python) = python() else { return };
    let folder = tempfile::tempdir().unwrap();
    let exported = written(&graph(), format, dynamic, folder.path());
    read(&python, script, folder.path(), &exported.written[0].file);
}

/// What a reader must find: written by a plain encoder, with the texts as they were planted.
fn expected(graph: &PlainGraph) -> serde_json::Value {
    let attributes = |of: &faisceau_export::Attributes| -> Map<String, serde_json::Value> {
        of.iter()
            .map(|(name, value)| {
                let value = match value {
                    Value::Text(text) => json!(text),
                    Value::Int(number) => json!(number),
                    Value::Float(number) => json!(number),
                    Value::Bool(is) => json!(is),
                    // A time is compared as an instant.
                    Value::Time(at) => json!({ "us": at.at_us() }),
                };
                (name.to_string(), value)
            })
            .collect()
    };
    let nodes = graph.nodes.iter().map(|node| {
        json!({ "id": node.id, "label": node.label, "kind": node.kind,
                "attributes": attributes(&node.attributes) })
    });
    let edges = graph.edges.iter().map(|edge| {
        json!({ "id": edge.id, "source": edge.source, "target": edge.target,
                "label": edge.label, "kind": edge.kind, "observed": edge.observed,
                "attributes": attributes(&edge.attributes) })
    });
    let card = card();
    json!({
        "title": card.title, "as_of": card.as_of, "tool": card.tool,
        "exhibits_sha256": card.exhibits_sha256, "tables_sha256": card.tables_sha256,
        "nodes": nodes.collect::<Vec<_>>(), "edges": edges.collect::<Vec<_>>(),
    })
}

#[test]
fn networkx_reads_what_was_written_as_graphml() {
    run("graphml.py", Format::GraphMl, false);
}

#[test]
fn networkx_reads_what_was_written_as_gexf() {
    run("gexf.py", Format::Gexf, false);
}

#[test]
fn a_gexf_with_times_keeps_to_the_schema() {
    run("gexf_schema.py", Format::Gexf, true);
}

#[test]
fn a_gexf_without_times_keeps_to_the_schema() {
    run("gexf_schema.py", Format::Gexf, false);
}

#[test]
fn python_reads_what_was_written_for_graphology() {
    run("graphology.py", Format::Graphology, false);
}

/// `FAISCEAU_GRAPHOLOGY` names a `node_modules` that has graphology.
#[test]
fn graphology_imports_what_was_written() {
    let Some(modules) = std::env::var_os("FAISCEAU_GRAPHOLOGY") else {
        assert!(std::env::var_os("FAISCEAU_NO_SKIP").is_none(), "needs node and graphology");
        eprintln!("SKIPPED: needs node and graphology (FAISCEAU_GRAPHOLOGY)");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let json = content(&graph(), Format::Graphology, false);
    std::fs::write(folder.path().join("graph.json"), json).unwrap();
    let script = "const Graph = require('graphology');
        const graph = Graph.from(JSON.parse(require('fs').readFileSync('graph.json')));
        console.log([graph.order, graph.size, graph.type, graph.multi,
            graph.areNeighbors('account:x:1', 'image:aa'),
            graph.edges('account:x:1', 'account:forum:@b').length].join(' '));";
    let ran = Command::new("node")
        .args(["-e", script])
        .env("NODE_PATH", modules)
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert_eq!(
        String::from_utf8_lossy(&ran.stdout).trim(),
        "6 6 undirected true true 2",
        "{}",
        String::from_utf8_lossy(&ran.stderr)
    );
}
