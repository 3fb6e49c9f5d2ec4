//! X (Twitter) archive: one `data/*.js` file, `window.YTD.<part>.partN = [ … ]`.
//!
//! In: a file of the archive that the owner of an account downloads. Names of parts and fields
//! are those that other readers of these archives use, checked on 2026-11-21; no real archive was
//! at hand. Out: a post for each tweet, a connection for each login and for the creation of the
//! account, an account. Refused: parts that are not read, each set aside as a whole.
//!
//! Traps of the format:
//! - A tweet does not say who wrote it: the owner of the archive is asked from the settings,
//!   which the case fills with [`x_archive_owner`]. Without it every tweet is rejected.
//! - `full_text` writes `&lt;`, `&gt;` and `&amp;`, and starts with `RT @` for a retweet.
//! - Text beyond 280 characters stands in another part (`note-tweet`).
//! - Places are pointers into the list after the `=`: `/17` is its eighteenth element.

mod tweet;

use faisceau_model::rows::{Account, Connection, Reject};
use faisceau_model::{
    Absent, AccountKey, ExhibitNo, Maybe, Moment, Place, RejectReason, Role, RowId, Sink, excerpt,
};
use serde::de::DeserializeSeed;
use serde_json::Value;

use crate::address::endpoint;
use crate::contract::{ImportError, Source};
use crate::json::{self, Flaw, Object};
use crate::settings::ImportSettings;

/// The name of the platform in account keys and rows.
const PLATFORM: &str = "x";
/// The name before the `=` is short; what follows it is the list.
const PREFIX_LEN: usize = 200;

/// Whether the head is of a file of an X archive.
pub(crate) fn sniff(head: &[u8]) -> bool {
    let (text, _) = json::text(head);
    part_name(text).is_some() || text.trim_start().starts_with(MANIFEST)
}

/// The start of `manifest.js`.
const MANIFEST: &str = "window.__THAR_CONFIG";

/// The parts that this module reads.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Tweets,
    Account,
    IpAudit,
    CreationIp,
}

impl Part {
    fn named(name: &str) -> Option<Self> {
        match name {
            "tweet" | "tweets" | "deleted_tweets" => Some(Self::Tweets),
            "account" => Some(Self::Account),
            "ip_audit" => Some(Self::IpAudit),
            "account_creation_ip" => Some(Self::CreationIp),
            _ => None,
        }
    }

    /// The key that wraps each element.
    const fn wrapper(self) -> &'static str {
        match self {
            Self::Tweets => "tweet",
            Self::Account => "account",
            Self::IpAudit => "ipAudit",
            Self::CreationIp => "accountCreationIp",
        }
    }
}

/// The `<part>` of `window.YTD.<part>.partN =`.
fn part_name(text: &str) -> Option<String> {
    let rest = text.trim_start().strip_prefix("window.YTD.")?;
    let name = rest.split_once('.')?.0;
    let known = !name.is_empty()
        && name.len() <= 80
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    known.then(|| name.replace('-', "_"))
}

/// What stands after the first `=`.
fn after_equals(text: &str) -> Option<&str> {
    let at = text.bytes().take(PREFIX_LEN).position(|b| b == b'=')?;
    text.get(at + 1..)
}

/// Reads one file of an archive.
///
/// # Errors
/// When the list breaks or ends too early; the elements before that place are kept.
pub(crate) fn parse(
    source: &Source<'_>,
    settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let bytes = source.read_all(json::MAX_EXHIBIT)?;
    let (text, start) = json::text(&bytes);
    let name = part_name(text).unwrap_or_else(|| "manifest".to_owned());
    let Some(part) = Part::named(&name) else {
        let detail = format!("the part `{name}` is not read");
        sink.records(1);
        let place = Place::Whole;
        sink.reject(Reject::new(source.exhibit, place, RejectReason::SetAside, detail, b""));
        return Ok(());
    };
    let Some(list) = after_equals(text) else {
        let detail = format!("no `=` in the first {PREFIX_LEN} bytes");
        return Err(ImportError::Broken { place: Place::Whole, detail });
    };
    // Files that passed through an editor may end with a semicolon.
    let list = list.trim_end().trim_end_matches(';');
    let mut elements = Vec::new();
    let mut document = serde_json::Deserializer::from_str(list);
    let outcome = json::Elements { out: &mut elements, budget: json::MAX_RECORDS }
        .deserialize(&mut document)
        .and_then(|()| document.end());
    let emit = Emit { exhibit: source.exhibit, part, owner: owner(source.exhibit, settings) };
    for (index, raw) in elements.iter().enumerate() {
        emit.element(&Place::Pointer(format!("/{index}")), raw.get(), sink);
    }
    let origin = start + json::offset(text, list);
    let end = elements.last().map_or(0, |raw| json::offset(list, raw.get()) + raw.get().len());
    outcome.map_err(|error| json::stop(&error, &bytes, origin, origin + end, elements.len()))
}

/// The owner of the archive that `exhibit` is a member of, however deep.
fn owner(exhibit: ExhibitNo, settings: &ImportSettings) -> Option<AccountKey> {
    let mut levels = std::iter::successors(Some(exhibit), |exhibit| exhibit.parent());
    let id = levels.find_map(|level| settings.x_archive_owners.get(&level))?;
    Some(AccountKey::by_id(PLATFORM, id))
}

/// The account id of the owner of an archive, from its `account.js`, `ip-audit.js`,
/// `account-creation-ip.js` or `manifest.js`; `None` for any other file.
pub fn x_archive_owner(file: &[u8]) -> Option<String> {
    let (text, _) = json::text(file);
    let value = after_equals(text)?.trim_end().trim_end_matches(';');
    if text.trim_start().starts_with(MANIFEST) {
        let manifest = json::object(value).ok()?;
        return json::field(manifest.get("userInfo")?.as_object()?, "accountId");
    }
    let part = Part::named(&part_name(text)?).filter(|part| *part != Part::Tweets)?;
    let list: Vec<Value> = serde_json::from_str(value).ok()?;
    json::field(list.first()?.get(part.wrapper())?.as_object()?, "accountId")
}

/// Turns the elements of one part into rows.
struct Emit {
    exhibit: ExhibitNo,
    part: Part,
    owner: Option<AccountKey>,
}

impl Emit {
    fn element(&self, place: &Place, raw: &str, sink: &mut dyn Sink) {
        sink.records(1);
        match self.rows(place, raw, sink) {
            Ok(()) => sink.read(1),
            Err((reason, detail)) => {
                let place = place.clone();
                sink.reject(Reject::new(self.exhibit, place, reason, detail, raw.as_bytes()));
            }
        }
    }

    fn rows(&self, place: &Place, raw: &str, sink: &mut dyn Sink) -> Result<(), Flaw> {
        let element = json::object(raw)?;
        let wrapper = self.part.wrapper();
        let record = element
            .get(wrapper)
            .and_then(Value::as_object)
            .ok_or_else(|| (RejectReason::MissingField, format!("`{wrapper}` is missing")))?;
        match self.part {
            Part::Tweets => {
                let post = tweet::post(self.exhibit, place, self.owner.as_ref(), record)?;
                sink.post(post);
            }
            Part::Account => sink.account(self.account(place, record)?),
            Part::IpAudit => {
                let at = time(record, "createdAt")?;
                let port = json::integer(record, "loginPortNumber");
                let row = self.connection(place, record, ("login", "loginIp"), at, port)?;
                sink.connections(vec![row]);
            }
            Part::CreationIp => {
                let at = Maybe::Missing(Absent::NotRecorded);
                let names = ("account creation", "userCreationIp");
                sink.connections(vec![self.connection(place, record, names, at, None)?]);
            }
        }
        Ok(())
    }

    /// The account that a record names, else the owner of the archive.
    fn holder(&self, record: &Object) -> Result<AccountKey, Flaw> {
        match json::field(record, "accountId") {
            Some(id) => Ok(AccountKey::by_id(PLATFORM, &id)),
            None => self
                .owner
                .clone()
                .ok_or_else(|| (RejectReason::MissingField, "`accountId` is missing".to_owned())),
        }
    }

    fn account(&self, place: &Place, record: &Object) -> Result<Account, Flaw> {
        let account = self.holder(record)?;
        let text = |key| Maybe::or_absent(json::field(record, key), Absent::NotExported);
        Ok(Account {
            id: RowId::at("acc", self.exhibit, place, 0),
            exhibit: self.exhibit,
            place: place.clone(),
            platform: PLATFORM.to_owned(),
            native_id: Maybe::Known(account.native().to_owned()),
            handle: text("username").map(|handle| handle.trim_start_matches('@').to_owned()),
            display_name: text("accountDisplayName"),
            created: time(record, "createdAt")?,
            bio: Maybe::Missing(Absent::NotRecorded),
            role: Role::ThirdParty,
            account,
        })
    }

    fn connection(
        &self,
        place: &Place,
        record: &Object,
        (action, ip_key): (&str, &str),
        at: Maybe<Moment>,
        port: Option<i64>,
    ) -> Result<Connection, Flaw> {
        let account = self.holder(record)?;
        let (ip, own_port) = endpoint(json::required(record, ip_key)?.trim())
            .ok_or_else(|| (RejectReason::Address, format!("`{ip_key}` is not an address")))?;
        // The port 0 is never a source port: it stands for "not known".
        // The creation of the account has no port in this format.
        let no_port = match self.part {
            Part::IpAudit => Absent::NotExported,
            _ => Absent::NotRecorded,
        };
        let port = port.filter(|port| (1..=65_535).contains(port)).or(own_port.map(i64::from));
        Ok(Connection {
            id: RowId::at("con", self.exhibit, place, 0),
            exhibit: self.exhibit,
            place: place.clone(),
            account: Maybe::Known(account),
            at,
            ip: ip.to_string(),
            port: Maybe::or_absent(port, no_port),
            user_agent: Maybe::Missing(Absent::NotRecorded),
            request: Maybe::Known(action.to_owned()),
            status: Maybe::Missing(Absent::NotApplicable),
            bytes: Maybe::Missing(Absent::NotApplicable),
            referer: Maybe::Missing(Absent::NotApplicable),
            service: PLATFORM.to_owned(),
            forwarded: Maybe::Missing(Absent::NotRecorded),
            declared: false,
        })
    }
}

/// An ISO time with its offset: `2023-02-18T12:33:11.000Z`.
fn time(record: &Object, key: &str) -> Result<Maybe<Moment>, Flaw> {
    let Some(text) = json::field(record, key) else {
        return Ok(Maybe::Missing(Absent::NotExported));
    };
    let at = Moment::from_rfc3339(&text).ok_or_else(|| {
        (RejectReason::Time, format!("`{key}` is no time: `{}`", excerpt(&text, 40)))
    })?;
    Ok(Maybe::Known(at))
}

#[cfg(test)]
mod tests;
