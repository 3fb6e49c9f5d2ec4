"""Reads a workbook with openpyxl and prints its sheets as JSON."""

import json
import sys

import openpyxl

book = openpyxl.load_workbook(sys.argv[1])
print(
    json.dumps(
        [
            {
                "name": sheet.title,
                "frozen": sheet.freeze_panes,
                "repeated": sheet.print_title_rows,
                "cells": [[cell.value for cell in row] for row in sheet.iter_rows()],
                "formulas": sum(c.data_type == "f" for row in sheet.iter_rows() for c in row),
                "links": sum(c.hyperlink is not None for row in sheet.iter_rows() for c in row),
                "unquoted": sum(
                    c.data_type == "s" and not c.quotePrefix
                    for row in sheet.iter_rows()
                    for c in row
                ),
            }
            for sheet in book
        ]
    )
)
