//! The planted rows as a case on disk, and what is asked of its exports.

use std::fs;
use std::path::Path;

use faisceau_export::{
    Act, CaseCard, ExportError, Exported, Format, PlainEdge, PlainGraph, PlainNode, Source, Value,
    export,
};
use faisceau_graph::{CaseGraph, GraphInput};
use faisceau_model::rows::Subscriber;
use faisceau_model::{Decision, Maybe, Review, SubscriberCategory};
use faisceau_tables::write;
use serde_json::{Map, json};
use tempfile::TempDir;

use crate::planted::{A, B, Rows, at, key, locus, rows};

/// A name that an operator declared.
pub(crate) const DECLARED: &str = "Nom Declare Chez Loperateur";

/// A case on disk with its graph.
pub(crate) struct Case {
    folder: TempDir,
    pub(crate) card: CaseCard,
    pub(crate) graph: PlainGraph,
    pub(crate) reviews: Vec<Review>,
    pub(crate) acts: Vec<Act>,
}

/// What an operator declared, which never leaves.
fn subscriber() -> Subscriber {
    let (exhibit, place) = locus(13);
    let declared = (SubscriberCategory::Name, "nom", DECLARED);
    Subscriber {
        account: Maybe::Known(key(A)),
        ..Subscriber::new(exhibit, &place, 0, "Opérateur fictif", declared)
    }
}

fn act(seq: u64, act: &str, fields: &serde_json::Value) -> Act {
    Act {
        seq,
        at: format!("2026-11-21T10:00:0{seq}.5Z"),
        who: "Me Durand".into(),
        act: act.to_owned(),
        fields: fields.as_object().cloned().unwrap_or_default(),
        hash: format!("{seq:064x}"),
    }
}

impl Rows {
    /// A case of these rows.
    pub(crate) fn case(self, text: &str) -> Case {
        let posts: Vec<_> = self.posts.iter().map(|post| (post.account.clone(), 1)).collect();
        let graph = CaseGraph::build(&GraphInput {
            accounts: &self.accounts,
            posts: &posts,
            addresses: &self.addresses,
            media: &self.media,
            links: &self.links,
            ..GraphInput::default()
        });
        let b = format!("{B}{text}");
        let reviews = vec![Review {
            a: key(&b),
            b: key(A),
            decision: Decision::Dismiss,
            because: format!("Même modèle de message{text}"),
            who: "Me Durand".into(),
            at: "2026-11-21T11:00:00Z".into(),
            seq: 5,
            figures: String::new(),
            earlier: 1,
        }];
        let mut graph = PlainGraph::of(&graph, &reviews);
        others(&mut graph, text);
        let folder = tempfile::tempdir().unwrap();
        let tables = folder.path();
        write(tables, self.accounts).unwrap();
        write(tables, self.posts).unwrap();
        write(tables, self.addresses).unwrap();
        write(tables, self.media).unwrap();
        write(tables, self.links).unwrap();
        write(tables, self.explanations).unwrap();
        write(tables, self.identities).unwrap();
        write(tables, self.exhibits).unwrap();
        write(tables, vec![subscriber()]).unwrap();
        Case {
            folder,
            card: CaseCard {
                title: format!("Atelier c/ X{text}"),
                as_of: "2026-11-20".into(),
                tool: "0.1.0".into(),
                exhibits_sha256: "dd".repeat(32),
                tables_sha256: "ee".repeat(32),
            },
            graph,
            reviews,
            acts: vec![
                act(1, "case_opened", &json!({ "format": 1 })),
                act(2, "exhibit_added", &json!({ "no": "1", "name": format!("forum.csv{text}") })),
                act(3, "run", &json!({})),
                act(4, "archive_unpacked", &json!({ "no": "2", "members": 1 })),
                act(5, "review", &json!({ "a": b, "b": A, "decision": "dismiss" })),
            ],
        }
    }
}

/// One node of each kind that the graph may have, joined to an account.
fn others(graph: &mut PlainGraph, text: &str) {
    let seen = Value::Time(at("2026-03-03T10:00:00Z"));
    for (kind, value) in [
        ("prefix", "192.0.2.0/24"),
        ("device", "appareil 1"),
        ("domain", "atelier.example"),
        ("domain", "pas un domaine"),
        ("url", "https://atelier.example/page?q=1"),
        ("url", "javascript:alert(1)"),
        ("mail", "un.client@postale.example"),
        ("phone", "+442079460123"),
        ("phrase", "le bol qui fuit"),
    ] {
        let adversary = [" ", "javascript", "le bol"].iter().any(|part| value.contains(part));
        let value = format!("{value}{}", if adversary { text } else { "" });
        let id = format!("{kind}:{value}");
        let edge = PlainEdge {
            id: format!("shared|account:{A}|{id}"),
            source: format!("account:{A}"),
            target: id.clone(),
            kind: "shared",
            observed: true,
            label: "shared".into(),
            attributes: vec![
                ("count".into(), Value::Int(2)),
                ("first".into(), seen.clone()),
                ("last".into(), seen.clone()),
                ("rows".into(), Value::Text("post:1:l4@400".into())),
            ],
        };
        graph.edges.push(edge);
        graph.nodes.push(PlainNode { id, kind, label: value, attributes: Vec::new() });
    }
}

impl Case {
    pub(crate) fn planted() -> Self {
        rows("").case("")
    }

    /// Exports and gives what was counted and the one file that was written.
    pub(crate) fn export(&self, format: Format) -> (Exported, String) {
        let folder = tempfile::tempdir().unwrap();
        let exported = self.export_into(format, folder.path());
        let file = fs::read_to_string(folder.path().join(&exported.written[0].file)).unwrap();
        (exported, file)
    }

    pub(crate) fn export_into(&self, format: Format, folder: &Path) -> Exported {
        self.try_export(format, folder).unwrap()
    }

    pub(crate) fn try_export(
        &self,
        format: Format,
        folder: &Path,
    ) -> Result<Exported, ExportError> {
        let source = Source {
            case: &self.card,
            tables: self.folder.path(),
            graph: &self.graph,
            reviews: &self.reviews,
            acts: &self.acts,
        };
        export(format, &source, folder)
    }
}

/// What was counted under a name.
pub(crate) fn count(exported: &Exported, what: &str) -> u64 {
    exported.written.iter().find(|written| written.what == what).unwrap().count
}

/// Objects, whatever they stand in.
pub(crate) fn objects(file: &str) -> Vec<Map<String, serde_json::Value>> {
    let whole: Result<serde_json::Value, _> = serde_json::from_str(file);
    match whole {
        Ok(whole) if whole.get("objects").or(whole.get("@graph")).is_some() => {
            let list = whole.get("objects").or(whole.get("@graph")).unwrap().as_array().unwrap();
            list.iter().map(|object| object.as_object().unwrap().clone()).collect()
        }
        _ => file.lines().map(|line| serde_json::from_str(line).unwrap()).collect(),
    }
}
