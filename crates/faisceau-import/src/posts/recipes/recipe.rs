//! A recipe: where the posts stand on the pages of a kind of site, and what stands where in them.
//!
//! In: a TOML text. Out: a checked [`Recipe`]. Refused: unknown keys, selectors that are none,
//! patterns that read no time, unknown zones, and a recipe that could not give a post.
//!
//! ```toml
//! name = "myforum"                      # as it stands in messages
//! title = "My forum"                    # what it is for
//! platform = "forum.example"            # else the host of the page
//! zone = "Europe/Paris"                 # of times without offset, else the zone of the case
//! match = ["body#myforum"]              # all of them on the page
//! post = "div.post"                     # each match is a record
//! patterns = ["rfc3339", "%d %b %Y %H:%M"]   # of times; months in French or English
//!
//! author = [{ selector = "a.user" }]                                   # the handle
//! author_id = [{ selector = "a.user", attribute = "href", query = "u" }]
//! display_name = [{ selector = ".name" }]
//! time = [{ selector = "time", attribute = "datetime" }, { selector = ".date" }]
//! permalink = [{ selector = "a.link", attribute = "href" }]
//! content_id = [{ selector = ":scope", attribute = "id", prefix = "post-" }]
//! target = [{ selector = ".reply-to" }]
//! media = [{ selector = "img.attached", attribute = "src" }]
//! thread = [{ selector = "h1" }]        # anywhere on the page
//!
//! [text]
//! selector = ".body"
//! remove = ["blockquote", ".signature"]
//! alt = ["img.smiley"]                  # images whose alternative text was typed
//! ```
//!
//! A value comes from the first entry of its list that gives one: the text of the first element
//! that `selector` matches, or its `attribute`; of that the part after `after`, up to `until`, or
//! the `query` parameter of an address, or the `word` that starts so; without `prefix` and
//! `suffix`, which must be there.

use faisceau_model::excerpt;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use scraper::Selector;
use serde::Deserialize;

use super::local_time;
use crate::html::Page;
use crate::settings::TimeFormat;
use crate::time::configured::reads_a_date;

/// Where the posts stand on the pages of a kind of site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipe {
    name: String,
    title: String,
    pub(super) platform: Option<String>,
    pub(super) zone: Option<TimeZone>,
    required: Vec<Selector>,
    pub(super) post: Selector,
    pub(super) patterns: Vec<TimeFormat>,
    pub(super) author: Vec<Field>,
    pub(super) author_id: Vec<Field>,
    pub(super) display_name: Vec<Field>,
    pub(super) time: Vec<Field>,
    pub(super) permalink: Vec<Field>,
    pub(super) content_id: Vec<Field>,
    pub(super) target: Vec<Field>,
    pub(super) media: Vec<Field>,
    pub(super) thread: Vec<Field>,
    pub(super) text: TextRule,
}

/// One way to a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Field {
    pub(super) selector: Selector,
    pub(super) how: How,
}

/// What of an element is the value.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct How {
    pub(super) attribute: Option<String>,
    pub(super) after: Option<String>,
    pub(super) until: Option<String>,
    pub(super) query: Option<String>,
    pub(super) word: Option<String>,
    pub(super) prefix: Option<String>,
    pub(super) suffix: Option<String>,
}

/// Where the text is and what of it is not its author's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TextRule {
    pub(super) selector: Selector,
    pub(super) remove: Vec<Selector>,
    pub(super) alt: Vec<Selector>,
}

/// Why a recipe cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecipeError {
    /// Not TOML, or not the keys of a recipe.
    #[error("the recipe cannot be read: {0}")]
    Syntax(String),
    /// Not a CSS selector that can be used.
    #[error("`{key}` of the recipe `{recipe}` is no selector: `{selector}`")]
    Selector {
        /// Name of the recipe.
        recipe: String,
        /// The key.
        key: &'static str,
        /// What stands there.
        selector: String,
    },
    /// A value that could not give anything.
    #[error("the recipe `{recipe}` {problem}")]
    Unusable {
        /// Name of the recipe.
        recipe: String,
        /// What is wrong.
        problem: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: String,
    title: String,
    platform: Option<String>,
    zone: Option<String>,
    #[serde(rename = "match")]
    required: Vec<String>,
    post: String,
    #[serde(default)]
    patterns: Vec<String>,
    #[serde(default)]
    author: Vec<WrittenField>,
    #[serde(default)]
    author_id: Vec<WrittenField>,
    #[serde(default)]
    display_name: Vec<WrittenField>,
    #[serde(default)]
    time: Vec<WrittenField>,
    #[serde(default)]
    permalink: Vec<WrittenField>,
    #[serde(default)]
    content_id: Vec<WrittenField>,
    #[serde(default)]
    target: Vec<WrittenField>,
    #[serde(default)]
    media: Vec<WrittenField>,
    #[serde(default)]
    thread: Vec<WrittenField>,
    text: WrittenText,
    /// Samples and what they give: read by whoever tests the recipe.
    #[serde(default, rename = "test")]
    _test: Vec<serde::de::IgnoredAny>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenField {
    selector: String,
    attribute: Option<String>,
    after: Option<String>,
    until: Option<String>,
    query: Option<String>,
    word: Option<String>,
    prefix: Option<String>,
    suffix: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenText {
    selector: String,
    #[serde(default)]
    remove: Vec<String>,
    #[serde(default)]
    alt: Vec<String>,
}

impl Recipe {
    /// Reads and checks a recipe.
    ///
    /// # Errors
    /// The first thing in it that cannot be used.
    pub fn parse(text: &str) -> Result<Self, RecipeError> {
        let written: Written = toml::from_str(text)
            .map_err(|error| RecipeError::Syntax(excerpt(&error.to_string(), 300)))?;
        let check = Check { recipe: excerpt(&written.name, 60) };
        if written.required.is_empty() {
            return Err(check.unusable("names no element in `match`"));
        }
        if written.author.is_empty() && written.author_id.is_empty() {
            return Err(check.unusable("has neither `author` nor `author_id`"));
        }
        if written.time.is_empty() != written.patterns.is_empty() {
            return Err(check.unusable("has one of `time` and `patterns` without the other"));
        }
        Ok(Self {
            zone: check.zone(written.zone.as_deref())?,
            required: check.selectors("match", &written.required)?,
            post: check.selector("post", &written.post)?,
            patterns: check.patterns(&written.patterns)?,
            author: check.fields("author", written.author)?,
            author_id: check.fields("author_id", written.author_id)?,
            display_name: check.fields("display_name", written.display_name)?,
            time: check.fields("time", written.time)?,
            permalink: check.fields("permalink", written.permalink)?,
            content_id: check.fields("content_id", written.content_id)?,
            target: check.fields("target", written.target)?,
            media: check.fields("media", written.media)?,
            thread: check.fields("thread", written.thread)?,
            text: TextRule {
                selector: check.selector("text.selector", &written.text.selector)?,
                remove: check.selectors("text.remove", &written.text.remove)?,
                alt: check.selectors("text.alt", &written.text.alt)?,
            },
            name: written.name,
            title: written.title,
            platform: written.platform,
        })
    }

    /// The name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it is for.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Whether all that it asks for, and at least one post, is on the page.
    pub(super) fn fits(&self, page: &Page) -> bool {
        page.first(&self.post).is_some()
            && self.required.iter().all(|selector| page.first(selector).is_some())
    }
}

/// Checks the parts of one recipe.
struct Check {
    recipe: String,
}

impl Check {
    fn unusable(&self, problem: &str) -> RecipeError {
        RecipeError::Unusable { recipe: self.recipe.clone(), problem: problem.to_owned() }
    }

    fn selector(&self, key: &'static str, text: &str) -> Result<Selector, RecipeError> {
        Selector::parse(text).map_err(|_| RecipeError::Selector {
            recipe: self.recipe.clone(),
            key,
            selector: excerpt(text, 120),
        })
    }

    fn selectors(&self, key: &'static str, texts: &[String]) -> Result<Vec<Selector>, RecipeError> {
        texts.iter().map(|text| self.selector(key, text)).collect()
    }

    fn fields(
        &self,
        key: &'static str,
        fields: Vec<WrittenField>,
    ) -> Result<Vec<Field>, RecipeError> {
        let field = |field: WrittenField| {
            Ok(Field {
                selector: self.selector(key, &field.selector)?,
                how: How {
                    attribute: field.attribute,
                    after: field.after,
                    until: field.until,
                    query: field.query,
                    word: field.word,
                    prefix: field.prefix,
                    suffix: field.suffix,
                },
            })
        };
        fields.into_iter().map(field).collect()
    }

    fn patterns(&self, patterns: &[String]) -> Result<Vec<TimeFormat>, RecipeError> {
        let pattern = |text: &String| {
            let format = TimeFormat::from(local_time::short_months(text));
            match &format {
                TimeFormat::Pattern(pattern) if !reads_a_date(pattern) => {
                    let shown = excerpt(text, 60);
                    Err(self.unusable(&format!("has a pattern that gives no time: `{shown}`")))
                }
                _ => Ok(format),
            }
        };
        patterns.iter().map(pattern).collect()
    }

    fn zone(&self, name: Option<&str>) -> Result<Option<TimeZone>, RecipeError> {
        // The bundled database, never that of the machine.
        let zone = |name: &str| {
            TimeZoneDatabase::bundled()
                .get(name)
                .map_err(|_| self.unusable(&format!("has no IANA zone: `{}`", excerpt(name, 60))))
        };
        name.map(zone).transpose()
    }
}
