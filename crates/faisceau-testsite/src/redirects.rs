//! Redirections: near, far, without end, and to where nobody should be led.

use std::net::SocketAddr;

use crate::request::Seen;
use crate::respond::{HTML, Reply, TEXT};
use crate::site::State;

/// Where no client should follow: private and local addresses in several spellings, a server of
/// secrets, other schemes, and credentials. `/redirect-private/N` leads to the Nth.
pub fn private_targets(site: SocketAddr) -> Vec<String> {
    let port = site.port();
    [
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data",
        "http://[::1]/",
        "http://localhost:PORT/",
        "http://127.0.0.1:PORT/",
        "http://0x7f000001/",
        "http://2130706433/",
        "http://0177.0.0.1/",
        "http://127.1/",
        "http://[::ffff:127.0.0.1]/",
        "http://[fe80::1]/",
        "http://192.168.1.1/",
        "http://0.0.0.0:PORT/",
        "http://user:secret@site.test/",
        "http://printer.local/",
        "//10.0.0.1/",
        "file:///etc/passwd",
        "ftp://10.0.0.1/",
        "data:text/html,<p>ici</p>",
        "javascript:alert(1)",
    ]
    .iter()
    .map(|target| target.replace("PORT", &port.to_string()))
    .collect()
}

fn to(location: impl AsRef<[u8]>) -> Reply {
    Reply::new(302, TEXT, "Ailleurs.\n").with("Location", location)
}

/// `/redirect-to?url=…&status=…`: what the query says is sent as it is, without its
/// percent-encoding. `%0d%0a` makes another field of it.
fn asked_for(seen: &Seen) -> Option<Reply> {
    let status = seen.query("status").and_then(|status| String::from_utf8(status).ok());
    let status = status.and_then(|status| status.parse().ok()).unwrap_or(302);
    let url = seen.query("url")?;
    Some(Reply::new(status, HTML, "<!DOCTYPE html><title>Ailleurs</title>\n").with("Location", url))
}

/// The redirections of the site.
pub(crate) fn reply(seen: &Seen, state: &State) -> Option<Reply> {
    match seen.path() {
        "/redirect-to" => return asked_for(seen),
        "/redirect-loop" => return Some(to("/redirect-loop")),
        "/redirect-relative" => return Some(to("./private/../style.css?from=relative#part")),
        "/redirect-nowhere" => return Some(Reply::new(302, TEXT, "Sans adresse.\n")),
        _ => {}
    }
    if let Some(hops) = seen.behind("/redirect/") {
        return Some(match hops.parse::<u32>().ok()? {
            0 | 1 => to("/"),
            hops => to(format!("/redirect/{}", hops - 1)),
        });
    }
    let which = seen.behind("/redirect-private")?;
    let which = if which.is_empty() { 0 } else { which.strip_prefix('/')?.parse().ok()? };
    private_targets(*state.http.get()?).get(which).map(to)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Site, client};

    fn location(site: &Site, target: &str) -> String {
        let (head, _) = client::parts(&client::get(site.http(), target));
        assert!(head.starts_with("HTTP/1.1 302 Found\r\n"), "{head}");
        let line = head.lines().find(|line| line.starts_with("Location: ")).unwrap();
        line.trim_start_matches("Location: ").to_owned()
    }

    #[test]
    fn so_many_hops_lead_home() {
        let site = Site::start().unwrap();
        let mut at = "/redirect/3".to_owned();
        let mut hops = 0;
        while at != "/" {
            at = location(&site, &at);
            hops += 1;
        }
        assert_eq!(hops, 3);
        assert_eq!(location(&site, "/redirect-loop"), "/redirect-loop");
        assert!(location(&site, "/redirect-relative").starts_with("./"));
    }

    #[test]
    fn any_location_is_sent_as_it_is() {
        let site = Site::start().unwrap();
        assert_eq!(
            location(&site, "/redirect-to?url=http%3a%2f%2fa.test%2f%3fb%3dc"),
            "http://a.test/?b=c"
        );
        let answer = client::get(site.http(), "/redirect-to?status=308&url=/%0d%0aX-B:%20%ff");
        assert!(answer.starts_with(b"HTTP/1.1 308 Permanent Redirect\r\n"));
        let field = b"Location: /\r\nX-B: \xff\r\n";
        assert!(answer.windows(field.len()).any(|window| window == field));
        let (head, _) = client::parts(&client::get(site.http(), "/redirect-nowhere"));
        assert!(head.starts_with("HTTP/1.1 302") && !head.contains("Location"));
    }

    #[test]
    fn each_private_target_is_reached() {
        let site = Site::start().unwrap();
        let targets = private_targets(site.http());
        assert!(targets.contains(&format!("http://localhost:{}/", site.http().port())));
        for (index, target) in targets.iter().enumerate() {
            assert_eq!(&location(&site, &format!("/redirect-private/{index}")), target);
        }
        assert_eq!(location(&site, "/redirect-private"), "http://10.0.0.1/");
        let beyond = client::get(site.http(), &format!("/redirect-private/{}", targets.len()));
        assert!(beyond.starts_with(b"HTTP/1.1 404"));
    }
}
