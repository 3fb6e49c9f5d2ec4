"""Reads a graph with rdflib, counts, and checks it against the shapes of CASE with case_validate."""
import json, pathlib, subprocess, sys
import rdflib
from rdflib import RDF

OWN = rdflib.Namespace("urn:faisceau:ns:1:")
CASE = rdflib.Namespace("https://ontology.caseontology.org/case/investigation/")
UCO = "https://ontology.unifiedcyberontology.org/uco/"
CORE, OBS = rdflib.Namespace(UCO + "core/"), rdflib.Namespace(UCO + "observable/")

graph = rdflib.Graph()
graph.parse(sys.argv[1], format="json-ld")


def of(kind):
    return len(set(graph.subjects(RDF.type, kind)))


prefix = str(OWN) + "attribute_"
found = {
    "triples": len(graph),
    "nodes": len({str(o) for o in graph.objects(None, OWN.node)}),
    "edges": len({str(o) for o in graph.objects(None, OWN.edge)}),
    "attributes": sum(1 for _, p, _ in graph if str(p).startswith(prefix)),
    "relationships": of(OBS.ObservableRelationship),
    "acts": of(CASE.InvestigativeAction),
    "records": of(CASE.ProvenanceRecord),
    "messages": of(OBS.Message),
    "annotations": of(CORE.Annotation),
    "ratios": sorted(float(o) for o in graph.objects(None, OWN.log10_lr)),
}
# Written in another syntax and read again: no triple comes or goes.
again = rdflib.Graph().parse(data=graph.serialize(format="nt"), format="nt")
assert len(again) == len(graph)
ran = subprocess.run(
    [sys.executable, "-c", "from case_utils.case_validate import main; main()"]
    + ["--built-version", "case-1.5.0", "--inference", "rdfs", sys.argv[1]],
    capture_output=True,
    text=True,
)
found["conforms"] = ran.returncode == 0
found["report"] = "" if ran.returncode == 0 else (ran.stdout + ran.stderr)[-4000:]
print(json.dumps(found))
