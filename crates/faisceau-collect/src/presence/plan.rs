//! What is going to be asked, before anything is.
//!
//! In: a file of sites, a handle, what the user allows. Out: for each site the two addresses, or why
//! it is not asked. Nothing is sent.

use faisceau_model::excerpt;

use super::handle::{Handle, encoded};
use super::sites::{ACCOUNT, NoSite, Site, SiteFile};
use super::{control, headers, target};
use crate::http::{Method, Request};

/// Longest body of a POST, in bytes.
const MAX_BODY: usize = 16 << 10;

/// What the user allows, and which sites are asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// Categories that are asked; all if there are none.
    pub categories: Vec<String>,
    /// Categories that are not.
    pub without: Vec<String>,
    /// Whether a question may be put by POST. Nothing is meant to change at the other end; that it
    /// does not is the word of the file.
    pub post: bool,
    /// Whether sites are asked of which the file says that they keep programs away.
    pub protected: bool,
    /// Whether addresses are asked that mean nothing in public: for tests.
    pub private_targets: bool,
}

/// A site before it is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedCheck {
    /// Its name, made inert.
    pub site: String,
    /// Host, address for the handle and address for the name that nobody has; or why it is not
    /// asked.
    pub asks: Result<PlannedPair, String>,
}

/// The two questions of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedPair {
    /// The host, which learns that somebody looks for the handle.
    pub to_whom: String,
    /// GET or POST.
    pub method: Method,
    /// The address for the handle.
    pub url: String,
    /// The address for the name that nobody has.
    pub control_url: String,
}

/// The questions for a handle, in the order of the file.
pub fn plan(file: &SiteFile, handle: &Handle, choice: &Choice) -> Vec<PlannedCheck> {
    let one = |site: &Result<Site, NoSite>| match prepare(site.as_ref(), handle, choice) {
        Ok(pair) => PlannedCheck {
            site: pair.site.name.clone(),
            asks: Ok(PlannedPair {
                to_whom: pair.handle.url.host_str().unwrap_or_default().to_owned(),
                method: pair.handle.method,
                url: pair.handle.url.to_string(),
                control_url: pair.control.url.to_string(),
            }),
        },
        Err((site, why)) => PlannedCheck { site, asks: Err(why) },
    };
    file.sites.iter().map(one).collect()
}

/// A site that is going to be asked.
#[derive(Debug)]
pub(super) struct Pair<'s> {
    pub(super) site: &'s Site,
    /// The handle as the site writes it.
    pub(super) name: String,
    /// The name that nobody has.
    pub(super) control_name: String,
    pub(super) handle: Request,
    pub(super) control: Request,
    /// The page for people.
    pub(super) show: Option<String>,
}

/// The questions for a site, or its name and why it is not asked.
pub(super) fn prepare<'s>(
    site: Result<&'s Site, &NoSite>,
    handle: &Handle,
    choice: &Choice,
) -> Result<Pair<'s>, (String, String)> {
    let site = site.map_err(|no| (no.name.clone(), no.why.clone()))?;
    pair(site, handle, choice).map_err(|why| (site.name.clone(), why))
}

fn pair<'s>(site: &'s Site, handle: &Handle, choice: &Choice) -> Result<Pair<'s>, String> {
    let wanted = choice.categories.is_empty() || choice.categories.contains(&site.cat);
    if !wanted || choice.without.contains(&site.cat) {
        return Err("its category is left out".to_owned());
    }
    if site.valid == Some(false) {
        return Err("the file says that it does not work any more".to_owned());
    }
    if !site.protection.is_empty() && !choice.protected {
        let by = excerpt(&site.protection.join(", "), 60);
        return Err(format!("the file says that it keeps programs away ({by})"));
    }
    let in_body = site.post_body.as_ref().is_some_and(|body| body.contains(ACCOUNT));
    if !site.uri_check.contains(ACCOUNT) && !in_body {
        return Err("what is asked would not hold the handle".to_owned());
    }
    if site.post_body.is_some() && !choice.post {
        return Err("it is asked by POST, which is not allowed".to_owned());
    }
    let fields = headers::of(&site.headers)?;
    let name = stripped(handle, site);
    if !name.chars().any(char::is_alphanumeric) {
        return Err(
            "nothing is left of the handle without the characters that it strips".to_owned()
        );
    }
    let control_name = control::name(&name, &site.name);
    let handle = request(site, &name, &fields, choice)?;
    let control = request(site, &control_name, &fields, choice)?;
    let show = site.uri_pretty.as_ref().filter(|pretty| pretty.contains(ACCOUNT));
    let show = show.and_then(|pretty| target::of(pretty, &name, choice.private_targets).ok());
    let show = show.map(String::from);
    Ok(Pair { site, name, control_name, handle, control, show })
}

/// The handle without the characters that a site strips.
fn stripped(handle: &Handle, site: &Site) -> String {
    let bad = site.strip_bad_char.as_deref().unwrap_or_default();
    handle.as_str().chars().filter(|c| !bad.contains(*c)).collect()
}

fn request(
    site: &Site,
    name: &str,
    fields: &[(String, String)],
    choice: &Choice,
) -> Result<Request, String> {
    let url = target::of(&site.uri_check, name, choice.private_targets)?;
    let mut headers = fields.to_vec();
    if !headers.iter().any(|(field, _)| field == "accept") {
        headers.push(("accept".to_owned(), "*/*".to_owned()));
    }
    let Some(body) = &site.post_body else {
        return Ok(Request { method: Method::Get, url, headers, body: Vec::new() });
    };
    // In JSON the signs of a handle stand for themselves, in a form they do not.
    let json = body.trim_start().starts_with(['{', '[']);
    let name = if json { name.to_owned() } else { encoded(name) };
    let body = body.replace(ACCOUNT, &name).into_bytes();
    if body.len() > MAX_BODY {
        return Err(format!("the body of its question is longer than {MAX_BODY} bytes"));
    }
    Ok(Request { method: Method::Post, url, headers, body })
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::*;

    const SITES: &[u8] = include_bytes!("../../tests/fixtures/sites.json");

    fn shown(choice: &Choice) -> String {
        let file = SiteFile::read(SITES).unwrap();
        let mut shown = String::new();
        for check in plan(&file, &Handle::parse("Le.Vengeur_59").unwrap(), choice) {
            let _ = match check.asks {
                Ok(pair) => writeln!(
                    shown,
                    "{}: {} {}\n  {}\n  {}",
                    check.site,
                    pair.method.as_str(),
                    pair.to_whom,
                    pair.url,
                    pair.control_url
                ),
                Err(why) => writeln!(shown, "{}: not asked, {why}", check.site),
            };
        }
        shown
    }

    #[test]
    fn each_site_is_asked_twice_or_says_why_not() {
        insta::assert_snapshot!("usual", shown(&Choice::default()));
    }

    #[test]
    fn what_is_allowed_is_asked_too() {
        let choice = Choice {
            post: true,
            protected: true,
            categories: vec!["social".to_owned(), "gaming".to_owned()],
            without: vec!["gaming".to_owned()],
            private_targets: false,
        };
        insta::assert_snapshot!("allowed", shown(&choice));
        let file = SiteFile::read(SITES).unwrap();
        let handle = Handle::parse("a+b").unwrap();
        let bodies: Vec<_> = file
            .sites
            .iter()
            .filter_map(|site| prepare(site.as_ref(), &handle, &choice).ok())
            .filter(|pair| pair.handle.method == Method::Post)
            .map(|pair| String::from_utf8(pair.handle.body).unwrap())
            .collect();
        assert_eq!(bodies, ["{\"name\":\"a+b\"}", "name=a%2Bb"]);
    }
}
