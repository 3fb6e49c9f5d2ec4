"""What the notebooks share: where the case is, its tables, texts made harmless, plots for paper.

The case is the folder that FAISCEAU_CASE names. Nothing here writes.
"""

import json
import os
import unicodedata
from pathlib import Path

import matplotlib.pyplot as plt
import polars as pl

ROOT = Path(__file__).resolve().parent.parent
CASE = Path(os.environ.get("FAISCEAU_CASE", "demo-case"))
ZONE = "Europe/Paris"

if not (CASE / "tables").is_dir():
    raise FileNotFoundError(
        "no case with tables: set FAISCEAU_CASE, or run `python notebooks/run.py`, which makes a demo"
    )

plt.rcParams.update(
    {
        "figure.dpi": 72,
        "font.size": 11,
        "axes.grid": False,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "image.cmap": "Greys",
        # A name may hold `$`: it is text, not a formula.
        "text.parse_math": False,
    }
)
pl.Config.set_tbl_rows(30)
pl.Config.set_tbl_cols(12)
pl.Config.set_fmt_str_lengths(70)
pl.Config.set_tbl_width_chars(120)
pl.Config.set_tbl_hide_dataframe_shape(True)


def table(name):
    """A table of the case. Missing values are null; `absent` says why."""
    return pl.read_parquet(CASE / "tables" / f"{name}.parquet")


def run_record():
    """What the tables were made from: versions, hashes, counts."""
    return json.loads((CASE / "tables" / "run.json").read_text("utf-8"))


def inert(text, most=60):
    """A text of an exhibit for a label: no control, no invisible character, not too long."""
    def shown(c):
        if c.isspace():
            return " "
        return c if unicodedata.category(c)[0] != "C" else "\N{REPLACEMENT CHARACTER}"

    kept = "".join(map(shown, text))
    return kept if len(kept) <= most else kept[: most - 1] + "…"


def names():
    """Account to what to write beside it: the display name where an exhibit has one."""
    known = table("accounts").filter(pl.col("display_name").is_not_null())
    shown = {row["account"]: row["display_name"] for row in known.iter_rows(named=True)}
    return lambda account: inert(shown.get(account, account), 28)
