"""Walks a PDF with pikepdf (qpdf) and prints what PDF/A-2a and a screen reader ask of it, as JSON."""

import json
import sys
from collections import Counter

import pikepdf
from pikepdf import Array, Dictionary, Name

pdf = pikepdf.open(sys.argv[1])
root = pdf.Root


def elements(node):
    """The structure elements below a node, each once, without recursion."""
    stack = [node]
    while stack:
        node = stack.pop()
        if isinstance(node, Array):
            stack.extend(reversed(list(node)))
        elif isinstance(node, Dictionary):
            if "/S" in node:
                yield node
            if "/K" in node:
                stack.append(node.K)


def below(element, wanted):
    return any(str(e.S) == wanted for e in elements(element.K)) if "/K" in element else False


roles = {str(k): str(v) for k, v in root.StructTreeRoot.get("/RoleMap", {}).items()}
tree = list(elements(root.StructTreeRoot.K))
kinds = Counter(roles.get(str(e.S), str(e.S)).lstrip("/") for e in tree)
standard = set(
    "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 "
    "H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code "
    "Link Annot Ruby RB RT RP Warichu WT WP Figure Formula Form".split()
)

# Everything that a page shows is content of the structure or an artifact.
unmarked = 0
mcids = Counter()
shows = {"Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "Do", "sh", "INLINE IMAGE"}
for number, page in enumerate(pdf.pages):
    open_marks = []
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in ("BDC", "BMC"):
            tag = str(operands[0])
            properties = operands[1] if name == "BDC" else None
            if isinstance(properties, Name):
                properties = page.Resources.Properties[properties]
            mcid = properties.get("/MCID") if isinstance(properties, Dictionary) else None
            if mcid is not None:
                mcids[(number, int(mcid))] += 1
            open_marks.append(tag == "/Artifact" or mcid is not None)
        elif name == "EMC":
            open_marks.pop()
        elif name in shows and not any(open_marks):
            unmarked += 1

fonts, unembedded, unmapped = 0, [], []
scripts, transparent_devices = [], []
for obj in pdf.objects:
    if not isinstance(obj, Dictionary) and not isinstance(obj, pikepdf.Stream):
        continue
    kind = str(obj.get("/Type", ""))
    if kind == "/Font" and str(obj.Subtype) != "/Type0":
        fonts += 1
        d = obj.get("/FontDescriptor")
        if d is None or not any(k in d for k in ("/FontFile", "/FontFile2", "/FontFile3")):
            unembedded.append(str(obj.get("/BaseFont")))
    if kind == "/Font" and str(obj.Subtype) == "/Type0" and "/ToUnicode" not in obj:
        unmapped.append(str(obj.get("/BaseFont")))
    for key in ("/JS", "/JavaScript", "/AA", "/Launch", "/URI", "/EmbeddedFiles", "/RichMedia"):
        if key in obj:
            scripts.append(key)
    if "/S" in obj and str(obj.get("/S")) in ("/JavaScript", "/Launch", "/URI", "/SubmitForm", "/GoToR"):
        scripts.append(str(obj.S))

with pdf.open_metadata() as meta:
    xmp = {k: str(meta.get(k)) for k in ("pdfaid:part", "pdfaid:conformance", "dc:title")}

figures = [e for e in tree if str(e.S) in ("/Figure", "/Formula")]
tables = [e for e in tree if str(e.S) == "/Table"]
print(
    json.dumps(
        {
            "pages": len(pdf.pages),
            "version": pdf.pdf_version,
            "encrypted": pdf.is_encrypted,
            "problems": pdf.check_pdf_syntax() if hasattr(pdf, "check_pdf_syntax") else pdf.check(),
            "marked": bool(root.MarkInfo.Marked),
            "lang": str(root.get("/Lang", "")),
            "xmp": xmp,
            "intents": [str(i.S) for i in root.get("/OutputIntents", [])],
            "profiles": [("/DestOutputProfile" in i) for i in root.get("/OutputIntents", [])],
            "kinds": dict(kinds),
            "not_standard": sorted(set(kinds) - standard),
            "figures_without_alt": sum("/Alt" not in e for e in figures),
            "tables_without_heads": sum(not below(e, "/TH") for e in tables),
            "unmarked": unmarked,
            "marked_twice": sum(n > 1 for n in mcids.values()),
            "marks": len(mcids),
            "fonts": fonts,
            "unembedded": unembedded,
            "unmapped": unmapped,
            "scripts": scripts,
            "open_action": "/OpenAction" in root or "/AA" in root,
            "names": sorted(str(k) for k in root.get("/Names", {}).keys()),
            "id": "/ID" in pdf.trailer,
        },
        sort_keys=True,
    )
)
