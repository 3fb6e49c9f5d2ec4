use super::*;

fn world(group: bool) -> Shares {
    let (mut triples, mut names) = (Vec::new(), Vec::new());
    for object in 0..30_i64 {
        for account in 0..20_i64 {
            // A sharer that comes back with the same delay to nobody.
            let at = object * 900_000 + (account * 7919 + object * object * 104_729) % 400_000;
            names.push((format!("a{account:02}"), format!("o{object:02}"), at));
        }
        if group && object % 5 == 0 {
            for account in 0..3 {
                let at = object * 900_000 + 500_000 + account * 20;
                names.push((format!("g{account}"), format!("o{object:02}"), at));
            }
        }
    }
    for (account, object, at) in &names {
        triples.push((account.as_str(), object.as_str(), *at, 0));
    }
    Shares::new(&triples)
}

#[test]
fn a_group_stands_out_and_others_do_not() {
    let shares = world(true);
    let found = together(&shares, |_| true);
    let strong: Vec<(u32, u32)> =
        found.pairs.iter().filter(|pair| pair.score > 2.3).map(|pair| (pair.a, pair.b)).collect();
    assert_eq!(strong, [(20, 21), (20, 22), (21, 22)]);
    assert!(together(&world(false), |_| true).pairs.iter().all(|pair| pair.score < 2.3));
    let only = together(&shares, |number| number < 21);
    assert!(only.pairs.iter().all(|pair| pair.b < 21));
}

#[test]
fn links_of_one_act_are_one_occasion() {
    let triples: Vec<(&str, &str, i64, u32)> = ["u", "v", "w"]
        .iter()
        .flat_map(|object| [("a", *object, 100, 0), ("b", *object, 105, 0)])
        .collect();
    assert_eq!(together(&Shares::new(&triples), |_| true).pairs, []);
    let mut twice = triples.clone();
    twice.extend([("a", "x", 100_000, 0), ("b", "x", 100_005, 0)]);
    let found = together(&Shares::new(&twice), |_| true);
    assert_eq!((found.pairs[0].occasions, found.pairs[0].near), (2, 2));
    assert_eq!(found.coverage.objects, 4);
}

#[test]
fn coarse_times_say_less() {
    let of = |width| {
        let shares: Vec<(&str, String, i64, u32)> = (0..4_i64)
            .flat_map(|n| ["a", "b"].map(|account| (account, format!("o{n}"), n * 90_000, width)))
            .collect();
        let triples: Vec<(&str, &str, i64, u32)> =
            shares.iter().map(|(a, o, at, width)| (*a, o.as_str(), *at, *width)).collect();
        together(&Shares::new(&triples), |_| true).pairs
    };
    assert_eq!(of(0).len(), 1);
    assert_eq!(of(60).len(), 1);
    assert_eq!(of(3600), [], "an hour is never near");
}
