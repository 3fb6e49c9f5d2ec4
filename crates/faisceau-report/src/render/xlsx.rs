//! The tables of a document as a workbook.
//!
//! In: the model. Out: a first sheet that lists the tables, then a sheet a table: its caption, its
//! heads, its rows with their ids and what each rests on, what it leaves out. Texts are cells of
//! text whatever they look like, marked so that typing into them makes no formula of them. A number
//! is a number only where it is written again with the same characters. Refused: formulas,
//! hyperlinks, the clock. Tables of the method, which state no fact, stay in the note.

mod number;

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use self::number::{decimals, number};
use super::escaped::shown;
use super::outline::heading;
use super::words::Words;
use crate::error::ReportError;
use crate::language::{Language, said};
use crate::model::{Block, Document, Passages, Table, TableColumn};

/// UTF-16 units that a cell takes ("Excel specifications and limits", Microsoft).
const UNITS: usize = 32_767;
/// Width of a share of a column's width, in characters.
const SHARE: f64 = 3.6;
/// The least and the greatest width of a column, in characters.
const WIDTHS: (f64, f64) = (9.0, 60.0);
/// Width of the column of what a row rests on.
const SUPPORT_WIDTH: f64 = 44.0;
/// Widths of the columns of the first sheet.
const CONTENTS: [f64; 4] = [10.0, 36.0, 60.0, 9.0];
/// Height of a line, in points, and the most lines that a row takes (409 points, by the same).
const LINE: f64 = 15.0;
const LINES: usize = 27;

/// Renders the tables of a document for a spreadsheet.
///
/// # Errors
/// When the workbook cannot be written: more rows than a sheet takes, two tables of one id.
pub fn xlsx(document: &Document) -> Result<Vec<u8>, ReportError> {
    write(document)
        .map_err(|error| ReportError::Written { format: "XLSX", message: error.to_string() })
}

/// What cells are set in, and the language of what they say.
struct Formats {
    lang: Language,
    title: Format,
    head: Format,
    text: Format,
    right: Format,
    plain: Format,
}

impl Formats {
    fn of(lang: Language) -> Self {
        let text = Format::new()
            .set_num_format("@")
            .set_quote_prefix()
            .set_text_wrap()
            .set_align(FormatAlign::Top);
        Self {
            lang,
            title: text.clone().set_bold().set_font_size(12).set_text_wrap(),
            head: text.clone().set_bold().set_border_bottom(FormatBorder::Thin),
            right: text.clone().set_align(FormatAlign::Right),
            plain: Format::new().set_align(FormatAlign::Top),
            text,
        }
    }
}

/// A table of the document, of either kind.
enum Sheet<'a> {
    Table(&'a Table),
    Passages(&'a Passages),
}

impl Sheet<'_> {
    fn of(block: &Block) -> Option<Sheet<'_>> {
        match block {
            Block::Table(table) => Some(Sheet::Table(table)),
            Block::Passages(passages) => Some(Sheet::Passages(passages)),
            _ => None,
        }
    }

    fn id(&self) -> &str {
        match self {
            Self::Table(table) => &table.id,
            Self::Passages(passages) => &passages.id,
        }
    }

    fn caption(&self) -> String {
        match self {
            Self::Table(table) => table.caption.to_plain(),
            Self::Passages(passages) => passages.caption.to_plain(),
        }
    }

    fn rows(&self) -> usize {
        match self {
            Self::Table(table) => table.rows.len(),
            Self::Passages(passages) => passages.rows.len(),
        }
    }

    /// Whether a spreadsheet may count with each column: all of its cells are numbers or say that
    /// there is none. Numbers of exhibits (`1`, `1.2`) are none: where they look like decimals, they
    /// have not all as many.
    fn counted(&self, lang: Language) -> Vec<bool> {
        let Self::Table(table) = self else { return vec![false; 2] };
        let fits = |cell: &crate::Text| {
            let text = cell.to_plain();
            matches!(text.as_str(), "" | "–" | "—") || number(lang, &text).is_some()
        };
        let places = |cell: &crate::Text| {
            let text = cell.to_plain();
            text.contains(|c: char| c.is_ascii_digit()).then(|| decimals(lang, &text))
        };
        let alike = |at: usize| {
            let mut all = table.rows.iter().filter_map(|row| row.cells.get(at)).filter_map(places);
            let first = all.next();
            lang == Language::French || all.all(|digits| Some(digits) == first)
        };
        let of = |(at, column): (usize, &TableColumn)| {
            let all = table.rows.iter().all(|row| row.cells.get(at).is_none_or(fits));
            column.numeric && all && alike(at)
        };
        table.columns.iter().enumerate().map(of).collect()
    }

    fn columns(&self, lang: Language) -> Vec<TableColumn> {
        match self {
            Self::Table(table) => table.columns.clone(),
            Self::Passages(_) => [(Words::of(lang).account, 6), ("Passage", 16)]
                .map(|(title, width)| TableColumn { title: title.into(), width, numeric: false })
                .into(),
        }
    }
}

fn write(document: &Document) -> Result<Vec<u8>, XlsxError> {
    let formats = Formats::of(document.language);
    let mut workbook = Workbook::new();
    // The day of the document, for the clock has no part in the bytes.
    let created = ExcelDateTime::parse_from_str(document.as_of.get(..10).unwrap_or_default())
        .or_else(|_| ExcelDateTime::from_ymd(2000, 1, 1))?;
    let title = fitting(document.language, &document.title);
    workbook.set_properties(
        &DocProperties::new()
            // What a property takes, by the same specification.
            .set_title(title.chars().take(200).collect::<String>())
            .set_creation_datetime(&created),
    );
    contents(workbook.add_worksheet(), document, &formats)?;
    for section in &document.sections {
        for sheet in section.blocks.iter().filter_map(Sheet::of) {
            fill(workbook.add_worksheet(), &sheet, &formats)?;
        }
    }
    workbook.save_to_buffer()
}

fn page(sheet: &mut Worksheet, heads: u32) -> Result<(), XlsxError> {
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.set_footer("&C&P / &N");
    sheet.set_freeze_panes(heads, 0)?;
    sheet.set_repeat_rows(0, heads - 1)?;
    Ok(())
}

/// Makes a row as high as its longest cell: a reader that does not measure would cut it.
fn fit<'t>(
    sheet: &mut Worksheet,
    row: u32,
    cells: impl Iterator<Item = (&'t str, f64)>,
) -> Result<(), XlsxError> {
    let lines = cells.map(|(text, width)| text.chars().count().div_ceil((width * 0.9) as usize));
    let lines = lines.max().unwrap_or(1).clamp(1, LINES);
    sheet.set_row_height(row, LINE * lines as f64)?;
    Ok(())
}

/// The first sheet: what the workbook holds.
fn contents(sheet: &mut Worksheet, document: &Document, f: &Formats) -> Result<(), XlsxError> {
    sheet.set_name(Words::of(f.lang).contents)?;
    page(sheet, 2)?;
    let title = fitting(f.lang, &document.title);
    sheet.merge_range(0, 0, 0, 3, &title, &f.title)?;
    fit(sheet, 0, std::iter::once((title.as_str(), CONTENTS.iter().sum())))?;
    let heads = [
        f.lang.pick("Feuille", "Sheet"),
        "Section",
        Words::of(f.lang).table,
        f.lang.pick("Lignes", "Rows"),
    ];
    for (at, (head, width)) in heads.into_iter().zip(CONTENTS).enumerate() {
        sheet.set_column_width(at as u16, width)?;
        sheet.write_string_with_format(1, at as u16, head, &f.head)?;
    }
    let mut row = 1;
    for section in &document.sections {
        for table in section.blocks.iter().filter_map(Sheet::of) {
            row += 1;
            let said = [table.id().to_owned(), heading(document, section), table.caption()];
            for (at, text) in said.iter().enumerate() {
                sheet.write_string_with_format(row, at as u16, fitting(f.lang, text), &f.text)?;
            }
            sheet.write_number_with_format(row, 3, table.rows() as f64, &f.plain)?;
            fit(sheet, row, said.iter().map(String::as_str).zip(CONTENTS))?;
        }
    }
    Ok(())
}

fn fill(sheet: &mut Worksheet, table: &Sheet<'_>, f: &Formats) -> Result<(), XlsxError> {
    sheet.set_name(table.id())?;
    page(sheet, 2)?;
    let (lang, words) = (f.lang, Words::of(f.lang));
    let columns = table.columns(lang);
    let last = columns.len() as u16 + 1;
    let of = |c: &TableColumn| (f64::from(c.width) * SHARE).clamp(WIDTHS.0, WIDTHS.1);
    let widths: Vec<f64> = std::iter::once(WIDTHS.0)
        .chain(columns.iter().map(of))
        .chain(std::iter::once(SUPPORT_WIDTH))
        .collect();
    let title = fitting(lang, &format!("{} – {}", words.numbered(table.id()), table.caption()));
    sheet.merge_range(0, 0, 0, last, &title, &f.title)?;
    fit(sheet, 0, std::iter::once((title.as_str(), widths.iter().sum())))?;
    for (at, width) in (0_u16..).zip(&widths) {
        sheet.set_column_width(at, *width)?;
    }
    sheet.write_string_with_format(1, 0, lang.pick("Ligne", "Row"), &f.head)?;
    for (at, column) in (1_u16..).zip(&columns) {
        // The places where a head may break on a page are none of a cell.
        let head = fitting(lang, &column.title.replace('\u{ad}', ""));
        sheet.write_string_with_format(1, at, head, &f.head)?;
    }
    sheet.write_string_with_format(1, last, words.rests_on, &f.head)?;
    let heads = columns.iter().map(|c| c.title.as_str());
    fit(sheet, 1, heads.zip(widths.iter().skip(1).copied()))?;
    let counted = table.counted(lang);
    let mut next = 2;
    let mut put = |sheet: &mut Worksheet, id: &str, cells: &[String], support: &[String]| {
        sheet.write_string_with_format(next, 0, fitting(lang, id), &f.text)?;
        for ((at, cell), column) in (1_u16..).zip(cells).zip(&columns) {
            let counts = counted.get(usize::from(at) - 1).copied().unwrap_or(false);
            if let Some((value, shape)) = counts.then(|| number(lang, cell)).flatten() {
                let format = f.plain.clone().set_num_format(shape);
                sheet.write_number_with_format(next, at, value, &format)?;
                continue;
            }
            let format = if column.numeric { &f.right } else { &f.text };
            sheet.write_string_with_format(next, at, fitting(lang, cell), format)?;
        }
        let support = fitting(lang, &support.join(", "));
        sheet.write_string_with_format(next, last, &support, &f.text)?;
        let texts = std::iter::once(id).chain(cells.iter().map(String::as_str));
        let all = texts.chain(std::iter::once(support.as_str()));
        fit(sheet, next, all.zip(widths.iter().copied()))?;
        next += 1;
        Ok::<(), XlsxError>(())
    };
    match table {
        Sheet::Table(table) => {
            for row in &table.rows {
                let cells: Vec<String> = row.cells.iter().map(crate::Text::to_plain).collect();
                put(sheet, &row.id, &cells, row.support.as_slice())?;
            }
        }
        Sheet::Passages(passages) => {
            for row in &passages.rows {
                let cells = [row.account.to_plain(), row.text.clone()];
                put(sheet, &row.id, &cells, row.support.as_slice())?;
            }
        }
    }
    if table.rows() > 0 {
        sheet.autofilter(1, 0, next - 1, last)?;
    }
    if let Sheet::Table(Table { left_out: Some(sentence), .. }) = table {
        let said = format!("{} ⟨{}⟩", sentence.text().to_plain(), sentence.id());
        sheet.merge_range(next, 0, next, last, &fitting(lang, &said), &f.text)?;
        fit(sheet, next, std::iter::once((said.as_str(), widths.iter().sum())))?;
    }
    Ok(())
}

/// A text that a cell takes, inert, cut where a mark says so.
fn fitting(lang: Language, text: &str) -> String {
    let text = shown(text);
    // A UTF-16 unit takes at least one byte of UTF-8.
    if text.len() <= UNITS || text.encode_utf16().count() <= UNITS {
        return text;
    }
    let length = text.chars().count();
    let mark = said!(lang, "… [coupé : {length} caractères]", "… [cut: {length} characters]");
    let room = UNITS.saturating_sub(mark.encode_utf16().count());
    let mut taken = 0;
    let kept = text.chars().take_while(|c| {
        taken += c.len_utf16();
        taken <= room
    });
    kept.chain(mark.chars()).collect()
}
