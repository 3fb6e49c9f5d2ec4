//! Asking lists: their test entries, then the addresses, then the texts of what is listed.
//!
//! In: a plan, resolvers. Out: [`Blocklisted`].

use std::net::{IpAddr, Ipv4Addr};

use jiff::Timestamp;

use super::plan::{BlocklistPlan, Zone};
use crate::Clock;
use crate::dns::ask::{Asked, Asker, End, Round, Settings};
use crate::dns::collect::CollectError;
use crate::dns::line;
use crate::dns::plan::LeftOut;
use crate::dns::presentation;
use crate::dns::question::{Kind, Question};
use crate::dns::resolver::Resolver;
use crate::dns::ways::Ways;

/// An address that a list names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// The address.
    pub address: IpAddr,
    /// The zone of the list.
    pub list: String,
    /// What it answers: each list has its own meaning for these.
    pub codes: Vec<Ipv4Addr>,
    /// What it says of it, as the list wrote it, in the form of zone files.
    pub texts: Vec<String>,
    /// When it was asked: it is listed then.
    pub at: Timestamp,
}

/// A list, and whether its test entries were right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// The zone.
    pub zone: String,
    /// Whether it was asked about IPv4, or else IPv6.
    pub is_ipv4: bool,
    /// Why it is not believed, where it is not.
    pub why_not: Option<String>,
}

/// What lists said.
#[derive(Debug, Clone)]
pub struct Blocklisted {
    /// Lines of the form `dns/1`, one for each question that was asked.
    pub bytes: Vec<u8>,
    /// The lists.
    pub lists: Vec<List>,
    /// What is listed, in the order of the questions.
    pub listings: Vec<Listing>,
    /// Pairs of address and list where the list says that it does not hold the address.
    pub not_listed: u64,
    /// Questions without an answer that counts, with the reason.
    pub undecided: Vec<LeftOut>,
    /// What was not asked about, with the reason.
    pub left_out: Vec<LeftOut>,
    /// Questions that left, each time that they did.
    pub sent: u64,
    /// Of these, those that were asked before.
    pub again: u64,
    /// When the first question left.
    pub began: Timestamp,
    /// When the last question had ended.
    pub ended: Timestamp,
}

/// What a list says of an address.
enum Said {
    Listed(Vec<Ipv4Addr>),
    NotListed,
    Nothing(String),
}

impl BlocklistPlan {
    /// Asks the lists.
    ///
    /// # Errors
    /// When there is nobody or nothing to ask, or no resolver can be reached.
    pub fn run(
        &self,
        resolvers: &[Resolver],
        settings: &Settings,
        ways: &mut Ways<'_>,
        clock: &Clock<'_>,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Blocklisted, CollectError> {
        if resolvers.is_empty() {
            return Err(CollectError::NoResolver);
        }
        let zones = self.asked();
        if zones.is_empty() {
            return Err(CollectError::NothingToAsk);
        }
        let mut out = Blocklisted {
            bytes: Vec::new(),
            lists: Vec::new(),
            listings: Vec::new(),
            not_listed: 0,
            undecided: Vec::new(),
            left_out: self.left_out.clone(),
            sent: 0,
            again: 0,
            began: clock(),
            ended: clock(),
        };
        let shown: Vec<String> = resolvers.iter().map(Resolver::to_string).collect();
        let mut asker = Asker::new(resolvers, settings, clock, ways, false);
        let mut tests: Vec<Question> = Vec::new();
        for zone in &zones {
            tests.extend(zone.listed().into_iter().chain([zone.not_listed()]));
        }
        let round = asker.round(&tests, None, progress)?;
        out.write(&tests, &round, &shown)?;
        let sound = out.sound(&zones, &tests, &round);
        let questions: Vec<(&Zone, IpAddr, Question)> = sound
            .iter()
            .flat_map(|zone| {
                let family = self.addresses.iter().filter(|ip| ip.is_ipv4() == zone.is_ipv4);
                family.map(|ip| (*zone, *ip, zone.about(*ip)))
            })
            .collect();
        let asked: Vec<Question> =
            questions.iter().map(|(.., question)| question.clone()).collect();
        if !asked.is_empty() {
            let round = asker.round(&asked, None, progress)?;
            out.write(&asked, &round, &shown)?;
            out.read(&questions, &round);
            out.texts(&mut asker, &shown, progress)?;
        }
        (out.sent, out.again, out.ended) = (asker.tally.sent, asker.tally.again, clock());
        Ok(out)
    }
}

impl Blocklisted {
    fn write(
        &mut self,
        questions: &[Question],
        round: &Round,
        shown: &[String],
    ) -> Result<(), CollectError> {
        for (question, asked) in questions.iter().zip(&round.ends) {
            let named = asked.as_ref().and_then(|asked| Some((asked, shown.get(asked.resolver)?)));
            match named {
                Some((asked, who)) => line::append(&mut self.bytes, question, asked, who, None)?,
                None => self.undecided.push(left_out(question, round.why.clone())),
            }
        }
        Ok(())
    }

    /// The lists that passed their tests.
    fn sound<'z>(&mut self, zones: &'z [Zone], tests: &[Question], round: &Round) -> Vec<&'z Zone> {
        let said_to = |wanted: &Question| {
            let index = tests.iter().position(|test| test == wanted);
            said(index.and_then(|index| round.ends.get(index)?.as_ref()))
        };
        let mut sound = Vec::new();
        for zone in zones {
            let listed = zone.listed().map(|test| said_to(&test));
            let why_not = match (listed, said_to(&zone.not_listed())) {
                (Some(Said::NotListed), _) => Some("it does not hold its test entry".to_owned()),
                (Some(Said::Nothing(why)), _) | (_, Said::Nothing(why)) => Some(why),
                (_, Said::Listed(_)) => {
                    Some("it holds 127.0.0.1, which no list may hold".to_owned())
                }
                (Some(Said::Listed(_)) | None, Said::NotListed) => None,
            };
            if why_not.is_none() {
                sound.push(zone);
            }
            self.lists.push(List {
                zone: presentation::name(&zone.name),
                is_ipv4: zone.is_ipv4,
                why_not,
            });
        }
        sound
    }

    fn read(&mut self, questions: &[(&Zone, IpAddr, Question)], round: &Round) {
        for ((zone, address, question), asked) in questions.iter().zip(&round.ends) {
            let Some(asked) = asked else { continue };
            match said(Some(asked)) {
                Said::Listed(codes) => self.listings.push(Listing {
                    address: *address,
                    list: presentation::name(&zone.name),
                    codes,
                    texts: Vec::new(),
                    at: asked.at,
                }),
                Said::NotListed => self.not_listed += 1,
                Said::Nothing(why) => self.undecided.push(left_out(question, why)),
            }
        }
    }

    /// Asks what the lists say of what they hold.
    fn texts(
        &mut self,
        asker: &mut Asker<'_, '_>,
        shown: &[String],
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<(), CollectError> {
        let questions: Vec<Question> = self
            .listings
            .iter()
            .filter_map(|listing| {
                let name = hickory_proto::rr::Name::from_ascii(&listing.list).ok()?;
                let zone = Zone { name, is_ipv4: listing.address.is_ipv4() };
                Some(Question::new(zone.about(listing.address).name, Kind::Txt))
            })
            .collect();
        if questions.is_empty() {
            return Ok(());
        }
        let round = match asker.round(&questions, None, progress) {
            Ok(round) => round,
            // What is listed is kept.
            Err(CollectError::Socket { source, .. }) => {
                Round { ends: vec![None; questions.len()], why: source.to_string() }
            }
            Err(other) => return Err(other),
        };
        self.write(&questions, &round, shown)?;
        for (listing, asked) in self.listings.iter_mut().zip(&round.ends) {
            if let Some(Asked { end: End::Reply(reply), .. }) = asked {
                let texts = reply.answers.iter().filter(|answer| answer.kind == "TXT");
                listing.texts = texts.map(|answer| answer.data.clone()).collect();
            }
        }
        Ok(())
    }
}

fn left_out(question: &Question, why: String) -> LeftOut {
    LeftOut { what: question.to_string(), why }
}

/// What an answer says. Large lists refuse with 127.255.255.0/24, which is no listing.
fn said(asked: Option<&Asked>) -> Said {
    let reply = match asked.map(|asked| &asked.end) {
        Some(End::Reply(reply)) => reply,
        Some(End::Unreadable) => return Said::Nothing("its answer cannot be read".to_owned()),
        Some(End::Silence) => return Said::Nothing("it does not answer".to_owned()),
        None => return Said::Nothing("it was not asked".to_owned()),
    };
    if reply.status != "NOERROR" && reply.status != "NXDOMAIN" {
        return Said::Nothing(format!("it answers {}", reply.status));
    }
    let mut codes: Vec<Ipv4Addr> = Vec::new();
    for answer in reply.answers.iter().filter(|answer| answer.kind == "A") {
        match answer.data.parse::<Ipv4Addr>().map(|ip| (ip, ip.octets())) {
            Ok((_, [127, 255, 255, last])) => {
                return Said::Nothing(format!("it refuses the question: 127.255.255.{last}"));
            }
            Ok((ip, [127, ..])) => codes.push(ip),
            _ => {
                return Said::Nothing(
                    "its answer is outside of 127.0.0.0/8: somebody else made it".to_owned(),
                );
            }
        }
    }
    codes.sort_unstable();
    if codes.is_empty() { Said::NotListed } else { Said::Listed(codes) }
}
