"""Finds the autonomous system of addresses by binary search in the CSV files.

Arguments: the files. In: an address a line. Out: `number name` a line, empty where there is none.
"""

import bisect
import csv
import ipaddress
import sys


def main():
    starts, rows = {4: [], 6: []}, {4: [], 6: []}
    for path in sys.argv[1:]:
        with open(path, newline="", encoding="utf-8") as file:
            for first, last, number, name in csv.reader(file):
                first, last = ipaddress.ip_address(first), ipaddress.ip_address(last)
                starts[first.version].append(int(first))
                rows[first.version].append((int(last), f"{number} {name}"))
    for line in sys.stdin:
        ip = ipaddress.ip_address(line.strip())
        index = bisect.bisect_right(starts[ip.version], int(ip)) - 1
        found = index >= 0 and rows[ip.version][index]
        print(found[1] if found and int(ip) <= found[0] else "")


main()
