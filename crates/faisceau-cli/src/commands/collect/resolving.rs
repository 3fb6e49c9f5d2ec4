//! Whom a question to the DNS goes to, and how they are reached.

use std::time::Duration;

use faisceau_collect::dial::Dialer;
use faisceau_collect::dns::{Resolver, Settings, Ways};
use faisceau_collect::http::{Client, Event, NotRecorded, Settings as WebSettings, judge};
use faisceau_collect::tls::Tls;
use faisceau_collect::{Clock, dns::CollectError};
use jiff::Timestamp;

use crate::arguments::ResolverArguments;
use crate::clock;
use crate::commands::web;
use crate::exit::Exit;
use crate::printer::Failure;

/// Why nothing is asked without a resolver.
pub(super) fn nobody() -> Failure {
    Failure::new(Exit::WrongUse, CollectError::NoResolver.to_string()).hint(
        "name one with `--resolver IP:PORT`. It learns every address and name that you ask about, \
         and when, and it asks the name servers of the addresses and names in turn: whoever runs \
         those may see that somebody looks. `--dry-run` shows the questions and sends nothing",
    )
}

/// How the servers are reached.
pub(super) struct Resolving<'w> {
    how: &'w ResolverArguments,
    tls: Option<Tls>,
}

impl<'w> Resolving<'w> {
    /// TLS is set up where a server speaks it.
    pub(super) fn new(how: &'w ResolverArguments) -> Result<Self, Failure> {
        let open = how.resolvers.iter().all(Resolver::is_open);
        let dialer = Dialer { allowed: how.allowed.iter().copied().collect(), ..Dialer::default() };
        for resolver in &how.resolvers {
            if let Resolver::Https(url) = resolver {
                judge(url, &dialer).map_err(|e| Failure::new(Exit::WrongUse, e.to_string()))?;
            }
        }
        let tls = (!open).then(|| web::tls_with(&how.roots)).transpose()?;
        Ok(Self { how, tls })
    }

    pub(super) fn settings(&self) -> Settings {
        Settings {
            concurrency: self.how.concurrency,
            timeout: Duration::from_millis(self.how.timeout.into()),
            retries: self.how.retries,
            rate: self.how.rate,
        }
    }

    /// Lets `ask` reach them.
    pub(super) fn with<T>(
        &self,
        now: Timestamp,
        ask: impl FnOnce(&mut Ways<'_>, &Clock<'_>) -> T,
    ) -> T {
        let ticking = || clock::now().unwrap_or(now);
        let Some(tls) = &self.tls else { return ask(&mut Ways::default(), &ticking) };
        let timeout = Duration::from_millis(self.how.timeout.into());
        let dial = |name: &str, address| tls.dial(name, address, timeout);
        let dialer = Dialer {
            allowed: self.how.allowed.iter().copied().collect(),
            timeout,
            ..Dialer::default()
        };
        let settings =
            WebSettings { robots: false, interval: Duration::ZERO, ..WebSettings::default() };
        let (mut kept, mut told) = (NotRecorded, |_: Event<'_>| {});
        let recorded = Vec::new();
        let mut client =
            Client::new(settings, dialer, tls.clone(), &ticking, &mut kept, recorded, &mut told);
        ask(&mut Ways { dial: Some(&dial), fetch: Some(&mut client) }, &ticking)
    }
}
