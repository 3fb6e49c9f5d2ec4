use proptest::prelude::*;

use super::*;

fn robots(text: &str) -> Robots {
    Robots::parse(text.as_bytes(), LIMIT)
}

/// Whether `bot` may read a path where one group asks so.
fn allowed(rules: &str, path: &str) -> bool {
    robots(&format!("User-agent: *\n{rules}\n")).allows("bot", path).allowed
}

fn verdict(allowed: bool, line: u64) -> Verdict {
    Verdict { allowed, line: Some(line) }
}

const FREE: Verdict = Verdict { allowed: true, line: None };

/// RFC 9309, section 5.1.
const SIMPLE: &str = "User-Agent: *\nDisallow: *.gif$\nDisallow: /example/\nAllow: /publications/\n\n\
    User-Agent: foobot\nDisallow:/\nAllow:/example/page.html\nAllow:/example/allowed.gif\n\n\
    User-Agent: barbot\nUser-Agent: bazbot\nDisallow: /example/page.html\n\n\
    User-Agent: quxbot\n";

#[test]
fn the_simple_example_of_the_rfc() {
    let robots = robots(SIMPLE);
    assert_eq!(robots.allows("foobot", "/example/page.html"), verdict(true, 8));
    assert_eq!(robots.allows("foobot", "/example/other.html"), verdict(false, 7));
    for bot in ["barbot", "bazbot"] {
        assert_eq!(robots.allows(bot, "/example/page.html"), verdict(false, 13));
        assert_eq!(robots.allows(bot, "/example/"), FREE);
    }
    // Named, and asked for nothing.
    assert_eq!(robots.allows("quxbot", "/example/a.gif"), FREE);
    assert_eq!(robots.allows("another", "/a.gif"), verdict(false, 2));
    assert_eq!(robots.allows("another", "/a.gif?b"), FREE);
    assert_eq!(robots.allows("another", "/publications/1"), verdict(true, 4));
    assert_eq!((robots.ignored, robots.cut), (0, false));
}

#[test]
fn the_longest_match_decides_and_of_equals_the_one_that_allows() {
    // RFC 9309, section 5.2.
    let rules = "Allow: /example/page/\nDisallow: /example/page/disallowed.gif";
    assert!(!allowed(rules, "/example/page/disallowed.gif"));
    assert!(allowed(rules, "/example/page/"));
    for rules in ["Allow: /page\nDisallow: /page", "Disallow: /page\nAllow: /page"] {
        assert!(allowed(rules, "/page"));
    }
    assert!(!allowed("Disallow: /Path", "/Path"));
    assert!(allowed("Disallow: /Path", "/path"));
}

#[test]
fn groups_of_one_product_are_merged_whatever_its_case() {
    // RFC 9309, section 2.2.1.
    let text = "user-agent: ExampleBot\ndisallow: /foo\ndisallow: /bar\n\nUSER-AGENT: examplebot/2.0\n\
        \n\nDISALLOW: /baz\nuser-agent: *\ndisallow: /";
    let robots = robots(text);
    for (path, line) in [("/foo", 2), ("/bar", 3), ("/baz", 8)] {
        assert_eq!(robots.allows("EXAMPLEBOT/1.1", path), verdict(false, line));
    }
    assert_eq!(robots.allows("ExampleBot", "/else"), FREE);
    assert_eq!(robots.allows("Example", "/else"), verdict(false, 10));
    assert_eq!(robots.allows("ExampleBot-News", "/else"), verdict(false, 10));
}

#[test]
fn percent_encoding_is_the_same_on_both_sides() {
    // RFC 9309, section 2.2.2: pattern, path as it is asked for.
    for (pattern, path) in [
        ("/foo/bar?baz=quz", "/foo/bar?baz=quz"),
        ("/foo/bar?baz=https://foo.bar", "/foo/bar?baz=https%3A%2F%2Ffoo.bar"),
        ("/foo/bar?baz=https%3a%2F%2Ffoo.bar", "/foo/bar?baz=https://foo.bar"),
        ("/foo/bar/ツ", "/foo/bar/%E3%83%84"),
        ("/foo/bar/%E3%83%84", "/foo/bar/ツ"),
        ("/foo/bar/%e3%83%84", "/foo/bar/%E3%83%84"),
        ("/foo/bar/%62%61%7A", "/foo/bar/baz"),
        ("/*https%3A", "/x?u=https%3A%2F"),
        ("/*id=", "/x?id=5"),
        ("/a%", "/a%"),
        ("/a b", "/a%20b"),
    ] {
        assert!(!allowed(&format!("Disallow: {pattern}"), path), "{pattern} {path}");
    }
    // The digits of an encoding are no letters.
    for pattern in ["/*A", "/*9$", "/*%41", "/*3"] {
        assert!(allowed(&format!("Disallow: {pattern}"), "/%C3%A9"), "{pattern}");
    }
    assert!(!allowed("Disallow: /*%A9$", "/%C3%A9"));
    // It counts as it is written when encoded: 10 octets against 9.
    assert!(!allowed("Disallow: /ツ\nAllow: /*******", "/ツ"));
    // A slash that is encoded divides nothing.
    assert!(allowed("Disallow: /a/b", "/a%2Fb"));
    assert!(allowed("Disallow: /a%2Fb", "/a/b"));
}

#[test]
fn stars_and_dollars() {
    for (pattern, matches, differs) in [
        ("/path$", "/path", "/path/"),
        ("/*$", "/anything", ""),
        ("/this/*/exactly", "/this/is/exactly/it", "/this/exactly"),
        ("/*.php$", "/a.php/b.php", "/a.php?b"),
        ("*", "/a", ""),
        ("/a*b*c", "/a-c-b-c", "/a-c-b"),
        ("/a$b", "/a$b", "/ab"),
        // RFC 9309, section 2.2.3: verbatim ones are encoded.
        ("/file-with-a-%2A.html", "/file-with-a-*.html", "/file-with-a-1.html"),
        ("/foo-%24", "/foo-$", "/foo-"),
        ("/fish*$", "/fish", "/fin"),
        ("/aa*a$", "/aaa", "/aa"),
    ] {
        let rule = format!("Disallow: {pattern}");
        assert!(!allowed(&rule, matches), "{pattern} {matches}");
        assert!(differs.is_empty() || allowed(&rule, differs), "{pattern} {differs}");
    }
}

#[test]
fn ends_of_lines_marks_comments_and_spaces() {
    for end in ["\n", "\r\n", "\r"] {
        let text = ["\u{feff}User-agent : bot # us", "", "# all", " Disallow :\t/a b # not c", ""];
        let robots = robots(&text.join(end));
        assert_eq!(robots.allows("bot", "/a%20b"), verdict(false, 4), "{end:?}");
        assert_eq!((robots.allows("bot", "/a"), robots.ignored), (FREE, 0));
    }
}

#[test]
fn what_is_not_read_is_counted_and_ends_no_group() {
    let text = "Disallow: /early\nUser-agent: a\nSitemap: http://a.test/s\nUser-agent: b\nnoise\n\
        Disallow: /x\nDisallow: nowhere\nUser-agent: 99\nDisallow: /y\n<html>";
    let robots = robots(text);
    for bot in ["a", "b"] {
        assert_eq!(robots.allows(bot, "/x"), verdict(false, 6));
        assert_eq!(robots.allows(bot, "/y"), FREE);
        assert_eq!(robots.allows(bot, "/early"), FREE);
    }
    assert_eq!(robots.ignored, 6);
}

#[test]
fn absent_unreachable_and_empty() {
    assert_eq!(Robots::default().allows("bot", "/"), FREE);
    assert_eq!(robots("User-agent: *\nDisallow:").allows("bot", "/"), FREE);
    let closed = Robots::unreachable();
    assert_eq!(closed.allows("bot", "/"), Verdict { allowed: false, line: None });
    assert_eq!(closed.allows("bot", "/robots.txt"), FREE);
    assert!(allowed("Disallow: /", "/robots.txt"));
    assert!(!allowed("Disallow: /", ""));
}

#[test]
fn a_delay_is_told_and_decides_nothing() {
    let robots = robots(
        "User-agent: a\nCrawl-delay: 2.5\nUser-agent: a\nCrawl-delay: 10\n\
        Disallow: /x\nUser-agent: *\nCrawl-delay: inf\nCrawl-delay: -1\nCrawl-delay: 1e300",
    );
    assert_eq!(robots.crawl_delay("a"), Some(Duration::from_secs(10)));
    assert_eq!((robots.crawl_delay("b"), robots.ignored), (None, 3));
}

#[test]
fn a_cut_file_ends_with_a_whole_line() {
    let text = b"User-agent: *\nDisallow: /a\nDisallow: /private\n";
    let robots = Robots::parse(text, 38);
    assert!(robots.cut);
    assert_eq!(robots.allows("bot", "/a"), verdict(false, 2));
    assert_eq!(robots.allows("bot", "/b"), FREE);
    assert!(!Robots::parse(text, text.len()).cut);
}

/// Half a megabyte of rules that look at the whole path: seconds would be a hang.
#[test]
fn the_worst_file_is_answered_soon() {
    let path = format!("/{}", "a".repeat(100_000));
    let started = std::time::Instant::now();
    for rule in ["Allow:*aab\n".to_owned(), format!("Allow:*{}b\n", "a*".repeat(4000))] {
        let text = "User-agent: *\n".to_owned() + &rule.repeat(LIMIT / rule.len());
        assert_eq!(robots(&text).allows("bot", &path), FREE);
    }
    assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
}

proptest! {
    #[test]
    fn any_bytes_are_read_and_answered(
        bytes in prop::collection::vec(any::<u8>(), 0..400), limit in 0_usize..500, path in ".{0,40}",
    ) {
        let robots = Robots::parse(&bytes, limit);
        prop_assert_eq!(robots.allows("bot", &path).line, None);
    }

    #[test]
    fn files_that_look_right_are_read_without_panic_and_name_a_line_that_is_there(
        lines in prop::collection::vec(
            "(user-agent|allow|disallow|crawl-delay|[a-z]{1,3}) ?: ?[*$/%a-c0-2]{0,8}(#x)?", 0..20),
        path in "/[*$/%?a-c0-2#]{0,12}",
    ) {
        let verdict = robots(&lines.join("\n")).allows("a", &path);
        if let Some(line) = verdict.line {
            let text = &lines[line as usize - 1];
            let field = if verdict.allowed { "allow" } else { "disallow" };
            prop_assert!(text.starts_with(field), "{}", text);
        } else {
            prop_assert!(verdict.allowed);
        }
    }

    /// Against the plainest way to match: letter by letter, going back.
    #[test]
    fn stars_match_as_the_plainest_matcher_does(
        pattern in "/[a-b*]{0,8}\\$?", path in "/[ab]{0,8}",
    ) {
        fn plain(pattern: &[u8], path: &[u8]) -> bool {
            match pattern {
                [] => true,
                [b'$'] => path.is_empty(),
                [b'*', rest @ ..] => (0..=path.len()).any(|at| plain(rest, &path[at..])),
                [sign, rest @ ..] => path.first() == Some(sign) && plain(rest, &path[1..]),
            }
        }
        let expected = !plain(pattern.as_bytes(), path.as_bytes());
        prop_assert_eq!(allowed(&format!("Disallow: {pattern}"), &path), expected);
    }
}
