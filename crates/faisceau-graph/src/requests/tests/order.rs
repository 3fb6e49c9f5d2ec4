//! Requests come in one order, whatever that of the rows.

use faisceau_model::{AccessKind, Moment};
use proptest::prelude::*;

use super::super::planted::{address, shuffle};
use super::planted;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn the_order_of_the_rows_does_not_matter(seed in any::<u64>()) {
        let mut case = planted();
        shuffle(&mut case.accounts, seed);
        shuffle(&mut case.posts, seed ^ 1);
        shuffle(&mut case.addresses, seed ^ 2);
        prop_assert_eq!(case.requests(), planted().requests());
    }

    #[test]
    fn requests_come_sorted_by_last_day_and_numbered(
        uses in prop::collection::vec((0u64..4, 0u8..6, 0i64..3, 1_700_000_000i64..1_790_000_000, 0usize..9), 0..60)
    ) {
        let mut case = planted();
        case.identities.clear();
        case.addresses = uses
            .iter()
            .enumerate()
            .map(|(n, &(who, ip, port, at, access))| {
                let account = ["x:1", "forum:@b", "discord:3", "instagram:@e"][who as usize];
                let when = Moment::from_unix_seconds(at).unwrap().to_string().replace(" UTC", "Z").replace(' ', "T");
                let port = (port > 0).then_some(port);
                address(n as u64, Some(account), &format!("203.0.113.{ip}"), port, &when, AccessKind::ALL[access])
            })
            .collect();
        let all = case.requests();
        let days: Vec<Option<&String>> = all.iter().map(|r| r.last_day.known()).collect();
        prop_assert!(days.is_sorted_by_key(|day| (day.is_none(), *day)));
        for (n, request) in all.iter().enumerate() {
            let id = format!("req:{}", n + 1);
            prop_assert_eq!(request.id.as_str(), id.as_str());
            let expired = request.missing.iter().any(|m| m == "expired");
            let past = request.last_day.known().is_some_and(|day| day.as_str() < "2026-11-21");
            prop_assert_eq!(expired, past);
            prop_assert!(!(expired && request.minimal));
        }
        // Every examined account is alone here: the plan reaches each, directly or by its line.
        prop_assert!(all.iter().filter(|r| r.minimal).count() >= 1);
    }
}
