use faisceau_graph::{Edge, GraphInput, Node, NodeInfo, Observation};
use faisceau_model::rows::Media;
use faisceau_model::{Absent, Decision, ExhibitNo, Maybe, Place, Relation, RowId};
use proptest::prelude::*;

use super::*;

fn account(text: &str) -> Node {
    Node::Account(text.parse().unwrap())
}

fn link(relation: Relation) -> Edge {
    Edge::Link { id: RowId::derived("lnk", 1), relation, total: 2.5, low: 1.5, high: 3.0 }
}

fn review(a: &str, b: &str, because: &str) -> Review {
    Review {
        a: a.parse().unwrap(),
        b: b.parse().unwrap(),
        decision: Decision::Dismiss,
        because: because.to_owned(),
        who: "expert".to_owned(),
        at: "2026-01-01T00:00:00Z".to_owned(),
        seq: 7,
        figures: String::new(),
        earlier: 0,
    }
}

fn decided(reviews: &[Review]) -> Decided<'_> {
    reviews.iter().map(|review| (ordered(&review.a, &review.b), review)).collect()
}

fn value<'a>(edge: &'a PlainEdge, wanted: &str) -> Option<&'a Value> {
    edge.attributes.iter().find(|(name, _)| name == wanted).map(|(_, value)| value)
}

/// The one place that builds a graph from rows.
fn graph(media: &[Media]) -> CaseGraph {
    CaseGraph::build(&GraphInput { media, ..GraphInput::default() })
}

fn picture(n: u64, hash: &str, account: &str) -> Media {
    let place = Place::Line { number: n, byte: n * 100 };
    Media {
        account: Maybe::Known(account.parse().unwrap()),
        ..Media::new(ExhibitNo::top(1), &place, 0, hash.to_owned(), "image/jpeg")
    }
}

#[test]
fn a_picture_and_its_account_become_two_nodes_and_an_edge() {
    let plain = PlainGraph::of(&graph(&[picture(1, "aa", "x:1"), picture(2, "aa", "x:1")]), &[]);
    let ids: Vec<&str> = plain.nodes.iter().map(|node| node.id.as_str()).collect();
    assert_eq!(ids, ["account:x:1", "image:aa"]);
    let edge = &plain.edges[0];
    assert_eq!((edge.id.as_str(), edge.observed), ("posted|account:x:1|image:aa", true));
    assert_eq!(value(edge, "count"), Some(&Value::Int(2)));
    assert_eq!(Checked::of(&plain, "gexf").unwrap().degrees, [1, 1]);
}

#[test]
fn a_role_that_nobody_gave_is_no_attribute() {
    let info = |role| NodeInfo { node: account("x:1"), role, posts: 3 };
    let bare = nodes::plain(&info(Maybe::Missing(Absent::NotRecorded)));
    let names: Vec<&str> = bare.attributes.iter().map(|(name, _)| name.as_ref()).collect();
    assert_eq!(names, ["platform", "posts"]);
    let claimant = nodes::plain(&info(Maybe::Known(faisceau_model::Role::Claimant)));
    assert!(claimant.attributes.contains(&("role".into(), Value::Text("claimant".into()))));
}

#[test]
fn a_link_carries_the_decision_on_its_pair_whichever_end_comes_first() {
    let reviews = [review("x:1", "x:2", "same <b>flat</b>"), review("x:1", "x:3", "other")];
    for (a, b) in [("x:1", "x:2"), ("x:2", "x:1")] {
        let edge =
            edges::plain(&account(a), &account(b), &link(Relation::SameHand), &decided(&reviews));
        assert_eq!(value(&edge, "review"), Some(&Value::Text("dismiss".into())));
        assert_eq!(value(&edge, "review_because"), Some(&Value::Text("same <b>flat</b>".into())));
        // The likelihood ratio is what it was.
        assert_eq!(value(&edge, "log10_lr"), Some(&Value::Float(2.5)));
        assert!(!edge.observed);
    }
    let other = edges::plain(
        &account("x:2"),
        &account("x:3"),
        &link(Relation::SameHand),
        &decided(&reviews),
    );
    assert_eq!(value(&other, "review"), None);
}

#[test]
fn the_two_relations_of_a_pair_are_two_edges() {
    let edge =
        |relation| edges::plain(&account("x:1"), &account("x:2"), &link(relation), &Decided::new());
    let (hand, together) = (edge(Relation::SameHand), edge(Relation::Coordination));
    assert_ne!(hand.id, together.id);
    assert_ne!(hand.label, together.label);
}

#[test]
fn an_edge_without_a_time_has_no_span() {
    let at = Moment::from_rfc3339("2026-03-01T10:00:00Z").unwrap();
    let edge = |span| {
        let observed = Edge::Observed { what: Observation::Used, count: 1, span, rows: Vec::new() };
        let address = Node::Address("192.0.2.1".into());
        edges::plain(&account("x:1"), &address, &observed, &Decided::new())
    };
    assert_eq!(edge(Some((at, at))).span(), Some((at, at)));
    assert_eq!(edge(None).span(), None);
}

#[test]
fn a_link_whose_interval_reaches_one_pulls_nobody_together() {
    let edge = |low| {
        let id = RowId::derived("lnk", 1);
        let link =
            Edge::Link { id, relation: Relation::SameHand, total: low + 1.0, low, high: low + 2.0 };
        edges::plain(&account("x:1"), &account("x:2"), &link, &Decided::new())
    };
    assert!(edge(0.5).pulls());
    assert!(!edge(0.0).pulls() && !edge(-0.5).pulls());
}

#[test]
fn twins_are_numbered() {
    let edge =
        edges::plain(&account("x:1"), &account("x:2"), &link(Relation::SameHand), &Decided::new());
    let mut edges = vec![edge.clone(), edge.clone(), edge];
    number_twins(&mut edges);
    let ends: Vec<&str> = edges.iter().map(|edge| &edge.id[edge.id.len() - 4..]).collect();
    assert_eq!(ends, [":x:2", ":2|2", ":2|3"]);
}

/// Every sort of edge, between texts that an adversary chose.
fn any_edges(text: &str) -> PlainGraph {
    let at = Moment::from_rfc3339("2026-03-01T10:00:00.5Z");
    let pair = (account("x:1"), account("x:2"));
    let reviews = [review("x:1", "x:2", text)];
    let observed = |what| Edge::Observed {
        what,
        count: u64::MAX,
        span: at.map(|at| (at, at)),
        rows: vec![RowId::derived("adr", 1), RowId::derived("adr", 2)],
    };
    let texts = [Node::Address(text.to_owned()), Node::Phrase(text.to_owned())];
    let whats = [Observation::Used, Observation::Wrote];
    let mut edges: Vec<PlainEdge> = texts
        .iter()
        .zip(whats)
        .map(|(node, what)| edges::plain(&pair.0, node, &observed(what), &Decided::new()))
        .collect();
    for relation in [Relation::SameHand, Relation::Coordination] {
        edges.push(edges::plain(&pair.0, &pair.1, &link(relation), &decided(&reviews)));
    }
    let info = |node: &Node| NodeInfo {
        node: node.clone(),
        role: Maybe::Missing(Absent::NotRecorded),
        posts: u64::MAX,
    };
    let nodes = [&pair.0, &pair.1].into_iter().chain(&texts).map(|node| nodes::plain(&info(node)));
    PlainGraph { nodes: nodes.collect(), edges }
}

proptest! {
    #[test]
    fn a_name_has_one_type_whatever_the_texts(text: String) {
        let graph = any_edges(&text);
        let checked = Checked::of(&graph, "graphml").unwrap();
        prop_assert_eq!(value(&graph.edges[0], "count"), Some(&Value::Int(i64::MAX)));
        prop_assert_eq!(checked.edges.get("first"), Some(&Type::Time));
        prop_assert_eq!(checked.edges.get("log10_lr"), Some(&Type::Float));
        prop_assert_eq!(checked.nodes.get("posts"), Some(&Type::Int));
    }

    #[test]
    fn edges_between_different_ends_have_different_ids(
        a in r"[|\\a]{0,4}", b in r"[|\\a]{0,4}", c in r"[|\\a]{0,4}", d in r"[|\\a]{0,4}",
    ) {
        let observed =
            Edge::Observed { what: Observation::LeadsTo, count: 1, span: None, rows: Vec::new() };
        let id = |a: &str, b: &str| {
            let ends = (Node::Url(a.to_owned()), Node::Domain(b.to_owned()));
            edges::plain(&ends.0, &ends.1, &observed, &Decided::new()).id
        };
        prop_assert_eq!(id(&a, &b) == id(&c, &d), (a, b) == (c, d));
    }
}
