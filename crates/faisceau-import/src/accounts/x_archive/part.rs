//! The parts of an archive that are read, their names and the keys that wrap their elements.
//!
//! In: the name after `window.YTD.`, or, in the answer to a legal request, an element itself. Out:
//! the part. Refused: the name of the file.

use serde_json::Value;

use crate::json::Object;

/// A part that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Tweets,
    TweetHeaders,
    Notes,
    Messages,
    MessageHeaders,
    Grok,
    Account,
    Profile,
    ScreenName,
    IpAudit,
    CreationIp,
    DeviceToken,
    NiDevices,
    Application,
    KeyRegistry,
    EmailChange,
    Phone,
    Age,
    Verified,
    TimeZone,
    Suspension,
}

/// Each part, the names that archives of some year give it, and the key around an element.
const PARTS: &[(Part, &[&str], &str)] = &[
    (
        Part::Tweets,
        &["tweet", "tweets", "deleted_tweet", "deleted_tweets", "community_tweet"],
        "tweet",
    ),
    (Part::TweetHeaders, &["tweet_headers", "deleted_tweet_headers"], "tweet"),
    (Part::Notes, &["note_tweet"], "noteTweet"),
    (
        Part::Messages,
        &["direct_message", "direct_messages", "direct_message_group", "direct_messages_group"],
        "dmConversation",
    ),
    (
        Part::MessageHeaders,
        &["direct_message_headers", "direct_message_group_headers"],
        "dmConversation",
    ),
    (Part::Grok, &["grok_chat_item"], "grokChatItem"),
    (Part::Account, &["account"], "account"),
    (Part::Profile, &["profile"], "profile"),
    (Part::ScreenName, &["screen_name_change"], "screenNameChange"),
    (Part::IpAudit, &["ip_audit"], "ipAudit"),
    (Part::CreationIp, &["account_creation_ip"], "accountCreationIp"),
    (Part::DeviceToken, &["device_token"], "deviceToken"),
    (Part::NiDevices, &["ni_devices"], "niDeviceResponse"),
    (
        Part::Application,
        &["connected_application", "connected_applications"],
        "connectedApplication",
    ),
    (Part::KeyRegistry, &["key_registry"], "keyRegistryData"),
    (Part::EmailChange, &["email_address_change"], "emailAddressChange"),
    (Part::Phone, &["phone_number"], "device"),
    (Part::Age, &["ageinfo"], "ageMeta"),
    (Part::Verified, &["verified"], "verified"),
    (Part::TimeZone, &["account_timezone"], "accountTimezone"),
    (Part::Suspension, &["account_suspension"], "accountSuspension"),
];

/// Keys by which an element without its wrapper is told: all of a row must be there.
const BARE: &[(Part, &[&str])] = &[
    (Part::IpAudit, &["loginIp"]),
    (Part::CreationIp, &["userCreationIp"]),
    (Part::Account, &["accountId", "accountDisplayName"]),
    (Part::Account, &["accountId", "username"]),
    (Part::DeviceToken, &["token", "clientApplicationId"]),
    (Part::DeviceToken, &["token", "lastSeenAt"]),
    (Part::Tweets, &["full_text", "created_at"]),
    (Part::TweetHeaders, &["tweet_id", "user_id", "created_at"]),
    (Part::Messages, &["conversationId", "messages"]),
    (Part::Suspension, &["timeStamp", "action"]),
    (Part::Age, &["ageInfo"]),
    (Part::Verified, &["accountId", "verified"]),
    (Part::TimeZone, &["accountId", "timeZone"]),
    (Part::Phone, &["phoneNumber"]),
];

impl Part {
    /// The part that a file of an archive says it is.
    pub(crate) fn named(name: &str) -> Option<Self> {
        PARTS.iter().find(|(_, names, _)| names.contains(&name)).map(|(part, ..)| *part)
    }

    /// The part that an element of an answer belongs to.
    pub(crate) fn of(element: &Object) -> Option<Self> {
        let wrapped = PARTS.iter().find(|(_, _, wrapper)| {
            element.get(*wrapper).is_some_and(Value::is_object) && element.len() == 1
        });
        match wrapped {
            // Both wrap their elements in the same key.
            Some((Self::Tweets, ..)) if is_header(element) => Some(Self::TweetHeaders),
            Some((part, ..)) => Some(*part),
            None => BARE
                .iter()
                .find(|(_, keys)| keys.iter().all(|key| element.contains_key(*key)))
                .map(|(part, _)| *part),
        }
    }

    /// The key that wraps each element.
    pub(crate) fn wrapper(self) -> &'static str {
        PARTS.iter().find(|(part, ..)| *part == self).map_or("", |(.., wrapper)| wrapper)
    }

    /// Whether the part repeats another one without the text.
    pub(crate) const fn repeats(self) -> bool {
        matches!(self, Self::TweetHeaders | Self::MessageHeaders)
    }

    /// Whether an element is mostly identity data, which no reject shows.
    pub(crate) const fn identifies(self) -> bool {
        matches!(
            self,
            Self::Account | Self::EmailChange | Self::Phone | Self::Age | Self::NiDevices
        )
    }
}

fn is_header(element: &Object) -> bool {
    element
        .get("tweet")
        .is_some_and(|tweet| tweet.get("tweet_id").is_some() && tweet.get("full_text").is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::object;

    #[test]
    fn names_and_elements_tell_the_same_part() {
        for (part, names, wrapper) in PARTS {
            assert!(names.iter().all(|name| Part::named(name) == Some(*part)));
            assert_eq!(part.wrapper(), *wrapper);
            if !part.repeats() {
                let element = object(&format!(r#"{{"{wrapper}":{{}}}}"#)).unwrap();
                assert_eq!(Part::of(&element), Some(*part));
            }
        }
        let of = |text: &str| Part::of(&object(text).unwrap());
        assert_eq!(of(r#"{"tweet":{"tweet_id":"1","user_id":"2"}}"#), Some(Part::TweetHeaders));
        assert_eq!(of(r#"{"accountId":"1","createdAt":"","loginIp":""}"#), Some(Part::IpAudit));
        assert_eq!(of(r#"{"accountId":"1","verified":true}"#), Some(Part::Verified));
        assert_eq!(of(r#"{"like":{"tweetId":"1"}}"#), None);
    }
}
