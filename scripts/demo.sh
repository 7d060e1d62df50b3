#!/usr/bin/env bash
# demo: build the program and run it on real input
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

need build
build release -DQMFORGE_TESTS=OFF
qmforge=build/release/tools/qmforge
vectors=tests/data/known-bytes.txt

# only FORMAT PATTERN: the vectors of one format whose label matches.
only() { grep -E "^$1-($2) " "$vectors"; }
# decode OPTION…: status 1, for a malformed or invalid input, is not a failure here.
decode() { "$qmforge" decode "$@" --hex - || (($? == 1)); }

echo "== Events that Wine and Samba encoded"
only ndr20 'transport|tunnel_v6_v4' | decode
echo
echo "== The first of them, truncated"
only ndr20 transport | sed 's/.\{24\}$//' | decode
echo
echo "== Every vector, by format and verdict"
for format in ndr20 ndr64; do
  only "$format" '.*' | decode --format "$format" --json | sed -E 's/.*"format": ?"([^"]*)".*"verdict": ?"([^"]*)".*/\1 \2/'
done | sort | uniq -c
echo
echo "== Every combination, shape, edge case and fault: simulated, decoded, validated, compared with the expected result"
"$qmforge" check --exhaustive
