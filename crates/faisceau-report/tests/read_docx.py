"""Reads a DOCX with python-docx and prints its headings, tables and settings as JSON."""

import json
import sys

import docx
from docx.oxml.ns import qn

document = docx.Document(sys.argv[1])
styles = document.styles
section = document.sections[0]


def flag(row, name):
    properties = row._tr.trPr
    return properties is not None and properties.find(qn(name)) is not None


def on(style, name):
    """Whether a style, or one that it is based on, sets a property of paragraphs."""
    while style is not None:
        properties = style.element.pPr
        if properties is not None and properties.find(qn(name)) is not None:
            return True
        style = style.base_style
    return False


tables = [
    {
        "style": table.style.name,
        "cells": [[cell.text for cell in row.cells] for row in table.rows],
        "heads": sum(flag(row, "w:tblHeader") for row in table.rows),
        "torn": sum(not flag(row, "w:cantSplit") for row in table.rows),
        "alt": table._tbl.tblPr.find(qn("w:tblCaption")) is not None,
        "width": sum(int(c.get(qn("w:w"))) for c in table._tbl.tblGrid.findall(qn("w:gridCol"))),
    }
    for table in document.tables
]
highlighted = [
    run.text
    for paragraph in document.element.body.iter(qn("w:p"))
    for run in docx.text.paragraph.Paragraph(paragraph, document).runs
    if run.font.highlight_color is not None
]
defaults = styles.element.find(qn("w:docDefaults"))
print(
    json.dumps(
        {
            "paragraphs": [[p.style.name, p.text] for p in document.paragraphs],
            "tables": tables,
            "highlighted": highlighted,
            "kept": {
                name: on(styles[name], "w:keepNext")
                for name in ("Title", "Heading 1", "Heading 2", "Caption", "Table Head")
            },
            "language": defaults.find(".//" + qn("w:lang")).get(qn("w:val")),
            "page": [round(section.page_width.mm), round(section.page_height.mm)],
            # A twentieth of a point is 635 English Metric Units.
            "text_width": round(
                (section.page_width - section.left_margin - section.right_margin) / 635
            ),
            "footer": [p.text for p in section.footer.paragraphs],
            "title": document.core_properties.title,
            "created": document.core_properties.created.isoformat(),
            "external": [
                rel.target_ref for rel in document.part.rels.values() if rel.is_external
            ],
        }
    )
)
