//! What every source of the web shares: whom to go through, what is never asked, and the exchanges as
//! pieces of a web archive.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use faisceau_archive::warc::{self, Exchange, Info};
use faisceau_case::{Case, Collecting, Step};
use faisceau_collect::dial::Dialer;
use faisceau_collect::http::{
    Bounds, Client, Counts, Event, Fetch, Recorder, Settings, user_agent,
};
use faisceau_collect::tls::Tls;
use faisceau_model::{excerpt, inert};
use jiff::Timestamp;
use serde_json::{Map, Value};

use crate::arguments::{Arguments, RobotsArguments, WebArguments};
use crate::clock;
use crate::exit::Exit;
use crate::printer::{Failure, Printer};
use crate::progress::Bar;

/// The ending of what was recorded.
pub(super) const ENDING: &str = ".warc.gz";
/// The largest file of root certificates.
const MAX_ROOTS: u64 = 4 << 20;

/// Whether what a site asks of machines is kept to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Robots {
    /// A person names one page: no machine chooses what to read.
    NotAsked,
    /// It is asked for and kept to.
    KeptTo,
    /// It is not kept to, for this reason.
    Despite(String),
}

impl Robots {
    pub(super) fn of(wanted: &RobotsArguments) -> Self {
        wanted.despite_robots.clone().map_or(Self::KeptTo, Self::Despite)
    }
}

/// What a collection over the web asks for, in the journal and of the client.
pub(super) struct Wish {
    pub(super) source: &'static str,
    pub(super) fields: Map<String, Value>,
    pub(super) robots: Robots,
}

/// A collection over the web that has ended.
pub(super) struct Gone<'c, T> {
    pub(super) collecting: Collecting<'c>,
    pub(super) outcome: T,
    pub(super) counts: Counts,
}

/// Records what is wanted, opens a client, and lets `ask` use it.
pub(super) fn collect<'c, T>(
    case: &'c mut Case,
    wish: Wish,
    (arguments, web, printer): (&Arguments, &WebArguments, &Printer),
    ask: impl FnOnce(&mut dyn Fetch) -> T,
) -> Result<Gone<'c, T>, Failure> {
    // What is wrong with the arguments is said before the journal is written.
    let tls = tls(web)?;
    let (who, now) = (clock::who(arguments.who.as_deref()), clock::now()?);
    let mut fields = wish.fields;
    fields.extend(stated(web, &wish.robots));
    let mut collecting = case.collecting(wish.source, fields, &who, now)?;
    warn_of_dropped(&collecting, printer);
    let kept = collecting.kept().map_err(|error| not_kept(&error))?;
    let (recorded, _) = warc::exchanges(&kept);
    let mut pieces = Pieces { collecting: &mut collecting };
    let asking = Asking { web, tls, robots: &wish.robots, now, recorded };
    let (outcome, counts) = asking.with(&mut pieces, printer, ask);
    Ok(Gone { collecting, outcome, counts })
}

/// Says that what an ended process had kept was altered since.
pub(super) fn warn_of_dropped(collecting: &Collecting<'_>, printer: &Printer) {
    if collecting.dropped() > 0 {
        printer.warning(format!(
            "{} bytes that an ended process had kept are not as they were kept: they were dropped, and \
             are asked for again",
            collecting.dropped()
        ));
    }
}

/// What came could not be put on the disk.
pub(super) fn not_kept(error: &io::Error) -> Failure {
    Failure::new(Exit::Internal, format!("what came cannot be kept: {error}"))
}

/// A client, before it has somebody to keep what comes.
pub(super) struct Asking<'w> {
    pub(super) web: &'w WebArguments,
    pub(super) tls: Tls,
    pub(super) robots: &'w Robots,
    pub(super) now: Timestamp,
    pub(super) recorded: Vec<Exchange>,
}

impl Asking<'_> {
    /// Lets `ask` use the client, with a bar.
    pub(super) fn with<T>(
        self,
        recorder: &mut dyn Recorder,
        printer: &Printer,
        ask: impl FnOnce(&mut dyn Fetch) -> T,
    ) -> (T, Counts) {
        let mut bar = Bar::new(printer.quiet());
        let now = self.now;
        let ticking = || clock::now().unwrap_or(now);
        let mut asked = 0;
        let mut told = |event: Event<'_>| match event {
            Event::Asking(url) => {
                asked += 1;
                bar.show(&Step { stage: "ask", what: url.as_str(), done: asked, total: 0 });
            }
            Event::Waiting(url, time) => {
                let what = format!("{} s for {url}", time.as_secs());
                bar.show(&Step { stage: "wait", what: &what, done: asked, total: 0 });
            }
        };
        let settings = settings(self.web, self.robots);
        let (dialer, recorded) = (dialer(self.web), self.recorded);
        let mut client =
            Client::new(settings, dialer, self.tls, &ticking, recorder, recorded, &mut told);
        let outcome = ask(&mut client);
        (outcome, client.counts())
    }
}

impl<T> Gone<'_, T> {
    /// Makes what was recorded an exhibit. Gives its number and name; no number where nothing came.
    pub(super) fn keep(
        self,
        source: &str,
        how: Map<String, Value>,
        printer: &Printer,
    ) -> Result<(T, Kept), Failure> {
        self.keep_with(source, &[], how, printer)
    }

    /// The same, with more exhibits beside it: their endings and bytes.
    pub(super) fn keep_with(
        mut self,
        source: &str,
        beside: &[(String, Vec<u8>)],
        how: Map<String, Value>,
        printer: &Printer,
    ) -> Result<(T, Kept), Failure> {
        let recorded = self.collecting.kept().map_err(|error| not_kept(&error))?;
        self.keep_packed(source, (ENDING, recorded), beside, how, printer)
    }

    /// The same, with what was recorded in another form.
    pub(super) fn keep_packed(
        self,
        source: &str,
        (ending, recorded): (&str, Vec<u8>),
        beside: &[(String, Vec<u8>)],
        mut how: Map<String, Value>,
        printer: &Printer,
    ) -> Result<(T, Kept), Failure> {
        how.extend(counted(self.counts));
        how.insert("source".to_owned(), Value::from(source));
        let name = format!("{}{ending}", self.collecting.stem());
        let mut bar = Bar::new(printer.quiet());
        let mut files = Vec::new();
        if !recorded.is_empty() {
            files.push((ending.to_owned(), recorded));
        }
        files.extend_from_slice(beside);
        let taken = self.collecting.keep(&files, how, &mut |step| bar.show(step))?;
        drop(bar);
        let whole = taken.refused.is_empty() && self.counts.cut == 0;
        for refused in &taken.refused {
            let (name, detail) = (inert(&refused.name), inert(&refused.detail));
            printer.warning(format!("not taken out of the archive: {name} ({detail})"));
        }
        let exhibit = taken.exhibits.first().map(ToString::to_string);
        Ok((self.outcome, Kept { exhibit, name, counts: self.counts, whole }))
    }
}

/// Where the answers are now.
pub(super) struct Kept {
    pub(super) exhibit: Option<String>,
    pub(super) name: String,
    pub(super) counts: Counts,
    /// Whether every answer came whole, and everything was taken out of the archive.
    pub(super) whole: bool,
}

impl Kept {
    /// Says so.
    pub(super) fn said(&self, printer: &Printer) {
        let Some(exhibit) = &self.exhibit else {
            printer.talk("nothing came that could be kept");
            return;
        };
        printer.line(format!("{exhibit:<6} {}", self.name));
        let before = match self.counts.replayed {
            0 => String::new(),
            replayed => format!(", {replayed} that an ended process had recorded"),
        };
        printer.talk(format!(
            "{} requests left{before}, {} bytes came\nnext: faisceau run",
            self.counts.sent, self.counts.bytes
        ));
    }
}

/// Exchanges, each a piece that outlasts the process.
struct Pieces<'p, 'c> {
    collecting: &'p mut Collecting<'c>,
}

impl Recorder for Pieces<'_, '_> {
    fn keep(&mut self, exchange: &Exchange) -> io::Result<()> {
        let mut piece = Vec::new();
        if self.collecting.pieces().is_empty() {
            let software = user_agent(None);
            let info = Info { software, ..Info::default() };
            piece = warc::file_head(&info, self.collecting.began()).member();
        }
        piece.extend(exchange.members());
        self.collecting.append(&piece)
    }
}

pub(super) fn dialer(web: &WebArguments) -> Dialer {
    Dialer {
        via: web.via.clone(),
        allowed: web.allowed.iter().copied().collect(),
        timeout: Duration::from_secs(web.connect.into()),
    }
}

pub(super) fn tls(web: &WebArguments) -> Result<Tls, Failure> {
    tls_with(&web.roots)
}

/// TLS that trusts the roots of this machine, and those of these files.
pub(super) fn tls_with(roots: &[PathBuf]) -> Result<Tls, Failure> {
    let mut added = Vec::new();
    for path in roots {
        let bytes = certificate_file(path)?;
        let read = faisceau_timestamp::certificates(&bytes);
        added.extend(read.map_err(|error| no_certificates(path, &error.to_string()))?);
    }
    Tls::new(&added).map_err(|error| Failure::new(Exit::WrongUse, error.to_string()))
}

/// The bytes of a file of certificates that the user names.
pub(super) fn certificate_file(path: &Path) -> Result<Vec<u8>, Failure> {
    let meta = fs::metadata(path).map_err(|error| no_certificates(path, &error.to_string()))?;
    if !meta.is_file() || meta.len() > MAX_ROOTS {
        return Err(no_certificates(path, &format!("no file of at most {MAX_ROOTS} bytes")));
    }
    fs::read(path).map_err(|error| no_certificates(path, &error.to_string()))
}

fn no_certificates(path: &Path, why: &str) -> Failure {
    Failure::new(Exit::WrongUse, format!("`{}`: {why}", path.display()))
        .hint("root certificates are given as PEM or DER")
}

fn settings(web: &WebArguments, robots: &Robots) -> Settings {
    Settings {
        bounds: Bounds {
            time: Duration::from_secs(web.timeout.into()),
            bytes: u64::from(web.max_mib) << 20,
            decoded: u64::from(web.max_mib) << 22,
        },
        interval: Duration::from_millis(web.interval.into()),
        robots: *robots == Robots::KeptTo,
        contact: web.contact.clone(),
        although_it_may_alert: web.although_it_may_alert,
        ..Settings::default()
    }
}

/// What the journal says of how it was asked.
pub(super) fn stated(web: &WebArguments, robots: &Robots) -> Vec<(String, Value)> {
    let mut fields =
        vec![("user_agent".to_owned(), Value::from(user_agent(web.contact.as_deref())))];
    if let Some(proxy) = &web.via {
        fields.push(("via".to_owned(), Value::from(proxy.to_string())));
    }
    if !web.allowed.is_empty() {
        let allowed: Vec<String> = web.allowed.iter().map(ToString::to_string).collect();
        fields.push(("allowed_local".to_owned(), Value::from(allowed)));
    }
    if web.although_it_may_alert {
        fields.push(("although_it_may_alert".to_owned(), Value::from(true)));
    }
    if let Robots::Despite(because) = robots {
        fields.push(("despite_robots".to_owned(), Value::from(excerpt(because, 400))));
    }
    fields
}

/// What the journal says of what was asked.
pub(super) fn counted(counts: Counts) -> Map<String, Value> {
    let fields = [
        ("asked_again", counts.again),
        ("bytes", counts.bytes),
        ("cut", counts.cut),
        ("recorded_before", counts.replayed),
        ("sent", counts.sent),
    ];
    fields.into_iter().map(|(name, count)| (name.to_owned(), Value::from(count))).collect()
}
