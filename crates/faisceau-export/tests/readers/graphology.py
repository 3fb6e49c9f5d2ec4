"""Reads the JSON of graphology with the reader of Python."""

import json
import sys

import compare

with open(sys.argv[1], encoding="utf-8") as file:
    raw = file.read()
assert "</script" not in raw
read = json.loads(raw)
assert read.keys() == {"options", "attributes", "nodes", "edges"}
assert read["options"] == {"type": "undirected", "multi": True, "allowSelfLoops": True}
compare.about(read["attributes"])
nodes, edges = {}, []
for node in read["nodes"]:
    assert node.keys() == {"key", "attributes"}
    drawn = [node["attributes"].pop(name) for name in ["x", "y", "size", "color", "shape"]]
    assert all(isinstance(number, (int, float)) for number in drawn[:3])
    assert len(drawn[3]) == 7
    nodes[compare.restored(node["key"])] = node["attributes"]
for edge in read["edges"]:
    assert edge.keys() == {"key", "source", "target", "undirected", "attributes"}
    assert edge["undirected"] is True
    for name in ["size", "color"]:
        edge["attributes"].pop(name)
    ends = [compare.restored(edge[name]) for name in ["key", "source", "target"]]
    edges.append((*ends, edge["attributes"]))
compare.graph(nodes, edges)
