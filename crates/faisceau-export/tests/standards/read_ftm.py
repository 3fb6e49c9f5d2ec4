"""Reads entities with followthemoney, cleans and validates each, and counts."""
import collections, json, subprocess, sys
from followthemoney import model
from followthemoney.exc import InvalidData
from followthemoney.util import make_entity_id

schemata, values, addresses, notes, changed, edges = collections.Counter(), 0, 0, 0, [], 0
ids, refs, foreign = set(), set(), []
for line in open(sys.argv[1], encoding="utf-8"):
    data = json.loads(line)
    # As written, then as the reader cleans it: nothing may fall away.
    kept, cleaned = model.get_proxy(data, cleaned=True), model.get_proxy(data, cleaned=False)
    try:
        kept.schema.validate(kept.to_dict())
    except InvalidData as error:
        changed.append([kept.schema.name, str(error.errors), data])
    schemata[kept.schema.name] += 1
    ids.add(kept.id)
    # A message is called by its row: its id is the one that the reader's own function makes.
    if kept.schema.name == "Message":
        made = make_entity_id("entity", kept.first("recordId"), key_prefix=sys.argv[2])
        foreign += [] if made == kept.id else [kept.id]
    given = sum(len(texts) for texts in data["properties"].values())
    values += given
    if len(list(kept.itervalues())) != given or len(list(cleaned.itervalues())) != given:
        before = {p: sorted(v) for p, v in data["properties"].items()}
        after = {p.name: sorted(cleaned.get(p)) for p in cleaned.iterprops()}
        changed.append({p: [v, after.get(p)] for p, v in before.items() if v != after.get(p)})
    addresses += len(kept.get("ipAddress", quiet=True))
    if kept.schema.name in ("UserAccount", "Image", "Video", "Audio", "Document"):
        notes += len([n for n in kept.get("notes") if not n.startswith("file ")])
    refs.update(v for p, v in kept.itervalues() if p.type.name == "entity")
    edges += kept.schema.name in ("Similar", "UnknownLink")
ran = subprocess.run(
    [sys.executable, "-c", "from followthemoney.cli.cli import cli; cli()", "validate"]
    + ["-i", sys.argv[1], "-o", sys.argv[1] + ".checked"],
    capture_output=True,
    text=True,
)
checked = sum(1 for _ in open(sys.argv[1] + ".checked")) if ran.returncode == 0 else 0
print(json.dumps({
    "schemata": dict(sorted(schemata.items())), "values": values, "addresses": addresses,
    "notes": notes, "edges": edges, "changed": changed, "dangling": sorted(refs - ids), "foreign": foreign,
    "checked": checked, "said": (ran.stdout + ran.stderr)[-2000:],
}))
