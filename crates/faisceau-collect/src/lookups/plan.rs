//! What is going to be asked of which endpoint.
//!
//! In: endpoints and targets. Out: the URLs, each once, in the order given.

use std::collections::BTreeSet;
use std::net::IpAddr;

use url::{Host, Url};

use crate::addresses;
use crate::dns::LeftOut;
use crate::dns::question::name_of;
use crate::tells::Tells;

/// What cannot be looked up.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{}` is {why}", faisceau_model::excerpt(.text, 80))]
pub struct LookupError {
    text: String,
    why: &'static str,
}

/// What an endpoint holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum EndpointKind {
    /// Logged certificates.
    Certificates,
    /// Archived pages.
    Captures,
}

/// Somebody who is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// What it holds.
    pub kind: EndpointKind,
    /// Where, without the question.
    pub url: Url,
}

/// Endpoints and what they are asked.
#[derive(Debug, Clone, Default)]
pub struct LookupPlan {
    endpoints: Vec<Endpoint>,
    pub(super) requests: Vec<(EndpointKind, String, Url)>,
    pub(super) left_out: Vec<LeftOut>,
    known: BTreeSet<Url>,
}

impl LookupPlan {
    /// A plan for endpoints.
    ///
    /// # Errors
    /// When one is no HTTP or bears credentials.
    pub fn new(endpoints: Vec<Endpoint>) -> Result<Self, LookupError> {
        for Endpoint { url, .. } in &endpoints {
            let wrong = |why| LookupError { text: url.to_string(), why };
            if !matches!(url.scheme(), "http" | "https") {
                return Err(wrong("no endpoint over HTTP"));
            }
            if !url.username().is_empty() || url.password().is_some() {
                return Err(wrong("an endpoint with credentials, and nobody logs in here"));
            }
        }
        Ok(Self { endpoints, ..Self::default() })
    }

    /// Asks every endpoint about a name; `below` asks for the names below it too. An archive is asked
    /// about a URL as well, which no log of certificates is.
    ///
    /// # Errors
    /// When it is neither a name nor a URL.
    pub fn add(&mut self, target: &str, below: bool) -> Result<(), LookupError> {
        let target = target.trim();
        let wrong = |why| LookupError { text: target.to_owned(), why };
        let (name, page) = if target.contains("://") {
            let url = Url::parse(target).map_err(|_| wrong("no URL"))?;
            if !url.username().is_empty() || url.password().is_some() {
                return Err(wrong("a URL with credentials, which nobody is told here"));
            }
            let host = url.host().ok_or_else(|| wrong("a URL without a host"))?.to_owned();
            (host, Some(url))
        } else {
            (Host::parse(target).map_err(|_| wrong("no name"))?, None)
        };
        let refusal = match &name {
            Host::Domain(name) => {
                let name = name_of(name).map_err(|_| wrong("no name"))?;
                addresses::of_name(&name)
            }
            Host::Ipv4(ip) => addresses::of_address(IpAddr::V4(*ip)),
            Host::Ipv6(ip) => addresses::of_address(IpAddr::V6(*ip)),
        };
        if let Some(why) = refusal {
            self.left_out.push(LeftOut { what: target.to_owned(), why });
            return Ok(());
        }
        let name = name.to_string();
        let name = name.trim_end_matches('.');
        for endpoint in self.endpoints.clone() {
            let mut url = endpoint.url.clone();
            match (endpoint.kind, &page) {
                (EndpointKind::Certificates, Some(_)) => {
                    let why = "a log of certificates knows names alone".to_owned();
                    self.left_out.push(LeftOut { what: target.to_owned(), why });
                    continue;
                }
                (EndpointKind::Certificates, None) => {
                    let wanted = if below { format!("%.{name}") } else { name.to_owned() };
                    url.query_pairs_mut().append_pair("q", &wanted).append_pair("output", "json");
                }
                (EndpointKind::Captures, page) => {
                    let wanted = page.as_ref().map_or(name, Url::as_str);
                    let mut pairs = url.query_pairs_mut();
                    pairs.append_pair("url", wanted).append_pair("output", "json");
                    if below && page.is_none() {
                        pairs.append_pair("matchType", "domain");
                    }
                }
            }
            if self.known.insert(url.clone()) {
                self.requests.push((endpoint.kind, target.to_owned(), url));
            }
        }
        Ok(())
    }

    /// The URLs that would be asked, in their order.
    pub fn urls(&self) -> impl Iterator<Item = &Url> {
        self.requests.iter().map(|(.., url)| url)
    }

    /// What is not asked about.
    pub fn left_out(&self) -> &[LeftOut] {
        &self.left_out
    }

    /// Who would learn what.
    pub fn tells(&self) -> Vec<Tells> {
        let mut tells: Vec<Tells> = Vec::new();
        for (_, target, url) in &self.requests {
            let host = url.host_str().unwrap_or_default();
            let learns = format!("that you ask about {target}, when; your address");
            tells.push(Tells::new(host, learns));
        }
        tells
    }
}
