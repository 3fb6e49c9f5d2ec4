//! The box `xml ` of Sony cameras: metadata that do not change during the recording.
//!
//! In: an XML text. Out: the camera and its serial number, the times, the identifier of the recording:
//! attributes of known elements. No more of XML is read than start tags and their attributes.
//!
//! Sony, "`NonRealTimeMeta`" (XAVC, XDCAM); the names are those of `ExifTool`.

use super::time;
use crate::collector::Collector;
use crate::part::Part;

/// The fields of such a text.
const XML: &str = "XML";
/// Most tags that are looked at.
const TAGS: usize = 4_096;

/// Element, attribute, name of the field, and whether it is a time.
const FIELDS: [(&str, &str, &str, bool); 9] = [
    ("CreationDate", "value", "CreationDateValue", true),
    ("Device", "manufacturer", "DeviceManufacturer", false),
    ("Device", "modelName", "DeviceModelName", false),
    ("Device", "serialNo", "DeviceSerialNo", false),
    ("Lens", "modelName", "LensModelName", false),
    ("NonRealTimeMeta", "lastUpdate", "LastUpdate", true),
    ("ProgramTitle", "usAscii", "ProgramTitleUsAscii", false),
    ("TargetMaterial", "umidRef", "TargetMaterialUmidRef", false),
    ("Title", "usAscii", "TitleUsAscii", false),
];

/// Reads the attributes.
pub(super) fn read(body: &Part<'_>, out: &mut Collector) {
    let Ok(whole) = std::str::from_utf8(body.bytes()) else {
        return out.flaw(body.whole().start, "a text of XML is not UTF-8");
    };
    let mut rest = whole;
    for _ in 0..TAGS {
        let Some((_, tag)) = rest.split_once('<') else { return };
        if let Some(comment) = tag.strip_prefix("!--") {
            let Some((_, after)) = comment.split_once("-->") else { return };
            rest = after;
            continue;
        }
        let element =
            tag.split(|letter: char| letter.is_whitespace() || "/>".contains(letter)).next();
        rest = attributes(tag, element.unwrap_or_default(), |name, value, at| {
            let known = FIELDS.iter().find(|(of, key, ..)| Some(*of) == element && *key == name);
            if let Some((_, _, name, is_time)) = known {
                let text = plain(value);
                let shown = if *is_time { time::from_text(&text) } else { text };
                let start = whole.len() - at;
                out.add(XML, name, &shown, body.place(start..start + value.len()));
            }
        });
    }
    out.flaw(body.whole().end, "more tags of XML than are read");
}

/// Shows the attributes of a tag, each value with the length of the text from it on; what follows.
fn attributes<'t>(tag: &'t str, element: &str, mut each: impl FnMut(&str, &str, usize)) -> &'t str {
    let mut rest = tag.get(element.len()..).unwrap_or_default();
    while let Some(at) = rest.find(['=', '>']) {
        let (name, after) = rest.split_at(at);
        let Some(after) = after.strip_prefix('=').map(str::trim_start) else { return after };
        let quote = if after.starts_with('\'') { '\'' } else { '"' };
        let Some((value, end)) =
            after.strip_prefix(quote).and_then(|value| value.split_once(quote))
        else {
            return after;
        };
        each(name.trim(), value, after.len() - 1);
        rest = end;
    }
    ""
}

/// A value with the five named characters of XML written out.
fn plain(value: &str) -> String {
    let named = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")];
    named.iter().fold(value.to_owned(), |text, (name, letter)| text.replace(name, letter))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn described(text: &str) -> Vec<(String, String, String)> {
        let mut out = Collector::default();
        read(&Part::file(text.as_bytes()), &mut out);
        let at = |at: std::ops::Range<u64>| text[at.start as usize..at.end as usize].to_owned();
        out.found.fields.into_iter().map(|field| (field.name, field.value, at(field.at))).collect()
    }

    #[test]
    fn a_camera_of_sony() {
        let text = r#"<?xml version="1.0"?><!-- <Device modelName="no"/> -->
            <NonRealTimeMeta xmlns="urn:x" lastUpdate='2018-11-01T12:34:56+09:00'>
            <TargetMaterial umidRef="060A2B34"/> <Title usAscii="a &lt;b&gt; &amp;lt; c"/>
            <Device manufacturer = "Sony" serialNo= "4294967295"/><Other serialNo="1"/>"#;
        let field =
            |name: &str, value: &str, at: &str| (name.to_owned(), value.to_owned(), at.to_owned());
        let expected = [
            field("LastUpdate", "2018:11:01 12:34:56+09:00", "2018-11-01T12:34:56+09:00"),
            field("TargetMaterialUmidRef", "060A2B34", "060A2B34"),
            field("TitleUsAscii", "a <b> &lt; c", "a &lt;b&gt; &amp;lt; c"),
            field("DeviceManufacturer", "Sony", "Sony"),
            field("DeviceSerialNo", "4294967295", "4294967295"),
        ];
        assert_eq!(described(text), expected);
    }

    proptest! {
        #[test]
        fn no_text_is_fatal(text in "[<>=\"'/! é-]{0,8}(<Device serialNo=\"1\"[<>=\"'/ é]{0,9}){0,4}") {
            described(&text);
        }
    }
}
