"""Reads GraphML with networkx."""

import sys

import compare
import networkx

read = networkx.read_graphml(sys.argv[1])
assert read.is_multigraph() and not read.is_directed()
compare.about(read.graph)
compare.graph(
    {compare.restored(node): found for node, found in read.nodes(data=True)},
    [
        (compare.restored(key), compare.restored(a), compare.restored(b), found)
        for a, b, key, found in read.edges(keys=True, data=True)
    ],
)
