use std::fs;

use super::*;
use crate::plain::PlainGraph;
use crate::planted;

#[test]
fn connections_media_and_hops_as_events() {
    let folder = tempfile::tempdir().unwrap();
    let tables = folder.path().join("tables");
    fs::create_dir(&tables).unwrap();
    planted::tables(&tables);
    let case = crate::CaseCard {
        title: String::new(),
        as_of: String::new(),
        tool: String::new(),
        exhibits_sha256: String::new(),
        tables_sha256: String::new(),
    };
    let (graph, reviews) = (PlainGraph::default(), planted::reviews());
    let source =
        Source { case: &case, tables: &tables, graph: &graph, reviews: &reviews, acts: &[] };
    let written = write(&source, folder.path()).unwrap();
    let text = fs::read_to_string(folder.path().join(FILE)).unwrap();
    let events: Vec<&str> = text.lines().collect();
    assert_eq!(events.len() as u64, written[0].count);
    let others: Vec<&str> =
        events.iter().copied().filter(|line| !line.contains("faisceau:post")).collect();
    insta::assert_snapshot!(others.join("\n"));
    assert!(!text.contains("47.5") && !text.contains(planted::DECLARED));
    assert_eq!((written[1].count, written[2].count), (1, 1));
}
