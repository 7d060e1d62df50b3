#!/usr/bin/env bash
# no_reader.sh LIBRARY: the simulator's library neither holds nor asks for a symbol of the reader.
set -euo pipefail

symbols=$(nm -C "$1" 2> /dev/null)
grep -q 'qmforge::sim::encode(' <<< "$symbols" || { echo "$1 does not hold the simulator" >&2; exit 1; }
if grep -E 'qmforge::(decode|validate|inspect)\(|qmforge::detail::(Ndr|Native|Common|Encoded)' <<< "$symbols"; then
  echo "$1 must not use the reader's symbols above" >&2
  exit 1
fi
