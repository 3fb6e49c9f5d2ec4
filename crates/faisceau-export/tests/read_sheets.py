"""Reads the exports of tables back and compares them, cell by cell.

read_sheets.py FOLDER parquet|csv SEPARATOR|xlsx|timesketch|subscribers

FOLDER holds `tables` (the case's) and a folder for each format. Prints counts, `name=number`;
fails on the first difference.
"""

import csv
import datetime
import hashlib
import json
import re
import sys
from pathlib import Path

import openpyxl
import polars
import pyarrow
import pyarrow.parquet
from openpyxl.utils.escape import unescape

FOLDER = Path(sys.argv[1])
CARD = {"title": "=Atelier c/ X \u202e", "as_of": "2026-11-20", "tool": "0.1.0"}
LIMIT = 32767


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def table(path):
    """A Parquet file as (names, kinds, rows); instants are microseconds."""
    read = pyarrow.parquet.read_table(path)
    columns, kinds = [], []
    for field in read.schema:
        column = read[field.name]
        if pyarrow.types.is_timestamp(field.type):
            assert field.type == pyarrow.timestamp("us", tz="UTC"), field
            column = column.cast(pyarrow.int64())
            kinds.append("time")
        else:
            kinds.append(str(field.type).split("<")[0])
        columns.append(column.to_pylist())
    return read.schema.names, kinds, list(zip(*columns))


def exported():
    for path in sorted((FOLDER / "parquet").glob("*.parquet")):
        yield path.stem, *table(path)


def reviews():
    """What was decided, as the JSON beside the Parquet says."""
    return json.loads((FOLDER / "parquet/reviews.json").read_text("utf-8"))


def microseconds(text):
    """ISO 8601 in UTC, of any year."""
    found = re.fullmatch(r"(-?\d+)-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?Z", text)
    year, month, day, hour, minute, second = map(int, found.groups()[:6])
    fraction = int((found[7] or "").ljust(6, "0"))
    # Days from civil, after Hinnant.
    y = year - (month <= 2)
    era, of_era = divmod(y, 400)
    of_year = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5 + day - 1
    days = era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719468
    return ((days * 24 + hour) * 60 + minute) * 60 * 10**6 + second * 10**6 + fraction


DECIMALS = {"us": 6, "ms": 3}


def check_time(text, precision, local):
    """As many decimals as precise; more only where the instant has more."""
    decimals = len(text.partition(".")[2].rstrip("Z"))
    least = DECIMALS.get(precision, 0)
    assert decimals >= least and (decimals == least or set(text[-4:-1]) != {"0"}), text
    at = microseconds(text)
    if precision == "s" and 0 <= at < 4 * 10**15:
        parsed = datetime.datetime.strptime(local, "%Y-%m-%d %H:%M:%S %z")
        assert parsed == datetime.datetime.fromtimestamp(at // 10**6, datetime.timezone.utc)
        assert parsed.utcoffset() in (datetime.timedelta(hours=1), datetime.timedelta(hours=2))


def as_value(kind, value, missing):
    """A field of text as what the Parquet holds."""
    if missing:
        assert value in ("", None), value
        return None
    match kind:
        case "time":
            return microseconds(value)
        case "int64":
            return int(value)
        case "double":
            return float(value)
        case "bool":
            return {"true": True, "false": False}[value] if isinstance(value, str) else value
        case "large_list" | "list":
            return json.loads(value)
    return value


def check_row(kinds, names, row, found, local_names):
    """A row of a sheet against a row of the Parquet. `found` is by name."""
    absent = dict(part.split("=") for part in (row[-1] or "").split())
    assert (found["absent"] or None) == row[-1]
    for name, kind, value in zip(names, kinds, row):
        of = re.sub("_(utc|prec|zone)$", "", name)
        missing = name in absent or (of in absent and name != of)
        if name == "absent":
            continue
        assert (value is None) == missing, (name, value, row)
        got = as_value(kind, found[name], missing)
        same = got == value and type(got) is type(value)
        assert same, (name, got if len(str(got)) < 200 else "long", value)
        if kind == "time" and not missing:
            prefix = name.removesuffix("_utc")
            assert f"{prefix}_local" in local_names
            check_time(found[name], found[f"{prefix}_prec"], found[f"{prefix}_local"])


def unguarded(text):
    return re.sub(r"(^|[,;\t\r\n])'", r"\1", text)


def runs(cell):
    """What a spreadsheet that splits anywhere would run."""
    skipped = re.sub(r"^[\s\"\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+", "", cell)
    return skipped[:1] in tuple("=+-@＝＋－＠")


def raw_fields(path, separator):
    """Fields with their quotation marks, to see which are quoted."""
    text = path.read_bytes().decode("utf-8").removeprefix("\ufeff")
    field = re.compile(r'("(?:[^"]|"")*"|[^"%s\r\n]*)(%s|\r\n)' % (separator, separator))
    row = []
    at = 0
    while at < len(text):
        found = field.match(text, at)
        assert found, text[at : at + 80]
        row.append(found[1])
        if found[2] == "\r\n":
            yield row
            row = []
        at = found.end()


def check_csv():
    separator = {"semicolon": ";", "comma": ",", "tab": "\t"}[sys.argv[3]]
    csv.field_size_limit(10**8)
    total = 0
    for name, names, kinds, rows in exported():
        path = FOLDER / "csv" / f"{name}.csv"
        assert path.read_bytes().startswith(b"\xef\xbb\xbf") == (separator != ",")
        with path.open(encoding="utf-8-sig", newline="") as file:
            header, *found = csv.reader(file, delimiter=separator, strict=True)
        assert [column for column in header if not column.endswith("_local")] == names
        assert len(found) == len(rows), name
        kind_of = dict(zip(names, kinds))
        for raw, fields in zip(list(raw_fields(path, separator))[1:], found):
            for column, written, cell in zip(header, raw, fields):
                plain = kind_of.get(column) in ("int64", "double", "bool")
                assert written == "" or written.startswith('"') != plain, (column, written)
                if not plain:
                    assert not any(runs(part) for part in re.split(r"[,;\t\r\n]", cell)), cell[:80]
        for row, fields in zip(rows, found):
            assert len(fields) == len(header)
            as_text = {column: unguarded(cell) for column, cell in zip(header, fields)}
            check_row(kinds, names, row, as_text, header)
        # The reader of another library sees as many rows and columns.
        again = polars.read_csv(path, separator=separator, infer_schema=False)
        assert again.shape == (len(rows), len(header)) and again.columns == header, name
        total += len(rows)
    with (FOLDER / "csv/reviews.csv").open(encoding="utf-8-sig", newline="") as file:
        found = [
            {column: unguarded(cell) for column, cell in row.items()}
            for row in csv.DictReader(file, delimiter=separator, strict=True)
        ]
    assert found == [{k: str(v) for k, v in review.items()} for review in reviews()]
    readme = (FOLDER / "csv/README.txt").read_bytes().decode("utf-8")
    assert r"(^|[,;\t\r\n])'" in readme and "\u202e" not in readme
    print(f"rows={total + len(found)}")


def check_parquet():
    manifest = json.loads((FOLDER / "parquet/manifest.json").read_text("utf-8"))
    assert CARD.items() <= manifest["case"].items() and manifest["schema"] == "1"
    lines = {line["table"]: line for line in manifest["tables"]}
    assert [left["table"] for left in manifest["left_out"]] == ["subscribers"]
    assert set(lines) | {"subscribers"} == {path.stem for path in (FOLDER / "tables").glob("*")}
    rows = withheld = 0
    for name, names, _, read in exported():
        path, of_case = (FOLDER / side / f"{name}.parquet" for side in ("parquet", "tables"))
        line = lines[name]
        notes = pyarrow.parquet.read_metadata(path).metadata
        assert notes[b"faisceau:schema"] == b"1" and notes[b"faisceau:table"].decode() == name
        assert polars.read_parquet(path).shape == (len(read), len(names)) and line["rows"] == len(read)
        assert line["sha256"] == sha256(path) and line["sha256_of_case"] == sha256(of_case)
        same = path.read_bytes() == of_case.read_bytes()
        assert same == (name not in ("media", "media_fields")), name
        rows += len(read)
        withheld += line["positions_withheld"]
    media = polars.read_parquet(FOLDER / "parquet/media.parquet").to_dicts()
    assert [row["latitude"] for row in media] == [None, -47.25]
    assert "latitude=redacted" in media[0]["absent"] and media[0]["longitude"] is None
    fields = polars.read_parquet(FOLDER / "parquet/media_fields.parquet")
    values = fields.filter(polars.col("media") == media[0]["id"])
    assert dict(values.select("name", "value").iter_rows()) == {
        "GPSLatitude": "redacted",
        "GPSLongitude": "redacted",
        "GPSDateStamp": "47.512345",
        "Make": "47.512345",
    }
    rows += 2 * len(reviews())
    print(f"rows={rows}\nwithheld={withheld}")


def units(text):
    return len(text.encode("utf-16-le")) // 2


def check_xlsx():
    book = openpyxl.load_workbook(FOLDER / "xlsx/case.xlsx")
    day = datetime.datetime(2026, 11, 20)
    assert book.properties.created == book.properties.modified == day
    formulas = links = cut = total = 0
    for sheet in book:
        links += len(sheet._hyperlinks)
        for row in sheet.iter_rows():
            for cell in row:
                formulas += cell.data_type == "f"
                links += cell.hyperlink is not None
                if cell.data_type == "s" and cell.row > 1 and sheet.title != "lisez-moi":
                    assert cell.quotePrefix and cell.number_format == "@", cell
    first = book["lisez-moi"]
    assert book.sheetnames[0] == "lisez-moi" and first["B2"].value == CARD["title"]
    counts = {row[0].value: row[1].value for row in first.iter_rows()}
    assert counts["subscribers"] == "non exporté"
    for name, names, kinds, rows in exported():
        sheet = book[name]
        assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref.startswith("A1:")
        header = [cell.value for cell in sheet[1]]
        found = list(sheet.iter_rows(min_row=2)) if rows else []
        assert len(found) == len(rows) == counts[name], name
        for row, cells in zip(rows, found):
            values = {}
            expected = list(row)
            for column, cell in zip(header, cells):
                at = names.index(column) if column in names else None
                kind = kinds[at] if at is not None else "text"
                value = cell.value
                if isinstance(value, str):
                    assert cell.data_type == "s"
                    value = unescape(value)
                    if re.search(r"… \[coupé : \d+ caractères\]$", value):
                        assert units(value) <= LIMIT
                        whole = expected[at] if kind != "large_list" else None
                        if whole is not None:
                            kept, mark = value.rsplit("… [coupé : ", 1)
                            assert whole.startswith(kept) and int(mark.split()[0]) == len(whole)
                        cut += 1
                        # What was cut is compared as far as it goes.
                        value = json.dumps(expected[at]) if kind == "large_list" else whole
                elif value is not None:
                    assert kind in ("int64", "double", "bool"), (column, value)
                    if kind == "double":
                        value = float(value)
                elif at is not None and expected[at] == "":
                    # An empty text is an empty cell; `absent` tells it from a missing one.
                    value = ""
                values[column] = value
            check_row(kinds, names, row, values, header)
        total += len(rows)
    # A sheet reads to its last row, which is where the filter ends.
    sheet = book["reviews"]
    keys, *found = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [dict(zip(keys, row)) for row in found] == reviews()
    assert counts["cellules coupées"] == cut
    print(f"rows={total + len(found)}\nsheets={len(book.sheetnames)}\ncut={cut}")
    print(f"formulas={formulas}\nlinks={links}")


def check_timesketch():
    lines = (FOLDER / "timesketch/events.jsonl").read_bytes().decode("utf-8").split("\n")
    assert lines.pop() == ""
    events = [json.loads(line) for line in lines]
    expected = []
    timeless = outside = 0
    for name, columns in {
        "posts": ["at", "stamped"],
        "connections": ["at"],
        "media": ["taken", "digitized", "modified", "receiver"],
        "mail_hops": ["at"],
        "sign_ins": ["at"],
    }.items():
        names, _, rows = table(FOLDER / "tables" / f"{name}.parquet")
        for row in rows:
            row = dict(zip(names, row))
            known = [row[f"{column}_utc"] for column in columns if row[f"{column}_utc"] is not None]
            timeless += not known
            for at in known:
                if at < -62135596800 * 10**6:
                    outside += 1
                else:
                    expected.append((row["id"], at))
    assert [(event["row_id"], event["timestamp"]) for event in events] == expected
    allowed = re.compile(r"[^\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]*")
    for event in events:
        assert all(event[field] for field in ("message", "datetime", "timestamp_desc"))
        at = datetime.datetime.fromisoformat(event["datetime"])
        assert at.utcoffset() == datetime.timedelta(0)
        epoch = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
        assert (at - epoch) // datetime.timedelta(microseconds=1) == event["timestamp"]
        assert allowed.fullmatch(event["message"]), event["message"][:80]
        assert event["precision"] and event["zone_source"] and event["exhibit"] and event["place"]
        assert not {"latitude", "longitude", "value"} & set(event)
        if "account" in event:
            assert event["tag"] and all(tag.startswith("review:") for tag in event["tag"])
    tags = {event["account"][-1]: event["tag"] for event in events if "account" in event}
    assert tags == {"6": ["review:dismiss"], "7": ["review:dismiss", "review:hold"], "8": ["review:hold"]}
    print(f"events={len(events)}\ntimeless={timeless}\noutside={outside}")


def check_subscribers():
    book = openpyxl.load_workbook(FOLDER / "xlsx/case.xlsx")
    print(f"xlsx={int('subscribers' in book.sheetnames)}")


globals()[f"check_{sys.argv[2]}"]()
