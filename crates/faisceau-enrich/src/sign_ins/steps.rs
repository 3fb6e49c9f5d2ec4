//! What to do, in the order in which it is to be done.
//!
//! First what exists is preserved: a changed password ends sessions, and with them the list that
//! the platform shows of them. Then the account is secured, then the platform is asked.

use faisceau_model::SignInVerdict;

use super::judge::Judged;
use super::session::Session;

/// Services whose accounts hold a mailbox.
const MAIL: [&str; 6] = ["google", "gmail", "youtube", "microsoft", "outlook", "yahoo"];

/// The steps for a foreign session, or one that differs and changed the safety of the account.
pub(super) fn of(session: &Session<'_>, judged: &Judged) -> Vec<&'static str> {
    let changed = judged.verdict == SignInVerdict::Unusual && session.act.is_some();
    if judged.verdict != SignInVerdict::Foreign && !changed {
        return Vec::new();
    }
    let mut steps = vec!["preserve", "password", "revoke_sessions", "recovery"];
    if MAIL.contains(&session.account.platform()) {
        steps.extend(["forwarding", "app_passwords"]);
    }
    steps.extend(["two_factor", "ask_log", "complaint", "deadline"]);
    steps
}
