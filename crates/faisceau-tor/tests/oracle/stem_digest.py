"""What stem reads of a consensus, as JSON: one line a relay under a SHA-256, and valid signatures.

Usage: stem_digest.py CONSENSUS [CERTIFICATES] [--time]. With --time: seconds to parse and verify.
"""

import hashlib
import json
import sys
import time

import stem.descriptor
from stem.descriptor.networkstatus import NetworkStatusDocumentV3, KeyCertificate

paths = [arg for arg in sys.argv[1:] if not arg.startswith("--")]
text = open(paths[0], "rb").read()
text = text[text.index(b"network-status-version"):]
begin = time.perf_counter()
document = NetworkStatusDocumentV3(text)
lines = []
for fingerprint, relay in document.routers.items():
    others = sorted(address for address, _, _ in relay.or_addresses)
    policy = str(relay.exit_policy).replace(", ", ",") if relay.exit_policy else ""
    lines.append(" ".join([fingerprint, relay.nickname, relay.address, ",".join(others),
                           ",".join(sorted(relay.flags)), policy]))
valid = None
if len(paths) > 1:
    certificates = list(stem.descriptor.parse_file(paths[1], "dir-key-certificate-3 1.0"))
    keys = {c.fingerprint: c for c in certificates}
    signed = hashlib.sha1(text[: text.index(b"\ndirectory-signature ") + 21]).hexdigest().upper()
    valid = 0
    for signature in document.signatures:
        certificate = keys.get(signature.identity)
        if certificate is not None:
            digest = certificate._digest_for_signature(certificate.signing_key, signature.signature)
            valid += digest == signed
elapsed = time.perf_counter() - begin
if "--time" in sys.argv:
    print(elapsed)
    sys.exit()
lines.sort()
print(json.dumps({
    "relays": len(lines),
    "exits": sum(1 for line in lines if "Exit" in line.split(" ")[4].split(",")),
    "sha256": hashlib.sha256("".join(line + "\n" for line in lines).encode()).hexdigest(),
    "valid_signatures": valid,
}, sort_keys=True))
