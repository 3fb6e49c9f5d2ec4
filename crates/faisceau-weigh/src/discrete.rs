//! Values that two accounts share: Fellegi and Sunter with conventional rates.
//!
//! In: comparisons whose score is the rarity of a value, and `discrete.toml`. Out: log10 LRs. LR =
//! m / (u + error): m, how often one person's accounts agree; u, how often others hold this very
//! value; error, the chance that the agreement is a mistake of the record. Rates are conventions,
//! each with its ground, and the caps are low for that reason. Sharing nothing says nothing.

use faisceau_model::rows::Comparison;
use faisceau_model::{Cap, Lr};
use serde::Deserialize;

/// 97.5 % quantile of the normal distribution.
const Z: f64 = 1.959_964;

/// Explanations that make a trace one of the weaker sort, which has a cap of its own.
const WEAKER: [&str; 7] = [
    "common_name",
    "common_site",
    "copied_link",
    "mail_alias",
    "masked_fragment",
    "reassigned_address",
    "third_party_identifier",
];

/// The rates of one kind of trace.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Trace {
    signal: String,
    /// Kind of access, or `any`.
    kind: String,
    /// Share of pairs of one person's accounts that agree.
    m: f64,
    /// Chance that an agreement is a mistake.
    error: f64,
    /// Conventional share of other people who hold the same value.
    rate: f64,
    /// Accounts that this convention weighs as much as.
    rate_accounts: f64,
    /// Highest log10 LR.
    cap: f64,
    /// Highest log10 LR of the weaker sort: uses far apart, masked values, values of others.
    cap_apart: f64,
    /// Ground of the values.
    basis: String,
}

/// The file `discrete.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Discrete {
    trace: Vec<Trace>,
}

impl Discrete {
    pub(crate) fn parse(text: &str) -> Result<Self, crate::CalibrationError> {
        let discrete: Self = toml::from_str(text)?;
        discrete.trace.iter().try_for_each(Trace::check)?;
        Ok(discrete)
    }

    /// The LR of a comparison, or `None` when no convention is written for it.
    pub(crate) fn lr(&self, comparison: &Comparison) -> Option<Lr> {
        let kind = comparison.access.known().map_or("any", |kind| kind.as_str());
        let of_signal = |trace: &&Trace| trace.signal == comparison.signal;
        let trace = self.trace.iter().filter(of_signal).find(|trace| trace.kind == kind);
        trace?.lr(comparison)
    }
}

impl Trace {
    fn check(&self) -> Result<(), crate::CalibrationError> {
        let shares = [self.m, self.error, self.rate].iter().all(|x| *x > 0.0 && *x <= 1.0);
        let caps = 0.0 <= self.cap_apart && self.cap_apart <= self.cap && self.cap.is_finite();
        let weight = self.rate_accounts.is_finite() && self.rate_accounts >= 1.0;
        if shares && caps && weight && !self.basis.trim().is_empty() {
            return Ok(());
        }
        Err(crate::CalibrationError::Table {
            signal: self.signal.clone(),
            problem: "has a convention without ground, or whose shares or caps are not in range",
        })
    }

    /// The score is −log10 of the frequency among N + 1 accounts; the convention adds its own.
    fn lr(&self, comparison: &Comparison) -> Option<Lr> {
        let seen = comparison.material_a.max(0) as f64 + 1.0;
        let frequency = libm::exp10(-comparison.score).clamp(0.0, 1.0);
        let accounts = seen + self.rate_accounts;
        let u = (frequency * seen + self.rate * self.rate_accounts) / accounts;
        let (rare, common) = wilson(u, accounts);
        let log10 = |u: f64| libm::log10(self.m / (u + self.error));
        let apart = comparison.innocent.iter().any(|code| WEAKER.contains(&code.as_str()));
        let cap = Cap { low: 0.0, high: if apart { self.cap_apart } else { self.cap } };
        Lr::calibrated(log10(u), log10(common).min(log10(u)), log10(rare).max(log10(u)), cap)
    }
}

/// Wilson's 95 % interval of a share seen on `count` accounts.
fn wilson(share: f64, count: f64) -> (f64, f64) {
    let z2 = Z * Z / count;
    let centre = share + z2 / 2.0;
    let half = Z * (share * (1.0 - share) / count + z2 / 4.0 / count).sqrt();
    (((centre - half) / (1.0 + z2)).max(0.0), ((centre + half) / (1.0 + z2)).min(1.0))
}

#[cfg(test)]
mod tests {
    use faisceau_model::{Absent, AccountKey, Family, Maybe, RowId};

    use super::*;

    #[test]
    fn wilson_gives_the_textbook_interval() {
        let (low, high) = wilson(0.5, 10.0);
        assert!((low - 0.2366).abs() < 1e-4 && (high - 0.7634).abs() < 1e-4, "{low} {high}");
    }

    #[test]
    fn a_convention_without_ground_is_refused() {
        let text = r#"[[trace]]
signal = "shared_address"
kind = "vpn"
m = 0.5
error = 0.01
rate = 0.01
rate_accounts = 10
cap = 1
cap_apart = 0
basis = " "
"#;
        let error = Discrete::parse(text).unwrap_err();
        assert!(error.to_string().contains("without ground"), "{error}");
        assert!(Discrete::parse(&text.replace("\" \"", "\"said\"")).is_ok());
    }

    #[test]
    fn every_discrete_signal_has_a_convention_and_the_weaker_sort_its_cap() {
        let discrete =
            Discrete::parse(include_str!("../../../datasets/reference/discrete.toml")).unwrap();
        for (signal, weaker) in [
            ("rare_phrase", None),
            ("shared_device", None),
            ("shared_link", Some("common_site")),
            ("shared_mail", Some("third_party_identifier")),
            ("shared_phone", Some("masked_fragment")),
            ("shared_phrase", None),
            ("sharer_id", Some("copied_link")),
            ("similar_handle", Some("common_name")),
        ] {
            let of = |innocent: Option<&str>| {
                let comparison = Comparison {
                    id: RowId::derived("cmp", 1),
                    a: AccountKey::by_id("x", "1"),
                    b: AccountKey::by_id("x", "2"),
                    signal: signal.to_owned(),
                    family: Family::Objects,
                    score: 3.0,
                    material_a: 500,
                    material_b: 500,
                    unit: "accounts".to_owned(),
                    access: Maybe::Missing(Absent::NotApplicable),
                    shared: Maybe::Missing(Absent::NotApplicable),
                    parts: Vec::new(),
                    innocent: innocent.into_iter().map(str::to_owned).collect(),
                    rows: Vec::new(),
                };
                discrete.lr(&comparison).unwrap()
            };
            let own = of(None);
            assert!(own.log10() > 0.0 && own.log10() <= own.cap().high, "{signal}: {own:?}");
            if let Some(weaker) = weaker {
                assert!(of(Some(weaker)).cap().high <= own.cap().high, "{signal}");
                assert!(of(Some(weaker)).log10() <= own.log10(), "{signal}");
            }
        }
    }
}
