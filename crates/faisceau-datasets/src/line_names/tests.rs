//! The examples of the file, and names of hostile hands.

use proptest::prelude::*;

use super::*;

fn line(name: &str, ip: &str) -> Option<LineName> {
    read(name, ip.parse().unwrap())
}

#[test]
fn every_pattern_reads_its_examples_and_no_other_pattern_does() {
    let text = text().unwrap();
    let (entries, patterns) = (file(text).unwrap().pattern, parse(text).unwrap());
    let patterns: &'static [Pattern] = Vec::leak(patterns);
    assert_eq!(patterns.len(), 21);
    for (index, entry) in entries.iter().enumerate() {
        assert!(!entry.is.is_empty() && !entry.not.is_empty(), "{}", entry.name);
        for example in &entry.is {
            let name = plain(&example.name).unwrap();
            let readers: Vec<usize> = (0..patterns.len())
                .filter(|i| patterns[*i].read(&name, example.ip).is_some())
                .collect();
            assert_eq!(readers, [index], "{name}");
            let found = read(&example.name, example.ip).unwrap();
            assert_eq!((&found.site, &found.department), (&example.site, &example.department));
            assert_ne!(found.spells_address, Some(false), "{name}");
            assert_eq!(found.operator, entry.operator);
        }
        for name in &entry.not {
            let ip = "192.0.2.1".parse().unwrap();
            assert_eq!(patterns[index].read(&plain(name).unwrap(), ip), None, "{name}");
        }
    }
}

#[test]
fn a_line_of_free_says_site_and_department() {
    let found = line("gre92-7-82-243-130-161.fbx.proxad.net", "::ffff:82.243.130.161").unwrap();
    assert_eq!(found.to_string(), "Free, xdsl, gre, 92");
    assert_eq!(found.basis, "line-names@2026-08 fbx.proxad.net");
    assert_eq!(found.spells_address, Some(true));
    assert_eq!(found.notes(), ["word_of_the_holder", "site_of_equipment"]);
}

#[test]
fn a_name_that_spells_another_address_is_a_contradiction() {
    let other = line("gre92-7-82-243-130-161.fbx.proxad.net", "82.243.130.162").unwrap();
    assert!(other.notes().contains(&"name_contradicts_address"));
    let partly = line("lfbn-tou-1-1502-76.w90-89.abo.wanadoo.fr", "90.88.68.76").unwrap();
    assert_eq!(partly.spells_address, Some(false));
    let family = line("37-165-12-41.coucou-networks.fr", "2001:db8::1").unwrap();
    assert_eq!(family.spells_address, Some(false));
    let none = line("customer.lndngbr1.pop.starlinkisp.net", "192.0.2.1").unwrap();
    assert_eq!(none.spells_address, None);
}

#[test]
fn departments_that_do_not_exist_are_not_said() {
    let found = line("gre96-7-82-243-130-161.fbx.proxad.net", "82.243.130.161").unwrap();
    assert_eq!((found.site.as_deref(), found.department), (Some("gre"), None));
}

#[test]
fn names_of_nobody_are_not_read() {
    for name in ["", ".", ".fbx.proxad.net", "fbx.proxad.net", "é.fbx.proxad.net", "mail.gandi.net"]
    {
        assert_eq!(line(name, "192.0.2.1"), None, "{name}");
    }
    assert_eq!(line(&format!("{}.rev.sfr.net", "1".repeat(300)), "192.0.2.1"), None);
}

#[test]
fn a_template_that_is_not_understood_is_refused() {
    let with = |name| {
        format!(
            "date = \"2026\"\n[[pattern]]\noperator = \"A\"\nsuffix = \"a.fr\"\nname = \"{name}\"\n\
             technology = \"ftth\"\nis = []\nnot = []\n"
        )
    };
    assert!(parse(&with("{site}-{n}")).is_ok());
    assert!(parse(&with("{where}")).unwrap_err().to_string().contains("{where}"));
    assert!(parse(&with("{site")).is_err());
}

proptest! {
    #[test]
    fn whatever_the_name_nothing_breaks(name in "\\PC{0,80}", bits: u32) {
        let ip = std::net::Ipv4Addr::from(bits).into();
        let _ = read(&name, ip);
        let elsewhere = format!("{name}.example.org");
        prop_assert_eq!(read(&elsewhere, ip), None);
    }

    #[test]
    fn a_spelled_address_is_read_back(bits: u32, other: u32) {
        let [a, b, c, d] = bits.to_be_bytes();
        let name = format!("pes75-3-{a}-{b}-{c}-{d}.fbxo.proxad.net");
        let spells = |bits| read(&name, std::net::Ipv4Addr::from(bits).into()).unwrap().spells_address;
        prop_assert_eq!(spells(bits), Some(true));
        prop_assert_eq!(spells(other), Some(other == bits));
    }
}
