//! The sections of a page, each a list of labels with their values.
//!
//! In: the walk of a page. Out: sections in document order; a label has the number of the element
//! that holds it. Refused: definitions, heads of printed pages, headings without a value.
//!
//! A field is a `div` of label whose text comes first, then a `div` of value; the classes of both
//! depend on the generation. A value may hold fields in its turn: they follow, in their order.

use faisceau_model::Place;
use scraper::Node;
use scraper::node::Element;

use crate::html::{Page, Step, walk};

/// One label and its value.
#[derive(Debug, Default)]
pub(super) struct Field {
    /// Its number in document order.
    pub(super) number: u32,
    /// The label, without the colon that some have.
    pub(super) label: String,
    /// The value, lines between `\n`.
    pub(super) value: String,
    /// Whether other fields stand in its value.
    nested: bool,
}

/// One section.
#[derive(Debug)]
pub(super) struct Section {
    /// Its number in document order.
    pub(super) number: u32,
    /// What follows `property-`.
    pub(super) name: String,
    /// Its fields.
    pub(super) fields: Vec<Field>,
}

impl Field {
    pub(super) fn place(&self) -> Place {
        Place::Element(self.number)
    }

    /// Whether it has one of these labels.
    pub(super) fn is(&self, labels: &[&str]) -> bool {
        labels.iter().any(|label| self.label.eq_ignore_ascii_case(label))
    }
}

/// What an element means for the texts in it.
#[derive(Clone, Copy)]
enum Context {
    /// Outside of all sections.
    Outside,
    /// In a section, and in no field of it.
    Section,
    /// In a field: its label.
    Label(usize),
    /// In a field: its value.
    Value(usize),
    /// Of no meaning: a page break, a style.
    Nothing,
}

/// The sections of a page.
pub(super) fn sections(page: &Page) -> Vec<Section> {
    let mut found: Vec<Section> = Vec::new();
    let mut open: Vec<Context> = vec![Context::Outside];
    walk(page.root(), &mut |step| {
        let now = open.last().copied().unwrap_or(Context::Outside);
        match step {
            Step::Open(node) => match node.value() {
                Node::Element(element) => {
                    let inside = enter(now, page.number(node.id()), element, &mut found);
                    open.push(inside);
                    return !matches!(inside, Context::Nothing);
                }
                Node::Text(text) => add(now, text, &mut found),
                _ => {}
            },
            Step::Close(node) if node.value().is_element() => {
                open.pop();
                if let Context::Value(_) = now {
                    add(now, "\n", &mut found);
                }
            }
            Step::Close(_) => {}
        }
        true
    });
    for section in &mut found {
        tidy(section);
    }
    found
}

/// The meaning of an element that opens.
fn enter(now: Context, number: u32, element: &Element, found: &mut Vec<Section>) -> Context {
    let classes = Classes::of(element);
    if classes.is_nothing(element) {
        return Context::Nothing;
    }
    if let Some(name) = element.attr("id").and_then(|id| id.strip_prefix("property-")) {
        found.push(Section { number, name: name.to_owned(), fields: Vec::new() });
        return Context::Section;
    }
    if matches!(now, Context::Outside) {
        return Context::Outside;
    }
    let Some(section) = found.last_mut() else { return Context::Outside };
    if classes.label {
        if let Context::Value(above) = now
            && let Some(above) = section.fields.get_mut(above)
        {
            above.nested = true;
        }
        section.fields.push(Field { number, ..Field::default() });
        return Context::Label(section.fields.len() - 1);
    }
    match now {
        Context::Label(field) if classes.value => Context::Value(field),
        Context::Value(_) => {
            add(now, "\n", found);
            now
        }
        _ => now,
    }
}

/// Adds a text to what it belongs to.
fn add(now: Context, text: &str, found: &mut [Section]) {
    let Some(section) = found.last_mut() else { return };
    match now {
        Context::Label(field) => {
            if let Some(field) = section.fields.get_mut(field) {
                field.label.push_str(text);
            }
        }
        Context::Value(field) => {
            if let Some(field) = section.fields.get_mut(field) {
                field.value.push_str(text);
            }
        }
        // What a page break has left without a label belongs to the field before.
        Context::Section if !text.trim().is_empty() => {
            if let Some(field) = section.fields.last_mut() {
                field.value.push('\n');
                field.value.push_str(text);
            }
        }
        Context::Section | Context::Outside | Context::Nothing => {}
    }
}

/// Joins what page breaks have parted, and drops definitions and headings.
fn tidy(section: &mut Section) {
    let mut kept: Vec<Field> = Vec::new();
    for mut field in std::mem::take(&mut section.fields) {
        let label: Vec<&str> = field.label.split_whitespace().collect();
        let label = label.join(" ");
        label.trim_end_matches(':').trim_end().clone_into(&mut field.label);
        field.value = lines(&field.value);
        match kept.last_mut() {
            Some(before) if field.label.is_empty() => {
                if !before.value.is_empty() && !field.value.is_empty() {
                    before.value.push('\n');
                }
                before.value.push_str(&field.value);
            }
            _ => kept.push(field),
        }
    }
    kept.retain(|field| {
        let heading = field.nested && field.value.is_empty();
        !(heading || field.label.ends_with("Definition"))
    });
    section.fields = kept;
}

/// The lines that are not empty, without the heads of printed pages.
fn lines(value: &str) -> String {
    let lines = value.lines().map(str::trim).filter(|line| !line.is_empty() && !is_head(line));
    lines.collect::<Vec<_>>().join("\n")
}

/// `Meta Platforms Business Record Page 12`, alone on its line.
pub(in super::super) fn is_head(line: &str) -> bool {
    ["Meta Platforms Business Record", "WhatsApp Business Record"]
        .iter()
        .find_map(|title| line.strip_prefix(title))
        .is_some_and(|rest| rest.is_empty() || is_page(rest.trim()))
}

/// `Page 12`.
pub(in super::super) fn is_page(line: &str) -> bool {
    line.strip_prefix("Page ").is_some_and(|number| {
        (1..8).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit())
    })
}

/// What the classes and the style of an element say.
struct Classes {
    label: bool,
    value: bool,
    page_break: bool,
}

impl Classes {
    fn of(element: &Element) -> Self {
        let has = |name: &str| element.classes().any(|class| class == name);
        let style = element.attr("style").unwrap_or_default().replace(' ', "");
        let cell = style.contains("display:table-cell");
        let table = style.contains("display:table") && !cell;
        Self {
            label: has("i") && has("t") || has("div_table") && (has("inner") || table),
            value: has("m") || has("most_inner") || cell,
            page_break: ["pageBreak", "page_break", "page-break", "pagebreak"]
                .iter()
                .any(|name| has(name)),
        }
    }

    fn is_nothing(&self, element: &Element) -> bool {
        self.page_break || matches!(element.name(), "script" | "style" | "head")
    }
}
