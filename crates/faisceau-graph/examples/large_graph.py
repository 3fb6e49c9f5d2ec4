"""The graph of `crowd.rs` in networkx: `large_graph.py FILE`, the file that the example wrote."""

import resource
import sys
import time

import networkx as nx

start = time.perf_counter()
graph = nx.MultiGraph()
seen = {}
links = []
with open(sys.argv[1], encoding="utf-8") as lines:
    for line in lines:
        parts = line.rstrip("\n").split("\t")
        if len(parts) == 4:
            links.append((parts[0], parts[1], float(parts[3])))
            continue
        account, address, at = parts[0], parts[1], int(parts[2])
        edge = seen.get((account, address))
        if edge is None:
            seen[account, address] = [1, at, at]
        else:
            edge[0] += 1
            edge[1] = min(edge[1], at)
            edge[2] = max(edge[2], at)
for (account, address), (count, first, last) in seen.items():
    graph.add_edge(account, address, kind="used", count=count, first=first, last=last)
for a, b, low in links:
    graph.add_edge(a, b, kind="link", low=low)
print(f"built: {time.perf_counter() - start:.2f} s, {graph.number_of_nodes()} nodes, "
      f"{graph.number_of_edges()} edges, "
      f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB at most")

accounts = sum(1 for node in graph if node.startswith("forum:"))
name = lambda n: f"forum:u{n * 7919 % accounts}"
usable = nx.subgraph_view(
    graph, filter_edge=lambda a, b, key: graph[a][b][key].get("low", 1.0) > 0.0)
worst = [0.0, 0.0, 0.0]
for n in range(100):
    one, other = name(n), name(n + 100)
    start = time.perf_counter()
    list(graph.edges(one, data=True))
    worst[0] = max(worst[0], time.perf_counter() - start)
    start = time.perf_counter()
    try:
        nx.shortest_path(usable, one, other)
    except nx.NetworkXNoPath:
        pass
    worst[1] = max(worst[1], time.perf_counter() - start)
    start = time.perf_counter()
    set(graph[one]) & set(graph[other])
    worst[2] = max(worst[2], time.perf_counter() - start)
print("the slowest of 100: neighbours {:.2f} ms, path {:.2f} ms, common {:.2f} ms".format(
    *(value * 1e3 for value in worst)))
