"""Checks GEXF against what the schema of GEXF 1.3 allows, with lxml, and its times.

Written from the schema (gexf.net, dynamics.xsd and viz.xsd of 1.3), which is not copied here.
"""

import datetime
import re
import sys

import compare
from lxml import etree

G, V = "{http://gexf.net/1.3}", "{http://gexf.net/1.3/viz}"
NUMBER = r"-?\d+(\.\d+)?"
TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z"
ANY = r"(?s).*"
# Element: parents, attributes that it must have, attributes that it may have.
ALLOWED = {
    G + "gexf": ([None], {"version": r"1\.3"}, {}),
    G + "meta": ([G + "gexf"], {}, {"lastmodifieddate": r"\d{4}-\d\d-\d\d"}),
    G + "creator": ([G + "meta"], {}, {}),
    G + "description": ([G + "meta"], {}, {}),
    G + "graph": (
        [G + "gexf"],
        {"defaultedgetype": "undirected", "mode": "static|dynamic", "idtype": "string"},
        {"timeformat": "dateTime", "timerepresentation": "interval"},
    ),
    G + "attributes": ([G + "graph"], {"class": "node|edge", "mode": "static"}, {}),
    G + "attribute": (
        [G + "attributes"],
        {"id": r"\d+", "title": r"\w+", "type": "string|long|double|boolean"},
        {},
    ),
    G + "nodes": ([G + "graph"], {"count": r"\d+"}, {}),
    G + "edges": ([G + "graph"], {"count": r"\d+"}, {}),
    G + "node": ([G + "nodes"], {"id": ANY, "label": ANY}, {}),
    G + "edge": (
        [G + "edges"],
        {"id": ANY, "source": ANY, "target": ANY, "label": ANY, "kind": r"\S+"},
        {},
    ),
    G + "attvalues": ([G + "node", G + "edge"], {}, {}),
    G + "attvalue": ([G + "attvalues"], {"for": r"\d+", "value": ANY}, {}),
    G + "spells": ([G + "edge"], {}, {}),
    G + "spell": ([G + "spells"], {"start": TIME, "end": TIME}, {}),
    V + "color": ([G + "node", G + "edge"], {c: r"\d{1,3}" for c in "rgb"}, {}),
    V + "position": ([G + "node"], {c: NUMBER for c in "xyz"}, {}),
    V + "size": ([G + "node"], {"value": r"\d+(\.\d+)?"}, {}),
    V + "shape": (
        [G + "node", G + "edge"],
        {"value": "disc|square|triangle|diamond|dashed"},
        {},
    ),
}

root = etree.parse(sys.argv[1], etree.XMLParser(resolve_entities=False)).getroot()
for element in root.iter():
    parents, must, may = ALLOWED[element.tag]
    parent = element.getparent()
    assert (None if parent is None else parent.tag) in parents, element.tag
    names = set(element.keys())
    assert must.keys() <= names <= must.keys() | may.keys(), (element.tag, names)
    for name, value in element.items():
        assert re.fullmatch((must | may)[name], value), (element.tag, name, value)
assert [child.tag for child in root] == [G + "meta", G + "graph"]
order = [child.tag for child in root[1]]
assert order == [G + "attributes", G + "attributes", G + "nodes", G + "edges"], order

graph = root[1]
nodes, edges = graph.find(G + "nodes"), graph.find(G + "edges")
assert len(nodes) == int(nodes.get("count")) and len(edges) == int(edges.get("count"))
ids = {node.get("id") for node in nodes}
assert len(ids) == len(nodes) and len({edge.get("id") for edge in edges}) == len(edges)
pairs = set()
for edge in edges:
    assert edge.get("source") in ids and edge.get("target") in ids
    # Parallel edges of one kind would be merged by Gephi.
    pairs.add((frozenset([edge.get("source"), edge.get("target")]), edge.get("kind")))
assert len(pairs) == len(edges)

spells = {
    compare.restored(edge.get("id")): [
        datetime.datetime.fromisoformat(spell.get(end).replace("Z", "+00:00"))
        for spell in edge.iter(G + "spell")
        for end in ["start", "end"]
    ]
    for edge in edges
}
dated = {
    edge["id"] for edge in compare.planted()["edges"] if "first" in edge["attributes"]
}
dynamic = graph.get("mode") == "dynamic"
for edge, times in spells.items():
    assert len(times) == (2 if dynamic and edge in dated else 0), (edge, times)
    assert not times or times[1] - times[0] >= datetime.timedelta(milliseconds=1)
assert dated and dynamic == ("timeformat" in graph.keys())
print("equal")
