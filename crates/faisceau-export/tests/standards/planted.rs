//! A small case: accounts, addresses, a picture, links, and one node of each other kind.

use std::fs;
use std::path::Path;

use faisceau_export::{
    Act, CaseCard, ExportError, Exported, Format, PlainEdge, PlainGraph, PlainNode, Source, Value,
    export,
};
use faisceau_graph::{CaseGraph, GraphInput};
use faisceau_model::rows::{
    Account, Address, ExhibitRow, Explanation, Identity, Link, Media, Post, Subscriber,
};
use faisceau_model::{
    Absent, AccessKind, AccountKey, AddressScope, Decision, ExhibitNo, Listing, Maybe, Moment,
    Place, Relation, Review, Role, RowId, Standing, SubscriberCategory,
};
use faisceau_tables::write;
use serde_json::{Map, json};
use tempfile::TempDir;

const NONE: Absent = Absent::NotExported;
/// A name that an operator declared.
pub(crate) const DECLARED: &str = "Nom Declare Chez Loperateur";
pub(crate) const A: &str = "x:1001";
pub(crate) const B: &str = "forum:@PasDupe";
pub(crate) const C: &str = "mail:@un.client@postale.example";

/// A case on disk with its graph.
pub(crate) struct Case {
    folder: TempDir,
    pub(crate) card: CaseCard,
    pub(crate) graph: PlainGraph,
    pub(crate) reviews: Vec<Review>,
    pub(crate) acts: Vec<Act>,
}

/// What is planted, with a text of the adversary wherever one can stand.
pub(crate) struct Rows {
    accounts: Vec<Account>,
    posts: Vec<Post>,
    addresses: Vec<Address>,
    media: Vec<Media>,
    links: Vec<Link>,
    explanations: Vec<Explanation>,
    identities: Vec<Identity>,
    exhibits: Vec<ExhibitRow>,
}

pub(crate) fn key(account: &str) -> AccountKey {
    account.parse().unwrap()
}

fn at(text: &str) -> Moment {
    Moment::from_rfc3339(text).unwrap()
}

fn locus(n: u64) -> (ExhibitNo, Place) {
    (ExhibitNo::top(1), Place::Line { number: n, byte: n * 100 })
}

fn account(n: u64, name: &str, role: Role, text: &str) -> Account {
    let (exhibit, place) = locus(n);
    Account {
        role,
        handle: Maybe::Known(format!("h{n}{text}")),
        display_name: Maybe::Known(format!("Nom {n}{text}")),
        bio: Maybe::Known(format!("Bio {n}{text}")),
        created: Maybe::Known(at("2024-05-01T00:00:00Z")),
        ..Account::new(exhibit, &place, 0, key(name))
    }
}

fn post(n: u64, account: &str, text: &str) -> Post {
    let (exhibit, place) = locus(n);
    Post {
        at: Maybe::Known(at("2026-03-01T14:05:12Z")),
        text: Maybe::Known(format!("Texte {n}\n{text}")),
        thread: Maybe::Known(format!("fil{text}")),
        target: Maybe::Known(format!("cible{text}")),
        permalink: Maybe::Known(format!("https://forum.example/{n}")),
        content_id: Maybe::Known(format!("{n}")),
        ..Post::new(exhibit, &place, 0, key(account))
    }
}

fn address(n: u64, account: &str, ip: &str, when: &str) -> Address {
    let (exhibit, place) = locus(n);
    Address {
        id: RowId::at("adr", exhibit, &place, 0),
        connection: RowId::at("con", exhibit, &place, 0),
        exhibit,
        place,
        account: Maybe::Known(key(account)),
        ip: ip.to_owned(),
        port: Maybe::Known(40_000),
        via: Maybe::Missing(Absent::NotApplicable),
        at: Maybe::or_absent(Moment::from_rfc3339(when), NONE),
        scope: AddressScope::Documentation,
        country: Maybe::Missing(NONE),
        country_source: Maybe::Missing(NONE),
        country_days: Maybe::Missing(NONE),
        asn: Maybe::Known(64_500),
        operator: Maybe::Known("Opérateur fictif".into()),
        operator_source: Maybe::Missing(NONE),
        operator_days: Maybe::Missing(NONE),
        tor: Listing::NoData,
        tor_source: Maybe::Missing(NONE),
        tor_days: Maybe::Missing(NONE),
        vpn: Listing::NoData,
        vpn_source: Maybe::Missing(NONE),
        vpn_days: Maybe::Missing(NONE),
        hosting: Listing::NoData,
        hosting_source: Maybe::Missing(NONE),
        hosting_days: Maybe::Missing(NONE),
        relay: Listing::NoData,
        relay_source: Maybe::Missing(NONE),
        relay_days: Maybe::Missing(NONE),
        access: AccessKind::AccessLine,
        access_basis: "overlay:1".into(),
        declared: false,
    }
}

fn picture(n: u64, account: &str, text: &str) -> Media {
    let (exhibit, place) = locus(n);
    Media {
        picture_sha256: Maybe::Known("bb".repeat(32)),
        name: format!("bol{text}.jpg"),
        width: Maybe::Known(640),
        height: Maybe::Known(480),
        make: Maybe::Known("Fictif".into()),
        model: Maybe::Known("F1".into()),
        body_serial: Maybe::Known(format!("S123{text}")),
        taken: Maybe::Known(at("2026-02-01T10:00:00Z")),
        latitude: Maybe::Known(48.123_456),
        longitude: Maybe::Known(2.654_321),
        position_protected: true,
        owner: Maybe::Known(format!("Propriétaire{text}")),
        account: Maybe::Known(key(account)),
        ..Media::new(exhibit, &place, 0, "aa".repeat(32), "image/jpeg")
    }
}

fn link(n: usize, a: &str, b: &str, relation: Relation, total: f64, text: &str) -> Link {
    let none = || Maybe::Missing(Absent::TooLittle);
    Link {
        id: RowId::derived("lnk", n),
        a: key(a),
        b: key(b),
        relation,
        style: Maybe::Known(total),
        style_low: Maybe::Known(total - 1.0),
        style_high: Maybe::Known(total + 1.0),
        style_cap: Maybe::Known(3.0),
        time: none(),
        time_low: none(),
        time_high: none(),
        time_cap: none(),
        network: none(),
        network_low: none(),
        network_high: none(),
        network_cap: none(),
        media: none(),
        media_low: none(),
        media_high: none(),
        media_cap: none(),
        identifiers: none(),
        identifiers_low: none(),
        identifiers_high: none(),
        identifiers_cap: none(),
        objects: none(),
        objects_low: none(),
        objects_high: none(),
        objects_cap: none(),
        coordination: none(),
        coordination_low: none(),
        coordination_high: none(),
        coordination_cap: none(),
        total,
        total_low: total - 1.0,
        total_high: total + 1.0,
        total_cap: 4.0,
        band_fr: "soutien modéré".into(),
        band_en: "moderate support".into(),
        favours: Maybe::Known("H1".into()),
        pairs_compared: 3,
        innocent: vec![format!("copied_text{text}")],
        rows: vec!["cmp:1".into()],
    }
}

fn explanation(
    (n, link): (usize, usize),
    code: &str,
    standing: Standing,
    b: &str,
    text: &str,
) -> Explanation {
    Explanation {
        id: RowId::derived("exp", n),
        link: RowId::derived("lnk", link),
        a: key(b),
        b: key(A),
        code: code.to_owned(),
        standing,
        counted: vec![format!("posts=2{text}")],
        explains: vec!["cmp:1".into()],
        rows: vec!["post:1:l4@400".into()],
    }
}

fn exhibit(no: &str, name: &str, parent: Option<&str>) -> ExhibitRow {
    ExhibitRow {
        exhibit: no.parse().unwrap(),
        sha256: "cc".repeat(32),
        name: name.to_owned(),
        bytes: 1234,
        parent: Maybe::or_absent(parent.map(|no| no.parse().unwrap()), Absent::NotApplicable),
        format: Maybe::Known("forum csv".into()),
        records: 3,
        read: 2,
        rejected: 1,
        set_aside: 0,
        first: Maybe::Missing(NONE),
        last: Maybe::Missing(NONE),
        problem: Maybe::Missing(Absent::NotApplicable),
    }
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

/// The rows, each text of the adversary ending in `text`.
pub(crate) fn rows(text: &str) -> Rows {
    let b = &format!("{B}{text}");
    Rows {
        accounts: vec![
            account(1, A, Role::Examined, text),
            account(2, b, Role::Examined, text),
            account(3, C, Role::Claimant, ""),
            account(4, A, Role::Examined, "bis"),
        ],
        posts: vec![post(4, A, text), post(5, b, text), post(6, C, text)],
        addresses: vec![
            address(7, A, "192.0.2.7", "2026-03-01T10:00:00Z"),
            address(8, A, "192.0.2.7", "2026-03-02T10:00:00.123Z"),
            address(9, b, "2001:db8::7", ""),
            address(10, b, &format!("not an address{text}"), "2026-03-02T11:00:00Z"),
        ],
        media: vec![picture(11, A, text), picture(12, b, "")],
        links: vec![
            link(1, b, A, Relation::SameHand, 2.31, text),
            link(2, b, A, Relation::Coordination, -0.5, text),
        ],
        explanations: vec![
            explanation((1, 1), "copied_text", Standing::Open, b, text),
            explanation((2, 1), "common_event", Standing::Supported, b, ""),
            explanation((3, 9), "copied_text", Standing::Open, b, ""),
        ],
        identities: vec![Identity {
            id: RowId::derived("idt", 1),
            members: vec![b.clone(), A.into()],
            weakest_link: RowId::derived("lnk", 1),
            weakest: 2.31,
            cohesion: 2.31,
            would_split: vec!["one_link".into()],
            rows: vec!["lnk:1".into()],
        }],
        exhibits: vec![
            exhibit("1", "forum.csv", None),
            exhibit("2", "archive.zip", None),
            exhibit("2.1", &format!("data{text}.js"), Some("2")),
        ],
    }
}

impl Rows {
    /// The same rows, the last first.
    pub(crate) fn reversed(mut self) -> Self {
        self.accounts.reverse();
        self.addresses.reverse();
        self.media.reverse();
        self.links.reverse();
        self.explanations.reverse();
        self.exhibits.reverse();
        self
    }

    /// A case of these rows.
    pub(crate) fn case(self, text: &str) -> Case {
        let graph = CaseGraph::build(&GraphInput {
            accounts: &self.accounts,
            posts: &self.posts,
            addresses: &self.addresses,
            media: &self.media,
            links: &self.links,
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
