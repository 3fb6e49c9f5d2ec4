//! Paragraphs and runs of `WordprocessingML`.
//!
//! In: texts of the model and the style of the paragraph. Out: `w:p` elements, schema order kept.
//! What a stranger wrote is a run of the style `Data` or `Identifier`, outside of spell checking.

use crate::model::Word;
use crate::render::content::step;
use crate::render::escaped;
use crate::sentence::{Sentence, Statement};
use crate::text::{Run, RunKind, Text};

/// A paragraph that is being written.
pub(super) struct Paragraph<'a> {
    out: &'a mut String,
}

impl<'a> Paragraph<'a> {
    /// Opens a paragraph of a style.
    pub(super) fn open(out: &'a mut String, style: &str) -> Self {
        Self::open_with(out, style, "")
    }

    /// The same with properties of its own: elements that the schema wants after `w:pStyle`.
    pub(super) fn open_with(out: &'a mut String, style: &str, properties: &str) -> Self {
        out.push_str("<w:p><w:pPr><w:pStyle w:val=\"");
        out.push_str(style);
        out.push_str("\"/>");
        out.push_str(properties);
        out.push_str("</w:pPr>");
        Self { out }
    }

    /// Closes it.
    pub(super) fn close(self) {
        self.out.push_str("</w:p>");
    }

    /// Words of the program.
    pub(super) fn words(self, text: &str) -> Self {
        self.run("", text)
    }

    /// Words of the program in a style of characters.
    pub(super) fn styled(self, style: &str, text: &str) -> Self {
        let properties = format!("<w:rStyle w:val=\"{style}\"/>");
        self.run(&properties, text)
    }

    /// A text of the model.
    pub(super) fn text(self, text: &Text) -> Self {
        text.runs().iter().fold(self, Self::kind)
    }

    /// A sentence with its number.
    pub(super) fn sentence(self, sentence: &Sentence) -> Self {
        let mark = format!("\u{202f}⟨{}⟩", sentence.id());
        self.text(sentence.text()).styled("SentenceNumber", &mark)
    }

    /// A sentence with its number, or prose.
    pub(super) fn statement(self, statement: &Statement) -> Self {
        match statement {
            Statement::Fact(sentence) => self.sentence(sentence),
            Statement::Prose(prose) => self.text(prose.text()),
        }
    }

    /// The end of a line inside the paragraph.
    pub(super) fn line_end(self) -> Self {
        self.out.push_str("<w:r><w:br/></w:r>");
        self
    }

    /// A word of a passage in the step of what it brings: lines and weight tell in black and white
    /// what colours tell on a screen.
    pub(super) fn word(self, word: &Word) -> Self {
        self.stepped(step(word.log10), &word.text)
    }

    /// The same for a step from -2 to 2.
    pub(super) fn stepped(self, step: i64, text: &str) -> Self {
        let style = match step {
            2.. => "BringsFarTogether",
            1 => "BringsTogether",
            -1 => "SetsApart",
            ..=-2 => "SetsFarApart",
            0 => "Data",
        };
        self.styled(style, text)
    }

    fn kind(self, run: &Run) -> Self {
        match run.kind {
            RunKind::Plain => self.words(&run.text),
            RunKind::Strong => self.styled("Strong", &run.text),
            RunKind::Data => self.styled("Data", &run.text),
            RunKind::Code => self.styled("Identifier", &run.text),
            RunKind::Blank => {
                let marked = "<w:rStyle w:val=\"Blank\"/><w:highlight w:val=\"yellow\"/>";
                self.run(marked, &format!("[●\u{a0}{}]", run.text))
            }
        }
    }

    fn run(self, properties: &str, text: &str) -> Self {
        self.out.push_str("<w:r>");
        if !properties.is_empty() {
            self.out.push_str("<w:rPr>");
            self.out.push_str(properties);
            self.out.push_str("</w:rPr>");
        }
        self.out.push_str("<w:t xml:space=\"preserve\">");
        escaped::push(self.out, text);
        self.out.push_str("</w:t></w:r>");
        self
    }
}
