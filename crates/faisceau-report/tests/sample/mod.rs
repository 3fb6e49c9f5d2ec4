//! A made-up case, large enough to fill every section. All names, addresses and ids are invented;
//! addresses come from the documentation ranges.

mod annexes;
mod checks;
mod contributions;
mod explained;
mod mails;
mod provenance;
mod raids;
pub(crate) mod requests;
mod rows;
mod weighed;

use annexes::{datasets, rejects, validation};
use checks::{answers, clocks, sign_ins, signatures, unknown_fields, verdicts};
use faisceau_model::rows::{
    Account, Address, AddressVerdict, Answer, ClockCheck, Comparison, Contribution, ExhibitRow,
    Explanation, Identity, Link, MailHop, MailOrigin, MailVerdict, Media, Name, Post, Raid, Reject,
    Request, SignIn, Signature, UnknownField,
};
use faisceau_model::{Absent, AccessKind, Decision, ExhibitNo, Maybe, Review, RowId};
use faisceau_report::{
    CaseFacts, DatasetLine, Found, NoteInput, Provenance, Refused, StyleShift, Unsought,
    ValidationLine,
};
use requests::requests;
use rows::{ACCOUNTS, account, exhibit, image, post};
pub(crate) use rows::{address, at, key};
pub(crate) use weighed::link;
use weighed::{comparisons, identifiers, links};

/// Owns the rows that a [`NoteInput`] borrows.
pub(crate) struct Sample {
    pub(crate) case: CaseFacts,
    pub(crate) exhibits: Vec<ExhibitRow>,
    pub(crate) accounts: Vec<Account>,
    pub(crate) posts: Vec<Post>,
    pub(crate) addresses: Vec<Address>,
    pub(crate) uses: i64,
    pub(crate) media: Vec<Media>,
    pub(crate) mail_hops: Vec<MailHop>,
    pub(crate) mail_verdicts: Vec<MailVerdict>,
    pub(crate) mail_origins: Vec<MailOrigin>,
    pub(crate) names: Vec<Name>,
    pub(crate) verdicts: Vec<AddressVerdict>,
    pub(crate) sign_ins: Vec<SignIn>,
    pub(crate) comparisons: Vec<Comparison>,
    pub(crate) contributions: Vec<Contribution>,
    pub(crate) links: Vec<Link>,
    pub(crate) explanations: Vec<Explanation>,
    pub(crate) reviews: Vec<Review>,
    pub(crate) raids: Vec<Raid>,
    pub(crate) identities: Vec<Identity>,
    pub(crate) requests: Vec<Request>,
    pub(crate) clocks: Vec<ClockCheck>,
    pub(crate) signatures: Vec<Signature>,
    pub(crate) answers: Vec<Answer>,
    pub(crate) subscribers: i64,
    pub(crate) unknown_fields: Vec<UnknownField>,
    pub(crate) rejects: Vec<Reject>,
    pub(crate) refused: Vec<Refused>,
    pub(crate) datasets: Vec<DatasetLine>,
    pub(crate) settings: Vec<(String, String)>,
    pub(crate) validation: Vec<ValidationLine>,
    pub(crate) unsought: Unsought,
    pub(crate) provenance: Provenance,
    pub(crate) style_shifts: Vec<StyleShift>,
}

impl Sample {
    pub(crate) fn input(&self) -> NoteInput<'_> {
        NoteInput {
            case: &self.case,
            exhibits: &self.exhibits,
            accounts: &self.accounts,
            posts: &self.posts,
            addresses: &self.addresses,
            uses: self.uses,
            media: &self.media,
            mail_hops: &self.mail_hops,
            mail_verdicts: &self.mail_verdicts,
            mail_origins: &self.mail_origins,
            names: &self.names,
            verdicts: &self.verdicts,
            sign_ins: &self.sign_ins,
            comparisons: &self.comparisons,
            contributions: &self.contributions,
            links: &self.links,
            explanations: &self.explanations,
            reviews: &self.reviews,
            raids: &self.raids,
            identities: &self.identities,
            requests: &self.requests,
            clocks: &self.clocks,
            signatures: &self.signatures,
            answers: &self.answers,
            subscribers: self.subscribers,
            unknown_fields: &self.unknown_fields,
            rejects: &self.rejects,
            refused: &self.refused,
            datasets: &self.datasets,
            settings: &self.settings,
            validation: &self.validation,
            unsought: self.unsought,
            provenance: &self.provenance,
            style_shifts: &self.style_shifts,
            tool_version: "0.1.0",
        }
    }
}

/// Ninety uses of five addresses by four accounts.
fn used() -> Vec<Address> {
    let kinds = [
        ("192.0.2.17", Some(51_544), AccessKind::AccessLine),
        ("198.51.100.9", None, AccessKind::Cgnat),
        ("203.0.113.200", None, AccessKind::TorExit),
        ("2001:db8:4f3a:12::1", None, AccessKind::Vpn),
        ("192.0.2.80", Some(40_112), AccessKind::SharedSite),
    ];
    (0..90)
        .map(|n| {
            let (ip, port, access) = kinds[(n % 5) as usize];
            address(n, (n % 4) as usize, ip, port, access)
        })
        .collect()
}

/// A decision on a link that the note details.
fn reviewed(link: &Link) -> Review {
    Review {
        a: link.a.clone(),
        b: link.b.clone(),
        decision: Decision::Dismiss,
        because: "la ligne est celle d'une médiathèque".to_owned(),
        who: "M. Analyste".to_owned(),
        at: "2026-11-18T09:00:00Z".to_owned(),
        seq: 41,
        figures: "same_hand +4.03 [+2.64; +4.95]".to_owned(),
        earlier: 1,
    }
}

/// The case.
pub(crate) fn sample() -> Sample {
    let known = |text: &str| Maybe::Known(text.to_owned());
    let mut broken = exhibit("7", "capture(1).bin", Maybe::Missing(Absent::NoData), [0; 4]);
    broken.problem = known("no format is recognised");
    let mut partial = exhibit("9", "courriels.mbox", known("mbox"), [12, 12, 0, 0]);
    partial.problem = known("the file ends before its last message does");
    let mut links = links();
    let mut comparisons = comparisons(&links);
    comparisons.extend(raids::comparisons(&comparisons[0]));
    identifiers(&mut links[0]);
    links.extend(raids::links());
    let addresses = used();
    Sample {
        case: CaseFacts {
            title: "Mme A. – messages de mars à juin 2026".into(),
            claimant: "Mme B.".into(),
            capacity: "en qualité de représentante légale de sa fille mineure A.".into(),
            access_place: "Nantes (44)".into(),
            as_of: "2026-11-21".parse().expect("a date"),
            mission: "dire, d'après les pièces, quels comptes peuvent être rapprochés, avec quelle force, et ce qu'il faut demander, à qui et avant quelle date".into(),
            journal: Some("4be1".repeat(16)),
        },
        exhibits: vec![
            exhibit("1", "archive-x.zip", known("archive"), [14, 12, 2, 0]),
            exhibit("1.1", "data/tweets.js", known("x-archive"), [812, 812, 0, 0]),
            exhibit("1.2", "data/ip-audit.js", known("x-archive"), [96, 96, 0, 0]),
            exhibit("2", "captures instagram.pdf", Maybe::Missing(Absent::NoData), [0; 4]),
            exhibit("3", "result.json", known("telegram-json"), [1422, 1408, 14, 13]),
            exhibit("4", "forum.sql", known("mapped-csv"), [20_411, 20_411, 0, 0]),
            exhibit("5", "access.log.1", known("access-log"), [81_220, 81_212, 8, 0]),
            exhibit("6", "IMG_2031.JPG", known("jpeg"), [1, 1, 0, 0]),
            broken,
            exhibit("8", "access (copie).log", Maybe::Missing(Absent::NotApplicable), [0; 4]),
            partial,
        ],
        accounts: (0..ACCOUNTS.len()).map(account).collect(),
        posts: (0..640).map(|n| post(n, (n % 7) as usize)).collect(),
        verdicts: verdicts(&addresses),
        addresses,
        uses: 81_308,
        media: vec![image(1, 0), image(1, 1), image(2, 0)],
        mail_hops: Vec::new(),
        mail_verdicts: mails::verdicts(),
        mail_origins: mails::origins(),
        names: Vec::new(),
        sign_ins: sign_ins(),
        comparisons,
        contributions: contributions::contributions(),
        explanations: explained::explanations(&links),
        raids: raids::raids(),
        identities: vec![Identity {
            id: RowId::derived("idt", 1),
            members: vec![key(0).to_string(), key(1).to_string(), key(2).to_string()],
            weakest_link: RowId::derived("lnk", 2),
            weakest: 0.75,
            cohesion: 1.65,
            would_split: vec!["one_link".into(), "without_style".into(), "innocent_open".into()],
            would_join: Vec::new(),
            rows: vec!["lnk:1".into(), "lnk:2".into(), "lnk:3".into()],
        }],
        reviews: vec![reviewed(&links[0])],
        links,
        requests: requests(),
        clocks: clocks(),
        signatures: signatures(),
        answers: answers(),
        subscribers: 7,
        unknown_fields: unknown_fields(),
        rejects: rejects(),
        refused: vec![
            Refused {
                archive: Some(ExhibitNo::top(1)),
                member: "../../etc/passwd".into(),
                reason: "the name leaves the archive".into(),
            },
            Refused {
                archive: None,
                member: "captures/latest".into(),
                reason: "a symbolic link is not followed".into(),
            },
        ],
        datasets: datasets(),
        settings: vec![
            ("case.zone".into(), "Europe/Paris".into()),
            ("weigh.cluster_floor".into(), "0,30".into()),
            ("enrich.overlay_sha256".into(), "a1".repeat(32)),
        ],
        unsought: Unsought::default(),
        provenance: provenance::provenance(),
        style_shifts: vec![StyleShift {
            condition: String::new(),
            accounts: 41,
            pairs: 820,
            found: Found::Held { cost: 0.4123, expected: 0.3031, log10: -0.217 },
        }],
        validation: validation(),
    }
}
