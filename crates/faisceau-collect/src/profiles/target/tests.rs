//! Tests of taking apart what is wanted.

use proptest::prelude::*;

use super::*;

fn of(service: Service, who: &str) -> Option<Target> {
    Target::of(&Wanted::new(service, who)).ok()
}

#[test]
fn accounts_are_told_however_they_are_written() {
    for who in [
        "LeVengeur@social.example.net",
        "@LeVengeur@Social.Example.net",
        "https://social.example.net/@LeVengeur",
        "https://social.example.net/users/LeVengeur/statuses/1",
        "https://other.example.net/@LeVengeur@social.example.net",
    ] {
        let Some(Target::Mastodon(found)) = of(Service::Mastodon, who) else { panic!("{who}") };
        assert_eq!(
            (found.user.as_str(), found.domain.as_str()),
            ("LeVengeur", "social.example.net")
        );
        assert_eq!(found.base.as_str(), "https://social.example.net/");
        assert_eq!(found.acct(), "LeVengeur");
    }
    for (who, actor) in [
        ("@vengeur.example.net", "vengeur.example.net"),
        ("https://bsky.app/profile/vengeur.example.net", "vengeur.example.net"),
        ("did:plc:abcdefghijklmnopqrstuvwx", "did:plc:abcdefghijklmnopqrstuvwx"),
        ("did:web:vengeur.example.net", "did:web:vengeur.example.net"),
        ("élan.example.net", "xn--lan-9la.example.net"),
    ] {
        let Some(Target::Bluesky(found)) = of(Service::Bluesky, who) else { panic!("{who}") };
        assert_eq!(found.actor, actor);
    }
    for who in ["u/Le_Vengeur-1", "/u/Le_Vengeur-1", "https://www.reddit.com/user/Le_Vengeur-1/"] {
        let Some(Target::Reddit(found)) = of(Service::Reddit, who) else { panic!("{who}") };
        assert_eq!(found.name, "Le_Vengeur-1");
    }
    for who in ["1abcd", "t3_1abcd", "https://www.reddit.com/r/france/comments/1abcd/titre/"] {
        let Some(Target::RedditThread(found)) = of(Service::RedditThread, who) else { panic!() };
        assert_eq!(found.name, "1abcd");
    }
}

#[test]
fn what_is_no_name_is_refused() {
    let bad = [
        "",
        " ",
        "@",
        "a",
        "a@",
        "@a@",
        "a@b",
        "a@127.0.0.1",
        "a@0x7f.1",
        "a@2130706433",
        "a@[::1]",
        "/../@a.example.net",
        "a/../b@a.example.net",
        "%0d%0a@a.example.net",
        "a\r\nb@a.example.net",
        "a@a.example.net/../x",
        "a@a.example.net:80",
        "a@b@a.example.net",
        "é@a.example.net",
        "a@a..example.net",
        "a@-a.example.net",
        "\u{202e}a@a.example.net",
        "..@a.example.net",
        "https://a.example.net/a",
        "https://u:p@a.example.net/@x",
        "file:///@x",
    ];
    for who in bad {
        assert_eq!(of(Service::Mastodon, who), None, "{who:?}");
    }
    for who in
        ["", "nodot", "127.0.0.1", "did:plc:x", "did:key:z", "did:web:a/b.c", "a.example.net/../x"]
    {
        assert_eq!(of(Service::Bluesky, who), None, "{who:?}");
    }
    for who in [
        "",
        "..",
        "a/../b",
        "a%0d%0ab",
        "é",
        "aaaaaaaaaaaaaaaaaaaaa",
        "https://evil.example.net/user/a",
    ] {
        assert_eq!(of(Service::Reddit, who), None, "{who:?}");
    }
    for who in ["", "ABC", "../x", "https://www.reddit.com/r/x/"] {
        assert_eq!(of(Service::RedditThread, who), None, "{who:?}");
    }
    for who in ["file:///etc/passwd", "https://a:b@c.example.net/rss", "x"] {
        assert_eq!(of(Service::Feed, who), None, "{who:?}");
    }
}

#[test]
fn limits_and_periods_must_leave_something() {
    let mut wanted = Wanted::new(Service::Reddit, "a_name");
    wanted.limit = Some(0);
    assert_eq!(Target::of(&wanted), Err(WantedError::NoPosts));
    wanted.limit = None;
    wanted.since = "2026-01-02T00:00:00Z".parse().ok();
    wanted.until = "2026-01-01T00:00:00Z".parse().ok();
    assert!(matches!(Target::of(&wanted), Err(WantedError::Window { .. })));
    let mut wanted = Wanted::new(Service::Mastodon, "a@a.example.net");
    wanted.instance = Some("https://a.example.net/?x".to_owned());
    assert!(matches!(Target::of(&wanted), Err(WantedError::Address { .. })));
}

proptest! {
    #[test]
    fn a_name_never_changes_whom_is_asked(who in "\\PC{0,60}") {
        for service in Service::ALL {
            if let Some(Target::Reddit(found) | Target::RedditThread(found)) = of(service, &who) {
                prop_assert_eq!(found.base.as_str(), "https://www.reddit.com/");
                prop_assert!(!found.name.contains(['/', '%', '?', '#']));
            }
        }
    }
}

#[test]
fn an_account_is_named_by_its_id_where_the_instance_is() {
    let mut wanted = Wanted::new(Service::Mastodon, "109302436954721982");
    assert!(Target::of(&wanted).is_err());
    wanted.instance = Some("https://social.example.net".to_owned());
    let Ok(Target::Mastodon(found)) = Target::of(&wanted) else { panic!() };
    assert_eq!(found.id.as_deref(), Some("109302436954721982"));
    assert_eq!(found.base.as_str(), "https://social.example.net/");
}
