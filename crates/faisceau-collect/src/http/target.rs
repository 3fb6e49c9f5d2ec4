//! What may be asked, and who asks.
//!
//! In: an address of the web. Out: whether it is asked, and the form in which it is. Refused: other
//! schemes, credentials, hosts that are not public.

use url::Url;

use crate::dial::Dialer;
use crate::http::message::{Answer, FetchError};

/// The word by which `robots.txt` may name this program.
pub const PRODUCT: &str = "faisceau";

/// Who asks, as every site is told.
pub fn user_agent(contact: Option<&str>) -> String {
    let version = env!("CARGO_PKG_VERSION");
    match contact {
        Some(contact) => format!("{PRODUCT}/{version} ({})", faisceau_model::excerpt(contact, 100)),
        None => format!("{PRODUCT}/{version}"),
    }
}

/// Judges a target before anything is sent.
///
/// # Errors
/// When it is none that is asked.
pub fn judge(url: &Url, dialer: &Dialer) -> Result<(), FetchError> {
    let refused = |why: String| {
        Err(FetchError::Refused { url: faisceau_model::excerpt(url.as_str(), 200), why })
    };
    if !matches!(url.scheme(), "http" | "https") {
        return refused(format!("`{}:` is not a page of the web", url.scheme()));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return refused("it has a user name or a password in it".to_owned());
    }
    match (url.host_str(), url.port_or_known_default()) {
        (Some(host), Some(port)) => match dialer.refuses(host, port) {
            Some(why) => refused(why),
            None => Ok(()),
        },
        _ => refused("it names no host".to_owned()),
    }
}

/// Where an answer leads.
pub(super) fn target(answer: &Answer) -> Option<Url> {
    answer.url.join(answer.header("Location")?).ok()
}

/// What a server is asked for: the fragment stays here.
pub(super) fn asked(url: &Url) -> String {
    url[..url::Position::AfterQuery].to_owned()
}
