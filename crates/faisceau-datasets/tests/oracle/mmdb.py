"""Looks addresses up with the reader that MaxMind publishes for Python (PyPI `maxminddb`).

Arguments: a database, and the kind of answer. In: an address a line. Out: an answer a line, empty
where the database has no record.
"""

import sys

import maxminddb


def country(record):
    return record.get("country_code") or record.get("country", {}).get("iso_code") or ""


def city(record):
    names = record.get("city", {})
    if isinstance(names, dict):
        names = names.get("names", {})
        name = names.get("fr") or names.get("en") or ""
    else:
        name = names
    place = record.get("location", record)
    at = place.get("latitude"), place.get("longitude")
    return f"{name}|{at[0]:.4f}|{at[1]:.4f}" if None not in at else f"{name}||"


def asn(record):
    number = record.get("autonomous_system_number")
    return f"{number} {record.get('autonomous_system_organization', '')}" if number else ""


def anonymity(record):
    flags = ["vpn", "hosting", "tor"]
    names = ["is_anonymous_vpn", "is_hosting_provider", "is_tor_exit_node"]
    return "known " + "".join(f[0] for f, n in zip(flags, names) if record.get(n))


def main():
    path, kind = sys.argv[1:]
    say = {"country": country, "city": city, "asn": asn, "anonymity": anonymity}[kind]
    with maxminddb.open_database(path) as reader:
        for line in sys.stdin:
            try:
                record = reader.get(line.strip())
            except ValueError:  # IPv6 asked of a database of IPv4.
                record = None
            print("" if record is None else say(record))


main()
