#!/bin/sh
# An authority for domains, one whose root is called "(STAGING)", and an authority for time stamps,
# with invented names, in the folder $1. Valid from now on. Needs OpenSSL 3.
set -eu
cd "$1"

cat >plain.cnf <<'C'
[req]
distinguished_name = name
[name]
C

# certify FILE SUBJECT CURVE ISSUER EXTENSION...
certify() {
    file=$1 subject=$2 curve=$3 issuer=$4
    shift 4
    openssl ecparam -name "$curve" -genkey -noout -out "$file.key"
    set -- $(for extension in "$@"; do echo "-addext $extension"; done)
    if [ "$issuer" != self ]; then
        set -- "$@" -CA "$issuer.pem" -CAkey "$issuer.key"
    fi
    openssl req -x509 -new -config plain.cnf -key "$file.key" -sha256 -days 30 -subj "$subject" \
        -out "$file.pem" "$@"
}

authority="basicConstraints=critical,CA:true keyUsage=critical,keyCertSign"
for name in domain staging stamp; do
    case $name in
    domain) title="Test root" middle="Test intermediate" ;;
    staging) title="(STAGING) Test root" middle="Test intermediate" ;;
    stamp) title="Test root of stamps" middle="Test intermediate of stamps" ;;
    esac
    # shellcheck disable=SC2086
    certify "$name-root" "/CN=$title" prime256v1 self $authority
    # shellcheck disable=SC2086
    certify "$name-middle" "/CN=$middle" secp384r1 "$name-root" $authority
done

leaf="subjectAltName=DNS:observer.example keyUsage=critical,digitalSignature extendedKeyUsage=serverAuth"
for issuer in domain staging; do
    # shellcheck disable=SC2086
    certify "$issuer" "/CN=observer.example" prime256v1 "$issuer-middle" $leaf
done
# shellcheck disable=SC2086
certify p384 "/CN=observer.example" secp384r1 domain-middle $leaf
certify stamp "/CN=Test stamps" prime256v1 stamp-middle keyUsage=critical,digitalSignature \
    extendedKeyUsage=critical,timeStamping
openssl pkcs8 -topk8 -nocrypt -in p384.key -out p384.pkcs8
openssl genrsa -out rsa.key 2048 2>/dev/null

for name in domain staging stamp; do
    cat "$name-middle.pem" "$name-root.pem" >"$name-above.pem"
    cat "$name.pem" "$name-above.pem" >"$name-chain.pem"
done
cat p384.pem domain-above.pem >p384-chain.pem

cat >stamp.cnf <<'C'
[tsa]
serial = serial
crypto_device = builtin
signer_cert = stamp.pem
signer_key = stamp.key
certs = stamp-above.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ordering = no
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = sha256
C
