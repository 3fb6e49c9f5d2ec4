//! Asking registries.
//!
//! In: a plan, whoever fetches, a clock. Out: [`Registered`]. An address inside a network that has
//! answered is not asked about again. A server that says that it is asked too often (429) is left
//! alone; redirections are followed by whoever fetches.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use url::Url;

use super::bootstrap::{Bootstrap, Kind};
use super::line;
use super::object::Object;
use super::plan::{RdapPlan, Source};
use super::target::Target;
use crate::Clock;
use crate::dns::{CollectError, LeftOut};
use crate::http::{Answer, Fetch, FetchError, Request};
use crate::pace::Pace;

/// The media types of answers and lists.
const ACCEPT: &str = "application/rdap+json, application/json;q=0.9";

/// An address inside a network that had answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Covered {
    /// The address.
    pub address: IpAddr,
    /// The target whose answer holds it too.
    pub by: Target,
}

/// What registries said.
#[derive(Debug, Clone)]
pub struct Registered {
    /// Lines of the form `rdap/1`, one for each target that was asked about.
    pub bytes: Vec<u8>,
    /// Targets of the plan.
    pub targets: u64,
    /// Targets with an answer that says something of them.
    pub answered: u64,
    /// Targets of which the registry knows nothing (404).
    pub unknown: u64,
    /// Targets with another status, or a body that cannot be read, with the reason.
    pub failed: Vec<LeftOut>,
    /// Addresses that an answer to another target covers.
    pub covered: Vec<Covered>,
    /// What was not asked about, with the reason.
    pub left_out: Vec<LeftOut>,
    /// Requests that left, those for lists too; without redirections.
    pub sent: u64,
    /// When the first request left.
    pub began: Timestamp,
    /// When the last request had ended.
    pub ended: Timestamp,
}

impl Registered {
    /// Whether every target has an answer, its own or one that covers it.
    pub fn is_complete(&self) -> bool {
        self.answered + self.unknown + self.covered.len() as u64 == self.targets
    }
}

/// The state of a run.
struct Run<'r> {
    fetch: &'r mut dyn Fetch,
    clock: &'r Clock<'r>,
    pace: Pace,
    ranges: Vec<(IpAddr, IpAddr, Target)>,
    left_alone: BTreeSet<String>,
    /// Why nothing more may be asked.
    stopped: Option<String>,
    out: Registered,
}

impl RdapPlan {
    /// Asks at most `rate` requests a second. `progress` hears how many targets of how many have
    /// ended.
    ///
    /// # Errors
    /// When there is nothing to ask, or a line cannot be written.
    pub fn run(
        &self,
        fetch: &mut dyn Fetch,
        rate: Option<u32>,
        clock: &Clock<'_>,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Registered, CollectError> {
        if self.targets.is_empty() {
            return Err(CollectError::NothingToAsk);
        }
        let total = self.targets.len() as u64;
        let out = Registered {
            bytes: Vec::new(),
            targets: total,
            answered: 0,
            unknown: 0,
            failed: Vec::new(),
            covered: Vec::new(),
            left_out: self.left_out.clone(),
            sent: 0,
            began: clock(),
            ended: clock(),
        };
        let pace = Pace::new(rate, Instant::now());
        let (ranges, left_alone) = (Vec::new(), BTreeSet::new());
        let mut run = Run { fetch, clock, pace, ranges, left_alone, stopped: None, out };
        let lists = match &self.source {
            Source::Bootstrap(base) => run.lists(base, &self.lists()),
            Source::Server(_) => BTreeMap::new(),
        };
        for (done, target) in (1_u64..).zip(&self.targets) {
            match self.server(&lists, target) {
                Ok(server) => run.one(target, server)?,
                Err(why) => run.leave_out(target, why),
            }
            progress(done, total);
        }
        run.out.ended = clock();
        Ok(run.out)
    }

    fn server<'s>(
        &'s self,
        lists: &'s BTreeMap<Kind, Result<Bootstrap, String>>,
        target: &Target,
    ) -> Result<&'s Url, String> {
        match &self.source {
            Source::Server(url) => Ok(url),
            Source::Bootstrap(_) => match lists.get(&Kind::of(target)) {
                Some(Ok(list)) => list
                    .server(target)
                    .ok_or_else(|| "the list names no registry for it".to_owned()),
                Some(Err(why)) => Err(why.clone()),
                None => Err("there is no list for it".to_owned()),
            },
        }
    }
}

impl Run<'_> {
    fn lists(
        &mut self,
        base: &Url,
        kinds: &BTreeSet<Kind>,
    ) -> BTreeMap<Kind, Result<Bootstrap, String>> {
        let mut lists = BTreeMap::new();
        for kind in kinds {
            let list = below(base, &[kind.file().to_owned()])
                .ok_or_else(|| format!("{base} cannot have files below it"))
                .and_then(|url| {
                    let answer = self.ask(&url)?;
                    if answer.status != 200 || answer.cut.is_some() {
                        let cut = answer.cut.as_deref().unwrap_or("whole");
                        return Err(format!("{url}: status {}, {cut}", answer.status));
                    }
                    Bootstrap::parse(&answer.body).map_err(|why| format!("{url}: {why}"))
                });
            lists.insert(*kind, list);
        }
        lists
    }

    fn one(&mut self, target: &Target, server: &Url) -> Result<(), CollectError> {
        if let Target::Address(ip) = target {
            let range = self.ranges.iter().find(|(first, last, _)| first <= ip && ip <= last);
            if let Some((.., by)) = range {
                self.out.covered.push(Covered { address: *ip, by: by.clone() });
                return Ok(());
            }
        }
        let host = server.host_str().unwrap_or_default().to_owned();
        if self.left_alone.contains(&host) {
            self.leave_out(target, format!("{host} said that it is asked too often"));
            return Ok(());
        }
        if let Some(why) = self.stopped.clone() {
            self.leave_out(target, why);
            return Ok(());
        }
        let Some(url) = below(server, &target.path()) else {
            self.leave_out(target, format!("{server} cannot have paths below it"));
            return Ok(());
        };
        let at = (self.clock)();
        match self.ask(&url) {
            Ok(answer) => self.read(target, host, &answer),
            Err(why) => {
                line::append(&mut self.out.bytes, at, &url, None, None)?;
                self.fail(target, why);
                Ok(())
            }
        }
    }

    fn read(&mut self, target: &Target, host: String, answer: &Answer) -> Result<(), CollectError> {
        let object = match &answer.cut {
            Some(why) => Err(why.clone()),
            None => Object::parse(&answer.body),
        };
        let body = object.as_ref().ok().map(|object| &*object.body);
        let bytes = &mut self.out.bytes;
        line::append(bytes, answer.at, &answer.url, Some(answer.status), body)?;
        match (answer.status, object) {
            (200, Ok(object)) => {
                self.out.answered += 1;
                let range = object.range.filter(|range| holds(*range, target));
                let range = range.map(|(first, last)| (first, last, target.clone()));
                self.ranges.extend(range);
            }
            (200, Err(why)) => self.fail(target, format!("the answer cannot be read: {why}")),
            (404, _) => self.out.unknown += 1,
            (status, _) => {
                if status == 429 {
                    self.left_alone.insert(host);
                }
                self.fail(target, format!("status {status}"));
            }
        }
        Ok(())
    }

    fn ask(&mut self, url: &Url) -> Result<Answer, String> {
        if let Some(why) = &self.stopped {
            return Err(why.clone());
        }
        while !self.pace.allows(Instant::now()) {
            std::thread::sleep(Duration::from_millis(1));
        }
        self.out.sent += 1;
        self.fetch.fetch(&Request::get(url.clone(), ACCEPT)).map_err(|error| {
            let why = error.to_string();
            if matches!(error, FetchError::Keeping { .. }) {
                self.stopped = Some(why.clone());
            }
            why
        })
    }

    fn fail(&mut self, target: &Target, why: String) {
        self.out.failed.push(LeftOut { what: target.to_string(), why });
    }

    fn leave_out(&mut self, target: &Target, why: String) {
        self.out.left_out.push(LeftOut { what: target.to_string(), why });
    }
}

/// Whether an answer is about its target: another range speaks for nobody.
fn holds((first, last): (IpAddr, IpAddr), target: &Target) -> bool {
    match target {
        Target::Address(ip) => (first..=last).contains(ip),
        Target::Prefix(prefix) => (first..=last).contains(&prefix.network()),
        Target::Autnum(_) | Target::Domain(_) => false,
    }
}

/// A path below a URL, whether that ends with a slash or not.
fn below(base: &Url, path: &[String]) -> Option<Url> {
    let mut url = base.clone();
    url.path_segments_mut().ok()?.pop_if_empty().extend(path);
    Some(url)
}
