//! The parts of the package beside the body.
//!
//! Styles carry the English names under which every word processor knows them and shows them in its
//! own language. Relations lead to parts of the package and nowhere else.

use crate::language::Language;
use crate::model::Document;
use crate::render::escaped;
use crate::render::outline::foot;
use crate::render::words::tag;

/// The namespaces of a part that holds paragraphs.
pub(super) const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
     xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

/// The first number that a list of the body may take: those before are bound to styles.
pub(super) const FIRST_LIST: usize = 3;

pub(super) const FONTS: &str = include_str!("font_table.xml");

pub(super) const THEME: &str = include_str!("theme.xml");

pub(super) const CONTENT_TYPES: &str = include_str!("content_types.xml");

pub(super) const PACKAGE_RELATIONS: &str = include_str!("package.rels.xml");

pub(super) const RELATIONS: &str = include_str!("document.rels.xml");

pub(super) const APP: &str = include_str!("app.xml");

/// The styles, in the language that a word processor checks the texts in.
pub(super) fn styles(lang: Language) -> String {
    include_str!("styles.xml").replace("fr-FR", &tag(lang))
}

/// The settings, with the signs of decimals and of lists that the language has.
pub(super) fn settings(lang: Language) -> String {
    let [decimal, list] = lang.pick([",", ";"], [".", ","]);
    include_str!("settings.xml")
        .replace("fr-FR", &tag(lang))
        .replace("decimalSymbol w:val=\",\"", &format!("decimalSymbol w:val=\"{decimal}\""))
        .replace("listSeparator w:val=\";\"", &format!("listSeparator w:val=\"{list}\""))
}

/// Title, language and day: the day of the document at midnight, for the clock has no part in it.
pub(super) fn core(document: &Document, day: jiff::civil::Date) -> String {
    let mut out = String::from(include_str!("core_head.xml").trim_end());
    out.push_str("<dc:title>");
    escaped::push(&mut out, &document.title);
    out.push_str("</dc:title><dc:creator>faisceau ");
    escaped::push(&mut out, &document.tool_version);
    put!(out, "</dc:creator><dc:language>{}</dc:language>", tag(document.language));
    for name in ["created", "modified"] {
        put!(out, "<dcterms:{name} xsi:type=\"dcterms:W3CDTF\">{day}T00:00:00Z</dcterms:{name}>");
    }
    out.push_str("</cp:coreProperties>");
    out
}

/// The foot of each page: what the document is, and the number of the page. The only fields of the
/// package stand here.
pub(super) fn footer(document: &Document) -> String {
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:ftr {NAMESPACES}>\
         <w:p><w:pPr><w:pStyle w:val=\"Footer\"/></w:pPr>\
         <w:r><w:t xml:space=\"preserve\">"
    );
    escaped::push(&mut out, &foot(document));
    out.push_str(
        "</w:t></w:r><w:r><w:tab/></w:r><w:r><w:t xml:space=\"preserve\">page </w:t></w:r>",
    );
    for (field, between) in [("PAGE", " / "), ("NUMPAGES", "")] {
        put!(out, "<w:fldSimple w:instr=\" {field} \"><w:r><w:t>1</w:t></w:r></w:fldSimple>");
        if !between.is_empty() {
            put!(out, "<w:r><w:t xml:space=\"preserve\">{between}</w:t></w:r>");
        }
    }
    out.push_str("</w:p></w:ftr>");
    out
}

/// The lists: dashes, dashes of a box, and as many lists from `1°` on as the body uses.
pub(super) fn numbering(lists: usize) -> String {
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:numbering {NAMESPACES}>"
    );
    let kinds = [
        (0, "bullet", "–", "ListBullet", 340, 227),
        (1, "bullet", "–", "CalloutItem", 397, 227),
        (2, "decimal", "%1°", "", 454, 397),
    ];
    for (id, format, text, style, left, hanging) in kinds {
        let style = match style {
            "" => String::new(),
            style => format!("<w:pStyle w:val=\"{style}\"/>"),
        };
        put!(
            out,
            "<w:abstractNum w:abstractNumId=\"{id}\"><w:multiLevelType w:val=\"singleLevel\"/>\
             <w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/>{style}\
             <w:lvlText w:val=\"{text}\"/><w:lvlJc w:val=\"left\"/>\
             <w:pPr><w:ind w:left=\"{left}\" w:hanging=\"{hanging}\"/></w:pPr></w:lvl></w:abstractNum>"
        );
    }
    for (number, kind) in [(1, 0), (2, 1)] {
        put!(out, "<w:num w:numId=\"{number}\"><w:abstractNumId w:val=\"{kind}\"/></w:num>");
    }
    for list in 0..lists {
        put!(
            out,
            "<w:num w:numId=\"{}\"><w:abstractNumId w:val=\"2\"/><w:lvlOverride w:ilvl=\"0\">\
             <w:startOverride w:val=\"1\"/></w:lvlOverride></w:num>",
            FIRST_LIST + list
        );
    }
    out.push_str("</w:numbering>");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn french_is_what_the_parts_hold_and_english_leaves_none_of_it() {
        let parts = |lang| [styles(lang), settings(lang)];
        let held = [include_str!("styles.xml"), include_str!("settings.xml")];
        assert_eq!(parts(Language::French), held);
        let [styles, settings] = parts(Language::English);
        assert!(!styles.contains("fr-FR") && styles.contains("w:lang w:val=\"en-GB\""));
        assert!(!settings.contains("fr-FR") && settings.contains("themeFontLang w:val=\"en-GB\""));
        assert!(settings.contains("decimalSymbol w:val=\".\""));
        assert!(settings.contains("listSeparator w:val=\",\""));
    }
}
