"""Executes every notebook against a case; fails on the first error.

    python notebooks/run.py            check only
    python notebooks/run.py --write    store the outputs beside the code

The case is the folder that FAISCEAU_CASE names; without it a demo case is made with
`cargo run --release -- demo` and thrown away. Needs the packages of requirements.txt.
"""

import base64
import io
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat
from jupyter_client import AsyncKernelManager
from nbclient import NotebookClient
from PIL import Image

FOLDER = Path(__file__).resolve().parent
# Of all notebooks together, with their pictures.
MOST_BYTES = 300_000
# Of one cell. A case of millions of rows takes longer than the demo.
SECONDS = 600


class OverFiles(AsyncKernelManager):
    """A kernel that is spoken to over files, not over a port that others on the machine reach."""

    folder = None

    def __init__(self, **settings):
        super().__init__(**{**settings, "transport": "ipc", "ip": f"{self.folder}/kernel"})


def executed(path):
    """The notebook with fresh outputs and nothing that differs from run to run."""
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=SECONDS,
        kernel_name="python3",
        kernel_manager_class=OverFiles,
        resources={"metadata": {"path": str(FOLDER)}},
    )
    client.execute()
    for number, cell in enumerate(notebook.cells):
        # Ids are drawn by chance where a cell has none.
        cell["id"] = f"cell-{number}"
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", []):
            if output.output_type == "stream" and output.name == "stderr":
                raise RuntimeError(f"{path.name}, cell {number}: {output.text}")
            if "image/png" in output.get("data", {}):
                output.data["image/png"] = small(output.data["image/png"])
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    nbformat.validate(notebook)
    return notebook


def small(picture):
    """A picture in sixteen shades of grey: the plots are drawn for paper."""
    shades = Image.open(io.BytesIO(base64.b64decode(picture))).convert("L").quantize(16)
    to = io.BytesIO()
    shades.save(to, "PNG", optimize=True)
    return base64.b64encode(to.getvalue()).decode()


def pictures(notebook):
    """The pictures, as PNG."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if "image/png" in output.get("data", {}):
                yield base64.b64decode(output["data"]["image/png"])


def run(write, to=None):
    total = 0
    for path in sorted(FOLDER.glob("[0-9]*.ipynb")):
        notebook = executed(path)
        text = nbformat.writes(notebook) + "\n"
        total += len(text.encode())
        shown = list(pictures(notebook))
        print(f"{path.name}: {len(notebook.cells)} cells, {len(shown)} pictures")
        if write:
            path.write_text(text, "utf-8")
        if to:
            for number, picture in enumerate(shown):
                (Path(to) / f"{path.stem}-{number}.png").write_bytes(picture)
    print(f"{total} bytes")
    if total > MOST_BYTES:
        raise SystemExit(f"the notebooks take {total} bytes, more than {MOST_BYTES}")


def main():
    write = "--write" in sys.argv[1:]
    # For whoever wants to look at them: a folder for the pictures.
    to = os.environ.get("FAISCEAU_PICTURES")
    with tempfile.TemporaryDirectory() as folder:
        OverFiles.folder = folder
        if "FAISCEAU_CASE" in os.environ:
            # The kernels run in another folder.
            case = Path(os.environ["FAISCEAU_CASE"]).resolve()
        else:
            case = Path(folder) / "case"
            command = ["cargo", "run", "--quiet", "--release", "--", "demo", str(case)]
            subprocess.run(command, cwd=FOLDER.parent, check=True, stdout=subprocess.DEVNULL)
        os.environ["FAISCEAU_CASE"] = str(case)
        run(write, to)


if __name__ == "__main__":
    main()
