"""Compares a graph that a reader gave with what was planted. Raises where they differ."""

import datetime
import json
import re

EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z")


def planted():
    with open("expected.json", encoding="utf-8") as file:
        return json.load(file)


def restored(text):
    """The characters in place of their names."""
    return re.sub(r"⟦U\+([0-9A-F]+)⟧", lambda hit: chr(int(hit[1], 16)), text)


def same(found, wanted, where):
    """One value: its type counts as well."""
    if isinstance(wanted, dict):
        assert TIME.fullmatch(found), (where, found)
        at = datetime.datetime.fromisoformat(found.replace("Z", "+00:00"))
        found, wanted = (at - EPOCH) // datetime.timedelta(microseconds=1), wanted["us"]
    elif isinstance(wanted, str):
        found = restored(found)
    assert type(found) is type(wanted) and found == wanted, (where, found, wanted)


def attributes(found, wanted, named):
    """All attributes: those that every node or edge has, and its own, and no other."""
    wanted = wanted["attributes"] | {name: wanted[name] for name in named}
    assert found.keys() == wanted.keys(), (found.keys(), wanted.keys())
    for name, value in wanted.items():
        same(found[name], value, name)


def graph(nodes, edges):
    """Nodes by id; edges as (id, source, target, attributes)."""
    wanted = planted()
    assert len(nodes) == len(wanted["nodes"]) and len(edges) == len(wanted["edges"])
    for one in wanted["nodes"]:
        attributes(nodes[one["id"]], one, ["label", "kind"])
    by_id = {key: (source, target, found) for key, source, target, found in edges}
    assert len(by_id) == len(edges)
    for one in wanted["edges"]:
        source, target, found = by_id[one["id"]]
        assert {source, target} == {one["source"], one["target"]}
        attributes(found, one, ["label", "kind", "observed"])
    print("equal")


def about(found):
    wanted = planted()
    for name in ["title", "as_of", "tool", "exhibits_sha256", "tables_sha256"]:
        same(found[name], wanted[name], name)
    assert found["legend"].startswith("account disc #")
