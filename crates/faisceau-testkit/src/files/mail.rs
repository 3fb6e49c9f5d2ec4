//! Mails: a few received ones as single files, the rest as one mailbox.
//!
//! In: the posts of mail accounts. Out: `.eml` files with CRLF, of which one has a JPEG attached,
//! and `boite.mbox`. The upper Received line is by the claimant's provider and can be trusted; the
//! lower one and `X-Originating-IP` are what the sender's provider says, without a port.

use crate::activity::Post;
use crate::calendar::{paris, utc};
use crate::cast::{Account, Cast, Part, Service};
use crate::files::forum::subject;
use crate::network::{Net, PROVIDER, SENDERS_PROVIDER};
use crate::random::Rng;

const CLAIMANT: &str = "maud@atelier-des-lilas.example";

/// Mails of person A that go out through the VPN: every eighth.
const VPN_EVERY: usize = 8;

/// Writes the mails. `picture` gives the bytes of an attached image.
pub(crate) fn mails(
    cast: &Cast,
    posts: &[Post],
    net: &Net,
    picture: &dyn Fn(&str) -> Option<Vec<u8>>,
    rng: &mut Rng,
) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    let mut mailbox = String::new();
    let mut quoted: Option<String> = None;
    let (mut single, mut of_a) = (0, 0);
    for post in posts.iter().filter(|p| cast.accounts[p.account].service == Service::Mail) {
        let account = &cast.accounts[post.account];
        let person = &cast.persons[account.person];
        let ip = if person.part == Part::Several {
            of_a += 1;
            if of_a % VPN_EVERY == 5 { net.vpn.clone() } else { net.home(&person.id) }
        } else {
            net.home(&person.id)
        };
        let mut text = body(person.part, &post.text);
        if person.part == Part::Claimant {
            if let Some(quote) = quoted.take() {
                text = format!("{text}\n{quote}");
            }
        } else {
            quoted = Some(quote(account, post, &text));
        }
        let mail = mail(account, post, &text, &ip, post.media.and_then(picture), rng);
        let alone = post.media.is_some() || (person.part == Part::Several && of_a % 6 == 2);
        if alone && single < 6 {
            single += 1;
            let name = format!("courriel_{single}.eml");
            files.push((name, mail.replace('\n', "\r\n").into_bytes()));
        } else {
            let stamp = utc(post.at, "%a %b %e %H:%M:%S %Y");
            mailbox.extend(["From ", &account.native, " ", &stamp, "\n"]);
            for line in mail.lines() {
                if line.starts_with("From ") {
                    mailbox.push('>');
                }
                mailbox.push_str(line);
                mailbox.push('\n');
            }
            mailbox.push('\n');
        }
    }
    files.push(("boite.mbox".to_owned(), mailbox.into_bytes()));
    files
}

fn body(part: Part, text: &str) -> String {
    match part {
        Part::Several => format!("bonjour\n\n{text}\n"),
        Part::Claimant => format!("Bonjour,\n\n{text}\n\nMaud\n"),
        _ => format!("Bonjour Maud,\n\n{text}\n"),
    }
}

/// The words of the mail before, as mail programs quote them.
fn quote(account: &Account, post: &Post, text: &str) -> String {
    let lines: Vec<String> = text.lines().map(|line| format!("> {line}")).collect();
    format!(
        "Le {}, {} a écrit :\n{}\n",
        paris(post.at, "%d/%m/%Y à %H:%M"),
        account.name,
        lines.join("\n")
    )
}

/// One mail. Lines end in a line feed alone.
fn mail(
    account: &Account,
    post: &Post,
    text: &str,
    ip: &str,
    attached: Option<Vec<u8>>,
    rng: &mut Rng,
) -> String {
    let id = format!("{:012x}.{}", rng.next() >> 16, post.at);
    let plain = format!(
        "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{text}"
    );
    let body = match attached {
        None => plain,
        Some(bytes) => {
            let name = post.media.unwrap_or_default();
            let edge = format!("=_{}", &id[..12]);
            [
                format!("Content-Type: multipart/mixed; boundary=\"{edge}\"\n\n--{edge}\n"),
                plain,
                format!("\n--{edge}\nContent-Type: image/jpeg; name=\"{name}\"\n"),
                "Content-Transfer-Encoding: base64\n".to_owned(),
                format!("Content-Disposition: attachment; filename=\"{name}\"\n\n"),
                base64(&bytes),
                format!("--{edge}--\n"),
            ]
            .concat()
        }
    };
    envelope(account, post, ip, &id, rng) + &body
}

/// The headers but for those of the content.
fn envelope(account: &Account, post: &Post, ip: &str, id: &str, rng: &mut Rng) -> String {
    let from_claimant = account.native == CLAIMANT;
    let to = if from_claimant { "un.client.lucide@postale.example" } else { CLAIMANT };
    let (ours, _) = PROVIDER;
    let (theirs, their_ip) = SENDERS_PROVIDER;
    let mut hop = |from: String, by: &str, how: &str, at: i64| {
        let queue = rng.next() >> 24;
        let stamp = rfc5322(at);
        format!(
            "Received: from {from}\n\tby {by} (Postfix) with {how} id {queue:010X}\n\tfor <{to}>; {stamp}\n"
        )
    };
    let sent = hop(format!("[{ip}] (unknown [{ip}])"), theirs, "ESMTPSA", post.at + 1);
    let received = if from_claimant {
        String::new()
    } else {
        hop(format!("{theirs} ({theirs} [{their_ip}])"), ours, "ESMTPS", post.at + 3)
    };
    [
        received,
        sent,
        format!("X-Originating-IP: [{ip}]\n"),
        format!("From: \"{}\" <{}>\nTo: <{to}>\n", account.name, account.native),
        format!("Subject: {}\n", word(subject(post.topic))),
        format!("Date: {}\nMessage-ID: <{id}@postale.example>\n", rfc5322(post.at)),
        "MIME-Version: 1.0\n".to_owned(),
    ]
    .concat()
}

fn rfc5322(at: i64) -> String {
    paris(at, "%a, %d %b %Y %H:%M:%S %z")
}

/// A header text beyond ASCII as an encoded word (RFC 2047), in base64.
fn word(text: &str) -> String {
    if text.is_ascii() {
        text.to_owned()
    } else {
        format!("=?utf-8?B?{}?=", base64(text.as_bytes()).replace('\n', ""))
    }
}

/// Base64 (RFC 4648) in lines of 76 characters.
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for (index, chunk) in bytes.chunks(3).enumerate() {
        let at = |i: usize| u32::from(chunk.get(i).copied().unwrap_or(0));
        let word = at(0) << 16 | at(1) << 8 | at(2);
        for i in 0..4 {
            let letter = ALPHABET[(word >> (18 - 6 * i)) as usize & 63];
            out.push(if i <= chunk.len() { char::from(letter) } else { '=' });
        }
        if index % 19 == 18 {
            out.push('\n');
        }
    }
    if !out.ends_with('\n') {
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_rfc() {
        assert_eq!(base64(b"foobar"), "Zm9vYmFy\n");
        assert_eq!(base64(b"fooba"), "Zm9vYmE=\n");
        assert_eq!(base64(b"f"), "Zg==\n");
    }
}
