"""Validates OOXML files against the schemas and rules of the format, and prints what is wrong."""

import sys

from openxml_audit import OpenXmlValidator

for path in sys.argv[1:]:
    result = OpenXmlValidator().validate(path)
    for error in result.errors:
        print(f"{path}: {error}")
