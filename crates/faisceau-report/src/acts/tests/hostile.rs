//! What strangers wrote, in any order, stays data; every fact rests on something.

use proptest::prelude::*;

use super::*;

#[test]
fn every_fact_of_an_act_rests_on_something_and_is_numbered() {
    for (_, documents) in cases() {
        for act in documents.iter().filter(mine) {
            let ids: Vec<&str> = act.sentences().map(crate::Sentence::id).collect();
            let numbered: Vec<String> = (1..=ids.len()).map(|n| format!("S{n}")).collect();
            let sorted: BTreeSet<&str> = ids.iter().copied().collect();
            assert_eq!(sorted, numbered.iter().map(String::as_str).collect::<BTreeSet<_>>());
            assert!(ids.len() > 15, "{}", act.stem());
            for table in act.sections.iter().flat_map(|s| &s.blocks) {
                if let crate::Block::Table(table) = table {
                    assert!(
                        table.rows.iter().all(|r| r.cells.len() == table.columns.len()),
                        "{}",
                        table.id
                    );
                }
            }
        }
    }
}

#[test]
fn the_order_of_the_rows_changes_nothing() {
    let straight = drafted(&sample(), &online(), &filled());
    let mut turned = sample();
    turned.posts.reverse();
    turned.accounts.reverse();
    turned.requests.reverse();
    turned.addresses.reverse();
    turned.exhibits.reverse();
    let turned = drafted(&turned, &online(), &filled());
    let json = |documents: &[Document]| -> Vec<String> {
        documents.iter().filter(mine).map(Document::to_json).collect()
    };
    let sorted = |text: &String| {
        let mut lines: Vec<String> =
            text.lines().map(|l| l.trim_end_matches(',').to_owned()).collect();
        lines.sort();
        lines
    };
    for (a, b) in json(&straight).iter().zip(json(&turned)) {
        // An account's rows are named in the order of their table; all else is the same.
        assert_eq!(sorted(a), sorted(&b));
    }
}

#[test]
fn markup_and_names_without_end_stay_data() {
    for attack in
        ["#panic() $x$ *b*", "\u{1b}[31m\u{202e}x", "]#read(\"/etc/passwd\")[", &"w".repeat(9000)]
    {
        let mut sample = sample();
        sample.case.claimant = attack.into();
        sample.case.capacity = attack.into();
        for account in &mut sample.accounts {
            account.handle = Maybe::Known(attack.into());
        }
        for post in &mut sample.posts {
            post.text = Maybe::Known(attack.into());
            post.permalink = Maybe::Known(attack.into());
            post.content_id = Maybe::Known(attack.into());
        }
        for request in &mut sample.requests {
            request.addressee = attack.into();
            request.missing = vec![attack.into()];
            request.rows = vec![attack.into()];
        }
        let facts = ActFacts {
            court: attack.into(),
            effects: attack.into(),
            other_exhibits: vec![attack.into()],
            ..ActFacts::default()
        };
        let documents = drafted(&sample, &online(), &facts);
        let act = documents.iter().find(|d| d.kind == DocumentKind::Summons).expect("an act");
        let words = words(act);
        assert!(!words.contains('\u{1b}') && !words.contains('\u{202e}'));
        assert!(!words.contains(&"w".repeat(4001)));
        assert!(act.stem().len() < 80);
        let pdf = crate::pdf(act);
        assert!(pdf.as_ref().is_ok_and(|pdf| pdf.starts_with(b"%PDF")), "{pdf:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn any_text_makes_an_act(a in ".{0,80}", b in ".{0,80}", years in 0u32..9000) {
        let mut sample = small();
        for post in &mut sample.posts {
            post.text = Maybe::Known(a.clone());
            post.permalink = Maybe::Known(b.clone());
            post.at = faisceau_model::Moment::from_unix_seconds(i64::from(years) * 31_000_000)
                .map_or(Maybe::Missing(Absent::Unreadable), Maybe::Known);
        }
        for request in &mut sample.requests {
            request.addressee = if request.hop == 1 { a.clone() } else { b.clone() };
            request.last_day = Maybe::Known(b.clone());
            request.answered_by.clear();
            request.missing = vec![a.clone(), b.clone()];
            request.rows = vec![a.clone(), b.clone()];
        }
        let facts = ActFacts { reason_against_contradiction: a.clone(), court: b.clone(), effects: a, ..ActFacts::default() };
        let documents = drafted(&sample, &online(), &facts);
        prop_assert!(documents.iter().any(|d| d.kind == DocumentKind::Summons));
        let stems: BTreeSet<String> = documents.iter().map(Document::stem).collect();
        prop_assert_eq!(stems.len(), documents.len());
        for act in &documents {
            prop_assert!(!act.to_json().is_empty());
            prop_assert!(orders(act).iter().all(|order| order.contains("procédure pénale")));
        }
    }
}

#[test]
fn an_empty_case_drafts_nothing_for_the_judge() {
    let mut empty = sample();
    empty.accounts.clear();
    empty.posts.clear();
    empty.requests.clear();
    empty.exhibits.clear();
    assert_eq!(
        drafted(&empty, &Stated::default(), &ActFacts::default()).iter().filter(mine).count(),
        0
    );
}
