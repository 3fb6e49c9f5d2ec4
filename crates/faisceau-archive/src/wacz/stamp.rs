//! Time stamps of seals, verified by `faisceau-timestamp`. In: roots that the user trusts. Out: a
//! check for [`Trust::stamp`](super::Trust). Refused: every token of which one check did not pass.

use faisceau_timestamp::{Over, Roots, Verdict, verify};

use super::seal::{StampCheck, StampSays};

/// A check of time stamps under these roots. The certificates beside a token are used to build its
/// chain, and never believed.
pub fn stamp_check(roots: &Roots) -> Box<StampCheck<'_>> {
    Box::new(|token, over, certificates| {
        let verdict = verify(token, Over::Data(over), roots, certificates);
        let verdict = verdict.map_err(|e| e.to_string())?;
        match why_not(&verdict) {
            None => {
                let signer = verdict.chain.first().map(|link| link.facts.subject.clone());
                Ok(StampSays { at: verdict.token.gen_time, authority: signer.unwrap_or_default() })
            }
            Some(why) => Err(why),
        }
    })
}

/// Why a token does not hold: the first check that failed.
pub(super) fn why_not(verdict: &Verdict) -> Option<String> {
    if verdict.holds() {
        return None;
    }
    let found = verdict.findings().next().map(|(_, finding)| finding.to_string());
    Some(found.unwrap_or_else(|| "a check could not be made".to_owned()))
}
