//! Every file is what its name says, for readers that know nothing of this crate.

use std::io::Cursor;
use std::net::IpAddr;

use exif::{In, Tag};
use faisceau_testkit::{World, demo, small};

use super::reading::{archive, ending, file, images, list, mails, table, unix};

fn worlds() -> Vec<World> {
    vec![demo(faisceau_testkit::DEMO_SEED), small(1), small(2)]
}

#[test]
fn the_settings_are_toml_with_every_examined_account() {
    for world in worlds() {
        let settings: toml::Table = world.case_toml.parse().unwrap();
        let listed: Vec<&str> = settings["account"]
            .as_array()
            .unwrap()
            .iter()
            .map(|a| a["key"].as_str().unwrap())
            .collect();
        for account in world.truth.accounts {
            assert_eq!(listed.contains(&account.account.as_str()), account.role != "third_party");
        }
    }
}

#[test]
fn the_overlay_holds_every_address_of_the_documentation_ranges() {
    for world in worlds() {
        let overlay: Vec<csv::StringRecord> =
            csv::Reader::from_reader(world.overlay_csv.as_bytes())
                .records()
                .map(Result::unwrap)
                .collect();
        assert!(overlay.len() > 8 && overlay.iter().all(|record| record.len() == 8));
        for entry in table(&world, "forum_reponse_connexions.csv") {
            let ip = &entry["adresse_ip"];
            let known = overlay.iter().any(|record| covers(&record[0], ip));
            let real = ip.parse::<IpAddr>().is_ok() && !is_documentation(ip);
            assert!(known || real || ip == "192.0.2.900", "{ip}");
        }
    }
}

/// Whether a prefix holds an IPv4 address, or an IPv6 one by its first two groups.
fn covers(prefix: &str, ip: &str) -> bool {
    let (base, length) = prefix.split_once('/').unwrap();
    match (base.parse().unwrap(), ip.parse()) {
        (IpAddr::V4(base), Ok(IpAddr::V4(ip))) => {
            let shift = 32 - length.parse::<u32>().unwrap();
            u32::from(base) >> shift == u32::from(ip) >> shift
        }
        (IpAddr::V6(base), Ok(IpAddr::V6(ip))) => {
            let shift = 128 - length.parse::<u32>().unwrap();
            u128::from(base) >> shift == u128::from(ip) >> shift
        }
        _ => false,
    }
}

fn is_documentation(ip: &str) -> bool {
    ["192.0.2.", "198.51.100.", "203.0.113.", "2001:db8:"].iter().any(|p| ip.starts_with(p))
}

#[test]
fn the_log_is_combined_with_a_forwarded_chain_and_a_port() {
    for world in worlds() {
        let log = std::str::from_utf8(file(&world, "access.log")).unwrap();
        let mut broken = 0;
        for line in log.lines() {
            let fields: Vec<&str> = line.split('"').collect();
            let address = line.split(' ').next().unwrap().parse::<IpAddr>();
            let date = line.contains(" +0200] ");
            if address.is_err() || !date || line.contains("25:61") {
                broken += 1;
                continue;
            }
            assert_eq!(fields.len(), 9, "{line}");
            assert!(fields[8].trim().parse::<u16>().unwrap() > 1023);
        }
        let planted: usize =
            world.truth.rejects.iter().filter(|r| r.file == "access.log").map(|r| r.count).sum();
        assert_eq!(broken, planted);
    }
}

#[test]
fn the_log_of_the_demonstration_has_about_six_thousand_lines() {
    let world = demo(3);
    let lines = std::str::from_utf8(file(&world, "access.log")).unwrap().lines().count();
    assert!((5_500..6_700).contains(&lines), "{lines}");
}

#[test]
fn ids_of_x_hold_their_time() {
    for world in worlds() {
        for record in table(&world, "x_4cat.csv") {
            let id: i64 = record["id"].parse().unwrap();
            let at: i64 = record["unix_timestamp"].parse().unwrap();
            assert_eq!(((id >> 22) + 1_288_834_974_657) / 1000, at);
            assert_eq!(
                record["timestamp"].replace(' ', "T") + "Z",
                jiff::Timestamp::from_second(at).unwrap().to_string()
            );
            assert!(record["link"].ends_with(&record["id"]));
        }
    }
}

#[test]
fn the_archive_of_x_has_its_four_parts() {
    for world in worlds() {
        let archive = archive(&world);
        for (member, prefix) in [
            ("data/account.js", "window.YTD.account.part0 = ["),
            ("data/tweets.js", "window.YTD.tweets.part0 = ["),
            ("data/ip-audit.js", "window.YTD.ip_audit.part0 = ["),
            ("data/account-creation-ip.js", "window.YTD.account_creation_ip.part0 = ["),
        ] {
            assert!(archive[member].starts_with(prefix), "{member}");
            assert!(!list(&archive[member]).is_empty());
        }
        for audit in list(&archive["data/ip-audit.js"]) {
            unix(audit["ipAudit"]["createdAt"].as_str().unwrap());
            assert!(audit["ipAudit"]["loginPortNumber"].as_u64().unwrap() > 1023);
        }
    }
}

#[test]
fn telegram_dates_are_local_and_ids_rise() {
    let world = demo(5);
    let export: serde_json::Value = serde_json::from_slice(file(&world, "result.json")).unwrap();
    let messages = export["messages"].as_array().unwrap();
    let zone = jiff::tz::TimeZone::get("Europe/Paris").unwrap();
    for (index, message) in messages.iter().enumerate() {
        assert_eq!(message["id"], index + 1);
        let unix: i64 = message["date_unixtime"].as_str().unwrap().parse().unwrap();
        let local = jiff::Timestamp::from_second(unix).unwrap().to_zoned(zone.clone());
        assert_eq!(message["date"].as_str().unwrap(), local.datetime().to_string());
    }
}

#[test]
fn mails_have_a_chain_and_a_sender() {
    for world in worlds() {
        for raw in mails(&world) {
            let text = String::from_utf8(raw.clone()).unwrap();
            let mail = mail_parser::MessageParser::new().parse(&raw).unwrap();
            assert!(
                mail.message_id().is_some() && mail.date().is_some() && mail.subject().is_some()
            );
            let ours = mail.from().unwrap().first().unwrap().address()
                == Some("maud@atelier-des-lilas.example");
            assert_eq!(text.matches("Received: from").count(), if ours { 1 } else { 2 });
            assert_eq!(text.matches("X-Originating-IP: [").count(), 1);
        }
        assert!((1..=6).contains(&ending(&world, "eml").len()));
    }
    assert_eq!(ending(&demo(1), "eml").len(), 6);
}

#[test]
fn pictures_decode_and_say_what_the_truth_says() {
    for world in worlds() {
        let images = images(&world);
        assert_eq!(images.len(), world.truth.images.len());
        for truth in &world.truth.images {
            let bytes = &images[&truth.file];
            assert!(bytes.starts_with(&[0xff, 0xd8, 0xff]) && bytes.ends_with(&[0xff, 0xd9]));
            let picture = image::load_from_memory(bytes).unwrap();
            assert_eq!((picture.width(), picture.height()), (160, 120));
            let read = exif::Reader::new().read_from_container(&mut Cursor::new(bytes));
            let Some(serial) = &truth.serial else {
                assert!(read.is_err());
                continue;
            };
            let read = read.unwrap();
            let text = |tag| {
                let field = read.get_field(tag, In::PRIMARY).unwrap_or_else(|| panic!("{tag}"));
                field.display_value().to_string().replace('"', "")
            };
            assert_eq!(text(Tag::BodySerialNumber), *serial);
            let camera = format!("{} {}", text(Tag::Make), text(Tag::Model));
            assert_eq!(Some(camera), truth.camera);
            assert_eq!(text(Tag::OffsetTimeOriginal), "+02:00");
            assert!(text(Tag::DateTimeOriginal).starts_with("2026-"));
            let placed = read.get_field(Tag::GPSLatitude, In::PRIMARY).is_some();
            assert_eq!(placed, truth.file == "facture_bol.jpg");
        }
    }
}

#[test]
fn the_unread_file_is_like_no_other() {
    let world = small(1);
    assert_eq!(world.truth.unread, ["captures.bin"]);
    assert!(std::str::from_utf8(file(&world, "captures.bin")).is_err());
}
