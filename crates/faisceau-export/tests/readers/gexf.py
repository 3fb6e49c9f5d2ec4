"""Reads GEXF with networkx."""

import sys

import compare
import networkx

read = networkx.read_gexf(sys.argv[1], version="1.3")
assert read.is_multigraph() and not read.is_directed()
assert read.graph["mode"] == "static"
nodes = {}
for node, found in read.nodes(data=True):
    viz = found.pop("viz")
    assert {"color", "size", "position"} <= viz.keys(), viz
    assert 0 < viz["size"] < 100 and viz["color"]["a"] == 1
    nodes[compare.restored(node)] = found
edges = []
for a, b, key, found in read.edges(keys=True, data=True):
    assert found.pop("id") == key
    edges.append((compare.restored(key), compare.restored(a), compare.restored(b), found))
compare.graph(nodes, edges)
