//! Reads the files of a world with general readers, apart from the importers.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use faisceau_testkit::World;
use mail_parser::{MessageParser, MimeHeaders};

/// A post as a general reader finds it.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub(crate) account: String,
    pub(crate) text: String,
    /// Unix seconds.
    pub(crate) at: i64,
}

pub(crate) fn file<'a>(world: &'a World, name: &str) -> &'a [u8] {
    &world.files.iter().find(|(file, _)| file == name).unwrap_or_else(|| panic!("{name}")).1
}

/// Records of a CSV file, by column name.
pub(crate) fn table(world: &World, name: &str) -> Vec<BTreeMap<String, String>> {
    csv::Reader::from_reader(file(world, name))
        .deserialize()
        .map(|record| record.unwrap())
        .collect()
}

/// Files whose name ends so.
pub(crate) fn ending<'a>(world: &'a World, end: &str) -> Vec<&'a (String, Vec<u8>)> {
    world
        .files
        .iter()
        .filter(|(name, _)| name.rsplit_once('.').is_some_and(|(_, e)| e == end))
        .collect()
}

pub(crate) fn unix(rfc3339: &str) -> i64 {
    rfc3339.parse::<jiff::Timestamp>().unwrap().as_second()
}

/// Mails of the single files and of the mailbox, raw.
pub(crate) fn mails(world: &World) -> Vec<Vec<u8>> {
    let mut mails: Vec<Vec<u8>> =
        ending(world, "eml").into_iter().map(|(_, bytes)| bytes.clone()).collect();
    let mailbox = String::from_utf8(file(world, "boite.mbox").to_vec()).unwrap();
    for mail in format!("\n{mailbox}").split("\nFrom ").skip(1) {
        let mail = mail.split_once('\n').unwrap().1;
        mails.push(mail.replace("\n>From ", "\nFrom ").into_bytes());
    }
    mails
}

/// Members of the claimant's archive.
pub(crate) fn archive(world: &World) -> BTreeMap<String, String> {
    members(file(world, "x_archive_demanderesse.zip"))
        .into_iter()
        .map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap()))
        .collect()
}

pub(crate) fn members(zip: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(zip)).unwrap();
    (0..zip.len())
        .map(|index| {
            let mut member = zip.by_index(index).unwrap();
            let mut bytes = Vec::new();
            member.read_to_end(&mut bytes).unwrap();
            (member.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

/// The list behind the assignment of an archive part.
pub(crate) fn list(part: &str) -> Vec<serde_json::Value> {
    serde_json::from_str(part.split_once(" = ").unwrap().1).unwrap()
}

/// All posts of all files.
pub(crate) fn posts(world: &World) -> Vec<Found> {
    let mut posts = Vec::new();
    for record in table(world, "forum_messages.csv") {
        if !record["auteur_id"].is_empty() {
            posts.push(Found {
                account: format!("forum-du-lac:{}", record["auteur_id"]),
                text: record["message"].clone(),
                at: unix(&record["date_utc"]),
            });
        }
    }
    for record in table(world, "x_4cat.csv") {
        posts.push(Found {
            account: format!("x:{}", record["author_id"]),
            text: record["body"].replace("@atelier_lilas ", ""),
            at: record["unix_timestamp"].parse().unwrap(),
        });
    }
    let export: serde_json::Value = serde_json::from_slice(file(world, "result.json")).unwrap();
    for message in export["messages"].as_array().unwrap() {
        if message["type"] == "message" {
            posts.push(Found {
                account: format!("telegram:{}", message["from_id"].as_str().unwrap()),
                text: message["text"].as_str().unwrap().to_owned(),
                at: message["date_unixtime"].as_str().unwrap().parse().unwrap(),
            });
        }
    }
    let archive = archive(world);
    let owner = list(&archive["data/account.js"])[0]["account"]["accountId"].clone();
    for tweet in list(&archive["data/tweets.js"]) {
        let at = jiff::fmt::strtime::parse(
            "%a %b %d %H:%M:%S %z %Y",
            tweet["tweet"]["created_at"].as_str().unwrap(),
        );
        posts.push(Found {
            account: format!("x:{}", owner.as_str().unwrap()),
            text: tweet["tweet"]["full_text"].as_str().unwrap().to_owned(),
            at: at.unwrap().to_timestamp().unwrap().as_second(),
        });
    }
    for raw in mails(world) {
        let mail = MessageParser::new().parse(&raw).unwrap();
        let from = mail.from().unwrap().first().unwrap().address().unwrap();
        posts.push(Found {
            account: format!("mail:@{from}"),
            text: mail.body_text(0).unwrap().into_owned(),
            at: mail.date().unwrap().to_timestamp(),
        });
    }
    posts
}

/// Images: files of their own, and attachments of mails.
pub(crate) fn images(world: &World) -> BTreeMap<String, Vec<u8>> {
    let mut images: BTreeMap<String, Vec<u8>> = ending(world, "jpg").into_iter().cloned().collect();
    for raw in mails(world) {
        let mail = MessageParser::new().parse(&raw).unwrap();
        for part in mail.attachments() {
            let name = part.attachment_name().unwrap().to_owned();
            images.insert(name, part.contents().to_vec());
        }
    }
    images
}
