//! The rows of the sample that say what was checked of its exhibits.

use faisceau_model::rows::{
    Address, AddressVerdict, Answer, ClockCheck, SignIn, Signature, UnknownField,
};
use faisceau_model::{
    Absent, ClockVerdict, ExhibitNo, Head, Listing, Maybe, Moment, Place, Question, RowId,
    SignInVerdict, SignatureState,
};

use super::{at, key};

/// One answer of each kind for the first addresses, a hostile value among them.
pub(crate) fn verdicts(addresses: &[Address]) -> Vec<AddressVerdict> {
    let listings = [Listing::Listed, Listing::NotListed, Listing::NoData];
    let of = |address: &Address, part: u32, question: Question| AddressVerdict {
        id: address.id.with_prefix("vdt").with_part(part),
        exhibit: address.exhibit,
        place: address.place.clone(),
        address: address.id.clone(),
        account: address.account.clone(),
        ip: address.ip.clone(),
        port: address.port,
        at: address.at,
        question,
        listing: listings[part as usize % 3],
        value: match question {
            Question::City => Maybe::Known("<b>Lyon</b>\u{202e}=1+1".to_owned()),
            _ => Maybe::Missing(Absent::NotApplicable),
        },
        source: "vpn@2026-02-11".to_owned(),
        dated: Maybe::Known("2026-02-11".to_owned()),
        days: Maybe::Known(81),
        heuristic: part.is_multiple_of(2),
        notes: vec!["kind_of_whole_network".to_owned()],
    };
    let questions = || (0..).zip(Question::ALL.iter().copied());
    let each = |address| questions().map(move |(part, question)| of(address, part, question));
    addresses.iter().take(5).flat_map(each).collect()
}

/// Two clocks that agree, three that do not, one alone.
pub(crate) fn clocks() -> Vec<ClockCheck> {
    let row = |n: u64, i: usize, scheme: &str, implied: &str, difference: Option<i64>| {
        let place = Place::Pointer(format!("/posts/{n}"));
        let exhibit = ExhibitNo::top(1);
        let implied: Moment = at(implied);
        let declared =
            difference.and_then(|ms| Moment::from_unix_millis(implied.at_us() / 1000 + ms));
        ClockCheck {
            id: RowId::at("clk", exhibit, &place, 0),
            row: RowId::at("post", exhibit, &place, 0),
            exhibit,
            place,
            account: key(i),
            scheme: scheme.to_owned(),
            native_id: Maybe::Known("1790000000000000000".to_owned()),
            implied,
            declared: Maybe::or_absent(declared, Absent::NotExported),
            difference: Maybe::or_absent(difference, Absent::NotApplicable),
            tolerance: 2000,
            verdict: match difference {
                None => ClockVerdict::Alone,
                Some(-2000..=2000) => ClockVerdict::Agrees,
                Some(_) => ClockVerdict::Disagrees,
            },
            client_made: scheme == "bluesky-tid",
        }
    };
    vec![
        row(1, 0, "x-snowflake", "2026-03-01T10:00:00.120Z", Some(-120)),
        row(2, 0, "x-snowflake", "2026-03-01T11:00:00.120Z", Some(3_600_000)),
        row(3, 1, "x-snowflake", "2026-03-02T11:00:00.120Z", Some(0)),
        row(4, 1, "x-snowflake", "2026-03-02T12:00:00.120Z", None),
        row(5, 2, "bluesky-tid", "2026-03-03T12:00:00.120Z", Some(-864_000_000)),
        row(6, 2, "server-stamp", "2026-03-04T12:00:00.120Z", Some(-75_000)),
    ]
}

/// One of each state.
pub(crate) fn signatures() -> Vec<Signature> {
    let states = SignatureState::ALL.iter().zip(6..);
    states
        .map(|(state, no)| Signature {
            id: RowId::at("sig", ExhibitNo::top(no), &Place::Whole, 0),
            exhibit: ExhibitNo::top(no),
            place: Place::Whole,
            scheme: "openpgp-cleartext".to_owned(),
            state: *state,
            key: Maybe::Known("0123456789ABCDEF0123456789ABCDEF01234567".to_owned()),
            signer: Maybe::Known("Service <b>juridique</b> <law@example.org>".to_owned()),
            key_exhibit: match state {
                SignatureState::NoKey => Maybe::Missing(Absent::NoData),
                _ => Maybe::Known(ExhibitNo::top(9)),
            },
            signed: Maybe::Known(at("2026-04-01T08:00:00Z")),
            detail: format!("state {state}"),
        })
        .collect()
}

/// Two answers.
pub(crate) fn answers() -> Vec<Answer> {
    let row = |no: u32, request: &str, head, read, usable| Answer {
        id: RowId::at("ans", ExhibitNo::top(no), &Place::Whole, 0),
        exhibit: ExhibitNo::top(no),
        request: request.to_owned(),
        addressee: "X".to_owned(),
        head,
        row: Maybe::Known(RowId::derived("req", 1)),
        read,
        connections: read - 1,
        usable,
        subscribers: 4,
    };
    vec![
        row(5, "C3 X x:1712345678901", Head::C3, 14, 11),
        row(6, "C1 X x:1712345678901", Head::C1, 3, 0),
    ]
}

/// Three names in two exhibits, one of them hostile.
pub(crate) fn unknown_fields() -> Vec<UnknownField> {
    let row = |no: u32, n: u32, field: &str, records| UnknownField {
        id: RowId::at("fld", ExhibitNo::top(no), &Place::Whole, n),
        exhibit: ExhibitNo::top(no),
        place: Place::Whole,
        field: field.to_owned(),
        records,
    };
    vec![
        row(1, 0, "edit_control.initial", 220),
        row(1, 1, "=HYPERLINK(\"http://x\")", 1),
        row(3, 0, "message.effect_id", 3),
    ]
}

/// A foreign session that changed the password, its login, a session from elsewhere, and a usual one.
pub(crate) fn sign_ins() -> Vec<SignIn> {
    let row = |n: u64, at_text: &str, verdict: SignInVerdict, action: &str, reasons: &[&str]| {
        let place = Place::Line { number: n, byte: n * 90 };
        let exhibit = ExhibitNo::top(1);
        let foreign = verdict == SignInVerdict::Foreign;
        let steps =
            ["preserve", "password", "revoke_sessions", "two_factor", "ask_log", "deadline"];
        let texts = |codes: &[&str]| codes.iter().map(ToString::to_string).collect::<Vec<_>>();
        SignIn {
            id: RowId::at("sgn", exhibit, &place, 0),
            connection: RowId::at("con", exhibit, &place, 0),
            address: RowId::at("adr", exhibit, &place, 0),
            exhibit,
            place,
            account: key(6),
            at: Maybe::Known(at(at_text)),
            ip: if foreign { "203.0.113.77" } else { "192.0.2.17" }.to_owned(),
            port: Maybe::or_absent(foreign.then_some(51_002), Absent::NotRecorded),
            operator: Maybe::Known("Opérateur d'Exemple SA".to_owned()),
            country: Maybe::Known("FR".to_owned()),
            device: Maybe::Known("Mozilla/5.0 \"#panic(1)\" Firefox/128.0".to_owned()),
            action: Maybe::Known(action.to_owned()),
            network_days: if foreign { 0 } else { 212 },
            device_days: if foreign { 0 } else { 198 },
            hour_share: Maybe::Known(if foreign { 0.004 } else { 0.21 }),
            verdict,
            reasons: texts(reasons),
            steps: if foreign { texts(&steps) } else { Vec::new() },
            episode: Maybe::or_absent(foreign.then_some(1), Absent::NotApplicable),
        }
    };
    let differs = ["new_network", "new_device", "odd_hour", "may_be_new_line", "may_be_household"];
    let changed =
        ["new_network", "new_device", "security_action", "act_password", "may_be_household"];
    vec![
        row(1, "2026-04-02T18:00:00Z", SignInVerdict::Usual, "Login", &[]),
        row(2, "2026-04-03T02:14:09Z", SignInVerdict::Foreign, "Login", &differs),
        row(3, "2026-04-03T02:16:41Z", SignInVerdict::Foreign, "Password changed", &changed),
        row(4, "2026-04-09T11:00:00Z", SignInVerdict::Unusual, "Login", &["new_device"]),
    ]
}
