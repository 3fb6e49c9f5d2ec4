//! A web archive as a package that players open (WACZ), sealed where the user holds a domain.

use faisceau_archive::wacz::{self, Contents, DomainKey, Page, prepare};
use faisceau_case::Sha256Sum;
use faisceau_collect::http::{NotRecorded, judge, user_agent};
use faisceau_collect::stamp::stamp;
use jiff::Timestamp;

use crate::arguments::{PageArguments, SealArguments};
use crate::clock;
use crate::commands::web::{self, Asking, Robots, certificate_file};
use crate::exit::Exit;
use crate::printer::{Failure, Printer};

/// What seals a package, read before anything is asked.
pub(super) struct Sealer<'s> {
    key: DomainKey,
    authority: &'s url::Url,
    chain: Vec<Vec<u8>>,
}

impl<'s> Sealer<'s> {
    /// Nothing where no seal is wanted.
    pub(super) fn new(wanted: &'s PageArguments) -> Result<Option<Self>, Failure> {
        let SealArguments {
            domain: Some(domain),
            seal_key: Some(key),
            seal_chain: Some(chain),
            seal_authority: Some(authority),
            seal_authority_chain: Some(above),
        } = &wanted.seal
        else {
            return Ok(None);
        };
        let wrong = |why: String| Failure::new(Exit::WrongUse, why);
        judge(authority, &web::dialer(&wanted.web)).map_err(|error| wrong(error.to_string()))?;
        let text = certificate_file(chain)?;
        let text = String::from_utf8(text)
            .map_err(|_| wrong(format!("`{}` is no PEM", chain.display())))?;
        let key = DomainKey::from_pem(domain, &certificate_file(key)?, &text)
            .map_err(|error| wrong(error.to_string()))?;
        let chain = faisceau_timestamp::certificates(&certificate_file(above)?)
            .map_err(|error| wrong(format!("`{}`: {error}", above.display())))?;
        Ok(Some(Self { key, authority, chain }))
    }
}

/// Packs what was recorded.
pub(super) fn package(
    archive: &[u8],
    pages: Vec<Page>,
    began: Timestamp,
    sealer: Option<&Sealer<'_>>,
    (wanted, printer): (&PageArguments, &Printer),
) -> Result<Vec<u8>, Failure> {
    let now = clock::now()?;
    let contents = Contents {
        archives: vec![("data.warc.gz", archive)],
        pages,
        title: None,
        software: user_agent(None),
        // A seal has to be dated within minutes of what it seals.
        created: if sealer.is_some() { now } else { began },
    };
    let failed = |why: String| Failure::new(Exit::Internal, format!("the package: {why}"));
    let Some(sealer) = sealer else {
        return wacz::write(&contents, None).map_err(|error| failed(error.to_string()));
    };
    let prepared = prepare(&contents, &sealer.key).map_err(|error| failed(error.to_string()))?;
    let digest = *Sha256Sum::of(prepared.to_stamp()).as_bytes();
    let tls = web::tls(&wanted.web)?;
    let robots = Robots::NotAsked;
    let asking = Asking { web: &wanted.web, tls, robots: &robots, now, recorded: Vec::new() };
    let (token, _) =
        asking.with(&mut NotRecorded, printer, |fetch| stamp(fetch, sealer.authority, digest));
    let token = token.map_err(|error| failed(error.to_string()))?;
    prepared.seal(&token, &sealer.chain).map_err(|error| failed(error.to_string()))
}
