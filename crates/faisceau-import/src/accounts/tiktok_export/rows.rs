//! The rows of a `TikTok` export.
//!
//! In: a list or an object of the document. Out: rows of the tables. Refused: what has no author.

use faisceau_model::rows::{Account, Device, Post};
use faisceau_model::{
    Absent, AccountKey, ExhibitNo, Maybe, Place, PostKind, RejectReason, Sink, SubscriberCategory,
};
use jiff::tz::TimeZone;
use serde_json::value::RawValue;

use super::{PLATFORM, PROFILE};
use crate::fields::Fields;
use crate::json::leaves::{elements, not_read, record};
use crate::json::tree::{Held, Leaf};
use crate::json::{self, Flaw, Object};
use crate::rows::declared::{Declared, joined, said};
use crate::time::stamp::Stamp;

/// Identifiers of `Status List`.
const IDENTIFIERS: [&str; 5] = ["IDFA", "GAID", "Android ID", "IDFV", "Web ID"];

/// What the leaves of one export share.
pub(super) struct Emit {
    pub(super) exhibit: ExhibitNo,
    pub(super) zone: Option<TimeZone>,
    pub(super) owner: Option<AccountKey>,
    pub(super) fields: Fields,
}

impl Emit {
    /// Reads one leaf of the document.
    pub(super) fn leaf(&mut self, leaf: &Leaf<'_>, sink: &mut dyn Sink) {
        match &leaf.held {
            Held::List(list) => self.list(leaf, list, sink),
            Held::Record(raw) if leaf.key() == PROFILE => {
                record(self.exhibit, &leaf.pointer, raw, sink, |place, profile, sink| {
                    self.profile(place, profile, sink)
                });
            }
            Held::Record(raw) if matches!(leaf.key(), "Auto Fill" | "Autofill") => {
                record(self.exhibit, &leaf.pointer, raw, sink, |place, filled, sink| {
                    self.filled(place, filled, sink)
                });
            }
            _ => not_read(self.exhibit, leaf, sink),
        }
    }

    fn list(&mut self, leaf: &Leaf<'_>, list: &[&RawValue], sink: &mut dyn Sink) {
        type Read = fn(&mut Emit, &Leaf<'_>, &Place, &Object, &mut dyn Sink) -> Result<(), Flaw>;
        let read: Read = match (leaf.key(), leaf.above(1), leaf.above(2)) {
            ("LoginHistoryList", ..) => Self::login,
            ("CommentsList", ..) => Self::comment,
            ("Status List", ..) => Self::status,
            ("Comments" | "Questions", _, "WatchLiveMap") => Self::live,
            (_, "ChatHistory" | "GroupChat", _) => Self::message,
            ("VideoList", ..) if is_own(list) => Self::video,
            _ => {
                not_read(self.exhibit, leaf, sink);
                return;
            }
        };
        elements(self.exhibit, &leaf.pointer, list, sink, |place, element, sink| {
            read(self, leaf, place, element, sink)
        });
    }

    fn declared<'d>(&'d self, place: &'d Place) -> Declared<'d> {
        let account = self.owner.as_ref();
        Declared { exhibit: self.exhibit, place, service: PLATFORM, account }
    }

    fn author(&self) -> Result<AccountKey, Flaw> {
        let detail = "neither the export nor the settings say whose it is";
        self.owner.clone().ok_or_else(|| (RejectReason::MissingField, detail.to_owned()))
    }

    /// The time under the first of these keys.
    fn stamp(&self, object: &Object, keys: &[&str]) -> Result<Stamp, Flaw> {
        let found = keys.iter().find_map(|key| Some((*key, json::field(object, key)?)));
        let (key, text) = found.map_or(("", None), |(key, text)| (key, Some(text)));
        Stamp::read(text.as_deref().and_then(said), key, self.zone.as_ref())
    }

    fn login(
        &mut self,
        _: &Leaf<'_>,
        place: &Place,
        login: &Object,
        sink: &mut dyn Sink,
    ) -> Result<(), Flaw> {
        const DEVICE: [&str; 4] = ["DeviceModel", "DeviceSystem", "NetworkType", "Carrier"];
        let known = ["Date", "IP"].into_iter().chain(DEVICE);
        self.fields.object("LoginHistoryList.", login, &known.collect::<Vec<_>>(), place);
        let stamp = self.stamp(login, &["Date"])?;
        let ip = json::required(login, "IP")?;
        let mut row = self.declared(place).connection(0, &ip, stamp, "login")?;
        let device = DEVICE.map(|key| json::field(login, key));
        row.user_agent = joined(device.iter().map(Option::as_deref));
        sink.connections(vec![row]);
        Ok(())
    }

    fn comment(
        &mut self,
        _: &Leaf<'_>,
        place: &Place,
        comment: &Object,
        sink: &mut dyn Sink,
    ) -> Result<(), Flaw> {
        const KNOWN: [&str; 6] = ["Date", "date", "Comment", "comment", "photo", "url"];
        self.fields.object("CommentsList.", comment, &KNOWN, place);
        let text = json::field(comment, "comment").or(json::field(comment, "Comment"));
        let photo = json::field(comment, "photo");
        let link = json::field(comment, "url");
        let stamp = self.stamp(comment, &["date", "Date"])?;
        sink.post(Post {
            text: Maybe::or_absent(text, Absent::NotExported),
            permalink: joined([link.as_deref()]),
            media: photo.as_deref().and_then(said).map(str::to_owned).into_iter().collect(),
            ..self.post(place, stamp, self.author()?)
        });
        Ok(())
    }

    /// A comment or a question under somebody's live.
    fn live(
        &mut self,
        leaf: &Leaf<'_>,
        place: &Place,
        said_live: &Object,
        sink: &mut dyn Sink,
    ) -> Result<(), Flaw> {
        const TIMES: [&str; 2] = ["CommentTime", "QuestionTime"];
        const TEXTS: [&str; 2] = ["CommentContent", "QuestionContent"];
        let known: Vec<&str> = TIMES.into_iter().chain(TEXTS).chain(["RawTime"]).collect();
        self.fields.object("WatchLiveMap.", said_live, &known, place);
        let stamp = self.stamp(said_live, &TIMES)?;
        let text = TEXTS.iter().find_map(|key| json::field(said_live, key));
        sink.post(Post {
            text: Maybe::or_absent(text, Absent::NotExported),
            thread: Maybe::text(leaf.above(1), Absent::NotExported),
            ..self.post(place, stamp, self.author()?)
        });
        Ok(())
    }

    fn video(
        &mut self,
        _: &Leaf<'_>,
        place: &Place,
        video: &Object,
        sink: &mut dyn Sink,
    ) -> Result<(), Flaw> {
        const KNOWN: [&str; 17] = [
            "Date",
            "Link",
            "Likes",
            "WhoCanView",
            "AllowComments",
            "AllowStitches",
            "AllowDuets",
            "AllowStickers",
            "AllowSharingToStory",
            "ContentDisclosure",
            "AIGeneratedContent",
            "Sound",
            "Location",
            "Title",
            "AddYoursText",
            "CoverImage",
            "AlternateText",
        ];
        self.fields.object("VideoList.", video, &KNOWN, place);
        let (title, link) = (json::field(video, "Title"), json::field(video, "Link"));
        let stamp = self.stamp(video, &["Date"])?;
        sink.post(Post {
            text: Maybe::or_absent(title, Absent::NotExported),
            permalink: joined([link.as_deref()]),
            ..self.post(place, stamp, self.author()?)
        });
        Ok(())
    }

    fn message(
        &mut self,
        leaf: &Leaf<'_>,
        place: &Place,
        message: &Object,
        sink: &mut dyn Sink,
    ) -> Result<(), Flaw> {
        self.fields.object("ChatHistory.", message, &["Date", "From", "Content"], place);
        let from = json::required(message, "From")?;
        let account = AccountKey::by_handle(PLATFORM, &from);
        let key = leaf.key();
        let with = key.strip_prefix("Chat History with ").unwrap_or(key).trim_end_matches(':');
        let owner = self.owner.as_ref();
        let to = match owner {
            Some(owner) if *owner == account => Some(with.to_owned()),
            // In a group each may be addressed.
            Some(owner) if leaf.above(1) == "ChatHistory" => {
                Some(owner.native().trim_start_matches('@').to_owned())
            }
            _ => None,
        };
        let stamp = self.stamp(message, &["Date"])?;
        sink.post(Post {
            kind: PostKind::Private,
            text: Maybe::or_absent(json::field(message, "Content"), Absent::NotExported),
            target: Maybe::or_absent(to, Absent::NotExported),
            thread: Maybe::text(with, Absent::NotExported),
            ..self.post(place, stamp, account)
        });
        Ok(())
    }

    fn post(&self, place: &Place, stamp: Stamp, account: AccountKey) -> Post {
        Post { at: stamp.at, at_raw: stamp.raw, ..Post::new(self.exhibit, place, 0, account) }
    }

    fn status(
        &mut self,
        _: &Leaf<'_>,
        place: &Place,
        status: &Object,
        sink: &mut dyn Sink,
    ) -> Result<(), Flaw> {
        let known = ["Resolution", "App Version"].into_iter().chain(IDENTIFIERS);
        self.fields.object("Status List.", status, &known.collect::<Vec<_>>(), place);
        let version = json::field(status, "App Version");
        let mut found = false;
        for (part, key) in (0..).zip(IDENTIFIERS) {
            let Some(id) = json::field(status, key) else { continue };
            let Some(id) = said(&id) else { continue };
            found = true;
            sink.device(Device {
                identifier: Maybe::Known(id.to_owned()),
                label: joined([Some(key), version.as_deref()]),
                ..self.declared(place).device(part, "device")
            });
        }
        let nothing = || (RejectReason::SetAside, "the status has no identifier".to_owned());
        if found { Ok(()) } else { Err(nothing()) }
    }

    fn profile(
        &mut self,
        place: &Place,
        profile: &Object,
        sink: &mut dyn Sink,
    ) -> Result<(), Flaw> {
        use SubscriberCategory::{Birth, Email, Other, Phone};
        const USED: [&str; 5] = ["userName", "displayName", "bioDescription", "bio", "createDate"];
        const IGNORED: [&str; 9] = [
            "likesReceived",
            "followingCount",
            "followerCount",
            "profilePhoto",
            "profileVideo",
            "avatar",
            "age",
            "hashtag",
            "interests",
        ];
        let data = [
            (Email, "emailAddress"),
            (Phone, "telephoneNumber"),
            (Birth, "birthDate"),
            (Other, "accountRegion"),
            (Other, "PlatformInfo"),
        ];
        let known = USED.into_iter().chain(IGNORED).chain(data.map(|(_, key)| key));
        self.fields.object("ProfileMap.", profile, &known.collect::<Vec<_>>(), place);
        let handle = json::required(profile, "userName")?;
        let account = AccountKey::by_handle(PLATFORM, &handle);
        let created = json::field(profile, "createDate");
        let created = Stamp::lenient(created.as_deref(), self.zone.as_ref());
        let name = json::field(profile, "displayName");
        let bio = json::field(profile, "bioDescription").or(json::field(profile, "bio"));
        sink.account(Account {
            handle: Maybe::Known(handle.trim().trim_start_matches('@').to_owned()),
            display_name: joined([name.as_deref()]),
            created: created.at,
            created_raw: created.raw,
            bio: Maybe::or_absent(bio, Absent::NotExported),
            ..Account::new(self.exhibit, place, 0, account)
        });
        self.data(place, profile, &data, sink);
        Ok(())
    }

    /// What the application fills into forms.
    fn filled(&mut self, place: &Place, filled: &Object, sink: &mut dyn Sink) -> Result<(), Flaw> {
        use SubscriberCategory::{Email, Name, Phone, PostalAddress};
        let data = [
            (Phone, "PhoneNumber"),
            (Email, "Email"),
            (Name, "FirstName"),
            (Name, "LastName"),
            (PostalAddress, "Address"),
            (PostalAddress, "ZipCode"),
            (PostalAddress, "Unit"),
            (PostalAddress, "City"),
            (PostalAddress, "State"),
            (PostalAddress, "Country"),
        ];
        self.fields.object("Autofill.", filled, &data.map(|(_, key)| key), place);
        if self.data(place, filled, &data, sink) == 0 {
            return Err((RejectReason::SetAside, "nothing is filled in".to_owned()));
        }
        Ok(())
    }

    /// Hands over the values that say something; how many.
    fn data(
        &self,
        place: &Place,
        object: &Object,
        data: &[(SubscriberCategory, &str)],
        sink: &mut dyn Sink,
    ) -> usize {
        let mut given = 0;
        for (part, (category, key)) in (0..).zip(data) {
            if let Some(value) = json::field(object, key).as_deref().and_then(said) {
                sink.subscriber(self.declared(place).subscriber(part, *category, key, value));
                given += 1;
            }
        }
        given
    }
}

/// Whether a list of videos is of what the owner posted: what was watched has no likes.
fn is_own(list: &[&RawValue]) -> bool {
    list.iter()
        .take(5)
        .filter_map(|raw| json::object(raw.get()).ok())
        .any(|video| ["Likes", "WhoCanView", "Title"].iter().any(|key| video.contains_key(*key)))
}
