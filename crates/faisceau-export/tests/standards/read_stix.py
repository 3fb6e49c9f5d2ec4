"""Reads a bundle with stix2, strictly, and counts; then writes it, reads it again and counts again."""
import collections, json, sys
import stix2

EXTENSION = "extension-definition--"


def counted(bundle):
    types, nodes, edges, attributes = collections.Counter(), set(), set(), 0
    for one in bundle.objects:
        types[one.type] += 1
        for name, own in (one.get("extensions") or {}).items():
            assert name.startswith(EXTENSION), name
            nodes.update([own["node"]] if "node" in own else [])
            edges.update([own["edge"]] if "edge" in own else [])
            attributes += len(own.get("attributes", {}))
    return {
        "types": dict(sorted(types.items())),
        "nodes": len(nodes),
        "edges": len(edges),
        "attributes": attributes,
    }


text = open(sys.argv[1], encoding="utf-8").read()
bundle = stix2.parse(text, allow_custom=False)
first = counted(bundle)
again = counted(stix2.parse(bundle.serialize(), allow_custom=False))
assert first == again, (first, again)

# The ids of observables are those that stix2 computes.
raw = json.loads(text)["objects"]
observables = 0
for one in raw:
    known = stix2.registry.class_for_type(one["type"], "2.1", "observables")
    if known:
        bare = {name: value for name, value in one.items() if name not in ("id", "type")}
        assert known(**bare).id == one["id"], one
        observables += 1
ids = [one["id"] for one in raw]
assert len(ids) == len(set(ids))
refs = {
    ref
    for one in raw
    for name, value in one.items()
    if name.endswith("_ref") or name.endswith("_refs")
    for ref in ([value] if isinstance(value, str) else value)
}
assert refs <= set(ids), refs - set(ids)
store = stix2.MemoryStore(bundle)
first["relationships"] = len(store.query([stix2.Filter("type", "=", "relationship")]))
first["observables"] = observables

from stix2validator import ValidationOptions, validate_string

# `uuid-check` asks for version 4, which no rerun finds again. `account-type` is an open vocabulary
# in which most platforms have no word. `extensions-use` asks for a schema behind a URL.
options = ValidationOptions(version="2.1", disabled="uuid-check,account-type")
result = validate_string(text, options)
found = [str(e) for o in getattr(result, "object_results", [result]) for e in (o.errors or [])]
warned = [str(w) for o in getattr(result, "object_results", [result]) for w in (o.warnings or [])]
first["valid"] = result.is_valid
first["errors"] = found
first["warnings"] = sorted(set(warned))
print(json.dumps(first))
