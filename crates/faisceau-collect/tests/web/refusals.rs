//! What is not asked: nothing of it leaves.

use faisceau_collect::dial::Dialer;
use faisceau_collect::http::FetchError;
use faisceau_testsite::{Host, Site, Socks, private_targets};

use super::{Asking, plain, secure};

#[test]
fn a_redirection_into_the_own_network_is_not_followed() {
    let (site, other) = (Site::start().unwrap(), Site::start().unwrap());
    let targets = private_targets(other.http());
    for target in targets {
        site.set_answer("/leads", 302, &[("Location", &target)], b"");
        let (answer, exchanges) = Asking::of(&site).ask_one(&plain(site.http(), "/leads"));
        match answer {
            Err(FetchError::Refused { .. }) => {}
            // A scheme that is no address of the web leads nowhere.
            other => panic!("{target}: {other:?}"),
        }
        assert_eq!(exchanges.len(), 1, "{target}");
    }
    assert!(other.requests().is_empty());
}

#[test]
fn a_certificate_of_nobody_is_refused_before_anything_is_asked() {
    let site = Site::start().unwrap();
    let asking =
        Asking { roots: vec![Site::start().unwrap().root_der().to_vec()], ..Asking::of(&site) };
    let (answer, exchanges) = asking.ask_one(&secure(site.https(), "/"));
    assert!(answer.unwrap_err().to_string().contains("certificate"));
    assert!(exchanges[0].cut.is_some() && site.requests().is_empty());
}

#[test]
fn what_a_site_asks_machines_not_to_read_is_not_read() {
    let site = Site::start().unwrap();
    site.set_robots("User-agent: *\nDisallow: /private\n");
    let mut asking = Asking::of(&site);
    asking.settings.robots = true;
    let urls =
        [plain(site.http(), "/private/a"), plain(site.http(), "/"), plain(site.http(), "/gzip")];
    let came = asking.ask(&urls);
    assert!(
        matches!(came.answers[0], Err(FetchError::Robots { line: 2, .. })),
        "{:?}",
        came.answers[0]
    );
    assert_eq!(came.answers[1].as_ref().unwrap().status, 200);
    // Once for the site, and never for what was refused.
    let seen = site.requests();
    let targets: Vec<&str> = seen.iter().map(|seen| seen.target.as_str()).collect();
    assert_eq!(targets, ["/robots.txt", "/", "/gzip"]);
}

#[test]
fn a_proxy_learns_the_name_and_nobody_resolves_it_here() {
    let site = Site::start().unwrap();
    let socks = Socks::start([("site.test.example.org".to_owned(), site.http())].into()).unwrap();
    let dialer = Dialer {
        via: Some(format!("socks5://{}", socks.address()).parse().unwrap()),
        ..Dialer::default()
    };
    let asking = Asking { dialer, ..Asking::of(&site) };
    let url = "http://site.test.example.org/".parse().unwrap();
    let (answer, exchanges) = asking.ask_one(&url);
    assert_eq!(answer.unwrap().status, 200);
    assert_eq!((exchanges[0].remote, exchanges[0].resolved.len()), (None, 0));
    assert!(exchanges[0].via.as_deref().unwrap().starts_with("socks5://127.0.0.1:"));
    let asked = socks.asked();
    assert!(matches!(&asked[0].host, Host::Domain(name) if name == "site.test.example.org"));
    // A private address is refused here, not left to the proxy.
    let dialer = Dialer {
        via: Some(format!("socks5://{}", socks.address()).parse().unwrap()),
        ..Dialer::default()
    };
    let (answer, _) =
        Asking { dialer, ..Asking::of(&site) }.ask_one(&"http://10.0.0.1/".parse().unwrap());
    assert!(matches!(answer, Err(FetchError::Refused { .. })));
    assert_eq!(socks.asked().len(), 1);
}

#[test]
fn a_redirection_that_may_alert_is_not_followed_unless_it_may() {
    let site = Site::start().unwrap();
    for target in ["/unsubscribe", "/a?token=1", "https://grabify.link/x"] {
        site.set_answer("/leads", 302, &[("Location", target)], b"");
        let (answer, exchanges) = Asking::of(&site).ask_one(&plain(site.http(), "/leads"));
        assert!(matches!(answer, Err(FetchError::Refused { .. })), "{target}: {answer:?}");
        assert_eq!(exchanges.len(), 1, "{target}");
    }
    site.set_answer("/leads", 302, &[("Location", "/unsubscribe")], b"");
    let mut asking = Asking::of(&site);
    asking.settings.although_it_may_alert = true;
    let (answer, exchanges) = asking.ask_one(&plain(site.http(), "/leads"));
    assert!(answer.is_ok());
    assert_eq!(exchanges.len(), 2);
}
